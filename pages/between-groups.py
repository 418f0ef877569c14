"""Between groups: two arms of one study, after, in their change, or adjusted for before."""

import streamlit as st

from analysis.words import Say
from pages.ui.between_groups import compare
from pages.ui.shared import below, choose, options, results, show
from pages.ui.shared.frame import close_frame, open_frame
from pages.ui.shared.guard import panel

frame = open_frame("between-groups")
say: Say = frame.say
st.text(say("between.intro"))

with panel(say):
    left, right = st.columns([2, 3])
    with left:
        study = options.study_of(frame)
    if not options.laid_out([study], say):
        pass  # said already what is missing
    elif len(study.arms) < 2:
        compare.single_arm(study, say)
    else:
        with right:
            quantity = compare.quantity_of(study, say)
        plot = choose.one(
            st.segmented_control,
            "plot",
            say("choose.plot"),
            compare.PLOTS,
            "dots",
            lambda key: say(f"plot-kind.{key}"),
            required=True,
            wrap=True,
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            groups = st.popover(say("choose.groups"), icon=":material/groups:")
            ticked = options.ticked_of("between", compare.default_tests(study, quantity), say)
        question, picked = compare.ask(study, quantity, groups, say)
        chosen = compare.chosen_set(question, picked)
        attempts = results.tried(question, ticked, chosen)
        with panel(say):
            compare.draw(question, chosen, plot, attempts, say)
        family = results.Family(attempts, ticked.holm)
        part = below.part_of(say)
        with panel(say):
            below.draw(part, below.Shown(question, ticked, attempts, chosen, 2, family, question.study.id), say)
        show.download(say("download.results"), results.results_table(question, attempts, say), "between-groups", say)
close_frame(frame)
