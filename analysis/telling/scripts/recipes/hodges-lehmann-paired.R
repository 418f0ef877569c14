# Walsh averages of all changes, those of nobody left out, give the estimate.
change <- signif(after - before, 12)
sums <- outer(change, change, "+")
averages <- sort(sums[!lower.tri(sums)]) / 2
k <- max(qsignrank((1 - confidence) / 2, length(change)), 1)
estimate <- median(averages) # hodges_lehmann
interval <- averages[c(k, length(averages) + 1 - k)]
moved <- change[change != 0]
ranks <- rank(abs(moved))
effect <- sum(sign(moved) * ranks) / sum(ranks) # rank_biserial
