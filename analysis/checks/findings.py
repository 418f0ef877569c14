"""The rules applied to a study's figures: each finds its own material, none knows a study."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from analysis.checks import design, numbers, percentages
from analysis.checks.conventions import USUAL, count_beside, habits, means_of_change, mixed_conventions
from analysis.checks.verdicts import consistent, inconsistent
from analysis.results import Note, Verdict
from analysis.studies import Figure, Study

CONSEQUENCES = ("conclusion", "number", "unknown", "style", "none")


@dataclass(frozen=True)
class Finding:
    """What one rule says of one printed number or claim.

    `consequence` orders findings: does a "conclusion" of the study hang on it, is a "number"
    contradicted, is something "unknown", a matter of "style", or is it consistent ("none").
    `rows` are the rows of `file` that it speaks of; `arm` and `outcome` may be blank.
    """

    rule: str
    verdict: Verdict
    consequence: str
    file: str
    rows: tuple[int, ...]
    locator: str
    arm: str = ""
    outcome: str = ""
    printed: str = ""


def figure_findings(study: Study) -> Iterator[Finding]:
    """All rules about figures, applied where their material is printed; what we worked out ourselves isn't."""
    if study.people:
        study = replace(study, figures=tuple(figure for figure in study.figures if not figure.of_people))
    for figure in study.figures:
        for rule, verdict in _verdicts(study, figure):
            yield _finding(rule, verdict, (figure,))
    for group in _printed_in_one_place(study).values():
        yield from _totals(study, group)
    for group in _same_number(study).values():
        if len(group) > 1:
            yield _finding("printed_twice", design.printed_twice(tuple(f.value for f in group)), group)
    yield from _rank_sums(study)
    yield from _wholes(study)
    yield from _mixed(study)


def _finding(rule: str, verdict: Verdict, figures: tuple[Figure, ...] | list[Figure]) -> Finding:
    first = figures[0]
    return Finding(
        rule, verdict, _consequence(verdict), "figures.csv", tuple(f.row for f in figures),
        "; ".join(dict.fromkeys(f.locator for f in figures)), first.arm, first.outcome,
        ", ".join(_texts(figures)),
    )  # fmt: skip


def _texts(figures: tuple[Figure, ...] | list[Figure]) -> tuple[str, ...]:
    """What they print, each text once."""
    return tuple(dict.fromkeys(f.value for f in figures))


def _consequence(verdict: Verdict) -> str:
    return {"inconsistent": "number", "cannot tell": "unknown", "consistent": "none"}[verdict.status]


def _verdicts(study: Study, figure: Figure) -> Iterator[tuple[str, Verdict]]:
    """Rules about a figure by itself, or beside the n, mean or SD that belong to it."""
    statistic = figure.printed_as.split()[0] if figure.printed_as else figure.statistic
    if statistic == "mean" and figure.printed_as and (scale := _scale(study, figure)):
        yield "mean_on_scale", _on_scale(figure.value, *scale)
    elif statistic in RULES_OF:
        yield from RULES_OF[statistic](study, figure)


def _scale(study: Study, figure: Figure) -> tuple[int, int] | None:
    """Both ends of the outcome's scale, where the card has both."""
    measure = study.outcomes[figure.outcome]
    return None if measure.low is None or measure.high is None else (measure.low, measure.high)


def _scored(study: Study, figure: Figure) -> str | None:
    """How many people with whole scores a figure is about."""
    measure = study.outcomes[figure.outcome]
    return measured(study, figure) if measure.scale == "ordinal" and measure.step == 1 else None


def _of_mean(study: Study, figure: Figure) -> Iterator[tuple[str, Verdict]]:
    if (n := _scored(study, figure)) is not None:
        yield "grim", numbers.grim(figure.value, n)


def _of_sd(study: Study, figure: Figure) -> Iterator[tuple[str, Verdict]]:
    n, mean = _scored(study, figure), _beside(study, figure, "mean")
    if n is not None and mean:
        yield "grimmer", numbers.grimmer(mean, figure.value, n)
        if scale := _scale(study, figure):
            yield "sd_bounds", numbers.sd_bounds(mean, figure.value, n, *scale)


def _of_median(study: Study, figure: Figure) -> Iterator[tuple[str, Verdict]]:
    if (n := _scored(study, figure)) is not None:
        yield "median_possible", numbers.median_possible(figure.value, n, study.outcomes[figure.outcome].step)


def _of_change_sd(study: Study, figure: Figure) -> Iterator[tuple[str, Verdict]]:
    yield "sd_of_change_possible", _sd_of_change(study, figure)


def _of_change_mean(study: Study, figure: Figure) -> Iterator[tuple[str, Verdict]]:
    if ends := means_of_change(study, figure):
        yield "change_arithmetic", numbers.change_arithmetic(*ends, figure.value)


def _of_change_percent(study: Study, figure: Figure) -> Iterator[tuple[str, Verdict]]:
    if ends := means_of_change(study, figure):
        yield "percent_change", percentages.percent_change(*ends, figure.value)


def measured(study: Study, figure: Figure) -> str | None:
    """How many people a figure is about."""
    return study.measured(figure.arm, figure.outcome, figure.timepoint)


def _on_scale(value: str, low: int, high: int) -> Verdict:
    inside = low <= float(value) <= high
    said = {"mean": value, "low": str(low), "high": str(high)}
    return consistent("sd-bounds.mean-inside", **said) if inside else inconsistent("sd-bounds.mean-outside", **said)


def _beside(study: Study, figure: Figure, statistic: str) -> str | None:
    return study.value(statistic, figure.arm, figure.outcome, figure.timepoint, figure.level)


def _of_percent(study: Study, figure: Figure) -> Iterator[tuple[str, Verdict]]:
    n = measured(study, figure)
    if not figure.level:
        return
    if (count := count_beside(study, figure)) is not None and n:
        yield "percentage", percentages.percentage(count, n, figure.value, _everybody(study, figure))
    else:
        yield "percentage_possible", percentages.percentage_possible(figure.value, n)


RULES_OF: dict[str, Callable[[Study, Figure], Iterator[tuple[str, Verdict]]]] = {
    "mean": _of_mean,
    "sd": _of_sd,
    "median": _of_median,
    "percent": _of_percent,
    "change_sd": _of_change_sd,
    "change_mean": _of_change_mean,
    "change_percent": _of_change_percent,
}


def _everybody(study: Study, figure: Figure) -> int | None:
    """People of all arms together, where their numbers are printed."""
    sizes = [study.measured(arm, figure.outcome, figure.timepoint) for arm in study.arms]
    printed = [int(size) for size in sizes if size and size.isdecimal()]
    return sum(printed) if len(printed) == len(sizes) else None


def _sd_of_change(study: Study, figure: Figure) -> Verdict:
    first, last = figure.timepoint.split(":")
    before, after = (study.value("sd", figure.arm, figure.outcome, t) for t in (first, last))
    return numbers.sd_of_change_possible(figure.value, before, after)


def _printed_in_one_place(study: Study) -> dict[tuple[str, ...], list[Figure]]:
    """Figures by arm, outcome, timepoint and table row or sentence."""
    groups: dict[tuple[str, ...], list[Figure]] = {}
    for f in study.figures:
        groups.setdefault((f.arm, f.outcome, f.timepoint, f.locator.split(", column")[0]), []).append(f)
    return groups


def _totals(study: Study, group: list[Figure]) -> Iterator[Finding]:
    """Improved + worsened + unchanged, and counts whose percentages cover everybody, must give n."""
    n = measured(study, group[0])
    if n is None:
        return
    changes = [f for f in group if f.statistic in ("improved", "worsened", "unchanged")]
    if len(changes) == 3:
        yield _finding("counts_total", numbers.counts_total(tuple(f.value for f in changes), n), changes)
    percents = [f for f in group if f.statistic == "percent" and f.level]
    counts = [f for f in group if f.statistic == "count" and f.level]
    if len(percents) > 1 and len(counts) == len(percents):
        whole = percentages.percentages_total(tuple(f.value for f in percents))
        yield _finding("percentages_total", whole, percents)
        if whole.status == "consistent":
            yield _finding("counts_total", numbers.counts_total(tuple(f.value for f in counts), n), counts)


def _same_number(study: Study) -> dict[tuple[str, ...], list[Figure]]:
    """Figures that claim, by their own headings, to be the same number."""
    groups: dict[tuple[str, ...], list[Figure]] = {}
    for f in study.figures:
        statistic, timepoint = f.printed_as.split() if f.printed_as else (f.statistic, f.timepoint)
        groups.setdefault((f.arm, f.outcome, timepoint, statistic, f.level), []).append(f)
    return groups


def _rank_sums(study: Study) -> Iterator[Finding]:
    for figure in study.figures:
        if figure.statistic == "mean_rank_positive":
            place = (figure.arm, figure.outcome, figure.timepoint)
            negative = study.value("mean_rank_negative", *place)
            up, down = study.value("improved", *place), study.value("worsened", *place)
            if negative and up and down:
                yield _finding("rank_sums", numbers.rank_sums(figure.value, up, negative, down), (figure,))


def _wholes(study: Study) -> Iterator[Finding]:
    """Outcomes that the card names as the parts of one whole must add up to 100%."""
    for parts in study.card.get("parts_of_a_whole", []):
        for arm in study.arms:
            for timepoint in study.timepoints:
                shares = [study.find(statistic="percent", arm=arm, outcome=o, timepoint=timepoint) for o in parts]
                if all(shares):
                    figures = [found[0] for found in shares]
                    yield _finding(
                        "percentages_total", percentages.percentages_total(tuple(f.value for f in figures)), figures
                    )


def _mixed(study: Study) -> Iterator[Finding]:
    """Once for a study: numbers that fit only by a habit beside others that don't fit by it."""
    found: dict[str, list[Figure]] = {}
    for habit, figure in habits(study):
        found.setdefault(habit, []).append(figure)
    for habit, usual in USUAL.items():
        if habit in found:
            of_usual, of_other = found.get(usual, []), found[habit]
            verdict = mixed_conventions(_texts(of_usual), _texts(of_other), habit)
            finding = _finding("mixed_conventions", verdict, of_other)
            yield replace(finding, arm="", outcome="", consequence="style" if of_usual else "none")


def arm_findings(study: Study) -> Iterator[Finding]:
    """Rules about arms against each other; doses of one treatment differ in amount alone."""
    for a, b in combinations(study.arms.values(), 2):
        if a.treatments and a.treatments == b.treatments:
            continue
        verdict = design.dose_confounded(a.dose.get("en", ""), b.dose.get("en", ""))
        verdict = replace(verdict, explanation=Note(verdict.explanation.key, {"a": a.dose, "b": b.dose}))
        consequence = "conclusion" if verdict.status == "inconsistent" else "none"
        yield Finding("dose_confounded", verdict, consequence, "study.toml", (), "", a.id)
