test <- friedman.test(x)
effect <- test$statistic / (nrow(x) * (ncol(x) - 1)) # Kendall's W
statistic <- test$statistic
p <- test$p.value
