"""Results as lines and sentences. Effect and interval come first, p never stands alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.asking import Envelope, Question, Reproduction, variant_name
from analysis.recover import p_upper
from analysis.results import Effect, Interval, Outcome
from analysis.studies import Study
from analysis.words import Say


def estimate_line(outcome: Outcome, say: Say) -> str:
    """ "Mean difference +1.12 [0.64, 1.59]"; blank where the test has no estimate in the data's unit."""
    if outcome.estimate is None:
        return ""
    ratio = "odds" in outcome.estimate_name
    value = say.number(outcome.estimate) if ratio else say.signed(outcome.estimate)
    if outcome.estimate_name == "risk_difference":
        return f"{say('estimate.risk_difference')} {_in_points(outcome.estimate, outcome.interval, say)}"
    interval = f" {say.interval(outcome.interval)}" if outcome.interval else ""
    return f"{say('estimate.' + outcome.estimate_name)} {value}{interval}"


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
        name = say(f"estimate.{estimate_name}") if estimate_name else ""
        reach.append(_same_or_reach("estimate", found.estimates, say.number, name, say))
    if found.worse is not None:
        reach.append(_same_or_reach("worse", found.worse, str, "", say))
    over = say("envelope.over" if found.complete else "envelope.over-some", count=found.count, reach="; ".join(reach))
    return f"{over} {conclusion_line(found, say)}".rstrip()


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


def within_sentence(question: Question, say: Say) -> str:
    """How many people improved, stayed and got worse (over all data sets that fit), and the mean change."""
    if "paired" not in question.offered[0]:
        return ""
    before, after = question.offered[0]["paired"]  # means are the same in all: the margins are printed
    sign = -1 if question.measure.better == "lower" else 1
    changes = [sign * (samples["paired"][1] - samples["paired"][0]) for samples in question.offered]
    key = "sentence.within-binary" if question.measure.scale == "binary" else "sentence.within"
    if question.status == "illustrative":
        key = "sentence.within-illustrative"
    return say(
        key,
        arm=say.text(question.study.arms[question.arms[0]].label),
        n=len(before),
        up=_reach([int((change > 0).sum()) for change in changes], say),
        same=_reach([int((change == 0).sum()) for change in changes], say),
        down=_reach([int((change < 0).sum()) for change in changes], say),
        mean=say.signed(float((after - before).mean())),
        unit=say.text(question.measure.unit),
        before=say.percent(float(before.mean())),
        after=say.percent(float(after.mean())),
    )


def printed_sentence(question: Question, say: Say) -> str:
    """What is printed of one arm where its people aren't known, and which number is missing."""
    first, last, change = question.summaries[0], question.summaries[-2], question.summaries[-1]
    arm, unit = say.text(question.study.arms[question.arms[0]].label), say.text(question.measure.unit)
    sd = say("term.usable-sd") if any(side.sd_unusable for side in question.summaries) else "SD"
    missing = [name for name, there in ((sd, _has_sd(question)), ("n", first.n)) if not there]
    tail = " " + say("sentence.printed-missing", what=f" {say('term.and')} ".join(missing)) if missing else ""
    if first.mean and last.mean and first is not last:
        return (
            say(
                "sentence.printed-means",
                arm=arm,
                before=say.printed(first.mean),
                after=say.printed(last.mean),
                unit=unit,
            )
            + tail
        )
    if first.percent and last.percent and first is not last:
        n_missing = "" if first.n else " " + say("sentence.printed-missing", what="n")
        return (
            say("sentence.printed-shares", arm=arm, before=say.printed(first.percent), after=say.printed(last.percent))
            + n_missing
        )
    if change.mean:
        return say("sentence.printed-change", arm=arm, change=say.printed(change.mean), unit=unit) + tail
    return _printed_list(question, say)


def _printed_list(question: Question, say: Say) -> str:
    """Every number printed of one arm, time by time; where there is none, its printed p, or that nothing is printed."""
    study, (arm,) = question.study, question.arms
    label = say.text(study.arms[arm].label)
    found: dict[str, dict[str, None]] = {}
    for f in study.find(arm=arm, outcome=question.measure.id):
        if not f.printed_as and f.statistic != "n":
            number = f"{statistic_name(f.statistic, f.level, say)} {say.printed(f.value)}"
            found.setdefault(f.timepoint, {})[number] = None
    if found:
        order = sorted(found, key=lambda time: (":" in time, list(study.timepoints).index(time.split(":")[0])))
        parts = [f"{_when(study, time, say)}: {', '.join(found[time])}" for time in order]
        return say("sentence.printed-list", arm=label, what="; ".join(parts))
    ps = [c.p for c in study.claims if c.outcome == question.measure.id and c.p and (arm in c.arms or not c.arms)]
    if ps:
        return say("sentence.printed-p-only", arm=label, p=", ".join(map(say.printed, dict.fromkeys(ps))))
    return say("sentence.printed-nothing", arm=label)


def _when(study: Study, timepoint: str, say: Say) -> str:
    return " → ".join(say.text(study.timepoints[time].label) for time in timepoint.split(":"))


def statistic_name(statistic: str, level: str, say: Say) -> str:
    """ "people with score 4", "mean", …"""
    name = say(f"statistic.{statistic}")
    if not level:
        return name
    return f"{name}: {say(f'term.level-{level}') if level in ('yes', 'no') else level}"


def _has_sd(question: Question) -> bool:
    return any(side.sd for side in question.summaries)


def _reach(counts: list[int], say: Say) -> str:
    """ "14", or "23 to 29" where the printed numbers leave it open."""
    low, high = min(counts), max(counts)
    return str(low) if low == high else say("sentence.reach", low=low, high=high)


def between_sentence(question: Question, chosen: int, say: Say) -> str:
    """The two groups' means (or shares) and who is higher, in the quantity compared."""
    samples = question.samples(chosen)
    if "groups" not in samples:
        return ""
    if question.status == "illustrative":
        return f"{say('sentence.simulated')} {_between(question, samples, say)}"
    return _between(question, samples, say)


def _between(question: Question, samples, say: Say) -> str:
    a, b = samples["groups"]
    names = {key: say.text(question.study.arms[arm].label) for key, arm in zip("ab", question.arms, strict=True)}
    if question.measure.scale == "binary" and question.quantity == "after":
        return say("sentence.between-binary", yes_a=int(a.sum()), n_a=len(a), yes_b=int(b.sum()), n_b=len(b), **names)
    chance = float((np.subtract.outer(a, b) > 0).mean() + (np.subtract.outer(a, b) == 0).mean() / 2)
    return say(
        f"sentence.between-{question.quantity}",
        mean_a=say.signed(float(a.mean())) if question.quantity == "change" else float(a.mean()),
        mean_b=say.signed(float(b.mean())) if question.quantity == "change" else float(b.mean()),
        chance=say.percent(chance),
        **names,
    )


def descriptives(outcome_beside: str, question: Question, chosen: int, say: Say) -> str:
    """The descriptives that belong beside a test: mean and SD, median and quartiles, or counts."""
    samples = question.samples(chosen)
    columns = (
        tuple(samples["repeated"][0].T) if "repeated" in samples else samples.get("paired") or samples.get("groups")
    )
    if columns is None or outcome_beside == "counts":
        return ""
    names = (
        [say.text(question.study.timepoints[t].label) for t in question.timepoints]
        if "repeated" in samples
        else [say("term.before"), say("term.after")]
        if question.kind == "within"
        else [say.text(question.study.arms[arm].label) for arm in question.arms]
    )
    return " · ".join(
        f"{name}: {_summary(column, outcome_beside, say)}" for name, column in zip(names, columns, strict=True)
    )


def _summary(column: np.ndarray, beside: str, say: Say) -> str:
    if beside == "mean_sd":
        return say("result.mean-sd", mean=float(column.mean()), sd=float(column.std(ddof=1)))
    q1, median, q3 = np.percentile(column, [25, 50, 75])
    return say("result.median-iqr", median=say.number(median, 1), q1=say.number(q1, 1), q3=say.number(q3, 1))
