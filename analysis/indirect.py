"""Comparisons of treatments with each other and with a common control, ready for a network meta-analysis."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analysis import effects
from analysis.contrasts import effects_of, sides_of
from analysis.evidence import Choice, Entry, better_of, body, name_of
from analysis.network import Comparison, Network, connected_parts, network
from analysis.results import Effect, NotApplicable, Note
from analysis.studies import Study

CONTROL = "control"  # placebo and usual care are one node, as they are one kind of comparison everywhere here


@dataclass(frozen=True)
class Compared:
    """One connected network of a choice; `parts` holds the treatments of all of them, the largest first.

    `found` is None where `refused` says why there is no network.
    """

    comparisons: tuple[Comparison, ...]
    parts: tuple[tuple[str, ...], ...]
    found: Network | None
    refused: Note | None


def compare(studies: Iterable[Study], choice: Choice, part: int = 0) -> Compared:
    """Every treatment of one outcome family through all studies that connect it; `part` counts from the largest."""
    asked = replace(choice, comparisons=("control", "active"), treatments=(), comparators=())
    rows = [entry for entry in body(studies, asked).entries if entry.poolable and not entry.left_out]
    comparisons = tuple(_comparison(entry, rows) for entry in rows)
    parts = connected_parts(comparisons)
    connected = tuple(c for c in comparisons if c.a in parts[min(part, len(parts) - 1)])
    higher = not rows or better_of(rows[0].contrast) != "lower"
    try:
        return Compared(connected, parts, network(connected, higher_is_better=higher), None)
    except NotApplicable as refused:
        return Compared(connected, parts, None, refused.note)


def _comparison(entry: Entry, rows: Sequence[Entry]) -> Comparison:
    contrast = entry.contrast
    second = CONTROL if contrast.comparison == "control" else name_of(contrast.comparator)
    return Comparison(
        contrast.study.short_title["en"], name_of(contrast.treatments), second, _effect(entry, rows), *contrast.n
    )


def _effect(entry: Entry, rows: Sequence[Entry]) -> Effect:
    """A pair's effect with all people of both arms; Hedges' g of a study of several arms with one SD for all of them.

    The pairs of such a study must add up, which they don't when each is divided by its own pair's SD.
    """
    contrast, kind = entry.contrast, entry.effect.kind
    own = effects_of(contrast).effects.get(kind, entry.effect)
    same = [row.contrast for row in rows if row.contrast.study is contrast.study]
    sides = [sides_of(one) for one in same]
    if kind != "hedges_g" or len(same) == 1 or None in sides:
        return own
    arms = {arm: side for one, pair in zip(same, sides, strict=True) for arm, side in zip(one.arms, pair, strict=True)}
    df = sum(side.n - 1 for side in arms.values())
    spread = math.sqrt(sum((side.n - 1) * float(side.sd) ** 2 for side in arms.values()) / df)
    a, b = (arms[arm] for arm in contrast.arms)
    made = effects.hedges_g(a.mean, spread, a.n, b.mean, spread, b.n, status=own.status)
    return replace(made, notes=(*own.notes, Note("one-spread", {"sd": spread})))
