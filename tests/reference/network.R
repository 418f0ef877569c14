# Rscript tests/reference/network.R      writes network.json: network meta-analyses by metafor (see README.md)
#
# netmeta isn't in Debian. With a common effect, or with tau2 given, its model is that of
# metafor::rma.mv with the covariances of contrasts that share an arm. The text of a recipe is stored
# beside the values it gave, so the call that is printed is the call that ran.

suppressPackageStartupMessages({
  library(jsonlite)
  library(metadat)
  library(metafor)
})
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
TAU2 <- 0.1 # given where estimates are compared at the same tau2

# ---- data: one row per arm ----------------------------------------------------------------------

arms_of <- function(study, treatment, effect, variance, n) {
  arms <- data.frame(study = as.character(study), treatment = as.character(treatment), effect, variance, n)
  arms <- arms[order(arms$study, arms$treatment), ]
  arms <- arms[arms$study %in% names(which(table(arms$study) > 1)), ]
  stopifnot(!anyDuplicated(arms[c("study", "treatment")]))
  arms
}
log_odds <- function(study, treatment, events, n) {
  half <- 0.5 * ave(as.numeric(events == 0 | events == n), study, FUN = max) # to all arms of such a study
  arms_of(study, treatment, log((events + half) / (n - events + half)),
          1 / (events + half) + 1 / (n - events + half), n)
}
two_arms <- function(arms) arms[arms$study %in% names(which(table(arms$study) == 2)), ]
pairs_of <- function(arms) {
  do.call(rbind, unname(lapply(split(arms, arms$study), function(s) {
    i <- combn(nrow(s), 2)[1, ]; j <- combn(nrow(s), 2)[2, ]
    data.frame(study = s$study[1], a = s$treatment[i], b = s$treatment[j],
               yi = s$effect[i] - s$effect[j], vi = s$variance[i] + s$variance[j], n_a = s$n[i], n_b = s$n[j])
  })))
}

senn <- with(dat.senn2013, arms_of(study, treatment, mi, sdi^2 / ni, ni))
baker <- with(dat.baker2009, log_odds(id, treatment, exac, total))
networks <- list(senn2013 = senn, baker2009 = baker,
                 senn2013_two_arms = two_arms(senn), baker2009_two_arms = two_arms(baker))

# ---- models: contrasts with the first arm of each study; two of them share that arm's variance ----

contrasts_of <- function(arms) {
  rows <- lapply(split(arms, arms$study), function(s) {
    data.frame(study = s$study[-1], first = s$treatment[1], treatment = s$treatment[-1],
               yi = s$effect[-1] - s$effect[1], design = paste(s$treatment, collapse = ":"))
  })
  blocks <- lapply(split(arms$variance, arms$study), function(v) diag(v[-1], length(v) - 1) + v[1])
  d <- do.call(rbind, unname(rows))
  list(yi = d$yi, V = bldiag(unname(blocks)), study = d$study, first = d$first, treatment = d$treatment,
       comp = paste(d$treatment, d$first), design_comp = factor(paste(d$design, d$treatment)))
}
signs <- function(d, treatments) { # the first treatment is the reference
  X <- outer(d$treatment, treatments, "==") - outer(d$first, treatments, "==")
  X[, -1, drop = FALSE]
}
# rma.uni 3.8-1 takes Q from centred effects, right only where X has an intercept. Effects less a multiple of
# a column of X have the same residuals, and no mean that centring could change.
about_zero <- function(yi, X) {
  column <- which.max(abs(colMeans(X)))
  yi - X[, column] * mean(yi) / mean(X[, column])
}
recipes <- list(
  common = "rma.mv(yi, V, mods = X, intercept = FALSE)",
  random = paste("rma.mv(yi, V, mods = X, intercept = FALSE, random = ~ factor(comp) | study, rho = 1/2,",
                 "struct = 'CS', tau2 = tau2)"),
  # rma.mv's own search stops at a false convergence here; its likelihood is searched instead
  reml = paste("optimize(function(tau2) logLik(rma.mv(yi, V, mods = X, intercept = FALSE,",
               "random = ~ factor(comp) | study, rho = 1/2, struct = 'CS', tau2 = tau2)),",
               "c(0, 2), maximum = TRUE, tol = 1e-10)$maximum"),
  within = "rma.mv(yi, V, mods = model.matrix(~ 0 + design_comp), intercept = FALSE)",
  dersimonian_laird = "rma.uni(about_zero(yi, X), diag(V), mods = X, intercept = FALSE, method = 'DL')"
)
run <- function(recipe, d, X, tau2 = NULL) {
  suppressWarnings(eval(parse(text = recipes[[recipe]]), c(d, list(X = X, tau2 = tau2))))
}
# Generalised moments (Jackson, White & Riley 2012): (Q - df) / tr(P D); contrasts have the covariance V + tau2 D.
moments_by_definition <- function(d, X, common) {
  D <- outer(d$study, d$study, "==") / 2 + diag(length(d$study)) / 2
  W <- solve(d$V)
  P <- W - W %*% X %*% solve(t(X) %*% W %*% X, t(X) %*% W)
  max(0, (common$QE - (common$k - common$p)) / sum(P * D))
}
all_pairs <- function(model) {
  b <- c(0, coef(model)); C <- rbind(0, cbind(0, vcov(model)))
  estimate <- outer(unname(b), unname(b), "-")
  se <- unname(sqrt(outer(diag(C), diag(C), "+") - 2 * C))
  P <- pnorm(estimate / se); diag(P) <- NA # P-scores as in metafor's example of dat.senn2013
  list(estimate = estimate, se = se, p_scores = rowMeans(P, na.rm = TRUE))
}

# ---- a pair's own studies, and the network without them: its indirect evidence unless they have more arms ----

connected <- function(arms, treatments) {
  seen <- treatments[1]
  repeat {
    more <- unique(arms$treatment[arms$study %in% arms$study[arms$treatment %in% seen]])
    if (all(more %in% seen)) return(all(treatments %in% seen))
    seen <- union(seen, more)
  }
}
split_pairs <- function(arms, treatments) {
  pairs <- pairs_of(arms)
  several <- names(which(table(arms$study) > 2))
  unname(lapply(split(pairs, paste(pairs$a, pairs$b)), function(own) {
    direct <- rma.uni(own$yi, own$vi + TAU2, method = "FE")
    found <- list(a = own$a[1], b = own$b[1], direct = c(coef(direct), direct$se))
    rest <- arms[!arms$study %in% own$study, ]
    if (!any(own$study %in% several) && connected(rest, treatments)) {
      d <- contrasts_of(rest)
      left <- all_pairs(run("random", d, signs(d, treatments), TAU2))
      i <- match(own$a[1], treatments); j <- match(own$b[1], treatments)
      found$indirect <- c(left$estimate[i, j], left$se[i, j])
    }
    found
  }))
}

case <- function(arms) {
  treatments <- sort(unique(arms$treatment), method = "radix")
  d <- contrasts_of(arms); X <- signs(d, treatments)
  common <- run("common", d, X); within <- run("within", d, X)
  list(
    treatments = treatments, comparisons = pairs_of(arms), tau2_given = TAU2,
    q = common$QE, q_df = common$k - common$p, q_p = common$QEp,
    q_within = within$QE, q_within_df = within$k - within$p,
    reml = run("reml", d, X),
    moments = moments_by_definition(d, X, common),
    dersimonian_laird = if (all(table(arms$study) == 2)) run("dersimonian_laird", d, X)$tau2,
    common = all_pairs(common), random = all_pairs(run("random", d, X, TAU2)),
    pairs = split_pairs(arms, treatments)
  )
}

result <- list(
  versions = list(R = R.version.string, metafor = as.character(packageVersion("metafor")),
                  metadat = as.character(packageVersion("metadat"))),
  recipes = recipes, cases = lapply(networks, case)
)
write(toJSON(result, auto_unbox = TRUE, digits = NA, null = "null", na = "null"), file.path(here, "network.json"))
