counts <- counts_of(a, b)
estimate <- fisher.test(counts)$estimate # odds_ratio
interval <- odds_by_boschloo(counts, confidence)
effect <- share_difference(counts) # risk_difference
p <- boschloo_p(counts)
