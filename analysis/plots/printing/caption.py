"""What a saved figure says of the people in it, of how their numbers are known, and of whose numbers they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.plots.design import n_label
from analysis.results import Status
from analysis.studies import Study
from analysis.telling import VERSION, capitalised
from analysis.words import Say

MOST_NAMED = 20  # studies, before they are only counted


def caption(
    study: Study, arms: Sequence[str], statuses: Iterable[Status], say: Say, *, date: str = ""
) -> dict[str, str]:
    """The words that `save` takes beside a title: `n` of each arm, `note` and `source` of a plot of one study.

    Args:
        arms: their ids, in the order of the plot.
        statuses: how what is drawn is known.
        date: when the figure was made; blank where that is nobody's matter.
    """
    counts = " · ".join(f"{say.text(study.arms[arm].label)}: {n_label(study, arm, say)}" for arm in arms)
    return {"n": counts, "note": evidence(statuses, say), "source": source([study], say, date=date)}


def evidence(statuses: Iterable[Status], say: Say) -> str:
    """A sentence per evidence status."""
    return "\n".join(
        f"{capitalised(say(f'status.{status}'))}: {say(f'status-help.{status}')}" for status in dict.fromkeys(statuses)
    )


def source(studies: Sequence[Study], say: Say, *, date: str = "") -> str:
    """Whose numbers these are, and what drew them: one study's citation with its address, or several by name."""
    made = (
        say("saved.made", version=VERSION) if not date else say("saved.made-on", version=VERSION, date=say.date(date))
    )
    return "\n".join(filter(None, (_cited(studies, say), made)))


def _cited(studies: Sequence[Study], say: Say) -> str:
    if not studies:
        return ""
    if len(studies) > 1:
        names = sorted({say.text(study.short_title) for study in studies})
        many = len(names) > MOST_NAMED
        return (
            say("saved.studies-counted", count=len(studies)) if many else say("saved.studies", names="; ".join(names))
        )
    card = studies[0].card
    address = f"https://doi.org/{card['doi']}" if card.get("doi") else card.get("url", "")
    return say("saved.source", citation=" ".join(filter(None, (card.get("citation", ""), address))))
