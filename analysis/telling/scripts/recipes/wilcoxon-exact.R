p_at <- function(shift) {
  moved <- round(change - shift, 9)
  moved <- moved[moved != 0]
  if (length(moved)) exactRankTests::wilcox.exact(moved, exact = TRUE)$p.value else 1 # ties counted exactly
}
interval <- not_rejected(averages, p_at, confidence)
p <- p_at(0)
