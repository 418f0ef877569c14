"""Rules about a printed test statistic and its p: t, Z, F, χ², r, H and U, each over what rounding leaves.

`p_of_statistic` chooses the rule for a statistic that `read_statistic` took apart; `reported` finds statistics with
their p in running text ("χ²(1) = 4.62, p = .032").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.checks.p_values import TWO_SIDED, ends_of, p_verdict, rank_verdict, reach_of_u, sizes_of, tails
from analysis.checks.verdicts import NO_CHECK, cannot_tell, consistent
from analysis.recover import NAMES, NUMBER, PrintedStatistic, number_of_people, read_statistic, required
from analysis.results import Interval, NotApplicable, Verdict


def p_from_t(t: str, df: str | int | tuple[str | int, ...], p: str) -> Verdict:
    """Does the printed t with these degrees of freedom give the printed p, by both tails or either?"""
    least, most = sizes_of(t)
    few, many = _freedom(df if not isinstance(df, tuple) else df[0])
    reach = 2 * float(stats.t.sf(most, many)), 2 * float(stats.t.sf(least, few))
    return p_verdict(p, tails(TWO_SIDED, reach), what=f"t({df}) = {t}")


def p_from_z(z: str, p: str) -> Verdict:
    """Does the printed Z of a normal approximation give the printed p, by both tails or either?"""
    least, most = sizes_of(z)
    reach = 2 * float(stats.norm.sf(most)), 2 * float(stats.norm.sf(least))
    return p_verdict(p, tails(TWO_SIDED, reach), what=f"Z = {z}")


def p_from_f(f: str, df_between: str | int, df_within: str | int, p: str) -> Verdict:
    """Does the printed F with its two degrees of freedom give the printed p? With one between, either tail of t too."""
    low, high = _above_zero(f)
    (few, more), (small, large) = _freedom(df_between), _freedom(df_within)
    corners = [float(stats.f.sf(value, a, b)) for value in (low, high) for a in (few, more) for b in (small, large)]
    reach = min(corners), max(corners)
    reaches = tails(TWO_SIDED, reach) if few == more == 1 else {("f-test",): (reach,)}
    return p_verdict(p, reaches, what=f"F({df_between}; {df_within}) = {f}")


def p_from_chi_square(chi_square: str, df: str | int, p: str) -> Verdict:
    """Does the printed χ² with its degrees of freedom give the printed p? With one, either tail too."""
    low, high = _above_zero(chi_square)
    freedom = number_of_people(df)
    reach = float(stats.chi2.sf(high, freedom)), float(stats.chi2.sf(low, freedom))
    reaches = tails(TWO_SIDED, reach) if freedom == 1 else {("chi-square",): (reach,)}
    return p_verdict(p, reaches, what=f"χ²({df}) = {chi_square}")


def p_from_h(h: str, groups: str | int, p: str) -> Verdict:
    """Does Kruskal and Wallis' printed H of so many groups give the printed p, by the χ² approximation?"""
    low, high = _above_zero(h)
    freedom = number_of_people(groups, 2) - 1
    reach = float(stats.chi2.sf(high, freedom)), float(stats.chi2.sf(low, freedom))
    return p_verdict(p, {("chi-square",): (reach,)}, what=f"H({freedom}) = {h}")


def p_from_r(r: str, n: str | int, p: str) -> Verdict:
    """Does the printed correlation of `n` people give the printed p, by both tails or either?

    Pearson's test, and the usual approximation for Spearman's: t = r √((n − 2) / (1 − r²)).
    """
    freedom = number_of_people(n, 3) - 2
    if abs(required(r).value) > 1:
        raise NotApplicable("impossible-r", r=r)
    sizes = np.minimum(1.0, sizes_of(r))
    with np.errstate(divide="ignore"):
        least, most = sizes * np.sqrt(freedom / (1 - sizes**2))
    reach = 2 * float(stats.t.sf(most, freedom)), 2 * float(stats.t.sf(least, freedom))
    return p_verdict(p, tails(TWO_SIDED, reach), what=f"r({freedom}) = {r}")


def p_from_u(u: str, n_a: str | int, n_b: str | int, p: str) -> Verdict:
    """Does the printed U of two groups give the printed p, by any usual variant of Mann and Whitney's test?"""
    m, n, (low, high) = reach_of_u(u, n_a, n_b)
    return rank_verdict(p, (low - m * n / 2, high - m * n / 2), m, n, f"U = {u} ({m}, {n})")


def _above_zero(text: str) -> Interval:
    low, high = ends_of(text)
    if high < 0:
        raise NotApplicable("not-below-zero", text=text)
    return max(low, 0.0), high


def _freedom(df: str | int) -> Interval:
    """Degrees of freedom: whole, or with the decimals that Welch's test has."""
    if required(df).decimals:
        low, high = ends_of(str(df))
        return max(low, 1.0), max(high, 1.0)
    whole = float(number_of_people(df))
    return whole, whole


def statistic_read(statistic: str) -> Verdict:
    """Can the result of a test be read as it is printed?"""
    if read_statistic(statistic) is None:
        return cannot_tell("statistic-read.unread", text=statistic)
    return consistent("statistic-read.read", text=statistic)


def p_of_statistic(found: PrintedStatistic, p: str, known: Mapping[str, str]) -> tuple[str, Verdict] | None:
    """The rule for a statistic and what it says; None where something it needs is printed nowhere.

    `known` may hold what else the study says: "df", "df_within", "groups", "n", "n_a", "n_b".
    """
    df = dict(zip(("df", "df_within"), found.df, strict=False))
    said = {**known, **df}
    if found.name == "r" and "df" in df:
        said["n"] = str(int(df["df"]) + 2) if df["df"].isdecimal() else ""
    if found.name == "h" and df.get("df", "").isdecimal():
        said["groups"] = str(int(df["df"]) + 1)
    rule, needed = OF_STATISTIC.get(found.name, (None, ()))
    if rule is None or not all(said.get(name) for name in needed):
        return None
    return rule.__name__, rule(found.value, *(said[name] for name in needed), p)


OF_STATISTIC = {
    "t": (p_from_t, ("df",)),
    "z": (p_from_z, ()),
    "f": (p_from_f, ("df", "df_within")),
    "chi-square": (p_from_chi_square, ("df",)),
    "h": (p_from_h, ("groups",)),
    "r": (p_from_r, ("n",)),
    "u": (p_from_u, ("n_a", "n_b")),
}

_NAME = "|".join(NAMES[name] for name in OF_STATISTIC)
_SIG = r"(?:[Aa]symp\.?\s*)?[Ss]ig\.?(?:\s*\((?:2-tailed|2[- ](?:ekor|sisi|arah))\))?"
_P_NAME = rf"(?:(?:[Nn]ilai\s+)?(?:[Pp](?:[- _]?[Vv]alue)?|[Ss]ignifikansi)|{_SIG})"
_P_IS = rf"(?:\s*(?P<sign>[=<>≤≥:])\s*|[ ]+(?:sebesar|adalah|of|is)[ ]+|[ ]+(?=[01]?[.,]\d))(?P<p>{NUMBER})"
# on one line; "=" holds a statistic and its p together over a break of lines too
_IS = r"(?:\s*[=:]\s*|[ ]+(?:sebesar|adalah|of|is)[ ]+|(?<=hitung)[ ]+)"
_FOOT = r"(?:\s?[a-e]\b|\s?\([a-e]\)|[ᵃᵇᶜᵈᵉ]|\*+)?"
_REPORTED = re.compile(
    rf"(?<![\w.])(?P<statistic>(?:{_NAME})\s*(?:\([^()]*\))?{_IS}{NUMBER}{_FOOT})"
    rf"\s*[,;.(]?\s*(?:and|dan|with|dengan)?\s*{_P_NAME}{_P_IS}"
)


@dataclass(frozen=True)
class Reported:
    """A statistic that stands in a text with its p: as it stands there, on which lines, and what its rule says of it.

    `ruled` is None where the statistic needs a number that the text doesn't hold.
    """

    text: str
    lines: range
    ruled: tuple[str, Verdict] | None


def reported(text: str) -> Iterator[Reported]:
    """Every statistic that stands in a text with its p."""
    for found in _REPORTED.finditer(text):
        first = text.count("\n", 0, found.start()) + 1
        lines = range(first, first + found.group().count("\n") + 1)
        sign = found["sign"] if found["sign"] in tuple("<>≤≥") else ""
        statistic, p = read_statistic(" ".join(found["statistic"].split())), f"{sign}{found['p']}"
        try:
            ruled = p_of_statistic(statistic, p, {}) if statistic else None
        except NotApplicable:
            ruled = None
        yield Reported(" ".join(found.group().split()), lines, ruled)


RULES = {
    "statistics": (
        p_from_t,
        p_from_z,
        p_from_f,
        p_from_chi_square,
        p_from_h,
        p_from_r,
        p_from_u,
    ),
    NO_CHECK: (statistic_read,),
}
