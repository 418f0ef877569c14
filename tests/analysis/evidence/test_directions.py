"""Which way studies point: what tells it, one direction per study, sign test and combined p as R gives them."""

from __future__ import annotations

import math

import pytest

from analysis.evidence import Choice, body, combined, directions, signs, z_at
from analysis.telling import combined_said, row_said, signs_said
from analysis.words import LANGUAGES, say_in
from tests.analysis.small_studies import counts, means, small_study

R_DIGITS = 1e-9  # relative: R 4.2.2, printed with 12 digits
LARGE = 4000  # people of a study so large that t is normal


def pointed(*shelf, **choice):
    return directions(body(shelf, Choice(**choice)))


def of(tmp_path, rows=(), claims=(), **card):
    (row,) = pointed(small_study(tmp_path, rows, claims, **card))
    return row.side, row.known, row.status


@pytest.mark.parametrize(
    ("rows", "claims", "told"),
    [
        ([*means("a", "9", "2"), *means("b", "8", "2")], [], (1, "effect", "derived")),
        ([("a", "after", "mean", "7"), ("b", "after", "mean", "8")], [], (-1, "mean", "derived")),
        ([("a", "after", "median", "8"), ("b", "after", "median", "8")], [], (0, "median", "derived")),
        ([("a", "before:after", "change_percent", "40"), ("b", "before:after", "change_percent", "12")], [],
         (1, "change_percent", "derived")),
        ([], [{"p": "0.2", "direction": "b"}], (-1, "words", "reported")),
        ([], [{"direction": "none"}], (0, "words", "reported")),
        ([], [{"p": "0.2"}], (None, None, "reported")),
    ],
)  # fmt: skip
def test_the_strongest_that_is_printed_tells_the_side(tmp_path, rows, claims, told):
    assert of(tmp_path, rows, claims) == told


def test_less_is_better_where_the_card_says_so(tmp_path):
    outcomes = {"milk": ("milk-volume", "continuous", "lower", "mL")}
    side, *_ = of(tmp_path, [("a", "after", "mean", "7"), ("b", "after", "mean", "8")], outcomes=outcomes)
    assert side == 1


def test_another_time_is_asked_only_where_the_chosen_one_tells_nothing(tmp_path):
    said = [{"p": "0.2", "timepoint": "late"}, {"p": "0.01", "timepoint": "early", "direction": "a"}]
    (row,) = pointed(small_study(tmp_path, claims=said, times=("before", "early", "late")))
    assert (row.contrast.when, row.side) == ("early", 1)


@pytest.mark.parametrize(
    ("printed", "value", "bound", "one_sided", "reach"),
    [
        ("0.04", 0.04, "", 0.02, ""),
        ("<0.05", 0.05, "<", 0.025, "<"),
        ("0.000", 0.0005, "<", 0.00025, "<"),
        (">0.05", 0.05, ">", None, ">"),
    ],
)
def test_a_bound_stays_a_bound(tmp_path, printed, value, bound, one_sided, reach):
    (row,) = pointed(small_study(tmp_path, claims=[{"p": printed, "direction": "a"}]))
    assert (row.p.value, row.p.bound, row.one_sided, row.reach) == (value, bound, one_sided, reach)


def test_p_above_a_bound_without_a_side_lies_on_both_sides_and_is_never_combined(tmp_path):
    (row,) = pointed(small_study(tmp_path, claims=[{"p": ">0.05", "direction": "none"}]))
    assert row.reach == "both" and row.signed_z == pytest.approx(1.959964, abs=1e-6) and row.one_sided is None


# -- together ----------------------------------------------------------------------------------------------------------


def made(tmp_path, sides, ps=()):
    """A study for each side, with its p."""
    rows = []
    for place, side in enumerate(sides):
        said = {1: "a", -1: "b", 0: "none", None: ""}[side]
        claim = {"direction": said, "p": f"{ps[place]}" if ps else ""}
        rows += pointed(small_study(tmp_path, claims=[claim], id=f"s{place}"))
    return rows


def test_the_sign_test_and_wilson_s_interval_are_r_s(tmp_path):
    """R 4.2.2: binom.test(9, 11)$p.value; prop.test(9, 11, correct = FALSE)$conf.int."""
    found = signs(made(tmp_path, [1] * 9 + [-1] * 2 + [0, None]))
    assert (found.better, found.worse, found.neither, found.unknown, found.studies) == (9, 2, 1, 1, 13)
    assert found.p == pytest.approx(0.0654296875, rel=R_DIGITS)
    assert found.interval == pytest.approx((0.523019438039, 0.948632310254), rel=R_DIGITS)
    assert found.share == 9 / 11


def test_combined_p_are_r_s(tmp_path):
    """R 4.2.2, p <- c(.01, .2, .03, .6, .9, .045): pchisq(-2*sum(log(p)), 12, lower.tail = FALSE);
    pnorm(sum(qnorm(1 - p))/sqrt(6), lower.tail = FALSE). Two-sided p of better are twice these, of worse 2·(1 − p)."""
    two_sided = ["0.02", "0.4", "0.06", "0.8", "0.2", "0.09"]
    found = combined(made(tmp_path, [1, 1, 1, -1, -1, 1], two_sided))
    assert (found.studies, found.bounds) == (6, 0)
    assert found.fisher == pytest.approx(0.00804871818848, rel=R_DIGITS)
    assert found.stouffer == pytest.approx(0.01672366416464, rel=R_DIGITS)


def test_all_turned_round_is_the_other_tail_of_stouffer_and_the_same_sign_test(tmp_path):
    two_sided = ["0.02", "0.4", "0.3"]
    one = made(tmp_path / "one", [1, 1, -1], two_sided)
    other = made(tmp_path / "other", [-1, -1, 1], two_sided)
    assert combined(one).stouffer == pytest.approx(1 - combined(other).stouffer)
    assert signs(one).p == signs(other).p and signs(one).share == pytest.approx(1 - signs(other).share)


def test_a_study_of_several_arms_points_once(tmp_path):
    arms = {"a": ("moringa", "20"), "c": ("katuk", "20"), "b": ("placebo", "20")}
    rows = [("a", "after", "mean", "9"), ("c", "after", "mean", "8"), ("b", "after", "mean", "7")]
    alike = pointed(small_study(tmp_path, rows, arms=arms, id="alike"))
    assert len(alike) == 2 and signs(alike).better == 1
    rows[1] = ("c", "after", "mean", "5")
    apart = signs(pointed(small_study(tmp_path, rows, arms=arms, id="apart")))
    assert (apart.mixed, apart.better, apart.share) == (1, 0, None)


def test_fewer_than_two_p_are_not_combined(tmp_path):
    assert combined(made(tmp_path, [1, 1], ["0.02", ">0.05"])) is None


def test_a_contour_is_where_a_large_study_s_p_gives_its_difference(tmp_path):
    """g of a p, as the effects compute it, at the place where the albatross plot draws its line."""
    for difference in (0.1, 0.2):
        z = z_at(difference, LARGE)
        p = math.erfc(z / math.sqrt(2))
        arms = {"a": ("moringa", str(LARGE // 2)), "b": ("usual-care", str(LARGE // 2))}
        claim = {"p": f"{p:.15f}", "direction": "a", "method": "independent-t"}
        study = small_study(tmp_path, claims=[claim], arms=arms, id=f"d{int(10 * difference)}")
        (entry,) = body([study], Choice(worded=True)).entries
        assert entry.effect.value == pytest.approx(difference, rel=0.005)


def test_shares_tell_a_direction_where_counts_are_not_printed(tmp_path):
    outcomes = {"milk": ("adequacy", "binary", "higher", "%")}
    arms = {"a": ("moringa", ""), "b": ("usual-care", "")}
    rows = [("a", "after", "percent", "70", "milk", "yes"), ("b", "after", "percent", "50", "milk", "yes")]
    (row,) = pointed(small_study(tmp_path, rows, outcomes=outcomes, arms=arms), families=("adequacy",))
    assert (row.side, row.known) == (1, "percent")
    given = small_study(tmp_path, [*counts("a", "4"), *counts("b", "9")], outcomes=outcomes, id="counted")
    (row,) = pointed(given, families=("adequacy",), kind="log_risk_ratio")
    assert (row.side, row.known) == (-1, "effect")


def test_moringa_and_oxytocin_massage_each_have_a_direction_answer(studies):
    for given in ("moringa", "oxytocin-massage"):
        found = signs(pointed(*studies.values(), treatments=(given,)))
        assert found.better >= 3 and found.interval is not None, given


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_said_in_each_language(studies, language):
    say = say_in(language)
    rows = pointed(*studies.values())
    told = [signs_said(signs(rows), say), combined_said(combined(rows), say), combined_said(None, say)]
    told += [row_said(row, say) for row in rows]
    assert not [text for text in told if "direction." in text or "{" in text]


def test_a_p_that_is_computed_is_called_so(tmp_path):
    (row,) = pointed(small_study(tmp_path, [*means("a", "9", "2"), *means("b", "8", "2")]))
    effect = body([row.contrast.study], Choice()).entries[0].effect
    assert row.p.text == "" and "(computed)" in row_said(row, say_in("en"))
    assert row.p.z == pytest.approx(effect.value / math.sqrt(effect.variance))
