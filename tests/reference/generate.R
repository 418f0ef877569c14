# Rscript tests/reference/generate.R      reads samples.json, writes reference.json (see README.md)
#
# A recipe is a list of R expressions, one per value of an Outcome. Its text is stored beside the
# values it gave, so the call that is printed is the call that ran.

suppressPackageStartupMessages({
  library(jsonlite)
  library(exactRankTests)
  library(coin)
  library(car)
  library(effectsize)
  library(lme4)
})
options(contrasts = c("contr.sum", "contr.poly"), digits = 15, warn = 1)
Sys.setenv(TZ = "UTC") # or R asks the machine

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
samples <- fromJSON(file.path(here, "samples.json"))

# ---- helpers: only what base R and the packages don't offer as one call -------------------------

hush <- function(expression) suppressWarnings(suppressMessages(expression))
same <- function(x, y, tolerance = 1e-10) {
  stopifnot(isTRUE(all.equal(c(x), c(y), tolerance = tolerance, check.attributes = FALSE)))
}

# The noncentral parameters at which the observed value is the upper and the lower alpha/2 quantile.
pivot <- function(p, range, confidence) {
  vapply(c(1, -1), function(side) {
    missed <- function(ncp) p(ncp) - (1 + side * confidence) / 2
    if (range[1] == 0 && missed(0) <= 0) return(0)
    uniroot(missed, range, extendInt = "downX", tol = 1e-13)$root
  }, 0)
}
ncp_t <- function(t, df, confidence) pivot(function(ncp) pt(t, df, ncp), t + c(-3, 3), confidence)
ncp_F <- function(f, df, df_error, confidence) {
  pivot(function(ncp) pf(f, df, df_error, ncp), c(0, 10 + 4 * f * df), confidence)
}
ncp_chi <- function(chi2, df, confidence) pivot(function(ncp) pchisq(chi2, df, ncp), c(0, 10 + 4 * chi2), confidence)
eta2_interval <- function(f, df, df_error, confidence) {
  ncp <- ncp_F(f, df, df_error, confidence)
  ncp / (ncp + df_error)
}
exact_J <- function(df) exp(lgamma(df / 2) - log(sqrt(df / 2)) - lgamma((df - 1) / 2))
limits <- function(effect) unname(unlist(as.data.frame(effect)[c("CI_low", "CI_high")]))
with_width <- function(interval) if (diff(interval) > 0) interval else NA # no interval: at r = 1 atanh is infinite

# The rule of stats::wilcox.test(exact = TRUE, conf.int = TRUE), also where ties make it refuse.
walsh <- function(d) { sums <- outer(d, d, "+"); sort(sums[!lower.tri(sums)]) / 2 }
walsh_interval <- function(d, confidence) {
  averages <- walsh(d)
  k <- max(qsignrank((1 - confidence) / 2, length(d)), 1)
  averages[c(k, length(averages) + 1 - k)]
}
shift_interval <- function(a, b, confidence) {
  shifts <- sort(outer(a, b, "-"))
  k <- max(qwilcox((1 - confidence) / 2, length(a), length(b)), 1)
  shifts[c(k, length(shifts) + 1 - k)]
}
median_interval <- function(d, confidence) {
  k <- max(qbinom((1 - confidence) / 2, length(d), 0.5), 1)
  sort(d)[c(k, length(d) + 1 - k)]
}
odds <- function(p) p / (1 - p)

# Newcombe 1998, method 10: squares of the distances to the Wilson limits, added.
newcombe <- function(counts, confidence) {
  wilson <- function(row) hush(prop.test(row[1], sum(row), conf.level = confidence, correct = FALSE))
  a <- wilson(counts[1, ]); b <- wilson(counts[2, ])
  p <- unname(c(a$estimate, b$estimate))
  lower <- sqrt((p[1] - a$conf.int[1])^2 + (b$conf.int[2] - p[2])^2)
  upper <- sqrt((a$conf.int[2] - p[1])^2 + (p[2] - b$conf.int[1])^2)
  p[1] - p[2] + c(-lower, upper)
}
by_group <- function(a, b) unclass(table(rep(1:2, c(length(a), length(b))), c(a, b)))
yes_no <- function(a, b) by_group(a, b)[, 2:1]
changes <- function(before, after) unclass(table(factor(before, 0:1), factor(after, 0:1)))

# fisher.test leaves uniroot at its default tolerance of 1e-4: the same function, its roots found to 1e-14.
fisher_tight <- fisher.test
environment(fisher_tight) <- list2env(
  list(uniroot = function(...) stats::uniroot(..., tol = 1e-14)), parent = environment(fisher.test)
)

# Participants with exactly these moments: what a printed mean, SD, n (and r) say, no formula needed.
people <- function(summary) {
  z <- scale(seq_len(summary[3])^2)[, 1]
  summary[1] + summary[2] * z
}
paired_people <- function(before, after, r) {
  set.seed(1)
  z <- MASS::mvrnorm(before[3], c(0, 0), matrix(c(1, r, r, 1), 2), empirical = TRUE)
  list(before = before[1] + before[2] * z[, 1], after = after[1] + after[2] * z[, 2])
}

# car::Anova on the wide data; times within, groups (if any) between.
within <- function(x, group = NULL) {
  x <- unname(x); time <- factor(seq_len(ncol(x)))
  model <- if (is.null(group)) lm(x ~ 1) else lm(x ~ group)
  hush(summary(Anova(model, idata = data.frame(time), idesign = ~time, type = "III"), multivariate = FALSE))
}
gg <- function(result, term) result$pval.adjustments[term, "Pr(>F[GG])"]
row_of <- function(result, term) result$univariate.tests[term, ]
groups <- function(a, b) factor(rep(c("a", "b"), c(nrow(a), nrow(b))))
change <- function(x) x[, 2] - x[, 1]
adjusted <- function(a, b) {
  rows <- as.data.frame(rbind(a, b)); names(rows) <- c("before", "after")
  rows$group <- factor(groups(a, b), levels = c("b", "a"))
  lm(after ~ before + group, rows, contrasts = list(group = "contr.treatment"))
}


# Samples of several groups, one under the other, and every two of them.
stack <- function(groups) {
  data.frame(y = unlist(groups, use.names = FALSE), group = factor(rep(seq_along(groups), lengths(groups))))
}
each_pair <- function(groups, f) {
  unlist(lapply(combn(length(groups), 2, simplify = FALSE), function(k) f(groups[[k[1]]], groups[[k[2]]])))
}
bonferroni <- function(groups, confidence) 1 - (1 - confidence) / choose(length(groups), 2)
# The studentized range by its definition: the range of normal values over an SD with df degrees of freedom.
# The stock ptukey strays by 9e-6 at 2.7 df and gives NaN below 2; the stock qtukey stops at 1e-4.
tail_of_range <- function(q, groups, df) {
  mapply(function(q, df) {
    chance <- function(log_sd) {
      density <- log(2) + df / 2 * log(df / 2) - lgamma(df / 2) + df * log_sd - df * exp(2 * log_sd) / 2
      ptukey(q * exp(log_sd), groups, Inf, lower.tail = FALSE) * exp(density)
    }
    sum(mapply(function(from, to) {
      integrate(chance, from, to, rel.tol = 1e-10, abs.tol = 1e-14, subdivisions = 2000)$value
    }, c(-12, -2, 0), c(-2, 0, 3)))
  }, q, df)
}
quantile_of_range <- function(confidence, groups, df) {
  vapply(df, function(d) {
    uniroot(function(q) 1 - confidence - tail_of_range(q, groups, d), c(0.1, 100), tol = 1e-13)$root
  }, 0)
}
around <- function(centre, half) c(rbind(centre - half, centre + half)) # low, high of the first, of the second, ...
dunn_z <- function(groups) { # Dunn 1964, eq. 5, with its correction for ties
  y <- unlist(groups); n <- length(y); ties <- table(y)
  variance <- n * (n + 1) / 12 - sum(ties^3 - ties) / (12 * (n - 1))
  ranks <- split(rank(y), rep(seq_along(groups), lengths(groups)))
  each_pair(ranks, function(a, b) (mean(a) - mean(b)) / sqrt(variance * (1 / length(a) + 1 / length(b))))
}

# Boschloo 1970 by its definition: every table, Fisher's one-sided p, the largest chance over all shares.
boschloo <- function(counts) {
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

# Koopman 1984 by its definition; the shares with a given ratio come from the likelihood's own slope.
koopman <- function(counts, confidence) {
  yes <- counts[, 1]; n <- rowSums(counts)
  distance <- function(ratio) {
    slope <- function(p) sum(yes) / p - (n[1] - yes[1]) * ratio / (1 - ratio * p) - (n[2] - yes[2]) / (1 - p)
    ends <- min(1, 1 / ratio) * c(1e-15, 1 - 1e-15)
    p <- if (slope(ends[2]) > 0) ends[2] else uniroot(slope, ends, tol = 1e-17, maxiter = 5000)$root
    variance <- ratio * p * (1 - ratio * p) / n[1] + ratio^2 * p * (1 - p) / n[2]
    (yes[1] / n[1] - ratio * yes[2] / n[2])^2 / variance - qchisq(confidence, 1)
  }
  centre <- log((yes[1] / n[1]) / (yes[2] / n[2]))
  root <- function(range) exp(uniroot(function(log_ratio) distance(exp(log_ratio)), range, tol = 1e-13)$root)
  c(
    if (yes[1] == 0) 0 else root(c(-12, min(centre, 12))),
    if (yes[2] == 0) Inf else root(c(max(centre, -12), 12))
  )
}
# The odds ratios at which half the observed table and all beyond it have a chance of alpha/2.
mid_p <- function(counts, confidence) {
  n <- rowSums(counts); yes <- sum(counts[, 1]); x <- counts[1, 1]
  possible <- max(0, yes - n[2]):min(n[1], yes)
  root <- function(beyond) exp(uniroot(function(log_odds) {
    chance <- dhyper(possible, n[1], n[2], yes) * exp(log_odds * (possible - x))
    (sum(chance[beyond(possible, x)]) + chance[possible == x] / 2) / sum(chance) - (1 - confidence) / 2
  }, c(-20, 20), tol = 1e-13)$root)
  c(if (x == min(possible)) 0 else root(`>`), if (x == max(possible)) Inf else root(`<`))
}

# One row per person and time; groups are +-1/2, so that group:time is the difference of changes a - b.
seen <- function(a, b) {
  values <- rbind(a, b)
  long <- data.frame(
    y = c(values), person = factor(row(values)), time = factor(col(values)),
    group = rep(c(0.5, -0.5), c(nrow(a), nrow(b)))[row(values)]
  )
  long[!is.na(long$y), ]
}
mixed <- function(a, b) {
  exact <- list(xtol_abs = 1e-13, xtol_rel = 1e-13, ftol_abs = 1e-14, ftol_rel = 1e-15, maxeval = 5000)
  hush(lmer(
    y ~ group * time + (1 | person), seen(a, b), contrasts = list(time = "contr.treatment"),
    control = lmerControl(optCtrl = exact)
  ))
}
sd_of_all <- function(model) sqrt(sum(as.data.frame(VarCorr(model))$vcov))
scores <- function(a, b) data.frame(y = ordered(c(a, b)), in_a = rep(1:0, c(length(a), length(b))))
# Generalised eta squared as afex prints it: all factors set by the study, none only observed.
generalised <- function(x, group = NULL) {
  long <- data.frame(y = c(x), time = factor(col(x)), person = factor(row(x)))
  if (!is.null(group)) long$group <- group[row(x)]
  model <- hush(afex::aov_ez("person", "y", long, within = "time", between = if (!is.null(group)) "group"))
  model$anova_table[if (is.null(group)) "time" else "group:time", "ges"]
}

# ---- recipes ------------------------------------------------------------------------------------

paired_t <- alist(
  n = length(after),
  statistic = t.test(after, before, paired = TRUE)$statistic,
  df = t.test(after, before, paired = TRUE)$parameter,
  p = t.test(after, before, paired = TRUE)$p.value,
  estimate = t.test(after, before, paired = TRUE)$estimate,
  interval = t.test(after, before, paired = TRUE, conf.level = confidence)$conf.int,
  effect = cohens_d(after, before, paired = TRUE)$Cohens_d,
  effect_interval = ncp_t(t.test(after, before, paired = TRUE)$statistic, n - 1, confidence) / sqrt(n),
  effect_interval_effectsize = limits(cohens_d(after, before, paired = TRUE, ci = confidence))
)
signed_rank <- alist(
  n = length(after),
  estimate = median(walsh(after - before)),
  interval = walsh_interval(after - before, confidence),
  effect = rank_biserial(after - before, verbose = FALSE)$r_rank_biserial,
  effect_interval = with_width(limits(rank_biserial(after - before, ci = confidence, verbose = FALSE)))
)
rank_sum <- alist(
  n = c(length(a), length(b)),
  estimate = median(outer(a, b, "-")),
  interval = shift_interval(a, b, confidence),
  effect = rank_biserial(a, b, verbose = FALSE)$r_rank_biserial,
  effect_interval = with_width(limits(rank_biserial(a, b, ci = confidence, verbose = FALSE)))
)
two_means <- alist(
  n = c(length(a), length(b)),
  statistic = t.test(a, b, var.equal = equal_variances)$statistic,
  df = t.test(a, b, var.equal = equal_variances)$parameter,
  p = t.test(a, b, var.equal = equal_variances)$p.value,
  estimate = mean(a) - mean(b),
  interval = t.test(a, b, var.equal = equal_variances, conf.level = confidence)$conf.int,
  effect = hedges_g(a, b, pooled_sd = TRUE)$Hedges_g,
  effect_interval = exact_J(sum(n) - 2) * sqrt(sum(1 / n)) *
    ncp_t(t.test(a, b, var.equal = TRUE)$statistic, sum(n) - 2, confidence),
  effect_interval_effectsize = limits(hedges_g(a, b, pooled_sd = TRUE, ci = confidence))
)
mcnemar <- alist(
  n = length(after),
  estimate = unname(counts[1, 2] / counts[2, 1]),
  interval = odds(binom.test(counts[1, 2], counts[1, 2] + counts[2, 1], conf.level = confidence)$conf.int),
  effect = binom.test(counts[1, 2], counts[1, 2] + counts[2, 1])$estimate - 0.5,
  effect_interval = binom.test(counts[1, 2], counts[1, 2] + counts[2, 1], conf.level = confidence)$conf.int - 0.5
)
odds_and_shares <- alist(
  n = rowSums(counts),
  estimate = fisher_tight(counts)$estimate,
  interval = fisher_tight(counts, conf.level = confidence)$conf.int,
  effect = counts[1, 1] / sum(counts[1, ]) - counts[2, 1] / sum(counts[2, ]),
  effect_interval = newcombe(counts, confidence)
)
pearson <- alist(
  n = rowSums(counts),
  statistic = hush(chisq.test(counts, correct = FALSE))$statistic,
  df = hush(chisq.test(counts, correct = FALSE))$parameter,
  p = hush(chisq.test(counts, correct = FALSE))$p.value,
  effect = cramers_v(counts, adjust = FALSE, ci = NULL)$Cramers_v,
  effect_interval = pmin(1, sqrt(ncp_chi(statistic, df, confidence) / sum(counts))),
  effect_interval_effectsize = limits(cramers_v(counts, adjust = FALSE, ci = confidence, alternative = "two.sided"))
)
two_shares <- alist(
  other_risk_difference = counts[1, 1] / sum(counts[1, ]) - counts[2, 1] / sum(counts[2, ]),
  other_risk_difference_interval = newcombe(counts, confidence),
  other_risk_ratio = (counts[1, 1] / sum(counts[1, ])) / (counts[2, 1] / sum(counts[2, ])),
  other_risk_ratio_interval = koopman(counts, confidence),
  other_odds_ratio = fisher_tight(counts)$estimate,
  other_odds_ratio_interval = mid_p(counts, confidence),
  other_cohens_h = cohens_h(t(counts))$Cohens_h, # its groups are columns
  other_cohens_h_interval = limits(cohens_h(t(counts), ci = confidence))
)
risk_difference <- alist(
  estimate = counts[1, 1] / sum(counts[1, ]) - counts[2, 1] / sum(counts[2, ]),
  interval = newcombe(counts, confidence)
)
explained <- alist(
  effect = F_to_eta2(statistic, df[1], df[2], ci = NULL)$Eta2_partial,
  effect_interval = eta2_interval(statistic, df[1], df[2], confidence),
  effect_interval_effectsize = limits(F_to_eta2(statistic, df[1], df[2], ci = confidence, alternative = "two.sided"))
)
several <- alist(
  everybody = stack(arguments),
  n = lengths(arguments, use.names = FALSE),
  model = lm(y ~ group, everybody)
)
# The whole repeats the pair with the smallest p.
clearest <- alist(
  first = which.min(parts_p),
  p = parts_p[first],
  statistic = parts_statistic[first],
  estimate = parts_estimate[first],
  interval = parts_interval[2 * first - 1:0]
)
times <- c(alist(
  n = nrow(x),
  statistic = row_of(within(x), "time")["F value"],
  df = row_of(within(x), "time")[c("num Df", "den Df")],
  other_generalised_eta_squared = generalised(x)
), explained)
interaction <- c(alist(
  n = c(nrow(a), nrow(b)),
  statistic = row_of(within(rbind(a, b), groups(a, b)), "group:time")["F value"],
  df = row_of(within(rbind(a, b), groups(a, b)), "group:time")[c("num Df", "den Df")],
  other_generalised_eta_squared = generalised(rbind(a, b), groups(a, b))
), explained)

recipes <- list(
  "paired-t" = paired_t,
  "paired-t-summary, r" = c(alist(
    pairs = paired_people(before, after, r), before = pairs$before, after = pairs$after
  ), paired_t),
  "paired-t-summary, change" = c(alist(before = 0 * people(change), after = people(change)), paired_t),
  "wilcoxon, exact" = c(alist(
    statistic = wilcox.exact(after, before, paired = TRUE, exact = TRUE)$statistic,
    p = wilcox.exact(after, before, paired = TRUE, exact = TRUE)$p.value
  ), signed_rank),
  "wilcoxon, approximate" = c(alist(
    statistic = hush(wilcox.test(after, before, paired = TRUE, exact = FALSE, correct = FALSE))$statistic,
    p = hush(wilcox.test(after, before, paired = TRUE, exact = FALSE, correct = FALSE))$p.value
  ), signed_rank),
  "sign" = alist(
    n = length(after),
    statistic = binom.test(sum(after > before), sum(after != before))$statistic,
    p = binom.test(sum(after > before), sum(after != before))$p.value,
    estimate = median(after - before),
    interval = median_interval(after - before, confidence),
    effect = binom.test(sum(after > before), sum(after != before))$estimate,
    effect_interval = binom.test(sum(after > before), sum(after != before), conf.level = confidence)$conf.int
  ),
  "mcnemar, exact" = c(alist(
    counts = changes(before, after),
    statistic = binom.test(counts[1, 2], counts[1, 2] + counts[2, 1])$statistic,
    p = binom.test(counts[1, 2], counts[1, 2] + counts[2, 1])$p.value
  ), mcnemar),
  "mcnemar, approximate" = c(alist(
    counts = changes(before, after),
    statistic = mcnemar.test(counts, correct = FALSE)$statistic,
    df = mcnemar.test(counts, correct = FALSE)$parameter,
    p = mcnemar.test(counts, correct = FALSE)$p.value
  ), mcnemar),
  "rm-anova, gg" = c(times, alist(p = gg(within(x), "time"))),
  "rm-anova, none" = c(times, alist(p = row_of(within(x), "time")["Pr(>F)"])),
  "friedman" = alist(
    n = nrow(x),
    statistic = friedman.test(x)$statistic,
    df = friedman.test(x)$parameter,
    p = friedman.test(x)$p.value,
    effect = kendalls_w(x, ci = NULL, verbose = FALSE)$Kendalls_W
  ),
  "cochran-q" = alist(
    n = nrow(x),
    statistic = friedman.test(x)$statistic, # of two answers, Friedman's chi-squared is Cochran's Q
    df = friedman.test(x)$parameter,
    p = friedman.test(x)$p.value,
    effect = hush(kendalls_w(x, ci = NULL, verbose = FALSE))$Kendalls_W
  ),
  "anova" = c(several, alist(
    statistic = anova(model)[1, "F value"],
    df = anova(model)[, "Df"],
    p = anova(model)[1, "Pr(>F)"]
  ), explained, alist(other_omega_squared = omega_squared(anova(model), partial = FALSE, ci = NULL, verbose = FALSE)$Omega2)),
  "welch-anova" = c(several, alist(
    statistic = oneway.test(y ~ group, everybody)$statistic,
    df = oneway.test(y ~ group, everybody)$parameter,
    p = oneway.test(y ~ group, everybody)$p.value
  ), explained),
  "kruskal" = c(several, alist(
    statistic = kruskal.test(y ~ group, everybody)$statistic,
    df = kruskal.test(y ~ group, everybody)$parameter,
    p = kruskal.test(y ~ group, everybody)$p.value,
    effect = rank_epsilon_squared(everybody$y, everybody$group, ci = NULL)$rank_epsilon_squared
  )),
  "tukey" = c(several, alist(
    sd = sqrt(deviance(model) / df.residual(model)),
    root_n = each_pair(arguments, function(a, b) sqrt(1 / length(a) + 1 / length(b))),
    parts_estimate = each_pair(arguments, function(a, b) mean(a) - mean(b)),
    parts_statistic = parts_estimate / (sd * root_n),
    parts_df = rep(df.residual(model), length(root_n)),
    parts_p = tail_of_range(abs(parts_statistic) * sqrt(2), length(n), parts_df),
    parts_interval = around(
      parts_estimate, quantile_of_range(confidence, length(n), parts_df[1]) * sd * root_n / sqrt(2)
    ),
    parts_effect = exact_J(parts_df[1]) * parts_estimate / sd,
    parts_effect_interval = c(mapply(
      function(t, root) exact_J(parts_df[1]) * root * ncp_t(t, parts_df[1], bonferroni(arguments, confidence)),
      parts_statistic, root_n
    ))
  ), clearest),
  "games-howell" = c(several, alist(
    parts_estimate = each_pair(arguments, function(a, b) mean(a) - mean(b)),
    parts_statistic = each_pair(arguments, function(a, b) t.test(a, b)$statistic),
    parts_df = each_pair(arguments, function(a, b) t.test(a, b)$parameter),
    parts_p = tail_of_range(abs(parts_statistic) * sqrt(2), length(n), parts_df),
    parts_interval = around(
      parts_estimate,
      quantile_of_range(confidence, length(n), parts_df) * each_pair(arguments, function(a, b) t.test(a, b)$stderr) /
        sqrt(2)
    ),
    parts_effect = each_pair(arguments, function(a, b) hush(hedges_g(a, b, pooled_sd = TRUE))$Hedges_g),
    parts_effect_interval = each_pair(arguments, function(a, b) {
      exact_J(length(a) + length(b) - 2) * sqrt(1 / length(a) + 1 / length(b)) * ncp_t(
        t.test(a, b, var.equal = TRUE)$statistic, length(a) + length(b) - 2, bonferroni(arguments, confidence)
      )
    })
  ), clearest),
  "dunn" = c(several, alist(
    parts_statistic = dunn_z(arguments),
    parts_p = p.adjust(2 * pnorm(-abs(parts_statistic)), "holm"),
    parts_estimate = each_pair(arguments, function(a, b) median(outer(a, b, "-"))),
    parts_interval = each_pair(arguments, function(a, b) shift_interval(a, b, bonferroni(arguments, confidence))),
    parts_effect = each_pair(arguments, function(a, b) hush(rank_biserial(a, b, verbose = FALSE))$r_rank_biserial),
    parts_effect_interval = each_pair(arguments, function(a, b) {
      with_width(limits(rank_biserial(a, b, ci = bonferroni(arguments, confidence), verbose = FALSE)))
    })
  ), clearest),
  "mixed-model, two times" = alist(
    n = c(nrow(a), nrow(b)),
    model = mixed(a, b),
    estimate = fixef(model)["group:time2"],
    se = sqrt(vcov(model)["group:time2", "group:time2"]),
    statistic = estimate / se,
    p = 2 * pnorm(-abs(statistic)),
    interval = estimate + qnorm((1 + confidence) / 2) * c(-se, se),
    effect = estimate / sd_of_all(model)
  ),
  "mixed-model, more times" = alist(
    n = c(nrow(a), nrow(b)),
    model = mixed(a, b),
    statistic = Anova(model, type = "II")["group:time", "Chisq"],
    df = Anova(model, type = "II")["group:time", "Df"],
    p = Anova(model, type = "II")["group:time", "Pr(>Chisq)"]
  ),
  "ordinal-regression" = alist(
    n = c(length(a), length(b)),
    model = ordinal::clm(y ~ in_a, data = scores(a, b), control = list(gradTol = 1e-13)),
    effect = coef(model)["in_a"],
    se = sqrt(vcov(model)["in_a", "in_a"]),
    effect_interval = effect + qnorm((1 + confidence) / 2) * c(-se, se),
    statistic = effect / se,
    p = 2 * pnorm(-abs(statistic)),
    estimate = exp(effect),
    interval = exp(effect_interval)
  ),
  "independent-t" = c(alist(equal_variances = TRUE), two_means),
  "welch-t" = c(alist(equal_variances = FALSE), two_means),
  "independent-t-summary" = c(alist(a = people(a), b = people(b)), two_means),
  "mann-whitney, exact" = c(alist(
    statistic = wilcox.exact(a, b, exact = TRUE)$statistic,
    p = wilcox.exact(a, b, exact = TRUE)$p.value
  ), rank_sum),
  "mann-whitney, approximate" = c(alist(
    statistic = wilcox.test(a, b, exact = FALSE, correct = FALSE)$statistic,
    p = wilcox.test(a, b, exact = FALSE, correct = FALSE)$p.value
  ), rank_sum),
  "fisher" = c(alist(counts = yes_no(a, b), p = fisher.test(counts)$p.value), odds_and_shares, two_shares),
  "fisher, table" = c(alist(p = fisher.test(counts)$p.value), odds_and_shares, two_shares),
  "boschloo" = c(alist(counts = yes_no(a, b), p = boschloo(counts)), odds_and_shares, two_shares),
  "boschloo, table" = c(alist(p = boschloo(counts)), odds_and_shares, two_shares),
  "fisher, larger" = alist(counts = by_group(a, b), n = rowSums(counts), p = fisher.test(counts)$p.value),
  "fisher, larger table" = alist(n = rowSums(counts), p = fisher.test(counts)$p.value),
  "chi-square" = c(alist(counts = yes_no(a, b)), pearson, risk_difference, two_shares),
  "chi-square, table" = c(pearson, risk_difference, two_shares),
  "chi-square, larger" = c(alist(counts = by_group(a, b)), pearson),
  "chi-square, larger table" = pearson,
  "ancova" = c(alist(
    n = c(nrow(a), nrow(b)),
    statistic = Anova(adjusted(a, b), type = "II")["group", "F value"],
    df = c(1, df.residual(adjusted(a, b))),
    p = Anova(adjusted(a, b), type = "II")["group", "Pr(>F)"],
    estimate = coef(adjusted(a, b))["groupa"],
    interval = confint(adjusted(a, b), "groupa", level = confidence),
    types = Anova(adjusted(a, b), type = "II"),
    other_generalised_eta_squared = eta_squared(types, generalized = "before", ci = NULL)$Eta2_generalized[2],
    other_omega_squared = omega_squared(types, ci = NULL)$Omega2_partial[2]
  ), explained),
  "mixed-anova, two times" = c(interaction, alist(
    p = row_of(within(rbind(a, b), groups(a, b)), "group:time")["Pr(>F)"],
    estimate = mean(change(a)) - mean(change(b)),
    interval = t.test(change(a), change(b), var.equal = TRUE, conf.level = confidence)$conf.int
  )),
  "mixed-anova, gg" = c(interaction, alist(p = gg(within(rbind(a, b), groups(a, b)), "group:time"))),
  "mixed-anova, none" = c(interaction, alist(
    p = row_of(within(rbind(a, b), groups(a, b)), "group:time")["Pr(>F)"]
  ))
)

# ---- the grid: method, recipe, samples, options --------------------------------------------------

pairs_of <- c(
  "paired_8_no_ties", "paired_17_ordinal", "paired_14_continuous", "paired_7_same_sign", "paired_5",
  "paired_9_falls", "paired_5_large_t", "serpong_moringa", "serpong_massage"
)
two <- c("groups_14_14", "groups_17_17_ordinal", "groups_7_9", "groups_6_15", "serpong_change")
exact <- list(exact = TRUE); approximate <- list(exact = FALSE); ninety <- list(confidence = 0.9)
with_spread <- c("groups_8_9_7", "groups_10_8_9_6_ordinal", "groups_3_2_4", "groups_7_9")
many <- c(with_spread, "groups_5_4_6_one_constant")
tables <- c("table_2x2", "table_2x2_zero", "table_2x2_nobody", "table_2x2_tiny", "table_newcombe_a")
gg_option <- list(correction = "gg"); no_option <- list(correction = "none")
grid <- list(
  list("paired-t", "paired-t", pairs_of),
  list("paired-t", "paired-t", "paired_14_continuous", ninety),
  list("wilcoxon", "wilcoxon, exact", pairs_of, exact),
  list("wilcoxon", "wilcoxon, approximate", pairs_of, approximate),
  list("wilcoxon", "wilcoxon, exact", "paired_14_continuous", c(exact, ninety)),
  list("sign", "sign", pairs_of),
  list("sign", "sign", "paired_14_continuous", ninety),
  list("mcnemar", "mcnemar, exact", c("binary_paired", "binary_paired_one_way"), exact),
  list("mcnemar", "mcnemar, approximate", c("binary_paired", "binary_paired_one_way"), approximate),
  list("rm-anova", "rm-anova, gg", c("repeated_10x3", "repeated_10x3_ordinal")),
  list("rm-anova", "rm-anova, gg", "repeated_10x3", gg_option),
  list("rm-anova", "rm-anova, none", c("repeated_10x3", "repeated_10x3_ordinal"), no_option),
  list("rm-anova", "rm-anova, none", "repeated_9x2"),
  list("friedman", "friedman", c("repeated_10x3", "repeated_10x3_ordinal")),
  list("independent-t", "independent-t", two),
  list("independent-t", "independent-t", "groups_7_9", ninety),
  list("welch-t", "welch-t", two),
  list("mann-whitney", "mann-whitney, exact", two, exact),
  list("mann-whitney", "mann-whitney, approximate", two, approximate),
  list("mann-whitney", "mann-whitney, exact", "groups_7_9", c(exact, ninety)),
  list("fisher", "fisher", "binary_groups"),
  list("fisher", "fisher, table", tables),
  list("fisher", "fisher, table", "table_2x2", ninety),
  list("fisher", "fisher, larger", "categories_2x3"),
  list("fisher", "fisher, larger table", "table_2x3"),
  list("chi-square", "chi-square", "binary_groups"),
  list("chi-square", "chi-square, table", tables),
  list("chi-square", "chi-square, larger", "categories_2x3"),
  list("chi-square", "chi-square, larger table", "table_2x3"),
  list("boschloo", "boschloo", "binary_groups"),
  list("boschloo", "boschloo, table", tables),
  list("boschloo", "boschloo, table", "table_2x2", ninety),
  list("anova", "anova", many),
  list("anova", "anova", "groups_8_9_7", ninety),
  list("welch-anova", "welch-anova", with_spread),
  list("kruskal", "kruskal", many),
  list("tukey", "tukey", many),
  list("tukey", "tukey", "groups_8_9_7", ninety),
  list("games-howell", "games-howell", with_spread),
  list("games-howell", "games-howell", "groups_8_9_7", ninety),
  list("dunn", "dunn", many),
  list("dunn", "dunn", "groups_8_9_7", ninety),
  list("cochran-q", "cochran-q", c("repeated_binary_14x3", "repeated_binary_6x4")),
  list("mixed-model", "mixed-model, two times", c(
    "two_groups_8_7_x2_missing", "two_groups_9_12_x2", "serpong_groups", "two_groups_6_5_x2_unlike"
  )),
  list("mixed-model", "mixed-model, two times", "two_groups_8_7_x2_missing", ninety),
  list("mixed-model", "mixed-model, more times", c("two_groups_7_6_x3_missing", "two_groups_9_12_x3")),
  list("ordinal-regression", "ordinal-regression", c(
    "groups_17_17_ordinal", "serpong_change", "categories_2x3", "groups_4_3_ordinal", "binary_groups"
  )),
  list("ordinal-regression", "ordinal-regression", "groups_17_17_ordinal", ninety),
  list("ancova", "ancova", c("two_groups_12_12_x2", "two_groups_9_12_x2", "serpong_groups")),
  list("ancova", "ancova", "two_groups_9_12_x2", ninety),
  list("mixed-anova", "mixed-anova, two times", c("two_groups_12_12_x2", "two_groups_9_12_x2", "serpong_groups")),
  list("mixed-anova", "mixed-anova, gg", c("two_groups_12_12_x3", "two_groups_9_12_x3")),
  list("mixed-anova", "mixed-anova, none", c("two_groups_12_12_x3", "two_groups_9_12_x3"), no_option),
  list("independent-t-summary", "independent-t-summary", "summary_groups", list(equal_variances = TRUE)),
  list("independent-t-summary", "independent-t-summary", "summary_groups", list(equal_variances = FALSE)),
  list("paired-t-summary", "paired-t-summary, r", "summary_paired", list(r = 0.43)),
  list("paired-t-summary", "paired-t-summary, change", "summary_change")
)

# ---- run ------------------------------------------------------------------------------------------

KEYS <- c(
  "n", "statistic", "df", "p", "estimate", "interval", "effect", "effect_interval", "effect_interval_effectsize"
)

# Expressions run in order and see the values above them.
cook <- function(recipe, sample, options) {
  kitchen <- list2env(c(sample$arguments, options, list(arguments = sample$arguments)), parent = globalenv())
  for (key in names(recipe)) {
    value <- eval(recipe[[key]], kitchen)
    assign(key, if (is.numeric(value) && is.null(dim(value))) as.vector(value) else value, kitchen)
  }
  keys <- c(intersect(KEYS, names(recipe)), grep("^(parts|other)_", unique(names(recipe)), value = TRUE))
  found <- lapply(mget(keys, kitchen), as.vector)
  parts <- grep("^parts_", keys, value = TRUE)
  found[parts] <- lapply(found[parts], I) # one part is still a list of parts
  found[!vapply(found, anyNA, TRUE)]
}
case_of <- function(method, recipe, sample, options = list()) {
  values <- cook(recipes[[recipe]], samples[[sample]], c(options, list(confidence = 0.95)[is.null(options$confidence)]))
  list(method = method, sample = sample, options = options, recipe = recipe, values = values)
}
cases <- unlist(lapply(grid, function(row) {
  lapply(row[[3]], function(sample) case_of(row[[1]], row[[2]], sample, if (length(row) > 3) row[[4]] else list()))
}), recursive = FALSE)

# ---- second opinions: R against R, and against print ---------------------------------------------------

one <- function(method, sample, ...) {
  chosen <- Filter(function(x) x$method == method && x$sample == sample && identical(x$options, list(...)), cases)
  stopifnot(length(chosen) == 1)
  chosen[[1]]$values
}
for (name in pairs_of) {
  before <- samples[[name]]$arguments$before; after <- samples[[name]]$arguments$after
  test <- wilcoxsign_test(after ~ before, distribution = "exact", zero.method = "Wilcoxon")
  same(one("wilcoxon", name, exact = TRUE)$p, pvalue(test))
  d <- after - before
  if (all(d != 0) && !anyDuplicated(abs(d))) {
    test <- wilcox.test(d, exact = TRUE, conf.int = TRUE)
    same(one("wilcoxon", name, exact = TRUE)$interval, test$conf.int)
    same(one("wilcoxon", name, exact = TRUE)$estimate, test$estimate)
  }
}
for (name in two) {
  a <- samples[[name]]$arguments$a; b <- samples[[name]]$arguments$b
  group <- factor(rep(c("a", "b"), c(length(a), length(b))))
  same(one("mann-whitney", name, exact = TRUE)$p, pvalue(wilcox_test(c(a, b) ~ group, distribution = "exact")))
  if (!anyDuplicated(c(a, b))) {
    test <- wilcox.test(a, b, exact = TRUE, conf.int = TRUE)
    same(one("mann-whitney", name, exact = TRUE)$interval, test$conf.int)
    same(one("mann-whitney", name, exact = TRUE)$estimate, test$estimate)
  }
}
for (name in c("repeated_10x3", "repeated_10x3_ordinal", "repeated_9x2")) {
  x <- samples[[name]]$arguments$x
  long <- data.frame(y = c(x), person = factor(row(x)), time = factor(col(x)))
  table_aov <- summary(aov(y ~ time + Error(person / time), long))[["Error: person:time"]][[1]]
  plain <- if (ncol(x) > 2) one("rm-anova", name, correction = "none") else one("rm-anova", name)
  same(plain$statistic, table_aov[1, "F value"])
  same(plain$p, table_aov[1, "Pr(>F)"])
  if (ncol(x) == 2) next
  values <- one("friedman", name)
  same(values$effect, values$statistic / (nrow(x) * (ncol(x) - 1)))
}
for (name in c("two_groups_12_12_x2", "two_groups_9_12_x2", "serpong_groups")) {
  parts <- samples[[name]]$arguments
  values <- one("mixed-anova", name)
  same(sqrt(values$statistic), abs(t.test(change(parts$a), change(parts$b), var.equal = TRUE)$statistic))
}
same(abs(one("mcnemar", "binary_paired", exact = TRUE)$effect), cohens_g(changes(
  samples$binary_paired$arguments$before, samples$binary_paired$arguments$after
))$Cohens_g)
same(one("fisher", "table_2x2")$estimate, fisher.test(samples$table_2x2$arguments$counts)$estimate, 1e-3)
stopifnot(identical(round(one("fisher", "table_newcombe_a")$effect_interval, 4), c(0.0524, 0.3339)))

for (name in many) {
  groups_of <- samples[[name]]$arguments
  everybody <- stack(groups_of)
  hsd <- TukeyHSD(aov(y ~ group, everybody))$group # the later group minus the earlier one
  same(one("tukey", name)$parts_estimate, -hsd[, "diff"])
  same(one("tukey", name)$parts_p, hsd[, "p adj"], 1e-6)
  same(one("tukey", name)$parts_interval, c(rbind(-hsd[, "upr"], -hsd[, "lwr"])), 1e-4)
  dunns <- rstatix::dunn_test(everybody, y ~ group, p.adjust.method = "holm")
  same(one("dunn", name)$parts_statistic, -dunns$statistic)
  same(one("dunn", name)$parts_p, dunns$p.adj)
  same(one("kruskal", name)$p, pvalue(kruskal_test(y ~ group, everybody, distribution = "asymptotic")))
  if (!name %in% with_spread || length(groups_of) == 2) next
  howell <- rstatix::games_howell_test(everybody, y ~ group) # prints three digits of p
  same(one("games-howell", name)$parts_estimate, -howell$estimate)
  stopifnot(max(abs(one("games-howell", name)$parts_p - howell$p.adj)) < 1e-3)
  same(one("games-howell", name)$parts_interval, c(rbind(-howell$conf.high, -howell$conf.low)), 1e-4)
}
for (name in c("repeated_binary_14x3", "repeated_binary_6x4")) {
  x <- samples[[name]]$arguments$x
  changed <- x[apply(x, 1, function(row) diff(range(row)) > 0), ]
  long <- data.frame(y = factor(c(changed)), time = factor(col(changed)), person = factor(row(changed)))
  same(one("cochran-q", name)$statistic, mantelhaen.test(table(long$time, long$y, long$person))$statistic)
}
for (name in c("groups_17_17_ordinal", "serpong_change", "categories_2x3", "groups_4_3_ordinal")) {
  parts <- samples[[name]]$arguments
  model <- hush(MASS::polr(y ~ in_a, scores(parts$a, parts$b), Hess = TRUE, control = list(reltol = 1e-14)))
  same(one("ordinal-regression", name)$effect, coef(model), 1e-5)
  same(one("ordinal-regression", name)$statistic, coef(summary(model))["in_a", "t value"], 1e-5)
}
logit <- glm(y ~ in_a, binomial, transform(scores(samples$binary_groups$arguments$a, samples$binary_groups$arguments$b),
  y = as.numeric(as.character(y))))
same(one("ordinal-regression", "binary_groups")$effect, coef(logit)["in_a"], 1e-7)
for (name in c("table_2x2", "table_newcombe_a")) { # epiR's score interval reads the table the other way round
  found <- epiR::epi.2by2(as.table(t(samples[[name]]$arguments$counts)))$massoc.detail$RR.strata.score
  same(one("fisher", name)$other_risk_ratio_interval, unlist(found[c("lower", "upper")]), 1e-7)
}

# ---- write ------------------------------------------------------------------------------------------

version_of <- function(package) as.character(packageVersion(package))
used <- c(
  "exactRankTests", "coin", "car", "effectsize", "lme4", "ordinal", "afex", "MASS", "rstatix", "epiR", "jsonlite"
)
proportions <- unlist(lapply(list(c(0, 7), c(1, 12), c(9, 9), c(5, 17), c(24, 25), c(56, 70)), function(share) {
  lapply(c(0.9, 0.95), function(confidence) {
    list(
      successes = share[1], n = share[2], confidence = confidence,
      exact = as.vector(binom.test(share[1], share[2], conf.level = confidence)$conf.int),
      wilson = as.vector(hush(prop.test(share[1], share[2], conf.level = confidence, correct = FALSE))$conf.int)
    )
  })
}), recursive = FALSE)
text_of <- function(recipe) lapply(recipe, function(call) gsub("\\s+", " ", paste(deparse(call, 500), collapse = " ")))
named <- function(options) if (length(options)) options else setNames(list(), character())
write_json(
  list(
    made_with = list(R = R.version.string, packages = lapply(setNames(used, used), version_of)),
    recipes = lapply(recipes, text_of),
    cases = lapply(cases, function(case) { case$options <- named(case$options); case }),
    proportions = proportions
  ),
  file.path(here, "reference.json"), auto_unbox = TRUE, digits = NA, pretty = TRUE
)
cat(length(cases), "cases,", sum(lengths(lapply(cases, `[[`, "values"))), "values\n")
