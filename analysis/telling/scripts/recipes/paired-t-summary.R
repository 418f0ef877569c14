# change is mean, SD and n of the change.
se <- change[2] / sqrt(change[3])
estimate <- change[1] # mean_difference
interval <- estimate + c(-1, 1) * qt((1 + confidence) / 2, change[3] - 1) * se
effect <- change[1] / change[2] # d_z
statistic <- estimate / se
p <- 2 * pt(-abs(statistic), change[3] - 1)
