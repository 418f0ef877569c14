shift <- hodges_lehmann(a, b, confidence)
estimate <- shift$estimate
interval <- shift$interval
effect <- mean(sign(outer(a, b, "-"))) # rank-biserial
