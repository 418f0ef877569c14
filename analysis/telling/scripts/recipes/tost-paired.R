change <- after - before
above <- t.test(change, mu = -margin, alternative = "greater")
below <- t.test(change, mu = margin, alternative = "less")
larger <- if (above$p.value > below$p.value) above else below
estimate <- mean(change) # mean_difference
interval <- t.test(change, conf.level = 2 * confidence - 1)$conf.int
effect <- mean(change) / sd(change) # d_z
statistic <- larger$statistic
p <- larger$p.value
