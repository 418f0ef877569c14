model <- suppressMessages(lme4::lmer(
  y ~ group * time + (1 | person), rows_of(a, b),
  control = lme4::lmerControl(optCtrl = list(xtol_abs = 1e-12, ftol_abs = 1e-12))
))
wanted <- grep("^group:time", names(lme4::fixef(model)))
changes <- lme4::fixef(model)[wanted]
covariance <- as.matrix(vcov(model))[wanted, wanted, drop = FALSE]
if (ncol(a) == 2) {
  se <- sqrt(covariance[1, 1])
  estimate <- changes # difference_of_changes
  interval <- estimate + qnorm((1 + confidence) / 2) * c(-se, se)
  effect <- estimate / sqrt(sum(as.data.frame(lme4::VarCorr(model))$vcov)) # d_total, in SDs of all people
  statistic <- estimate / se
  p <- 2 * pnorm(-abs(statistic))
} else {
  statistic <- sum(changes * solve(covariance, changes)) # Wald's chi-squared
  p <- pchisq(statistic, length(changes), lower.tail = FALSE)
}
