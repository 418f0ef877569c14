counts <- counts_of(a, b)
test <- fisher.test(counts, conf.level = confidence, workspace = 2e7)
if (ncol(counts) == 2) {
  estimate <- test$estimate # odds_ratio
  interval <- test$conf.int
  effect <- share_difference(counts) # risk_difference
}
p <- test$p.value
