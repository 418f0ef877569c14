p <- exactRankTests::wilcox.exact(moved, exact = TRUE)$p.value # ties counted exactly
