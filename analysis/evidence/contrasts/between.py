"""Effects of two arms of one study, a − b, from whatever it printed of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from analysis import effects
from analysis.effects import counted, number, operand, result
from analysis.evidence.contrasts.claims import MIDDLES, claims_of, middle, sign_of, toward, worded
from analysis.evidence.contrasts.contrast import Contrast, Found, lacks
from analysis.evidence.contrasts.sides import Side, combined, people_at, side_of
from analysis.evidence.contrasts.uncertainty import with_variance
from analysis.recover import PrintedStatistic
from analysis.results import Effect, NotApplicable, Note, Status, weakest
from analysis.studies import Claim

T_TESTS = {"independent-t", "welch-t"}  # a t or p of any other named test says nothing of means and SDs
OF_RATIO = {"odds-ratio": effects.from_odds_ratio, "risk-ratio": effects.from_risk_ratio}


def between_effects(contrast: Contrast) -> Found:
    """Effects by kind, and what is missing where there are none.

    Of joined comparisons only what the figures of all their arms give together: a printed test is of two arms alone.
    """
    binary = contrast.study.outcomes[contrast.outcome].scale == "binary"
    found = _of_shares(contrast) if binary else Found(*_of_means(contrast))
    if contrast.joined:
        return found
    ranked = {} if binary else _of_people(contrast)
    others, missing = {**_of_claims(contrast, binary), **ranked}, found.missing
    if not found.effects and not others and not binary:
        others, unsigned = _of_tests(contrast)
        missing = unsigned or missing
    made = {**others, **found.effects}
    refused = {kind: note for kind, note in found.refused.items() if kind not in made}
    return Found(made, None if made else missing, refused)


def _of_means(contrast: Contrast) -> tuple[dict[str, Effect], Note | None]:
    sides = _sides(contrast)
    if isinstance(sides, Note):
        return {}, sides
    measure = contrast.study.outcomes[contrast.outcome]
    makers = [effects.hedges_g, effects.mean_difference]
    if measure.scale == "continuous" and contrast.basis != "change":
        makers.append(effects.ratio_of_means)
    return _made(makers, *sides)


def _sides(contrast: Contrast) -> tuple[Side, Side] | Note:
    """Both sides as mean, SD and n, several arms of one side as one group; or what is missing for it."""
    a, b = (_group(contrast, group) for group in contrast.groups)
    if isinstance(a, Note):
        return a
    return b if isinstance(b, Note) else (a, b)


def _group(contrast: Contrast, arms: tuple[str, ...]) -> Side | Note:
    """The arms of one side as one group, or what is missing of the first that lacks something."""
    sides = []
    for arm in arms:
        one = side_of(contrast, arm)
        if isinstance(one, Note):
            return one
        sides.append(one)
    return combined(sides)


def sides_of(contrast: Contrast) -> tuple[Side, Side] | None:
    """Both arms as mean, SD and n; None where one of them isn't known that well."""
    found = _sides(contrast)
    return None if isinstance(found, Note) else found


def _made(makers: list[Callable], a: Side, b: Side) -> tuple[dict[str, Effect], Note | None]:
    found, missing = {}, None
    status = weakest(("derived", a.status, b.status))
    how = tuple(Note("made-from", {"how": one.how, "source": one.source}) for one in (a, b) if one.how)
    for maker in makers:
        try:
            made = maker(a.mean, a.sd, a.n, b.mean, b.sd, b.n, status=status)
        except NotApplicable as refused:
            missing = refused.note
        else:
            every = dict.fromkeys((*made.notes, *a.notes, *b.notes, *how))
            found[made.kind] = replace(made, notes=tuple(every))
    return found, missing


# -- yes and no --------------------------------------------------------------------------------------------------------


def _of_shares(contrast: Contrast) -> Found:
    a, b = (_counts(contrast, group) for group in contrast.groups)
    if isinstance(a, Note):
        return Found(missing=a)
    if isinstance(b, Note):
        return Found(missing=b)
    try:
        counted(*a, *b)
    except NotApplicable as impossible:
        return Found(missing=impossible.note)
    difference = effects.risk_difference(*a, *b)
    made, refused = {difference.kind: difference}, {}
    for kind, maker in OF_CELLS.items():
        try:
            made[kind] = maker(*a, *b)
        except NotApplicable as empty:
            refused[kind] = empty.note
    return Found(made, refused=refused)


OF_CELLS = {"log_odds_ratio": effects.log_odds_ratio, "log_risk_ratio": effects.log_risk_ratio}


def _counts(contrast: Contrast, group: tuple[str, ...]) -> tuple[int, int] | Note:
    """People of all arms of a side who said yes, and all of them."""
    yes = people = 0
    for arm in group:
        counts = _count(contrast, arm)
        if isinstance(counts, Note):
            return counts
        yes, people = yes + counts[0], people + counts[1]
    return yes, people


def people_and_events(contrast: Contrast, arm: str) -> tuple[int | None, int | None]:
    """People of an arm, and how many of them said yes; None where not known."""
    binary = contrast.study.outcomes[contrast.outcome].scale == "binary"
    counts = _count(contrast, arm) if binary else None
    return contrast.people(arm), counts[0] if isinstance(counts, tuple) else None


def _count(contrast: Contrast, arm: str) -> tuple[int, int] | Note:
    """People who said yes, and all: as printed, else the only count that prints as the percentage."""
    n = contrast.people(arm)
    label = contrast.study.arms[arm].label
    if n is None:
        return lacks("needs-n", arm=label)
    count = contrast.study.value("count", arm, contrast.outcome, contrast.when, "yes")
    if count is not None:
        return int(count), n
    percent = contrast.study.value("percent", arm, contrast.outcome, contrast.when, "yes")
    behind = effects.counts_behind(percent, n) if percent is not None else ()
    return (behind[0], n) if len(behind) == 1 else lacks("needs-count", arm=label)


# -- recovered people, and statistics that the study prints ------------------------------------------------------------


def _of_people(contrast: Contrast) -> dict[str, Effect]:
    """The chance of superiority from recovered people, or from printed mean ranks."""
    if contrast.basis == "adjusted":
        return {}
    a, b = (people_at(contrast.study, contrast.outcome, arm, contrast.when) for arm in contrast.arms)
    if a is not None and b is not None:
        wins = float((np.searchsorted(b, a, "left") + np.searchsorted(b, a, "right")).sum() / 2)
        known: Status = "derived" if contrast.study.people else "recovered"
        made = effects.probability_of_superiority(wins, len(a), len(b), status=known)
        return {made.kind: made}
    n_a, n_b = contrast.n_of_both
    rank_a, rank_b = (contrast.study.value("mean_rank", arm, contrast.outcome, contrast.when) for arm in contrast.arms)
    if rank_a is None or rank_b is None or n_a is None or n_b is None:
        return {}
    try:
        made = effects.from_mean_ranks(rank_a, n_a, rank_b, n_b)
    except NotApplicable:  # mean ranks that don't add up say nothing of these people
        return {}
    return {made.kind: made}


def _of_claims(contrast: Contrast, binary: bool) -> dict[str, Effect]:
    """Odds ratios, risk ratios and differences that the study prints with their interval."""
    found = {}
    for _, statistic, sign in claims_of(contrast):
        try:
            made = _as_printed(statistic, contrast, binary) if statistic else None
        except NotApplicable:  # an estimate outside its interval, a ratio below 0: nothing can be read from it
            continue
        if made is not None:
            found[made.kind] = made if sign == 1 else _turned(made)
    return found


def _as_printed(statistic: PrintedStatistic, contrast: Contrast, binary: bool) -> Effect | None:
    if statistic.low is None or statistic.high is None:
        return None
    texts = (statistic.value, statistic.low, statistic.high)
    confidence = float((statistic.confidence or "95").replace(",", ".")) / 100
    if not 0 < confidence < 1:
        return None
    if statistic.name in OF_RATIO:
        made = OF_RATIO[statistic.name](*texts, confidence=confidence)
    elif statistic.name in ("estimate", "mean-difference") and not binary:
        n = contrast.n if None not in contrast.n else (None, None)
        made = effects.from_mean_difference(*texts, *n, confidence=confidence)
    else:
        return None
    if statistic.adjusted:
        made = replace(made, notes=(*made.notes, Note("adjusted-ratio")))
    return made if made.variance is None else with_variance(made, made.variance)


def _turned(effect: Effect) -> Effect:
    """The same effect with the arms the other way round."""
    interval = (-effect.interval[1], -effect.interval[0]) if effect.interval else None
    left, filled, _ = effect.substituted.split(" = ")
    return replace(
        effect,
        value=-effect.value,
        interval=interval,
        substituted=f"{left} = −{operand(filled)} = {result(-effect.value)}",
        notes=(*effect.notes, Note("turned-round")),
    )


def _of_tests(contrast: Contrast) -> tuple[dict[str, Effect], Note | None]:
    """Hedges g from a printed t, F or p where means or SDs are missing; only its size where no direction is printed.

    A size belongs on neither side of 0, so it is no effect that can be drawn or pooled: it is said with the reason.
    """
    n_a, n_b = contrast.n_of_both
    if n_a is None or n_b is None or contrast.basis == "adjusted":
        return {}, None
    higher, unsigned = toward(contrast), None
    words = None if _any_middle(contrast) else worded(contrast)
    for claim, statistic, sign in claims_of(contrast):
        direction = higher or sign_of(statistic, sign)
        try:
            made = _of_test(claim, statistic, direction or words or 1, (n_a, n_b), contrast)
        except NotApplicable:
            continue
        if made is not None and (direction or made.value == 0):
            return {made.kind: made}, None
        if made is not None and words and claim.direction:
            notes = (*made.notes, Note("direction-in-words"))
            return {made.kind: replace(made, status="assumed", notes=notes)}, None
        unsigned = unsigned or (_size_alone(made) if made else None)
    return {}, unsigned


def _of_test(
    claim: Claim, statistic: PrintedStatistic | None, direction: int, n: tuple[int, int], contrast: Contrast
) -> Effect | None:
    """From the test of a claim in this direction, None where it isn't one of two means.

    The p of a test that isn't named is taken for a t test's only beside printed means, or where the study says in
    words which group lies higher: beside medians it rarely is.
    """
    n_a, n_b = n
    unnamed = not claim.method and not claim.named
    if statistic and statistic.name == "t" and (claim.method in T_TESTS or unnamed):
        if claim.method == "welch-t" and n_a != n_b:  # then its t isn't that of a common variance
            return None
        return effects.from_t(direction * abs(number(statistic.value)), n_a, n_b)
    if statistic and statistic.name == "f" and (claim.method == "anova" or unnamed):
        two_groups = not statistic.df or float(statistic.df[0]) == 1
        return effects.from_f(statistic.value, n_a, n_b, direction) if two_groups else None
    if claim.p and claim.method == "mann-whitney" and not _of_means_printed(contrast):  # ranks may differ otherwise
        return effects.superiority_from_p(claim.p, n_a, n_b, direction)
    of_means = _of_means_printed(contrast) or bool(claim.direction)
    if claim.p and (claim.method in T_TESTS or (unnamed and not claim.statistic and of_means)):
        made = effects.from_p(claim.p, n_a, n_b, direction)
        return replace(made, notes=(*made.notes, Note("test-not-named"))) if unnamed else made
    return None


def _size_alone(effect: Effect) -> Note:
    """|g| of a test whose direction isn't printed; at least so much where it is a bound."""
    return lacks("direction-unknown", size=f"{'=' if effect.variance else '≥'} {abs(effect.value):.2f}")


def _of_means_printed(contrast: Contrast) -> bool:
    return None not in [middle(contrast, "mean", arm) for arm in contrast.arms]


def _any_middle(contrast: Contrast) -> bool:
    """Whether means, medians or mean ranks of both arms are printed: then they tell which lies higher, or neither."""
    return any(None not in [middle(contrast, name, arm) for arm in contrast.arms] for name in MIDDLES)
