test <- wilcox.test(a, b, exact = FALSE, correct = FALSE) # as SPSS prints it
statistic <- test$statistic
p <- test$p.value
