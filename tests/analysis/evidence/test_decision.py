"""One question of a health centre: mothers out of a hundred, and what the next trial needs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis import load_studies
from analysis.evidence import Choice, absolute, answer, decision, interventions, of_hundred, rivals
from analysis.studies import by_richness
from tests.analysis.small_studies import counts, means, small_study

LIBRARY = tuple(by_richness(load_studies()))
FED = {"fed": ("exclusive-breastfeeding", "binary", "higher", "share")}
EVEN = {"a": ("moringa", "50"), "b": ("usual-care", "50")}


def with_g(line, g: float):
    return replace(line, kept=replace(line.kept, estimate=g, interval=(g - 0.2, g + 0.2)))


@pytest.fixture
def of_means(tmp_path):
    study = small_study(tmp_path, means("a", "30", "10") + means("b", "20", "10"))
    return answer([study], Choice()).lines[0]


@pytest.mark.parametrize(
    ("g", "printed"), [(0.0, 50.0), (0.2, 57.9), (0.5, 69.1), (0.8, 78.8), (1.0, 84.1), (2.0, 97.7)]
)
def test_cohen_1988_table_2_2_1(of_means, g, printed):
    """U₃ as Cohen prints it, and the other way round with the sign."""
    found, turned = of_hundred(with_g(of_means, g)), of_hundred(with_g(of_means, -g))
    assert found.having == pytest.approx(printed, abs=0.06) and found.without == 50
    assert turned.having == pytest.approx(100 - printed, abs=0.06)
    assert found.reach[0] < found.having < found.reach[1]


@pytest.mark.parametrize("kind", ["log_odds_ratio", "log_risk_ratio", "risk_difference"])
def test_a_single_study_gives_back_its_own_shares(tmp_path, kind):
    """20 of 50 with, 10 of 50 without: 40 and 20 of a hundred, by whichever effect."""
    rows = counts("a", "20", outcome="fed") + counts("b", "10", outcome="fed")
    study = small_study(tmp_path, rows, outcomes=FED, arms=EVEN)
    line = answer([study], Choice(families=("exclusive-breastfeeding",), kind=kind)).lines[0]
    found = of_hundred(line)
    assert found.basis == "counts" and found.without == 20 and found.having == pytest.approx(40)
    assert found.reach[0] < 40 < found.reach[1]


def test_where_less_is_better_the_others_are_counted(tmp_path):
    rows = counts("a", "10", outcome="fed") + counts("b", "20", outcome="fed")
    lower = {"fed": ("exclusive-breastfeeding", "binary", "lower", "share")}
    study = small_study(tmp_path, rows, outcomes=lower, arms=EVEN)
    line = answer([study], Choice(families=("exclusive-breastfeeding",), kind="log_risk_ratio")).lines[0]
    found = of_hundred(line)
    assert found.without == pytest.approx(60) and found.having == pytest.approx(80)


def test_the_shares_of_kansas_city_are_those_of_its_data():
    """Printed at the last visit with both counts: 7 of 45 and 17 of 38."""
    found = decision(LIBRARY, "tube-feeding").hundred
    assert found.without == pytest.approx(100 * 7 / 45) and found.having == pytest.approx(100 * 17 / 38)


def test_before_and_after_alone_is_never_mothers_out_of_a_hundred():
    shelf = tuple(study for study in LIBRARY if study.id == "moringa-massage-serpong")  # nobody went without there
    alone = [decision(shelf, one.treatment) for one in interventions(shelf) if one.comparison == "before-after"]
    assert alone and all(found.hundred is None and found.line is not None for found in alone)


def test_both_sides_lie_within_the_hundred_and_the_interval_around_them():
    drawn = [found.hundred for one in interventions(LIBRARY) if (found := decision(LIBRARY, one.treatment)).hundred]
    assert len(drawn) > 15
    for one in drawn:
        assert 0 <= one.without <= 100 and 0 <= one.reach[0] <= one.having <= one.reach[1] <= 100


def test_the_next_trial_by_means_needs_what_r_says():
    """`power.t.test(delta = 0.5, sd = 1, power = 0.8)` gives 63.77 in each group, with 0.2 it gives 393.41."""
    for treatment in ("fenugreek", "domperidone", "cassava-leaf"):
        assert decision(LIBRARY, treatment).needed == {"half-sd": 64, "fifth-sd": 394}


def test_the_next_trial_by_shares_starts_from_the_share_without_not_from_what_was_found():
    support = decision(LIBRARY, "breastfeeding-support")
    assert set(support.needed) == {"more-20", "more-10"} and support.needed["more-20"] < 150
    assert set(decision(LIBRARY, "soy").needed) == {"more-10"}  # 83 of 100 already: there is no room for 20 more


def test_moringa_over_massage_is_the_serpong_study():
    assert "oxytocin-massage" in rivals(LIBRARY, "moringa")
    found = decision(LIBRARY, "moringa", "oxytocin-massage")
    assert [entry.contrast.study.id for entry in found.line.entries] == ["moringa-massage-serpong"]
    assert found.line.direction == "better" and found.comparison == "active"


def test_every_rival_has_a_result():
    for one in interventions(LIBRARY):
        for other in rivals(LIBRARY, one.treatment):
            assert decision(LIBRARY, one.treatment, other).line.kept is not None


def test_an_unknown_treatment_is_refused():
    with pytest.raises(KeyError):
        decision(LIBRARY, "gold")


def test_counts_say_what_the_summary_of_findings_says():
    found = decision(LIBRARY, "breastfeeding-support")
    meant = absolute(found.line)
    assert (found.hundred.without, found.hundred.having) == (meant.without, meant.with_it)
