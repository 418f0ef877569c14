gaps <- outer(a, b, "-")
estimate <- median(gaps) # hodges_lehmann
p_at <- function(shift) exactRankTests::wilcox.exact(round(a - shift, 9), round(b, 9), exact = TRUE)$p.value
interval <- not_rejected(gaps, p_at, confidence)
effect <- mean(sign(gaps)) # rank_biserial
