# Rscript tests/reference/effects.R      writes effects.json (see README.md)
#
# A recipe is the text of an R expression that gives c(value, variance, low, high); it runs with a row of
# inputs as its variables, and its text is stored, so the call that is printed is the call that ran.

suppressPackageStartupMessages({
  library(jsonlite)
  library(metafor)
})
options(digits = 15, warn = 2)

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))

# ---- helpers ------------------------------------------------------------------------------------

shown <- function(escalc, ...) unlist(summary(escalc, level = level, ...)[c("yi", "vi", "ci.lb", "ci.ub")])
normal <- function(value, variance, within = c(-Inf, Inf)) {
  ends <- value + c(-1, 1) * qnorm((1 + level / 100) / 2) * sqrt(variance)
  c(value, variance, max(ends[1], within[1]), min(ends[2], within[2]))
}
area <- function(f, low = -Inf, high = Inf) integrate(f, low, high, rel.tol = 1e-12, abs.tol = 0)$value
text <- function(x) sprintf("%.13g", x) # enough digits to compare with, few enough to be a printed text

# Variance of U/(n_a n_b) from its definition, with both groups exponential and P(a > b) = share.
exponential <- function(share, n_a, n_b) {
  mean_a <- share / (1 - share)
  two_a <- area(function(b) dexp(b) * pexp(b, 1 / mean_a, lower.tail = FALSE)^2, 0, Inf)
  two_b <- area(function(a) dexp(a, 1 / mean_a) * pexp(a)^2, 0, Inf)
  (share * (1 - share) + (n_a - 1) * (two_a - share^2) + (n_b - 1) * (two_b - share^2)) / (n_a * n_b)
}

# ---- samples ------------------------------------------------------------------------------------

set.seed(1)
pairs_of <- list(
  list(before = c(3, 4, 2, 5, 3, 4, 6), after = c(5, 4, 4, 8, 3, 6, 7)),
  list(before = c(-1.5, 0.2, -3.1), after = c(-2.5, 0.4, -2.2)),
  list(before = round(rnorm(17, 120, 30), 1), after = round(rnorm(17, 150, 40), 1)),
  list(before = round(rnorm(40, 3, 1), 2), after = round(rnorm(40, 2.4, 1.2), 2))
)
groups_of <- list(
  list(a = c(3, 5, 4, 6, 2), b = c(1, 3, 2, 4, 3, 2)),
  list(a = c(7.1, 9.4), b = c(8.2, 6.6)),
  list(a = round(rnorm(14, 190, 60)), b = round(rnorm(15, 150, 60))),
  list(a = round(rnorm(30, 3, 1), 1), b = round(rnorm(22, 3.4, 1), 1))
)
rows <- function(...) {
  table <- data.frame(...)
  lapply(seq_len(nrow(table)), function(i) as.list(table[i, , drop = FALSE]))
}

# ---- inputs -------------------------------------------------------------------------------------

means <- rows(
  mean_a = c(191.0, 3.5, -2.1, 0.4, 12.5, 250.3, 0.001, 5), sd_a = c(70.2, 0.6, 1.5, 2, 0, 81.2, 2e-4, 1),
  n_a = c(14, 17, 5, 2, 6, 40, 10, 9), mean_b = c(135.0, 3.1, -3.4, 1.1, 11, 310.7, 0.0015, 5),
  sd_b = c(62.3, 0.8, 0.9, 3, 3.2, 95.5, 3e-4, 1), n_b = c(14, 17, 8, 2, 9, 38, 12, 4)
)
before_after <- rows(
  mean_after = c(4.8, 150.2, -1.2, 3.3, 70), sd_after = c(1.1, 41.5, 0.7, 0.9, 12),
  mean_before = c(3.5, 120.9, -2.5, 3.9, 70), sd_before = c(0.9, 30.1, 1.1, 0.9, 10),
  n = c(17, 14, 3, 40, 8), r = c(0.5, 0.83, -0.3, 0.99, 0)
)
tables <- rows(
  events_a = c(12, 0, 0, 7, 9, 1, 30, 0, 5), n_a = c(17, 10, 8, 7, 9, 2, 40, 1, 200),
  events_b = c(5, 3, 0, 5, 9, 0, 30, 1, 9), n_b = c(17, 12, 9, 9, 9, 2, 40, 1, 210)
)
empty <- sapply(tables, function(one) with(one, events_a + events_b == 0 || events_a + events_b == n_a + n_b)) # no ratio
fixed <- sapply(tables, function(one) with(one, events_a %in% c(0, n_a) && events_b %in% c(0, n_b))) # no variance
of_pairs <- lapply(pairs_of, function(one) {
  x <- one$before; y <- one$after
  c(one, list(change_mean = mean(y - x), change_sd = sd(y - x), n = length(x), r = cor(x, y)))
})
t_values <- rows(t = c(2.31, -0.639, 4.97, 0, 1.2), n_a = c(17, 14, 5, 6, 2), n_b = c(17, 14, 9, 7, 2))
f_values <- rows(f = c(5.3361, 0.41, 24.7), n_a = c(17, 14, 5), n_b = c(17, 14, 9), sign = c(1, -1, 1))
p_values <- rows(p = c("0.035", "0.5", "0.0002", "1.000"), n_a = c(17, 14, 5, 6), n_b = c(17, 14, 9, 7), sign = c(1, -1, -1, 1))
u_values <- rows(u = c(78.5, 10, 3, 600, 1), n_a = c(14, 5, 2, 30, 6), n_b = c(14, 4, 2, 22, 7))
of_ranks <- lapply(groups_of, function(one) {
  n <- lengths(one); ranks <- rank(unlist(one)); a <- seq_along(one$a)
  correlation <- cor(ranks, seq_along(ranks) %in% a)
  c(one, list(
    rank_a = mean(ranks[a]), rank_b = mean(ranks[-a]), n_a = n[["a"]], n_b = n[["b"]],
    z = correlation * sqrt(sum(n) - 1), correlation = correlation
  ))
})
ratios <- lapply(tables[c(1, 7, 9)], function(cells) {
  limits_of <- function(measure) {
    exp(unlist(summary(do.call(escalc, list(measure, ai = cells$events_a, n1i = cells$n_a,
      ci = cells$events_b, n2i = cells$n_b)))[c("yi", "ci.lb", "ci.ub")]))
  }
  c(cells, list(or = limits_of("OR"), rr = limits_of("RR")))
})
printed_ratios <- function(which) lapply(ratios, function(one) c(one[c("events_a", "n_a", "events_b", "n_b")], list(
  estimate = text(one[[which]][[1]]), low = text(one[[which]][[2]]), high = text(one[[which]][[3]])
)))
differences <- lapply(groups_of, function(one) {
  test <- t.test(one$a, one$b, var.equal = TRUE)
  c(one, list(
    estimate = text(mean(one$a) - mean(one$b)), low = text(test$conf.int[1]), high = text(test$conf.int[2]),
    n_a = length(one$a), n_b = length(one$b)
  ))
})
g_values <- lapply(means[c(1, 2, 3, 4, 6)], function(one) {
  g <- do.call(escalc, c(list("SMD", vtype = "LS2"), setNames(one, c("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"))))
  r <- do.call(escalc, c(list("RPB"), setNames(one, c("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"))))
  c(one, list(g = c(g$yi), g_variance = g$vi, r = c(r$yi), r_variance = r$vi))
})
conversion <- function(kind, value) lapply(g_values, function(one) c(one, list(
  source = list(kind = kind, value = one[[value]], variance = one[[paste0(value, "_variance")]])
)))
odds <- lapply(tables, function(cells) {
  or <- escalc("OR", ai = cells$events_a, n1i = cells$n_a, ci = cells$events_b, n2i = cells$n_b)
  c(cells, list(source = list(kind = "log_odds_ratio", value = c(or$yi), variance = or$vi)))
})

# ---- recipes: what we call it, the inputs it gets, the call --------------------------------------

two <- c("mean_a", "sd_a", "n_a", "mean_b", "sd_b", "n_b")
four <- c("events_a", "n_a", "events_b", "n_b")
printed <- c("estimate", "low", "high")
sizes <- c("n_a", "n_b")
group <- "m1i = mean_a, sd1i = sd_a, n1i = n_a, m2i = mean_b, sd2i = sd_b, n2i = n_b"
cells <- "ai = events_a, n1i = n_a, ci = events_b, n2i = n_b, add = 1/2, to = 'only0'"
times <- "m1i = mean_after, m2i = mean_before, sd1i = sd_after, sd2i = sd_before, ni = n, ri = r"
people <- "m1i = mean(after), m2i = mean(before), sd1i = sd(after), sd2i = sd(before), ni = n, ri = r"
recipe <- function(inputs, takes, call) list(inputs = inputs, takes = takes, call = call)
recipes <- list(
  hedges_g = recipe(means, two, sprintf("shown(escalc('SMD', %s, vtype = 'LS'))", group)),
  mean_difference = recipe(means, two, sprintf("shown(escalc('MD', %s, vtype = 'LS'))", group)),
  ratio_of_means = recipe(means[-4], two, sprintf("shown(escalc('ROM', %s))", group)),
  smcc = recipe(before_after, c("mean_after", "sd_after", "mean_before", "sd_before", "n", "r"),
    sprintf("shown(escalc('SMCC', %s))", times)),
  smcc_of_change = recipe(of_pairs, c("change_mean", "change_sd", "n"), sprintf("shown(escalc('SMCC', %s))", people)),
  smcr = recipe(before_after, c("mean_after", "mean_before", "sd_before", "n", "r"),
    "shown(escalc('SMCR', m1i = mean_after, m2i = mean_before, sd1i = sd_before, ni = n, ri = r))"),
  mean_change = recipe(of_pairs, c("change_mean", "change_sd", "n"), sprintf("shown(escalc('MC', %s))", people)),
  log_odds_ratio = recipe(tables[!empty], four, sprintf("shown(escalc('OR', %s))", cells)),
  log_risk_ratio = recipe(tables[!empty], four, sprintf("shown(escalc('RR', %s))", cells)),
  risk_difference = recipe(tables[!fixed], four,
    "shown(escalc('RD', ai = events_a, n1i = n_a, ci = events_b, n2i = n_b, add = 0), olim = c(-1, 1))"),
  from_t = recipe(t_values, c("t", sizes), "shown(escalc('SMD', ti = t, n1i = n_a, n2i = n_b))"),
  from_f = recipe(f_values, c("f", sizes, "sign"), "shown(escalc('SMD', ti = sign * sqrt(f), n1i = n_a, n2i = n_b))"),
  from_p = recipe(p_values, c("p", sizes, "sign"), paste(
    "shown(escalc('SMD', ti = sign * qt(as.numeric(p) / 2, n_a + n_b - 2, lower.tail = FALSE),",
    "n1i = n_a, n2i = n_b))"
  )),
  probability_of_superiority = recipe(u_values, c("u", sizes),
    "normal(u / (n_a * n_b), exponential(u / (n_a * n_b), n_a, n_b), c(0, 1))"),
  from_mean_ranks = recipe(of_ranks, c("rank_a", "n_a", "rank_b", "n_b"), paste(
    "share <- mean(outer(a, b, '>') + outer(a, b, '==') / 2);",
    "normal(share, exponential(share, n_a, n_b), c(0, 1))"
  )),
  from_z_ranks = recipe(of_ranks, c("z", sizes), paste(
    "r <- correlation * sqrt((n_a + n_b - 1) / (n_a + n_b));",
    "shown(escalc('COR', ri = r, ni = n_a + n_b), olim = c(-1, 1))"
  )),
  from_odds_ratio = recipe(printed_ratios("or"), printed, sprintf("shown(escalc('OR', %s))", cells)),
  from_risk_ratio = recipe(printed_ratios("rr"), printed, sprintf("shown(escalc('RR', %s))", cells)),
  from_mean_difference = recipe(differences, c(printed, sizes),
    "test <- t.test(a, b, var.equal = TRUE); normal(mean(a) - mean(b), test$stderr^2)"),
  g_of_log_odds_ratio = recipe(odds, "source", sprintf("shown(escalc('OR2DL', %s))", cells)),
  log_odds_ratio_of_g = recipe(conversion("hedges_g", "g"), "source", paste(
    "sd <- sqrt(2 * area(function(x) x^2 * dlogis(x), 0, Inf));",
    "odds <- function(shift) plogis(0.7, shift, lower.tail = FALSE, log.p = TRUE) - plogis(0.7, shift, log.p = TRUE);",
    "normal(odds(sd * g) - odds(0), (odds(sd) - odds(0))^2 * g_variance)"
  )),
  r_of_g = recipe(conversion("hedges_g", "g"), c("source", sizes), sprintf("shown(escalc('RPB', %s), olim = c(-1, 1))", group)),
  g_of_r = recipe(conversion("r", "r"), c("source", sizes), sprintf("shown(escalc('SMD', %s, vtype = 'LS2'))", group)),
  superiority_of_g = recipe(conversion("hedges_g", "g"), "source", paste(
    "slope <- area(function(x) (x - g) * dnorm(x - g) * pnorm(x));",
    "normal(area(function(x) dnorm(x - g) * pnorm(x)), slope^2 * g_variance, c(0, 1))"
  ))
)

# ---- values -------------------------------------------------------------------------------------

values_of <- function(inputs, call) {
  frame <- list2env(c(inputs, list(level = level)), parent = globalenv())
  unname(as.numeric(eval(parse(text = call), frame)))
}
one_level <- c("from_odds_ratio", "from_risk_ratio", "from_mean_difference") # their inputs are 95% intervals
level <- 95
cases <- list()
for (name in names(recipes)) {
  for (l in if (name %in% one_level) 95 else c(95, 90)) {
    level <- l
    for (inputs in recipes[[name]]$inputs) {
      found <- values_of(inputs, recipes[[name]]$call)
      cases[[length(cases) + 1]] <- list(
        of = name, inputs = inputs[recipes[[name]]$takes], confidence = level / 100,
        value = found[1], variance = found[2], interval = found[3:4]
      )
    }
  }
}

# ---- SDs: the SD of the people behind the printed number -----------------------------------------

spreads <- list()
spread <- function(of, inputs, sd) spreads[[length(spreads) + 1]] <<- list(of = of, inputs = inputs, sd = sd)
for (one in pairs_of) {
  change <- one$after - one$before
  spread("sd_from_se", list(se = sqrt(c(vcov(lm(change ~ 1)))), n = length(change)), sd(change))
  limits <- t.test(change)$conf.int
  spread("sd_from_interval", list(low = limits[1], high = limits[2], n = length(change)), sd(change))
  paired <- t.test(one$after, one$before, paired = TRUE)$statistic
  spread("sd_from_t", list(difference = mean(change), t = unname(paired), n_a = length(change)), sd(change))
}
for (one in groups_of) {
  test <- t.test(one$a, one$b, var.equal = TRUE)
  model <- lm(c(one$a, one$b) ~ rep(1:2, lengths(one)))
  spread("sd_from_t", list(
    difference = mean(one$a) - mean(one$b), t = unname(test$statistic), n_a = length(one$a), n_b = length(one$b)
  ), sigma(model))
}

# ---- median and quartiles ------------------------------------------------------------------------

# Luo et al. 2018, eqs. 11 and 15, and Wan et al. 2014, eqs. 16 and 13, as printed there.
luo_wan <- function(q1, m, q3, n, a = NULL, b = NULL) {
  e <- qnorm((0.75 * n - 0.125) / (n + 0.25))
  if (is.null(a)) return(c((0.7 + 0.39 / n) * (q1 + q3) / 2 + (0.3 - 0.39 / n) * m, (q3 - q1) / (2 * e)))
  x <- n^0.75
  c(
    2.2 / (2.2 + x) * (a + b) / 2 + (0.7 - 0.72 / n^0.55) * (q1 + q3) / 2 + (0.3 + 0.72 / n^0.55 - 2.2 / (2.2 + x)) * m,
    (b - a) / (4 * qnorm((n - 0.375) / (n + 0.25))) + (q3 - q1) / (4 * e)
  )
}
quartiles <- lapply(list(
  list(q1 = 80, median = 95, q3 = 130, n = 24), list(q1 = 2, median = 3, q3 = 5, n = 5),
  list(q1 = -4.5, median = -1.2, q3 = 0.3, n = 61),
  list(q1 = 80, median = 95, q3 = 130, n = 24, minimum = 40, maximum = 210),
  list(q1 = 2, median = 3, q3 = 3, n = 9, minimum = 1, maximum = 5)
), function(one) list(inputs = one, mean_sd = do.call(luo_wan, unname(one[c("q1", "median", "q3", "n", "minimum", "maximum")][
  seq_along(one)
]))))

# Many normal samples with mean 100 and SD 15: their average five numbers (mean and SD are linear in these), the
# weights with the smallest variance, and the skewness that 5% of the samples exceed.
SAMPLES <- 40000
skewness <- function(low, middle, high) abs(low + high - 2 * middle) / (high - low)
best_weights <- function(middles, median) { # of an unbiased mean: the rest goes to the median
  less <- middles - median
  unname(-coef(lm(median ~ less)))[-1]
}
simulated <- lapply(c(5, 9, 17, 41, 101), function(n) {
  five <- apply(matrix(rnorm(SAMPLES * n, 100, 15), n), 2, quantile, names = FALSE)
  of_quartiles <- skewness(five[2, ], five[3, ], five[4, ])
  of_all <- pmax(of_quartiles, 2.65 * log(0.6 * n) / sqrt(n) * skewness(five[1, ], five[3, ], five[5, ]))
  ends <- (five[1, ] + five[5, ]) / 2; quarters <- (five[2, ] + five[4, ]) / 2
  list(
    n = n, mean = 100, sd = 15, five = rowMeans(five),
    weight = best_weights(cbind(quarters), five[3, ]), weights = best_weights(cbind(ends, quarters), five[3, ]),
    skewness = quantile(of_quartiles, 0.95, names = FALSE), skewness_of_all = quantile(of_all, 0.95, names = FALSE)
  )
})

# ---- how uneven exact intervals are ---------------------------------------------------------------

# Fisher's 95% intervals of the odds ratio, tables of 10 to 40 people a group without an empty cell: the longer side
# over the shorter, on the log scale.
uneven <- unlist(lapply(1:1500, function(i) {
  repeat {
    n <- sample(10:40, 2, TRUE)
    events <- rbinom(2, n, runif(2, 0.1, 0.9))
    if (all(events > 0 & events < n)) break
  }
  test <- fisher.test(cbind(events, n - events))
  sides <- diff(log(c(test$conf.int[1], test$estimate, test$conf.int[2])))
  max(sides) / min(sides)
}))

# ---- tables of every shape, many of them without an event in a group or in both -------------------

set.seed(20261127)
tables_drawn <- local({
  n <- matrix(sample(1:12, 600, TRUE), ncol = 2)
  yes <- matrix(rbinom(600, c(n), sample(c(0, 0.1, 0.5, 0.9, 1), 600, TRUE)), ncol = 2)
  of <- function(...) escalc(..., ai = yes[, 1], n1i = n[, 1], ci = yes[, 2], n2i = n[, 2])
  ratio <- function(measure) of(measure, add = 1 / 2, to = "only0", drop00 = TRUE)
  or <- ratio("OR"); rr <- ratio("RR"); rd <- of("RD", add = 0)
  unname(cbind(yes[, 1], n[, 1], yes[, 2], n[, 2], or$yi, or$vi, rr$yi, rr$vi, rd$yi, rd$vi))
})

# ---- write ---------------------------------------------------------------------------------------

version_of <- function(package) as.character(packageVersion(package))
used <- c("metafor", "jsonlite")
write_json(
  list(
    made_with = list(R = R.version.string, packages = lapply(setNames(used, used), version_of)),
    calls = lapply(recipes, `[[`, "call"), cases = cases, spreads = spreads,
    quartiles = quartiles, simulated = simulated, tables_drawn = tables_drawn,
    uneven = as.list(setNames(quantile(uneven, c(0.5, 0.9, 1)), c("median", "nine_of_ten", "largest")))
  ),
  file.path(here, "effects.json"), auto_unbox = TRUE, digits = NA, pretty = TRUE, na = "null"
)
cat(length(cases), "effects,", length(spreads), "SDs,", length(quartiles), "summaries,", length(simulated), "simulations\n")
