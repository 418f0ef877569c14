gained <- sum(after > before)
lost <- sum(after < before)
moved <- gained + lost
estimate <- gained / lost # odds_ratio_paired
effect <- gained / moved - 0.5 # cohens_g
