test <- exactRankTests::wilcox.exact(a, b, exact = TRUE) # ties counted exactly
statistic <- test$statistic
p <- test$p.value
