# Rscript tests/reference/exchange.R [effects.csv]     writes exchange.json, or to the standard output of a given file
#
# Reads the table of effects that readers take away (analysis/telling/exchange) as anybody would, by read.csv alone:
# each row's effect is made again from its means or counts by escalc, each result is pooled again by rma.

suppressPackageStartupMessages({
  library(jsonlite)
  library(metafor)
})
options(digits = 15, warn = 2)

here <- dirname(sub("--file=", "", grep("--file=", commandArgs(FALSE), value = TRUE)))
given <- commandArgs(TRUE)
rows <- read.csv(if (length(given)) given else file.path(here, "exchange.csv"), encoding = "UTF-8")

means <- function(row) escalc(row$measure, m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i,
                              data = row, vtype = "LS")
counts <- function(row) escalc(row$measure, ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = row)
again <- function(row) {
  if (is.na(row$yi) || (is.na(row$m1i) && is.na(row$ai))) return(NULL)
  made <- if (is.na(row$ai)) means(row) else counts(row)
  c(yi = made$yi, vi = made$vi)
}
effects <- lapply(split(rows, seq_len(nrow(rows))), again)
names(effects) <- paste(rows$study, rows$when, rows$treatment, sep = "|")

pooled <- function(of) {
  fit <- rma(yi, vi, data = of, method = "REML", test = "adhoc",
             control = list(threshold = 1e-12, maxiter = 10000)) # else tau² is right to five digits only
  c(estimate = as.numeric(fit$beta), low = fit$ci.lb, high = fit$ci.ub)
}
inside <- rows[rows$result != "", ]
results <- lapply(split(inside, paste(inside$result, inside$measure)), function(of) if (nrow(of) > 1) pooled(of))

written <- list(
  program = sprintf("R %s, metafor %s", getRversion(), packageVersion("metafor")),
  effects = lapply(Filter(Negate(is.null), effects), as.list),
  results = lapply(Filter(Negate(is.null), results), as.list)
)
json <- toJSON(written, auto_unbox = TRUE, digits = NA, pretty = TRUE)
if (length(given)) cat(json) else writeLines(json, file.path(here, "exchange.json"))
