share_difference <- function(counts) counts[1, 1] / sum(counts[1, ]) - counts[2, 1] / sum(counts[2, ])
