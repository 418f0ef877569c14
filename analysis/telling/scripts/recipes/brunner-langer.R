# Group x time of the design F1-LD-F1, as package nparLD has it, written out: overall ranks, and contrasts of their means as matrices
times <- ncol(a)
ranks <- matrix(rank(rbind(a, b)), ncol = times)
in_a <- seq_len(nrow(a))
relative <- (c(colMeans(ranks[in_a, ]), colMeans(ranks[-in_a, ])) - 0.5) / length(ranks)
none <- matrix(0, times, times)
covariance <- rbind(
  cbind(cov(ranks[in_a, ]) / nrow(a), none),
  cbind(none, cov(ranks[-in_a, ]) / nrow(b))
) / length(ranks)^2
centred <- function(k) diag(k) - matrix(1 / k, k, k)
interaction <- kronecker(centred(2), centred(times))
trace <- sum(diag(interaction %*% covariance))
statistic <- drop(relative %*% interaction %*% relative) / trace
df <- trace^2 / sum(diag(interaction %*% covariance %*% interaction %*% covariance))
p <- pf(statistic, df, Inf, lower.tail = FALSE)
if (times == 2) {
  change <- c(-1, 1, 1, -1)
  effect <- sum(change * relative) # relative_effect_change
  half <- qnorm((1 + confidence) / 2) * sqrt(drop(change %*% covariance %*% change))
  effect_interval <- pmax(-1, pmin(1, effect + c(-half, half)))
}
