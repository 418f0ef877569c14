"""A report on many studies: what each intervention was found to do, how sure that is, the forest, every row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from analysis.evidence import DOMAINS, Answer, Entry, Intervention, Line, better_of, level_said, name_of, word_said
from analysis.plots.across import Row, forest
from analysis.plots.canvas import Finished
from analysis.plots.reports.blocks import Block, Document, Heading, Items, Paragraph, Table
from analysis.plots.reports.parts import document, known, plot, script
from analysis.results import Pooled
from analysis.studies import Study
from analysis.telling import (
    capitalised,
    cautions,
    each_said,
    effect_text,
    found_said,
    headline,
    kind_name,
    line_name,
    n_said,
    number_said,
    plainly,
    printed_in,
    reason_said,
    row_effect,
    spread_line,
    studied_said,
    sure_said,
    tally_said,
    treatment_name,
    when_said,
)
from analysis.telling.scripts import pooling_python, pooling_r
from analysis.words import Say


def of_answer(found: Answer, say: Say, *, shown: Line | None = None, date: str = "", link: str = "") -> Document:
    """The report on all that is said of one choice; `shown` is the line whose reasons are told in full.

    Without it they are told of the only line, or of the one with most comparisons.
    """
    told = shown or (found.lines[0] if found.lines else None)
    choice = found.body.choice
    names = [*(say(f"family.{one}") for one in choice.families), *(say(f"comparison.{c}") for c in choice.comparisons)]
    blocks = [*_together(found, say), *(_told(told, say) if told and told.kept else ()), *_studies(found, say)]
    title = f"{say('menu.across-studies')}: {', '.join(names)}"
    return document(title, blocks, _behind(found.body.entries), say, date=date, link=link)


def _behind(entries: Sequence[Entry]) -> list[Study]:
    return list({entry.contrast.study.id: entry.contrast.study for entry in entries}.values())


def _together(found: Answer, say: Say) -> Iterator[Block]:
    """What all lines say, the counts behind them, a table of them and the forest."""
    yield Heading(say("report.found"))
    if found.lines:
        sure = [line.certainty for line in found.lines]
        several = len(found.lines) > 1
        yield Paragraph(
            each_said(found.lines, sure, say) if several else headline(found.lines[0], sure[0], say), "lead"
        )
    yield Paragraph(tally_said(found.tally, say))
    if found.body.refused:
        yield Paragraph(say.note(found.body.refused, "reason"))
    if not found.lines:
        return
    yield _lines(found, say)
    figure, sentence = _forest(found, say)
    yield plot(figure, sentence, say("report.forest"))
    yield from known([entry.effect.status for entry in found.body.all if entry.effect], say)


def _lines(found: Answer, say: Say) -> Table:
    head = ("across.given", "across.comparisons-count", "across.mothers", "across.says", "across.how-sure")
    kind = kind_name(found.body.choice.kind, say)
    rows = []
    for line in found.lines:
        if (kept := line.kept) is None:
            continue
        rows.append((
            capitalised(line_name(line, say)), effect_text(kept.kind, kept.estimate, kept.interval, say),
            str(line.comparisons),
            say("across.not-known") if line.people is None else str(line.people),
            say(f"across.says-{line.direction}"), word_said(line.certainty, say) if line.certainty else "",
        ))  # fmt: skip
    named = [say(key) for key in head]
    return Table((named[0], kind, *named[1:]), tuple(rows), say("result.brackets"))


def _forest(found: Answer, say: Say) -> tuple[Finished, str]:
    """A row per trial, each intervention's under its heading, with the sentence that says it."""
    weights = _weights(found.lines)
    entries = sorted((entry for line in found.lines for entry in line.entries), key=lambda one: one.contrast.study.id)
    rows = [_row(entry, weights.get(entry.contrast.id), say) for entry in entries]
    several, first = len(found.lines) > 1, found.lines[0]
    sums = {capitalised(line_name(line, say)): line.kept for line in found.lines if line.kept and line.kept.k > 1}
    whole, kept = (None, None) if several else (first.whole, first.kept)
    sides = say("across.favours-other"), say("across.favours")
    kind, lower = found.body.choice.kind, better_of(first.entries[0].contrast) == "lower"
    figure = forest(
        rows, whole, kept, say, groups=sums if several else None, axis=kind_name(kind, say), kind=kind,
        favours=(sides[1], sides[0]) if lower else sides,
    )  # fmt: skip
    return figure, "; ".join(f"{row.label}: {row_effect(row.effect, say)}" for row in rows if row.effect)


def _weights(lines: Sequence[Line]) -> Mapping[str, float]:
    return {
        entry.contrast.id: weight
        for line in lines
        if line.kept
        for entry, weight in zip(line.kept_entries, line.kept.weights, strict=True)
    }


def _row(entry: Entry, weight: float | None, say: Say) -> Row:
    contrast = entry.contrast
    group = capitalised(treatment_name(name_of(contrast.treatments), say))
    detail = f"n = {n_said(contrast, say)} · {when_said(contrast, say)}"
    label = say.text(contrast.study.short_title)
    return Row(contrast.id, label, detail, entry.effect, weight, entry.left_out, (), group)


def _told(line: Line, say: Say) -> Iterator[Block]:
    """One result in full: its sentence, its spread, its cautions, GRADE's reasons and its scripts."""
    kept, sure = line.kept, line.certainty
    if kept is None:
        return
    yield Heading(capitalised(line_name(line, say)))
    yield Paragraph(headline(line, sure, say), "lead")
    for text in (plainly(kept, say), spread_line(kept, say), *cautions(line, say), *_notes(kept, say)):
        if text:
            yield Paragraph(text)
    if sure:
        yield Heading(say("across.certainty-title", what=line_name(line, say)), 2)
        yield Paragraph(say("across.certainty-start-randomised" if sure.randomised else "across.certainty-start-other"))
        head = tuple(say(key) for key in ("across.domain", "across.judgement", "across.why"))
        rows = [
            (say(f"certainty-domain.{domain}"), level_said(sure.reasons[domain], say),
             reason_said(sure.reasons[domain], kept.kind, say))
            for domain in DOMAINS
        ]  # fmt: skip
        yield Table(head, tuple(rows))
    yield Heading(say("report.scripts"), 2)
    name = capitalised(line_name(line, say))
    yield script(pooling_r(line), "R", f"R · {name}")
    yield script(pooling_python(line), "Python", f"Python · {name}")


def _notes(kept: Pooled, say: Say) -> list[str]:
    return [say.note(note, "note") for note in kept.notes]


def _studies(found: Answer, say: Say) -> Iterator[Block]:
    """Every row of the choice: those with an effect, then the others with the reason."""
    there = {entry.contrast.id for entry in found.body.kept}
    rest = [entry for entry in found.body.entries if entry.contrast.id not in there]
    who = tuple(say(key) for key in ("choose.study", "across.given", "choose.outcome"))
    if there:
        yield Heading(say("report.rows"))
        head = (*who, "n", kind_name(found.body.choice.kind, say), say("across.status"), say("figures.locator"))
        rows = [
            (*_who(entry, say), n_said(entry.contrast, say), row_effect(entry.effect, say),
             say(f"status.{entry.effect.status}"), printed_in(entry.contrast.locators, say))
            for entry in found.body.kept if entry.effect
        ]  # fmt: skip
        yield Table(head, tuple(rows))
    if rest:
        yield Heading(say("across.not-pooled", count=len(rest)))
        yield Table((*who, say("across.why-not")), tuple((*_who(entry, say), _why_not(entry, say)) for entry in rest))


def _who(entry: Entry, say: Say) -> tuple[str, str, str]:
    study = entry.contrast.study
    given = treatment_name(name_of(entry.contrast.treatments), say)
    return say.text(study.short_title), given, say.text(study.outcomes[entry.contrast.outcome].label)


def _why_not(entry: Entry, say: Say) -> str:
    if entry.why_not:
        return say.note(entry.why_not, "reason")
    return say("across.left-out-by-you") if entry.left_out else ""


def of_interventions(found: Sequence[Intervention], say: Say, *, date: str = "", link: str = "") -> Document:
    """The report on what raises milk: a row per intervention."""
    rows = [
        (capitalised(treatment_name(one.treatment, say)), found_said(one, say), sure_said(one, say),
         number_said(one, say), studied_said(one, say))
        for one in found
    ]  # fmt: skip
    head = tuple(say(key) for key in ("across.given", "overview.result", "across.how-sure", "report.effect",
                                      "report.studied"))  # fmt: skip
    studies = list({study.id: study for one in found for study in one.studies}.values())
    blocks: list[Block] = [Paragraph(say("overview.what")), Table(head, tuple(rows)), Items((say("frame.not-advice"),))]
    return document(say("overview.question"), blocks, studies, say, date=date, link=link)
