"""Before / after: how each chosen arm changed, study beside study."""

import pandas as pd
import streamlit as st

from analysis.words import Say
from pages.ui.before_after import within
from pages.ui.shared import below, choose, options, results, show
from pages.ui.shared.frame import close_frame, open_frame
from pages.ui.shared.guard import panel

frame = open_frame("before-after")
say: Say = frame.say
st.text(say("before-after.intro"))

with panel(say):
    titles = {study.id: say.text(study.short_title) for study in frame.library}
    left, right = st.columns([2, 3])
    with left:
        ids = choose.many(
            st.multiselect,
            "study",
            say("choose.studies"),
            list(titles),
            [frame.library[0].id],
            titles.__getitem__,
            wrap=True,
        )
    with right:
        plot = choose.one(
            st.segmented_control,
            "plot",
            say("choose.plot"),
            within.PLOTS,
            "slopes",
            lambda key: say(f"plot-kind.{key}"),
            required=True,
            wrap=True,
        )
    studies = options.laid_out([frame.usable[key] for key in ids], say)
    with st.container(horizontal=True, vertical_alignment="center"):
        groups = st.popover(say("choose.groups"), icon=":material/groups:")
        ticked = options.ticked_of("within", within.default_tests(studies), say)
    chosen = within.choices(studies, groups, say)

    panels = within.panels(chosen)
    if plot == "slopes" and any("paired" in panel.question.offered[0] for panel in panels):
        st.caption(say("plot.sideways"))
    if not panels:
        st.info(say("choose.nothing"), icon=":material/touch_app:")
    tables = []
    tried = [results.tried(panel.question, ticked, panel.chosen) for panel in panels]
    family = results.Family([one for attempts in tried for one in attempts], ticked.holm)
    part = "tests"
    for start in range(0, len(panels), 2):
        row = panels[start : start + 2]
        columns = st.columns(max(len(row), min(2, len(panels))))
        for column, shown, attempts in zip(columns, row, tried[start:], strict=False):
            with column, panel(say):
                within.draw(shown, plot, attempts, len(ids) > 1, say)
        if start == 0:  # asked once, below the first plots
            part = below.part_of(say)
        for column, shown, attempts in zip(columns, row, tried[start:], strict=False):
            side_by_side = 1 if len(panels) > 1 else 2
            with column, panel(say):
                below.draw(
                    part,
                    below.Shown(shown.question, ticked, attempts, shown.chosen, side_by_side, family, shown.name),
                    say,
                )
            tables.append(results.results_table(shown.question, attempts, say))
    if tables:
        show.download(say("download.results"), pd.concat(tables), "before-after", say)
close_frame(frame)
