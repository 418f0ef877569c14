rows <- data.frame(
  after = ordered(c(a[, 2], b[, 2])), before = c(a[, 1], b[, 1]), in_a = rep(1:0, c(nrow(a), nrow(b)))
)
model <- ordinal::clm(after ~ in_a + before, data = rows, control = list(gradTol = 1e-12))
se <- sqrt(vcov(model)["in_a", "in_a"])
effect <- coef(model)["in_a"] # adjusted_log_odds_ratio
estimate <- exp(effect) # adjusted_proportional_odds_ratio
interval <- exp(effect + qnorm((1 + confidence) / 2) * c(-se, se))
effect_interval <- log(interval)
statistic <- effect / se
p <- 2 * pnorm(-abs(statistic))
