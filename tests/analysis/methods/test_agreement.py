"""p and interval agree: swept over all small tables and samples; where an interval parts from p, a note names it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations_with_replacement, pairwise, product

import numpy as np
import pytest
from scipy import stats

from analysis import NotApplicable, Outcome, run
from analysis.methods import groups, paired
from analysis.methods.agreement import NO_DIFFERENCE
from analysis.words import LANGUAGES, say_in

EXACT, NORMAL, MID_P = {"exact": True}, {"exact": False}, {"mid_p": True}
ALPHA = 0.05


def tables(most: int) -> Iterator[list[list[int]]]:
    """Every table of two groups of at most so many, in which both answers were given."""
    for n_a, n_b in product(range(1, most + 1), repeat=2):
        for a, b in product(range(n_a + 1), range(n_b + 1)):
            if 0 < a + b < n_a + n_b:
                yield [[a, n_a - a], [b, n_b - b]]


def changes(values: tuple[int, ...], most: int) -> Iterator[np.ndarray]:
    """Every sample of so many changes at most, of which not all are 0."""
    for n in range(1, most + 1):
        yield from (np.array(one, float) for one in combinations_with_replacement(values, n) if any(one))


def two_groups(values: tuple[int, ...], most: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    for m, n in product(range(1, most + 1), repeat=2):
        for a, b in product(*(combinations_with_replacement(values, size) for size in (m, n))):
            yield np.array(a, float), np.array(b, float)


def apart(found: Outcome) -> set[str]:
    """Names of all intervals that lie on another side of no difference than p."""
    shown = [(found.estimate_name, found.interval), (found.effect_name, found.effect_interval)]
    shown += [(effect.kind, effect.interval) for effect in found.others]
    return {
        name
        for name, ends in shown
        if ends and (not ends[0] <= NO_DIFFERENCE.get(name, 0.0) <= ends[1]) != (found.p < 1 - found.confidence)
    }


def told(found: Outcome, *keys: str) -> set[str]:
    return {name for note in found.notes if note.key in keys for name in note.values["of"]}


def assert_agrees_or_tells(found: Outcome) -> None:
    named = told(found, "interval-and-p", "interval-open", "interval-from-0")
    short = any(note.key == "interval-level" for note in found.notes)
    assert apart(found) - {found.estimate_name if short else ""} == named, found
    assert found.estimate_name not in told(found, "interval-and-p"), found  # its own interval inverts the test


@pytest.mark.parametrize("method", ["fisher", "boschloo", "chi-square"])
def test_p_and_intervals_of_all_small_tables_agree(method):
    """And so do difference and ratio, whose limits come from the same test."""
    for counts in tables(4):
        found = run(method, counts)
        assert_agrees_or_tells(found)
        assert not {"risk_difference", "risk_ratio", "odds_ratio"} & told(found, "interval-and-p")


@pytest.mark.parametrize("options", [EXACT, NORMAL, MID_P])
def test_p_and_intervals_of_all_who_changed_an_answer_agree(options):
    for gained, lost in product(range(11), repeat=2):
        if gained + lost:
            after = np.repeat([1, 0], [gained, lost])
            assert apart(run("mcnemar", 1 - after, after, **options)) == set()


@pytest.mark.parametrize(("method", "options"), [("sign", {}), ("wilcoxon", EXACT), ("wilcoxon", NORMAL)])
def test_p_and_intervals_of_all_small_samples_of_changes_agree(method, options):
    for change in changes((-1, 0, 1, 3), 7):
        assert_agrees_or_tells(run(method, 0 * change, change, **options))


@pytest.mark.parametrize("options", [EXACT, NORMAL])
def test_p_and_intervals_of_all_small_groups_agree(options):
    for a, b in two_groups((1, 2, 4), 3):
        assert_agrees_or_tells(run("mann-whitney", a, b, **options))


@pytest.mark.parametrize("method", ["independent-t", "welch-t", "brunner-munzel", "yuen", "permutation", "kruskal"])
def test_where_an_interval_parts_from_p_a_note_names_it(method):
    for a, b in two_groups((1, 2, 4), 3):
        try:
            found = run(method, a, b)
        except NotApplicable:
            continue
        assert apart(found) <= told(found, "interval-and-p", "interval-open", "interval-from-0")


def hull(turns: list[float], p_at: Callable[[float], float]) -> tuple[float, float]:
    """The definition: from the outermost differences that aren't rejected, each turn and each gap looked at."""
    turns = sorted(set(turns))
    gaps = [turns[0] - 1, *((low + high) / 2 for low, high in pairwise(turns)), turns[-1] + 1]
    ends = [(gap, turns[max(k - 1, 0)], turns[min(k, len(turns) - 1)]) for k, gap in enumerate(gaps)]
    held = [end for end in [*ends, *((turn,) * 3 for turn in turns)] if p_at(end[0]) >= ALPHA]
    return min(low for _, low, _ in held), max(high for _, _, high in held)


@pytest.mark.parametrize(
    ("method", "options", "p_of"),
    [("sign", {}, paired._sign_p), ("wilcoxon", EXACT, paired._exact_p), ("wilcoxon", NORMAL, paired._normal_p)],
)
def test_the_interval_of_changes_is_all_that_the_test_leaves(method, options, p_of):
    for change in changes((-2, 0, 1, 3), 7):
        averages = [(one + other) / 2 for one in change for other in change]
        wanted = hull(list(change) if method == "sign" else averages, lambda shift, d=change: p_of(4 * (d - shift)))
        assert run(method, 0 * change, change, **options).interval == wanted


@pytest.mark.parametrize(("options", "p_of"), [(EXACT, groups._exact_p), (NORMAL, groups._normal_p)])
def test_the_interval_of_groups_is_all_that_the_test_leaves(options, p_of):
    for a, b in two_groups((1, 2, 4), 3):
        gaps = np.subtract.outer(a, b).ravel().tolist()
        wanted = hull(gaps, lambda shift, a=a, b=b: p_of(4 * (a - shift), 4 * b))
        assert run("mann-whitney", a, b, **options).interval == wanted


@pytest.mark.parametrize("method", ["fisher", "boschloo"])
def test_exact_limits_hold_the_truth_as_often_as_they_say(method):
    """Every table of 4 and 6 people, weighed by its chance: difference, ratio and odds ratio."""
    intervals = {}
    for a, b in product(range(5), range(7)):
        if 0 < a + b < 10:
            found = run(method, [[a, 4 - a], [b, 6 - b]])
            intervals[a, b] = (found.effect_interval, found.others[0].interval, found.interval)
    shares = np.linspace(0.04, 0.96, 13)
    chance_a, chance_b = (stats.binom.pmf(np.arange(n + 1)[:, None], n, shares) for n in (4, 6))
    for i, j in product(range(13), repeat=2):
        p, q = shares[i], shares[j]
        held = np.zeros(3)
        for a, b in product(range(5), range(7)):
            truths = (p - q, p / q, p * (1 - q) / (q * (1 - p)))
            ends = intervals.get((a, b), [(-np.inf, np.inf)] * 3)
            inside = [low - 1e-9 <= truth <= high + 1e-9 for truth, (low, high) in zip(truths, ends, strict=True)]
            held += chance_a[a, i] * chance_b[b, j] * np.array(inside)
        assert held.min() >= 1 - ALPHA


def test_an_interval_that_cannot_reach_its_level_says_which_it_has():
    """Four people: 1 − 2/2⁴; three against three: 1 − 2/20."""
    for method, samples, percent in (
        ("wilcoxon", ([0, 0, 0, 0], [1, 2, 3, 4.5]), "87.5"),
        ("hodges-lehmann-paired", ([0, 0], [1, 2]), "50"),
        ("sign", ([0, 0, 0, 0], [1, 2, 3, 4.5]), "87.5"),
        ("mann-whitney", ([4, 5, 6], [1, 2, 3]), "90"),
    ):
        found = run(method, *samples)
        (note,) = (note for note in found.notes if note.key == "interval-level")
        assert note.values["percent"] == percent
        assert all(say_in(language).note(note, "note") for language in LANGUAGES)
    enough = run("wilcoxon", [0] * 6, [1, 2, 3, 4.5, 7, 8])
    assert "interval-level" not in [note.key for note in enough.notes]


def test_people_without_change_leave_an_open_end():
    """Three unchanged and six who rose: 0 is rejected, anything above it isn't."""
    found = run("sign", [0] * 9, [0, 0, 0, 1, 1, 1, 1, 1, 1])
    assert (round(found.p, 3), found.interval) == (0.031, (0.0, 1.0))
    assert told(found, "interval-open") == {"median_difference"}
