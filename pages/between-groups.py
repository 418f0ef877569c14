"""Between groups: two arms of one study, after, in their change, or adjusted for before."""

from functools import partial

import streamlit as st

from pages.ui import Frame, draw, open_frame
from pages.ui.between_groups import compare
from pages.ui.shared import below, options, reporting, results, show, ticking
from pages.ui.shared.guard import panel


def body(frame: Frame) -> None:
    say = frame.say
    with panel(say):
        with options.bar():
            study = options.study_of(frame, label_visibility="collapsed")
            compare_menu, plot_menu = st.container(width="content"), st.container(width="content")
            groups_menu, tests_menu = st.container(width="content"), st.container(width="content")
        if not options.laid_out([study], say):
            pass  # said already what is missing
        elif len(study.arms) < 2:
            compare.single_arm(study, say)
        else:
            with compare_menu:
                quantity = compare.quantity_of(study, say)
            with groups_menu:
                groups = st.popover(say("choose.groups"), icon=":material/groups:")
            question, picked = compare.ask(study, quantity, groups, say)
            with plot_menu:
                plot = compare.plot_of(question, say)
            with tests_menu:
                ticked = ticking.ticked_of("between", [question], compare.default_tests(study, quantity), say)
            chosen = compare.chosen_set(question, picked)
            attempts = results.tried(question, ticked, chosen)
            with panel(say):
                compare.draw(question, picked, plot, attempts, say)
            reporting.of_screen(partial(compare.reported, question, attempts, chosen, plot, ticked, say))
            family = results.Family(attempts, ticked.holm)
            below.draw([results.Shown(question, ticked, attempts, chosen, 2, family, question.study.id)], say)
            found = [(question, attempts)]
            show.download(say("download.results"), lambda: results.results_table(found, say), "between-groups")


draw(body, open_frame("between-groups"))
