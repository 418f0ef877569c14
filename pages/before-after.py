"""Before / after: how each chosen arm changed, study beside study."""

from functools import partial

import streamlit as st

from pages.ui import Frame, draw, open_frame
from pages.ui.before_after import within
from pages.ui.shared import below, choose, options, reporting, results, show, ticking
from pages.ui.shared.guard import panel


def body(frame: Frame) -> None:
    say = frame.say
    with panel(say):
        titles = frame.offered
        with options.bar():
            ids = choose.many(
                st.multiselect, "study", say("choose.studies"), list(titles), [frame.library[0].id], titles.__getitem__,
                wrap=True, label_visibility="collapsed",
            )  # fmt: skip
            plot_menu = st.container(width="content")
            groups = st.popover(say("choose.groups"), icon=":material/groups:")
            tests_menu = st.container(width="content")
        studies = options.laid_out([frame.usable[key] for key in ids], say)
        panels = within.panels(within.choices(studies, groups, say))
        with plot_menu:
            plot = within.plot_of(panels, say)
        with tests_menu:
            ticked = ticking.ticked_of("within", [one.question for one in panels], within.default_tests(studies), say)
        if not panels:
            st.info(say("choose.nothing"), icon=":material/touch_app:")
        tried = [results.tried(panel.question, ticked, panel.chosen) for panel in panels]
        beside = list(zip(panels, tried, strict=True))
        for start in range(0, len(panels), 2):
            for column, (shown, attempts) in zip(
                st.columns(min(2, len(panels))), beside[start : start + 2], strict=False
            ):
                with column, panel(say):
                    within.draw(shown, plot, attempts, beside, say)
        if plot == "slopes" and any("paired" in one.question.offered[0] for one in panels):
            st.caption(say("plot.sideways"))
        if panels:
            reporting.of_screen(partial(within.reported, panels, tried, plot, ticked, say))
            below.draw(within.below(panels, tried, ticked, say), say)
            both = [(shown.question, attempts) for shown, attempts in beside]
            show.download(say("download.results"), lambda: results.results_table(both, say), "before-after")


draw(body, open_frame("before-after"))
