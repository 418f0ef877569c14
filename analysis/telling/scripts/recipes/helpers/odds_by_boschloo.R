# The odds ratios that Boschloo's test doesn't reject: tables ordered by Fisher's one-sided p at each odds ratio, the
# largest chance over all shares that have it, half of alpha on either side.
odds_by_boschloo <- function(counts, confidence) {
  lower <- function(counts) {
    n <- rowSums(counts)
    x <- 0:n[1]
    y <- 0:n[2]
    if (counts[1, 1] == 0 || counts[2, 2] == 0) return(0)
    fisher <- function(odds) {
      margin <- outer(x, y, "+")
      ways <- outer(lchoose(n[1], x) + x * log(odds), lchoose(n[2], y), "+")
      ways <- exp(ways - ave(ways, margin, FUN = max)) # in proportion to the chances within each margin
      tail <- ways
      for (i in rev(x[-1])) tail[i, -1] <- tail[i, -1] + tail[i + 1, -(n[2] + 1)]
      tail / ave(ways, margin, FUN = sum)
    }
    missed <- function(log_odds) {
      p <- fisher(exp(log_odds))
      farther <- p <= p[counts[1, 1] + 1, counts[2, 1] + 1] * (1 + 1e-9)
      chance <- function(u) { # evenly along the shares that have these odds
        t <- sin(u)^2
        share <- cbind(t * exp(log_odds / 2) / (1 - t + t * exp(log_odds / 2)), t / (t + exp(log_odds / 2) * (1 - t)))
        colSums(outer(x, share[, 1], function(k, p) dbinom(k, n[1], p)) *
          (farther %*% outer(y, share[, 2], function(k, p) dbinom(k, n[2], p))))
      }
      grid <- seq(0, pi / 2, length.out = 401)
      best <- grid[which.max(chance(grid))]
      optimize(chance, pmin(pi / 2, pmax(0, best + c(-1, 1) * pi / 800)), maximum = TRUE, tol = 1e-12)$objective -
        (1 - confidence) / 2
    }
    outside <- -30
    inside <- log(counts[1, 1] * counts[2, 2] / (counts[1, 2] * counts[2, 1]))
    inside <- min(inside, 30)
    if (inside > 0) if (missed(0) >= 0) inside <- 0 else outside <- 0
    edge <- function(outside, inside) {
      for (step in 1:50) {
        middle <- (outside + inside) / 2
        if (missed(middle) >= 0) inside <- middle else outside <- middle
      }
      inside
    }
    found <- edge(outside, inside)
    step <- (inside - found) / 20
    farther <- Filter(function(value) value > outside && missed(value) >= 0, found - step * 6:1) # held again farther out
    if (length(farther)) found <- edge(max(outside, farther[1] - step), farther[1])
    exp(found)
  }
  c(lower(counts), 1 / lower(counts[2:1, ]))
}
