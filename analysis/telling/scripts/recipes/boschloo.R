counts <- counts_of(a, b)
odds <- fisher.test(counts, conf.level = confidence)
estimate <- odds$estimate # odds_ratio
interval <- odds$conf.int
effect <- share_difference(counts) # risk_difference
p <- boschloo_p(counts)
