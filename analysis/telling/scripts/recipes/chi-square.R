counts <- counts_of(a, b)
test <- suppressWarnings(chisq.test(counts, correct = FALSE))
if (ncol(counts) == 2) {
  estimate <- share_difference(counts)
  interval <- newcombe(counts, confidence)
}
statistic <- test$statistic
effect <- sqrt(statistic / sum(counts)) # Cramer's V of two groups
p <- test$p.value
