"""Links: what is chosen travels whole, each choice is one step of Back, and a name means one thing."""

from __future__ import annotations

import random
from urllib.parse import parse_qs

import pytest
from streamlit.runtime.state.query_params import QueryParams
from streamlit.testing.v1 import AppTest

from analysis import load_studies
from analysis.evidence import Choice, body
from analysis.studies import by_richness
from analysis.words import LANGUAGES, say_in
from pages.ui.across.deeper import PARTS as DEEPER
from pages.ui.shared import choose, link, show
from pages.ui.shared.below import PARTS as BELOW
from pages.ui.shared.frame import PAGES
from tests.pages.test_across import VIEWS as ACROSS
from tests.pages.test_pages import texts
from tests.walk import LISTS, MANY, NUMBERS, SWITCHES, Guarded, Walk

CHOSEN = (*SWITCHES, *LISTS, *MANY, *NUMBERS, "button_group")
STEPS, SEEDS = 6, range(3)


class Reader(Walk):
    """Chooses among what stands on one screen; presses no button, pastes nothing."""

    def __init__(self, seed: int, page: str, **asked: str | list[str]) -> None:
        super().__init__(random.Random(f"{seed} {page}"), sorted(load_studies()), Guarded())
        self.page = page
        self.app = fresh(page, asked)

    def choose(self) -> None:
        tables = [one for one in self._elements() if one.type == "dataframe" and list(one.proto.selection_mode)]
        there = [one for one in self._elements() if one.type in CHOSEN and one.key != "choice-lang"]
        if tables and self.chance.random() < 0.2:
            self._choose_row(self.chance.choice(tables))
        else:
            self._touch(self.chance.choice(there))


def fresh(page: str, asked: dict[str, list[str]]) -> AppTest:
    app = AppTest.from_file("../../app.py", default_timeout=60)
    for name, values in asked.items():
        app.query_params[name] = values
    return app.switch_page(PAGES[page]).run()


def screen(app: AppTest) -> tuple[str, list[str], list[str]]:
    """Every word, plot and table of a screen."""
    assert not app.exception
    plots = [plot.proto.spec for plot in app.get("plotly_chart")]
    return texts(app), plots, [table.value.to_csv() for table in app.dataframe]


def without_projector(app: AppTest) -> None:
    """A projector shows no menu, from which a link could be copied."""
    labels = [say_in(language)("lesson.projector") for language in LANGUAGES]
    for switch in app.toggle:
        if switch.label in labels and switch.value:
            switch.set_value(False).run()


def copied(app: AppTest) -> dict[str, list[str]]:
    """What the link holds that the menu offers to copy."""
    app.button(key="copy-link").click().run()
    (address,) = [block.value for block in app.code if "?" in block.value and "lang=" in block.value]
    return parse_qs(address.partition("?")[2])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("page", [page for page in PAGES if page != "your-data"])  # no link carries a file
def test_a_copied_link_shows_the_same_screen_to_somebody_else(page, seed, monkeypatch):
    reader = Reader(seed, page)
    for _ in range(STEPS):
        reader.choose()
    without_projector(reader.app)
    seen, full = screen(reader.app), copied(reader.app)
    assert screen(fresh(page, full)) == seen, reader.steps
    other = {**full, "lang": ["id"]}
    assert copied(fresh(page, other)) == other, reader.steps
    monkeypatch.setattr(show, "on_phone", lambda: True)
    assert copied(fresh(page, full)) == full, reader.steps


def test_a_copied_link_names_what_was_left_as_it_was():
    full = copied(fresh("before-after", {}))
    assert full["study"] and full["test"] and full["plot"] and full["below"] == ["tests"] and full["holm"] == ["none"]
    assert "margin" not in full  # nobody has filled it in


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    """Each link that reaches the browser, which makes a step of Back of it."""
    found: list[str] = []
    monkeypatch.setattr(link, "LATE", 0.0)  # a link this young may still be one that a quick second click sent
    send = QueryParams._send_query_param_msg
    monkeypatch.setattr(QueryParams, "_send_query_param_msg", lambda self: (found.append(repr(self)), send(self))[1])
    return found


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("page", PAGES)
def test_so_many_choices_are_so_many_steps_back(page, seed, sent):
    reader = Reader(seed, page)
    seen = [(dict(reader.app.query_params), screen(reader.app))]
    for _ in range(STEPS):
        sent.clear()
        reader.choose()
        assert len(sent) <= 1, reader.steps
        if sent:
            seen.append((dict(reader.app.query_params), screen(reader.app)))
    for address, before in reversed(seen[:-1]):
        reader.app.query_params.clear()
        for name, values in address.items():
            reader.app.query_params[name] = values
        reader.app.run()
        assert screen(reader.app) == before, (reader.steps, address)


# -- one name, one choice ------------------------------------------------------------------------------------------

ROW = body(by_richness(load_studies()), Choice()).entries[3].contrast.id
SHARED = {"test"}  # means the same on two screens, which offer what their own questions can be answered by
TWO = ("moringa-massage-serpong", "cassava-pekanbaru")
DEEP = {"view": "certainty", "average": "on"}
VIEWS = {
    "across-studies": [*({"view": view} for view in ACROSS), *({**DEEP, "deeper": part} for part in DEEPER)],
    "check": [{"what": what} for what in ("study", "typed", "pairs", "groups", "paste")],
    "before-after": [{"study": study, "below": part} for study in TWO for part in BELOW],
    "between-groups": [{"study": study, "test": "tost"} for study in TWO],
}


@pytest.fixture
def offered(monkeypatch) -> dict[str, dict[str, object]]:
    """By name in the link and screen: what could be chosen."""
    found: dict[str, dict[str, object]] = {}

    def listening(draw, options):
        def drawn(*given, **look):
            name = next(one for one in given if isinstance(one, str))
            found.setdefault(name, {})[link.record().page] = options(*given)
            return draw(*given, **look)

        return drawn

    for widget, options in {
        "one": lambda widget, name, label, options, *_: frozenset(options),
        "many": lambda widget, name, label, options, *_: frozenset(options),
        "row": lambda name, table, ids: frozenset(ids),
        "mark": lambda name, options: frozenset(options),
        "number": lambda name, label, low, high, *_: (low, high),
        "place": lambda *_: "place",
        "typed": lambda *_: "typed",
        "switch": lambda *_: "switch",
    }.items():
        monkeypatch.setattr(choose, widget, listening(getattr(choose, widget), options))
    return found


def test_no_two_screens_use_one_name_for_different_choices(offered):
    for page in PAGES:
        for asked in VIEWS.get(page, [{}]):
            assert not fresh(page, {"lang": "en", **asked}).exception
    assert len(offered) > 60 and set(offered["study"]) == {"study", "before-after", "between-groups", "check"}
    unlike = {name: by for name, by in offered.items() if len(set(by.values())) > 1 and name not in SHARED}
    assert not unlike


@pytest.mark.parametrize(
    ("page", "old", "new"),
    [
        ("between-groups", {"plot": "box"}, {"beside": "box"}),
        ("across-studies", {"view": "studies", "row": ROW}, {"view": "studies", "compared": ROW}),
        ("across-studies", {"click": "leaves-out"}, {}),
    ],
)
def test_links_from_before_a_choice_had_its_own_name_still_work(page, old, new):
    earlier, now = fresh(page, {"lang": "en", **old}), fresh(page, {"lang": "en", **new})
    assert screen(earlier) == screen(now)
    assert dict(earlier.query_params) == dict(now.query_params)
