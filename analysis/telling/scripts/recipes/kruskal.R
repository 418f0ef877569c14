test <- kruskal.test(groups)
effect <- test$statistic / (length(unlist(groups)) - 1) # epsilon_squared
statistic <- test$statistic
p <- test$p.value
