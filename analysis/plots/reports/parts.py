"""Parts that several reports share: a study's card, its printed numbers with what arithmetic says, plots, versions."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version

from analysis.checks import ledger
from analysis.plots.canvas import Finished
from analysis.plots.design import design, n_label
from analysis.plots.printing import TWO_COLUMNS, evidence, pictured
from analysis.plots.reports.blocks import Block, Code, Document, Heading, Items, Paragraph, Plot, Table
from analysis.results import Status
from analysis.studies import Study
from analysis.telling import VERSION, facets_said, ledger_row, references
from analysis.words import Say

LIBRARIES = ("numpy", "scipy", "pandas", "statsmodels", "pingouin", "plotly")
OWN_WORDS = ("report.references", "report.link", "report.bibtex", "report.ris")
MADE = {  # by whether on one page, and whether dated
    (False, False): "report.made",
    (False, True): "report.made-on",
    (True, False): "report.made-short",
    (True, True): "report.made-short-on",
}
LEDGER_COLUMNS = (
    "figures.printed", "check-numbers.what", "check-numbers.verdict", "check-numbers.recomputed",
    "check-numbers.arithmetic", "figures.locator",
)  # fmt: skip


def document(
    title: str, blocks: Iterable[Block], studies: Iterable[Study], say: Say, *, date: str, link: str,
    one_page: bool = False,
) -> Document:  # fmt: skip
    """The whole, with its references and with what it was made."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    programs = f"Python {platform.python_version()}, {libraries}"
    made = say(MADE[one_page, bool(date)], version=VERSION, programs=programs, date=say.date(date))
    made = made if one_page else f"{say('report.not-advice')} {made}"
    words = tuple((key, say(key)) for key in OWN_WORDS)
    return Document(title, say.language, tuple(blocks), references(studies), made, link, words, one_page)


def plot(figure: Finished, alt: str, caption: str, *, touch: bool = True) -> Plot:
    """A figure as a picture two columns wide, and as Plotly's JSON."""
    picture = pictured(figure, width=TWO_COLUMNS)
    return Plot(picture, alt, caption, str(figure.to_json()) if touch else "")


def known(statuses: Iterable[Status], say: Say) -> list[Block]:
    """How what is shown is known, a sentence per evidence status."""
    return [Heading(say("report.known"), 2), Items(tuple(evidence(list(statuses), say).splitlines()))]


def card(study: Study, say: Say, level: int = 1) -> list[Block]:
    """What a study did, with whom, and what it can't tell."""
    return [
        Heading(say("report.card", study=say.text(study.short_title)), level),
        Paragraph(say.text(study.title), "lead"),
        Paragraph(say.text(study.card["result"])),
        Items((say(f"design.{study.design}"), say.text(study.card["setting"]), *facets_said(study, say))),
        _arms(study, say),
        _outcomes(study, say),
        *_listed(say("study.cannot-tell"), study.card.get("cannot_tell", []), level + 1, say),
        *_listed(say("study.notes"), study.card.get("notes", []), level + 1, say),
        Paragraph(_source(study, say), "note"),
    ]


def _arms(study: Study, say: Say) -> Table:
    rows = [
        (say.text(arm.label), n_label(study, arm.id, say), say.text(arm.dose), say.text(arm.duration))
        for arm in study.arms.values()
    ]
    head = (say("figures.arm"), "n", say("report.dose"), say("report.duration"))
    return Table(head, tuple(rows), say("report.arms"))


def _outcomes(study: Study, say: Say) -> Table:
    times = ", ".join(say.text(time.label) for time in study.timepoints.values())
    rows = [(say.text(one.label), say.text(one.unit), times) for one in study.outcomes.values()]
    return Table((say("figures.outcome"), say("report.unit"), say("figures.when")), tuple(rows), say("report.outcomes"))


def _listed(title: str, texts: Sequence[Mapping[str, str]], level: int, say: Say) -> list[Block]:
    return [Heading(title, level), Items(tuple(say.text(text) for text in texts))] if texts else []


def _source(study: Study, say: Say) -> str:
    licence = study.card.get("licence", "unknown")
    licence = say("study.licence-unknown") if licence == "unknown" else licence
    said = (
        say(f"source.{study.source_kind}"),
        say("study.digested") if study.digested else "",
        say("study.licence", licence=licence, retrieved=say.date(str(study.card.get("retrieved", "—")))),
    )
    return " ".join(part if part.endswith(".") else f"{part}." for part in said if part)


def drawn_design(study: Study, say: Say) -> Plot:
    """The drawing of a study's design."""
    return plot(design(study, say), say.text(study.card["setting"]), say("study.design"), touch=False)


def printed_numbers(study: Study, say: Say, level: int = 1) -> list[Block]:
    """Every printed number and claim with its place, and what arithmetic says of it."""
    entries = ledger(study)
    head = tuple(say(key) for key in LEDGER_COLUMNS)
    rows = tuple(tuple(ledger_row(study, entry, say)[name] for name in head) for entry in entries)
    if not rows:
        return []
    heading = Heading(say("report.printed", study=say.text(study.short_title)), level)
    return [heading, Paragraph(say("report.printed-note"), "note"), Table(head, rows)]


def script(text: str, language: str, caption: str) -> Code:
    """A script as it is taken away, without the line end after its last."""
    return Code(text.rstrip("\n"), language, caption)
