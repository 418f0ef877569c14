test <- anova(lm(x ~ 1), X = ~1, test = "Spherical")["(Intercept)", ]
statistic <- test[["F"]]
effect <- statistic * test[["num Df"]] / (statistic * test[["num Df"]] + test[["den Df"]]) # partial_eta_squared
p <- if (correction == "gg" && ncol(x) > 2) test[["G-G Pr"]] else test[["Pr(>F)"]]
