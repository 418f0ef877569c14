set.seed(1)
change <- after - before
estimate <- match.fun(statistic)(change) # mean_difference, or median_difference
interval <- bca(list(change), match.fun(statistic), resamples, confidence)
effect <- mean(change) / sd(change) # d_z
