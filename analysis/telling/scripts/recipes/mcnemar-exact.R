statistic <- gained
p <- share$p.value
