"""One question of a health centre on one page of A4."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.evidence import Decision
from analysis.plots.of_hundred import hundred_picture
from analysis.plots.reports.blocks import Block, Document, Heading, Items, Paragraph, Plot
from analysis.plots.reports.parts import document
from analysis.telling import (
    answer_said,
    caveats_said,
    certain_said,
    change_said,
    cost_said,
    hundred_said,
    question_said,
    sides_said,
    sources_of,
    sources_said,
)
from analysis.words import Say


def of_decision(found: Decision, say: Say, *, date: str = "", link: str = "") -> Document:
    """The page: what was found, mothers out of a hundred, how sure and why, what would change that, sources."""
    sure, why = certain_said(found, say)
    blocks: list[Block] = [
        Paragraph(answer_said(found, say), "lead"),
        *_hundred(found, say),
        Heading(say("decision.sure")),
        Paragraph(sure),
        *_listed(why),
        Heading(say("decision.change")),
        *_listed(change_said(found, say)),
        Heading(say("decision.cost")),
        *_listed(cost_said(found, say)),
        Heading(say("decision.caveats")),
        *_listed(caveats_said(found, say)),
        Paragraph(sources_said(found, say), "note"),
    ]
    title = question_said(found, say)
    return document(title, blocks, sources_of(found), say, date=date, link=link, one_page=True)


def _listed(texts: list[str]) -> list[Block]:
    return [Items(tuple(texts))] if texts else []


def _hundred(found: Decision, say: Say) -> Iterator[Block]:
    yield Heading(say("decision.hundred"))
    first, *others = hundred_said(found, say)
    if (hundred := found.hundred) is not None:
        mark = say("decision.picture-mark" if hundred.basis == "middle" else "decision.picture-better")
        without, having = (say("decision.picture-title", which=which) for which in sides_said(found, say))
        counts = [f"{say.number(count, 0)} {mark}" for count in (hundred.without, hundred.having)]
        picture = hundred_picture(hundred.without, hundred.having, (without, having), (counts[0], counts[1]))
        yield Plot(picture, first)
    yield Paragraph(first)
    yield from (Paragraph(text, "note" if found.hundred else "text") for text in others)
