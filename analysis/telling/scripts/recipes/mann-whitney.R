gaps <- outer(a, b, "-")
estimate <- median(gaps) # hodges_lehmann
effect <- mean(sign(gaps)) # rank_biserial
