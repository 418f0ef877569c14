estimate <- match.fun(statistic)(a) - match.fun(statistic)(b) # mean_difference, or difference_of_medians
# Every split into the groups, or random ones where there are too many.
set.seed(1)
m <- length(a)
everybody <- c(a, b)
n <- length(everybody)
splits <- if (choose(n, m) > 2e5) replicate(19999, sample.int(n, m)) else combn(n, m)
