p <- suppressWarnings(wilcox.test(moved, exact = FALSE, correct = FALSE))$p.value # as SPSS prints it
