"""The views of all studies together, by their id in the link; the first stands open."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from analysis.words import Say
from pages.ui.across import bias, claims, compare, directions, evidence, evidence_map, rows
from pages.ui.shared.frame import Frame

VIEWS: Mapping[str, Callable[[Frame, Say], None]] = {
    "evidence": evidence.view,
    "certainty": evidence.certainty_view,
    "map": evidence_map.view,
    "directions": directions.view,
    "studies": rows.view,
    "claims": claims.view,
    "compare": compare.view,
    "bias": bias.view,
}
