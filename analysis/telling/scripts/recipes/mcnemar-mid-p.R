statistic <- gained
distance <- abs(0:(gained + lost) - (gained + lost) / 2) - abs(gained - lost) / 2
p <- sum(dbinom(0:(gained + lost), gained + lost, 0.5) * ((distance > 0) + (distance == 0) / 2))
