"""Habits of printing are named, not called errors: cut off, of everybody, without a sign, an SD of 0.00."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from analysis.checks import CHECKS, check_study
from analysis.recover import Printed
from tests.analysis.small_studies import small_study

SCORE = {"score": ("adequacy", "ordinal", "higher", "score", 1, 5)}
YES = {"enough": ("adequacy", "binary", "higher", "", 0, 1)}


def said(rule: str, *printed) -> tuple[str, str]:
    verdict = CHECKS[rule](*printed)
    return verdict.status, verdict.explanation.key


def cut(value: Fraction, decimals: int) -> str:
    """A positive value with its further digits left out."""
    units = math.floor(value * 10**decimals)
    return f"{units / 10**decimals:.{decimals}f}"


def test_a_number_cut_off_stands_for_what_begins_alike():
    """2/3 begins with 66.6 and isn't 66.5…; −2/3 begins with −66.6."""
    assert Printed("66.6").cut_off.may_be(Fraction(200, 3)) and not Printed("66.5").cut_off.may_be(Fraction(200, 3))
    assert not Printed("66.6").may_be(Fraction(200, 3)) and not Printed("66.7").cut_off.may_be(Fraction(200, 3))
    assert Printed("-66.6").cut_off.may_be(Fraction(-200, 3)) and not Printed("-66.7").cut_off.may_be(Fraction(-200, 3))
    assert not Printed("66.6").cut_off.may_be(Fraction(667, 10))


def test_printed_as_cut_off():
    """12/18 = 66.67%; 56/3 = 18.67 kept to one decimal is 18.6, 18.7 rounded; 57/18 = 3.1667."""
    assert said("percentage", "12", 18, "66.6") == ("consistent", "percentage.cut")
    assert said("percentage", "12", 18, "66.7") == ("consistent", "percentage.agrees")
    assert said("percentage", "12", 18, "66.5") == ("inconsistent", "percentage.differs")
    assert said("percentage_possible", "66.6", 18) == ("consistent", "percentage-possible.cut")
    assert said("grim", "18.6", 3) == ("consistent", "grim.cut")
    assert said("grim", "3.16", 18) == ("consistent", "grim.cut")
    assert said("grim", "3.15", 18) == ("inconsistent", "grim.impossible")
    assert said("p_from_z", "-2.1000", "0.035") == ("consistent", "p-from.cut")  # R: 2 pnorm(−2.10) = .03572884
    assert said("p_from_z", "-2.1000", "0.034")[0] == "inconsistent"


def test_shares_of_everybody():
    """14 of 30 is 46.67%; 14 of 15 is 93.33%."""
    assert said("percentage", "14", 15, "46.7", 30) == ("consistent", "percentage.of-everybody")
    assert said("percentage", "14", 15, "46.7") == ("inconsistent", "percentage.differs")
    assert said("percentage", "14", 15, "93.3", 30) == ("consistent", "percentage.agrees")


def test_a_fall_without_its_sign():
    """From 26.8 to 18.7 is −8.1, −30.2%; a rise printed as a fall is none of it."""
    assert said("change_arithmetic", "26.8", "18.7", "8.1") == ("consistent", "change-arithmetic.unsigned")
    assert said("change_arithmetic", "26.8", "18.7", "-8.1") == ("consistent", "change-arithmetic.agrees")
    assert said("change_arithmetic", "18.7", "26.8", "-8.1") == ("inconsistent", "change-arithmetic.differs")
    assert said("percent_change", "26.8", "18.7", "30.2") == ("consistent", "percent-change.unsigned")
    assert said("percent_change", "18.7", "26.8", "-43.3")[0] == "inconsistent"


def test_an_sd_of_zero_may_be_a_small_one():
    """Of 5 ± 0.004 and 5.1 ± 0.2 (10 each) R's t test has p .1313305; equal scores in both groups have no t at all."""
    assert said("p_from_means", ("5", "0.00", "10"), ("5.1", "0.2", "10"), "0.131")[0] == "consistent"
    assert said("p_from_means", ("5.00", "0.00", "10"), ("6.00", "0.00", "10"), "0.000")[0] == "consistent"
    assert said("t_from_change", "1.20", "0.00", "9", "720.0")[0] == "consistent"
    assert said("t_from_change", "1.20", "0.00", "9", "2.31")[0] == "inconsistent"
    assert said("grimmer", "4.00", "0.00", 12)[0] == "consistent"


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_rounded_or_cut_off_passes(seed):
    """Counts, means, SDs and p of any scores, printed in either way."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 40))
    scores = rng.integers(1, 6, n)
    mean = Fraction(int(scores.sum()), n)
    sd, decimals = Fraction(float(scores.std(ddof=1))), int(rng.integers(1, 4))
    share = Fraction(100 * int((scores > 3).sum()), n)
    for way in (cut, lambda value, digits: f"{float(value):.{digits}f}"):
        assert said("grim", way(mean, 2), n)[0] == "consistent"
        assert said("grimmer", way(mean, 2), way(sd, decimals), n)[0] == "consistent"
        assert said("percentage", str((scores > 3).sum()), n, way(share, 1))[0] == "consistent"
        assert said("percentage_possible", way(share, 1), n)[0] == "consistent"
        z = float(rng.normal(0, 2))
        assert said("p_from_z", f"{z:.6f}", way(Fraction(2 * float(stats.norm.sf(abs(z)))), 3))[0] == "consistent"


def test_a_study_that_mixes_habits_is_told_so_once(tmp_path):
    """Of 18 people: 3.16 is 57/18 cut off, 3.56 is 64/18 rounded (3.5556), 3.50 fits both ways."""
    arms = {"a": ("moringa", "18"), "b": ("usual-care", "18")}
    rows = [("a", "before", "mean", "3.16"), ("a", "after", "mean", "3.56"), ("b", "before", "mean", "3.50")]
    mixed = check_study(small_study(tmp_path, rows, outcomes=SCORE, arms=arms))
    (found,) = [finding for finding in mixed if finding.rule == "mixed_conventions"]
    assert (found.verdict.status, found.consequence) == ("cannot tell", "style")
    assert "3.16" in found.verdict.explanation.values["other"] and "3.56" in found.verdict.explanation.values["usual"]
    assert [f.rule for f in mixed if f.verdict.status == "inconsistent"] == []
    alike = check_study(small_study(tmp_path, [rows[0], rows[2]], outcomes=SCORE, arms=arms, id="alike"))
    assert [f.consequence for f in alike if f.rule == "mixed_conventions"] == ["none"]


def test_shares_of_everybody_in_a_study(tmp_path):
    """14 of 15 and 9 of 15 as shares of all 30: 46.7% and 30.0%."""
    arms = {"a": ("moringa", "15"), "b": ("usual-care", "15")}
    rows = [
        (arm, "after", statistic, value, "enough", "yes")
        for arm, count, share in (("a", "14", "46.7"), ("b", "9", "30.0"))
        for statistic, value in (("count", count), ("percent", share))
    ]
    found = check_study(small_study(tmp_path, rows, outcomes=YES, arms=arms))
    assert {f.verdict.explanation.key for f in found if f.rule == "percentage"} == {"percentage.of-everybody"}
