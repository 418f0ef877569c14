"""Where a study was published, as fields of its card: [reference] has only what the card's citation prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.studies.problems import Folder

REFERENCE = ("authors", "title", "journal", "volume", "issue", "pages")
AND_OTHERS = "et al"  # the last of the authors where the citation names no more


def read_reference(folder: Folder, card: Mapping[str, Any]) -> None:
    """Make problems of whatever is wrong with the [reference] table of a card."""
    for name, value in card.get("reference", {}).items():
        if not folder.one_of("study.toml", None, "reference", name, REFERENCE):
            continue
        listed = isinstance(value, list) and all(isinstance(author, str) for author in value)
        if name == "authors" and not listed:
            folder.wrong("study.toml", None, "wrong-shape", entry="reference.authors", shape=("list-of-texts",))
        elif name != "authors" and not isinstance(value, str):
            folder.wrong("study.toml", None, "wrong-shape", entry=f"reference.{name}", shape=("text",))
