"""The screen that checks numbers: the ledger of a study, and numbers typed in."""

from __future__ import annotations

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
