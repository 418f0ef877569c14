"""What every test of the registry keeps: signs, units, missing values, plain refusals; never a NaN."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from analysis import METHODS, NotApplicable, Outcome, run
from analysis.methods.method import A_MINUS_B, AFTER_MINUS_BEFORE
from analysis.telling import test_line as line_of
from analysis.words import LANGUAGES, say_in
from tests.analysis.stopwatch import within
from tests.every import every

SAME = 1e-9  # same arithmetic on other numbers
NONCENTRAL = 1e-6  # roots of noncentral distributions, found again from other numbers
every_method = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)

rng = np.random.default_rng(20261122)
BEFORE = np.array([2, 3, 3, 1, 4, 2, 5, 3, 2, 4, 3, 1.0])
AFTER = np.array([4, 4, 3, 3, 5, 5, 4, 4, 4, 5, 5, 2.0])
A, B = AFTER, np.array([3, 1, 2, 2, 3, 4, 1, 3, 2, 2.0])
A_ROWS, B_ROWS = np.column_stack([BEFORE, AFTER]), np.column_stack([rng.integers(1, 5, 10), B])
YES, NO = np.array([1, 1, 1, 0, 1, 1, 1.0]), np.array([0, 0, 1, 0, 1, 0, 0.0])
THREE = np.column_stack([BEFORE, AFTER, AFTER - rng.integers(0, 3, 12)])
YES_NO_THREE = np.array([[0, 0, 1], [0, 1, 1], [0, 0, 1], [1, 1, 1], [0, 1, 1], [0, 1, 0], [1, 0, 1], [0, 0, 0.0]])
C = np.array([2, 5, 3, 4, 3, 4, 2, 5.0])
SAMPLES = {
    "paired": (BEFORE, AFTER),
    "groups": (A, B),
    "many-groups": (A, B, C),
    "repeated": (THREE,),
    "groups-before-after": (A_ROWS, B_ROWS),
    "paired-summary": ((3.18, 1.015, 17), (4.29, 0.470, 17)),
    "groups-summary": ((1.12, 0.93, 17), (0.41, 0.71, 15)),
}
SUMMARIES = ("paired-summary", "groups-summary")
NEEDED = {"tost": {"margin": 1.0}, "tost-paired": {"margin": 1.0}}  # never filled in by the test itself
WITHOUT_ORDER = ("bowker", "stuart-maxwell", "kappa")  # of answers: nothing is subtracted
UNEVEN = np.round(np.linspace(0, 0.8, 12) ** 2, 2)  # makes scores differ enough for resampled medians
BINARY = [key for key, method in METHODS.items() if "binary" in method.scales and "continuous" not in method.scales]


def samples_of(method):
    if method.id.startswith("bootstrap"):
        first, second = SAMPLES[method.design]
        return first + UNEVEN, second - UNEVEN[: len(second)]
    if method.id in BINARY:
        return (YES_NO_THREE,) if method.design == "repeated" else (NO, YES)
    return SAMPLES[method.design]


def outcome_of(method, samples, **options) -> Outcome:
    more = {"r": 0.5} if method.design == "paired-summary" and len(samples) == 2 else {}
    return run(method.id, *samples, **{**more, **NEEDED.get(method.id, {}), **options})


def of(*designs: str, without: tuple[str, ...] = ()):
    chosen = [m for m in METHODS.values() if m.design in designs and m.id not in without]
    return pytest.mark.parametrize("method", chosen, ids=[m.id for m in chosen])


def numbers(outcome: Outcome) -> list[float]:
    """Everything in an outcome, its other effect sizes and its parts that is a number."""
    values = known(outcome.p, outcome.estimate, outcome.effect, outcome.statistic)
    values += [*(outcome.interval or ()), *(outcome.effect_interval or ())]
    values += [value for effect in outcome.others for value in (effect.value, *(effect.interval or ()))]
    return values + [value for part in outcome.parts for value in numbers(part)]


def known(*values: float | None) -> list[float]:
    return [value for value in values if value is not None]


def assert_sane(outcome: Outcome) -> None:
    assert not any(math.isnan(value) for value in numbers(outcome)), outcome
    assert outcome.p is None or 0 <= outcome.p <= 1
    shown = [(outcome.estimate, outcome.interval), (outcome.effect, outcome.effect_interval)]
    for value, interval in (*shown, *((effect.value, effect.interval) for effect in outcome.others)):
        assert interval is None or value is None or interval[0] - SAME <= value <= interval[1] + SAME
    for part in outcome.parts:
        assert_sane(part)


# -- the registry ----------------------------------------------------------------------------------------------------


@every_method
def test_entry_is_complete(method):
    assert METHODS[method.id] is method
    assert method.source.strip() and method.run.__doc__
    assert set(method.scales) <= {"continuous", "ordinal", "binary", "percentage"} and method.scales
    assert method.beside in ("mean_sd", "median_iqr", "counts") and method.variants


@every_method
@every("language", LANGUAGES)
def test_name_help_estimate_and_effect_have_words(method, language):
    say, outcome = say_in(language), outcome_of(method, samples_of(method))
    keys = [f"method.{method.id}", f"method-help.{method.id}", f"effect.{outcome.effect_name}"]
    keys += [f"estimate.{outcome.estimate_name}"] if outcome.estimate_name else []
    keys += [f"effect.{effect.kind}" for effect in outcome.others]
    keys += [f"note.{note.key}" for note in outcome.notes]
    assert [key for key in keys if not say.has(key)] == []


@every_method
def test_every_variant_runs_and_has_words(method):
    for variant in method.variants:
        assert_sane(outcome_of(method, samples_of(method), **variant))
        assert all(say_in("id").has(f"variant.{key}-{str(value).lower()}") for key, value in variant.items())


@every_method
def test_outcome_names_its_method_and_contrast(method):
    outcome = outcome_of(method, samples_of(method))
    contrast = AFTER_MINUS_BEFORE if "paired" in method.design else "" if method.design == "repeated" else A_MINUS_B
    contrast = "" if method.id in WITHOUT_ORDER else contrast
    if method.design == "many-groups":
        contrast = min(outcome.parts, key=lambda part: part.p).contrast if outcome.parts else ""
    assert (outcome.method, outcome.contrast, outcome.confidence) == (method.id, contrast, 0.95)


def test_an_unknown_method_is_refused_with_the_known_ones():
    with pytest.raises(NotApplicable, match="unknown-method") as caught:
        run("paired-z", BEFORE, AFTER)
    assert "paired-t" in caught.value.note.values["known"]


# -- sign ------------------------------------------------------------------------------------------------------------

FLIPS = {"mean_difference", "hodges_lehmann", "median_difference", "adjusted_mean_difference"}
FLIPS |= {"difference_of_changes", "risk_difference", "d_z", "hedges_g", "rank_biserial", "cohens_g"}
FLIPS |= {"trimmed_mean_difference", "difference_of_medians", "robust_d", "cohens_d", "cliffs_delta", "cohens_h"}
FLIPS |= {"d_av", "g_av", "d_total", "log_odds_ratio", "adjusted_log_odds_ratio", "relative_effect_change"}
INVERTS = {
    "odds_ratio",
    "odds_ratio_mid_p",
    "odds_ratio_paired",
    "proportional_odds_ratio",
    "risk_ratio",
    "adjusted_proportional_odds_ratio",
}
MIRRORS = {"probability_positive", "superiority", "share_rising"}  # p becomes 1 − p
BECOMES = {"glass_delta_a": "glass_delta_b", "glass_delta_b": "glass_delta_a"}  # and the sign turns
UNSIGNED = {"cohens_w", "kappa", "cramers_v", "partial_eta_squared", "kendall_w", "eta_squared", "epsilon_squared"}
UNSIGNED |= {"omega_squared", "generalised_eta_squared"}
SEARCHED = ("mixed-model", "ordinal-regression", "ordinal-ancova")  # likelihoods climbed again from other numbers


def turned(name: str, value: float | None) -> float | None:
    """What a value becomes when before and after, or the two groups, change places."""
    if value is None:
        return None
    if name in INVERTS:
        return 1 / value if value else math.inf
    return {
        **dict.fromkeys({*FLIPS, *BECOMES}, -value),
        **dict.fromkeys(MIRRORS, 1 - value),
        **dict.fromkeys(UNSIGNED, value),
    }[name]


@of("paired", "groups", "groups-before-after", *SUMMARIES)
def test_swapping_the_samples_turns_estimate_effect_and_intervals(method):
    one, other = (outcome_of(method, samples) for samples in (samples_of(method), samples_of(method)[::-1]))
    same = NONCENTRAL if method.id in SEARCHED else SAME
    assert known(other.p) == pytest.approx(known(one.p), rel=same)
    wanted = known(turned(one.estimate_name, one.estimate))
    assert known(other.estimate) == pytest.approx(wanted, rel=same, abs=SAME)
    assert other.effect == pytest.approx(turned(one.effect_name, one.effect), rel=same, abs=SAME)
    wanted = sorted(turned(one.estimate_name, end) for end in one.interval or ())
    assert list(other.interval or ()) == pytest.approx(wanted, rel=1e-6, abs=SAME)
    wanted = sorted(turned(one.effect_name, end) for end in one.effect_interval or ())
    assert list(other.effect_interval or ()) == pytest.approx(wanted, rel=NONCENTRAL, abs=NONCENTRAL)


@of("paired", "groups", "groups-before-after")
def test_swapping_the_samples_turns_every_other_effect(method):
    one, other = (outcome_of(method, samples) for samples in (samples_of(method), samples_of(method)[::-1]))
    mirrored = {effect.kind: effect for effect in other.others}
    assert len(mirrored) == len(one.others)
    for effect in one.others:
        twin = mirrored[BECOMES.get(effect.kind, effect.kind)]
        assert twin.value == pytest.approx(turned(effect.kind, effect.value), rel=SAME, abs=SAME)
        wanted = sorted(turned(effect.kind, end) for end in effect.interval or ())
        assert list(twin.interval or ()) == pytest.approx(wanted, rel=NONCENTRAL, abs=NONCENTRAL)


@every_method
def test_other_effects_say_formula_and_source_and_repeat_neither_effect_nor_estimate(method):
    outcome = outcome_of(method, samples_of(method))
    assert all(effect.formula and effect.source and effect.status == "derived" for effect in outcome.others)
    names = [outcome.effect_name, outcome.estimate_name, *(effect.kind for effect in outcome.others)]
    assert len(set(names)) == len(names)


@of("many-groups")
def test_order_of_the_groups_changes_nothing_but_signs_and_places(method):
    one, other = run(method.id, A, B, C), run(method.id, C, B, A)
    assert (other.p, other.statistic) == pytest.approx((one.p, one.statistic), rel=1e-7) or other.parts
    turned_round = {part.contrast: part for part in other.parts}
    for part, place in zip(one.parts, ("2 − 3", "1 − 3", "1 − 2"), strict=bool(one.parts)):
        twin = turned_round[place]
        assert twin.p == pytest.approx(part.p, rel=1e-7)
        assert (twin.estimate, twin.effect, twin.statistic) == pytest.approx(
            (-part.estimate, -part.effect, -part.statistic), rel=1e-7, abs=SAME
        )
        assert twin.interval == pytest.approx((-part.interval[1], -part.interval[0]), rel=1e-6)


COMPARISONS = ("tukey", "games-howell", "dunn")


@pytest.mark.parametrize("method_id", COMPARISONS)
def test_parts_compare_every_two_groups_and_the_whole_is_the_clearest(method_id):
    whole = run(method_id, A, B, C)
    assert [part.contrast for part in whole.parts] == ["1 − 2", "1 − 3", "2 − 3"]
    assert [part.n for part in whole.parts] == [(12, 10), (12, 8), (10, 8)] and whole.n == (12, 10, 8)
    clearest = min(whole.parts, key=lambda part: part.p)
    assert (whole.p, whole.estimate, whole.contrast) == (clearest.p, clearest.estimate, clearest.contrast)
    (said,) = (note for note in whole.notes if note.key == "comparisons")
    assert said.values["count"] == 3


@pytest.mark.parametrize(("many", "two"), [("tukey", "independent-t"), ("games-howell", "welch-t")])
def test_one_comparison_of_means_is_the_t_test(many, two):
    """The studentized range of two groups is |t|·√2."""
    one, other = run(many, A, B), run(two, A, B)
    assert (one.statistic, one.estimate, one.effect) == pytest.approx((other.statistic, other.estimate, other.effect))
    assert one.p == pytest.approx(other.p, rel=1e-7)
    assert one.interval == pytest.approx(other.interval, rel=1e-7)


@pytest.mark.parametrize(("many", "two"), [("anova", "independent-t"), ("welch-anova", "welch-t")])
def test_two_groups_of_an_anova_are_the_t_test(many, two):
    one, other = run(many, A, B), run(two, A, B)
    assert (one.p, one.statistic) == pytest.approx((other.p, other.statistic**2), rel=SAME)


@pytest.mark.parametrize("method_id", ["kruskal", "dunn"])
def test_two_groups_of_ranks_are_mann_whitney_without_continuity(method_id):
    assert run(method_id, A, B).p == pytest.approx(run("mann-whitney", A, B, exact=False).p, rel=SAME)


@of("paired", "groups", "groups-before-after", *SUMMARIES)
def test_higher_after_or_in_the_first_group_is_positive(method):
    samples = samples_of(method)
    outcome = outcome_of(method, samples)
    neutral = {**dict.fromkeys(INVERTS, 1.0), **dict.fromkeys(MIRRORS, 0.5)}
    higher_first = method.design in ("groups", "groups-before-after", "groups-summary")
    up = 1 if (method.id not in BINARY or not higher_first) else -1  # two-answer groups: NO first, YES second
    assert outcome.estimate is None or up * (outcome.estimate - neutral.get(outcome.estimate_name, 0.0)) > 0
    if outcome.effect_name not in UNSIGNED:
        assert up * (outcome.effect - neutral.get(outcome.effect_name, 0.0)) > 0


@of("repeated")
def test_order_of_the_timepoints_changes_nothing(method):
    (rows,) = samples_of(method)
    one, other = run(method.id, rows), run(method.id, rows[:, ::-1])
    assert (other.p, other.effect) == pytest.approx((one.p, one.effect), rel=SAME)


@every_method
def test_order_of_the_people_changes_nothing(method):
    if method.design in SUMMARIES:
        return
    order = {len(sample): rng.permutation(len(sample)) for sample in samples_of(method)}
    mixed = [np.asarray(sample)[order[len(sample)]] for sample in samples_of(method)]
    one, other = outcome_of(method, samples_of(method)), outcome_of(method, mixed)
    assert numbers(other) == pytest.approx(numbers(one), rel=1e-6, abs=SAME)


# -- unit ------------------------------------------------------------------------------------------------------------

NUMERIC = ("paired", "groups", "many-groups", "repeated", "groups-before-after")
UNITLESS = ("proportional_odds_ratio", "adjusted_proportional_odds_ratio")


@of(*NUMERIC, without=tuple(BINARY))
@every("factor", [8.0, 0.25, 1000.0])
def test_another_unit_leaves_p_and_effect_and_scales_the_estimate(method, factor):
    one = outcome_of(method, samples_of(method))
    margin = {"margin": factor} if method.id in NEEDED else {}
    other = outcome_of(method, [factor * sample for sample in samples_of(method)], **margin)
    same = 1e-6 if method.id in SEARCHED else 1e-7
    assert known(other.p, other.effect) == pytest.approx(known(one.p, one.effect), rel=same)
    assert one.effect_interval is None or other.effect_interval == pytest.approx(
        one.effect_interval, rel=1e-5, abs=1e-7
    )
    if one.estimate is not None:
        scale = 1 if one.estimate_name in UNITLESS else factor
        assert other.estimate == pytest.approx(scale * one.estimate, rel=1e-7)
        assert list(other.interval or ()) == pytest.approx([scale * end for end in one.interval or ()], rel=same)


@of(*NUMERIC, without=tuple(BINARY))
@every("shift", [1.0, -7.0, 1000.0])
def test_another_zero_leaves_everything(method, shift):
    one = outcome_of(method, samples_of(method))
    other = outcome_of(method, [sample + shift for sample in samples_of(method)])
    assert numbers(other) == pytest.approx(numbers(one), rel=1e-5, abs=1e-7)


@of(*SUMMARIES)
def test_another_unit_of_summaries_leaves_p_and_effect(method):
    scaled = [(10 * mean, 10 * sd, n) for mean, sd, n in samples_of(method)]
    one, other = outcome_of(method, samples_of(method)), outcome_of(method, scaled)
    assert (other.p, other.effect, other.estimate) == pytest.approx((one.p, one.effect, 10 * one.estimate), rel=SAME)


@of(*NUMERIC)
def test_a_wider_confidence_gives_wider_intervals(method):
    narrow, wide = (outcome_of(method, samples_of(method), confidence=level) for level in (0.8, 0.99))
    assert wide.p == narrow.p
    pairs = [(narrow.interval, wide.interval), (narrow.effect_interval, wide.effect_interval)]
    for inner, outer in (pair for pair in pairs if None not in pair):
        assert outer[0] <= inner[0] and inner[1] <= outer[1] and outer != inner


# -- missing, few, unequal, constant -----------------------------------------------------------------------------------


def with_gap(sample):
    gap = np.array(sample, dtype=float)
    gap[(2, 0) if gap.ndim == 2 else 2] = np.nan
    return gap


@of(*NUMERIC, without=("mixed-model",))
def test_a_missing_value_is_left_out_and_counted(method):
    first, *rest = samples_of(method)
    outcome = outcome_of(method, [with_gap(first), *rest])
    assert [note.values["count"] for note in outcome.notes if note.key == "left-out"] == [1]
    gone = [np.delete(sample, 2, axis=0) for sample in (first, *rest)] if method.design == "paired" else None
    expected = outcome_of(method, gone or (np.delete(first, 2, axis=0), *rest))
    assert replace(outcome, notes=()) == replace(expected, notes=())


def test_the_mixed_model_keeps_people_who_missed_a_visit():
    whole, gappy = run("mixed-model", A_ROWS, B_ROWS), run("mixed-model", with_gap(A_ROWS), B_ROWS)
    assert gappy.n == whole.n
    assert [note.values["count"] for note in gappy.notes if note.key == "incomplete-kept"] == [1]
    without = run("mixed-model", np.delete(A_ROWS, 2, axis=0), B_ROWS)
    assert gappy.p != without.p  # the value that is there counts


def test_the_mixed_model_leaves_out_who_was_never_seen():
    nobody = np.vstack([A_ROWS, [np.nan, np.nan]])
    outcome = run("mixed-model", nobody, B_ROWS)
    assert [note.values["count"] for note in outcome.notes if note.key == "left-out"] == [1]
    assert replace(outcome, notes=()) == replace(run("mixed-model", A_ROWS, B_ROWS), notes=())


@of(*NUMERIC)
def test_only_missing_values_are_refused(method):
    with pytest.raises(NotApplicable):
        outcome_of(method, [np.full_like(sample, np.nan) for sample in samples_of(method)])


@of(*NUMERIC)
def test_nobody_is_refused(method):
    with pytest.raises(NotApplicable):
        outcome_of(method, [sample[:0] for sample in samples_of(method)])


@of("paired")
@pytest.mark.parametrize("lengths", [(12, 11), (3, 12), (0, 5)])
def test_unequal_lengths_are_refused_and_never_turned_into_groups(method, lengths):
    with pytest.raises(NotApplicable, match="unequal-pairs") as caught:
        outcome_of(method, (BEFORE[: lengths[0]], AFTER[: lengths[1]]))
    assert (caught.value.note.values["before"], caught.value.note.values["after"]) == lengths


@of("paired-summary")
def test_summaries_of_different_people_are_no_pair(method):
    with pytest.raises(NotApplicable, match="unequal-pairs"):
        run(method.id, (3.0, 1.0, 17), (4.0, 1.0, 16), r=0.5)


def shapes():
    """Samples that press a test: one person, two, constants, everybody alike, perfect order."""
    ones, twos = np.ones(6), np.full(6, 2.0)
    yield "one person", BEFORE[:1], AFTER[:1]
    yield "two people", BEFORE[:2], AFTER[:2]
    yield "all alike", ones, ones
    yield "two constants", ones, twos
    yield "one constant", ones, A[:6]
    yield "perfectly apart", np.arange(6.0), np.arange(6.0) + 10
    yield "equal samples", A, A
    yield "one changed", np.array([1, 1, 1, 1.0]), np.array([1, 1, 1, 2.0])
    yield "yes and no", NO, YES


def rows_of(first, second):
    return np.column_stack([first, second, second[::-1]])


PRESSED = {name: (first, second) for name, first, second in shapes()}


def pressed(*designs: str):
    """Every shape for every method of these designs."""
    cases = [(m, x, y) for m in METHODS.values() if m.design in designs for x, y in PRESSED.values()]
    names = {id(x): name for name, (x, _) in PRESSED.items()}
    return every(("method", "first", "second"), cases, ids=lambda case: f"{case[0].id}, {names[id(case[1])]}")


@pressed("paired", "groups")
def test_an_answer_or_a_refusal_but_never_a_nan(method, first, second):
    for samples in ((first, second), (second, first)):
        try:
            assert_sane(outcome_of(method, samples))
        except NotApplicable as refusal:
            assert say_in("en").has(f"reason.{refusal.note.key}")


@pressed("many-groups")
def test_many_groups_give_an_answer_or_a_refusal_but_never_a_nan(method, first, second):
    for samples in ((first, second), (first, second, second[::-1]), (first, second, first + 1, second)):
        try:
            assert_sane(run(method.id, *samples))
        except NotApplicable as refusal:
            assert say_in("en").has(f"reason.{refusal.note.key}")


@of("many-groups")
def test_one_group_has_nothing_to_compare(method):
    with pytest.raises(NotApplicable, match="too-few-groups"):
        run(method.id, A)


@pytest.mark.parametrize("method_id", ["welch-anova", "games-howell"])
def test_a_group_without_spread_is_refused_where_spreads_weigh(method_id):
    with pytest.raises(NotApplicable, match="group-without-spread"):
        run(method_id, A, B, np.ones(5))


@pressed("repeated")
def test_repeated_values_give_an_answer_or_a_refusal_but_never_a_nan(method, first, second):
    try:
        assert_sane(run(method.id, rows_of(first, second)))
    except NotApplicable as refusal:
        assert say_in("en").has(f"reason.{refusal.note.key}")


@pressed("groups-before-after")
def test_two_groups_before_and_after_give_an_answer_or_a_refusal_but_never_a_nan(method, first, second):
    groups = np.column_stack([first, second]), np.column_stack([first, second[::-1]])
    try:
        assert_sane(run(method.id, *groups))
    except NotApplicable as refusal:
        assert say_in("en").has(f"reason.{refusal.note.key}")


IMPOSSIBLE = [(3, -1.0, 10), (3, 1.0, 1), (3, 1.0, 10.5)]


@of(*SUMMARIES)
@pytest.mark.parametrize("triple", IMPOSSIBLE, ids=["sd below 0", "one person", "half a person"])
def test_impossible_summaries_are_refused(method, triple):
    with pytest.raises(NotApplicable):
        outcome_of(method, (triple, triple))


def test_a_correlation_is_never_made_up():
    with pytest.raises(NotApplicable, match="needs-r"):
        run("paired-t-summary", (3.18, 1.015, 17), (4.29, 0.470, 17))
    with pytest.raises(NotApplicable, match="impossible-r"):
        run("paired-t-summary", (3.18, 1.015, 17), (4.29, 0.470, 17), r=1.2)


def test_an_assumed_correlation_is_shown():
    outcome = run("paired-t-summary", (3.18, 1.015, 17), (4.29, 0.470, 17), r=0.5)
    assert [(note.key, note.values["r"]) for note in outcome.notes] == [("assumed-r", 0.5)]


# -- plain refusals --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method_id", ["tost", "tost-paired"])
def test_a_margin_is_never_made_up(method_id):
    with pytest.raises(NotApplicable, match="needs-margin"):
        run(method_id, A, AFTER)
    for margin in (0, -1, math.inf, math.nan):
        with pytest.raises(NotApplicable, match="impossible-margin"):
            run(method_id, A, AFTER, margin=margin)


@pytest.mark.parametrize("method_id", ["tost", "tost-paired"])
def test_equivalence_is_found_exactly_where_its_interval_lies_inside_the_margin(method_id):
    samples = (BEFORE + UNEVEN, AFTER)
    for margin in np.linspace(0.2, 3, 15):
        found = run(method_id, *samples, margin=margin)
        assert (found.p < 0.05) == (-margin < found.interval[0] and found.interval[1] < margin)
        assert "90" in [note.values["percent"] for note in found.notes if note.key == "equivalence"]


def test_groups_that_do_not_overlap_have_no_brunner_munzel_test():
    with pytest.raises(NotApplicable, match="no-overlap"):
        run("brunner-munzel", [4, 5, 6], [1, 2, 3])
    with pytest.raises(NotApplicable, match="no-spread"):
        run("brunner-munzel", [2, 2, 2], [2, 2])


def test_a_middle_without_spread_has_no_trimmed_test():
    with pytest.raises(NotApplicable, match="no-spread-middle"):
        run("yuen", [1, 3, 3, 3, 9], [2, 4, 4, 4, 5])


def test_resamples_that_are_all_alike_give_no_interval():
    with pytest.raises(NotApplicable, match="resamples-alike"):
        run("bootstrap-paired", np.zeros(9), [1, 1, 1, 1, 1, 1, 1, 1, 2], statistic="median")


@pytest.mark.parametrize("scale", [0, -1, math.inf, math.nan])
def test_a_prior_needs_a_scale(scale):
    with pytest.raises(NotApplicable, match="impossible-scale"):
        run("bayes-t", A, B, scale=scale)


def test_only_estimates_and_bayes_have_no_p():
    without = {m.id for m in METHODS.values() if outcome_of(m, samples_of(m)).p is None}
    estimates = {f"{name}{paired}" for name in ("bootstrap", "hodges-lehmann") for paired in ("", "-paired")}
    assert without == estimates | {"bayes-t", "bayes-t-paired", "kappa"}


@pytest.mark.parametrize("spread", [1e-3, 1e-7])
def test_a_huge_t_still_has_a_bayes_factor_that_can_be_said(spread):
    nearly_equal = run("bayes-t-paired", np.zeros(200), 1 + np.arange(200) * spread)
    assert nearly_equal.statistic > 1e100
    assert line_of(nearly_equal, say_in("en")) == "BF₁₀ > 1000000"


# -- known bugs ------------------------------------------------------------------------------------------------------

TENTHS = np.array([0.1, 0.2, 0.3, 0.4, 0.5])


@pytest.mark.parametrize("method_id", ["paired-t", "rm-anova"])
def test_equal_steps_of_a_tenth_are_a_constant_change(method_id):
    samples = (TENTHS, TENTHS + 0.1) if method_id == "paired-t" else (np.column_stack([TENTHS, TENTHS + 0.1]),)
    with pytest.raises(NotApplicable, match="no-spread"):
        run(method_id, *samples)


def test_ties_of_decimal_scores_are_ties():
    before, after = np.array([11, 22, 33, 10, 47, 21]), np.array([12, 23, 32, 13, 48, 22])
    assert run("wilcoxon", before / 10, after / 10).p == pytest.approx(run("wilcoxon", before, after).p)


def test_ancova_refuses_groups_that_do_not_overlap_before():
    a, b = (np.column_stack([np.full(5, level), rng.normal(size=5)]) for level in (2.0, 4.0))
    with pytest.raises(NotApplicable):
        run("ancova", a, b)


@pytest.mark.parametrize("after", [(0.3, 0.7), (3.0, 3.0)])
def test_ancova_refuses_scores_after_that_do_not_vary(after):
    a, b = (np.column_stack([[1, 2, 3 + i], np.full(3, level)]) for i, level in enumerate(after))
    with pytest.raises(NotApplicable, match="no-spread"):
        run("ancova", a, b)


def test_rm_anova_of_two_people_is_answered_or_refused():
    try:
        assert_sane(run("rm-anova", [[1, 2, 4], [2, 1, 5]]))
    except NotApplicable as refusal:
        assert refusal.note.key


@of(*SUMMARIES)
def test_a_missing_mean_is_refused_at_once(method):
    with within(1), pytest.raises(NotApplicable):
        outcome_of(method, ((math.nan, 1.0, 10), (2.0, 1.0, 10)))


@of("paired", "groups", "many-groups", without=("mcnemar",))
def test_an_infinite_value_is_refused(method):
    with pytest.raises(NotApplicable):
        outcome_of(method, ([1, 2, math.inf], [2, 2, 3]))


@pytest.mark.parametrize(("a", "b"), [([4, 5, 5], [1, 2, 4]), ([1, 1, 1], [1, 2, 1])])
def test_separated_scores_have_no_odds_ratio(a, b):
    for samples in ((a, b), (b, a)):
        with pytest.raises(NotApplicable, match="separated"):
            run("ordinal-regression", *samples)


def test_a_mixed_model_without_variance_between_people_says_so():
    rows = np.array([[410, 460], [440, 455], [395, 480], [430, 470], [405, 490.0]])
    outcome = run("mixed-model", rows, rows[:, ::-1])
    assert "no-person-variance" in [note.key for note in outcome.notes]


@pytest.mark.parametrize("a", [[[1, 2], [2, 3], [4, 5]], [[1, np.nan], [2, np.nan], [np.nan, 5], [np.nan, 4]]])
def test_a_mixed_model_needs_scatter_within_people(a):
    """Equal steps for everybody, or nobody seen twice: change can't be told from chance."""
    with pytest.raises(NotApplicable, match=r"no-spread|too-few-seen-twice"):
        run("mixed-model", np.array(a, dtype=float), np.array(a, dtype=float))


def test_a_table_of_three_answers_is_too_large_for_boschloo():
    with pytest.raises(NotApplicable, match="two-by-two-only"):
        run("boschloo", [[3, 5, 8], [8, 6, 4]])


def test_cochran_q_of_scores_is_refused():
    with pytest.raises(NotApplicable, match="needs-binary"):
        run("cochran-q", THREE)
