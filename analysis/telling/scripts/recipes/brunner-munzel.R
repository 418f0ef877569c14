# Brunner & Munzel 2000; the effect is P(a > b) + P(a = b) / 2.
n <- c(length(a), length(b))
wins <- (sign(outer(a, b, "-")) + 1) / 2
v <- c(var(rowMeans(wins)) / n[1], var(colMeans(wins)) / n[2])
effect <- mean(wins) # superiority
statistic <- (effect - 0.5) / sqrt(sum(v))
p <- 2 * pt(-abs(statistic), sum(v)^2 / sum(v^2 / (n - 1)))
