# a and b are mean, SD and n.
v <- c(a[2]^2 / a[3], b[2]^2 / b[3])
n <- c(a[3], b[3])
pooled <- sqrt(((n[1] - 1) * a[2]^2 + (n[2] - 1) * b[2]^2) / (sum(n) - 2))
df <- if (equal_variances) sum(n) - 2 else sum(v)^2 / sum(v^2 / (n - 1))
se <- if (equal_variances) pooled * sqrt(sum(1 / n)) else sqrt(sum(v))
estimate <- a[1] - b[1] # mean_difference
interval <- estimate + c(-1, 1) * qt((1 + confidence) / 2, df) * se
J <- exp(lgamma(sum(n) / 2 - 1) - log(sqrt(sum(n) / 2 - 1)) - lgamma((sum(n) - 3) / 2))
effect <- J * estimate / pooled # hedges_g
statistic <- estimate / se
p <- 2 * pt(-abs(statistic), df)
