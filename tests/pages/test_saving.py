"""Save figure below every plot: empty until it is opened, then each plot in both widths and all forms."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest
from streamlit.runtime.state.common import user_key_from_element_id

from analysis import load_studies
from analysis.evidence import Choice, body, compare, evidence_map
from analysis.plots import Finished
from analysis.studies import by_richness
from analysis.words import LANGUAGES, say_in
from pages.ui.before_after.within import PLOTS
from pages.ui.between_groups.compare import PLOTS as BESIDE
from pages.ui.shared import saving
from tests.pages.test_check import MASSAGE, TYPED
from tests.pages.test_pages import SERPONG, texts

FORMS = 3
VIEWS = (
    ("overview", {}),
    ("study", {"study": SERPONG}),
    *(("before-after", {"study": SERPONG, "plot": plot}) for plot in PLOTS),
    *(("before-after", {"study": SERPONG, "below": part}) for part in ("all", "assumptions", "power")),
    *(("between-groups", {"study": SERPONG, "beside": plot}) for plot in BESIDE),
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
    offered, too_wide = files(opened(app)), texts(app).count(say_in("en")("save.too-wide"))
    assert not app.exception and not app.error
    assert len([one for one in app.get("download_button") if "bundle-" in one.proto.id]) == plots
    assert (2 * plots - too_wide) * FORMS <= len(offered) <= (3 * plots - too_wide) * FORMS
    assert not too_wide or link.get("view") == "compare"


@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_beside_each_other_are_saved_in_one_figure_too(open_page, language):
    app = opened(open_page("before-after", study=SERPONG, lang=language))
    assert say_in(language)("save.together", width="180") in texts(app)
    alone = opened(open_page("before-after", study=SERPONG, lang=language, **{f"{SERPONG}.arms": "massage"}))
    assert say_in(language)("save.together", width="180") not in texts(alone)


LIBRARY = by_richness(load_studies())
ENTRY = body(LIBRARY, Choice()).all[0].contrast.id
CELL = next(cell for cell in evidence_map(tuple(LIBRARY), Choice()) if cell.tally.studies > 1)
NODE = compare(LIBRARY, Choice()).found.treatments[0]
OUTCOME = next(iter(load_studies()[SERPONG].outcomes))


@pytest.mark.parametrize(
    ("page", "link", "clicked"),
    [
        ("across-studies", {}, {"open": ENTRY}),
        ("across-studies", {"view": "certainty", "deeper": "small", "average": "on"}, {"open": ENTRY}),
        ("across-studies", {"view": "map"}, {"cell": f"{CELL.treatment}|{CELL.family}"}),
        ("across-studies", {"view": "compare"}, {"node": NODE}),
        ("before-after", {"study": SERPONG}, {f"{SERPONG}.mother": f"{OUTCOME}~massage-01~1"}),
    ],
)
def test_what_was_clicked_changes_the_screen_and_not_what_is_saved(open_page, monkeypatch, page, link, clicked):
    """What is handed over to be saved is the same, then so is the picture: it is made once and stands for all."""
    saved, pictured, kept = [], saving.pictured, []

    def noted(plot, **look):
        saved.append((drawn(plot), look))
        if not kept:
            kept.append(pictured(plot, **look))
        return kept[0]

    monkeypatch.setattr(saving, "pictured", noted)
    shown, found = [], []
    for asked in (link, link | clicked):
        saved.clear()
        app = open_page(page, lang="en", **asked)
        shown.append((lists(app), [plot.proto.spec for plot in app.get("plotly_chart")]))
        opened(app)
        found.append(list(saved))
    assert shown[0][0] == shown[1][0] and shown[0][1] != shown[1][1]
    assert found[0] and found[0] == found[1]


def drawn(plot) -> list[str]:
    """What is handed to be saved: one plot or several panels."""
    figures = [plot] if isinstance(plot, Finished) else [panel.figure for panel in plot]
    return [go.Figure(one.data, one.layout).to_json() for one in figures]  # Plotly's own form, whoever asked first


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
