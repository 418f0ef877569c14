change <- after - before
test <- t.test(change, conf.level = confidence)
estimate <- mean(change) # mean_difference
interval <- test$conf.int
effect <- mean(change) / sd(change) # d_z
statistic <- test$statistic
p <- test$p.value
