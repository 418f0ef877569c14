# Of two answers, Friedman's chi-squared is Cochran's Q.
test <- friedman.test(x)
effect <- test$statistic / (nrow(x) * (ncol(x) - 1)) # kendall_w
statistic <- test$statistic
p <- test$p.value
