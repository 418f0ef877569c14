"""A record's rows as rows of figures.csv, and its reported tests as rows of claims.csv."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from analysis.digest.reading import Judged, Mistakes
from analysis.studies import CLAIM_COLUMNS, FIGURE_COLUMNS

Row = dict[str, str]

# Name in the record → our statistic, for a level and for a change.
OF_LEVEL = {
    "mean": "mean",
    "sd": "sd",
    "sem": "se",
    "ci_low": "ci_low",
    "ci_high": "ci_high",
    "median": "median",
    "q1": "q1",
    "q3": "q3",
    "events": "count",
    "pct": "percent",
}
OF_CHANGE = {
    **{name: f"change_{OF_LEVEL[name]}" for name in ("mean", "sd", "sem", "ci_low", "ci_high", "median", "q1", "q3")},
    "pct": "change_percent",
    "pct_change": "change_percent",
}
REMARKS = {"arm", "timepoint", "n", "sd_valid", "sd_source", "note"}  # of a row: no figures of their own
LOCATORS = {"primary_abstract": "Abstract"}  # anything else was read as a text, whose parts the digest doesn't name

NOT_NAMED = ("not stated", "between groups", "")
NOT_PRINTED = ("not printed", "cut off", "not in excerpt", "")
P_VALUE = re.compile(r"[<>=≤≥]?\d*\.?\d+")
P_OF_SOMETHING_ELSE = re.compile(r"(\S+) \((\D+)\)")  # "0.32 (heterogeneity)"


def as_recorded(number: str) -> str:
    """The digits of a number of the digest, without a lone ".0".

    The digest writes whole numbers now as 135, now as 135.0, so ".0" doesn't show what the study printed. Fewer
    decimals mean a wider interval of values that round to the number: the careful reading of the two.
    """
    return number.removesuffix(".0")


def locator(record: Mapping[str, Any]) -> str:
    return LOCATORS.get(record["source_kind"], "Text")


def figures(one: Judged, mistakes: Mistakes) -> list[Row]:
    """All printed numbers of a record, in its own order; an SD that the digest derived is not among them."""
    found = []
    for outcome in one.record["outcomes"]:
        judged = one.named("outcomes")[outcome["name"]]
        if (outcome["value_type"] == "change") != ("change_between" in judged):
            said = f"outcome '{outcome['name']}' is a {outcome['value_type']} in the record"
            mistakes.add(one.place, f"{said}; change_between belongs to a change, and to nothing else")
            continue
        when = _moments(one, outcome, judged, mistakes)
        for row in outcome["rows"]:
            moved = one.moved(outcome["name"], row)
            arm = moved["to_arm"] if moved else one.named("arms")[row["arm"]]["id"]
            timepoint = moved["to_timepoint"] if moved else when[row["timepoint"]]
            found += _row(one, row, judged, (arm, timepoint), mistakes)
    return found


def _moments(one: Judged, outcome: Mapping, judged: Mapping, mistakes: Mistakes) -> dict[str, str]:
    """The timepoint id, or "before:after" of a change, for each timepoint that an outcome's rows name."""
    named = one.named("timepoints")
    order = [entry["id"] for entry in one.judgement["timepoints"]]
    kept = (row for row in outcome["rows"] if not one.moved(outcome["name"], row))
    names = list(dict.fromkeys(row["timepoint"] for row in kept))
    if "change_between" not in judged:
        return {name: named[name]["id"] for name in names}
    first, last = judged["change_between"]
    # Changes up to several timepoints share the first; each ends where its own name says.
    ends = {name: last if len(names) == 1 else named.get(name, {}).get("id", last) for name in names}
    for end in ends.values():
        known = [mistakes.one_of(one.place, "timepoint of change_between", moment, order) for moment in (first, end)]
        if all(known) and order.index(first) >= order.index(end):
            mistakes.add(one.place, f"the change {first}:{end} runs backward in the order of [[timepoints]]")
    if len(set(ends.values())) < len(names):
        mistakes.add(one.place, f"'{outcome['name']}' ends at {', '.join(names)}: give each its own [[timepoints]]")
    return {name: f"{first}:{end}" for name, end in ends.items()}


def _row(one: Judged, row: Mapping, judged: Mapping, at: tuple[str, str], mistakes: Mistakes) -> Iterator[Row]:
    """The figures of one row of the record: one arm at one time."""
    arm, timepoint = at
    place = f"{one.place}, {judged['name']}, {row['arm']}"
    names = OF_CHANGE if ":" in timepoint else OF_LEVEL
    blank = dict.fromkeys(FIGURE_COLUMNS, "")
    shared = {**blank, "arm": arm, "outcome": judged["id"], "timepoint": timepoint, "locator": locator(one.record)}
    if row.get("n") is not None and row["n"] != n_of_arm(one, arm):
        # Figures about a change have their n at its end, where people are missing.
        yield {**shared, "timepoint": timepoint.split(":")[-1], "statistic": "n", "value": row["n"]}
    for name, value in row.items():
        if name in REMARKS or value is None or (name == "sd" and row.get("sd_source")):
            continue
        if name == "events" and judged.get("events_inferred"):  # the digest's arithmetic, not printed
            continue
        if mistakes.one_of(place, "statistic", name, names):
            level = "yes" if name in ("events", "pct") and judged.get("scale") == "binary" else ""
            why = _why(row, judged, place, mistakes) if name == "sd" else ""
            yield {**shared, "statistic": names[name], "level": level, "value": as_recorded(value), "why": why}


def _why(row: Mapping, judged: Mapping, place: str, mistakes: Mistakes) -> str:
    """The reason beside an SD that the digest calls invalid; without one it is not written at all."""
    if row.get("sd_valid", True):
        return ""
    if not judged.get("sd_why"):
        mistakes.add(place, "the SD is recorded as not valid: name the reason with sd_why and give its [why.…]")
    return judged.get("sd_why", "")


def n_of_arm(one: Judged, arm: str) -> str | None:
    """The number of people that the record gives for a whole arm (by its id), None where it gives none."""
    names = {entry.get("name") for entry in one.judgement["arms"] if entry["id"] == arm}
    return next((listed["n"] for listed in one.record["arms"] if listed["name"] in names), None)


def claims(one: Judged, mistakes: Mistakes) -> list[Row]:
    """The reported tests of a record, each with its judgement."""
    return [
        _claim(one, printed, judged, mistakes)
        for printed, judged in zip(one.record["reported_tests"], one.judgement.get("tests", []), strict=True)
    ]


def _claim(one: Judged, printed: Mapping, judged: Mapping, mistakes: Mistakes) -> Row:
    p, beside = p_value(printed["p_as_printed"])
    if p is None:
        mistakes.add(f"{one.place}, test {judged['place']}", f"p '{printed['p_as_printed']}' is no number")
    named = printed["test"] or ""
    statement = judged.get("statement", {})
    cells = {
        "kind": "result",
        **{name: judged.get(name, "") for name in ("comparison", "outcome", "timepoint", "method", "direction")},
        "arms": "|".join(judged.get("arms", [])),
        "named": "" if named in NOT_NAMED else named,
        "statistic": "; ".join(filter(None, (printed["statistic"], beside))),
        "p": p or "",
        "statement_en": statement.get("en", ""),
        "statement_id": statement.get("id", ""),
        "locator": locator(one.record),
    }
    return {name: cells[name] for name in CLAIM_COLUMNS}


def p_value(printed: str | None) -> tuple[str | None, str]:
    """p as printed, with a decimal point and without spaces; beside it a p that isn't this test's.

    "" where no p is printed, None where the text is no p.
    """
    text = (printed or "").strip()
    if text in NOT_PRINTED:
        return "", ""
    if other := P_OF_SOMETHING_ELSE.fullmatch(text):
        return "", f"p {other[1]} ({other[2]})"
    plain = text.replace(" ", "").replace(",", ".")
    return (plain if P_VALUE.fullmatch(plain) else None), ""
