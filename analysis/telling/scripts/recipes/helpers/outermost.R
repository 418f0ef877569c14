# Differences at which a labelling turns from less to more extreme: the limits are order statistics of them.
outermost <- function(turning, confidence) {
  k <- max(floor((length(turning) + 1) * (1 - confidence) / 2), 1)
  sort(turning)[c(k, length(turning) + 1 - k)]
}
