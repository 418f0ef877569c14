"""What a choice comes to: every comparison is counted once, and each intervention has its own result."""

from __future__ import annotations

from itertools import product

import pytest

from analysis.evidence import KINDS_OF, POOLED_FAMILIES, Choice, answer, name_of
from analysis.evidence.answer import LEFT_OUT, POOLED, fate_of
from analysis.evidence.pooling import SAFEGUARDED, pool
from analysis.telling import each_said, headline
from analysis.words import say_in
from tests.analysis.small_studies import means, small_study

ROWS = means("a", "30", "10") + means("b", "20", "10")
CHOICES = [
    Choice(families=(family,), comparisons=(comparison,), kind=kind, r=r, equal_groups=equal)
    for (comparison, kinds), family in product(KINDS_OF.items(), POOLED_FAMILIES)
    for kind in kinds
    for r, equal in ((None, False), (0.5, True))
]


# Studies of milk volume against control, counted by hand on 2026-11-27; one that is added later changes no count.
COUNTED = (
    *("achalapong-2016", "aliyanto-rosmadewi-2019", "attia-2022", "banana-blossom-bahari", "bumrungpert-2018"),
    *("campbell-yeo-2010", "da-silva-2001", "dini-2017", "dipierro-2008", "domperidone-sick-neonates-2021"),
    *("fenugreek-preterm-usa", "fenugreek-tabriz-preterm", "fungtammasan-2022", "handayani-katuk-biscuit"),
    *("khalili-2023", "lavender-massage-kendal", "lullaby-2022", "marufah-mung-bean", "metoclopramide-mashhad"),
    *("modepeng-2021", "mollaahmetoglu-2025", "moringa-pmb-n", "nommsen-rivers-2019", "ozalkaya-2018"),
    *("palacios-2023", "paritakul-2016", "peila-2015", "rajni-2023", "roosita-2022", "saejueng-2022"),
    *("silymarin-galega-2016", "sulaeman-surakarta", "suwikrom-acupuncture", "wahyuningsih-2017", "wannapat-2018"),
)


@pytest.fixture
def counted(studies):
    return [studies[name] for name in COUNTED]


def one(tmp_path, id="small", rows=ROWS, **card):
    return small_study(tmp_path, rows, id=id, **card)


def test_counts_add_up_for_every_choice(studies):
    """Each comparison has one fate, and an effect or none."""
    for choice in CHOICES:
        found = answer(studies.values(), choice)
        tally, entries = found.tally, found.body.entries
        aside, without = (sum(count for _, count in why) for why in (tally.aside, tally.without))
        assert tally.comparisons == len(entries) == tally.pooled + tally.left_out + aside + without
        assert tally.with_effect == sum(entry.effect is not None for entry in entries)
        assert tally.studies == len({entry.contrast.study.id for entry in entries})
        assert tally.pooled == sum(line.comparisons for line in found.lines)
        fates = [fate_of(entry, found.body) for entry in entries]
        assert fates.count(POOLED) == tally.pooled and fates.count(LEFT_OUT) == tally.left_out == 0


def test_what_is_left_out_is_counted_apart(studies):
    whole = answer(studies.values(), Choice()).tally
    left = answer(studies.values(), Choice(left_out=frozenset({"paritakul-2016", "attia-2022"}))).tally
    assert (left.comparisons, left.with_effect, left.aside) == (whole.comparisons, whole.with_effect, whole.aside)
    assert left.left_out == 1 and left.pooled == whole.pooled - 1  # the other one isn't pooled anyway


def test_an_average_is_over_what_is_left(counted):
    """Ginger left out: six interventions, each of them named, and none of ginger."""
    found = answer(counted, Choice(left_out=frozenset({"paritakul-2016"})))
    assert len(found.lines) == 7 and len(found.average.treatments) == 6 and "ginger" not in found.average.treatments
    (ginger,) = (line for line in found.lines if line.treatments == ("ginger",))
    assert ginger.kept is None and ginger.certainty is None and ginger.whole.k == 1
    say = say_in("en")
    assert headline(found.average, None, say).startswith("Average over 6 different interventions, 7 comparisons from 5")
    said = each_said(found.lines, [line.certainty for line in found.lines], say)
    assert "of 6 interventions" in said and "ginger" not in said


def test_milk_volume_against_control_is_as_counted_by_hand(counted):
    """Of 42 comparisons nine print enough for g; the cluster trial among them waits for a design effect."""
    tally = answer(counted, Choice()).tally
    assert (tally.comparisons, tally.with_effect, tally.pooled) == (42, 9, 8)
    assert tally.aside == (("cluster", 1),)


def test_each_intervention_has_its_own_result_and_the_average_is_apart(studies):
    """The safeguarded interval unasked; an intervention of one study has that study's own."""
    found = answer(studies.values(), Choice())
    for line in found.lines:
        (name,) = line.treatments
        assert {name_of(entry.contrast.treatments) for entry in line.entries} == {name}
        assert line.kept == pool([entry.effect for entry in line.entries], interval="HKSJ-safeguarded")
    assert sum(line.comparisons for line in found.lines) == found.average.comparisons == found.tally.pooled
    assert found.average.kept.k == found.average.studies == found.tally.pooled_studies < found.tally.pooled
    assert set(found.average.treatments) == {line.treatments[0] for line in found.lines}
    assert found.average.kept.interval_method == SAFEGUARDED == "HKSJ-safeguarded"


def test_breast_massage_is_the_same_alone_and_beside_what_shares_its_control(studies):
    """Mollaahmetoğlu 2025: three arms against one control, combined only in an average over them."""
    (alone,) = answer(studies.values(), Choice(treatments=("breast-massage",))).lines
    beside = next(one for one in answer(studies.values(), Choice()).lines if one.treatments == ("breast-massage",))
    assert alone == beside and alone.kept.k == 1
    (entry,) = alone.entries
    average = answer(studies.values(), Choice()).average
    (whole,) = (one for one in average.entries if one.contrast.study is entry.contrast.study)
    assert entry.contrast in whole.contrast.comparisons and len(whole.contrast.comparisons) == 3


def test_two_doses_of_one_intervention_count_once_within_it(tmp_path):
    arms = {"a": ("moringa", "20"), "c": ("moringa", "20"), "b": ("placebo", "30")}
    study = one(tmp_path, rows=[row for arm in arms for row in means(arm, "30", "10")], arms=arms)
    (line,) = answer([study], Choice(kind="mean_difference")).lines
    assert line.kept.k == line.studies == 1 and line.comparisons == 2 and line.people == 70


def test_the_same_people_are_in_an_average_once_whatever_they_were_given(tmp_path):
    other = one(tmp_path, "other", arms={"a": ("katuk", "20"), "b": ("placebo", "25")}, same=("small",))
    found = answer([one(tmp_path), other], Choice())
    assert len(found.lines) == 2 and found.average.kept.k == 1


def test_a_refused_mix_has_no_result_and_says_so_in_its_counts(studies):
    found = answer(studies.values(), Choice(families=("milk-volume", "prolactin")))
    assert found.lines == () and found.average is None and found.tally.pooled == 0
    assert dict(found.tally.aside)["mixed"] == sum(entry.poolable for entry in found.body.entries)


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_reason_for_staying_out_has_words(studies, language):
    say = say_in(language)
    fates = {why for choice in CHOICES for part in ("aside", "without")
             for why, _ in getattr(answer(studies.values(), choice).tally, part)}  # fmt: skip
    assert len(fates) > 5 and all(say.has(f"across-why.{fate}") for fate in fates)
