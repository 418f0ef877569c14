# A row per group, a column per answer, the highest answer (yes) first.
counts_of <- function(a, b) {
  answers <- sort(unique(c(a, b)), decreasing = TRUE)
  unclass(table(rep(1:2, c(length(a), length(b))), factor(c(a, b), answers)))
}
