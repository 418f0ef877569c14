hedges_g <- function(a, b) {
  df <- length(a) + length(b) - 2
  pooled <- sqrt(((length(a) - 1) * var(a) + (length(b) - 1) * var(b)) / df)
  exp(lgamma(df / 2) - log(sqrt(df / 2)) - lgamma((df - 1) / 2)) * (mean(a) - mean(b)) / pooled
}
