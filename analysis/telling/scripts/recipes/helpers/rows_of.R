# One row per value; groups are +-1/2, so that group:time is the difference of the changes a - b.
rows_of <- function(a, b) {
  values <- rbind(a, b)
  rows <- data.frame(
    y = c(values), person = factor(row(values)), time = factor(col(values)),
    group = rep(c(0.5, -0.5), c(nrow(a), nrow(b)))[row(values)]
  )
  rows[!is.na(rows$y), ]
}
