test <- t.test(a, b, var.equal = TRUE, conf.level = confidence)
estimate <- mean(a) - mean(b) # mean_difference
interval <- test$conf.int
effect <- hedges_g(a, b) # hedges_g
statistic <- exp(BayesFactor::ttest.tstat(test$statistic, length(a), length(b), rscale = scale)$bf)
