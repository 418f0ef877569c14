test <- mcnemar.test(table(factor(before, 0:1), factor(after, 0:1)), correct = FALSE)
statistic <- test$statistic
p <- test$p.value
shares <- suppressWarnings(prop.test(gained, moved, conf.level = confidence, correct = FALSE))$conf.int # Wilson
interval <- shares / (1 - shares)
