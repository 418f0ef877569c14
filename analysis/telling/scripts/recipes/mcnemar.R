gained <- sum(after > before)
lost <- sum(after < before)
share <- binom.test(gained, gained + lost, conf.level = confidence)
estimate <- gained / lost # odds_ratio_paired
interval <- share$conf.int / (1 - share$conf.int)
effect <- share$estimate - 0.5 # cohens_g
