counts <- counts_of(a, b)
odds <- fisher.test(counts, conf.level = confidence)
estimate <- odds$estimate
interval <- odds$conf.int
effect <- share_difference(counts)
p <- boschloo_p(counts)
