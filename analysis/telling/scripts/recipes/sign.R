change <- signif(after - before, 12)
test <- binom.test(sum(change > 0), sum(change != 0))
k <- max(qbinom((1 - confidence) / 2, length(change), 0.5), 1)
estimate <- median(change) # median_difference
interval <- sort(change)[c(k, length(change) + 1 - k)]
effect <- test$estimate # probability_positive
statistic <- test$statistic
p <- test$p.value
