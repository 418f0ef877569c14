"""A report on one study: its card and design, every printed number with its verdict, what it claims."""

from __future__ import annotations

from analysis.plots.printed_arms import printed_arms
from analysis.plots.reports.blocks import Block, Document, Heading, Items
from analysis.plots.reports.parts import card, document, drawn_design, known, plot, printed_numbers
from analysis.studies import Study
from analysis.words import Say


def of_study(study: Study, say: Say, *, date: str = "", link: str = "") -> Document:
    """The report on a study; `date` and `link` are said where they are given."""
    result = say.text(study.card["result"])
    blocks: list[Block] = [*card(study, say), drawn_design(study, say)]
    if study.figures:
        outcome = next(iter(study.outcomes))
        picture = printed_arms(study, outcome, say)
        blocks.append(plot(picture, result, say.text(study.outcomes[outcome].label)))
    blocks += known(["reported"], say)
    misprints = [say.text(study.card["why"][why]) for why in dict.fromkeys(f.why for f in study.figures if f.why)]
    if misprints:
        blocks += [Heading(say("study.misprints")), Items(tuple(misprints))]
    blocks += printed_numbers(study, say)
    return document(say.text(study.title), blocks, [study], say, date=date, link=link)
