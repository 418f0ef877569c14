# Mean, SD and n of the change: variances add, less twice the covariance.
change_of <- function(before, after, r) {
  c(after[1] - before[1], sqrt(before[2]^2 + after[2]^2 - 2 * r * before[2] * after[2]), before[3])
}
