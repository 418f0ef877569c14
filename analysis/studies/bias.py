"""Risk of bias of a study, as its card says it: RoB 2 for randomised studies, ROBINS-I for the others.

The card's optional [bias] table names the tool and, for each domain, a judgement with its reason. A domain
that isn't there is "not assessed", a state of its own that never counts as low.

Sources: RoB 2, Sterne et al. 2019 (doi:10.1136/bmj.l4898); ROBINS-I, Sterne et al. 2016
(doi:10.1136/bmj.i4919).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.studies.problems import Folder, Text

ROB2, ROBINS_I = "RoB 2", "ROBINS-I"
OVERALL = "overall"
NO_INFORMATION = "no information"
NOT_ASSESSED = "not assessed"
_SHARED = ("deviations", "missing-data", "measurement", "selective-reporting")
DOMAINS: Mapping[str, tuple[str, ...]] = {
    ROB2: ("randomisation", *_SHARED),
    ROBINS_I: ("confounding", "selection", "classification", *_SHARED),
}
TOOLS = tuple(DOMAINS)
JUDGEMENTS: Mapping[str, tuple[str, ...]] = {
    ROB2: ("low", "some concerns", "high", NO_INFORMATION),
    ROBINS_I: ("low", "moderate", "serious", "critical", NO_INFORMATION),
}
# How severe at least: a lack of information is never milder than some concerns.
SEVERITY: Mapping[str, int] = {
    "low": 0,
    "some concerns": 1,
    "moderate": 1,
    NO_INFORMATION: 1,
    "high": 2,
    "serious": 2,
    "critical": 3,
}
HIGH = SEVERITY["high"]  # from here on a study counts as being at high risk of bias


@dataclass(frozen=True)
class Judgement:
    """What was judged of one domain, and why (in both languages)."""

    domain: str
    judgement: str
    reason: Text = field(hash=False)


@dataclass(frozen=True)
class Bias:
    """The judgements of one study by one tool; domains that aren't in `domains` are not assessed."""

    tool: str
    domains: Mapping[str, Judgement] = field(default_factory=dict, hash=False)

    def of(self, domain: str) -> Judgement | None:
        """The judgement of a domain (or "overall"), None where it is not assessed."""
        return self.domains.get(domain)

    @property
    def overall(self) -> str | None:
        """The card's own overall judgement; else the tool's rule, once every domain is judged; else None."""
        if own := self.of(OVERALL):
            return own.judgement
        judged = [found.judgement for domain in DOMAINS[self.tool] if (found := self.of(domain))]
        return overall_of(self.tool, tuple(judged)) if len(judged) == len(DOMAINS[self.tool]) else None

    @property
    def at_least(self) -> str | None:
        """The worst domain judged so far, than which no overall judgement is milder; None if none is judged."""
        judged = [found.judgement for found in self.domains.values()]
        return max(judged, key=SEVERITY.__getitem__) if judged else None


def overall_of(tool: str, judgements: tuple[str, ...]) -> str:
    """The overall judgement that the judgements of all domains give: the worst of them.

    Where "no information" is worst, RoB 2 gives some concerns (its own scale knows no such judgement), and
    ROBINS-I gives no information (Sterne et al. 2016, table 2: neither serious nor critical, a domain unknown).
    """
    worst = max(SEVERITY[judgement] for judgement in judgements)
    if worst == SEVERITY[NO_INFORMATION]:
        unknown = tool == ROBINS_I and NO_INFORMATION in judgements
        return NO_INFORMATION if unknown else JUDGEMENTS[tool][worst]
    return JUDGEMENTS[tool][worst]


def read_bias(folder: Folder, card: Mapping[str, Any]) -> Bias | None:
    """The [bias] table of a card, None where there is none; wrong words become problems of the folder."""
    if "bias" not in card:
        return None
    table = card["bias"]
    tool = table.get("tool", "")
    if not folder.one_of("study.toml", None, "bias.tool", tool, TOOLS):
        return None
    domains: dict[str, Judgement] = {}
    for domain, entry in table.items():
        if domain != "tool" and (found := _judgement(folder, tool, domain, entry)):
            domains[domain] = found
    bias = Bias(tool, domains)
    _not_too_mild(folder, bias)
    return bias


def _judgement(folder: Folder, tool: str, domain: str, entry: Any) -> Judgement | None:
    place = f"bias.{domain}"
    if not folder.one_of("study.toml", None, "bias", domain, (*DOMAINS[tool], OVERALL)):
        return None
    if not isinstance(entry, dict):
        folder.wrong("study.toml", None, "wrong-shape", entry=place, shape=("table",))
        return None
    word = entry.get("judgement", "")
    known = folder.one_of("study.toml", None, f"{place}.judgement", word, JUDGEMENTS[tool])
    reason = folder.both_languages(f"{place}.reason", entry.get("reason"))
    return Judgement(domain, word, reason) if known else None


def _not_too_mild(folder: Folder, bias: Bias) -> None:
    """An overall judgement milder than a domain's is a mistake: both tools make it at least as severe."""
    overall = bias.of(OVERALL)
    for domain, found in bias.domains.items():
        if overall and SEVERITY[overall.judgement] < SEVERITY[found.judgement]:
            folder.wrong(
                "study.toml", None, "overall-too-mild",
                overall=overall.judgement, domain=domain, judgement=found.judgement,
            )  # fmt: skip
