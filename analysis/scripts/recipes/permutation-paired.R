change <- signif(after - before, 12)
estimate <- mean(change)
effect <- mean(change) / sd(change) # d_z
# Every rise may as well be a fall: the ways to each sum of rises, for changes of at most three decimals.
steps <- round(1000 * abs(change[change != 0]))
if (all(abs(1000 * change - round(1000 * change)) < 1e-6)) {
  unit <- Reduce(function(x, y) { while (y > 0) { rest <- x %% y; x <- y; y <- rest }; x }, steps)
  ways <- 1
  for (step in steps / unit) ways <- c(ways, numeric(step)) + c(numeric(step), ways)
  distance <- abs(2 * (seq_along(ways) - 1) - sum(steps / unit))
  p <- sum(ways[distance >= abs(sum(change)) * 1000 / unit - 1e-6]) / sum(ways)
} else {
  set.seed(1)
  sums <- replicate(19999, sum(sample(c(-1, 1), length(change), TRUE) * change))
  p <- (1 + sum(abs(sums) >= abs(sum(change)) - 1e-9)) / 20000
}
# Means of every subset of people, or of random ones where there are too many.
set.seed(1)
n <- length(change)
subsets <- if (n <= 17) expand.grid(rep(list(0:1), n)) else matrix(sample(0:1, 19999 * n, TRUE), ncol = n)
subsets <- as.matrix(subsets)[rowSums(subsets) > 0, ]
interval <- outermost(subsets %*% change / rowSums(subsets), confidence)
