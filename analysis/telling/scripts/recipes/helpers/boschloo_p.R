# Boschloo 1970 by its definition: Fisher's one-sided p of every table, the largest chance over all shares; doubled.
boschloo_p <- function(counts) {
  n <- rowSums(counts)
  tables <- expand.grid(x = 0:n[1], y = 0:n[2])
  largest <- function(upper) {
    fisher <- function(x, y) phyper(if (upper) x - 1 else x, n[1], n[2], x + y, lower.tail = !upper)
    extreme <- tables[fisher(tables$x, tables$y) <= fisher(counts[1, 1], counts[2, 1]) * (1 + 1e-9), ]
    chance <- function(share) sum(dbinom(extreme$x, n[1], share) * dbinom(extreme$y, n[2], share))
    grid <- seq(0, 1, length.out = 2001)
    near <- grid[which.max(vapply(grid, chance, 0))] + c(-1, 1) / 2000
    optimize(chance, pmin(1, pmax(0, near)), maximum = TRUE, tol = 1e-12)$objective
  }
  min(1, 2 * min(largest(TRUE), largest(FALSE)))
}
