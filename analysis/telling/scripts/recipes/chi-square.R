counts <- counts_of(a, b)
test <- suppressWarnings(chisq.test(counts, correct = FALSE))
if (ncol(counts) == 2) {
  estimate <- share_difference(counts) # risk_difference
  interval <- difference_by_score(counts, confidence)
}
statistic <- test$statistic
effect <- sqrt(statistic / sum(counts)) # cramers_v of two groups
p <- test$p.value
