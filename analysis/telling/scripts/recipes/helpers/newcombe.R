# Newcombe 1998, method 10: squares of the distances to the Wilson limits, added.
newcombe <- function(counts, confidence) {
  wilson <- function(row) suppressWarnings(prop.test(row[1], sum(row), conf.level = confidence, correct = FALSE))
  a <- wilson(counts[1, ])
  b <- wilson(counts[2, ])
  share <- c(a$estimate, b$estimate)
  lower <- sqrt((share[1] - a$conf.int[1])^2 + (b$conf.int[2] - share[2])^2)
  upper <- sqrt((a$conf.int[2] - share[1])^2 + (share[2] - b$conf.int[1])^2)
  share[1] - share[2] + c(-lower, upper)
}
