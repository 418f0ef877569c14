"""Across studies says one thing once: for every choice the map, list, forest, headline, reasons, sentence, script
and table tell the same counts and numbers. Each is read from what it shows, none from what another computed."""

from __future__ import annotations

import contextlib
import io
import math
import re
from collections.abc import Iterator
from functools import cache
from itertools import product

import pytest

from analysis import load_studies
from analysis.evidence import KINDS_OF, POOLED_FAMILIES, Answer, Choice, Line, answer, evidence_map, name_of
from analysis.studies import by_richness
from analysis.telling import cell_hover, headline, is_ratio, number_of, reason_said, tally_said
from analysis.telling.scripts import pooling_python
from analysis.words import say_in
from pages.ui.across import evidence_map as evidence_map_screen
from pages.ui.across import forest, rows
from pages.ui.across.asked import Asked
from pages.ui.shared.text import plain
from tests.pages.test_pages import texts

SAY = say_in("en")
LIBRARY = tuple(by_richness(load_studies()))
CHOICES = [
    Choice(families=(family,), comparisons=(comparison,), kind=kind, r=r)
    for (comparison, kinds), family in product(KINDS_OF.items(), POOLED_FAMILIES)
    for kind in kinds
    for r in ((None, 0.5) if comparison == "before-after" else (None,))
]
NUMBER = r"[−+]?\d+(?:\.\d+)?"
EFFECT = re.compile(rf"{NUMBER} \[(?:{NUMBER}|−?∞), (?:{NUMBER}|∞)\]")


@cache
def answered() -> tuple[Answer, ...]:
    """The answers that hold a result."""
    found = tuple(one for choice in CHOICES if (one := answer(LIBRARY, choice)).lines)
    assert (
        len(found) > 15 and any(one.average for one in found) and any(is_ratio(one.body.choice.kind) for one in found)
    )
    return found


def results() -> Iterator[tuple[Answer, Line]]:
    for found in answered():
        for line in (*found.lines, *([found.average] if found.average else [])):
            yield found, line


@cache
def listed(choice: Choice) -> list[dict[str, object]]:
    """The rows of the list (and of the CSV), as shown."""
    return [rows.row(entry, SAY) | {"id": entry.contrast.id} for entry in answer(LIBRARY, choice).body.entries]


def effects(text: str) -> list[str]:
    return EFFECT.findall(text)


# -- counts ------------------------------------------------------------------------------------------------------------


def test_the_sentence_of_counts_says_what_the_list_holds():
    """Comparisons, studies, effects and what is pooled, counted in the rows; the parts add up to the whole."""
    for choice in CHOICES:
        table, said = listed(choice), tally_said(answer(LIBRARY, choice).tally, SAY)
        count, effect, why = len(table), SAY("across.effect"), SAY("across.why-not")
        refused = answer(LIBRARY, choice).body.refused is not None
        pooled = 0 if refused else sum(bool(row[effect]) and not row[why] for row in table)
        assert (
            re.match(rf"{count} comparisons?\b", said) and f"{sum(bool(row[effect]) for row in table)} with an" in said
        )
        assert f"from {len({row[SAY('choose.study')] for row in table})} stud" in said
        parts = {name: sum(map(int, re.findall(pattern, said))) for name, pattern in (
            ("below", r"In the results: (\d+)"), ("aside", r"not in the results: (\d+)"),
            ("none", r"Without an effect: (\d+)"),
        )}  # fmt: skip
        assert parts["below"] == pooled and sum(parts.values()) == count
        for inside in re.findall(r": (\d+) \(([^()]*)\)", said):  # the reasons add up, too
            assert int(inside[0]) == sum(map(int, re.findall(r": (\d+)", inside[1])))


@pytest.mark.parametrize("comparison", ["control", "active", "before-after"])
def test_the_map_counts_and_says_what_the_list_does(comparison):
    """Each bubble against the rows of the list for its intervention: studies, comparisons, the result."""
    for cell in evidence_map(LIBRARY, Choice(comparisons=(comparison,))):
        whole = answer(LIBRARY, Choice(families=(cell.family,), comparisons=(comparison,), kind=cell.kind))
        own = [e for e in whole.body.entries if name_of(e.contrast.treatments) == cell.treatment]
        hover = cell_hover(cell, comparison, SAY)
        studies = len({entry.contrast.study.id for entry in own})
        assert cell.tally.studies == studies and cell.tally.comparisons == len(own)
        assert (SAY("across.cell-hollow") in hover) == (bool(own) and cell.line is None)
        if own:
            assert re.search(rf"^{studies} stud", hover, re.M) and f", {len(own)} comparison" in hover
        if cell.line and not whole.body.refused:
            (line,) = (one for one in whole.lines if one.treatments == (cell.treatment,))
            assert effects(hover) == effects(headline(line, None, SAY)) and len(effects(hover)) == 1
            assert f"{line.comparisons} in the result" in hover


# -- numbers -----------------------------------------------------------------------------------------------------------


def drawn(found: Answer, together: Line | None) -> tuple[dict[str, float], list[str]]:
    """Where each study's mark stands, and the numbers beside the plot from above."""
    figure, _ = forest._drawn(
        found, together, Asked(found.body.choice, "REML", "HKSJ-safeguarded", "ungrouped", "study"), "en", False
    )
    marks = {key: x for trace in figure.data if trace.customdata is not None and (trace.meta or {}).get("mark")
             for key, x in zip(trace.customdata, trace.x, strict=True)}  # fmt: skip
    (numbers,) = (trace for trace in figure.data if trace.name == "numbers")
    order = sorted(zip(numbers.y, numbers.text, strict=True))
    return marks, [found for _, text in order for found in effects(re.sub("<[^>]+>", "", text))]


def test_the_forest_writes_each_study_as_the_list_does_and_each_result_as_the_headline():
    for found in answered():
        shown = {row["id"]: row[SAY("across.effect")] for row in listed(found.body.choice)}
        for together in (None, found.average or found.lines[0]):
            marks, numbers = drawn(found, together)
            asked = Asked(found.body.choice, "", "", "", "study")
            in_order = forest.ordered(forest._drawn_of(found, together), asked)
            for entry, number in zip(in_order, numbers, strict=False):
                if len(entry.contrast.comparisons) == 1:  # the list has a row per comparison, the forest one per trial
                    assert number == shown[entry.contrast.id]
            assert marks == {entry.contrast.id: entry.effect.value for entry in in_order}
            rest = numbers[len(in_order) :]
            assert rest == (effects(headline(together, None, SAY)) if together else [])


def test_a_study_has_one_number_in_every_choice_of_its_kind():
    """Alone, beside others, on the map: breast massage was +0.64 here and +0.67 there."""
    for found, line in results():
        for entry in line.entries:
            if len({name_of(one.treatments) for one in entry.contrast.comparisons}) > 1:
                continue  # a trial of several interventions, as one in their average
            alone = answer(
                LIBRARY, Choice(**{**vars(found.body.choice), "treatments": (name_of(entry.contrast.treatments),)})
            )
            (same,) = (e for one in alone.lines for e in one.entries if e.contrast == entry.contrast)
            assert same.effect == entry.effect


def test_the_headline_counts_what_the_list_holds():
    for found, line in results():
        own = [e for e in found.body.entries if e.poolable and name_of(e.contrast.treatments) in line.treatments]
        text = headline(line, line.certainty, SAY)
        assert f", {len(own)} comparison" in text and f"from {len({e.contrast.study.id for e in own})} stud" in text
        assert text.startswith("Average over") == (len(line.treatments) > 1)
        if len(own) == 1:  # one study: its own number
            assert effects(text) == [rows.row(own[0], SAY)[SAY("across.effect")]]


def test_the_reasons_repeat_the_numbers_of_the_headline():
    """Interval, people, prediction: on the reader's scale, never a log under a ratio."""
    for found, line in results():
        text = headline(line, line.certainty, SAY)
        low, high = re.search(r"\[(.+), (.+)\]", effects(text)[0]).groups()
        said = {domain: reason_said(rating, line.kept.kind, SAY) for domain, rating in line.certainty.reasons.items()}
        assert f"from {low} to {high} " in said["imprecision"]
        people = re.search(r"\((\d+) mothers\)", text)
        if " mothers, where" in said["imprecision"]:
            assert f"{people.group(1)} mothers, where" in said["imprecision"]
        if "prediction interval" in said["inconsistency"]:
            ends = [number_of(line.kept.kind, SAY)(end) for end in line.kept.prediction]
            assert f"from {ends[0]} to {ends[1]} " in said["inconsistency"]
        if is_ratio(found.body.choice.kind):
            assert float(low) >= 0 and not re.search(r"from [−+]", " ".join(said.values()))


def test_the_script_gives_the_headline():
    """Python as taken away, run; ratios are printed as ratios beside their logs."""
    for found, line in results():
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(pooling_python(line), {})
        lines = dict(one.split(" = ", 1) for one in printed.getvalue().splitlines())
        ratio = is_ratio(found.body.choice.kind)
        value, interval = (
            eval(lines[name]) for name in (("ratio", "ratio_interval") if ratio else ("estimate", "interval"))
        )
        write = number_of(line.kept.kind, SAY)
        estimate, low, high = (write(math.log(one) if ratio else one) for one in (value, *interval))
        assert f"{estimate} [{low}, {high}]" == effects(headline(line, None, SAY))[0]


# -- the screen --------------------------------------------------------------------------------------------------------


def _named(found: Answer) -> str:
    choice = found.body.choice
    return "-".join((*choice.families, *choice.comparisons, choice.kind, str(choice.r or "")))


@pytest.mark.parametrize("found", answered(), ids=_named)
def test_the_screen_says_the_same(open_page, found):
    """Headline, counts, table of interventions, sentence to take away and rows, as a reader sees them."""
    choice = found.body.choice
    link = {"family": choice.families[0], "versus": choice.comparisons[0], "effect": choice.kind, "lang": "en"}
    app = open_page("across-studies", **link, **({"r": "0.5"} if choice.r else {}), average="on")
    assert not app.exception
    shown, line = texts(app), found.average or found.lines[0]
    said = headline(line, line.certainty, SAY)
    assert plain(tally_said(found.tally, SAY)) in shown and plain(said) in shown
    assert any(block.value.startswith(said) for block in app.code)
    tables = [frame.value for frame in app.dataframe]
    if found.average:
        (each,) = (t for t in tables if SAY("across.comparisons-count") in t.columns)
        assert list(each[SAY("across.comparisons-count")]) == [one.comparisons for one in found.lines]
        assert [effects(text) for text in each.iloc[:, 1]] == [effects(headline(one, None, SAY)) for one in found.lines]
    out = [t for t in tables if SAY("across.why-not") in t.columns and SAY("across.status") not in t.columns]
    assert sum(len(t) for t in out[:1]) == found.tally.not_pooled or found.tally.not_pooled == 0


@pytest.mark.parametrize("comparison", ["control", "active", "before-after"])
def test_a_click_on_the_map_opens_what_the_bubble_says(open_page, monkeypatch, comparison):
    """Even where the reader had asked for other comparisons and another kind of effect before."""
    cells = evidence_map(LIBRARY, Choice(comparisons=(comparison,)))
    told = [cell for cell in cells if cell.line][:3] + [cell for cell in cells if not cell.tally.comparisons][:2]
    for cell in told:
        link: dict[str, object] = {}
        monkeypatch.setattr(evidence_map_screen.link, "put", lambda link=link, **chosen: link.update(chosen))
        evidence_map_screen._open(cells, comparison, f"{cell.treatment}|{cell.family}")
        monkeypatch.undo()
        assert (link["family"], link["given"]) == ([cell.family], [cell.treatment])
        app = open_page("across-studies", lang="en", **link)
        shown = texts(app)
        if cell.line:
            assert plain(headline(cell.line, cell.line.certainty, SAY)) in shown
            assert plain(tally_said(cell.tally, SAY)) in shown
        else:
            assert link["versus"] == [cell.otherwise[0]] and re.search(r"\d+ comparisons? from \d+ stud", shown)
