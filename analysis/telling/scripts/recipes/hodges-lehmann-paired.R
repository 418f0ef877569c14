# Walsh averages of all changes, those of nobody left out, give the estimate.
change <- signif(after - before, 12)
sums <- outer(change, change, "+")
averages <- sums[!lower.tri(sums)] / 2
estimate <- median(averages) # hodges_lehmann
p_at <- function(shift) {
  moved <- round(change - shift, 9)
  moved <- moved[moved != 0]
  if (length(moved)) exactRankTests::wilcox.exact(moved, exact = TRUE)$p.value else 1
}
interval <- not_rejected(averages, p_at, confidence)
moved <- change[change != 0]
ranks <- rank(abs(moved))
effect <- sum(sign(moved) * ranks) / sum(ranks) # rank_biserial
