"""What stands under the smaller plots: all tests in a strip, what a test rests on, the map of two correlations."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.asking import Multiverse
from analysis.asking.assumptions import Assumption
from analysis.recover import ChangeMap, Correlation
from analysis.results import Note
from analysis.words import Say


def strip_sentence(found: Multiverse, say: Say) -> str:
    """How many of the tests lie below 0.05, and what that means."""
    key = "all" if found.below == found.with_p else "none" if found.below == 0 else "some"
    said = say(f"multiverse.{key}", below=found.below, count=found.with_p)
    printed = say("multiverse.printed", p=f" {say('term.and')} ".join(map(say.printed, found.printed)))
    return f"{said} {printed}" if found.printed else said


def assumption_sentence(assumption: Assumption, say: Say) -> str:
    """The statistic and what it means for this test, or why the data can't show it."""
    if assumption.picture is None:
        return say("assume.cannot", reason=say.note(assumption.sentence, "reason"))
    return " ".join(_said(note, say) for note in (assumption.sentence, *assumption.meaning))


def _said(note: Note, say: Say) -> str:
    values = dict(note.values)
    if isinstance(p := values.get("p"), float):
        values["p"] = say.p(p)
    return say.note(Note(note.key, values), "assume")


def change_map_sentence(found: ChangeMap, labels: Sequence[str], say: Say) -> str:
    """What the map shows, in words: the difference, and whether p < 0.05 hangs on the correlations."""
    least, most = (say.p(end).removeprefix("= ") for end in found.p_range or (0.0, 1.0))
    said = {"a": labels[0], "b": labels[1], "difference": say.signed(found.difference)}
    return say(f"sentence.map-{found.verdict}", least=least, most=most, **said)


def correlation_sentence(found: Correlation | None, label: str, say: Say) -> str:
    """The r of one arm and the printed number it comes from; None where nothing printed determines it."""
    if found is None:
        return say("sentence.r-free", arm=label)
    key = "sentence.r-from" if found.possible else "sentence.r-outside"
    low, high = (say.number(end, found.all[0].decimals) for end in found.all[0].shown)
    said = say(key, arm=label, low=low, high=high, source=say(f"r-source.{found.source}"))
    differ = found.possible and found.allowed is None
    return f"{said} {say('sentence.r-differ', arm=label)}" if differ else said
