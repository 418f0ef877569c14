change <- signif(after - before, 12)
estimate <- mean(change) # mean_difference
effect <- mean(change) / sd(change) # d_z
# Every subset of people, or random ones where there are too many.
set.seed(1)
n <- length(change)
subsets <- as.matrix(if (n <= 17) expand.grid(rep(list(0:1), n)) else matrix(sample(0:1, 19999 * n, TRUE), ncol = n))
some <- subsets[rowSums(subsets) > 0, ]
interval <- outermost(some %*% change / rowSums(some), confidence)
# Every rise may as well be a fall. Beyond 17 people: the ways to each sum of rises, for changes of at most
# three decimals, else random signs.
distance <- abs(2 * subsets %*% abs(change) - sum(abs(change)))
if (n <= 17) {
  p <- mean(distance >= abs(sum(change)) - 1e-9)
} else if (all(abs(1000 * change - round(1000 * change)) < 1e-6)) {
  steps <- round(1000 * abs(change[change != 0]))
  divisor <- function(x, y) if (y > 0) divisor(y, x %% y) else x
  unit <- Reduce(divisor, steps)
  ways <- 1
  for (step in steps / unit) ways <- c(ways, numeric(step)) + c(numeric(step), ways)
  distance <- abs(2 * (seq_along(ways) - 1) - sum(steps / unit))
  p <- sum(ways[distance >= abs(sum(change)) * 1000 / unit - 1e-6]) / sum(ways)
} else {
  p <- (1 + sum(distance >= abs(sum(change)) - 1e-9)) / (1 + length(distance))
}
