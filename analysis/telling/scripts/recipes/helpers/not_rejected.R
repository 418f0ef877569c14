# From the smallest to the largest shift that a test doesn't reject: p is asked at every turn and between every two.
not_rejected <- function(turns, p_at, confidence) {
  turns <- sort(unique(signif(c(turns), 12)))
  last <- length(turns)
  places <- c(turns[1] - 1, rbind(turns, c((turns[-1] + turns[-last]) / 2, turns[last] + 1)))
  p <- vapply(places, p_at, 0)
  kept <- range(setdiff(seq_along(p), which(p < 1 - confidence))) # there is no p where everybody is alike
  between <- kept %% 2 == 1
  places[pmin(pmax(kept + between * c(-1, 1), 2), 2 * last)]
}
