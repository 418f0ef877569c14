# Rscript tests/reference/pooling.R       writes pooling.json (see README.md)
#
# Meta-analyses that metadat has from the literature, pooled by metafor. Every value comes from one of the
# recipes below, whose text is stored beside the values, so the call that is printed is the call that ran.

suppressPackageStartupMessages({
  library(jsonlite)
  library(metafor)
  library(metadat)
  library(clubSandwich)
})
options(digits = 15, warn = 1)
Sys.setenv(TZ = "UTC")
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
hush <- suppressWarnings # metafor warns of knha with a common effect and of tau^2 set to 0 at the boundary

# ---- the meta-analyses: effects, variances, one moderator, one grouping ---------------------------

datasets <- list(
  bcg = quote(with(escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg),
    list(yi = yi, vi = vi, x = ablat, group = alloc, year = year))),
  normand1999 = quote(with(escalc(measure = "MD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i,
    data = dat.normand1999), list(yi = yi, vi = vi, x = n1i + n2i, group = n1i > 50, year = study))),
  hackshaw1998 = quote(with(dat.hackshaw1998, list(yi = yi, vi = vi, x = year - 1990, group = design, year = year))),
  li2007 = quote(with(escalc(measure = "OR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.li2007),
    list(yi = yi, vi = vi, x = year - 1990, group = year > 1993, year = year))),
  raudenbush1985 = quote(with(dat.raudenbush1985,
    list(yi = yi, vi = vi, x = weeks, group = setting, year = year))),
  bangertdrowns2004 = quote(with(dat.bangertdrowns2004,
    list(yi = yi, vi = vi, x = length, group = grade, year = year))),
  yusuf1985 = quote(with(escalc(measure = "OR", ai = ai, n1i = n1i, ci = ci, n2i = n2i,
    data = dat.yusuf1985, subset = table == 6), list(yi = yi, vi = vi, x = n1i, group = n1i > 50, year = n2i))),
  hart1999 = quote(with(escalc(measure = "IRR", x1i = x1i, x2i = x2i, t1i = t1i, t2i = t2i, data = dat.hart1999),
    list(yi = yi, vi = vi, x = year - 1990, group = prevtype, year = year))),
  hine1989 = quote(with(escalc(measure = "RD", n1i = n1i, n2i = n2i, ai = ai, ci = ci, data = dat.hine1989),
    list(yi = yi, vi = vi, x = n1i, group = n1i > 80, year = study))),
  cohen1981 = quote(with(escalc(measure = "ZCOR", ri = ri, ni = ni, data = dat.cohen1981),
    list(yi = yi, vi = vi, x = ni, group = ni > 20, year = ni))),
  four_apart = quote(lapply(studies("bcg"), `[`, 4:7)),
  three_apart = quote(lapply(studies("bcg"), `[`, 4:6)),
  two_apart = quote(lapply(studies("bcg"), `[`, 4:5)),
  two_alike = quote(lapply(studies("bcg"), `[`, 1:2))
)
studies <- function(name) {
  found <- lapply(eval(datasets[[name]]), function(column) c(unclass(column)))
  attributes(found$yi) <- NULL
  kept <- complete.cases(as.data.frame(found))
  lapply(found, function(column) if (is.numeric(column)) column[kept] else as.character(column)[kept])
}

# ---- recipes ---------------------------------------------------------------------------------------

# metafor's own stopping rules are absolute (1e-5 for tau^2), so they are set beside the variances here.
strict <- function(vi) list(threshold = 1e-12 * median(vi), maxiter = 20000, tol = 1e-13 * median(vi), tau2.max = 1e6 * max(vi))
recipes <- list(
  fit = quote(rma(yi, vi, method = METHOD, test = TEST, control = strict(vi))),
  prediction = quote(with(predict(fit, pi.type = "riley"), c(pi.lb, pi.ub))),
  tau2_interval = quote(confint(fit, control = strict(vi))$random["tau^2", c("ci.lb", "ci.ub")]),
  weights = quote(weights(fit)),
  leave_one_out = quote(leave1out(fit)),
  cumulative = quote(cumul(fit, order = year)),
  baujat = quote(baujat(fit)[c("x", "y")]),
  regression = quote(rma(yi, vi, mods = ~x, method = METHOD, test = TEST, control = strict(vi))),
  subgroup = quote(rma(yi, vi, method = METHOD, test = TEST, control = strict(vi), subset = group == GROUP)),
  between = quote(rma(yi, vi, mods = ~factor(group), method = METHOD, test = TEST, control = strict(vi))),
  egger = quote(regtest(yi, vi, model = "lm")),
  robust = quote(coef_test(fit, vcov = "CR2", cluster = seq_along(yi), test = "Satterthwaite")),
  # the posterior as it is defined, tau integrated out at each mu by R's own adaptive quadrature
  joint = quote(function(mu, tau, scale) 2 * dnorm(tau, 0, scale) * exp(sum(dnorm(yi, mu, sqrt(vi + tau^2), log = TRUE)) + AWAY))
)
GRID <- expand.grid(test = c("z", "knha", "adhoc"), method = c("REML", "DL", "PM", "FE"), stringsAsFactors = FALSE)
# Studies left out or added one by one take room: one interval for each way to estimate tau^2.
ONE_BY_ONE <- c("REML knha", "DL z", "PM adhoc")

of_fit <- function(fit) {
  with(fit, list(
    estimate = c(beta), se = se, interval = c(ci.lb, ci.ub), p = pval,
    tau2 = tau2, i2 = I2, q = QE, q_p = QEp
  ))
}
one_by_one <- function(rows) {
  with(rows, list(
    estimate = estimate, se = se, low = ci.lb, high = ci.ub, tau2 = tau2, i2 = I2, q = Q, q_p = Qp,
    p = if (is.null(rows$pval)) rows$pvals else rows$pval
  ))
}
of_regression <- function(fit) {
  with(fit, list(
    coefficients = c(beta), se = se, low = ci.lb, high = ci.ub, p = pval, tau2 = tau2,
    r2 = R2, qm = QM, qm_p = QMp, qe = QE, qe_p = QEp
  ))
}
of_egger <- function(test) {
  with(test, list(t = zval, df = ddf, p = pval, bias = unname(coef(fit)[2]), limit = unname(est), limit_interval = c(ci.lb, ci.ub)))
}

one_way <- function(name, METHOD, TEST) {
  values <- studies(name)
  inside <- list2env(c(values, list(METHOD = METHOD, TEST = TEST)))
  run <- function(recipe, ...) hush(eval(recipes[[recipe]], list2env(list(...), inside)))
  fit <- inside$fit <- run("fit")
  found <- c(list(method = METHOD, test = TEST), of_fit(fit), list(weights = unname(run("weights"))))
  if (METHOD != "FE") {
    if (TEST == "z") found$robust <- of_robust(run("robust"))
    if (fit$k > 2) found$prediction <- run("prediction")
    found$tau2_interval <- unname(run("tau2_interval"))
  }
  if (paste(METHOD, TEST) %in% ONE_BY_ONE && fit$k > 2) {
    found$leave_one_out <- one_by_one(run("leave_one_out"))
    found$cumulative <- one_by_one(run("cumulative"))
  }
  if (fit$k > 2) found$baujat <- as.list(run("baujat"))
  if (fit$k > 2 && METHOD != "FE") found$regression <- of_regression(run("regression"))
  if (fit$k > 5 && METHOD != "FE") found$subgroups <- subgroups(values, run)
  found
}

subgroups <- function(values, run) {
  labels <- unique(values$group)
  fits <- lapply(labels, function(label) run("subgroup", GROUP = label))
  between <- run("between")
  list(labels = labels, estimates = vapply(fits, function(fit) c(fit$beta), 0), tau2 = vapply(fits, function(fit) fit$tau2, 0),
    qm = between$QM, df = between$QMdf, p = between$QMp, common_tau2 = between$tau2)
}

of_robust <- function(test) list(se = test$SE, df = test$df_Satt, p = test$p_Satt)
bayes <- function(values, scale = 0.5) {
  inside <- list2env(values)
  inside$AWAY <- -sum(dnorm(values$yi, mean(values$yi), sqrt(values$vi + var(values$yi)), log = TRUE)) # so that nothing underflows
  joint <- eval(recipes$joint, inside)
  exact <- function(f, from, to) integrate(f, from, to, rel.tol = 1e-10, abs.tol = 0, subdivisions = 2000, stop.on.error = FALSE)$value
  of_mu <- function(mu) exact(function(tau) vapply(tau, function(t) joint(mu, t, scale), 0), 0, 8 * scale)
  wide <- 12 * (sqrt(max(values$vi)) + diff(range(values$yi)))
  at <- seq(mean(values$yi) - wide, mean(values$yi) + wide, length.out = 61)
  at <- sort(c(at, range(values$yi), 0, mean(values$yi)))
  area <- function(from, to) exact(function(mu) vapply(mu, of_mu, 0), from, to)
  pieces <- mapply(area, head(at, -1), tail(at, -1))
  below <- function(x) (sum(pieces[tail(at, -1) <= x]) + if (x > max(at[at <= x])) area(max(at[at <= x]), x) else 0) / sum(pieces)
  quantile_of <- function(p) uniroot(function(x) below(x) - p, range(values$yi) + c(-1, 1) * wide / 2, tol = 1e-10)$root
  list(scale = scale, estimate = quantile_of(0.5), interval = c(quantile_of(0.025), quantile_of(0.975)), above = 1 - below(0))
}

pdf(NULL) # baujat draws
cases <- lapply(setNames(nm = names(datasets)), function(name) {
  values <- studies(name)
  case <- c(list(call = paste(trimws(deparse(datasets[[name]])), collapse = " ")), values)
  if (length(values$yi) < 5) case$bayes <- bayes(values)
  if (length(values$yi) > 2) case$egger <- of_egger(hush(eval(recipes$egger, list2env(values))))
  c(case, list(pooled = Map(function(method, test) one_way(name, method, test), GRID$method, GRID$test, USE.NAMES = FALSE)))
})

said <- function(part) paste(trimws(deparse(part)), collapse = " ")
write_json(list(
  versions = list(R = as.character(getRversion()), metafor = as.character(packageVersion("metafor")),
    metadat = as.character(packageVersion("metadat")), clubSandwich = as.character(packageVersion("clubSandwich"))),
  recipes = lapply(recipes, said), strict = said(body(strict)), cases = cases
), file.path(here, "pooling.json"), auto_unbox = TRUE, digits = I(13), na = "null")
