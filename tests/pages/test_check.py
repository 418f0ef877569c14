"""The screen that checks numbers: the ledger of a study, and numbers typed in."""

from __future__ import annotations

import pytest

from analysis import load_studies
from analysis.checks.spss.tables import LARGEST
from analysis.checks.typed_one_group import PAIRED
from analysis.words import LANGUAGES, say_in
from pages.ui.check.paste import EXAMPLE
from tests.pages.test_pages import SERPONG, texts

TYPED = {"typed.n": "17", "typed.mean": "3.41", "typed.sd": "0.62", "typed.low": "1", "typed.high": "5"}


def table(app) -> str:
    return "\n".join(element.value.to_csv() for element in app.dataframe)


def test_the_ledger_shows_what_does_not_agree(open_page):
    shown = table(open_page("check", study=SERPONG))
    for arithmetic in (
        "7 + 11 + 9 = 27, but there are 17 people.",
        "the nearest is 0.636",
        "4 of 17 is 23.5%, not 70.6%",
    ):
        assert arithmetic in shown


def test_the_ledger_can_show_what_agrees_too(open_page):
    few, all_of_them = open_page("check", study=SERPONG), open_page("check", study=SERPONG, verdict="consistent")
    assert "consistent" in table(all_of_them) and "7 + 1 + 9 = 17, everybody." in table(all_of_them)
    assert "7 + 1 + 9 = 17" not in table(few)


def test_numbers_follow_the_language(open_page):
    assert "yang terdekat 0,636" in table(open_page("check", study=SERPONG, lang="id"))


def test_typed_numbers_are_checked_and_recovered(open_page):
    app = open_page("check", what="typed", **TYPED)
    assert not app.exception
    assert "2 set(s) of scores give exactly these numbers." in texts(app)
    assert "Set 1: 11 × 3, 5 × 4, 1 × 5" in texts(app)
    assert "Set 2: 1 × 2, 8 × 3, 8 × 4" in texts(open_page("check", what="typed", **TYPED, **{"typed.set": "2"}))


def test_a_trailing_zero_is_evidence(open_page):
    assert "2 set(s)" in texts(open_page("check", what="typed", **TYPED))
    assert "No set of whole scores fits" in texts(open_page("check", what="typed", **{**TYPED, "typed.sd": "0.620"}))


def test_bad_input_gets_a_sentence(open_page):
    for bad in ({"typed.n": "0"}, {"typed.mean": "three"}, {"typed.n": "1000000000"}, {"typed.low": "9"}):
        app = open_page("check", what="typed", **{**TYPED, **bad})
        assert not app.exception
        assert app.error or "No set of whole scores fits" in texts(app)


# -- five ways in -----------------------------------------------------------------------------------------------

WAYS = ("study", "typed", "pairs", "groups", "paste")
MASSAGE = {
    "pair.n": "17", "pair.low": "3", "pair.high": "5", "pair.before_mean": "3.41", "pair.before_sd": "0.618",
    "pair.after_mean": "3.82", "pair.after_sd": "0.636", "pair.improved": "7", "pair.worsened": "1",
    "pair.unchanged": "9", "pair.p_wilcoxon": "0.035",
}  # fmt: skip
HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) $x$ :red[x] **y**"
ACTIVE = ("<script>", "[x](", "$x$", ":red[", "**y**")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", WAYS)
def test_each_way_opens_in_each_language(open_page, way, language):
    app = open_page("check", what=way, lang=language)
    assert not app.exception and not app.error
    assert app.title[0].value == say_in(language)("menu.check")
    assert "{" not in texts(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_restores_the_row_that_was_chosen(open_page, lang):
    row = next(f.row for f in load_studies()[SERPONG].figures if f.value == "70.6")
    app = open_page("check", study=SERPONG, entry=f"figure-{row}", lang=lang)
    assert not app.exception and not app.info
    assert say_in(lang).printed("70.6") in app.markdown[0].value.replace("\\", "")
    assert app.query_params["entry"] == f"figure-{row}"


def test_an_unknown_row_opens_the_first_with_a_notice(open_page):
    app = open_page("check", study=SERPONG, entry="figure-99999")
    assert not app.exception
    assert "entry=figure-99999" in app.info[0].value.replace("\\", "")
    assert app.markdown[0].value == open_page("check", study=SERPONG).markdown[0].value
    assert "entry" not in app.query_params


def test_pairs_show_how_far_each_test_reaches(open_page):
    app = open_page("check", what="pairs", **MASSAGE)
    assert not app.exception and not app.error
    (shown,) = app.table
    said = shown.value.to_csv().replace("\\", "")
    assert len(shown.value) == len(PAIRED)
    assert all(say_in("en")(f"method.{method}") in said for method in PAIRED)
    assert "0.0625" in said  # 1/16, by exactRankTests


@pytest.mark.parametrize("change", [
    {"typed.mean": "3,41", "typed.sd": "0,62"}, {"typed.n": ""}, {"typed.items": "2.0"}, {"typed.items": "2,0"},
    {"typed.sd": "1000000000"}, {"typed.mean": "−3"}, {"typed.n": "1"}, {"typed.high": "1"}, {"typed.low": "²"},
])  # fmt: skip
def test_however_it_is_typed_the_screen_stays_whole(open_page, change):
    link = {name: text for name, text in {**TYPED, **change}.items() if text}
    assert not open_page("check", what="typed", **link).exception


@pytest.mark.parametrize("bad", ["<", "<x", "1e30", "text"])
@pytest.mark.parametrize("field", ["pair.p_wilcoxon", "pair.before_sd", "pair.mean_rank_positive"])
def test_bad_input_of_pairs_gets_a_sentence(open_page, field, bad):
    app = open_page("check", what="pairs", **{**MASSAGE, field: bad})
    assert not app.exception
    assert app.error or say_in("en")("pairs.none") in texts(app)


def pasted(open_page, text: str, **link):
    app = open_page("check", what="paste", **link)
    app.text_area[0].set_value(text).run()
    return app


def badges(app) -> list[str]:
    return [element.value for element in app.markdown if "-badge[" in element.value]


def test_a_paste_shows_what_the_rules_say(open_page):
    right = pasted(open_page, EXAMPLE)
    assert not right.exception and badges(right)
    assert all(badge.startswith(":green-badge[") for badge in badges(right))
    wrong = pasted(open_page, EXAMPLE.replace("\t17", "\t18"))
    assert any("1 + 7 + 9 = 17" in badge.replace("\\", "") for badge in badges(wrong) if ":orange" in badge)


def test_a_paste_is_carried_on_to_the_pairs(open_page):
    app = pasted(open_page, EXAMPLE)
    next(button for button in app.button if button.label == say_in("en")("spss.carry")).click().run()
    assert not app.exception
    assert app.query_params["what"] == "pairs"
    held = {name: app.query_params[f"pair.{name}"] for name in ("n", "improved", "worsened", "p_wilcoxon")}
    assert held == {"n": "17", "improved": "7", "worsened": "1", "p_wilcoxon": "0.035"}


HOSTILE_PASTES = (
    EXAMPLE.replace("sesudah - sebelum", f"{HOSTILE} - sebelum"),
    f"Ranks\n\tN\n{HOSTILE}\t3\t4\n",
    f"Group Statistics\n\tN\tMean\n{HOSTILE}\t15\t3.4\nB\t15\t4.4",
)


@pytest.mark.parametrize("text", HOSTILE_PASTES)
def test_hostile_text_in_a_paste_is_not_rendered(open_page, text):
    app = pasted(open_page, text)
    assert not app.exception
    rendered = [app.markdown, app.caption, app.warning, app.info, app.error, app.header]
    said = "\n".join(element.value for kind in rendered for element in kind)
    said += "\n".join(one.value.to_csv() for one in app.table)
    assert "alert" in said and not any(active in said for active in ACTIVE)
    assert "html" not in {element.type for element in app.main}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paste_that_is_too_long_gets_a_sentence(open_page, language):
    app = pasted(open_page, EXAMPLE * 2_000, lang=language)
    assert not app.exception and not badges(app)
    assert len(app.warning) == 1
    assert str(LARGEST) in app.warning[0].value or f"{LARGEST:,}" in app.warning[0].value


@pytest.mark.parametrize("text", ["3.41", "1e9", "words", "-3", "½", "٣٣"])
@pytest.mark.parametrize(("what", "field"), [("typed", "typed.n"), ("typed", "typed.items"), ("pairs", "pair.n"),
                                             ("pairs", "pair.improved"), ("groups", "b.n")])  # fmt: skip
def test_what_is_no_number_of_people_is_answered_with_a_sentence_and_kept(open_page, what, field, text):
    app = open_page("check", what=what, lang="en", **{field: text})
    assert not app.exception
    assert len(app.error) == (text != "٣٣")  # Python reads Arabic digits as what they are
    assert text in [box.value for box in app.text_input]


@pytest.mark.parametrize("what", ["typed", "pairs", "groups"])
def test_an_example_fills_the_fields_and_is_calculated(open_page, what):
    app = open_page("check", what=what)
    assert not any(field.value or field.placeholder for field in app.text_input)  # blank is unknown, and looks so
    (example,) = [button for button in app.button if button.label == say_in("en")("check-numbers.example")]
    example.click().run()
    assert not app.exception and sum(bool(field.value) for field in app.text_input) >= 6
    assert "consistent" in texts(app)
