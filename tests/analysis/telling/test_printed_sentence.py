"""The sentence under a plot of what is printed: it says that nothing is printed only where nothing is."""

from __future__ import annotations

from itertools import product

from analysis import load_studies
from analysis.asking import before_after
from analysis.telling import printed_sentence
from analysis.words import LANGUAGES, say_in
from tests.every import every

STUDIES = [study for study in load_studies().values() if study.laid_out]


@every("language", LANGUAGES)
@every("study", STUDIES, ids=lambda study: study.id)
def test_nothing_is_printed_only_where_no_figure_is(study, language):
    say = say_in(language)
    for outcome, arm in product(study.outcomes, study.arms):
        sentence = printed_sentence(before_after(study, outcome, arm, tuple(study.timepoints)), say)
        figures = [f for f in study.find(outcome=outcome, arm=arm) if f.statistic != "n" and not f.printed_as]
        tested = [c for c in study.claims if c.outcome == outcome and c.p and (arm in c.arms or not c.arms)]
        label = say.text(study.arms[arm].label)
        assert (sentence == say("sentence.printed-nothing", arm=label)) == (not figures and not tested)
        if figures:
            assert any(say.printed(f.usable or f.value) in sentence for f in figures), sentence
            assert any(character.isdigit() for character in sentence)


def test_medians_are_said_with_their_quartiles(studies):
    study, say = studies["silymarin-galega-2016"], say_in("en")
    sentence = printed_sentence(before_after(study, "milk-volume", "placebo", tuple(study.timepoints)), say)
    for number in ("median 115", "lower quartile 60", "upper quartile 245"):  # as the abstract prints them
        assert number in sentence
