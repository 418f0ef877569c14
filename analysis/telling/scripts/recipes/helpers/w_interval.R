# Cohen's w at the noncentral parameters that leave the same share of chi-squared above and below what was seen.
w_interval <- function(statistic, df, n, confidence) {
  end <- function(share) {
    left <- function(ncp) pchisq(statistic, df, ncp) - share
    if (left(0) <= 0) 0 else uniroot(left, c(0, 10 + 4 * statistic), extendInt = "downX", tol = 1e-13)$root
  }
  pmin(1, sqrt(c(end((1 + confidence) / 2), end((1 - confidence) / 2)) / n))
}
