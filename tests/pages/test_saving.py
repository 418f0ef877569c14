"""Save figure below every plot: empty until it is opened, then each plot in both widths and all forms."""

from __future__ import annotations

import pytest
from streamlit.runtime.state.common import user_key_from_element_id

from analysis.words import LANGUAGES, say_in
from pages.ui.before_after.within import PLOTS
from pages.ui.shared import saving
from tests.pages.test_check import MASSAGE, TYPED
from tests.pages.test_pages import SERPONG, texts

FORMS = 3
VIEWS = (
    ("overview", {}),
    ("study", {"study": SERPONG}),
    *(("before-after", {"study": SERPONG, "plot": plot}) for plot in PLOTS),
    *(("before-after", {"study": SERPONG, "below": part}) for part in ("all", "assumptions", "power")),
    *(("between-groups", {"study": SERPONG, "plot": plot}) for plot in ("dots", "box", "raincloud", "both", "stacked")),
    ("between-groups", {"study": "cassava-pekanbaru"}),
    ("between-groups", {"study": "education-rosita"}),
    *(("across-studies", {"view": view}) for view in ("evidence", "map", "compare", "bias")),
    *(
        ("across-studies", {"view": "certainty", "deeper": part, "equal": "on", "average": "on"})
        for part in ("without", "cumulative", "covariate", "small", "influence")
    ),
    ("check", {"what": "typed", **TYPED}),
    ("check", {"what": "pairs", **MASSAGE}),
)  # fmt: skip


def lists(app) -> list[str]:
    """Keys of the lists that save figures."""
    keys = [user_key_from_element_id(one.proto.id) for one in app.get("popover") if one.proto.id]
    return [key for key in keys if key and key.startswith("save-")]


def opened(app):
    """With every list opened."""
    for key in lists(app):
        app.session_state[key] = True
    return app.run()


def files(app) -> list:
    return [button for button in app.get("download_button") if "save." in button.proto.id]


@pytest.mark.parametrize(("page", "link"), VIEWS, ids=lambda part: part if isinstance(part, str) else "-".join(part))
def test_every_plot_of_every_screen_is_saved_in_both_widths_and_all_forms(open_page, page, link):
    app = open_page(page, **link)
    plots = len(app.get("plotly_chart"))
    assert plots and len(lists(app)) == plots and not files(app)
    offered = files(opened(app))
    assert not app.exception and not app.error
    too_wide = texts(app).count(say_in("en")("save.too-wide"))  # for one column, and said to be
    assert FORMS * (2 * plots - too_wide) <= len(offered) <= 3 * FORMS * plots
    assert not too_wide or link.get("view") == "compare"


@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_beside_each_other_are_saved_in_one_figure_too(open_page, language):
    app = opened(open_page("before-after", study=SERPONG, lang=language))
    assert say_in(language)("save.together", width="180") in texts(app)
    alone = opened(open_page("before-after", study=SERPONG, lang=language, **{f"{SERPONG}.arms": "massage"}))
    assert say_in(language)("save.together", width="180") not in texts(alone)


@pytest.mark.guarded
def test_a_failure_is_one_calm_sentence_and_the_plot_stays(open_page, monkeypatch):
    def failing(*_, **__):
        raise RuntimeError("the renderer is gone")

    monkeypatch.setattr(saving, "pictured", failing)
    app = opened(open_page("study", study=SERPONG))
    assert app.error[0].value == say_in("en")("save.failed")
    assert app.get("plotly_chart") and not app.exception


def test_a_files_name_has_no_odd_characters():
    assert saving.file_name("Study ü/<x>", "save.two-columns", "pdf") == "lactascope-study-x-two-columns.pdf"
