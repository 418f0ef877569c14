"""A table of one's own: from the file to a result in few steps, on all screens, for its session alone."""

from __future__ import annotations

import gc
import re
import time
import weakref
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from analysis.uploads import SHAPES
from analysis.words import LANGUAGES, say_in
from pages.ui.shared import own, settling
from tests.analysis.uploads.files import dta, ods, sav, xlsx
from tests.pages.conftest import cold, unfolded
from tests.pages.test_browser import opened

KNOWN = Path(__file__).parents[1] / "fixtures" / "uploads"
MOST_STEPS = 4  # after the file
HEAD = ("Responden", "Kelompok", "ASI sebelum", "ASI sesudah")
ROWS = (
    ("1", "Pijat", 310.5, 420.0), ("2", "Pijat", 280.0, 365.5), ("3", "Pijat", 345.25, 450.0),
    ("4", "Kontrol", 300.0, 330.0), ("5", "Kontrol", 325.0, 340.0), ("6", "Kontrol", 290.0, 318.0),
)  # fmt: skip
CHANGES = ("+99.92", "+24.33")  # by hand: (109.5 + 85.5 + 104.75) / 3, (30 + 15 + 28) / 3
ELSEWHERE = ("study", "before-after", "between-groups", "check", "across-studies")


def pasted(text: str, language: str = "en") -> AppTest:
    app = cold("your-data", way="paste", lang=language).run()
    app.text_area(key="own-paste").set_value(text).run()
    assert not app.exception
    return app


def used(app: AppTest) -> str:
    """Take the study in; its id."""
    app.button(key="own-use").click().run()
    assert not app.exception
    return next(iter(app.session_state[own.STUDIES]))


def texts(app: AppTest) -> str:
    return "\n".join(
        element.value for kind in ("text", "markdown", "caption", "info") for element in getattr(app, kind)
    )


TABLE = "\n".join("\t".join(map(str, row)) for row in (HEAD, *ROWS))


# -- without a browser -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", SHAPES)
def test_each_example_becomes_a_study_on_all_screens(shape, language):
    app = cold("your-data", way="example", shape=shape, lang=language).run()
    study, say = used(app), say_in(language)
    assert say("own.is-in") in [element.value for element in app.success]
    for page in ELSEWHERE:
        app.switch_page(f"pages/{page}.py")
        app.query_params["study"] = study
        unfolded(app.run())
        assert not app.exception and not app.error
        assert "nan" not in re.findall(r"[a-z]+", texts(app))
        if page != "check":
            assert "●" not in " ".join(badge for badge in texts(app).split() if say("status.reported") in badge)


def test_what_it_says_is_said_at_once():
    app = pasted(TABLE)
    used(app)
    for change in CHANGES:
        assert change in texts(app)


def test_a_file_of_nothing_is_answered_with_a_sentence(tmp_path):
    app = pasted("just a word")
    assert not app.button or "own-use" not in {button.key for button in app.button}
    assert app.error or app.warning


def test_what_does_not_fit_is_named_by_row_with_what_to_do():
    app = pasted(TABLE.replace("330.0", "33x"))
    assert "row 5: “33x” is no number" in texts(app).replace("\\", "")


def test_names_of_people_are_noticed_and_stay_out():
    names = ("Siti Aminah", "Dewi Sari", "Ani Lestari", "Rina Marlina", "Tuti Kusuma", "Yani Putri")
    rows = [("Nama", *HEAD), *((name, *row) for name, row in zip(names, ROWS, strict=True))]
    app = pasted("\n".join("\t".join(map(str, row)) for row in rows))
    assert "Nama" in " ".join(element.value for element in app.info)
    study = used(app)
    assert "Siti" not in "".join(app.session_state[own.STUDIES][study].files.values())


def test_words_of_a_file_are_never_markup():
    odd = "**bold** :red[x] <b>y</b> [a](http://b)"
    app = pasted(TABLE.replace("Pijat", odd).replace("420.0", odd))
    for element in (*app.markdown, *app.caption, *app.info):
        assert "**bold**" not in element.value and ":red[" not in element.value and "<b>" not in element.value


def test_a_link_to_an_own_study_is_answered_kindly():
    app = cold("before-after", study="own-somebody", lang="en").run()
    assert any("lives only in the session" in element.value for element in app.info)


def test_two_sessions_never_see_each_others_data():
    first, second = pasted(TABLE), cold("your-data", lang="en").run()
    study = used(first)
    second.switch_page("pages/between-groups.py").run()
    shown = [option for box in second.selectbox for option in box.options]
    assert study not in shown and not any(option.startswith("■") for option in shown)
    assert own.STUDIES not in second.session_state or study not in second.session_state[own.STUDIES]


def test_a_study_that_is_removed_is_on_no_screen():
    app = pasted(TABLE)
    study = used(app)
    app.button(key=f"own-remove-{study}").click().run()
    assert not app.exception and app.session_state[own.STUDIES] == {}
    assert "own-use" in {button.key for button in app.button}


def test_beside_the_library_where_it_says_what_was_given():
    app = pasted(TABLE)
    app.selectbox(key=next(box.key for box in app.selectbox if box.key.startswith("own-family-"))).set_value(
        "milk-volume"
    )
    given = [box for box in app.multiselect if box.key.startswith("own-given-")]
    given[0].set_value(["oxytocin-massage"])
    given[1].set_value(["usual-care"])
    app.run()
    used(app)
    app.switch_page("pages/across-studies.py")
    app.query_params["view"] = "studies"
    app.run()
    assert not app.exception
    assert any("Pasted table" in str(table.value.to_dict()) for table in app.dataframe)


def test_when_the_session_ends_nothing_of_its_study_is_left():
    """Even where the session stood there while the library was read, which takes it out of the collector's way."""
    cold("overview").run()
    app = pasted(TABLE)
    study = used(app)
    kept = app.session_state[own.STUDIES][study].study
    people = next(iter(kept.people.values()))
    gone = [weakref.ref(one) for one in (kept, people, people.scores, app.session_state[own.MEMORY])]
    for page in ELSEWHERE:
        app.switch_page(f"pages/{page}.py")
        app.query_params["study"] = kept.id
        unfolded(app.run())
    settling.settle()
    del app, kept, people
    settling.settle()
    gc.collect()
    assert [one() for one in gone] == [None] * 4


def test_a_hundred_thousand_people_are_read_drawn_and_tested_in_time():
    """Seconds of work; a sample of them is drawn, and the screen says so."""
    cold("before-after").run()
    rows = "".join(f"{k}\t{'ab'[k % 2]}\t{k % 90}.5\t{k % 70}.25\t{k % 83}\n" for k in range(100_000))
    began = time.process_time()
    app = pasted(f"id\tgroup\tpre\tmid\tpost\n{rows}")
    study = used(app)
    app.switch_page("pages/between-groups.py")
    app.query_params["study"] = study
    app.run()
    spent = time.process_time() - began
    assert not app.exception and not app.error
    assert say_in("en")("plot.sampled", drawn=400, people=50_000) in texts(app)
    assert spent < 10, spent  # half of it is AppTest's own reading of what is sent


# -- with one ----------------------------------------------------------------------------------------------------------


def files(folder: Path) -> dict[str, bytes]:
    """The same table as every program saves it; SPSS with Indonesian labels and decimal commas."""
    frame = pd.DataFrame(ROWS, columns=["no", "kel", "asi_pre", "asi_post"])
    coded = frame.assign(no=frame["no"].astype(float), kel=[1.0] * 3 + [2.0] * 3)
    labels = {"kel": {1: "Pijat", 2: "Kontrol"}}
    commas = coded.assign(asi_pre=[str(v).replace(".", ",") for v in coded["asi_pre"]])
    return {
        "asi.csv": "\n".join(";".join(str(c).replace(".", ",") for c in row) for row in (HEAD, *ROWS)).encode(),
        "asi.tsv": TABLE.encode(),
        "asi.xlsx": xlsx((("Data penelitian ASI", None, None, None), (None,) * 4, HEAD, *ROWS)),
        "asi.ods": ods((HEAD, *ROWS)),
        "asi.sav": sav(commas, folder, column_labels=["Nomor", "Kelompok", "Volume ASI sebelum", "Volume ASI sesudah"],
                       variable_value_labels=labels),
        "asi.dta": dta(coded, folder, variable_value_labels=labels),
    }  # fmt: skip


@pytest.mark.browser
def test_each_kind_of_file_gives_a_result_in_four_steps(chromium, address, tmp_path):
    for name, content in files(tmp_path).items():
        window, errors = opened(chromium, f"{address}/your-data?lang=en")
        window.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": content})
        window.get_by_role("button", name="Use this study").click(timeout=20_000)  # 1
        for change in CHANGES:
            expect(window.get_by_text(change).first).to_be_visible(timeout=20_000)
        window.get_by_test_id("stMain").get_by_role("link", name="Before / after").click()  # 2, of MOST_STEPS
        expect(window.locator("h1")).to_have_text("Before / after")
        for change in CHANGES:
            expect(window.get_by_text(change).first).to_be_visible(timeout=20_000)
        expect(window.get_by_text("your data").first).to_be_visible()
        expect(window.get_by_test_id("stPlotlyChart").first).to_be_visible(timeout=20_000)
        assert errors == [], name
        window.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "screen", "printed"),
    [  # t and p as R prints them of its own data sets (sources beside the files)
        ("sleep", "Before / after", ("t(9) = 4.06", "p = 0.00283", "+1.58 [0.70, 2.46]")),
        ("darwin-maize", "Before / after", ("t(14) = 2.15", "p = 0.0497")),
        ("tooth-growth", "Between groups", ("t(55.3) = −1.92", "p = 0.0606")),
    ],
)
def test_known_data_give_the_published_numbers_on_the_screen(chromium, address, name, screen, printed):
    window, errors = opened(chromium, f"{address}/your-data?lang=en")
    window.locator("input[type=file]").set_input_files(KNOWN / f"{name}.csv")
    window.get_by_role("button", name="Use this study").click(timeout=20_000)
    window.get_by_test_id("stMain").get_by_role("link", name=screen).click()
    for number in printed:
        expect(window.get_by_text(number).first).to_be_visible(timeout=20_000)
    assert errors == []
    window.context.close()


@pytest.mark.browser
def test_two_visitors_at_once_each_have_their_own(chromium, address):
    mine, _ = opened(chromium, f"{address}/your-data?lang=en")
    mine.locator("input[type=file]").set_input_files({"name": "mine.tsv", "mimeType": "", "buffer": TABLE.encode()})
    mine.get_by_role("button", name="Use this study").click(timeout=20_000)
    mine.get_by_test_id("stMain").get_by_role("link", name="Before / after").click()
    expect(mine.locator("h1")).to_have_text("Before / after")
    expect(mine.get_by_text(CHANGES[0]).first).to_be_visible(timeout=20_000)
    theirs, _ = opened(chromium, mine.url)
    expect(theirs.get_by_text("lives only in the session")).to_be_visible(timeout=20_000)
    expect(theirs.get_by_text(CHANGES[0])).to_have_count(0)
    for window in (mine, theirs):
        window.context.close()
