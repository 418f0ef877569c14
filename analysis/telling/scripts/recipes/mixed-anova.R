group <- factor(rep(c("a", "b"), c(nrow(a), nrow(b))))
test <- anova(lm(rbind(a, b) ~ group), X = ~1, test = "Spherical")["group", ]
if (ncol(a) == 2) {
  changes <- list(a[, 2] - a[, 1], b[, 2] - b[, 1])
  estimate <- mean(changes[[1]]) - mean(changes[[2]]) # difference_of_changes
  interval <- t.test(changes[[1]], changes[[2]], var.equal = TRUE, conf.level = confidence)$conf.int
}
statistic <- test[["F"]]
effect <- statistic * test[["num Df"]] / (statistic * test[["num Df"]] + test[["den Df"]]) # partial_eta_squared
p <- if (correction == "gg" && ncol(a) > 2) test[["G-G Pr"]] else test[["Pr(>F)"]]
