# Yuen 1974: trimmed means, winsorized variances; robust d of Algina, Keselman & Penfield 2005.
winsorized <- function(x) {
  g <- floor(0.2 * length(x))
  x <- sort(x)
  pmin(pmax(x, x[g + 1]), x[length(x) - g])
}
samples <- list(a, b)
n <- lengths(samples)
h <- n - 2 * floor(0.2 * n)
squares <- (n - 1) * vapply(samples, function(x) var(winsorized(x)), 0)
d <- squares / (h * (h - 1))
df <- sum(d)^2 / sum(d^2 / (h - 1))
estimate <- mean(a, trim = 0.2) - mean(b, trim = 0.2) # trimmed_mean_difference
interval <- estimate + c(-1, 1) * qt((1 + confidence) / 2, df) * sqrt(sum(d))
effect <- 0.642 * estimate / sqrt(sum(squares) / (sum(n) - 2)) # robust_d
statistic <- estimate / sqrt(sum(d))
p <- 2 * pt(-abs(statistic), df)
