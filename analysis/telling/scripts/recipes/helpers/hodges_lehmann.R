# All differences a - b: their median, and the rule of wilcox.test for its interval, ties or not.
hodges_lehmann <- function(a, b, confidence) {
  shifts <- sort(outer(a, b, "-"))
  k <- max(qwilcox((1 - confidence) / 2, length(a), length(b)), 1)
  list(estimate = median(shifts), interval = shifts[c(k, length(shifts) + 1 - k)])
}
