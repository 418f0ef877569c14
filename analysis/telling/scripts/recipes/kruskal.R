test <- kruskal.test(groups)
effect <- test$statistic / (length(unlist(groups)) - 1) # epsilon squared
statistic <- test$statistic
p <- test$p.value
