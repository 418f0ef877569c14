effect <- hedges_g(a, b) # hedges_g
p <- coin::pvalue(coin::oneway_test(everybody ~ factor(rep(1:2, c(m, n - m))), distribution = "exact"))
changed_over <- apply(splits, 2, function(first) {
  come <- first[first > m]
  (sum(a[setdiff(1:m, first)]) - sum(everybody[come])) / length(come)
})
interval <- outermost(changed_over[is.finite(changed_over)], confidence)
