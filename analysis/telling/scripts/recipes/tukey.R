# The pair with the smallest p stands for all; TukeyHSD subtracts the other way round.
model <- aov(y ~ group, stacked(groups))
n <- each_pair(groups, function(a, b) c(length(a), length(b)))
hsd <- TukeyHSD(model, conf.level = confidence)$group
first <- which.min(hsd[, "p adj"])
df <- df.residual(model)
sd <- sqrt(deviance(model) / df)
estimate <- -hsd[first, "diff"] # mean_difference
interval <- -hsd[first, c("upr", "lwr")]
effect <- exp(lgamma(df / 2) - log(sqrt(df / 2)) - lgamma((df - 1) / 2)) * estimate / sd # hedges_g
statistic <- estimate / (sd * sqrt(sum(1 / n[, first])))
p <- hsd[first, "p adj"]
