counts <- both_answers(before, after)
test <- coin::mh_test(as.table(counts))
statistic <- coin::statistic(test)
df <- test@statistic@df
effect <- sqrt(statistic / sum(counts)) # cohens_w
effect_interval <- w_interval(statistic, df, sum(counts), confidence)
p <- coin::pvalue(test)
