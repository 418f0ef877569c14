"""Recovery: the truth is always among the data sets found, and nothing found prints otherwise than given."""

from __future__ import annotations

import itertools
import statistics
from collections import Counter
from fractions import Fraction
from itertools import combinations_with_replacement, permutations, product
from math import comb

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.stats import pearsonr, rankdata, ttest_rel, wilcoxon

from analysis import NotApplicable
from analysis.recover import Budget, Margin, Printed, distributions, p_matches, p_upper, pairs
from analysis.recover.budget import ENDLESS
from analysis.studies import recover_arm
from tests.analysis.stopwatch import within

QUICK = 0.5  # seconds; a reader types and waits
LOW, HIGH = 1, 5
quietly = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
scores = st.lists(st.integers(LOW, HIGH), min_size=2, max_size=12)
scores_of_pairs = st.lists(st.tuples(st.integers(LOW, HIGH), st.integers(LOW, HIGH)), min_size=3, max_size=7)


def printed_as(value: float | Fraction, decimals: int) -> str:
    return f"{float(value):.{decimals}f}"


def mean_of(sample) -> Fraction:
    return Fraction(sum(sample), len(sample))


def as_table(sample, low=LOW, high=HIGH) -> list[int]:
    return [list(sample).count(level) for level in range(low, high + 1)]


def from_table(table, low=LOW) -> list[int]:
    return [low + place for place, people in enumerate(table) for _ in range(people)]


def within_half(value: float | Fraction, text: str) -> bool:
    decimals = len(text.partition(".")[2])
    return abs(Fraction(value) - Fraction(text)) <= Fraction(1, 2 * 10**decimals) + Fraction(1, 10**12)


# -- one sample -------------------------------------------------------------------------------------------------


def summary(sample, decimals: int) -> dict[str, str]:
    return {
        "median": printed_as(statistics.median(sample), decimals),
        "minimum": str(min(sample)),
        "maximum": str(max(sample)),
    }


@quietly
@given(scores, st.integers(0, 3), st.integers(0, 3), st.sets(st.sampled_from(("median", "minimum", "maximum"))))
def test_truth_is_among_the_tables(sample, decimals, sd_decimals, wanted):
    mean, sd = printed_as(mean_of(sample), decimals), printed_as(statistics.stdev(sample), sd_decimals)
    extra = {name: text for name, text in summary(sample, 2).items() if name in wanted}
    found = distributions(len(sample), mean, sd, LOW, HIGH, **extra)
    assert as_table(sample) in found.tables.tolist()
    assert found.complete and found.count == len(found.tables)


@quietly
@given(scores, st.integers(0, 2))
def test_every_table_prints_as_given(sample, decimals):
    mean, sd = printed_as(mean_of(sample), decimals), printed_as(statistics.stdev(sample), decimals)
    given_texts = summary(sample, 2)
    for table in distributions(len(sample), mean, sd, LOW, HIGH, **given_texts).tables:
        people = from_table(table)
        assert len(people) == len(sample)
        assert within_half(mean_of(people), mean) and within_half(statistics.stdev(people), sd)
        assert summary(people, 2) == given_texts


@quietly
@given(st.lists(st.integers(LOW, HIGH), min_size=2, max_size=7), st.integers(0, 2), st.booleans(), st.booleans())
def test_count_equals_brute_force(sample, decimals, with_mean, with_sd):
    n = len(sample)
    mean = printed_as(mean_of(sample), decimals) if with_mean else None
    sd = printed_as(statistics.stdev(sample), decimals) if with_sd else None
    wanted = sum(
        (mean is None or within_half(mean_of(people), mean))
        and (sd is None or within_half(statistics.stdev(people), sd))
        for people in combinations_with_replacement(range(LOW, HIGH + 1), n)
    )
    assert distributions(n, mean, sd, LOW, HIGH).count == wanted


@pytest.mark.parametrize(("n", "levels"), [(1, 5), (3, 2), (17, 5), (10, 3)])
def test_with_nothing_printed_all_multisets_fit(n, levels):
    assert distributions(n, None, None, 1, levels).count == comb(n + levels - 1, levels - 1)


@quietly
@given(scores, st.sets(st.integers(LOW, HIGH)))
def test_printed_counts_hold_and_the_truth_stays(sample, levels):
    counts = {level: str(sample.count(level)) for level in levels}
    found = distributions(len(sample), printed_as(mean_of(sample), 1), None, LOW, HIGH, counts=counts)
    assert as_table(sample) in found.tables.tolist()
    assert all((found.tables[:, level - LOW] == int(count)).all() for level, count in counts.items())


@quietly
@given(st.lists(st.integers(4, 20), min_size=2, max_size=8))
def test_mean_of_items_lies_on_a_finer_scale(totals):
    people = [Fraction(total, 4) for total in totals]  # each person's mean of 4 items, 1 to 5
    mean = statistics.mean(people)
    found = distributions(len(people), printed_as(mean, 2), printed_as(statistics.stdev(people), 2), 1, 5, items=4)
    assert found.levels == tuple(level / 4 for level in range(4, 21))
    assert as_table(totals, 4, 20) in found.tables.tolist()


@quietly
@given(st.lists(st.sampled_from((0, 5, 10, 15, 20)), min_size=2, max_size=10))
def test_steps_of_five_are_kept(sample):
    found = distributions(
        len(sample), printed_as(mean_of(sample), 1), printed_as(statistics.stdev(sample), 2), 0, 20, step=5
    )
    assert found.levels == (0, 5, 10, 15, 20)
    assert [sample.count(level) for level in (0, 5, 10, 15, 20)] in found.tables.tolist()


def test_trailing_zeros_are_evidence():
    assert distributions(40, "3.5", None, 1, 5).count > distributions(40, "3.50", None, 1, 5).count


def test_serpong_sd_0638_fits_no_17_whole_scores():
    assert distributions(17, "3.82", "0.638", 1, 5).count == 0


def test_serpong_mean_315_fits_no_17_whole_scores():
    assert distributions(17, "3.15", None, 1, 5).count == 0


def test_serpong_median_302_fits_no_17_whole_scores():
    assert distributions(17, "3.41", "0.618", 1, 5, median="3.02").count == 0


@pytest.mark.parametrize("sd", ["0.635", "0.637", "0.638"])
def test_serpong_nearest_possible_sd_is_0636(sd):
    assert distributions(17, "3.82", sd, 3, 5).count == 0
    assert distributions(17, "3.82", "0.636", 3, 5).tables.tolist() == [[5, 10, 2]]


# -- bad input --------------------------------------------------------------------------------------------------

BAD = {
    "n = 0": {"n": 0},
    "n below 0": {"n": -5},
    "n as text": {"n": "many"},
    "n is a fraction": {"n": "17.5"},
    "huge n": {"n": 10**9},
    "mean as text": {"mean": "three"},
    "mean not finite": {"mean": "nan"},
    "sd as text": {"sd": "±1"},
    "empty scale": {"low": 5, "high": 1},
    "endless scale": {"high": 10**9},
    "step 0": {"step": 0},
    "median as text": {"median": "three"},
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_refused_at_once(what):
    good = {"n": 17, "mean": "3.18", "sd": "1.015", "low": 1, "high": 5}
    with within(QUICK), pytest.raises(NotApplicable):
        distributions(**{**good, **BAD[what]})


IMPOSSIBLE = {
    "mean above the scale": {"mean": "9.00"},
    "mean below the scale": {"mean": "-3.00"},
    "sd larger than the scale allows": {"sd": "9.0"},
    "minimum above the maximum": {"minimum": "5", "maximum": "1"},
    "minimum off the scale": {"minimum": "7"},
    "median off the scale": {"median": "9"},
    "more people counted than there are": {"counts": {3: "18"}},
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_impossible_numbers_fit_nothing_at_once(what):
    good = {"n": 17, "mean": "3.18", "sd": "1.015", "low": 1, "high": 5}
    with within(QUICK):
        assert distributions(**{**good, **IMPOSSIBLE[what]}).count == 0


ODD = {
    "count as text": {"counts": {3: "x"}},
    "count off the scale": {"counts": {9: "1"}},
    "low end as text": {"low": "one"},
    "no items": {"items": 0},
    "sd below 0": {"sd": "-1.0"},
    "an exponent": {"mean": "1e99999999"},
}


@pytest.mark.parametrize("what", ODD)
def test_odd_input_is_refused_or_fits_nothing_at_once(what):
    good = {"n": 17, "mean": "3.18", "sd": "1.015", "low": 1, "high": 5}
    with within(QUICK):
        try:
            assert distributions(**{**good, **ODD[what]}).count == 0
        except NotApplicable as refusal:
            assert refusal.note.key


LARGE = {
    "500 people": {"n": 500, "mean": "3.18", "sd": "1.015", "low": 1, "high": 5},
    "a scale of 0 to 100": {"n": 30, "mean": "52.1", "sd": "13.2", "low": 0, "high": 100},
}


@pytest.mark.parametrize("what", LARGE)
def test_large_input_is_answered_or_refused_within_a_second(what):
    with within(1):
        try:
            assert len(distributions(**LARGE[what]).tables)
        except NotApplicable as refusal:
            assert refusal.note.key


# -- pairs ------------------------------------------------------------------------------------------------------


def change_values(people) -> dict[str, tuple[float, int]]:
    """What a study may print of the changes, worked out by scipy and `statistics`, and with how many decimals."""
    before, after = zip(*people, strict=True)
    change = [b - a for a, b in people]
    moved = np.array([c for c in change if c])
    ranks = rankdata(abs(moved))
    values = {
        "improved": (sum(c > 0 for c in change), 0),
        "worsened": (sum(c < 0 for c in change), 0),
        "unchanged": (change.count(0), 0),
        "change_mean": (mean_of(change), 2),
        "change_sd": (statistics.stdev(change), 3),
    }
    for side, there in (("positive", moved > 0), ("negative", moved < 0)):
        if there.any():
            values[f"mean_rank_{side}"] = ranks[there].mean(), 2
            values[f"rank_sum_{side}"] = ranks[there].sum(), 1
    if len(moved):
        normal = wilcoxon(moved, method="asymptotic", correction=False)
        values["p_wilcoxon"], values["z_wilcoxon"] = (normal.pvalue, 3), (normal.zstatistic, 3)
    if len(set(change)) > 1:
        t = ttest_rel(after, before)
        values["t_paired"], values["p_paired"] = (-t.statistic, 3), (t.pvalue, 3)
    if len(set(before)) > 1 and len(set(after)) > 1:
        values["r"] = pearsonr(before, after).statistic, 3
    return values


def change_facts(people) -> dict[str, str]:
    """The same as a study prints it."""
    return {name: printed_as(value, decimals) for name, (value, decimals) in change_values(people).items()}


FACTS = ("improved", "worsened", "unchanged", "change_mean", "change_sd", "p_wilcoxon", "z_wilcoxon", "r")
MEANS = ("t_paired", "p_paired")
RANKS = ("mean_rank_positive", "mean_rank_negative", "rank_sum_positive", "rank_sum_negative")


def margin(sample, how: str) -> Margin:
    if how == "counts":
        return Margin(len(sample), LOW, HIGH, counts=dict(Counter(map(float, sample))))
    mean, sd = printed_as(mean_of(sample), 2), printed_as(statistics.stdev(sample), 3)
    return Margin(str(len(sample)), str(LOW), str(HIGH), mean=mean, sd=sd)


def crossed(people) -> list[list[int]]:
    return [[list(people).count((a, b)) for b in range(LOW, HIGH + 1)] for a in range(LOW, HIGH + 1)]


hows = st.sampled_from(("counts", "moments"))


@quietly
@given(scores_of_pairs, hows, hows, st.sets(st.sampled_from((*FACTS, *RANKS, *MEANS))))
def test_true_pairs_are_among_the_tables(people, how_before, how_after, wanted):
    before, after = zip(*people, strict=True)
    facts = {name: text for name, text in change_facts(people).items() if name in wanted}
    found = pairs(margin(before, how_before), margin(after, how_after), **facts)
    assert found.complete
    assert crossed(people) in found.tables.tolist()


@quietly
@given(scores_of_pairs, hows, st.sets(st.sampled_from((*FACTS, *RANKS, *MEANS)), min_size=1))
def test_every_table_of_pairs_prints_as_given(people, how, wanted):
    before, after = zip(*people, strict=True)
    facts = {name: text for name, text in change_facts(people).items() if name in wanted}
    found = pairs(margin(before, how), margin(after, how), **facts)
    for i in range(min(found.count, 20)):
        again = change_facts([(int(a), int(b)) for a, b in found.participants(i)])
        for name, text in facts.items():
            assert name in again or name == "r"
            assert name not in again or abs(float(again[name]) - float(text)) < 1.01 * 10 ** -len(
                text.partition(".")[2]
            )


@quietly
@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=2, max_size=5))
def test_count_of_pairs_equals_brute_force(people):
    before, after = zip(*people, strict=True)
    margins = [Margin(len(x), 1, 3, counts={level: x.count(level) for level in (1, 2, 3)}) for x in (before, after)]
    everybody = [(a, b) for a in (1, 2, 3) for b in (1, 2, 3)]
    wanted = sum(
        sorted(a for a, _ in sample) == sorted(before) and sorted(b for _, b in sample) == sorted(after)
        for sample in combinations_with_replacement(everybody, len(people))
    )
    assert pairs(*margins).count == wanted


def three_levels(sample, how: str) -> tuple[Margin, list[tuple[int, ...]]]:
    """A margin on 1–3 known by counts, mean or mean and SD, and every column of people that prints alike."""
    if how == "counts":
        return Margin(len(sample), 1, 3, counts={v: sample.count(v) for v in (1, 2, 3)}), [tuple(sorted(sample))]
    mean, sd = printed_as(mean_of(sample), 2), printed_as(statistics.stdev(sample), 2) if how == "moments" else None
    columns = [
        people
        for people in combinations_with_replacement((1, 2, 3), len(sample))
        if within_half(mean_of(people), mean) and (sd is None or within_half(statistics.stdev(people), sd))
    ]
    return Margin(len(sample), 1, 3, mean=mean, sd=sd), columns


@pytest.mark.parametrize(("how_before", "how_after"), list(product(("counts", "moments", "mean"), repeat=2)))
@settings(quietly, max_examples=25)
@given(people=st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=2, max_size=5), fact=st.booleans())
def test_tables_of_pairs_equal_brute_force_whatever_is_known_of_the_margins(how_before, how_after, people, fact):
    before, after = zip(*people, strict=True)
    (rows, befores), (columns, afters) = three_levels(before, how_before), three_levels(after, how_after)
    improved = str(sum(b > a for a, b in people)) if fact else None
    wanted = {
        tuple(sorted(zip(column, joined, strict=True)))
        for column, other in product(befores, afters)
        for joined in set(permutations(other))
        if not fact or sum(b > a for a, b in zip(column, joined, strict=True)) == int(improved)
    }
    found = pairs(rows, columns, improved=improved)
    assert found.complete and found.count == len(found.tables) == len(wanted)
    assert {tuple(map(tuple, found.participants(i).astype(int).tolist())) for i in range(found.count)} == wanted


@quietly
@given(scores_of_pairs, st.sets(st.sampled_from((*FACTS, *RANKS, *MEANS)), min_size=1, max_size=2))
def test_what_is_kept_is_what_prints_as_given_and_nothing_else(people, wanted):
    """Facts filter the tables that the margins alone allow: the same set either way, and its changes."""
    before, after = zip(*people, strict=True)
    facts = {name: text for name, text in change_facts(people).items() if name in wanted}
    everything = pairs(margin(before, "counts"), margin(after, "counts"))
    kept = pairs(margin(before, "counts"), margin(after, "counts"), **facts)
    assert everything.complete and kept.complete and kept.count == len(kept.tables)

    def prints_alike(table) -> bool:
        again = change_values([(a + 1, b + 1) for a, b in np.argwhere(table).tolist() for _ in range(table[a, b])])
        signless = ("z_wilcoxon", "t_paired")
        return all(
            name in again
            and within_half(again[name][0], text if name not in signless or again[name][0] >= 0 else f"-{text}")
            for name, text in {n: t.lstrip("-") if n in signless else t for n, t in facts.items()}.items()
        )

    assert {t.tobytes() for t in kept.tables} == {t.tobytes() for t in everything.tables if prints_alike(t)}
    assert {tuple(c) for c in kept.changes} == {
        tuple(int(t.trace(offset)) for offset in range(-4, 5)) for t in kept.tables
    }


def test_pairs_are_drawn_evenly_from_all_that_fit():
    rng = np.random.default_rng(7)
    before = rng.integers(1, 6, 12)
    after = np.clip(before + rng.integers(-1, 3, 12), 1, 5)
    for facts in ({}, {"improved": int((after > before).sum())}):
        found = pairs(margin(before.tolist(), "counts"), margin(after.tolist(), "counts"), **facts)
        seen = Counter(table.tobytes() for table in found.sample(40_000, seed=2))
        share = 40_000 / found.count
        assert set(seen) <= {table.astype(np.int16).tobytes() for table in found.tables}
        distance = sum((n - share) ** 2 / share for n in seen.values()) + share * (found.count - len(seen))
        # chi-square on count − 1 degrees of freedom; 6 standard deviations above its mean
        assert distance < found.count - 1 + 6 * (2 * (found.count - 1)) ** 0.5


@pytest.mark.parametrize("known", ["counts", "moments"])
def test_forty_people_with_rank_information_are_counted_exactly(known):
    rng = np.random.default_rng(4)
    before = rng.integers(1, 5, 40)
    after = np.clip(before + rng.choice([-1, 0, 0, 1, 1, 2], 40), 1, 5)
    people = list(zip(before.tolist(), after.tolist(), strict=True))
    facts = {name: text for name, text in change_facts(people).items() if name in RANKS[:2] or name in FACTS[:3]}
    with within(5):
        found = pairs(margin(before.tolist(), known), margin(after.tolist(), known), **facts)
    assert found.complete and found.count == len(found.tables)
    assert crossed(people) in found.tables.tolist()


@quietly
@given(scores_of_pairs)
def test_participants_are_people_whose_counts_are_the_table(people):
    before, after = zip(*people, strict=True)
    found = pairs(margin(before, "counts"), margin(after, "counts"))
    for i in range(min(found.count, 5)):
        assert crossed([(a, b) for a, b in found.participants(i).tolist()]) == found.tables[i].tolist()


@quietly
@given(scores_of_pairs, st.integers(0, 9))
def test_a_wrong_count_of_improved_never_brings_the_truth(people, wrong):
    before, after = zip(*people, strict=True)
    assume(str(wrong) != change_facts(people)["improved"] and wrong <= len(people))
    found = pairs(margin(before, "counts"), margin(after, "counts"), improved=str(wrong))
    assert crossed(people) not in found.tables.tolist()


def test_contradicting_margins_and_counts_fit_nothing():
    everyone_rises = Margin(2, 1, 2, counts={1: 2, 2: 0}), Margin(2, 1, 2, counts={1: 0, 2: 2})
    assert pairs(*everyone_rises, improved="0").count == 0


@pytest.mark.parametrize("extra", [{"improved": "abc"}, {"p_wilcoxon": "<0.05"}], ids=str)
def test_text_beside_the_margins_is_read_or_refused(extra):
    before, after = margin([1, 2, 3, 3], "counts"), margin([2, 3, 4, 4], "counts")
    try:
        assert pairs(before, after, **extra).count
    except NotApplicable:
        assert extra == {"improved": "abc"}  # "<0.05" is a printed p like any other


@pytest.mark.parametrize("known", [{}, {"mean": "3.2", "sd": "1.1"}], ids=["nothing", "mean and SD of 40 people"])
def test_open_margins_leave_a_lower_bound_in_time(known):
    n = 40 if known else 17
    with within(7):
        found = pairs(Margin(n, 1, 5, **known), Margin(n, 1, 5, **known))
    assert found.count is None and not found.complete and found.at_least >= len(found.tables) > 0
    assert (found.sample(30).sum(axis=(1, 2)) == n).all()


def test_different_numbers_of_people_are_no_pairs():
    with pytest.raises(NotApplicable, match="unequal-n"):
        pairs(Margin(17, 1, 5, mean="3.2"), Margin(16, 1, 5, mean="3.2"))


def test_different_scales_are_no_pairs():
    with pytest.raises(NotApplicable, match="unequal-scales"):
        pairs(Margin(17, 1, 5, mean="3.2"), Margin(17, 1, 7, mean="3.2"))


# -- Serpong ----------------------------------------------------------------------------------------------------


def test_serpong_moringa_is_one_data_set(serpong):
    group = recover_arm(serpong, "milk-score", "moringa")
    assert group.alternatives == 1
    assert Counter(group.scores[0, :, 0]) == {1: 1, 2: 2, 3: 9, 4: 3, 5: 2}
    assert Counter(group.scores[0, :, 1]) == {4: 12, 5: 5}


def test_serpong_massage_is_one_of_two_data_sets(serpong):
    group = recover_arm(serpong, "milk-score", "massage")
    assert group.alternatives == 2
    for people in group.scores:
        assert Counter(people[:, 0]) == {3: 11, 4: 5, 5: 1}
        assert Counter(people[:, 1]) == {3: 5, 4: 10, 5: 2}


def test_serpong_participants_are_a_frame_of_34_people_twice(serpong):
    people = serpong.participants("milk-score")
    assert list(people.columns) == ["participant", "arm", "timepoint", "value"]
    assert (people.status, people.alternatives, len(people)) == ("recovered", 2, 68)
    assert people.participant.nunique() == 34
    assert dict(people.groupby("arm").participant.nunique()) == {"moringa": 17, "massage": 17}


def test_pick_shows_the_other_data_set(serpong):
    first, second = (serpong.participants("milk-score", {"massage": i}) for i in (0, 1))
    assert not first.equals(second)
    assert first[first.arm == "moringa"].equals(second[second.arm == "moringa"])


def test_participants_of_an_unknown_outcome_raise(serpong):
    with pytest.raises(KeyError):
        serpong.participants("volume")


def test_counts_alone_are_derived_and_marked_so(studies):
    people = studies["triananinsi"].participants("smooth-flow")
    assert (people.status, people.alternatives) == ("derived", 1)
    assert dict(people.groupby("arm").value.sum()) == {"massage": 13, "other": 5}


def test_maita_leaves_seven_tables_open(studies):
    group = recover_arm(studies["maita-2017"], "smooth-flow", "massage")
    gained = sorted(int((people[:, 1] > people[:, 0]).sum()) for people in group.scores)
    assert gained == list(range(23, 30))  # 8 yes before, 31 after of 37: at least 23 gained, at most 29


@pytest.mark.parametrize("study_id", ["cassava-pekanbaru", "zakaria-2016", "education-rosita", "vina-2020"])
def test_studies_without_enough_numbers_have_no_people(studies, study_id):
    study = studies[study_id]
    assert [study.participants(outcome) for outcome in study.outcomes] == [None] * len(study.outcomes)


# -- printed numbers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "p", "same"),
    [
        ("0.035", 0.0348, True),
        ("0.035", 0.0344, False),
        ("0.000", 0.0004, True),
        ("0.000", 0.0006, False),
        ("0,05", 0.0512, True),
        ("0,05", 0.0556, False),
        ("<0.05", 0.049, True),
        ("< 0.05", 0.051, False),
        (">0.05", 0.06, True),
        ("0.001", 0.0013, True),
    ],
)
def test_printed_p_matches_what_rounds_to_it(text, p, same):
    assert p_matches(text, p) is same


@pytest.mark.parametrize(
    ("text", "upper"),
    [("0.000", 0.0005), ("<0.001", 0.001), ("≤ 0.01", 0.01), ("0.05", 0.055), (">0.05", 1), ("=0.05", 0.055)],
)
def test_largest_p_behind_a_printed_one(text, upper):
    assert p_upper(text) == pytest.approx(upper, rel=1e-12)


@pytest.mark.parametrize("text", ["", "<", "> ", "<x", ">abc", "≤ nan", "<1e999", "inf"])
def test_what_is_no_p_is_refused(text):
    with pytest.raises(NotApplicable):
        p_matches(text, 0.03)


def test_no_p_is_larger_than_1():
    assert p_upper("1.000") == 1


@given(st.decimals(-999, 999, places=3))
def test_printed_interval_is_one_unit_of_the_last_digit(value):
    number = Printed(str(value))
    assert number.high - number.low == Fraction(1, 1000)
    assert number.may_be(number.low) and number.may_be(number.high) and number.may_be(Fraction(value))


@pytest.mark.parametrize("changes", [{"change_sd": "0.62"}, {"improved": "14", "worsened": "1"}, {}])
def test_time_may_run_out_at_any_moment(monkeypatch, changes):
    """Whichever question about the time is the first that is answered with "up": a result or a refusal, no error."""
    margins = [Margin(n="17", low=1, high=5, mean=mean, sd=sd) for mean, sd in (("3.18", "1.015"), ("4.29", "0.470"))]
    for moment in range(60):
        asked = itertools.count()

        def up(budget, asked=asked, moment=moment) -> bool:
            return budget is not ENDLESS and next(asked) >= moment

        monkeypatch.setattr(Budget, "spent", property(up))
        try:
            assert pairs(*margins, **changes).at_least >= 0
        except NotApplicable as refused:
            assert refused.note.key == "too-many"
