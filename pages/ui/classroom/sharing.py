"""The projector's switch, and the link that opens the same step on the phones of a class."""

from __future__ import annotations

from io import BytesIO

import segno
import streamlit as st

from analysis.results import remembered
from analysis.words import Say
from pages.ui.shared import choose, link, show
from pages.ui.shared.frame import Frame

SWITCH = "projector"
SIDE = 260  # pixels of the code

# All of Streamlit's sizes hang on the page's own letter size; on a projector that is half as large again.
_letters = st.components.v2.component(
    "lactascope_letters",
    js="""
export default ({data}) => {
  document.documentElement.style.fontSize = data
  return () => { document.documentElement.style.fontSize = "" }
}
""",
)


def projector(frame: Frame) -> bool:
    """The switch; a change draws title and menu again, or takes them away."""
    say = frame.say
    on = choose.switch(SWITCH, say("lesson.projector"), help=say("lesson.projector-help"), drawn=not show.on_phone())
    if frame.bare:
        _letters(data="150%", key="letters")
    return on


def follow(frame: Frame, on: bool) -> None:
    """Draw the frame again where it doesn't stand as the switch says."""
    if on != frame.bare:
        st.rerun()


def offer(say: Say) -> None:
    """A menu with the code to scan; what students open has everything but the projector."""
    with show.menu(say("lesson.share"), "share", ":material/qr_code_2:") as place:
        if place.open:
            address = link.address(without=SWITCH)
            st.text(say("lesson.share-says"))
            st.image(code(address), width=SIDE, alt=say("lesson.share-alt"))
            st.code(address, language=None, wrap_lines=True)


@remembered(32)
def code(address: str) -> bytes:
    """The QR code of an address as PNG, black on white in both themes."""
    made = BytesIO()
    segno.make(address, error="m", micro=False).save(made, kind="png", scale=8, border=4)
    return made.getvalue()
