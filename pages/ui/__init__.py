"""What all screens share: the frame around them, choices that live in the link, ways of showing results.

Every screen takes its frame from here before it imports anything else of ours. Sessions run in threads, and Python
shows a thread the half-made modules of another that entered the same package by another door; so on a server that has
just started, the first to come opens every room of the analysis, and the others wait. What a screen itself needs of the
analysis it takes from here, too.
"""

from analysis import (  # noqa: F401
    asking,
    checks,
    effects,
    evidence,
    methods,
    plots,
    recover,
    studies,
    telling,
    uploads,
    words,
)  # fmt: skip
from analysis.plots import across, printing, reports  # noqa: F401
from analysis.telling import exchange
from analysis.telling.classroom import DEMONSTRATIONS
from pages.ui.shared.frame import Frame, draw, open_frame

__all__ = ["DEMONSTRATIONS", "Frame", "draw", "evidence", "exchange", "open_frame", "reports"]
