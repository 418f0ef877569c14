effect <- mean(sign(outer(a, b, "-"))) # rank_biserial
gaps <- apply(splits, 2, function(first) median(everybody[first]) - median(everybody[-first]))
drawn <- choose(n, m) > 2e5
p <- (sum(abs(gaps) >= abs(estimate) - 1e-9) + drawn) / (ncol(splits) + drawn)
