counts <- both_answers(before, after)
found <- psych::cohen.kappa(counts)
effect <- found$kappa # kappa
if (found$var.kappa > 1e-15) {
  effect_interval <- pmax(-1, pmin(1, effect + qnorm((1 + confidence) / 2) * c(-1, 1) * sqrt(found$var.kappa)))
}
