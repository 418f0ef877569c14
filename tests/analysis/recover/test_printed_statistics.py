"""One reader of statistics as studies print them."""

from __future__ import annotations

from itertools import product

import pytest

from analysis.recover import PrintedStatistic, read_statistic, required


@pytest.mark.parametrize(
    ("text", "name", "value", "df"),
    [
        ("t=-0.639", "t", "-0.639", ()),
        ("t(16) = 4.97", "t", "4.97", ("16",)),
        (" t ( 16 ) = −2,31 ", "t", "-2,31", ("16",)),
        ("t(30,5) = 2,31", "t", "2,31", ("30,5",)),
        ("t = .5", "t", ".5", ()),
        ("F(1,28)=4.20", "f", "4.20", ("1", "28")),
        ("F(1, 28.5) = 4,2", "f", "4,2", ("1", "28.5")),
        ("F(1; 28,5) = 4,2", "f", "4,2", ("1", "28,5")),
        ("Z = −2.8", "z", "-2.8", ()),
        ("z=2,111", "z", "2,111", ()),
        ("U=78.5", "u", "78.5", ()),
        ("W = 120", "w", "120", ()),
        ("H(2) = 7.1", "h", "7.1", ("2",)),
        ("χ²(1, N = 40) = 5.1", "chi-square", "5.1", ("1",)),
        ("χ² = 8.9", "chi-square", "8.9", ()),
        ("r = 0.45", "r", "0.45", ()),
        ("mean difference 484,37", "mean-difference", "484,37", ()),
    ],
)
def test_a_statistic_is_taken_apart(text, name, value, df):
    assert read_statistic(text) == PrintedStatistic(name, value, df)
    assert required(value).text == value


@pytest.mark.parametrize(
    ("text", "name", "numbers", "confidence", "unit"),
    [
        ("OR 2.56 (1.02-6.25)", "odds-ratio", ("2.56", "1.02", "6.25"), "", ""),
        ("RR 1.26 (1.01–1.57)", "risk-ratio", ("1.26", "1.01", "1.57"), "", ""),
        ("OR = 2.56 (95% CI 1.02 to 6.25)", "odds-ratio", ("2.56", "1.02", "6.25"), "95", ""),
        ("OR 1,21 (IK 95%: 0,73–5,6)", "odds-ratio", ("1,21", "0,73", "5,6"), "95", ""),
        ("OR 1,21 (95% IK: 0,73–5,6)", "odds-ratio", ("1,21", "0,73", "5,6"), "95", ""),
        ("MD −3.1 g [−5.2, −1.0]", "mean-difference", ("-3.1", "-5.2", "-1.0"), "", "g"),
        ("MD -3.1 (-5.2--1.0)", "mean-difference", ("-3.1", "-5.2", "-1.0"), "", ""),
        ("31.0 mL/24h (-5.67 to 67.6)", "estimate", ("31.0", "-5.67", "67.6"), "", "mL/24h"),
        ("1.21 (0.73-5.6)", "estimate", ("1.21", "0.73", "5.6"), "", ""),
    ],
)
def test_an_effect_with_its_interval_is_taken_apart(text, name, numbers, confidence, unit):
    found = read_statistic(text)
    assert (found.name, (found.value, found.low, found.high)) == (name, numbers)
    assert (found.confidence, found.unit) == (confidence, unit)


@pytest.mark.parametrize(
    "text",
    [
        *("", "t", "t = ", "t2.31", "rt = 2.31", "T = 12", "4.97", "-12", "31 mL", "3.1 ± 0.4", "12 (40%)"),
        *("t(16)=2.31 p<0.05", "F(3) = 2", "t(1, 28) = 2", "U = 12 mL", "t = 2.3 (1.0-3.6)"),
        *("OR (95% CI) 2.5", "IK 95%: 1,2-3,4", "OR 2.5, 3.1", "OR 2,56 (p = 0,03)", "RR 1.21 (0.73-5.6 as printed)"),
    ],
)
def test_anything_else_is_not_read(text):
    assert read_statistic(text) is None


@pytest.mark.parametrize(
    "text", ["aOR 2.5 (1-6)", "AOR = 2.5 (95% CI 1-6)", "adj. OR 2.5 [1; 6]", "Adjusted odds ratio 2.5 (1 to 6)"]
)
def test_an_adjusted_ratio_is_known_as_one(text):
    assert read_statistic(text) == PrintedStatistic(
        "odds-ratio", "2.5", (), "1", "6", "95" if "95" in text else "", adjusted=True
    )
    assert not read_statistic("OR 2.5 (1-6)").adjusted


SPELT = {
    "t": ("t", "t hitung", "t-hitung", "t_hitung", "nilai t"),
    "f": ("F", "F hitung", "nilai F"),
    "z": ("Z", "z", "Z hitung", "nilai Z"),
    "chi-square": ("χ²", "X²", "X2", "chi-square", "Chi Square", "kai kuadrat", "X² hitung"),
    "u": ("U",),
    "r": ("r", "rho", "ρ"),
}
FOOTNOTES = ("", "a", " b", "^c", "ᵃ", " (a)", "*", "**")


def test_every_way_of_writing_a_test_gives_the_same_numbers():
    """Name, sign, decimal mark and footnote, each in all its ways."""
    for name, spellings in SPELT.items():
        for spelt, minus, mark, foot, gap in product(
            spellings, ("", "-", "−", "–", "- "), ".,", FOOTNOTES, ("=", " = ", ": ", " ", " sebesar ")
        ):
            text = f"{spelt}{gap}{minus}2{mark}111{foot}"
            assert read_statistic(text) == PrintedStatistic(name, f"{'-' if minus else ''}2{mark}111"), text


def test_every_way_of_writing_a_ratio_with_its_interval_gives_the_same_numbers():
    """Words for the interval in both languages, before and after its percentage, with any brackets and separators."""
    words = (
        "CI",
        "95% C.I.",
        "CI (95%)",
        "95% CI",
        "CI 95%",
        "CI95%",
        "95%CI",
        "95% IK",
        "IK 95%",
        "KI 95%",
        "95% confidence interval",
        "interval kepercayaan 95%",
    )
    for word, colon, to, mark in product(
        words, ("", ":", " =", ","), ("-", "–", " - ", " to ", " sampai ", " s/d ", "; "), ".,"
    ):
        limits = f"{word}{colon} 1{mark}02{to}6{mark}25"
        for text in (
            f"OR 2{mark}56 ({limits})",
            f"OR = 2{mark}56; {limits}",
            f"OR: 2{mark}56 [{limits}]",
            f"OR 2{mark}56, {limits}",
            f"OR 2{mark}56 {limits}",
            f"OR 2{mark}56 {word} (1{mark}02{to}6{mark}25)",
            f"OR 2{mark}56 ({word}) 1{mark}02{to}6{mark}25",
            f"OR 2{mark}56 (1{mark}02{to}6{mark}25; {word})",
        ):
            confidence = "95" if "95" in word else ""
            expected = PrintedStatistic("odds-ratio", f"2{mark}56", (), f"1{mark}02", f"6{mark}25", confidence)
            assert read_statistic(text) == expected, text


@pytest.mark.parametrize(
    "text",
    ["OR 3.485 and 95% X (1-6)", "MD 3.4 mL p = 0.03", "MD -3.1 (-5.2 -1.0)", "OR 2.5 kali 1.0-6.0", "U = 1.234.567"],
)
def test_no_number_is_lost_in_a_unit_and_no_dash_is_taken_for_a_minus(text):
    """ "(-5.2 -1.0)" may end at 1 or at −1."""
    assert read_statistic(text) is None


def test_a_share_is_a_percentage():
    assert read_statistic("66,7%") == PrintedStatistic("percentage", "66,7", unit="%")
