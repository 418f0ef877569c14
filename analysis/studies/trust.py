"""What a card may say of a study's trustworthiness: its answers to the 21 checks of INSPECT-SR.

INSPECT-SR (Wilkinson et al. 2025, doi:10.1101/2025.09.03.25334905; guidance document v1.0) asks of randomised
trials whether something about them is problematic. Numbers and domains are the tool's; its checks stand in the
words (`trust-item.<id>`) in our own. [trust.<id>] of a card has an answer and a reason in both languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.studies.bias import NOT_ASSESSED
from analysis.studies.problems import Folder

CONCERN, NONE, CANNOT_TELL = "yes concern", "no concern", "cannot tell"
NOT_APPLICABLE = "not applicable"  # as for a plot that isn't there; only a card can say so
ON_CARD = (CONCERN, NONE, CANNOT_TELL, NOT_APPLICABLE)
TRUST_ANSWERS = (*ON_CARD, NOT_ASSESSED)

# Each check's id with its number in the tool; the number before the point is the domain's place.
TRUST_ITEMS: Mapping[str, str] = {
    "retraction": "1.1",
    "other-notice": "1.2",
    "team-notices": "1.3",
    "ethics": "2.1",
    "registration": "2.2",
    "registration-differs": "2.3",
    "recruitment": "2.4",
    "feasibility": "2.5",
    "text": "3.1",
    "plots": "3.2",
    "eligibility": "4.1",
    "allocation": "4.2",
    "baseline": "4.3",
    "places-differ": "4.4",
    "attrition": "4.5",
    "participants": "4.6",
    "results-plausible": "4.7",
    "impossible-values": "4.8",
    "statistics": "4.9",
    "other-contradictions": "4.10",
    "reports-differ": "4.11",
}
TRUST_DOMAINS = ("notices", "conduct", "text", "results")


def read_trust(folder: Folder, card: Mapping[str, Any]) -> None:
    """Make problems of whatever is wrong with the [trust.<id>] tables of a card."""
    for name, entry in card.get("trust", {}).items():
        if not folder.one_of("study.toml", None, "trust", name, TRUST_ITEMS):
            continue
        if not isinstance(entry, dict):
            folder.wrong("study.toml", None, "wrong-shape", entry=f"trust.{name}", shape=("table",))
            continue
        folder.one_of("study.toml", None, f"trust.{name}.answer", entry.get("answer", ""), ON_CARD)
        folder.both_languages(f"trust.{name}.reason", entry.get("reason"))
