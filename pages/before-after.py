"""Before / after: how each chosen arm changed, study beside study."""

import pandas as pd
import streamlit as st

from analysis.words import Say
from pages.ui import choose, options, show, within
from pages.ui.frame import close_frame, open_frame

frame = open_frame("before-after")
say: Say = frame.say
st.text(say("before-after.intro"))

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
studies = [frame.usable[key] for key in ids]
with st.container(horizontal=True, vertical_alignment="center"):
    groups = st.popover(say("choose.groups"), icon=":material/groups:")
    tests, approximate = options.tests_of("within", within.default_tests(studies), say)
chosen = within.choices(studies, groups, say)

panels = within.panels(chosen)
if plot == "slopes" and any("paired" in panel.question.offered[0] for panel in panels):
    st.caption(say("plot.sideways"))
if not panels:
    st.info(say("choose.nothing"), icon=":material/touch_app:")
tables = []
for start in range(0, len(panels), 2):
    row = panels[start : start + 2]
    columns = st.columns(max(len(row), min(2, len(panels))))
    drawn = []
    for column, panel in zip(columns, row, strict=False):
        with column:
            drawn.append(within.draw(panel, plot, tests, approximate, len(ids) > 1, say))
    for column, panel, attempts in zip(columns, row, drawn, strict=False):
        with column:
            show.tests(panel.question, attempts, panel.chosen, 1 if len(panels) > 1 else 2, say)
        tables.append(show.results_table(panel.question, attempts, say))
if tables:
    show.download(say("download.results"), pd.concat(tables), "before-after", say)
close_frame(frame)
