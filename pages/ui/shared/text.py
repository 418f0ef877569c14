"""Text from files and links, made harmless before Streamlit reads it as Markdown."""

from __future__ import annotations

import re

from analysis.results import remembered

MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$@&])")
# Streamlit looks for :icon: and :red[…] after Markdown, where escaping no longer helps, and turns bare
# addresses into links; an invisible space behind the colon stops both. "->" would become an arrow.
COLON = re.compile(r":(?=\S)")
ARROW = re.compile(r"-(?=\\?>)|<(?=\\?-)")
NOTHING = "\u200b"


@remembered(4096)
def plain(text: str) -> str:
    """The text as it stands, with everything that Markdown or Streamlit would act on switched off."""
    escaped = MARKDOWN.sub(r"\\\1", text)
    return ARROW.sub(lambda found: found.group() + NOTHING, COLON.sub(f":{NOTHING}", escaped))
