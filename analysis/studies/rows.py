"""The rows of a study folder: figures.csv and claims.csv, each cell checked against the card."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from analysis.methods import METHODS
from analysis.recover import LARGEST_EXPONENT
from analysis.studies.printed_study import PEOPLE_FILE, Claim, Figure, Measure
from analysis.studies.problems import Folder
from analysis.words import LANGUAGES

STATISTICS = (
    "n",
    "mean",
    "sd",
    "se",
    "ci_low",
    "ci_high",
    "adjusted_mean",
    "adjusted_sd",
    "adjusted_se",
    "adjusted_ci_low",
    "adjusted_ci_high",
    "mean_rank",
    "median",
    "q1",
    "q3",
    "minimum",
    "maximum",
    "count",
    "percent",
    "r",
    "change_mean",
    "change_sd",
    "change_se",
    "change_ci_low",
    "change_ci_high",
    "change_median",
    "change_q1",
    "change_q3",
    "change_percent",
    "improved",
    "worsened",
    "unchanged",
    "mean_rank_positive",
    "mean_rank_negative",
    "mean_rank_difference",
)
OF_CHANGE = frozenset(STATISTICS[STATISTICS.index("r") :])
CLAIM_KINDS = ("result", "announced", "conclusion")
COMPARISONS = ("within", "between", "association", "none")
DIRECTIONS = ("a", "b", "none")  # which of a claim's two arms lies higher, as its words say; "none": neither
FIGURE_COLUMNS = (
    "arm",
    "outcome",
    "timepoint",
    "statistic",
    "level",
    "value",
    "locator",
    "printed_as",
    "corrected",
    "why",
)
CLAIM_COLUMNS = (
    "kind",
    "comparison",
    "arms",
    "outcome",
    "timepoint",
    "method",
    "named",
    "statistic",
    "p",
    "direction",
    "statement_en",
    "statement_id",
    "locator",
)


NEEDED_IN_FIGURES = ("arm", "outcome", "timepoint", "statistic", "value")
NEEDED_IN_CLAIMS = ("kind", "comparison")
OPTIONAL_IN_CLAIMS = ("direction",)  # a file in which no claim says one needs no column for it
LEVELS_OF_BINARY = ("yes", "no")


def read_figures(folder: Folder, card: dict[str, Any], parts: dict[str, dict]) -> tuple[Figure, ...]:
    if not (folder.path / "figures.csv").exists() and (folder.path / PEOPLE_FILE).exists():
        return ()  # everything printed of them is worked out from the people listed
    figures = []
    for row, cells in folder.rows("figures.csv", FIGURE_COLUMNS, NEEDED_IN_FIGURES):
        _check_figure(folder, row, cells, card, parts)
        printed_as, corrected, why = (cells[name] or None for name in FIGURE_COLUMNS[-3:])
        said = {name: cells[name] for name in FIGURE_COLUMNS[:-3]}
        figures.append(Figure(**said, printed_as=printed_as, corrected=corrected, why=why, row=row))
    return tuple(figures)


def _check_figure(folder: Folder, row: int, cells: dict[str, str], card: dict[str, Any], parts: dict) -> None:
    file = "figures.csv"
    folder.one_of(file, row, "arm", cells["arm"], parts["arms"])
    known_outcome = folder.one_of(file, row, "outcome", cells["outcome"], parts["outcomes"])
    known_statistic = folder.one_of(file, row, "statistic", cells["statistic"], STATISTICS)
    _check_timepoint(folder, file, row, cells["timepoint"], parts)
    of_change = cells["statistic"] in OF_CHANGE
    if known_statistic and cells["statistic"] != "n" and (":" in cells["timepoint"]) != of_change:
        folder.wrong(file, row, "wrong-timepoint", statistic=cells["statistic"], timepoint=cells["timepoint"])
    if not cells["locator"]:
        folder.unsaid(file, row, "missing-locator")
    for name in ("value", "corrected"):
        if cells[name] and not _is_number(cells[name]):
            folder.wrong(file, row, "not-a-number", what=name, text=cells[name])
    if cells["printed_as"]:
        _check_heading(folder, row, cells["printed_as"], parts)
    if cells["corrected"] and not cells["why"]:
        folder.wrong(file, row, "correction-without-reason")
    if cells["why"]:
        folder.one_of(file, row, "why", cells["why"], card.get("why", {}))
    if known_outcome:
        _check_level(folder, row, cells, parts["outcomes"][cells["outcome"]])


def _check_heading(folder: Folder, row: int, text: str, parts: dict[str, dict]) -> None:
    """What the study's own heading calls a number: a statistic and its time ("sd after")."""
    statistic, _, timepoint = text.partition(" ")
    if not timepoint:
        folder.wrong("figures.csv", row, "wrong-heading", text=text)
    elif folder.one_of("figures.csv", row, "printed_as", statistic, STATISTICS):
        _check_timepoint(folder, "figures.csv", row, timepoint, parts)


def _check_timepoint(folder: Folder, file: str, row: int, text: str, parts: dict[str, dict]) -> None:
    """One known timepoint, or two different ones as "before:after"."""
    times = text.split(":")
    for timepoint in times:
        folder.one_of(file, row, "timepoint", timepoint, parts["timepoints"])
    if len(times) > 2 or len(set(times)) < len(times):
        folder.wrong(file, row, "wrong-span", timepoint=text)


def _check_level(folder: Folder, row: int, cells: dict[str, str], outcome: Measure) -> None:
    """Counts and shares of scores or answers need the level they count, and people are whole numbers."""
    counted = cells["statistic"] in ("count", "percent") and outcome.scale in ("ordinal", "binary")
    levels = _levels(outcome)
    if levels and (cells["level"] or counted):
        folder.one_of("figures.csv", row, "level", cells["level"], levels)
    people = cells["statistic"] in ("n", "improved", "worsened", "unchanged") or (
        counted and cells["statistic"] == "count"
    )
    for name in ("value", "corrected"):
        if people and cells[name] and not cells[name].isdecimal():
            folder.wrong("figures.csv", row, "not-people", what=name, text=cells[name])


def _levels(outcome: Measure) -> list[str]:
    """The levels that counts may belong to; none where the card leaves scale or ends unsaid."""
    if outcome.scale != "ordinal":
        return list(LEVELS_OF_BINARY) if outcome.scale else []
    if outcome.low is None or outcome.high is None:
        return []
    return [str(v) for v in range(outcome.low, outcome.high + 1, outcome.step)]


def _is_number(text: str) -> bool:
    try:
        number = Decimal(text)
        return number.is_finite() and abs(number.adjusted()) <= LARGEST_EXPONENT
    except InvalidOperation:
        return False


def read_claims(folder: Folder, parts: dict[str, dict]) -> tuple[Claim, ...]:
    if not (folder.path / "claims.csv").exists():
        return ()
    rows = folder.rows("claims.csv", CLAIM_COLUMNS, NEEDED_IN_CLAIMS, OPTIONAL_IN_CLAIMS)
    return tuple(_claim(folder, row, cells, parts) for row, cells in rows)


def _claim(folder: Folder, row: int, cells: dict[str, str], parts: dict[str, dict]) -> Claim:
    file = "claims.csv"
    named = cells["arms"].split("|") if cells["arms"] else ()
    for arm in named:
        folder.one_of(file, row, "arm", arm, parts["arms"])
    arms = tuple(arm for arm in named if arm)  # a blank one is told as a gap, and no arm to ask about
    if cells["outcome"]:
        folder.one_of(file, row, "outcome", cells["outcome"], parts["outcomes"])
    if cells["timepoint"]:
        _check_timepoint(folder, file, row, cells["timepoint"], parts)
    folder.one_of(file, row, "kind", cells["kind"], CLAIM_KINDS)
    folder.one_of(file, row, "comparison", cells["comparison"], COMPARISONS)
    if cells["method"]:
        folder.one_of(file, row, "method", cells["method"], METHODS)
    if not cells["locator"]:
        folder.unsaid(file, row, "missing-locator")
    if cells["p"] and not _is_number(cells["p"].lstrip("<>=≤≥ ")):
        folder.wrong(file, row, "not-a-number", what="p", text=cells["p"])
    if cells["direction"]:
        _check_direction(folder, row, cells["direction"], arms)
    statement = {language: cells[f"statement_{language}"] for language in LANGUAGES}
    for language in LANGUAGES:
        if not statement[language]:
            folder.unsaid(file, row, "missing-language", what="statement", language=language)
    same = {
        name: cells[name]
        for name in ("kind", "comparison", "outcome", "timepoint", "named", "statistic", "direction", "locator")
    }
    return Claim(**same, arms=arms, method=cells["method"] or None, p=cells["p"] or None, statement=statement, row=row)


def _check_direction(folder: Folder, row: int, direction: str, arms: tuple[str, ...]) -> None:
    """Which of two arms lies higher can be said of two arms alone."""
    folder.one_of("claims.csv", row, "direction", direction, DIRECTIONS)
    if len(arms) != 2:
        folder.wrong("claims.csv", row, "direction-of-two", arms=len(arms))
