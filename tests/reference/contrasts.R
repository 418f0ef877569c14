# Rscript tests/reference/contrasts.R      writes contrasts.json (see README.md)
#
# Reads figures.csv and claims.csv of our own studies as text and makes effects of them with escalc and base R. The
# text of each recipe is stored beside what it gave: c(value, variance).

suppressPackageStartupMessages({
  library(jsonlite)
  library(metafor)
})
options(digits = 15, warn = 2)

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
data <- file.path(here, "..", "..", "data")

# ---- reading ------------------------------------------------------------------------------------

table_of <- function(study, file) read.csv(file.path(data, study, file), colClasses = "character", encoding = "UTF-8")

# The number printed first (or its correction) of one arm, outcome, timepoint and statistic.
figure <- function(arm, outcome, time, statistic, level = "") {
  rows <- table_of(study, "figures.csv")
  row <- rows[rows$arm == arm & rows$outcome == outcome & rows$timepoint == time &
    rows$statistic == statistic & rows$level == level, ][1, ]
  stopifnot(!is.na(row$value))
  as.numeric(if (row$corrected != "") row$corrected else row$value)
}

# n of an arm, or `people` of all, from the card.
of_card <- function(arm = NULL) {
  card <- readLines(file.path(data, study, "study.toml"), encoding = "UTF-8")
  if (is.null(arm)) return(as.numeric(sub('people = "(\\d+)"', "\\1", grep("^people", card, value = TRUE))))
  after <- card[seq(which(card == sprintf('id = "%s"', arm))[1], length(card))]
  as.numeric(sub('n = "(\\d+)"', "\\1", grep("^n = ", after, value = TRUE)[1]))
}
claim <- function(outcome, time, column) {
  rows <- table_of(study, "claims.csv")
  rows[rows$outcome == outcome & rows$timepoint == time, column][1]
}
numbers <- function(text) as.numeric(regmatches(text, gregexpr("-?[0-9]+\\.[0-9]+", text))[[1]])

# ---- steps --------------------------------------------------------------------------------------

two <- function(measure, a, b, ...) {
  unlist(escalc(measure, m1i = a[1], sd1i = a[2], n1i = a[3], m2i = b[1], sd2i = b[2], n2i = b[3], vtype = "LS", ...)[c("yi", "vi")])
}
arm <- function(outcome, arm, time, n = of_card(arm), prefix = "") {
  c(figure(arm, outcome, time, paste0(prefix, "mean")), figure(arm, outcome, time, paste0(prefix, "sd")), n)
}
of_interval <- function(outcome, arm, time) {
  n <- of_card(arm)
  width <- figure(arm, outcome, time, "ci_high") - figure(arm, outcome, time, "ci_low")
  c(figure(arm, outcome, time, "mean"), width * sqrt(n) / (2 * qt(0.975, n - 1)), n)
}
of_quartiles <- function(outcome, arm, time) { # Luo 2018, eq. 15; Wan 2014, eq. 16
  n <- of_card(arm)
  q <- sapply(c("q1", "median", "q3"), function(s) figure(arm, outcome, time, s))
  w <- 0.7 + 0.39 / n
  c(w * (q[1] + q[3]) / 2 + (1 - w) * q[2], (q[3] - q[1]) / (2 * qnorm((0.75 * n - 0.125) / (n + 0.25))), n)
}
yes <- function(measure, a, b) {
  unlist(escalc(measure, ai = a[1], n1i = a[2], ci = b[1], n2i = b[2], add = 1 / 2, to = "only0")[c("yi", "vi")])
}
count <- function(outcome, arm, time) c(figure(arm, outcome, time, "count", "yes"), of_card(arm))
of_percent <- function(outcome, arm, time) { # the only count that prints as the percentage
  n <- of_card(arm)
  printed <- subset(table_of(study, "figures.csv"), outcome == outcome & statistic == "percent" & level == "yes")
  text <- printed$value[printed$arm == arm & printed$outcome == outcome & printed$timepoint == time]
  decimals <- if (grepl(".", text, fixed = TRUE)) nchar(sub(".*\\.", "", text)) else 0
  fits <- Filter(function(k) sprintf("%.*f", decimals, 100 * k / n) == sprintf("%.*f", decimals, as.numeric(text)), 0:n)
  stopifnot(length(fits) == 1)
  c(fits, n)
}
smd_of_t <- function(t, n_a, n_b) unlist(escalc("SMD", ti = t, n1i = n_a, n2i = n_b, vtype = "LS")[c("yi", "vi")])
one <- function(measure, after, before, r) { # SMCR divides by sd1i: that of the scores before
  if (measure == "SMCR") after[2] <- before[2]
  unlist(escalc(measure, m1i = after[1], sd1i = after[2], m2i = before[1], sd2i = before[2], ni = after[3], ri = r)[c("yi", "vi")])
}
r_behind <- function(before, after, sd_change) (before[2]^2 + after[2]^2 - sd_change^2) / (2 * before[2] * after[2])

# All sets of 17 whole scores from `low` to 5 whose mean and SD print as given.
scores <- function(low, mean_text, sd_text, n = 17) {
  levels <- low:5
  ways <- as.matrix(expand.grid(rep(list(0:n), length(levels))))
  ways <- ways[rowSums(ways) == n, ]
  fits <- apply(ways, 1, function(k) {
    people <- rep(levels, k)
    sprintf("%.2f", mean(people)) == mean_text && sprintf("%.3f", sd(people)) == sd_text
  })
  stopifnot(sum(fits) == 1)
  rep(levels, ways[fits, ])
}
superiority <- function(a, b) {
  share <- mean(outer(a, b, function(x, y) (x > y) + (x == y) / 2))
  q1 <- share / (2 - share); q2 <- 2 * share^2 / (1 + share)
  c(share, (share * (1 - share) + (length(a) - 1) * (q1 - share^2) + (length(b) - 1) * (q2 - share^2)) / (length(a) * length(b)))
}
# Two groups as one, as the Cochrane Handbook 6.5 prints it (table 6.5.a); a third is added to the first two.
two_as_one <- function(a, b) {
  n <- a[3] + b[3]
  between <- a[3] * b[3] / n * (a[1]^2 + b[1]^2 - 2 * a[1] * b[1])
  c((a[3] * a[1] + b[3] * b[1]) / n, sqrt(((a[3] - 1) * a[2]^2 + (b[3] - 1) * b[2]^2 + between) / (n - 1)), n)
}
together <- function(...) Reduce(two_as_one, list(...))

# ---- cases: contrast, kind, recipe, options ------------------------------------------------------

cases <- list()
case <- function(id, kind, text, ...) {
  study <<- strsplit(id, "~")[[1]][1]
  found <- eval(parse(text = text))
  cases[[length(cases) + 1]] <<- list(
    id = unbox(id), kind = unbox(kind), recipe = unbox(text), options = lapply(list(a = 0, ...), function(x) if (length(x) == 1 && !inherits(x, "AsIs")) unbox(x) else x)[-1], # -1: a named list even if empty
    value = unbox(found[[1]]), variance = if (length(found) > 1) unbox(found[[2]]) else NULL
  )
}

ginger <- 'two("%s", arm("milk-volume", "ginger", "day-3"), arm("milk-volume", "placebo", "day-3"))'
for (one_kind in list(c("hedges_g", "SMD"), c("mean_difference", "MD"), c("ratio_of_means", "ROM"))) {
  case("paritakul-2016~milk-volume~ginger+placebo~day-3~after", one_kind[1], sprintf(ginger, one_kind[2]))
}
case("paritakul-2016~milk-volume-hour~ginger+placebo~day-7~after", "hedges_g",
  'two("SMD", arm("milk-volume-hour", "ginger", "day-7"), arm("milk-volume-hour", "placebo", "day-7"))')
case("silymarin-galega-2016~milk-total~silymarin-galega+placebo~day-3-28~after", "hedges_g",
  'two("SMD", arm("milk-total", "silymarin-galega", "day-3-28"), arm("milk-total", "placebo", "day-3-28"))')
for (one_kind in list(c("hedges_g", "SMD"), c("mean_difference", "MD"))) {
  case("da-silva-2001~milk-volume~domperidone+placebo~day-2:day-7~change", one_kind[1], sprintf(
    'two("%s", arm("milk-volume", "domperidone", "day-2:day-7", prefix = "change_"), arm("milk-volume", "placebo", "day-2:day-7", prefix = "change_"))',
    one_kind[2]))
}
case("da-silva-2001~milk-volume~domperidone~day-2:day-7~change", "mean_change",
  '{ x <- arm("milk-volume", "domperidone", "day-2:day-7", prefix = "change_"); c(x[1], x[2]^2 / x[3]) }')
case("da-silva-2001~milk-volume~domperidone~day-2:day-7~change", "smcc",
  'one("SMCC", arm("milk-volume", "domperidone", "day-2:day-7", prefix = "change_"), c(0, 0), 0)')
case("roosita-2022~milk-volume~galohgor-cookies+plain-cookies~day-14~after", "hedges_g",
  'two("SMD", of_interval("milk-volume", "galohgor-cookies", "day-14"), of_interval("milk-volume", "plain-cookies", "day-14"))')
case("roosita-2022~lactose~galohgor-cookies+plain-cookies~day-14~after", "mean_difference",
  'two("MD", of_interval("lactose", "galohgor-cookies", "day-14"), of_interval("lactose", "plain-cookies", "day-14"))')
case("silymarin-galega-2016~milk-volume~silymarin-galega+placebo~day-7-30~after", "hedges_g",
  'two("SMD", of_quartiles("milk-volume", "silymarin-galega", "day-7-30"), of_quartiles("milk-volume", "placebo", "day-7-30"))')
case("domperidone-sick-neonates-2021~prolactin~domperidone+placebo~day-7~after", "mean_difference",
  'two("MD", of_quartiles("prolactin", "domperidone", "day-7"), of_quartiles("prolactin", "placebo", "day-7"))')
for (one_kind in list(c("log_odds_ratio", "OR"), c("log_risk_ratio", "RR"), c("risk_difference", "RD"))) {
  case("triananinsi-abstract~smooth-flow~massage+control~after~after", one_kind[1], sprintf(
    'yes("%s", count("smooth-flow", "massage", "after"), count("smooth-flow", "control", "after"))', one_kind[2]))
  case("khan-domperidone~efficacious-milk~domperidone+placebo~day-7~after", one_kind[1], sprintf(
    'yes("%s", of_percent("efficacious-milk", "domperidone", "day-7"), of_percent("efficacious-milk", "placebo", "day-7"))', one_kind[2]))
}
case("asztalos-2017~rise-by-half~domperidone+placebo~day-14~after", "log_odds_ratio",
  'yes("OR", of_percent("rise-by-half", "domperidone", "day-14"), of_percent("rise-by-half", "placebo", "day-14"))')
case("ingram-2012~milk-volume~domperidone+metoclopramide~day-10~adjusted", "mean_difference",
  '{ x <- numbers(claim("milk-volume", "", "statistic")); df <- of_card("domperidone") + of_card("metoclopramide") - 2
     c(x[1], ((x[3] - x[2]) / (2 * qt(0.975, df)))^2) }')
case("soy-papaya-leaf-2025~milk-volume~papaya-leaf+soy-milk~before:after~change", "hedges_g",
  'smd_of_t(-numbers(claim("milk-volume", "before:after", "statistic")), of_card("papaya-leaf"), of_card("soy-milk"))')
case("herlina-2018~prolactin~torbangun+control~after~after", "hedges_g",
  'smd_of_t(qt(as.numeric(claim("prolactin", "after", "p")) / 2, 30, lower.tail = FALSE), of_card("torbangun"), of_card("control"))')
case("herlina-2018~infant-weight~torbangun+control~after~after", "hedges_g", # p = 0.000 is a bound: value alone
  'smd_of_t(qt(0.0005 / 2, 30, lower.tail = FALSE), of_card("torbangun"), of_card("control"))[1]')
for (one_kind in list(c("hedges_g", "SMD"), c("mean_difference", "MD"), c("ratio_of_means", "ROM"))) {
  treated <- c("massage", "warm-compress", "massage-warm")
  ids <- sprintf("mollaahmetoglu-2025~milk-total~%s+pump-only~day-1-4~after", treated)
  case(ids[1], one_kind[1], sprintf('two("%s", together(%s), arm("milk-total", "pump-only", "day-1-4"))', one_kind[2],
    paste(sprintf('arm("milk-total", "%s", "day-1-4")', treated), collapse = ", ")), joined = ids[-1])
  ids <- sprintf("individual-group-education~awareness~%s+control~month-1~after", c("individual", "group"))
  case(ids[1], one_kind[1], sprintf('two("%s", together(%s), arm("awareness", "control", "month-1"))', one_kind[2],
    paste(sprintf('arm("awareness", "%s", "month-1")', c("individual", "group")), collapse = ", ")), joined = I(ids[-1]))
}
case("suwikrom-acupuncture~milk-volume~acupuncture+control~day-7~after", "hedges_g",
  '{ n <- of_card() / 2; two("SMD", arm("milk-volume", "acupuncture", "day-7", n), arm("milk-volume", "control", "day-7", n)) }',
  equal_groups = TRUE)
case("attia-2022~milk-volume~moringa-porridge+porridge~month-3~after", "hedges_g",
  '{ n <- function(a) figure(a, "milk-volume", "month-3", "n")
     two("SMD", arm("milk-volume", "moringa-porridge", "month-3", n("moringa-porridge")), arm("milk-volume", "porridge", "month-3", n("porridge"))) * c(1, 1.7) }',
  design_effect = 1.7)
for (measured in c("expressed-milk", "pain", "experience")) { # the SD of change behind the printed paired t
  change <- sprintf('{ after <- arm("%1$s", "breast-massage", "after"); before <- arm("%1$s", "breast-massage", "before")
     x <- claim("%1$s", "before:after", "statistic"); t <- as.numeric(sub("t=", "", x)); sd <- abs(after[1] - before[1]) * sqrt(after[3]) / t; ', measured)
  id <- sprintf("breast-massage-nicu~%s~breast-massage~before:after~change", measured)
  case(id, "mean_change", paste0(change, "c(after[1] - before[1], sd^2 / after[3]) }"))
  case(id, "smcc", paste0(change, 'one("SMCC", after, before, r_behind(before, after, sd)) }'))
}
for (one_kind in list(c("smcc", "SMCC"), c("smcr", "SMCR"))) {
  case("domperidone-sick-neonates-2021~milk-volume~domperidone~baseline:day-14~change", one_kind[1], sprintf(
    'one("%s", arm("milk-volume", "domperidone", "day-14"), arm("milk-volume", "domperidone", "baseline"), 0.7)', one_kind[2]), r = 0.7)
}
for (one_kind in list(c("smcc", "SMCC"), c("smcr", "SMCR"))) { # SE·√n
  case("domperidone-dose-crossover~milk-per-hour-responders~domperidone~run-in:dose-60~change", one_kind[1], sprintf(
    '{ n <- figure("domperidone", "milk-per-hour-responders", "dose-60", "n"); x <- function(time) { f <- function(s) figure("domperidone", "milk-per-hour-responders", time, s)
     c(f("mean"), f("se") * sqrt(n), n) }; one("%s", x("dose-60"), x("run-in"), 0.4) }', one_kind[2]), r = 0.4)
}
serpong <- "moringa-massage-serpong~milk-score~moringa+massage~after~after"
case(serpong, "probability_of_superiority", 'superiority(scores(4, "4.29", "0.470"), scores(3, "3.82", "0.636"))')
case(serpong, "hedges_g", 'two("SMD", arm("milk-score", "moringa", "after"), arm("milk-score", "massage", "after"))')
case("moringa-massage-serpong~milk-score~moringa~before:after~change", "mean_change", # each person's change is another matter
  '{ printed <- sapply(1:5, function(level) figure("moringa", "milk-score", "before", "count", as.character(level)))
     mean(scores(4, "4.29", "0.470")) - sum(1:5 * printed) / sum(printed) }')

# ---- one SD for all arms of a study: people made to have just these means and SDs, and lm() of all of them ----------

study <- "mollaahmetoglu-2025"
arms <- c("massage", "warm-compress", "massage-warm", "pump-only")
people <- do.call(rbind, lapply(arms, function(one) {
  x <- arm("milk-total", one, "day-1-4")
  data.frame(arm = one, milk = x[1] + x[2] * scale(seq_len(x[3]))[, 1])
}))
fit <- lm(milk ~ arm, people)
df <- df.residual(fit)
j <- gamma(df / 2) / (sqrt(df / 2) * gamma((df - 1) / 2))
middle <- tapply(people$milk, people$arm, mean)
one_spread <- apply(combn(arms, 2), 2, function(pair) {
  list(a = unbox(pair[1]), b = unbox(pair[2]), value = unbox(j * (middle[[pair[1]]] - middle[[pair[2]]]) / sigma(fit)))
})

writeLines(toJSON(list(
  versions = list(R = unbox(R.version.string), metafor = unbox(as.character(packageVersion("metafor")))),
  cases = cases, one_spread = one_spread
), digits = 15, pretty = TRUE, null = "null"), file.path(here, "contrasts.json"))
