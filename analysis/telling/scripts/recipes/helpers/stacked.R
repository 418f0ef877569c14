stacked <- function(groups) {
  data.frame(y = unlist(groups), group = factor(rep(seq_along(groups), lengths(groups))))
}
