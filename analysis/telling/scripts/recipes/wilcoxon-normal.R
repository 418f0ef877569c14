p_at <- function(shift) { # as SPSS prints it
  moved <- round(change - shift, 9)
  moved <- moved[moved != 0]
  if (length(moved)) suppressWarnings(wilcox.test(moved, exact = FALSE, correct = FALSE))$p.value else 1
}
interval <- not_rejected(averages, p_at, confidence)
p <- p_at(0)
