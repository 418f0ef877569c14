shift <- hodges_lehmann(a, b, confidence)
estimate <- shift$estimate # hodges_lehmann
interval <- shift$interval
effect <- mean(sign(outer(a, b, "-"))) # rank_biserial
