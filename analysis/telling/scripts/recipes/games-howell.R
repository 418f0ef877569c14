# The pair with the smallest p stands for all.
tests <- combn(groups, 2, function(pair) list(t.test(pair[[1]], pair[[2]])), simplify = TRUE)
df <- vapply(tests, function(test) test$parameter, 0)
t <- vapply(tests, function(test) test$statistic, 0)
ps <- ptukey(abs(t) * sqrt(2), length(groups), df, lower.tail = FALSE)
first <- which.min(ps)
estimate <- each_pair(groups, function(a, b) mean(a) - mean(b))[first] # mean_difference
half <- qtukey(confidence, length(groups), df[first]) * tests[[first]]$stderr / sqrt(2)
interval <- estimate + c(-half, half)
effect <- each_pair(groups, hedges_g)[first] # hedges_g
statistic <- t[first]
p <- ps[first]
