"""Results as lines and sentences. Effect and interval come first, p never stands alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.asking import Question
from analysis.studies import Study, names_of
from analysis.words import Say


def printed_in(locators: Sequence[str], say: Say) -> str:
    """ "Printed in: Table 2; Abstract"; blank where nothing is printed."""
    return say("figures.printed-in", where="; ".join(map(say.locator, locators))) if locators else ""


def known_from(question: Question, say: Say) -> str:
    """How what a plot draws is known and where that is printed: "recovered. Worked out from: Table 1"."""
    if question.status == "illustrative":
        return say("status.illustrative")
    times = {*question.timepoints, f"{question.timepoints[0]}:{question.timepoints[-1]}"}
    where = "; ".join(map(say.locator, question.study.locators(question.measure.id, question.arms, times)))
    key = "figures.printed-in" if question.status == "reported" else "figures.worked-out-from"
    return f"{say(f'status.{question.status}')}. {say(key, where=where)}" if where else say(f"status.{question.status}")


def person_said(question: Question, arm: str, place: int, chosen: int, say: Say) -> str:
    """The scores of one person of a data set, and how many of her group have the same and can't be told from her."""
    group = question.people[question.arms.index(arm)]
    if group is None:
        raise ValueError(f"{question.study.id}: the people of {arm} are not known")
    scores = group.scores[min(chosen, group.alternatives - 1)]
    own, alike = scores[place], int((scores == scores[place]).all(axis=1).sum())
    digits = 0 if np.all(scores == np.rint(scores)) else 1
    path = " → ".join(say.number(float(value), digits) for value in own)
    parts = [say("person.scores", name=names_of(arm, len(scores))[place], path=path)]
    if len(own) > 1:
        parts.append(say("person.change", change=say.signed(float(own[-1] - own[0]), digits)))
    if alike > 1:
        parts.append(say("person.alike", count=alike))
    if group.alternatives > 1:
        parts.append(say("person.in-set", number=chosen + 1, count=group.alternatives))
    return " ".join(parts)


def within_sentence(question: Question, say: Say) -> str:
    """How many people improved, stayed and got worse (over all data sets that fit), and the mean change."""
    if "paired" not in question.offered[0]:
        return ""
    before, after = question.complete()["paired"]  # means are the same in all: the margins are printed
    sign = -1 if question.measure.better == "lower" else 1
    pairs = [samples["paired"] for samples in question.offered] if len(question.offered) > 1 else [(before, after)]
    changes = [sign * (after - before) for before, after in pairs]
    directed = "sentence.within" if question.measure.better in ("higher", "lower") else "sentence.within-undirected"
    key = "sentence.within-binary" if question.measure.scale == "binary" else directed
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
    """ "mean", "number of people (4)", "number of people (yes)", …"""
    name = say(f"statistic.{statistic}")
    if not level:
        return name
    return f"{name} ({say(f'term.level-{level}') if level in ('yes', 'no') else level})"


def _has_sd(question: Question) -> bool:
    return any(side.sd for side in question.summaries)


def _reach(counts: list[int], say: Say) -> str:
    """ "14", or "23 to 29" where the printed numbers leave it open."""
    low, high = min(counts), max(counts)
    return str(low) if low == high else say("sentence.reach", low=low, high=high)


def between_sentence(question: Question, chosen: int, say: Say) -> str:
    """The two groups' means (or shares) and who is higher, in the quantity compared."""
    samples = question.complete(chosen)
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
    below, not_above = (np.searchsorted(np.sort(b), a, side).sum() for side in ("left", "right"))
    chance = float(below + not_above) / 2 / (len(a) * len(b))
    return say(
        f"sentence.between-{question.quantity}",
        mean_a=say.signed(float(a.mean())) if question.quantity == "change" else float(a.mean()),
        mean_b=say.signed(float(b.mean())) if question.quantity == "change" else float(b.mean()),
        chance=say.percent(chance),
        **names,
    )


def descriptives(outcome_beside: str, question: Question, chosen: int, say: Say) -> str:
    """The descriptives that belong beside a test: mean and SD, median and quartiles, or counts."""
    samples = question.complete(chosen)
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
