"""Questions that between them let every method run: those of the studies in data/, and made-up ones for the rest."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np

from analysis.asking import Question, assume_n, attempt, before_after, between, methods_for
from analysis.methods import METHODS
from analysis.studies import ArmPeople, Study, default_assumptions, illustrate, printed_change

MARGIN = 0.75


def options_of(method_id: str) -> dict[str, object]:
    """What a method can't run without."""
    return {"margin": MARGIN} if METHODS[method_id].id.startswith("tost") else {}


def runs(question: Question) -> list[str]:
    """Ids of the methods that answer a question."""
    kinds = methods_for("within" if question.kind == "within" else "between")
    return [key for key in kinds if attempt(question, key, **options_of(key)).outcome]


def everything(studies: dict[str, Study]) -> list[Question]:
    """Questions of every kind and evidence status; those that nothing answers are left out."""
    serpong = studies["moringa-massage-serpong"]
    own = [one for scale in ("continuous", "binary") for times in (2, 3) for one in uploaded(serpong, scale, times)]
    asked = [
        *of_studies(studies),
        *assumed(studies),
        simulated(studies["cassava-pekanbaru"]),
        *own,
        incomplete(serpong),
    ]
    return [question for question in asked if runs(question)]


def of_studies(studies: dict[str, Study]) -> list[Question]:
    """Every question of the bundled studies, people or printed summaries as they are."""
    found = []
    for study in studies.values():
        times = tuple(study.timepoints)
        for outcome in study.outcomes:
            found += [before_after(study, outcome, arm, times) for arm in study.arms]
            pairs = [(arms, how) for arms in combinations(study.arms, 2) for how in ("change", "after", "adjusted")]
            found += [between(study, outcome, arms, times, how) for arms, how in pairs]
    return found


def assumed(studies: dict[str, Study]) -> list[Question]:
    """Questions that rest on an assumed correlation or number of people."""
    serpong, smooth = studies["moringa-massage-serpong"], studies["triananinsi"]
    unknown = replace(smooth, arms={key: replace(arm, n=None) for key, arm in smooth.arms.items()})
    with_n = assume_n(unknown, {"massage": 15, "other": 15})
    return [
        before_after(serpong, "milk-score", "moringa", ("before", "after"), r=0.5),
        between(with_n, "smooth-flow", ("massage", "other"), tuple(with_n.timepoints), "after"),
    ]


def simulated(cassava: Study) -> Question:
    """Made-up mothers whose mean change is the printed one."""
    assumptions = default_assumptions([printed_change(cassava, "prolactin", "cassava")], None)
    people = illustrate(cassava, "prolactin", "cassava", assumptions)
    times = tuple(cassava.timepoints)
    return before_after(cassava, "prolactin", "cassava", times, people=people, status="illustrative")


def uploaded(study: Study, scale: str, times: int, seed: int = 5) -> tuple[Question, Question]:
    """Own people of two arms of different size at two or three times: one arm's change, both arms' changes."""
    rng, names = np.random.default_rng(seed), ("before", *("between",) * (times - 2), "after")
    timepoints = {name: replace(study.timepoints["before"], id=name) for name in names}
    outcome = next(iter(study.outcomes))
    outcomes = {outcome: replace(study.outcomes[outcome], scale=scale)}
    study = replace(study, timepoints=timepoints, outcomes=outcomes)
    sizes = dict(zip(study.arms, (11, 14), strict=False))
    people = tuple(ArmPeople(arm, names, _scores(rng, scale, n, times), False) for arm, n in sizes.items())
    one = before_after(study, outcome, people[0].arm, names, people=people[0], status="uploaded")
    arms = (people[0].arm, people[1].arm)
    return one, between(study, outcome, arms, names, "change", people=people, status="uploaded")


def incomplete(study: Study) -> Question:
    """Own people of one arm, two of whom were seen once only."""
    times, scores = ("before", "after"), _scores(np.random.default_rng(7), "continuous", 13, 2)
    scores[0, [2, 5], [0, 1]] = np.nan
    people = ArmPeople("moringa", times, scores, False)
    return before_after(study, "milk-score", "moringa", times, people=people, status="uploaded", r=0.0)


def _scores(rng: np.random.Generator, scale: str, n: int, times: int) -> np.ndarray:
    if scale == "binary":
        return rng.integers(0, 2, (1, n, times)).astype(float)
    own = rng.normal(3, 1, (1, n, 1)) + rng.normal(0, 1, (1, n, times)) + np.linspace(0, 1.5, times)
    return np.round(own, 1)
