"""What `make simulate` kept, as a page for readers: tests/reference/validity.md."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version

from analysis import METHODS
from analysis.asking.validity import ENOUGH, SIZES, rate_of
from analysis.words import say_in
from tests.server import ROOT

TABLE = ROOT / "tests" / "reference" / "validity.md"
PACKAGES = ("numpy", "scipy", "statsmodels", "pingouin")
ABOUT = """# Does each test keep what it promises?

Made by `make simulate`, which also writes `analysis/asking/validity/results.csv`, where the screens read it. Samples in
which nothing truly differs are drawn again and again; the error is the share of p ≤ 0.05, and should be 0.05.
Coverage is the share of 95% intervals that hold the truth, and should be 0.95. Errors stand on the samples that a
test answered; what it refused (nobody changed, everybody alike) is counted apart.

**Samples.** n people per group, or pairs: 8, 14, 17, 30. One person's values before and after correlate at 0.5
(tied data: 0.8) before they are cut to scores, and may be exchanged.

| shape | values |
|---|---|
| normal | normal, SD 1 |
| skewed | lognormal: e to the power of a normal value, SD 1 |
| ordinal | five scores, held by 10, 20, 30, 25 and 15% of the people |
| tied | four scores, held by 5, 45, 45 and 5%; seven in ten changes are 0 |
| yes-half, yes-fifth | 50% or 20% say yes |
| normal-shifted | normal, standardised difference 0.5: for coverage only |

Tests of many groups see three groups, repeated tests and mixed ANOVA three timepoints, ANCOVA and the mixed model
two. Equivalence tests are run where the true difference is as large as their margin (10, far beyond the scatter),
which is where they err most; their interval has level 90%. Tests from summaries get mean and SD unrounded. The
error of pairwise tests is that of all comparisons together, and so is their coverage. Random tests and bootstraps
use their own fixed seed as they do on screen. η², V and their like can't lie below 0: an interval of theirs misses
only on one side, and 0.975 is what it promises.

In **bold**: the whole Monte-Carlo interval (Wilson, 95%) lies above 0.06 (liberal); in *italics*: below 0.04
(conservative). Only these get a sentence on screen, and only where at least ENOUGH samples were answered: chance
alone would put others there. Tests that take long have fewer repetitions; the tables say how many.
"""
WHY = """## Why

- **Exact tests of scores are conservative, and that is no fault.** With ties and few people a rank sum, a count of
  risers or a table can take few values, so that no p lies just below 0.05: the error jumps from 0.02 to over 0.05
  and must stay below. It is never above 0.05 beyond chance (a theorem, tested). What it costs is power: a true
  difference is overlooked more often. Mid-p and the normal approximation spend what exactness saves, and pay with
  errors above 0.05 in some cells.
- **Heavy tails make t tests cautious, not liberal**, as long as both samples have the same shape: one far-out value
  widens the SD more than it moves the mean.
- **z instead of t is too bold with few people:** the mixed model takes its variances as known, and its note says so;
  few repetitions can't measure by how much.
- **An interval and a p of one test may promise different things:** Hodges–Lehmann's interval takes no account of
  ties and covers more than 95% where there are many.
"""


def table(rows: Sequence[Mapping[str, str]]) -> str:
    """The page: what was simulated, what stands out and why, errors and coverage of every cell."""
    made_with = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    last = f"Last run with Python {platform.python_version()}, {made_with}; seed 20261122 and the name of the cell.\n"
    parts = [ABOUT.replace("ENOUGH", str(ENOUGH)), last, _tests(), _standing_out(rows), WHY]
    parts += [_section("Errors", "error", rows)]
    parts += [_section("Coverage of the estimate", "coverage", rows, "estimate")]
    parts += [_section("Coverage of the effect size", "effect_coverage", rows, "effect")]
    return "\n".join(parts)


def _tests() -> str:
    """What each test asks, in the words of the screens."""
    say = say_in("en")
    heads = ["## Tests\n", "| id | test | design | what it asks |", "|---|---|---|---|"]
    rows = [
        f"| `{key}` | {say(f'method.{key}')} | {method.design} | {say(f'method-help.{key}')} |"
        for key, method in METHODS.items()
    ]
    return "\n".join([*heads, *rows, ""])


def _standing_out(rows: Sequence[Mapping[str, str]]) -> str:
    lines = ["## What stands out\n"]
    for title, is_so in (("Liberal", _liberal), ("Conservative", _conservative)):
        lines.append(f"**{title}** (error, n in brackets):\n")
        lines += [line for group in _grouped(rows) if (line := _cells_that(group, is_so))] or ["- none"]
        lines.append("")
    return "\n".join(lines)


def _cells_that(group: Sequence[Mapping[str, str]], is_so) -> str:
    found = [f"{float(row['error']):.3f} ({row['n']})" for row in group if row["error"] and is_so(row)]
    return f"- {_name(group[0])}, {group[0]['shape']}: {', '.join(found)}" if found else ""


def _liberal(row: Mapping[str, str]) -> bool:
    return rate_of(row).beyond > 0


def _conservative(row: Mapping[str, str]) -> bool:
    return rate_of(row).beyond < 0


def _section(title: str, column: str, rows: Sequence[Mapping[str, str]], name: str = "") -> str:
    """One line per test, variant and shape; a column per number of people."""
    heads = ["test", "shape", *([name] if name else []), *(f"n = {n}" for n in SIZES), "repetitions"]
    heads += [] if name else ["refused"]
    lines = [f"## {title}\n", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for group in _grouped(rows):
        if any(row[column] for row in group):
            cells = [_name(group[0]), group[0]["shape"], *([next(r[name] for r in group if r[name])] if name else [])]
            cells += [_marked(row, column) for row in group]
            cells.append(group[0]["repetitions"])
            cells += [] if name else [", ".join(row["refused"] for row in group) if _any_refused(group) else "0"]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _marked(row: Mapping[str, str], column: str) -> str:
    if not row[column]:
        return "—"
    shown = f"{float(row[column]):.3f} [{float(row[f'{column}_low']):.3f}, {float(row[f'{column}_high']):.3f}]"
    if column != "error":
        return shown
    return f"**{shown}**" if _liberal(row) else f"*{shown}*" if _conservative(row) else shown


def _any_refused(group: Iterable[Mapping[str, str]]) -> bool:
    return any(int(row["refused"]) for row in group)


def _name(row: Mapping[str, str]) -> str:
    return f"`{row['method']}` {row['variant']}".rstrip()


def _grouped(rows: Sequence[Mapping[str, str]]) -> list[list[Mapping[str, str]]]:
    """Rows of one test, variant and shape, by number of people, tests in the order of the registry."""
    groups: dict[tuple[int, str, str], list[Mapping[str, str]]] = {}
    order = {key: place for place, key in enumerate(METHODS)}
    for row in rows:
        groups.setdefault((order[row["method"]], row["variant"], row["shape"]), []).append(row)
    return [sorted(group, key=lambda row: int(row["n"])) for _, group in sorted(groups.items(), key=lambda g: g[0][0])]
