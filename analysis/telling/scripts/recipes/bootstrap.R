set.seed(1)
estimate <- match.fun(statistic)(a) - match.fun(statistic)(b) # mean_difference, or difference_of_medians
interval <- bca(list(a, b), match.fun(statistic), resamples, confidence)
effect <- hedges_g(a, b) # hedges_g
