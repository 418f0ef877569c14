"""Effects of two arms of one study, a − b, from whatever it printed of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from analysis import effects
from analysis.contrasts.contrast import Contrast, lacks
from analysis.contrasts.sides import Side, people_at, side
from analysis.recover.printed import printed
from analysis.recover.printed_statistics import read_statistic
from analysis.results import Effect, NotApplicable, Note, weakest
from analysis.studies import Claim

T_TESTS = {"independent-t", "welch-t"}  # a p of any other named test says nothing of means and SDs
OF_RATIO = {"odds-ratio": effects.from_odds_ratio, "risk-ratio": effects.from_risk_ratio}


def between_effects(contrast: Contrast, share: int) -> tuple[dict[str, Effect], Note | None]:
    """Effects by kind, and what is missing where there are none.

    `share` divides the second arm's people where it serves several comparisons of one pool.
    """
    binary = contrast.study.outcomes[contrast.outcome].scale == "binary"
    found, missing = _of_shares(contrast, share) if binary else _of_means(contrast, share)
    printed_ones = _of_claims(contrast)
    ranked = {} if binary else _of_people(contrast)
    found = {**printed_ones, **ranked, **found}
    if not found and not binary:
        found, missing = _of_tests(contrast, share, missing)
    return found, None if found else missing


def _of_means(contrast: Contrast, share: int) -> tuple[dict[str, Effect], Note | None]:
    a, b = (_side(contrast, arm) for arm in contrast.arms)
    for one in (a, b):
        if isinstance(one, Note):
            return {}, one
    b, notes = _shared(b, share)
    measure = contrast.study.outcomes[contrast.outcome]
    makers = [effects.hedges_g, effects.mean_difference]
    if measure.scale == "continuous" and contrast.basis != "change":
        makers.append(effects.ratio_of_means)
    return _made(makers, a, b, notes)


def sides_of(contrast: Contrast) -> tuple[Side, Side] | None:
    """Both arms as mean, SD and n; None where one of them isn't known that well."""
    a, b = (_side(contrast, arm) for arm in contrast.arms)
    return None if isinstance(a, Note) or isinstance(b, Note) else (a, b)


def _side(contrast: Contrast, arm: str) -> Side | Note:
    found = side(contrast.study, contrast.outcome, arm, contrast.when, contrast.basis, contrast.people(arm))
    if isinstance(found, Note):
        return lacks(found.key, **found.values, arm=contrast.study.arms[arm].label)
    return found


def _shared(b: Side, share: int) -> tuple[Side, tuple[Note, ...]]:
    """The second arm with its people divided among the comparisons that share it (Cochrane Handbook 6.5, 23.3.4)."""
    if share == 1:
        return b, ()
    return replace(b, n=max(2, b.n // share)), (Note("shared-control", {"n": b.n, "share": share}),)


def _made(makers: list[Callable], a: Side, b: Side, notes: tuple[Note, ...]) -> tuple[dict[str, Effect], Note | None]:
    found, missing = {}, None
    status = weakest(("derived", a.status, b.status))
    how = tuple(Note("made-from", {"how": one.how, "source": one.source}) for one in (a, b) if one.how)
    for maker in makers:
        try:
            made = maker(a.mean, a.sd, a.n, b.mean, b.sd, b.n, status=status)
        except NotApplicable as refused:
            missing = refused.note
        else:
            every = dict.fromkeys((*made.notes, *a.notes, *b.notes, *how, *notes))
            found[made.kind] = replace(made, notes=tuple(every))
    return found, missing


# -- yes and no --------------------------------------------------------------------------------------------------------


def _of_shares(contrast: Contrast, share: int) -> tuple[dict[str, Effect], Note | None]:
    counts = [_count(contrast, arm) for arm in contrast.arms]
    for one in counts:
        if isinstance(one, Note):
            return {}, one
    (events_a, n_a), (events_b, n_b) = counts
    notes = ()
    if share > 1:
        notes = (Note("shared-control", {"n": n_b, "share": share}),)
        events_b, n_b = round(events_b / share), max(1, n_b // share)
    found = {}
    for maker in (effects.log_odds_ratio, effects.log_risk_ratio, effects.risk_difference):
        made = maker(events_a, n_a, min(events_b, n_b), n_b)
        found[made.kind] = replace(made, notes=(*made.notes, *notes))
    return found, None


def people_and_events(contrast: Contrast, arm: str) -> tuple[int | None, int | None]:
    """People of an arm, and how many of them said yes; None where not known."""
    binary = contrast.study.outcomes[contrast.outcome].scale == "binary"
    counted = _count(contrast, arm) if binary else None
    return contrast.people(arm), counted[0] if isinstance(counted, tuple) else None


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
        wins = float((a[:, None] > b).sum() + (a[:, None] == b).sum() / 2)
        made = effects.probability_of_superiority(wins, len(a), len(b), status="recovered")
        return {made.kind: made}
    ranks = [contrast.study.value("mean_rank", arm, contrast.outcome, contrast.when) for arm in contrast.arms]
    if None in ranks or None in contrast.n:
        return {}
    made = effects.from_mean_ranks(ranks[0], contrast.n[0], ranks[1], contrast.n[1])
    return {made.kind: made}


def _claims(contrast: Contrast) -> Iterator[tuple[Claim, int]]:
    """Printed tests of just this comparison, with −1 where the study subtracts the other way round."""
    for claim in contrast.study.claims:
        same = (claim.comparison, claim.outcome) == ("between", contrast.outcome)
        if same and set(claim.arms) == set(contrast.arms) and claim.timepoint in ("", contrast.when):
            yield claim, 1 if claim.arms == contrast.arms else -1


def _of_claims(contrast: Contrast) -> dict[str, Effect]:
    """Odds ratios, risk ratios and differences that the study prints with their interval."""
    found = {}
    for claim, sign in _claims(contrast):
        statistic = read_statistic(claim.statistic) if claim.statistic else None
        if statistic is None or statistic.low is None or statistic.high is None:
            continue
        texts = (statistic.value, statistic.low, statistic.high)
        if statistic.name in OF_RATIO:
            made = OF_RATIO[statistic.name](*texts)
        elif statistic.name in ("estimate", "mean-difference"):
            made = effects.from_mean_difference(*texts, *(contrast.n if None not in contrast.n else (None, None)))
        else:
            continue
        found[made.kind] = made if sign == 1 else _turned(made)
    return found


def _turned(effect: Effect) -> Effect:
    """The same effect with the arms the other way round."""
    interval = (-effect.interval[1], -effect.interval[0]) if effect.interval else None
    return replace(effect, value=-effect.value, interval=interval, notes=(*effect.notes, Note("turned-round")))


def _of_tests(contrast: Contrast, share: int, missing: Note | None) -> tuple[dict[str, Effect], Note | None]:
    """Hedges g from a printed t, F or p where means or SDs are missing."""
    if None in contrast.n or share > 1:
        return {}, missing
    n_a, n_b = contrast.n
    for claim, sign in _claims(contrast):
        statistic = read_statistic(claim.statistic) if claim.statistic else None
        toward = _toward(contrast)
        try:
            if statistic and statistic.name == "t":
                t = printed(statistic.value)
                size = toward * abs(float(t.value)) if toward else sign * float(t.value)
                return _kept(effects.from_t(size, n_a, n_b))
            if statistic and statistic.name == "f" and toward:
                return _kept(effects.from_f(statistic.value, n_a, n_b, toward))
            if claim.p and toward and (claim.method in T_TESTS or (not claim.method and not claim.named)):
                return _kept(effects.from_p(claim.p, n_a, n_b, toward))
        except NotApplicable:
            continue
    return {}, missing


def _kept(effect: Effect) -> tuple[dict[str, Effect], None]:
    return {effect.kind: effect}, None


def _toward(contrast: Contrast) -> int | None:
    """1 where the first arm's printed mean is higher, −1 where lower, None where that isn't known."""
    statistic = "change_mean" if contrast.basis == "change" else "mean"
    a, b = (contrast.study.value(statistic, arm, contrast.outcome, contrast.when) for arm in contrast.arms)
    if a is None or b is None or float(a) == float(b):
        return None
    return 1 if float(a) > float(b) else -1
