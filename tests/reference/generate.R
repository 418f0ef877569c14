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
})
options(contrasts = c("contr.sum", "contr.poly"), digits = 15, warn = 1)

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
fisher_2x2 <- alist(
  n = rowSums(counts),
  p = fisher.test(counts)$p.value,
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
risk_difference <- alist(
  estimate = counts[1, 1] / sum(counts[1, ]) - counts[2, 1] / sum(counts[2, ]),
  interval = newcombe(counts, confidence)
)
explained <- alist(
  effect = F_to_eta2(statistic, df[1], df[2], ci = NULL)$Eta2_partial,
  effect_interval = eta2_interval(statistic, df[1], df[2], confidence),
  effect_interval_effectsize = limits(F_to_eta2(statistic, df[1], df[2], ci = confidence, alternative = "two.sided"))
)
times <- c(alist(
  n = nrow(x),
  statistic = row_of(within(x), "time")["F value"],
  df = row_of(within(x), "time")[c("num Df", "den Df")]
), explained)
interaction <- c(alist(
  n = c(nrow(a), nrow(b)),
  statistic = row_of(within(rbind(a, b), groups(a, b)), "group:time")["F value"],
  df = row_of(within(rbind(a, b), groups(a, b)), "group:time")[c("num Df", "den Df")]
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
  "fisher" = c(alist(counts = yes_no(a, b)), fisher_2x2),
  "fisher, table" = fisher_2x2,
  "fisher, larger" = alist(counts = by_group(a, b), n = rowSums(counts), p = fisher.test(counts)$p.value),
  "fisher, larger table" = alist(n = rowSums(counts), p = fisher.test(counts)$p.value),
  "chi-square" = c(alist(counts = yes_no(a, b)), pearson, risk_difference),
  "chi-square, table" = c(pearson, risk_difference),
  "chi-square, larger" = c(alist(counts = by_group(a, b)), pearson),
  "chi-square, larger table" = pearson,
  "ancova" = c(alist(
    n = c(nrow(a), nrow(b)),
    statistic = Anova(adjusted(a, b), type = "II")["group", "F value"],
    df = c(1, df.residual(adjusted(a, b))),
    p = Anova(adjusted(a, b), type = "II")["group", "Pr(>F)"],
    estimate = coef(adjusted(a, b))["groupa"],
    interval = confint(adjusted(a, b), "groupa", level = confidence)
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
  list("fisher", "fisher, table", c("table_2x2", "table_2x2_zero", "table_newcombe_a")),
  list("fisher", "fisher, table", "table_2x2", ninety),
  list("fisher", "fisher, larger", "categories_2x3"),
  list("fisher", "fisher, larger table", "table_2x3"),
  list("chi-square", "chi-square", "binary_groups"),
  list("chi-square", "chi-square, table", c("table_2x2", "table_2x2_zero", "table_newcombe_a")),
  list("chi-square", "chi-square, larger", "categories_2x3"),
  list("chi-square", "chi-square, larger table", "table_2x3"),
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
  kitchen <- list2env(c(sample$arguments, options), parent = globalenv())
  for (key in names(recipe)) {
    value <- eval(recipe[[key]], kitchen)
    assign(key, if (is.numeric(value) && is.null(dim(value))) as.vector(value) else value, kitchen)
  }
  found <- lapply(mget(intersect(KEYS, names(recipe)), kitchen), as.vector)
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

# ---- write ------------------------------------------------------------------------------------------

version_of <- function(package) as.character(packageVersion(package))
used <- c("exactRankTests", "coin", "car", "effectsize", "MASS", "jsonlite")
text_of <- function(recipe) lapply(recipe, function(call) gsub("\\s+", " ", paste(deparse(call, 500), collapse = " ")))
named <- function(options) if (length(options)) options else setNames(list(), character())
write_json(
  list(
    made_with = list(R = R.version.string, packages = lapply(setNames(used, used), version_of)),
    recipes = lapply(recipes, text_of),
    cases = lapply(cases, function(case) { case$options <- named(case$options); case })
  ),
  file.path(here, "reference.json"), auto_unbox = TRUE, digits = NA, pretty = TRUE
)
cat(length(cases), "cases,", sum(lengths(lapply(cases, `[[`, "values"))), "values\n")
