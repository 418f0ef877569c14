test <- anova(lm(y ~ group, stacked(groups)))
effect <- test[1, "Sum Sq"] / sum(test[, "Sum Sq"]) # eta_squared
statistic <- test[1, "F value"]
p <- test[1, "Pr(>F)"]
