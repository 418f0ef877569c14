above <- t.test(a, b, mu = -margin, alternative = "greater")
below <- t.test(a, b, mu = margin, alternative = "less")
larger <- if (above$p.value > below$p.value) above else below
estimate <- mean(a) - mean(b) # mean_difference
interval <- t.test(a, b, conf.level = 2 * confidence - 1)$conf.int
effect <- hedges_g(a, b) # hedges_g
statistic <- larger$statistic
p <- larger$p.value
