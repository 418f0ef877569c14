"""Summary for decisions: one question of a health centre on one page."""

from functools import partial

from pages.ui import Frame, draw, evidence, open_frame, reports
from pages.ui.decision import page
from pages.ui.shared import options, reporting
from pages.ui.shared.guard import panel


def body(frame: Frame) -> None:
    say = frame.say
    with options.bar():
        treatment, against = page.question(frame.library, say)
    with panel(say):
        made = partial(reports.of_decision, evidence.decision(frame.library, treatment, against), say)
        reporting.of_screen(made)
        page.draw(made(**reporting.today()), say)


draw(body, open_frame("decision"))
