statistic <- gained
distance <- abs(0:moved - moved / 2) - abs(gained - lost) / 2
p <- sum(dbinom(0:moved, moved, 0.5) * ((distance > 0) + (distance == 0) / 2))
# Shares at which either tail, what was seen counting half, is half of alpha.
share_at <- function(tail) {
  uniroot(function(share) tail(share) - dbinom(gained, moved, share) / 2 - (1 - confidence) / 2, c(0, 1), tol = 1e-14)$root
}
shares <- c(
  if (gained > 0) share_at(function(share) pbinom(gained - 1, moved, share, lower.tail = FALSE)) else 0,
  if (lost > 0) share_at(function(share) pbinom(gained, moved, share)) else 1
)
interval <- shares / (1 - shares)
