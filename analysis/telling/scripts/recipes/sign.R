change <- signif(after - before, 12)
p_at <- function(shift) {
  moved <- round(change - shift, 9)
  if (any(moved != 0)) binom.test(sum(moved > 0), sum(moved != 0))$p.value else 1
}
test <- binom.test(sum(change > 0), sum(change != 0))
estimate <- median(change) # median_difference
interval <- not_rejected(change, p_at, confidence)
effect <- test$estimate # probability_positive
statistic <- test$statistic
p <- test$p.value
