# Walsh averages of all changes, those of nobody left out, give the estimate; zero changes leave the test only.
change <- signif(after - before, 12)
sums <- outer(change, change, "+")
averages <- sums[!lower.tri(sums)] / 2
estimate <- median(averages) # hodges_lehmann
moved <- change[change != 0]
ranks <- rank(abs(moved))
effect <- sum(sign(moved) * ranks) / sum(ranks) # rank_biserial
statistic <- sum(ranks[moved > 0])
