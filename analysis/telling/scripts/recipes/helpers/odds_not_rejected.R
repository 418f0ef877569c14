# The odds ratios that Fisher's two-sided test doesn't reject; fisher.test inverts two one-sided tests instead.
odds_not_rejected <- function(counts, confidence) {
  possible <- max(0, sum(counts[, 1]) - sum(counts[2, ])):min(sum(counts[1, ]), sum(counts[, 1]))
  seen <- possible == counts[1, 1]
  ways <- dhyper(possible, sum(counts[1, ]), sum(counts[2, ]), sum(counts[, 1]), log = TRUE)
  p_at <- function(log_odds) { # of all tables no likelier than the one seen
    chance <- exp(ways + log_odds * possible - max(ways + log_odds * possible))
    sum(chance[chance <= chance[seen] * (1 + 1e-11)]) / sum(chance)
  }
  grid <- seq(-20.005, 20, 0.01)
  kept <- which(vapply(grid, p_at, 0) >= 1 - confidence)
  edge <- function(outside, inside) {
    for (step in 1:60) {
      middle <- (outside + inside) / 2
      if (p_at(middle) >= 1 - confidence) inside <- middle else outside <- middle
    }
    exp(inside)
  }
  c(
    if (seen[1]) 0 else edge(grid[min(kept) - 1], grid[min(kept)]),
    if (seen[length(seen)]) Inf else edge(grid[max(kept) + 1], grid[max(kept)])
  )
}
