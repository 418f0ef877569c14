rows <- data.frame(y = ordered(c(a, b)), in_a = rep(1:0, c(length(a), length(b))))
model <- ordinal::clm(y ~ in_a, data = rows, control = list(gradTol = 1e-12))
se <- sqrt(vcov(model)["in_a", "in_a"])
effect <- coef(model)["in_a"] # log_odds_ratio
estimate <- exp(effect) # proportional_odds_ratio
interval <- exp(effect + qnorm((1 + confidence) / 2) * c(-se, se))
statistic <- effect / se
p <- 2 * pnorm(-abs(statistic))
