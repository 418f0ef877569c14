test <- oneway.test(y ~ group, stacked(groups))
statistic <- test$statistic
df <- test$parameter
effect <- statistic * df[1] / (statistic * df[1] + df[2]) # eta_squared, as it follows from F
p <- test$p.value
