"""Numbers typed in by hand: what a printed page gives, and a sentence for everything that is no number."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import ttest_ind_from_stats

from analysis.checks import ARM, BETWEEN, Typed, TypedGroups, TypedPairs, calculate, calculate_groups, calculate_pairs
from analysis.checks.typed_one_group import PAIRED
from analysis.recover import ArmSummary, Cancelled
from analysis.words import LANGUAGES, say_in
from tests.analysis.stopwatch import within
from tests.every import every

AT_ONCE = 0.5  # seconds; a reader types and waits
MASSAGE = TypedPairs(  # Moringa / massage (Serpong), Tables 2 and 3 with the card's corrections; scores were 3 to 5
    n="17", low="3", high="5", before_mean="3.41", before_sd="0.618", after_mean="3.82", after_sd="0.636",
    improved="7", worsened="1", unchanged="9", mean_rank_positive="4.57", mean_rank_negative="4.00", p_wilcoxon="0.035",
)  # fmt: skip
PRETEST = Typed("17", "3.18", "1.015", "3", "1", "5", "1")
# a group of Serpong and one that no study prints, with every field filled in
A = ArmSummary("17", "3.41", "0.618", "3.82", "0.636", "0.41", "0.71", "2.38", "0.030", "0.36")
B = ArmSummary("15", "61.2", "9.4", "70.5", "8.8", "9.3", "9.0", "4.0", "0.001", "0.5")
GROUPS = TypedGroups(A, B, "0.001", "-1.2", "0.001")


def statuses(ruled) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for rule, verdict in ruled:
        found.setdefault(rule, set()).add(verdict.status)
    return found


# -- what a printed page gives ----------------------------------------------------------------------------------


def test_serpong_sd_0638_fits_nothing_and_0636_one_set():
    printed, corrected = (calculate(Typed("17", "3.82", sd, "4", "3", "5")) for sd in ("0.638", "0.636"))
    assert statuses(printed.verdicts)["grimmer"] == {"inconsistent"} and printed.recovered.count == 0
    assert statuses(corrected.verdicts)["grimmer"] == {"consistent"}
    assert corrected.recovered.tables.tolist() == [[5, 10, 2]]  # as the paper's Table 2 needs it


def test_serpong_mean_315_is_inconsistent():
    found = calculate(replace(PRETEST, mean="3.15", sd="", median=""))
    assert statuses(found.verdicts) == {"grim": {"inconsistent"}} and found.recovered.count == 0


def test_serpong_massage_is_two_tables_with_the_printed_p():
    found = calculate_pairs(MASSAGE)
    assert found.refused is None and {"inconsistent"} not in statuses(found.verdicts).values()
    before, after = {3: 11, 4: 5, 5: 1}, {3: 5, 4: 10, 5: 2}
    columns = [found.found.participants(i).T for i in range(found.found.count)]
    assert found.found.count == 2 and all((Counter(b), Counter(a)) == (before, after) for b, a in columns)
    reach = {one.method: one.envelope for one in found.envelopes}
    assert set(reach) == set(PAIRED)
    assert (reach["wilcoxon"].lowest, reach["wilcoxon"].highest) == (0.0625, 0.0625)  # 1/16, by exactRankTests too
    assert reach["wilcoxon"].worse == (1, 1)


def test_eleven_got_worse_contradicts_everything():
    found = calculate_pairs(replace(MASSAGE, worsened="11"))
    assert statuses(found.verdicts)["counts_total"] == {"inconsistent"}
    assert found.found.count == 0
    assert {one.envelope.conclusion for one in found.envelopes} == {"fits-none"}


def test_two_groups_agree_with_scipy():
    p = ttest_ind_from_stats(3.82, 0.636, 17, 4.29, 0.470, 17).pvalue
    arms = (ArmSummary("17", mean_after=m, sd_after=sd) for m, sd in (("3.82", "0.636"), ("4.29", "0.470")))
    right = TypedGroups(*arms, p_after=f"{p:.3f}")
    assert statuses(calculate_groups(right).verdicts) == {"p_from_means": {"consistent"}}
    wrong = calculate_groups(replace(right, p_after="0.500"))
    assert statuses(wrong.verdicts) == {"p_from_means": {"inconsistent"}}
    assert wrong.map is None and wrong.no_map.key == "needs-mean"


# -- how it may be typed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("counts", ["5 10 2", "5,10,2", "5; 10; 2", " 5\t10 ;2, "])
def test_counts_may_be_apart_by_anything(counts):
    assert calculate_pairs(replace(MASSAGE, after_mean="", after_sd="", after_counts=counts)).found.count == 2


@pytest.mark.parametrize("counts", ["5 10 2 0", "10 2", "17"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_number_of_counts_gets_a_sentence(counts, language):
    refused = calculate_pairs(replace(MASSAGE, after_counts=counts)).refused
    assert refused.key == "counts-and-levels"
    sentence = say_in(language).note(refused, "reason")
    assert str(len(counts.split())) in sentence and "3" in sentence


def with_commas(typed):
    return replace(typed, **{name: text.replace(".", ",") for name, text in vars(typed).items() if text})


def test_decimal_commas_are_read():
    point, comma = calculate(PRETEST), calculate(with_commas(PRETEST))
    assert comma.recovered.tables.tolist() == point.recovered.tables.tolist() != []
    assert statuses(comma.verdicts) == statuses(point.verdicts)
    assert calculate_pairs(with_commas(MASSAGE)).found.count == 2
    groups = TypedGroups(with_commas(A), with_commas(B), "0,001", "-1,2", "0,001")
    point, comma = calculate_groups(GROUPS), calculate_groups(groups)
    assert statuses(comma.verdicts) == statuses(point.verdicts)
    assert comma.map.p_range == point.map.p_range


@pytest.mark.parametrize("items", ["2", "2.0", "2,0"])
def test_means_of_items_are_recovered_on_their_finer_scale(items):
    people = np.array([1.5, 2, 2, 3.5, 5])
    typed = Typed("5", f"{people.mean():.2f}", f"{people.std(ddof=1):.2f}", "", "1", "5", items)
    found = calculate(typed)
    assert statuses(found.verdicts)["grim"] == {"consistent"}
    wanted = [int((people == level).sum()) for level in found.recovered.levels]
    assert wanted in found.recovered.tables.tolist()
    assert wanted not in calculate(replace(typed, items="1")).recovered.tables.tolist()


@pytest.mark.parametrize("items", ["0", "-1", "2.5", "61", "many"])
def test_impossible_numbers_of_items_are_refused(items):
    assert calculate(replace(PRETEST, items=items)).refused is not None


def test_nothing_typed_says_nothing():
    assert calculate(Typed()).verdicts == () and calculate(Typed()).recovered is None
    assert calculate_pairs(TypedPairs()).found is None and calculate_pairs(TypedPairs()).refused is None
    empty = calculate_groups(TypedGroups(ArmSummary(), ArmSummary()))
    assert (empty.verdicts, empty.map, empty.no_map, empty.refused) == ((), None, None, None)


# -- what can't be read -----------------------------------------------------------------------------------------

BAD = [
    "text", "0", "-1", str(10**9), "1e99", "1e30", "1e-25", "−1", "−", "   ", "nan", "inf", "<", "<x", "> y", "½",
    "3.1.4", "1" * 40,
]  # fmt: skip


def refused_or_empty(calculated, *answers: str) -> None:
    """A sentence in both languages, or an answer; never half of each."""
    if calculated.refused is not None:
        assert all(getattr(calculated, name) in (None, ()) for name in answers)
        for language in LANGUAGES:
            said = say_in(language).note(calculated.refused, "reason")
            assert not said.startswith("reason.") and "{" not in said


def timed(calculation, typed):
    with within(AT_ONCE):
        return calculation(typed)


@every("bad", BAD)
@every("field", Typed.__dataclass_fields__)
def test_bad_input_of_one_sample_is_answered_at_once(field, bad):
    refused_or_empty(timed(calculate, replace(PRETEST, **{field: bad})), "verdicts", "recovered")


@every("bad", BAD)
@every("field", TypedPairs.__dataclass_fields__)
def test_bad_input_of_pairs_is_answered_at_once(field, bad):
    refused_or_empty(timed(calculate_pairs, replace(MASSAGE, **{field: bad})), "verdicts", "found", "envelopes")


@every("bad", BAD)
@every("field", [*ARM, *BETWEEN])
def test_bad_input_of_two_groups_is_answered_at_once(field, bad):
    typed = replace(GROUPS, **{field: bad}) if field in BETWEEN else replace(GROUPS, a=replace(A, **{field: bad}))
    refused_or_empty(timed(calculate_groups, typed), "verdicts", "map")


@pytest.mark.parametrize("field", ["n", "mean", "sd", "median", "low", "high", "items"])
@pytest.mark.parametrize("bad", ["text", "1e99", "nan"])
def test_what_is_no_number_is_refused_with_its_own_words(field, bad):
    refused = calculate(replace(PRETEST, **{field: bad})).refused
    assert refused is not None and bad in say_in("en").note(refused, "reason")


@pytest.mark.parametrize("n", ["1", "0"])
def test_the_sentence_names_the_smallest_number_that_is_accepted(n):
    """An SD needs two people: "between 1 and …, not 1" would be no help."""
    refused = calculate(replace(PRETEST, n=n)).refused
    assert int(refused.values["least"]) > int(n)
    assert f"between {refused.values['least']} and" in say_in("en").note(refused, "reason")


def test_an_impossible_sd_fits_nothing_however_large():
    for sd in ("9.4", str(10**9), "1e15"):
        found = calculate(replace(PRETEST, sd=sd))
        assert found.recovered.count == 0 and "inconsistent" in statuses(found.verdicts)["sd_bounds"]


def test_mean_ranks_are_compared_exactly_however_many_digits_are_typed():
    # the ranks of the 7 who rose add up to 32; 32 / 7 = 4.571428571428571428571…
    right, wrong = (replace(MASSAGE, mean_rank_positive=f"4.57142857142857142{end}") for end in ("857", "858"))
    assert calculate_pairs(right).found.count == 2
    assert calculate_pairs(wrong).found.count == 0


def test_more_people_than_any_study_has_do_not_hang_the_screen():
    with within(8):  # a minute once
        assert calculate(replace(PRETEST, n="99999")).refused is None


def test_who_waits_may_stop_while_tests_are_run():
    """The search is over at once here; the tests on all that fits still listen."""
    told: list[float] = []

    def listen(share: float) -> None:
        told.append(share)
        if share == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        calculate_pairs(MASSAGE, listen)
    assert told == sorted(told)


def test_what_was_typed_is_quoted_as_it_stands():
    """Also where decimals are written with a comma."""
    for typed in ("3.41", "3,41"):
        refused = calculate(replace(PRETEST, n=typed)).refused
        assert all(f"“{typed}”" in say_in(language).note(refused, "reason") for language in LANGUAGES)
