each_pair <- function(groups, f) combn(length(groups), 2, function(k) f(groups[[k[1]]], groups[[k[2]]]))
