"""A result in lines: effect and interval come first, p never stands alone."""

from __future__ import annotations

from collections.abc import Callable

from analysis.asking import Envelope, Question, Reproduction, reproductions, variant_name
from analysis.recover import p_upper
from analysis.results import Effect, Interval, Outcome
from analysis.words import Say


def estimate_line(outcome: Outcome, say: Say) -> str:
    """ "Mean difference +1.12 [0.64, 1.59]"; blank where the test has no estimate in the data's unit."""
    if outcome.estimate is None:
        return ""
    ratio = "odds" in outcome.estimate_name
    value = say.number(outcome.estimate) if ratio else say.signed(outcome.estimate)
    if outcome.estimate_name == "risk_difference":
        return f"{say('estimate.risk_difference')} {_in_points(outcome.estimate, outcome.interval, say)}"
    interval = f" {say.interval(outcome.interval)}{_level(outcome, say)}" if outcome.interval else ""
    return f"{say('estimate.' + outcome.estimate_name)} {value}{interval}"


def _level(outcome: Outcome, say: Say) -> str:
    """ " (87.5%)" where so few people give no interval of the level asked for; else blank."""
    level = next((note.values["percent"] for note in outcome.notes if note.key == "interval-level"), None)
    return "" if level is None else f" ({say.printed(str(level))}%)"


def _in_points(share: float, interval: Interval | None, say: Say) -> str:
    """A difference of shares in percentage points, with its interval."""
    value = f"{say.signed(100 * share, 0)} {say('term.points')}"
    if interval is None:
        return value
    low, high = interval
    return f"{value} {say.interval((100 * low, 100 * high), 0)}"


def effect_line(outcome: Outcome, say: Say) -> str:
    """ "d_z +1.20 [0.56, 1.82]", or that no interval is known."""
    return "" if outcome.effect is None else _effect(outcome.effect_name, outcome.effect, outcome.effect_interval, say)


def other_effect_line(effect: Effect, say: Say) -> str:
    """The same for a further effect size of a test."""
    return _effect(effect.kind, effect.value, effect.interval, say)


def _effect(kind: str, value: float, interval: Interval | None, say: Say) -> str:
    written = say.signed(value) if kind in SIGNED else say.number(value)
    return f"{say(f'effect.{kind}')} {written} {say.interval(interval) if interval else say('result.no-interval')}"


# Effects with a direction; shares, ratios and shares of variance have none.
SIGNED = frozenset(
    {
        "d_z", "d_av", "g_av", "d_total", "hedges_g", "cohens_d", "glass_delta_a", "glass_delta_b", "robust_d",
        "rank_biserial", "cliffs_delta", "cohens_g", "cohens_h", "risk_difference", "log_odds_ratio",
    }
)  # fmt: skip


def test_line(outcome: Outcome, say: Say) -> str:
    """ "t(16) = 4.97, p = 0.000140"; blank where a method has neither statistic nor p."""
    p = "" if outcome.p is None else f"p {say.p(outcome.p)}"
    if outcome.statistic is None:
        return p
    digits = 1 if outcome.statistic_name in COUNTED else 2
    value = f"= {say.number(outcome.statistic, digits)}"
    if outcome.p is None and outcome.statistic > LARGEST_SHOWN:
        value = f"> {say.number(LARGEST_SHOWN, 0)}"
    statistic = f"{outcome.statistic_name}{_df(outcome, say)} {value}"
    return f"{statistic}, {p}" if p else statistic


LARGEST_SHOWN = 1e6  # a Bayes factor can have hundreds of digits


COUNTED = frozenset({"V", "U", "S"})  # sums of ranks and people: halves at the finest


def _df(outcome: Outcome, say: Say) -> str:
    if outcome.df is None:
        return ""
    values = outcome.df if isinstance(outcome.df, tuple) else (outcome.df,)
    written = [say.number(v, 0 if v == int(v) else 1) for v in values]
    return f"({'; '.join(written) if say.language == 'id' else ', '.join(written)})"


def envelope_line(found: Envelope, estimate_name: str, say: Say) -> str:
    """How far p, the estimate and the number who got worse move over the data sets that fit, and what holds."""
    if not found.count:
        return say("envelope.fits-none")
    reach = [_same_or_reach("p", found.ps, say.p, "", say)] if found.ps is not None else []
    if found.estimates is not None:
        name = within(say(f"estimate.{estimate_name}")) if estimate_name else ""
        reach.append(_same_or_reach("estimate", found.estimates, say.number, name, say))
    if found.worse is not None:
        reach.append(_same_or_reach("worse", found.worse, str, "", say))
    over = say("envelope.over" if found.complete else "envelope.over-some", count=found.count, reach="; ".join(reach))
    return f"{over} {conclusion_line(found, say)}".rstrip()


def within(name: str) -> str:
    """A name as it stands inside a sentence."""
    return name[:1].lower() + name[1:]


def reach_words(found: Envelope, say: Say) -> dict[str, str]:
    """The reach of p, estimate, effect and number who got worse, each in words; what a method lacks is absent."""
    ends = {
        "p": found.ps,
        "estimate": found.estimates,
        "effect": found.effects,
        "worse": found.worse,
    }
    written = {"p": lambda p: say.p(p).removeprefix("= "), "estimate": say.signed, "effect": say.signed, "worse": str}
    return {what: _from_to(reach, written[what], say) for what, reach in ends.items() if reach is not None}


def _from_to(ends: tuple[float, float], written: Callable, say: Say) -> str:
    low, high = ends
    return written(low) if high - low < SAME else say("sentence.reach", low=written(low), high=written(high))


def conclusion_line(found: Envelope, say: Say) -> str:
    """Whether the side of 0.05 holds in every data set that fits; blank for a method without p."""
    if found.conclusion is None:
        return ""
    if found.conclusion == "holds":
        return say("envelope.holds-below" if found.significant else "envelope.holds-above")
    if found.conclusion == "depends" and not found.across:
        return say("envelope.refused", refused=found.refused) if found.refused else say("envelope.not-all-seen")
    return say(f"envelope.{found.conclusion}")


SAME = 1e-9  # the same but for rounding of floats


def _same_or_reach(what: str, ends: tuple[float, float], written: Callable, name: str, say: Say) -> str:
    low, high = ends
    key = f"envelope.{'same-' if high - low < SAME else ''}{what}"
    return say(key, low=written(low), high=written(high), name=name)


def printed_line(found: Reproduction, say: Say) -> str:
    """What the study printed beside what comes out here."""
    claim = found.claim
    pairs = [_variant(pair, say) for pair in found.matching or found.variants]
    if found.beside:
        named = ((", ".join(say.terms([part]) for part in name), p) for name, p in found.beside)
        pairs = [say("printed.variant", how=how, p=say.p(p)) for how, p in named]
    ours = f"; {say('term.and')} ".join(pairs)
    if claim.method is None and claim.p:
        key = "printed.unnamed" if claim.named else "printed.unnamed-at-all"
        return f"{say(key, p=say.printed(claim.p), named=claim.named)} {zero_note(claim.p, say)}".rstrip()
    if claim.p is None:
        return say("printed.announced-run" if ours else "printed.announced", named=claim.named, ours=ours)
    key = "reproduced" if found.reproduced else "differs" if found.variants else "unchecked"
    return f"{say(f'printed.{key}', p=say.printed(claim.p), ours=ours)} {zero_note(claim.p, say)}".rstrip()


def fragile_line(question: Question, say: Say) -> str:
    """Printed p that rest on a variant of their test which isn't its usual one here; blank where none does."""
    said = []
    for found in reproductions(question):
        usual, printed = next(iter(found.variants), None), found.claim.p
        if printed and found.matching and usual not in found.matching:
            ours, ordinary = (_variant(pair, say) for pair in (found.matching[0], usual))
            said.append(say("printed.fragile", p=say.printed(printed), ours=ours, ordinary=ordinary))
    return " ".join(said)


def zero_note(p: str, say: Say) -> str:
    """What a printed "0.000" stands for; blank for any other p."""
    return (
        say("printed.zero", p=say.printed(p), upper=say.printed(f"{p_upper(p):g}"))
        if float(p.lstrip("<>=≤≥ ")) == 0
        else ""
    )


def _variant(pair, say: Say) -> str:
    variant, outcome = pair
    how = variant_name(variant, say)
    return say("printed.variant", how=how, p=say.p(outcome.p)) if how else f"p {say.p(outcome.p)}"
