counts <- counts_of(a, b)
test <- fisher.test(counts, workspace = 2e7)
if (ncol(counts) == 2) {
  estimate <- test$estimate # odds_ratio
  interval <- odds_not_rejected(counts, confidence)
  effect <- share_difference(counts) # risk_difference
}
p <- test$p.value
