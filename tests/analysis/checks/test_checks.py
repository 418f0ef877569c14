"""The integrity rules: against brute force, against worked examples in print, and on the real studies."""

from __future__ import annotations

import itertools
import statistics
from fractions import Fraction
from functools import cache

import numpy as np
import pytest

from analysis import checks, load_context, load_studies
from analysis.checks import CHECKS, check_library, check_study
from analysis.recover import distributions
from analysis.results import NotApplicable
from analysis.words import LANGUAGES, say_in
from tests.analysis.small_studies import small_study
from tests.findings import REVIEWED, findings


@cache
def samples(n: int) -> tuple[tuple[int, ...], ...]:
    """All sets of n scores on 1–5."""
    return tuple(itertools.combinations_with_replacement(range(1, 6), n))


def printed(n: int) -> set[tuple[str, str]]:
    """What the sets of n scores print as mean and SD, both halves of rounding."""
    return {(f"{statistics.fmean(s):.2f}", f"{statistics.stdev(s):.2f}") for s in samples(n)}


@pytest.mark.parametrize("n", [2, 3, 5, 8, 12])
def test_what_whole_scores_print_passes_every_rule(n):
    for mean, sd in printed(n):
        assert checks.grim(mean, n).status == "consistent"
        assert checks.grimmer(mean, sd, n).status == "consistent"
        assert checks.sd_bounds(mean, sd, n, 1, 5).status == "consistent"


@pytest.mark.parametrize("n", [2, 3, 4, 5, 7])
def test_recovery_accepts_nothing_that_cannot_exist(n):
    real = printed(n)
    for hundredths, sds in itertools.product(range(100, 501), range(0, 230, 3)):
        mean, sd = f"{hundredths / 100:.2f}", f"{sds / 100:.2f}"
        if checks.grim(mean, n).status == "inconsistent":
            assert not any(mean == real_mean for real_mean, _ in real)
        elif distributions(n, mean, sd, 1, 5).count == 0:
            assert (mean, sd) not in real
        else:
            assert checks.grimmer(mean, sd, n).status == "consistent"


MEANS, SDS = range(100, 501), range(0, 251)  # hundredths: all that may be printed of scores on 1–5


@cache
def squared_spread(n: int) -> np.ndarray:
    """n and sum of squares of every set of scores, by its total: rows (total, n × squares − total²)."""
    scores = np.array(samples(n))
    total = scores.sum(axis=1)
    return np.unique(np.column_stack([total, n * (scores**2).sum(axis=1) - total**2]), axis=0)


def possible(n: int) -> np.ndarray:
    """For each mean and SD in hundredths: does some set of n scores print them, a half rounded either way?

    All in whole numbers: SD = √(v / n(n − 1)) lies within s ± ½ hundredths if (2s − 1)² n(n − 1) ≤ 40 000 v
    ≤ (2s + 1)² n(n − 1).
    """
    total, v = squared_spread(n).T
    sd = np.array(SDS)
    low, high = (np.maximum(2 * sd + end, 0) ** 2 * n * (n - 1) for end in (-1, 1))
    prints_sd = (low <= 40_000 * v[:, None]) & (40_000 * v[:, None] <= high)
    prints_mean = 2 * abs(100 * total - n * np.array(MEANS)[:, None]) <= n
    return (prints_mean.astype(np.int32) @ prints_sd.astype(np.int32)) > 0


@pytest.mark.parametrize("n", [2, 3, 7, 12])
def test_recovery_finds_something_exactly_where_brute_force_does(n):
    """Every mean and SD of two decimals that may be printed of scores on 1–5."""
    wanted = possible(n)
    means = np.flatnonzero([checks.grim(f"{m / 100:.2f}", n).status != "inconsistent" for m in MEANS])
    assert not wanted[np.setdiff1d(np.arange(len(MEANS)), means)].any()
    for place in means:
        mean = f"{MEANS[place] / 100:.2f}"
        found = [distributions(n, mean, f"{sd / 100:.2f}", 1, 5, most=1).count > 0 for sd in SDS]
        assert found == wanted[place].tolist()


@pytest.mark.parametrize("n", range(2, 13))
def test_no_rule_calls_inconsistent_what_exists(n):
    for mean, sd in np.argwhere(possible(n)).tolist():
        texts = f"{MEANS[mean] / 100:.2f}", f"{SDS[sd] / 100:.2f}"
        assert checks.grim(texts[0], n).status == "consistent"
        assert checks.grimmer(*texts, n).status == "consistent"
        assert checks.sd_bounds(*texts, n, 1, 5).status == "consistent"


@pytest.mark.parametrize("n", range(1, 7))
def test_sums_of_squares_are_told_apart_exactly(n):
    from analysis.checks.numbers import _is_sum_of_squares

    seen = {(sum(c), sum(v * v for v in c)) for c in itertools.combinations_with_replacement(range(-6, 7), n)}
    for total, squares in itertools.product(range(n), range(13)):
        assert _is_sum_of_squares(total, n, squares) == ((total, squares) in seen)


def test_brown_and_heathers_2017():
    # Brown & Heathers 2017, doi:10.1177/1948550616673876: n = 28 whole answers can't have a mean of 5.19
    assert checks.grim("5.19", 28).status == "inconsistent"
    assert checks.grim("5.18", 28).status == "consistent"


def test_grimmer_sees_the_parity_of_squares():
    # 18 scores of mean 3.44 total 62; SD 2.467 leaves 317 as the only sum of squares, odd where the total is even
    assert checks.grimmer("3.44", "2.467", 18).status == "inconsistent"
    assert checks.grimmer("3.41", "0.618", 17).status == "consistent"


def test_the_largest_sd_is_reached_and_not_passed():
    """Every set of n numbers on a grid over the scale: the largest SD of each mean passes, the next larger doesn't."""
    for n in range(2, 6):
        largest: dict[Fraction, float] = {}
        for values in itertools.combinations_with_replacement(range(9), n):
            mean = Fraction(sum(values), n)
            largest[mean] = max(largest.get(mean, 0.0), statistics.stdev(values))
        for mean, sd in largest.items():
            printed = f"{float(mean):.9f}"
            assert checks.sd_bounds(printed, f"{sd:.6f}", n, 0, 8).status == "consistent"
            assert checks.sd_bounds(printed, f"{sd + 0.001:.6f}", n, 0, 8).status == "inconsistent"


def test_debit_of_yes_and_no():
    answers = [1] * 12 + [0] * 5
    mean, sd = f"{statistics.fmean(answers):.3f}", f"{statistics.stdev(answers):.3f}"
    assert checks.debit(mean, sd, 17).status == "consistent"
    assert checks.debit(mean, "0.500", 17).expected == sd


def test_p_from_t_finds_the_tails():
    # R 4.2.2: 2 * pt(-2.38, 16) = 0.0300922, one tail 0.0150461
    assert checks.p_from_t("2.38", 16, "0.030").explanation.values["variants"] == ("two-sided",)
    assert checks.p_from_t("2.38", 16, "0.015").explanation.values["variants"] == ("one-sided",)
    assert checks.p_from_t("2.38", 16, "0.001").status == "inconsistent"


def test_p_from_counts_of_triananinsi_names_what_gives_it():
    # R 4.2.2: wilcox.test(correct = FALSE) on 13/15 against 5/15 gives 0.00338, chisq.test(correct = FALSE) 0.00287
    found = checks.p_from_counts(((13, 2), (5, 10)), "0.0034")
    assert found.explanation.values["variants"] == ("mann-whitney-normal",)


def test_rank_sums_hold_for_any_ranking():
    assert checks.rank_sums("8.18", 14, "5.50", 1).status == "consistent"  # Serpong, Table 3
    assert checks.rank_sums("5.50", 14, "8.18", 1).status == "inconsistent"


def test_percentage_names_the_count_it_belongs_to():
    assert checks.percentage("4", 17, "70.6").expected == "12"
    assert checks.percentage("5", 17, "29.4").status == "consistent"


def test_which_numbers_of_people_can_print_a_percentage():
    assert checks.percentage_possible("96", None).status == "cannot tell"
    assert checks.percentage_possible("96", None).explanation.values["totals"].startswith("23–28")
    assert checks.percentage_possible("95", 30).status == "inconsistent"
    assert checks.percentage_possible("95.4", None).explanation.values["totals"] == "–"  # 21 of 22, cut off


@pytest.mark.parametrize(
    ("rule", "bad"),
    [
        (checks.grim, ("3.1", 0)), (checks.grim, ("three", 17)), (checks.grimmer, ("3.1", "x", 17)),
        (checks.grim, ("3.1", 10**9)), (checks.percentage_possible, ("many", 10)),
        (checks.median_possible, ("3", "-2")),
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence(rule, bad):
    with pytest.raises(NotApplicable) as refusal:
        rule(*bad)
    for language in LANGUAGES:
        assert say_in(language).has(f"reason.{refusal.value.note.key}")


@pytest.mark.parametrize("p", ["0.000", "= 0,000", "0.035", "<0.001", ">0.05", "≥ 0.05", "≤0.01"])
def test_every_p_that_a_study_folder_may_hold_is_judged(p):
    zero = "000" in p and "1" not in p
    assert checks.p_zero(p).status == ("cannot tell" if zero else "consistent")


def test_a_negative_sd_is_inconsistent_whatever_stands_beside_it():
    assert checks.sd_of_change_possible("-9.4").status == "inconsistent"
    assert checks.grimmer("3.1", "-1.0", 10).status == "inconsistent"


@pytest.mark.parametrize(("ends", "verdicts"), [((0, 50), ["inconsistent"]), ((0, 100), ["consistent"]), ((0,), [])])
def test_a_number_headed_as_a_mean_is_held_against_a_scale_that_has_both_ends(tmp_path, ends, verdicts):
    """A volume may have a lowest value and no highest: then it has no scale to be off."""
    headed = [("a", "after", "sd", "71.20", "milk", "", "mean after")]
    study = small_study(tmp_path, headed, outcomes={"milk": ("milk-volume", "continuous", "higher", "mL", *ends)})
    assert study.usable
    assert [f.verdict.status for f in check_study(study) if f.rule == "mean_on_scale"] == verdicts


def test_every_rule_is_documented_and_named():
    for name, rule in CHECKS.items():
        assert rule.__doc__
        assert all(say_in(language).has(f"rule.{name}") for language in LANGUAGES)


def test_findings_on_the_real_studies_are_those_reviewed():
    """Each line was read beside its source and judged true; `make findings` shows what is new, which needs the same."""
    assert findings() == REVIEWED.read_text(encoding="utf-8").splitlines()


# Marked because of what was read beside it, though arithmetic allows it: 41 is the SD after minus the SD before.
MARKED_BY_READING = {("zakaria-2016-abstract", "extract", "change_sd")}


def test_no_misprint_that_the_cards_mark_escapes_the_rules():
    for study in load_studies().values():
        found = {row for f in check_study(study) if f.verdict.status != "consistent" for row in f.rows}
        marked = {f.row for f in study.figures if f.why and (study.id, f.arm, f.statistic) not in MARKED_BY_READING}
        assert marked <= found


def test_no_two_folders_hold_the_same_study():
    assert check_library(load_studies().values()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_explanation_is_said_in_full(language):
    say = say_in(language)
    for study in [*load_studies().values(), *load_context()]:
        for finding in check_study(study):
            said = say.note(finding.verdict.explanation, "check")
            assert not said.startswith("check.") and "{" not in said


def test_doses_of_one_treatment_do_not_differ_in_kind(studies):
    found = {
        s.id
        for s in studies.values()
        for f in check_study(s)
        if (f.rule, f.consequence) == ("dose_confounded", "conclusion")
    }
    assert "cassava-pekanbaru" in found  # 60 g with leaves, 20 g without
    assert "kauppila-1981" not in found  # 5, 10 and 15 mg of one drug
