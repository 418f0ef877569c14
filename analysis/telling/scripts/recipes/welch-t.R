test <- t.test(a, b, conf.level = confidence)
estimate <- mean(a) - mean(b) # mean_difference
interval <- test$conf.int
effect <- hedges_g(a, b) # hedges_g
statistic <- test$statistic
p <- test$p.value
