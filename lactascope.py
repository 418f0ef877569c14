"""The command `lactascope`: the dashboard, and its checks in a terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from subprocess import call
from typing import NoReturn

from analysis import Study, check_study, load_context, load_studies, load_study
from analysis.checks import check_library, reported, spss
from analysis.studies import Problem
from analysis.telling import VERSION
from analysis.words import LANGUAGES, Say, say_in

HOUSE = Path(__file__).parent
SCREENS = HOUSE if (HOUSE / "app.py").exists() else HOUSE / "analysis" / "screens"  # installed, they stand inside


def main(arguments: list[str] | None = None) -> int:
    """0 where nothing was found, 1 where something was, 2 where the question can't be answered."""
    asked, more = _parser().parse_known_args(arguments)
    if asked.command == "run":
        return run(more)
    if more:
        _parser().error(f"unknown: {' '.join(more)}")
    say = say_in(asked.language)
    lines = list(check(asked.file, say) if asked.command == "check" else audit(asked.folder, say))
    print("\n".join(lines) or say("command.nothing"))
    return int(bool(lines))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lactascope", description="Studies of more breast milk, number by number.")
    parser.add_argument("--version", action="version", version=VERSION)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="open the dashboard; options of `streamlit run` follow")
    checked = commands.add_parser("check", help="what the rules find on a study folder or a text")
    checked.add_argument("file", type=Path, help="a study folder, or a text file with SPSS tables or sentences")
    audited = commands.add_parser("audit", help="what the rules find on a folder of studies")
    audited.add_argument("folder", type=Path, nargs="?", help="default: Lactascope's own library")
    for one in (checked, audited):
        one.add_argument("--language", choices=LANGUAGES, default="en")
    return parser


def run(options: list[str]) -> int:
    """The dashboard, until it is stopped; its own settings (.streamlit) are those of the folder it runs in."""
    return call([sys.executable, "-m", "streamlit", "run", str(SCREENS / "app.py"), *options], cwd=SCREENS)


def check(file: Path, say: Say) -> Iterator[str]:
    """A line per problem, gap and finding of a study folder, or per result of a text that isn't consistent."""
    if file.is_dir() or file.name == "study.toml":
        yield from _of_study(load_study(file if file.is_dir() else file.parent), say)
    else:
        yield from _of_text(_text(file), say)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        _give_up(f"{file}: {error}")


def _give_up(why: str) -> NoReturn:
    print(why, file=sys.stderr)
    raise SystemExit(2)


def audit(folder: Path | None, say: Say) -> Iterator[str]:
    """The same for every study of a folder, with what holds between them."""
    if folder and not folder.is_dir():
        _give_up(say("command.no-folder", folder=folder))
    studies = [*load_studies(folder).values(), *load_context(folder)]
    for study in studies:
        yield from _of_study(study, say)
    for finding in check_library(studies):
        yield f"{finding.locator}: {say.note(finding.verdict.explanation, 'check')}"


def _of_study(study: Study, say: Say) -> Iterator[str]:
    yield from (_problem(one, say) for one in (*study.problems, *study.gaps))
    for finding in check_study(study) if study.usable else ():
        if finding.consequence != "none":
            place = ", ".join(filter(None, (study.id, finding.locator)))
            yield f"{place}: {say.note(finding.verdict.explanation, 'check')}"


def _problem(found: Problem, say: Say) -> str:
    where = f"{found.file} {say('problem.row', row=found.row)}" if found.row else found.file
    return f"{where}: {say.note(found.note, 'problem')}"


def _of_text(text: str, say: Say) -> Iterator[str]:
    """Statistics with their p in sentences, and SPSS tables; lines that can't be read are named."""
    sentences = list(reported(text))
    pasted = spss.read(text, frozenset(line for sentence in sentences for line in sentence.lines))
    found = spss.facts(pasted)
    if not found and not sentences:
        _give_up(say("spss.nothing"))
    yield from (say.note(note, "paste") for note in pasted.problems)
    for sentence in sentences:
        if sentence.ruled:
            yield from _wrong(sentence.text, [sentence.ruled[1]], say)
    for facts in found:
        yield from _wrong(facts.name, [verdict for _, verdict in spss.check(facts)], say)


def _wrong(what: str, verdicts: Iterable, say: Say) -> Iterator[str]:
    yield from (
        f"{what}: {say.note(one.explanation, 'check')}".removeprefix(": ")
        for one in verdicts
        if one.status == "inconsistent"
    )


if __name__ == "__main__":
    sys.exit(main())
