"""Folders of studies that never were, for measuring speed and memory: made-up numbers, the same for the same seed.

Every folder is a valid one with all facets and [bias]. They vary as real ones do: design, treatments, outcome
families, scales, two to four arms, and what is printed (means with SD, SE or an interval, medians, counts, a
change, or only a p). As in the real library, scores of several items are cards' "continuous" without ends: searching
the people behind each mean of a long scale is a question of `analysis.recover`, not of this measure.

`python -m tests.synthetic FOLDER NUMBER` writes some to look at.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from analysis.digest.figures import Row
from analysis.studies import (
    CLAIM_COLUMNS,
    CONTROLS,
    DOMAINS,
    FIGURE_COLUMNS,
    INFANTS,
    JUDGEMENTS,
    NO_INFORMATION,
    TREATMENTS,
    csv_text,
    toml_text,
)
from analysis.studies.bias import ROB2, ROBINS_I
from analysis.studies.facets import WINDOWS

SEED = 1
GIVEN = tuple(name for name, group in TREATMENTS.items() if group not in ("control", "unknown"))
DESIGNS = ("randomised", "randomised", "quasi-experiment", "observational")
# Outcome, family, scale, unit, direction of better, a usual mean and SD; ends of a scale.
OUTCOMES = (
    ("milk", "milk-volume", "continuous", "mL/day", "higher", 420, 130, None),
    ("prolactin", "prolactin", "continuous", "ng/mL", "higher", 150, 45, None),
    ("weight-gain", "infant-weight", "continuous", "g/day", "higher", 27, 8, None),
    ("adequacy", "adequacy", "ordinal", "points", "higher", 3.4, 1, (1, 5)),
    ("knowledge", "knowledge", "continuous", "points", "higher", 22, 4, None),
    ("confidence", "self-efficacy", "continuous", "points", "higher", 50, 8, None),
    ("exclusive", "exclusive-breastfeeding", "binary", "mothers", "higher", 0.6, 0, None),
    ("adverse", "other", "binary", "mothers", "lower", 0.1, 0, None),
)
PRINTED = ("sd", "sd", "sd", "se", "interval", "median", "change", "p")
BEFORE, TIMES = "before", ("day-3", "day-7", "day-14")


def write(root: Path, number: int, seed: int = SEED) -> None:
    """Write so many study folders into an existing directory; those of 300 begin as those of 1,000 do."""
    for place in range(1, number + 1):
        draw = random.Random(f"{seed}/{place}")
        folder = root / f"synthetic-{place:04d}"
        folder.mkdir()
        card = _card(folder.name, place, draw)
        figures, claims = _rows(card, draw)
        (folder / "study.toml").write_text(toml_text(card), encoding="utf-8")
        (folder / "figures.csv").write_text(csv_text(FIGURE_COLUMNS, figures), encoding="utf-8")
        (folder / "claims.csv").write_text(csv_text(CLAIM_COLUMNS, claims), encoding="utf-8")


def _both(en: str, indonesian: str) -> dict[str, str]:
    return {"en": en, "id": indonesian}


def _card(name: str, place: int, draw: random.Random) -> dict[str, Any]:
    design = draw.choice(DESIGNS)
    short = _both(f"Synthetic {place}", f"Sintetis {place}")
    made_up = _both("Made up for measuring speed: no study.", "Dibuat untuk mengukur kecepatan: bukan penelitian.")
    arms = _arms(draw)
    return {
        "id": name, "year": draw.randint(1985, 2025),
        "country": draw.choice(("Indonesia", "Iran", "Canada", "Thailand")),
        "design": design, "licence": "none", "retrieved": "2026-11-22",
        "citation": f"Synthetic study {place}. Made up.",
        "source": {"kind": draw.choice(("primary", "abstract")), "digest": True},
        "population": {"infants": draw.choice(INFANTS), "window": draw.choice(WINDOWS),
                       "people": str(sum(int(arm["n"]) for arm in arms))},
        "allocation": {"unit": "cluster", "clusters": "8"} if draw.random() < 0.1 else {"unit": "person"},
        "title": short, "short_title": short, "setting": made_up, "result": made_up,
        "cannot_tell": [made_up], "notes": [made_up],
        "arms": arms,
        "outcomes": _outcomes(draw),
        "timepoints": [
            {"id": BEFORE, "label": _both("Before", "Sebelum"), "day": 0, "baseline": True},
            *({"id": time, "label": _both(time.replace("-", " "), time.replace("day-", "hari ke-")),
               "day": int(time.removeprefix("day-"))} for time in TIMES[: draw.randint(1, len(TIMES))]),
        ],
        "bias": _bias(ROB2 if design == "randomised" else ROBINS_I, draw),
    }  # fmt: skip


def _arms(draw: random.Random) -> list[dict[str, Any]]:
    """One to three treatments, most often beside a control."""
    given = draw.sample(GIVEN, draw.choice((1, 1, 2, 3)))
    sets = [[name] if draw.random() < 0.85 else sorted({name, "education"}) for name in given]
    if len(sets) == 1 or draw.random() < 0.8:
        sets.append([draw.choice(CONTROLS)])
    return [
        {
            "id": f"arm-{place}", "label": _both(" + ".join(names), " + ".join(names)),
            "role": "control" if names[0] in CONTROLS else "intervention", "treatments": names,
            "n": str(draw.randint(12, 80)), "n_known": "printed",
            "dose": _both("made up", "rekaan"), "duration": _both("14 days", "14 hari"),
        }
        for place, names in enumerate(sets, start=1)
    ]  # fmt: skip


def _outcomes(draw: random.Random) -> list[dict[str, Any]]:
    """Milk volume in half of the studies, with one or two of the others."""
    chosen = [OUTCOMES[0]] if draw.random() < 0.5 else []
    chosen += draw.sample(OUTCOMES[1:], draw.choice((1, 2)))
    return [
        {"id": name, "label": _both(name, name), "unit": _both(unit, unit), "scale": scale, "better": better,
         "family": family, **({"low": ends[0], "high": ends[1]} if ends else {})}
        for name, family, scale, unit, better, _, _, ends in chosen
    ]  # fmt: skip


def _bias(tool: str, draw: random.Random) -> dict[str, Any]:
    """A judgement and its reason for most domains; nothing overall, which the tool's rule then gives."""
    words = [word for word in JUDGEMENTS[tool] if word != "critical"]
    reason = _both("Made up.", "Rekaan.")
    judged = [domain for domain in DOMAINS[tool] if draw.random() < 0.9]
    return {
        "tool": tool,
        **{one: {"judgement": draw.choice([*words, NO_INFORMATION]), "reason": reason} for one in judged},
    }


# -- what the studies print --------------------------------------------------------------------------------------------


def _rows(card: dict[str, Any], draw: random.Random) -> tuple[list[Row], list[Row]]:
    figures: list[Row] = []
    claims = []
    times = [time["id"] for time in card["timepoints"]]
    for outcome in card["outcomes"]:
        way = draw.choice(PRINTED) if outcome["scale"] == "continuous" else "counts"
        for arm in card["arms"]:
            for when, statistic, level, value in _printed(way, outcome, arm, times, draw):
                figures.append({"arm": arm["id"], "outcome": outcome["id"], "timepoint": when, "statistic": statistic,
                                "level": level, "value": value, "locator": "Table 1"})  # fmt: skip
        claims.append(_claim(outcome, card["arms"], times, way, draw))
    return figures, claims


def _printed(
    way: str, outcome: dict[str, Any], arm: dict[str, Any], times: list[str], draw: random.Random
) -> Iterator[tuple[str, str, str, str]]:
    """(timepoint, statistic, level, value) of one arm."""
    mean, sd = next((mean, sd) for name, *_, mean, sd, _ in OUTCOMES if name == outcome["id"])
    n = int(arm["n"])
    if way == "counts":
        low, high = outcome.get("low"), outcome.get("high")
        answers = [min(high, max(low, round(draw.gauss(mean, sd)))) if high else draw.random() < mean for _ in range(n)]
        levels = range(low, high + 1) if high else (True, False)
        names = {True: "yes", False: "no"} if not high else {level: str(level) for level in levels}
        yield from ((times[-1], "count", names[level], str(answers.count(level))) for level in levels)
        return
    helped = sd * draw.gauss(0.1 if arm["role"] == "control" else 0.5, 0.3)
    for place, when in enumerate(times):
        centre = mean + draw.gauss(0, sd / 5) + helped * place / (len(times) - 1)
        yield from ((when, name, "", f"{value:.2f}") for name, value in _at_once(way, centre, sd, n, draw))
    if way == "change":
        span = f"{times[0]}:{times[-1]}"
        yield from ((span, "change_mean", "", f"{helped:.2f}"), (span, "change_sd", "", f"{0.8 * sd:.2f}"))


def _at_once(way: str, mean: float, sd: float, n: int, draw: random.Random) -> Iterator[tuple[str, float]]:
    spread = sd * draw.uniform(0.8, 1.25)
    if way == "median":
        yield from (("median", mean), ("q1", mean - 0.7 * spread), ("q3", mean + 0.65 * spread))
        return
    yield "mean", mean
    if way in ("sd", "change"):
        yield "sd", spread
    elif way == "se":
        yield "se", spread / n**0.5
    elif way == "interval":
        yield from (("ci_low", mean - 2 * spread / n**0.5), ("ci_high", mean + 2 * spread / n**0.5))


def _claim(outcome: dict[str, Any], arms: list[dict[str, Any]], times: list[str], way: str, draw: random.Random) -> Row:
    """The test of the first arm against the last; t tests where means are compared."""
    return {
        "kind": "result", "comparison": "between", "arms": f"{arms[0]['id']}|{arms[-1]['id']}",
        "outcome": outcome["id"], "timepoint": times[-1], "method": "independent-t" if way == "p" else "", "named": "",
        "p": f"{draw.uniform(0.001, 0.4):.3f}", "statement_en": "Made up.", "statement_id": "Rekaan.",
        "locator": "Table 1",
    }  # fmt: skip


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
