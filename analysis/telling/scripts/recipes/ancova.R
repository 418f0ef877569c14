rows <- data.frame(before = c(a[, 1], b[, 1]), after = c(a[, 2], b[, 2]), in_a = rep(1:0, c(nrow(a), nrow(b))))
model <- lm(after ~ before + in_a, rows)
found <- summary(model)$coefficients["in_a", ]
estimate <- found["Estimate"] # adjusted_mean_difference
interval <- confint(model, "in_a", level = confidence)
statistic <- found["t value"]^2
effect <- statistic / (statistic + df.residual(model)) # partial_eta_squared
p <- found["Pr(>|t|)"]
