set.seed(1)
estimate <- match.fun(statistic)(a) - match.fun(statistic)(b)
interval <- bca(list(a, b), match.fun(statistic), resamples, confidence)
effect <- hedges_g(a, b)
