test <- mcnemar.test(table(factor(before, 0:1), factor(after, 0:1)), correct = FALSE)
statistic <- test$statistic
p <- test$p.value
