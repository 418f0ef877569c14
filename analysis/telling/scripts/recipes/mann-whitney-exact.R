test_at <- function(shift) exactRankTests::wilcox.exact(round(a - shift, 9), round(b, 9), exact = TRUE) # ties exactly
interval <- not_rejected(gaps, function(shift) test_at(shift)$p.value, confidence)
statistic <- test_at(0)$statistic
p <- test_at(0)$p.value
