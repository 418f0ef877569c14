# Efron 1987: bias-corrected and accelerated; resamples that equal what was seen count half.
bca <- function(samples, middle, resamples, confidence) {
  gap <- function(parts) sum(c(1, -1)[seq_along(parts)] * vapply(parts, middle, 0))
  drawn <- replicate(resamples, gap(lapply(samples, function(x) x[sample.int(length(x), replace = TRUE)])))
  pulls <- unlist(lapply(seq_along(samples), function(which) {
    without <- vapply(seq_along(samples[[which]]), function(i) gap(replace(samples, which, list(samples[[which]][-i]))), 0)
    (length(without) - 1) * (mean(without) - without) / length(without)
  }))
  a <- sum(pulls^3) / (6 * sum(pulls^2)^1.5)
  z0 <- qnorm((mean(drawn < gap(samples)) + mean(drawn <= gap(samples))) / 2)
  z <- z0 + qnorm((1 + c(-1, 1) * confidence) / 2)
  quantile(drawn, pnorm(z0 + z / (1 - a * z)))
}
