test_at <- function(shift) { # as SPSS prints it
  wilcox.test(round(a - shift, 9), round(b, 9), exact = FALSE, correct = FALSE)
}
interval <- not_rejected(gaps, function(shift) test_at(shift)$p.value, confidence)
statistic <- test_at(0)$statistic
p <- test_at(0)$p.value
