# The differences of two shares that Pearson's chi-squared test doesn't reject (Mee 1984).
difference_by_score <- function(counts, confidence) {
  yes <- counts[, 1]
  n <- rowSums(counts)
  seen <- yes[1] / n[1] - yes[2] / n[2]
  beyond <- function(difference) {
    low <- max(0, -difference)
    high <- min(1, 1 - difference)
    for (step in 1:100) { # the likeliest shares so far apart: where the likelihood stops rising
      b <- (low + high) / 2
      rises <- yes[1] / (b + difference) - (n[1] - yes[1]) / (1 - b - difference) + yes[2] / b - (n[2] - yes[2]) / (1 - b)
      if (isTRUE(rises > 0)) low <- b else high <- b
    }
    (seen - difference)^2 / ((b + difference) * (1 - b - difference) / n[1] + b * (1 - b) / n[2]) - qchisq(confidence, 1)
  }
  limit <- function(end) {
    if (seen == end) end else uniroot(beyond, sort(c(seen, end * (1 - 1e-9))), tol = 1e-14)$root
  }
  c(limit(-1), limit(1))
}
