# Dunn 1964, eq. 5, with its correction for ties, p by Holm; the pair with the smallest p stands for all.
y <- unlist(groups)
n <- length(y)
ties <- table(y)
variance <- n * (n + 1) / 12 - sum(ties^3 - ties) / (12 * (n - 1))
ranks <- split(rank(y), rep(seq_along(groups), lengths(groups)))
z <- each_pair(ranks, function(a, b) (mean(a) - mean(b)) / sqrt(variance * (1 / length(a) + 1 / length(b))))
ps <- p.adjust(2 * pnorm(-abs(z)), "holm")
first <- which.min(ps)
pair <- combn(groups, 2, simplify = FALSE)[[first]]
gaps <- outer(pair[[1]], pair[[2]], "-")
estimate <- median(gaps) # hodges_lehmann
p_at <- function(shift) {
  wilcox.test(round(pair[[1]] - shift, 9), round(pair[[2]], 9), exact = FALSE, correct = FALSE)$p.value
}
interval <- not_rejected(gaps, p_at, 1 - (1 - confidence) / length(ps))
effect <- mean(sign(gaps)) # rank_biserial
statistic <- z[first]
p <- ps[first]
