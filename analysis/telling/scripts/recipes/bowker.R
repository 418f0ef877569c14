counts <- both_answers(before, after)
there <- counts[upper.tri(counts)]
back <- t(counts)[upper.tri(counts)]
moved <- there + back > 0 # pairs of answers between which nobody went say nothing
statistic <- sum((there - back)[moved]^2 / (there + back)[moved])
df <- sum(moved)
effect <- sqrt(statistic / sum(counts)) # cohens_w
effect_interval <- w_interval(statistic, df, sum(counts), confidence)
p <- pchisq(statistic, df, lower.tail = FALSE)
