"""Ten thousand studies at once: resamples, shuffles and their p values as arrays, without a loop over studies."""

from __future__ import annotations

import zlib

import numpy as np
from scipy.special import ndtr, stdtr, stdtrit
from scipy.stats import hypergeom, rankdata

MANY = 10_000  # studies that are drawn
SEED = 20261128  # fixed, so that a class sees the same


def generator(*names: str) -> np.random.Generator:
    """The same numbers for the same names, on every machine."""
    return np.random.default_rng([SEED, zlib.crc32("/".join(names).encode())])


def resampled(
    values: np.ndarray, n: int, rng: np.random.Generator, studies: int = MANY
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and SD (n − 1) of each of so many studies of `n` people, drawn with replacement from `values`.

    Both of shape (studies,). Equal values are drawn as counts, which is the same and faster.
    """
    levels, counts = np.unique(values, return_counts=True)
    drawn = rng.multinomial(n, counts / len(values), size=studies)
    means = drawn @ levels / n
    squares = (drawn * (levels - means[:, None]) ** 2).sum(axis=1)
    return means, np.sqrt(squares / (n - 1))


def t_p(means: np.ndarray, sds: np.ndarray, n: int) -> np.ndarray:
    """Two-sided p of the t test that a mean is 0; not a number where everybody has the same value."""
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(sds > 0, means / (sds / np.sqrt(n)), np.nan)
    return 2 * stdtr(n - 1, -np.abs(t))


def t_reach(sds: np.ndarray, n: int) -> np.ndarray:
    """Half the width of the 95% interval of each mean."""
    return stdtrit(n - 1, 0.975) * sds / np.sqrt(n)


def turned(changes: np.ndarray, rng: np.random.Generator, studies: int = MANY) -> np.ndarray:
    """Mean change of each study in which a coin decides every person's sign: what chance alone does, (studies,)."""
    signs = rng.integers(0, 2, (studies, len(changes)), dtype=np.int8) * 2 - 1
    return signs @ changes / len(changes)


def relabelled(n_a: int, n_b: int, rng: np.random.Generator, studies: int = MANY) -> np.ndarray:
    """Who is in the first group when lots are drawn again: (studies, n_a + n_b), True for `n_a` of each row."""
    order = rng.random((studies, n_a + n_b), dtype=np.float32).argsort(axis=1)
    return order < n_a


def welch_p(values: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Welch's two-sided p per row of `first` (who is in the first group)."""
    means, shares = [], []
    for group in (first, ~first):
        n = group.sum(axis=1)
        mean = group @ values / n
        means.append(mean)
        shares.append(((group @ values**2) - n * mean**2) / (n - 1) / n)
    error = np.sqrt(shares[0] + shares[1])
    n_a, n_b = first.sum(axis=1), (~first).sum(axis=1)
    df = (shares[0] + shares[1]) ** 2 / (shares[0] ** 2 / (n_a - 1) + shares[1] ** 2 / (n_b - 1))
    return 2 * stdtr(df, -np.abs((means[0] - means[1]) / error))


def mann_whitney_p(values: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Mann–Whitney's two-sided p per row of `first`: normal approximation with ties, without continuity correction."""
    ranks, (n_a, n) = rankdata(values), (int(first[0].sum()), len(values))
    n_b = n - n_a
    _, ties = np.unique(values, return_counts=True)
    variance = n_a * n_b / 12 * (n + 1 - (ties**3 - ties).sum() / (n * (n - 1)))
    z = (first @ ranks - n_a * (n + 1) / 2) / np.sqrt(variance)
    return 2 * ndtr(-np.abs(z))


def fisher_p(yes: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Fisher's two-sided p per row of `first`: every table that is at most as likely counts."""
    n_a, n, marked = int(first[0].sum()), len(yes), int(yes.sum())
    chances = hypergeom.pmf(np.arange(n_a + 1), n, marked, n_a)
    p = np.array([chances[chances <= chance * (1 + 1e-7)].sum() for chance in chances])
    return np.minimum(p, 1.0)[first @ yes.astype(np.int64)]


def measured_twice(mean: float, sd: float, r: float, rng: np.random.Generator, people: int = MANY) -> np.ndarray:
    """Amounts of so many people at two times, (people, 2), of which nothing changed in between.

    Both times have this mean and SD; logarithms are normal and correlate by `r`, so that no amount is below 0.
    """
    width = np.log1p((sd / mean) ** 2)
    z = rng.standard_normal((people, 2))
    z[:, 1] = r * z[:, 0] + np.sqrt(1 - r**2) * z[:, 1]
    return np.exp(np.log(mean) - width / 2 + np.sqrt(width) * z)
