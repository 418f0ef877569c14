# People by answer before (rows) and after (columns).
both_answers <- function(before, after) {
  answers <- sort(unique(c(before, after)))
  unclass(table(before = factor(before, answers), after = factor(after, answers)))
}
