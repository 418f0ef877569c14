"""Small made-up study folders, written and read back: what a test needs to say and nothing else."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from analysis.studies import CLAIM_COLUMNS, FIGURE_COLUMNS, Study, load_study

ARMS = {"a": ("moringa", "20"), "b": ("usual-care", "25")}  # id: treatments (space between), n or ""
TIMES = ("before", "after")
MILK = {
    "milk": ("milk-volume", "continuous", "higher", "mL")
}  # id: family, scale, better, unit, and both ends of a score


def small_study(
    folder: Path,
    figures: Iterable[tuple[str, ...]] = (),
    claims: Iterable[dict[str, str]] = (),
    *,
    id: str = "small",
    arms: dict[str, tuple[str, str]] = ARMS,
    times: tuple[str, ...] = TIMES,
    outcomes: dict[str, tuple] = MILK,
    people: str = "",
    cluster: bool = False,
    crossover: bool = False,
    infants: str = "term",
    design: str = "randomised",
    source: str = "primary",
    same: tuple[str, ...] = (),
) -> Study:
    """A study of these figures: (arm, timepoint, statistic, value), then outcome, level and heading.

    A timepoint named "before" is the baseline. Claims are dicts of columns; the rest of them is filled in.
    """
    path = folder / id
    path.mkdir(parents=True)
    lines = [f'id = "{id}"', f'design = "{design}"', f"same_people_as = {list(same)}"]
    lines += ["[short_title]", f'en = "{id}"', f'id = "{id}"', "[source]", f'kind = "{source}"', "[population]"]
    lines += [f'infants = "{infants}"', 'window = "later"', f'people = "{people}"' if people else ""]
    lines += ["[allocation]", f'unit = "{"cluster" if cluster else "person"}"', f"crossover = {str(crossover).lower()}"]
    for arm, (treatments, n) in arms.items():
        lines += ["[[arms]]", f'id = "{arm}"', f'label = {{ en = "{arm}", id = "{arm}" }}', 'role = "intervention"']
        lines += [f"treatments = {treatments.split()}", 'n_known = "printed"', f'n = "{n}"' if n else ""]
    for outcome, (family, scale, better, unit, *ends) in outcomes.items():
        lines += ["[[outcomes]]", f'id = "{outcome}"', f'label = {{ en = "{outcome}", id = "{outcome}" }}']
        lines += [f'unit = {{ en = "{unit}", id = "{unit}" }}', f'scale = "{scale}"', f'better = "{better}"']
        lines += [
            f'family = "{family}"',
            *(f"{end} = {value}" for end, value in zip(("low", "high"), ends, strict=False)),
        ]
    for time in times:
        lines += ["[[timepoints]]", f'id = "{time}"', f'label = {{ en = "{time}", id = "{time}" }}']
        lines += ["baseline = true"] if time == "before" else []
    (path / "study.toml").write_text("\n".join(lines), encoding="utf-8")
    first = next(iter(outcomes))
    _write(path / "figures.csv", FIGURE_COLUMNS, (_row(row, first) for row in figures))
    blank = {"kind": "result", "comparison": "between", "arms": "a|b", "outcome": first, "timepoint": "after"}
    _write(path / "claims.csv", CLAIM_COLUMNS, ({**blank, "locator": "Table 1", **claim} for claim in claims))
    study = load_study(path)
    assert study.usable, [str(problem) for problem in study.problems]
    return study


def _row(row: tuple[str, ...], outcome: str) -> dict[str, str]:
    names = ("arm", "timepoint", "statistic", "value", "outcome", "level", "printed_as")
    return {"outcome": outcome, "locator": "Table 1"} | dict(zip(names, row, strict=False))


def _write(path: Path, columns: tuple[str, ...], rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def means(arm: str, mean: str, sd: str, time: str = "after", outcome: str = "milk") -> list[tuple[str, ...]]:
    """Mean and SD of one arm at one time."""
    return [(arm, time, "mean", mean, outcome), (arm, time, "sd", sd, outcome)]


def counts(arm: str, yes: str, time: str = "after", outcome: str = "milk") -> list[tuple[str, ...]]:
    """People of one arm who said yes."""
    return [(arm, time, "count", yes, outcome, "yes")]
