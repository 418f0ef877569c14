"""Comparisons of treatments with each other and with a common control, ready for a network meta-analysis."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analysis.effects import effect, number, operand, shown, written
from analysis.evidence.body import Entry, body, design_effect_of
from analysis.evidence.choice import Choice, better_of, name_of
from analysis.evidence.contrasts import Contrast, Side, sides_of, with_variance
from analysis.evidence.likeness import unlike
from analysis.evidence.network import Comparison, Network, connected_parts, network
from analysis.methods import hedges_correction
from analysis.results import Effect, NotApplicable, Note, weakest
from analysis.studies import CONTROLS, Study

CONTROL = "control"  # placebo and usual care are one node, as they are one kind of comparison everywhere here


@dataclass(frozen=True)
class Compared:
    """One connected network of a choice; `parts` holds the treatments of all of them, the largest first.

    `found` is None where `refused` says why there is no network. `alike` are rows that stay out because another
    arm of their study stands for the same treatment (two doses; placebo and usual care): the card's first one does.
    """

    comparisons: tuple[Comparison, ...]
    parts: tuple[tuple[str, ...], ...]
    found: Network | None
    refused: Note | None
    alike: tuple[Entry, ...] = ()

    @property
    def reference(self) -> str:
        """What the others are held against: placebo or usual care; where nobody had that, what most people had."""
        nodes = self.found.nodes if self.found else ()
        first = sorted(nodes, key=lambda node: (node.treatment != CONTROL, -(node.people or 0), node.treatment))
        return first[0].treatment if first else ""


def compare(studies: Iterable[Study], choice: Choice, part: int = 0) -> Compared:
    """Every treatment of one outcome family through all studies that connect it; `part` counts from the largest."""
    asked = replace(choice, comparisons=("control", "active"), treatments=(), comparators=())
    rows = [entry for entry in body(studies, asked).entries if entry.poolable and not entry.left_out]
    if refused := unlike([entry.contrast for entry in rows], choice.kind):
        return Compared((), (), None, refused)
    standing = _standing(rows)
    alike = tuple(row for row in rows if not set(row.contrast.arms) <= standing[row.contrast.study.id])
    rows = [row for row in rows if row not in alike]
    comparisons = tuple(_comparison(entry.contrast, entry.effect, rows, asked) for entry in rows if entry.effect)
    parts = connected_parts(comparisons)
    connected = tuple(c for c in comparisons if c.a in parts[min(part, len(parts) - 1)])
    higher = not rows or better_of(rows[0].contrast) != "lower"
    try:
        return Compared(connected, parts, network(connected, higher_is_better=higher), None, alike)
    except NotApplicable as refused:
        return Compared(connected, parts, None, refused.note, alike)


def _standing(rows: Sequence[Entry]) -> dict[str, set[str]]:
    """Of each study the arms that stand for their treatments: the first of the card for each."""
    standing: dict[str, set[str]] = {}
    for study in {row.contrast.study.id: row.contrast.study for row in rows}.values():
        there = {arm for row in rows if row.contrast.study is study for arm in row.contrast.arms}
        first: dict[str, str] = {}
        for arm in study.arms.values():
            if arm.id in there:
                first.setdefault(_node(arm.treatments), arm.id)
        standing[study.id] = set(first.values())
    return standing


def _node(treatments: tuple[str, ...]) -> str:
    return CONTROL if set(treatments) <= set(CONTROLS) else name_of(treatments)


def _comparison(contrast: Contrast, own: Effect, rows: Sequence[Entry], choice: Choice) -> Comparison:
    return Comparison(
        contrast.study.id,
        _node(contrast.treatments),
        _node(contrast.comparator),
        _effect(contrast, own, rows, choice),
        *contrast.n,
        crossover=contrast.crossover,
    )


def _effect(contrast: Contrast, own: Effect, rows: Sequence[Entry], choice: Choice) -> Effect:
    """A pair's own effect, with all people of both arms; Hedges' g of a study of several arms with one SD for them all.

    The pairs of such a study must add up, which they don't when each is divided by its own pair's SD.
    """
    same = [row.contrast for row in rows if row.contrast.study is contrast.study]
    known = [(one.arms, sides) for one in same if (sides := sides_of(one))]
    measured = {(one.outcome, one.basis, one.when) for one in same}
    all_known = len(known) == len(same)
    if own.kind != "hedges_g" or contrast.crossover or len(same) == 1 or len(measured) > 1 or not all_known:
        return own
    arms = {arm: side for names, sides in known for arm, side in zip(names, sides, strict=True)}
    a, b = (arms[arm] for arm in contrast.arms)
    made = _with_one_spread(a, b, tuple(arms.values()), design_effect_of(contrast, choice))
    status = weakest((own.status, *(side.status for side in arms.values())))
    return replace(made, status=status, notes=(*own.notes, *made.notes))


def _with_one_spread(a: Side, b: Side, arms: Sequence[Side], design_effect: float) -> Effect:
    """Hedges' g of two of several arms, in SDs pooled over all of them.

    Gleser & Olkin 2009, Stochastically dependent effect sizes (Handbook of Research Synthesis, 2nd ed., ch. 19).
    """
    df = sum(side.n - 1 for side in arms)
    spread = math.sqrt(sum((side.n - 1) * number(side.sd) ** 2 for side in arms) / df)
    correction = hedges_correction(df)
    g = correction * (number(a.mean) - number(b.mean)) / spread
    variance = 1 / a.n + 1 / b.n + g * g / (2 * sum(side.n for side in arms))
    made = effect(
        "hedges_g",
        g,
        variance,
        formula="g = J·(mean_a − mean_b) / SD, SD = √(Σ(n − 1)·SD² / df) and J with df = Σ(n − 1) of all arms",
        substituted=f"g = {shown(correction)} · ({written(a.mean)} − {operand(b.mean)}) / {shown(spread)}",
        variance_formula="variance = 1/n_a + 1/n_b + g² / (2·N), N the people of all arms",
        source="Gleser & Olkin 2009, The Handbook of Research Synthesis, ch. 19",
        notes=(Note("one-spread", {"sd": spread}),),
    )
    return with_variance(made, variance * design_effect)
