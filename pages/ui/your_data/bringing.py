"""Where the data come from: a file, a pasted table, or an example to try."""

from __future__ import annotations

from hashlib import sha256

import streamlit as st

from analysis.uploads import SHAPES, example, limits_from, template
from analysis.words import Say
from pages.ui.shared import choose, own
from pages.ui.shared.text import plain
from pages.ui.your_data.brought import Brought

WAYS = ("file", "paste", "example")
ENDINGS = ("csv", "tsv", "txt", "xlsx", "xls", "ods", "sav", "zsav", "dta")
BROUGHT = "brought"


def brought(say: Say) -> Brought | None:
    """What was brought, None while there is nothing yet."""
    way = choose.one(
        st.segmented_control, "way", say("own.way"), WAYS, WAYS[0], lambda key: say(f"own.way-{key}"), required=True,
        wrap=True, label_visibility="collapsed",
    )  # fmt: skip
    content, name = {"file": _file, "paste": _pasted, "example": _example}[way](say)
    if not content.strip():
        return None
    own.remember_here()
    key = sha256(name.encode() + content).hexdigest()[:12]
    held = st.session_state.get(BROUGHT)
    if held is None or held.key != key:
        held = st.session_state[BROUGHT] = Brought(content, name, key)
    return held


def _file(say: Say) -> tuple[bytes, str]:
    given = st.file_uploader(
        say("own.file", megabytes=limits_from().megabytes), ENDINGS, key="own-file",
        max_upload_size=limits_from().megabytes,
    )  # fmt: skip
    return (given.getvalue(), given.name) if given else (b"", "")


def _pasted(say: Say) -> tuple[bytes, str]:
    text = st.text_area(say("own.paste"), height=180, key="own-paste", placeholder=say("own.paste-example"))
    return (text or "").encode("utf-8", "replace"), ""


def _example(say: Say) -> tuple[bytes, str]:
    """A small table of a shape, to try; and the same to take away, filled or empty."""
    shape = choose.one(
        st.segmented_control, "shape", say("own.shape"), SHAPES, SHAPES[0], lambda key: say(f"own.shape-{key}"),
        required=True, wrap=True, label_visibility="collapsed",
    )  # fmt: skip
    st.caption(plain(say(f"own.shape-help-{shape}")))
    with st.container(horizontal=True):
        for what, content in {
            "template": template(shape, say.language),
            "filled": example(shape, say.language),
        }.items():
            st.download_button(
                say(f"own.get-{what}"), content, f"lactascope-{shape}-{what}.csv", "text/csv",
                key=f"own-{what}-{shape}", icon=":material/download:", type="tertiary", on_click="ignore",
            )  # fmt: skip
    return example(shape, say.language), f"{say('own.example-name')}.csv"
