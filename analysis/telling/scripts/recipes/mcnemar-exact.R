statistic <- gained
test <- binom.test(gained, moved, conf.level = confidence)
interval <- test$conf.int / (1 - test$conf.int)
p <- test$p.value
