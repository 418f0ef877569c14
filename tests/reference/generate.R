# Rscript tests/reference/generate.R                  reads samples.json, writes reference.json (see README.md)
# Rscript tests/reference/generate.R paired-t sign    renews these tests only, all else in reference.json stays
#
# A recipe is a list of R expressions, one per value of an Outcome, or the script that readers take away
# (analysis/telling/scripts/recipes). Its text is stored beside the values it gave, so the call that is printed is
# the call that ran.

library(jsonlite)
# A package is loaded when one of these is first called; R stops and names it where it isn't installed.
on_first_call <- function(package, ...) for (name in c(...)) autoload(name, package)
on_first_call("exactRankTests", "wilcox.exact", "perm.test")
on_first_call("coin", "pvalue", "wilcox_test", "oneway_test", "wilcoxsign_test", "kruskal_test")
on_first_call("car", "Anova")
on_first_call(
  "effectsize", "cohens_d", "rank_biserial", "hedges_g", "cramers_v", "F_to_eta2", "glass_delta", "p_superiority",
  "cliffs_delta", "cohens_h", "cohens_g", "kendalls_w", "omega_squared", "rank_epsilon_squared", "eta_squared"
)
on_first_call("lme4", "lmer", "lmerControl", "VarCorr", "fixef")
on_first_call("boot", "boot", "boot.ci")
options(contrasts = c("contr.sum", "contr.poly"), digits = 15, warn = 1)
Sys.setenv(TZ = "UTC") # or R asks the machine

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
samples <- fromJSON(file.path(here, "samples.json"))
reference <- file.path(here, "reference.json")

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

walsh <- function(d) { sums <- outer(d, d, "+"); sort(sums[!lower.tri(sums)]) / 2 }
# p of shifted samples; of nobody who changed it is 1.
signed_p <- function(d, exact) function(shift) {
  moved <- round(d - shift, 9); moved <- moved[moved != 0]
  if (!length(moved)) return(1)
  if (exact) wilcox.exact(moved, exact = TRUE)$p.value else hush(wilcox.test(moved, exact = FALSE, correct = FALSE))$p.value
}
summed_p <- function(a, b, exact) function(shift) {
  a <- round(a - shift, 9); b <- round(b, 9)
  if (exact) wilcox.exact(a, b, exact = TRUE)$p.value else hush(wilcox.test(a, b, exact = FALSE, correct = FALSE))$p.value
}
sign_p <- function(d) function(shift) {
  moved <- round(d - shift, 9)
  if (any(moved != 0)) binom.test(sum(moved > 0), sum(moved != 0))$p.value else 1
}
one_or_limits <- function(value, interval) if (anyNA(interval)) value else c(value, interval)

# What a permutation interval is by its definition: the shifts at which neither one-sided p is alpha / 2 or less.
# Found by halving; NA where even the smallest p that there is lies above alpha / 2.
inverted <- function(upper_p, inside, reach, confidence) {
  edge <- function(outside, p) {
    if (p(outside) > (1 - confidence) / 2) return(NA)
    ends <- c(outside, inside)
    for (step in 1:60) ends[if (p(mean(ends)) > (1 - confidence) / 2) 2 else 1] <- mean(ends)
    mean(ends)
  }
  c(edge(inside - reach, upper_p), edge(inside + reach, function(shift) upper_p(shift, -1)))
}
as_large <- function(sums, seen) mean(sums >= seen - 1e-12 * abs(seen) - 1e-12)
splits <- function(m, n) {
  chosen <- combn(m + n, m)
  matrix(replace(numeric(length(chosen) / m * (m + n)), c(chosen + rep((seq_len(ncol(chosen)) - 1) * (m + n), each = m)), 1),
    ncol = m + n, byrow = TRUE)
}
split_limits <- function(a, b, confidence) {
  if (choose(length(a) + length(b), length(a)) > 2e5) return(NA)
  first <- splits(length(a), length(b))
  upper_p <- function(shift, side = 1) as_large(side * first %*% c(a - shift, b), side * sum(a - shift))
  inverted(upper_p, mean(a) - mean(b), 10 * diff(range(a, b)), confidence)
}
all_signs <- function(n) as.matrix(expand.grid(rep(list(c(-1, 1)), n)))
sign_limits <- function(d, confidence) {
  if (length(d) > 17) return(NA)
  flips <- all_signs(length(d))
  upper_p <- function(shift, side = 1) as_large(side * flips %*% (d - shift), side * sum(d - shift))
  inverted(upper_p, mean(d), 10 * diff(range(d)), confidence)
}
median_p <- function(a, b) {
  first <- splits(length(a), length(b)) == 1
  gaps <- apply(first, 1, function(chosen) median(c(a, b)[chosen]) - median(c(a, b)[!chosen]))
  mean(abs(gaps) >= abs(median(a) - median(b)) - 1e-9)
}

# lawstat::brunner.munzel.test's steps (Brunner & Munzel 2000), p_hat turned to P(a > b) + P(a = b) / 2.
brunner <- function(a, b, confidence) {
  n <- c(length(a), length(b)); all <- rank(c(a, b)); in_a <- seq_along(a)
  m <- c(mean(all[in_a]), mean(all[-in_a]))
  v <- c(
    sum((all[in_a] - rank(a) - m[1] + (n[1] + 1) / 2)^2) / (n[1] - 1),
    sum((all[-in_a] - rank(b) - m[2] + (n[2] + 1) / 2)^2) / (n[2] - 1)
  )
  statistic <- prod(n) * (m[1] - m[2]) / sum(n) / sqrt(sum(n * v))
  df <- sum(n * v)^2 / sum((n * v)^2 / (n - 1))
  p_hat <- (m[1] - (n[1] + 1) / 2) / n[2]
  half <- qt((1 + confidence) / 2, df) * sqrt(v[1] / (n[1] * n[2]^2) + v[2] / (n[2] * n[1]^2))
  list(
    statistic = statistic, df = df, p = 2 * pt(-abs(statistic), df),
    effect = p_hat, limits = pmin(1, pmax(0, p_hat + c(-half, half)))
  )
}

# Yuen 1974: trimmed means, winsorized variances, Welch's degrees of freedom.
winsorized <- function(x) {
  g <- floor(0.2 * length(x)); x <- sort(x)
  pmin(pmax(x, x[g + 1]), x[length(x) - g])
}
yuen_parts <- function(x) {
  h <- length(x) - 2 * floor(0.2 * length(x))
  list(h = h, squares = (length(x) - 1) * var(winsorized(x)), d = (length(x) - 1) * var(winsorized(x)) / (h * (h - 1)))
}

# Rouder et al. 2009, eq. 1, with the scale of the prior; n is n_a n_b / (n_a + n_b) for two groups.
jzs <- function(t, df, n, r) {
  density <- function(u) { # u = log g
    g <- exp(u); spread <- 1 + n * g * r^2
    exp(-log(spread) / 2 - (df + 1) / 2 * (log1p(t^2 / (spread * df)) - log1p(t^2 / df)) - (log(2 * pi) + u + 1 / g) / 2)
  }
  sum(vapply(seq(-8, 72, 8), function(from) {
    integrate(density, from, from + 8, rel.tol = 1e-12, abs.tol = 0, subdivisions = 1000)$value
  }, 0))
}
bca <- function(data, statistic, confidence, strata = rep(1, length(data))) {
  set.seed(1)
  found <- boot(data, statistic, R = 99999, strata = strata)
  boot.ci(found, conf = confidence, type = "bca")$bca[4:5]
}
# Medians: resamples often equal the median seen. boot.ci counts none of these as below it and scipy one half;
# the influence values are jackknife ones (boot's regression ones differ for medians).
bca_of_medians <- function(samples, confidence) {
  set.seed(1)
  gap <- function(parts) sum(c(1, -1)[seq_along(parts)] * vapply(parts, median, 0))
  drawn <- replicate(99999, gap(lapply(samples, function(x) x[sample.int(length(x), replace = TRUE)])))
  parts <- lapply(seq_along(samples), function(which) {
    without <- vapply(seq_along(samples[[which]]), function(i) {
      gap(replace(samples, which, list(samples[[which]][-i])))
    }, 0)
    (length(without) - 1) * (mean(without) - without) / length(without)
  })
  a <- sum(unlist(lapply(parts, `^`, 3))) / (6 * sum(unlist(lapply(parts, `^`, 2)))^1.5)
  z0 <- qnorm((mean(drawn < gap(samples)) + mean(drawn <= gap(samples))) / 2)
  z <- z0 + qnorm((1 + c(-1, 1) * confidence) / 2)
  unname(quantile(drawn, pnorm(z0 + z / (1 - a * z))))
}
odds <- function(p) p / (1 - p)
mid_p_shares <- function(gained, moved, confidence) {
  at <- function(tail) uniroot(function(share) {
    tail(share) - dbinom(gained, moved, share) / 2 - (1 - confidence) / 2
  }, c(0, 1), tol = 1e-14)$root
  c(
    if (gained > 0) at(function(share) pbinom(gained - 1, moved, share, lower.tail = FALSE)) else 0,
    if (gained < moved) at(function(share) pbinom(gained, moved, share)) else 1
  )
}

# Exact limits of the difference or the ratio of two shares by definition: every table as far out as the one seen by
# the score statistic, its shares where the likelihood stops rising, the largest chance over all shares. On both sides
# together (Agresti & Min 2001) or on each (Chan & Zhang 1999); no difference is left to the test's own p.
exact_limits <- function(counts, measure, confidence, two_sided, p) {
  difference <- measure == "difference"
  alpha <- (1 - confidence) / (if (two_sided) 1 else 2)
  lower <- function(counts) {
    n <- rowSums(counts); x <- 0:n[1]; y <- 0:n[2]
    X <- outer(x, y, function(x, y) x); Y <- outer(x, y, function(x, y) y)
    shares <- function(u, value) {
      t <- sin(u)^2
      if (difference) {
        b <- max(0, -value) + t * (min(1, 1 - value) - max(0, -value))
        return(cbind(pmin(1, pmax(0, b + value)), b))
      }
      cbind(t * exp(min(0, value)), t * exp(min(0, -value)))
    }
    score <- function(value) {
      k <- if (difference) 1 else exp(value); d <- if (difference) value else 0
      low <- 0 * X + max(0, -d / k); high <- 0 * X + min(1, (1 - d) / k)
      for (step in 1:60) {
        b <- (low + high) / 2
        slope <- k * X / (k * b + d) - k * (n[1] - X) / (1 - k * b - d) + Y / b - (n[2] - Y) / (1 - b)
        rises <- !is.na(slope) & slope > 0
        low <- ifelse(rises, b, low); high <- ifelse(rises, high, b)
      }
      apart <- X / n[1] - k * Y / n[2] - d
      apart[abs(apart) < 1e-9 * k] <- 0
      variance <- pmax(0, (k * b + d) * (1 - k * b - d)) / n[1] + k^2 * b * (1 - b) / n[2]
      z <- ifelse(apart == 0, 0, apart / sqrt(variance))
      if (two_sided) abs(z) else z
    }
    missed <- function(value) {
      z <- score(value); seen <- z[counts[1, 1] + 1, counts[2, 1] + 1]
      farther <- z >= seen - 1e-9 * abs(seen)
      chance <- function(u) {
        p <- shares(u, value)
        colSums(outer(x, p[, 1], function(k, p) dbinom(k, n[1], p)) *
          (farther %*% outer(y, p[, 2], function(k, p) dbinom(k, n[2], p))))
      }
      grid <- seq(0, pi / 2, length.out = 401)
      best <- grid[which.max(chance(grid))]
      optimize(chance, pmin(pi / 2, pmax(0, best + c(-1, 1) * pi / 800)), maximum = TRUE, tol = 1e-12)$objective - alpha
    }
    share <- counts[, 1] / n
    outside <- if (difference) -1 else -30
    inside <- if (difference) share[1] - share[2] else min(30, log(share[1] / share[2]))
    if (inside <= outside) return(if (difference) -1 else -Inf)
    if (inside > 0) {
      holds <- p >= 1 - confidence
      if ((missed(0) >= 0) != holds) return(0)
      if (holds) inside <- 0 else outside <- 0
    }
    edge <- function(outside, inside) {
      for (step in 1:50) {
        middle <- (outside + inside) / 2
        if (missed(middle) >= 0) inside <- middle else outside <- middle
      }
      inside
    }
    found <- edge(outside, inside)
    step <- (inside - found) / 20
    farther <- Filter(function(value) value > outside && missed(value) >= 0, found - step * 6:1) # held again farther out
    if (length(farther)) found <- edge(max(outside, farther[1] - step), farther[1])
    found
  }
  limits <- unname(c(lower(counts), -lower(counts[2:1, ])))
  if (difference) limits else exp(limits)
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
  effect = cohens_d(after, before, paired = TRUE, verbose = FALSE)$Cohens_d,
  effect_interval = ncp_t(t.test(after, before, paired = TRUE)$statistic, n - 1, confidence) / sqrt(n),
  effect_interval_effectsize = limits(cohens_d(after, before, paired = TRUE, ci = confidence, verbose = FALSE))
)
signed_rank <- alist(
  n = length(after),
  estimate = median(walsh(after - before)),
  effect = rank_biserial(after - before, verbose = FALSE)$r_rank_biserial,
  effect_interval = with_width(limits(rank_biserial(after - before, ci = confidence, verbose = FALSE)))
)
rank_sum <- alist(
  n = c(length(a), length(b)),
  estimate = median(outer(a, b, "-")),
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
  effect = hedges_g(a, b, pooled_sd = TRUE, verbose = FALSE)$Hedges_g,
  effect_interval = exact_J(sum(n) - 2) * sqrt(sum(1 / n)) *
    ncp_t(t.test(a, b, var.equal = TRUE)$statistic, sum(n) - 2, confidence),
  effect_interval_effectsize = limits(hedges_g(a, b, pooled_sd = TRUE, ci = confidence, verbose = FALSE))
)
mcnemar <- alist( # after `shares`, the interval of the share that gained among those who changed
  n = length(after),
  estimate = unname(counts[1, 2] / counts[2, 1]),
  interval = odds(shares),
  effect = binom.test(counts[1, 2], counts[1, 2] + counts[2, 1])$estimate - 0.5,
  effect_interval = shares - 0.5
)
by_fisher <- alist(
  n = rowSums(counts),
  p = fisher.test(counts)$p.value,
  estimate = fisher_tight(counts)$estimate,
  interval = helpers$odds_not_rejected(counts, confidence),
  effect = counts[1, 1] / sum(counts[1, ]) - counts[2, 1] / sum(counts[2, ]),
  effect_interval = exact_limits(counts, "difference", confidence, TRUE, p),
  ratio_limits = exact_limits(counts, "ratio", confidence, TRUE, p)
)
by_boschloo <- alist(
  n = rowSums(counts),
  p = boschloo(counts),
  estimate = fisher_tight(counts)$estimate,
  interval = helpers$odds_by_boschloo(counts, confidence),
  effect = counts[1, 1] / sum(counts[1, ]) - counts[2, 1] / sum(counts[2, ]),
  effect_interval = exact_limits(counts, "difference", confidence, FALSE, p),
  ratio_limits = exact_limits(counts, "ratio", confidence, FALSE, p)
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
  interval = helpers$difference_by_score(counts, confidence),
  ratio_limits = koopman(counts, confidence)
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
  first = which.min(parts.p),
  p = parts.p[first],
  statistic = parts.statistic[first],
  estimate = parts.estimate[first],
  interval = parts.interval[2 * first - 1:0]
)
times <- c(alist(
  n = nrow(x),
  statistic = row_of(within(x), "time")["F value"],
  df = row_of(within(x), "time")[c("num Df", "den Df")],
  others.generalised_eta_squared = generalised(x)
), explained)
interaction <- c(alist(
  n = c(nrow(a), nrow(b)),
  statistic = row_of(within(rbind(a, b), groups(a, b)), "group:time")["F value"],
  df = row_of(within(rbind(a, b), groups(a, b)), "group:time")[c("num Df", "den Df")],
  others.generalised_eta_squared = generalised(rbind(a, b), groups(a, b))
), explained)

other_pairs <- alist(
  s_av = sqrt((var(before) + var(after)) / 2), # Cumming 2012, ch. 11; interval: Algina & Keselman 2003
  others.d_av = c(mean(after - before), sd(after - before) / sqrt(n) *
    ncp_t(t.test(after, before, paired = TRUE)$statistic, n - 1, confidence)) / s_av,
  others.g_av = exact_J(n - 1) * others.d_av,
  others.rank_biserial = one_or_limits(
    rank_biserial(after - before, verbose = FALSE)$r_rank_biserial,
    with_width(limits(rank_biserial(after - before, ci = confidence, verbose = FALSE)))
  )
)
rising <- alist(
  ways = sign(after - before),
  others.share_rising = (1 + one_or_limits(
    mean(ways), if (min(ways) < max(ways)) pmin(1, pmax(-1, t.test(ways, conf.level = confidence)$conf.int)) else NA
  )) / 2
)
glass <- function(a, b, confidence) { # second group's SD; effectsize:::.effect_size_difference
  width <- sqrt(1 / length(b) + var(a) / (length(a) * var(b)))
  value <- glass_delta(a, b, verbose = FALSE)$Glass_delta
  c(value, width * ncp_t(value / width, length(b) - 1, confidence))
}
superior <- alist(
  others.superiority = one_or_limits(
    p_superiority(a, b, parametric = FALSE, verbose = FALSE)$p_superiority,
    with_width(limits(p_superiority(a, b, parametric = FALSE, ci = confidence, verbose = FALSE)))
  )
)
other_groups <- c(alist(
  others.cohens_d = c(
    cohens_d(a, b, verbose = FALSE)$Cohens_d,
    sqrt(sum(1 / n)) * ncp_t(t.test(a, b, var.equal = TRUE)$statistic, sum(n) - 2, confidence)
  ),
  others.glass_delta_a = if (sd(a) > 0) -glass(b, a, confidence)[c(1, 3, 2)] else NA,
  others.glass_delta_b = glass(a, b, confidence),
  others.cliffs_delta = one_or_limits(
    cliffs_delta(a, b, verbose = FALSE)$r_rank_biserial,
    with_width(limits(cliffs_delta(a, b, ci = confidence, verbose = FALSE)))
  )
), superior)
other_counts <- alist(
  others.risk_ratio = c((counts[1, 1] / sum(counts[1, ])) / (counts[2, 1] / sum(counts[2, ])), ratio_limits),
  others.odds_ratio_mid_p = c(fisher_tight(counts)$estimate, mid_p(counts, confidence)),
  others.cohens_h = unlist(as.data.frame(cohens_h(t(counts), ci = confidence))[c("Cohens_h", "CI_low", "CI_high")])
)
summaries_of_pairs <- paired_t # a summary knows nothing of ranks, so it has no other effects
summaries_of_groups <- two_means
paired_t <- c(paired_t, other_pairs, rising)
two_means <- c(two_means, other_groups)
only <- function(recipe, ...) recipe[!names(recipe) %in% c(...)]
test <- c("statistic", "df", "p")
mean_change <- only(paired_t, test, "interval")
mean_gap <- c(alist(equal_variances = TRUE), only(two_means, test, "interval"))

recipes <- list(
  "paired-t" = paired_t,
  "paired-t-summary, r" = c(alist(
    pairs = paired_people(before, after, r), before = pairs$before, after = pairs$after
  ), summaries_of_pairs),
  "paired-t-summary, change" = c(alist(before = 0 * people(change), after = people(change)), summaries_of_pairs),
  "wilcoxon, exact" = c(alist(
    statistic = wilcox.exact(after, before, paired = TRUE, exact = TRUE)$statistic,
    p = wilcox.exact(after, before, paired = TRUE, exact = TRUE)$p.value,
    interval = helpers$not_rejected(walsh(after - before), signed_p(after - before, TRUE), confidence)
  ), signed_rank, rising),
  "wilcoxon, approximate" = c(alist(
    statistic = hush(wilcox.test(after, before, paired = TRUE, exact = FALSE, correct = FALSE))$statistic,
    p = hush(wilcox.test(after, before, paired = TRUE, exact = FALSE, correct = FALSE))$p.value,
    interval = helpers$not_rejected(walsh(after - before), signed_p(after - before, FALSE), confidence)
  ), signed_rank, rising),
  "sign" = c(rising, alist(
    n = length(after),
    statistic = binom.test(sum(after > before), sum(after != before))$statistic,
    p = binom.test(sum(after > before), sum(after != before))$p.value,
    estimate = median(after - before),
    interval = helpers$not_rejected(after - before, sign_p(after - before), confidence),
    effect = binom.test(sum(after > before), sum(after != before))$estimate,
    effect_interval = binom.test(sum(after > before), sum(after != before), conf.level = confidence)$conf.int
  )),
  "mcnemar, exact" = c(alist(
    counts = changes(before, after),
    statistic = binom.test(counts[1, 2], counts[1, 2] + counts[2, 1])$statistic,
    p = binom.test(counts[1, 2], counts[1, 2] + counts[2, 1])$p.value,
    shares = binom.test(counts[1, 2], counts[1, 2] + counts[2, 1], conf.level = confidence)$conf.int
  ), mcnemar),
  "mcnemar, mid-p" = c(alist( # Fagerland et al. 2013: what is farther out, and half of what is as far
    counts = changes(before, after),
    statistic = counts[1, 2],
    moved = counts[1, 2] + counts[2, 1],
    distance = abs(0:moved - moved / 2) - abs(counts[1, 2] - moved / 2),
    p = sum(dbinom(0:moved, moved, 0.5) * ((distance > 0) + (distance == 0) / 2)),
    shares = mid_p_shares(counts[1, 2], moved, confidence)
  ), mcnemar),
  "mcnemar, approximate" = c(alist(
    counts = changes(before, after),
    statistic = mcnemar.test(counts, correct = FALSE)$statistic,
    df = mcnemar.test(counts, correct = FALSE)$parameter,
    p = mcnemar.test(counts, correct = FALSE)$p.value,
    shares = hush(prop.test(counts[1, 2], counts[1, 2] + counts[2, 1], conf.level = confidence, correct = FALSE))$conf.int
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
  ), explained, alist(others.omega_squared = omega_squared(anova(model), partial = FALSE, ci = NULL, verbose = FALSE)$Omega2)),
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
    parts.estimate = each_pair(arguments, function(a, b) mean(a) - mean(b)),
    parts.statistic = parts.estimate / (sd * root_n),
    parts.df = rep(df.residual(model), length(root_n)),
    parts.p = tail_of_range(abs(parts.statistic) * sqrt(2), length(n), parts.df),
    parts.interval = around(
      parts.estimate, quantile_of_range(confidence, length(n), parts.df[1]) * sd * root_n / sqrt(2)
    ),
    parts.effect = exact_J(parts.df[1]) * parts.estimate / sd,
    parts.effect_interval = c(mapply(
      function(t, root) exact_J(parts.df[1]) * root * ncp_t(t, parts.df[1], bonferroni(arguments, confidence)),
      parts.statistic, root_n
    ))
  ), clearest),
  "games-howell" = c(several, alist(
    parts.estimate = each_pair(arguments, function(a, b) mean(a) - mean(b)),
    parts.statistic = each_pair(arguments, function(a, b) t.test(a, b)$statistic),
    parts.df = each_pair(arguments, function(a, b) t.test(a, b)$parameter),
    parts.p = tail_of_range(abs(parts.statistic) * sqrt(2), length(n), parts.df),
    parts.interval = around(
      parts.estimate,
      quantile_of_range(confidence, length(n), parts.df) * each_pair(arguments, function(a, b) t.test(a, b)$stderr) /
        sqrt(2)
    ),
    parts.effect = each_pair(arguments, function(a, b) hush(hedges_g(a, b, pooled_sd = TRUE))$Hedges_g),
    parts.effect_interval = each_pair(arguments, function(a, b) {
      exact_J(length(a) + length(b) - 2) * sqrt(1 / length(a) + 1 / length(b)) * ncp_t(
        t.test(a, b, var.equal = TRUE)$statistic, length(a) + length(b) - 2, bonferroni(arguments, confidence)
      )
    })
  ), clearest),
  "dunn" = c(several, alist(
    parts.statistic = dunn_z(arguments),
    parts.p = p.adjust(2 * pnorm(-abs(parts.statistic)), "holm"),
    parts.estimate = each_pair(arguments, function(a, b) median(outer(a, b, "-"))),
    parts.interval = each_pair(arguments, function(a, b) helpers$not_rejected(outer(a, b, "-"), summed_p(a, b, FALSE), bonferroni(arguments, confidence))),
    parts.effect = each_pair(arguments, function(a, b) hush(rank_biserial(a, b, verbose = FALSE))$r_rank_biserial),
    parts.effect_interval = each_pair(arguments, function(a, b) {
      with_width(limits(rank_biserial(a, b, ci = bonferroni(arguments, confidence), verbose = FALSE)))
    })
  ), clearest, alist(
    pair = combn(arguments, 2, simplify = FALSE)[[first]],
    confidence = bonferroni(arguments, confidence), a = pair[[1]], b = pair[[2]]
  ), superior),
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
  "independent-t-summary" = c(alist(a = people(a), b = people(b)), summaries_of_groups),
  "mann-whitney, exact" = c(alist(
    statistic = wilcox.exact(a, b, exact = TRUE)$statistic,
    p = wilcox.exact(a, b, exact = TRUE)$p.value,
    interval = helpers$not_rejected(outer(a, b, "-"), summed_p(a, b, TRUE), confidence)
  ), rank_sum, superior),
  "mann-whitney, far out" = c(alist( # exactRankTests loses the smallest counts there, coin does not
    statistic = wilcox.exact(a, b, exact = TRUE)$statistic,
    p = pvalue(wilcox_test(c(a, b) ~ factor(rep(1:2, c(length(a), length(b)))), distribution = "exact")),
    interval = helpers$not_rejected(outer(a, b, "-"), summed_p(a, b, TRUE), confidence)
  ), rank_sum, superior),
  "mann-whitney, approximate" = c(alist(
    statistic = wilcox.test(a, b, exact = FALSE, correct = FALSE)$statistic,
    p = wilcox.test(a, b, exact = FALSE, correct = FALSE)$p.value,
    interval = helpers$not_rejected(outer(a, b, "-"), summed_p(a, b, FALSE), confidence)
  ), rank_sum, superior),
  "fisher" = c(alist(counts = yes_no(a, b)), by_fisher, other_counts),
  "fisher, table" = c(by_fisher, other_counts),
  "boschloo" = c(alist(counts = yes_no(a, b)), by_boschloo, other_counts),
  "boschloo, table" = c(by_boschloo, other_counts),
  "fisher, larger" = alist(counts = by_group(a, b), n = rowSums(counts), p = fisher.test(counts)$p.value),
  "fisher, larger table" = alist(n = rowSums(counts), p = fisher.test(counts)$p.value),
  "chi-square" = c(alist(counts = yes_no(a, b)), pearson, risk_difference, other_counts),
  "chi-square, table" = c(pearson, risk_difference, other_counts),
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
    others.generalised_eta_squared = eta_squared(types, generalized = "before", ci = NULL)$Eta2_generalized[2],
    others.omega_squared = omega_squared(types, ci = NULL)$Omega2_partial[2]
  ), explained),
  "mixed-anova, two times" = c(interaction, alist(
    p = row_of(within(rbind(a, b), groups(a, b)), "group:time")["Pr(>F)"],
    estimate = mean(change(a)) - mean(change(b)),
    interval = t.test(change(a), change(b), var.equal = TRUE, conf.level = confidence)$conf.int
  )),
  "mixed-anova, gg" = c(interaction, alist(p = gg(within(rbind(a, b), groups(a, b)), "group:time"))),
  "mixed-anova, none" = c(interaction, alist(
    p = row_of(within(rbind(a, b), groups(a, b)), "group:time")["Pr(>F)"]
  )),
  "permutation-paired" = c(mean_change, alist(
    p = perm.test(100 * after, 100 * before, paired = TRUE, exact = TRUE)$p.value,
    interval = sign_limits(after - before, confidence)
  )),
  "permutation, mean" = c(mean_gap, alist(
    p = perm.test(100 * a, 100 * b, exact = TRUE)$p.value,
    interval = split_limits(a, b, confidence)
  )),
  "permutation, far out" = c(mean_gap, alist(
    p = pvalue(oneway_test(c(a, b) ~ factor(rep(1:2, c(length(a), length(b)))), distribution = "exact"))
  )),
  "permutation, median" = c(only(mean_gap, "estimate", "effect", "effect_interval", "effect_interval_effectsize"), alist(
    p = median_p(a, b),
    estimate = median(a) - median(b),
    effect = cliffs_delta(a, b, verbose = FALSE)$r_rank_biserial,
    effect_interval = with_width(limits(cliffs_delta(a, b, ci = confidence, verbose = FALSE)))
  )),
  "brunner-munzel" = alist(
    n = c(length(a), length(b)),
    statistic = brunner(a, b, confidence)$statistic,
    df = brunner(a, b, confidence)$df,
    p = brunner(a, b, confidence)$p,
    effect = brunner(a, b, confidence)$effect,
    effect_interval = brunner(a, b, confidence)$limits
  ),
  "yuen" = c(alist(n = c(length(a), length(b))), other_groups, alist(
    x = yuen_parts(a), y = yuen_parts(b),
    estimate = mean(a, trim = 0.2) - mean(b, trim = 0.2),
    statistic = estimate / sqrt(x$d + y$d),
    df = (x$d + y$d)^2 / (x$d^2 / (x$h - 1) + y$d^2 / (y$h - 1)),
    p = 2 * pt(-abs(statistic), df),
    interval = estimate + c(-1, 1) * qt((1 + confidence) / 2, df) * sqrt(x$d + y$d),
    pooled = sqrt((x$squares + y$squares) / (sum(n) - 2)), # Algina, Keselman & Penfield 2005
    effect = 0.642 * estimate / pooled,
    width = sqrt((x$squares + y$squares) / (x$h + y$h - 2) * (1 / x$h + 1 / y$h)),
    effect_interval = 0.642 * width / pooled * ncp_t(estimate / width, x$h + y$h - 2, confidence)
  )),
  "hodges-lehmann" = c(rank_sum, alist(
    interval = helpers$not_rejected(outer(a, b, "-"), summed_p(a, b, TRUE), confidence)
  ), superior),
  "hodges-lehmann-paired" = c(signed_rank, alist(
    interval = helpers$not_rejected(walsh(after - before), signed_p(after - before, TRUE), confidence)
  ), rising),
  "bootstrap-paired, mean" = c(mean_change, alist(
    interval = bca(after - before, function(d, i) mean(d[i]), confidence)
  )),
  "bootstrap-paired, median" = c(only(mean_change, "estimate"), alist(
    estimate = median(after - before),
    interval = bca_of_medians(list(after - before), confidence)
  )),
  "bootstrap, mean" = c(mean_gap, alist(
    sides = rep(1:2, c(length(a), length(b))),
    interval = bca(c(a, b), function(d, i) mean(d[i][sides == 1]) - mean(d[i][sides == 2]), confidence, sides)
  )),
  "bootstrap, median" = c(only(mean_gap, "estimate"), alist(
    estimate = median(a) - median(b),
    interval = bca_of_medians(list(a, b), confidence)
  )),
  "tost-paired" = c(mean_change, alist(
    above = t.test(after, before, paired = TRUE, mu = -margin, alternative = "greater"),
    below = t.test(after, before, paired = TRUE, mu = margin, alternative = "less"),
    larger = if (above$p.value > below$p.value) above else below,
    statistic = larger$statistic,
    df = larger$parameter,
    p = larger$p.value,
    interval = t.test(after, before, paired = TRUE, conf.level = 2 * confidence - 1)$conf.int
  )),
  "tost" = c(mean_gap, alist(
    above = t.test(a, b, mu = -margin, alternative = "greater"),
    below = t.test(a, b, mu = margin, alternative = "less"),
    larger = if (above$p.value > below$p.value) above else below,
    statistic = larger$statistic,
    df = larger$parameter,
    p = larger$p.value,
    interval = t.test(a, b, conf.level = 2 * confidence - 1)$conf.int
  )),
  "bayes-t-paired" = c(mean_change, alist(
    interval = t.test(after, before, paired = TRUE, conf.level = confidence)$conf.int,
    statistic = jzs(t.test(after, before, paired = TRUE)$statistic, n - 1, n, scale)
  )),
  "bayes-t" = c(mean_gap, alist(
    interval = t.test(a, b, var.equal = TRUE, conf.level = confidence)$conf.int,
    statistic = jzs(t.test(a, b, var.equal = TRUE)$statistic, sum(n) - 2, prod(n) / sum(n), scale)
  ))
)

# ---- scripts that readers take away: the recipe of a test that has none above --------------------------

scripts <- file.path(here, "..", "..", "analysis", "telling", "scripts", "recipes")
helpers <- new.env(parent = parent.env(globalenv())) # nothing of this file, which a reader's script doesn't have
for (file in list.files(file.path(scripts, "helpers"), full.names = TRUE)) sys.source(file, helpers)

# The files of a test's form, as analysis/telling/scripts/r.py joins them.
files_of <- function(method, options) {
  exact <- if (!is.null(options$exact)) if (options$exact) "exact" else "normal"
  form <- if (isTRUE(options$mid_p)) "mid-p" else c(exact, options$statistic)
  files <- paste0(c(method, if (length(form)) paste(method, form, sep = "-")), ".R")
  files <- files[file.exists(file.path(scripts, files))]
  if (!length(files)) stop("no script ", method, ".R in analysis/telling/scripts/recipes")
  paste(files, collapse = " + ")
}
script_in <- function(files) {
  lines <- lapply(file.path(scripts, strsplit(files, " + ", fixed = TRUE)[[1]]), readLines)
  paste(unlist(lines), collapse = "\n")
}
# All samples that samples.json has of a design, and the first once more at 90%.
by_script <- function(method, design, options = list(), scales = c("continuous", "ordinal"), without = NULL) {
  fits <- Filter(function(sample) identical(sample$design, design) && sample$scale %in% scales, samples)
  if (!length(fits)) stop("no sample of samples.json has the design ", design)
  names <- setdiff(names(fits), without)
  files <- files_of(method, options)
  list(list(method, files, names, options), list(method, files, names[1], c(options, list(confidence = 0.9))))
}
left_by_script <- function(text, sample, options) {
  room <- list2env(c(sample$arguments, options, list(groups = unname(sample$arguments))), parent = helpers)
  if (!is.null(options$r)) room$change <- helpers$change_of(room$before, room$after, options$r)
  eval(parse(text = text), room)
  left <- c("statistic", "df", "p", "estimate", "interval", "effect", "effect_interval")
  lapply(Filter(is.numeric, mget(left, room, ifnotfound = list(NULL))), as.vector) # `statistic` may be an option, too
}

# ---- the grid: method, recipe, samples, options --------------------------------------------------

pairs_of <- c(
  "paired_8_no_ties", "paired_17_ordinal", "paired_14_continuous", "paired_7_same_sign", "paired_5",
  "paired_9_falls", "paired_5_large_t", "serpong_moringa", "serpong_massage"
)
two <- c("groups_14_14", "groups_17_17_ordinal", "groups_7_9", "groups_6_15", "serpong_change")
tiny_pairs <- c(pairs_of, "paired_2", "paired_30_tail")
tiny_two <- c(two, "groups_2_2", "groups_5_6_one_constant", "groups_30_25_tail")
margins <- function(margin) list(margin = margin)
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
  list("paired-t-summary", "paired-t-summary, change", "summary_change"),
  list("paired-t", "paired-t", c("paired_2", "paired_30_tail")),
  list("wilcoxon", "wilcoxon, exact", c("paired_2", "paired_30_tail"), exact),
  list("mcnemar", "mcnemar, mid-p", c("binary_paired", "binary_paired_one_way"), list(mid_p = TRUE)),
  list("independent-t", "independent-t", c("groups_2_2", "groups_5_6_one_constant", "groups_30_25_tail")),
  list("welch-t", "welch-t", c("groups_2_2", "groups_5_6_one_constant", "groups_30_25_tail")),
  list("mann-whitney", "mann-whitney, exact", c("groups_2_2", "groups_5_6_one_constant"), exact),
  list("mann-whitney", "mann-whitney, far out", "groups_30_25_tail", exact),
  list("permutation-paired", "permutation-paired", tiny_pairs),
  list("permutation-paired", "permutation-paired", "paired_14_continuous", ninety),
  list("permutation", "permutation, mean", setdiff(tiny_two, "groups_30_25_tail"), list(statistic = "mean")),
  list("permutation", "permutation, far out", "groups_30_25_tail", list(statistic = "mean")),
  list("permutation", "permutation, mean", "groups_7_9", c(list(statistic = "mean"), ninety)),
  list("permutation", "permutation, median", c("groups_7_9", "groups_6_15", "groups_2_2", "groups_5_6_one_constant"),
    list(statistic = "median")),
  list("brunner-munzel", "brunner-munzel", c(tiny_two, "groups_pain")),
  list("brunner-munzel", "brunner-munzel", "groups_7_9", ninety),
  list("yuen", "yuen", tiny_two),
  list("yuen", "yuen", "groups_7_9", ninety),
  list("hodges-lehmann", "hodges-lehmann", two),
  list("hodges-lehmann-paired", "hodges-lehmann-paired", pairs_of),
  list("bootstrap-paired", "bootstrap-paired, mean", c("paired_14_continuous", "paired_8_no_ties", "paired_30_tail"),
    list(statistic = "mean")),
  list("bootstrap-paired", "bootstrap-paired, median", "paired_14_continuous", list(statistic = "median")),
  list("bootstrap", "bootstrap, mean", c("groups_14_14", "groups_7_9", "groups_30_25_tail"), list(statistic = "mean")),
  list("bootstrap", "bootstrap, median", "groups_14_14", list(statistic = "median")),
  list("tost-paired", "tost-paired", c("paired_14_continuous", "paired_9_falls", "paired_2"), margins(30)),
  list("tost-paired", "tost-paired", c("paired_17_ordinal", "serpong_massage"), margins(1)),
  list("tost-paired", "tost-paired", "paired_14_continuous", c(margins(30), ninety)),
  list("tost", "tost", c("groups_14_14", "groups_6_15", "groups_2_2"), margins(40)),
  list("tost", "tost", c("groups_17_17_ordinal", "serpong_change", "groups_5_6_one_constant"), margins(1)),
  list("tost", "tost", "groups_14_14", c(margins(40), ninety)),
  list("bayes-t-paired", "bayes-t-paired", tiny_pairs, list(scale = 0.707)),
  list("bayes-t-paired", "bayes-t-paired", "paired_14_continuous", list(scale = 1)),
  list("bayes-t", "bayes-t", tiny_two, list(scale = 0.707)),
  list("bayes-t", "bayes-t", "groups_7_9", c(list(scale = 0.707), ninety))
)
# Tests whose recipe is their script, one line each: grid <- c(grid, by_script("<id>", "<design>"))
grid <- c(grid, by_script("bowker", "paired", scales = "ordinal"))
grid <- c(grid, by_script("stuart-maxwell", "paired", scales = "ordinal"))
grid <- c(grid, by_script("brunner-langer", "groups-before-after"))
grid <- c(grid, by_script("ordinal-ancova", "groups-before-after", scales = "ordinal"))
grid <- c(grid, by_script("kappa", "paired", scales = c("ordinal", "binary")))

methods <- vapply(grid, `[[`, "", 1)
recipe_names <- vapply(grid, `[[`, "", 2)
for (files in setdiff(recipe_names, names(recipes))) recipes[[files]] <- list(script = script_in(files))

# ---- run ------------------------------------------------------------------------------------------

KEYS <- c(
  "n", "statistic", "df", "p", "estimate", "interval", "effect", "effect_interval", "effect_interval_effectsize"
)

# Expressions run in order and see the values above them.
cook <- function(recipe, sample, options) {
  if (!is.null(recipe$script)) return(left_by_script(recipe$script, sample, options))
  kitchen <- list2env(c(sample$arguments, options, list(arguments = sample$arguments)), parent = globalenv())
  for (key in names(recipe)) {
    value <- eval(recipe[[key]], kitchen)
    assign(key, if (is.numeric(value) && is.null(dim(value))) as.vector(value) else value, kitchen)
  }
  kept <- c(intersect(KEYS, names(recipe)), grep("^(parts|others)[.]", unique(names(recipe)), value = TRUE))
  found <- lapply(mget(kept, kitchen), as.vector)
  parts <- grep("^parts[.]", kept, value = TRUE)
  found[parts] <- lapply(found[parts], I) # one part is still a list of parts
  found[!vapply(found, anyNA, TRUE)]
}
astray <- "paired_30_tail" # cohens_d's optimiser stops there 0.002 from the root of R's own pt
case_of <- function(method, recipe, sample, options = list()) {
  all_options <- c(options, list(confidence = 0.95)[is.null(options$confidence)])
  values <- tryCatch(
    suppressPackageStartupMessages(cook(recipes[[recipe]], samples[[sample]], all_options)),
    error = function(e) stop(method, " on ", sample, ": ", conditionMessage(e), call. = FALSE)
  )
  if (sample %in% astray) values$effect_interval_effectsize <- NULL
  list(method = method, sample = sample, options = options, recipe = recipe, values = values)
}
# ---- write ------------------------------------------------------------------------------------------

version_of <- function(package) as.character(packageVersion(package))
called_in <- function(recipes) {
  texts <- unlist(lapply(recipes, `[[`, "script"))
  unique(unlist(regmatches(texts, gregexpr("\\b[A-Za-z][A-Za-z0-9.]*(?=::)", texts, perl = TRUE))))
}
text_of <- function(recipe) {
  lapply(recipe, function(call) {
    if (is.character(call)) call else gsub("\\s+", " ", paste(deparse(call, 500), collapse = " "))
  })
}
named <- function(options) if (length(options)) options else setNames(list(), character())
write_reference <- function(made_with, texts, cases, proportions) {
  write_json(
    list(
      made_with = made_with,
      recipes = texts,
      cases = lapply(cases, function(case) { case$options <- named(case$options); case }),
      proportions = proportions
    ),
    reference, auto_unbox = TRUE, digits = NA, pretty = TRUE
  )
  cat(length(cases), "cases,", sum(lengths(lapply(cases, `[[`, "values"))), "values\n")
}

rows_of_grid <- unlist(lapply(grid, function(row) {
  lapply(row[[3]], function(sample) list(row[[1]], row[[2]], sample, if (length(row) > 3) row[[4]] else list()))
}), recursive = FALSE)

# ---- renew some tests only: no second opinions, nothing else is run ------------------------------------

# JSON as it was written: "-0" would be read as a whole number without sign, "Inf" as text, arrays of one as numbers.
stored_reference <- function() {
  text <- gsub("-0(?=[],\\s])", "-0.0", paste(readLines(reference), collapse = "\n"), perl = TRUE)
  as_numbers(fromJSON(text, simplifyVector = FALSE))
}
as_numbers <- function(x) {
  if (is.character(x) && x %in% c("Inf", "-Inf")) return(as.numeric(x))
  if (!is.list(x)) return(x)
  x <- lapply(x, as_numbers)
  if (length(x) && is.null(names(x)) && all(vapply(x, is.numeric, TRUE))) I(unlist(x)) else x
}
renew <- function(wanted) {
  strange <- setdiff(wanted, methods)
  if (length(strange)) stop("the grid of generate.R has no test ", paste(strange, collapse = ", "))
  stored <- stored_reference()
  name_of <- function(method, sample, options) paste(method, sample, toJSON(named(options), auto_unbox = TRUE))
  names(stored$cases) <- vapply(stored$cases, function(x) name_of(x$method, x$sample, x$options), "")
  cases <- lapply(rows_of_grid, function(row) {
    if (row[[1]] %in% wanted) return(do.call(case_of, row))
    kept <- stored$cases[[name_of(row[[1]], row[[3]], row[[4]])]]
    if (is.null(kept)) stop("reference.json lacks cases of ", row[[1]], ": renew it, too")
    kept
  })
  renewed <- unique(recipe_names[methods %in% wanted])
  texts <- lapply(recipes, text_of)
  others <- setdiff(names(texts), renewed)
  texts[others] <- stored$recipes[others]
  more <- setdiff(called_in(recipes[renewed]), names(stored$made_with$packages))
  stored$made_with$packages[more] <- lapply(more, version_of)
  if (stored$made_with$R != R.version.string) message("all else was made with ", stored$made_with$R)
  write_reference(stored$made_with, texts, cases, stored$proportions)
}
wanted <- commandArgs(TRUE)
if (length(wanted)) {
  renew(wanted)
  quit("no")
}
cases <- lapply(rows_of_grid, function(row) do.call(case_of, row))

# ---- second opinions: R against R, and against print ---------------------------------------------------

suppressPackageStartupMessages(library(BayesFactor))

one <- function(method, sample, ...) {
  chosen <- Filter(function(x) x$method == method && x$sample == sample && identical(x$options, list(...)), cases)
  stopifnot(length(chosen) == 1)
  chosen[[1]]$values
}
for (name in c(pairs_of, "paired_2", "paired_30_tail")) {
  before <- samples[[name]]$arguments$before; after <- samples[[name]]$arguments$after
  test <- wilcoxsign_test(after ~ before, distribution = "exact", zero.method = "Wilcoxon")
  same(one("wilcoxon", name, exact = TRUE)$p / pvalue(test), 1)
  d <- after - before
  if (all(d != 0) && !anyDuplicated(abs(d))) {
    test <- hush(wilcox.test(d, exact = TRUE, conf.int = TRUE))
    same(one("wilcoxon", name, exact = TRUE)$interval, test$conf.int)
    same(one("wilcoxon", name, exact = TRUE)$estimate, test$estimate)
  }
}
for (name in tiny_two) {
  a <- samples[[name]]$arguments$a; b <- samples[[name]]$arguments$b
  group <- factor(rep(c("a", "b"), c(length(a), length(b))))
  same(one("mann-whitney", name, exact = TRUE)$p / pvalue(wilcox_test(c(a, b) ~ group, distribution = "exact")), 1)
  if (!anyDuplicated(c(a, b))) {
    test <- hush(wilcox.test(a, b, exact = TRUE, conf.int = TRUE))
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
QUADRATURE <- 1e-5 # BayesFactor strays by 5e-6 on paired_5_large_t, by 2e-10 at most elsewhere
for (name in tiny_pairs) {
  d <- samples[[name]]$arguments$after - samples[[name]]$arguments$before
  if (length(d) <= 17) {
    same(one("permutation-paired", name)$p, mean(abs(all_signs(length(d)) %*% abs(d)) >= abs(sum(d)) - 1e-9))
  }
  bayes <- ttest.tstat(t.test(d)$statistic, length(d), rscale = 0.707)$bf
  same(one("bayes-t-paired", name, scale = 0.707)$statistic, exp(bayes), QUADRATURE)
}
for (name in tiny_two) {
  a <- samples[[name]]$arguments$a; b <- samples[[name]]$arguments$b
  group <- factor(rep(c("a", "b"), c(length(a), length(b))))
  same(one("permutation", name, statistic = "mean")$p / pvalue(oneway_test(c(a, b) ~ group, distribution = "exact")), 1)
  bayes <- ttest.tstat(t.test(a, b, var.equal = TRUE)$statistic, length(a), length(b), rscale = 0.707)$bf
  same(one("bayes-t", name, scale = 0.707)$statistic, exp(bayes), QUADRATURE)
  others <- one("independent-t", name)
  same(others$others.cohens_d[2:3], limits(cohens_d(a, b, verbose = FALSE)), 5e-6)
  same(others$others.glass_delta_b[2:3], limits(glass_delta(a, b, verbose = FALSE)), 5e-6)
}
# lawstat's help prints for this example: statistic 3.1375, df 17.683, p 0.005786, 0.788961 [0.5952169, 0.9827052].
pain <- one("brunner-munzel", "groups_pain")
stopifnot(identical(
  signif(c(pain$statistic, pain$df, pain$p, pain$effect, pain$effect_interval), c(5, 5, 4, 6, 7, 7)),
  c(3.1375, 17.683, 0.005786, 0.788961, 0.5952169, 0.9827052)
))
# Rouder et al. 2009, p. 230: t = 2.24 and 2.03 with n = 80 give B01 = 1.02 and 1.56 (r = 1).
stopifnot(identical(round(1 / c(jzs(2.24, 79, 80, 1), jzs(2.03, 79, 80, 1)), 2), c(1.02, 1.56)))
# Newcombe 1998, table II, 56/70 - 48/80 by method 5 (Mee).
stopifnot(identical(round(one("chi-square", "table_newcombe_a")$interval, 4), c(0.0533, 0.3377)))

for (name in many) {
  groups_of <- samples[[name]]$arguments
  everybody <- stack(groups_of)
  hsd <- TukeyHSD(aov(y ~ group, everybody))$group # the later group minus the earlier one
  same(one("tukey", name)$parts.estimate, -hsd[, "diff"])
  same(one("tukey", name)$parts.p, hsd[, "p adj"], 1e-6)
  same(one("tukey", name)$parts.interval, c(rbind(-hsd[, "upr"], -hsd[, "lwr"])), 1e-4)
  dunns <- rstatix::dunn_test(everybody, y ~ group, p.adjust.method = "holm")
  same(one("dunn", name)$parts.statistic, -dunns$statistic)
  same(one("dunn", name)$parts.p, dunns$p.adj)
  same(one("kruskal", name)$p, pvalue(kruskal_test(y ~ group, everybody, distribution = "asymptotic")))
  if (!name %in% with_spread || length(groups_of) == 2) next
  howell <- rstatix::games_howell_test(everybody, y ~ group) # prints three digits of p
  same(one("games-howell", name)$parts.estimate, -howell$estimate)
  stopifnot(max(abs(one("games-howell", name)$parts.p - howell$p.adj)) < 1e-3)
  same(one("games-howell", name)$parts.interval, c(rbind(-howell$conf.high, -howell$conf.low)), 1e-4)
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
  same(one("chi-square", name)$others.risk_ratio[2:3], unlist(found[c("lower", "upper")]), 1e-7)
}

# ---- all of it ------------------------------------------------------------------------------------------

used <- unique(c(
  "exactRankTests", "coin", "car", "effectsize", "boot", "BayesFactor", "lme4", "ordinal", "afex", "MASS", "rstatix",
  "epiR", "jsonlite", called_in(recipes)
))
proportions <- unlist(lapply(list(c(0, 7), c(1, 12), c(9, 9), c(5, 17), c(24, 25), c(56, 70)), function(share) {
  lapply(c(0.9, 0.95), function(confidence) {
    list(
      successes = share[1], n = share[2], confidence = confidence,
      exact = as.vector(binom.test(share[1], share[2], conf.level = confidence)$conf.int),
      wilson = as.vector(hush(prop.test(share[1], share[2], conf.level = confidence, correct = FALSE))$conf.int)
    )
  })
}), recursive = FALSE)
write_reference(
  list(R = R.version.string, packages = lapply(setNames(used, used), version_of)),
  lapply(recipes, text_of), cases, proportions
)
