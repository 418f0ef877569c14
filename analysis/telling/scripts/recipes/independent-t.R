test <- t.test(a, b, var.equal = TRUE, conf.level = confidence)
estimate <- mean(a) - mean(b)
interval <- test$conf.int
effect <- hedges_g(a, b)
statistic <- test$statistic
p <- test$p.value
