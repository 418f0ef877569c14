"""SPSS output as a PDF gives it back: whatever breaks, no number gets where it wasn't printed, and no line is lost."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import fields, is_dataclass

import pytest

from analysis.checks import spss
from analysis.checks.spss.cells import Cell, lines
from analysis.checks.spss.tables import MOST_NOTES
from tests.analysis.checks.test_spss import EXPECTED, every_paste, facts_of, paste
from tests.every import every

PER_PASTE = 60
PAGE = ("12", "Jurnal Kebidanan Vol. 3 No. 2", "Universitas Sumatera Utara", "-", "13 / 40")


def single_spaced(text: str, chance: random.Random) -> str:
    """Cells one space apart, so that blank cells vanish."""
    return "\n".join(" ".join(re.split(r"[\t|;]|\s{2,}", line)).strip() for line in text.splitlines())


def wrapped(text: str, chance: random.Random) -> str:
    """One line broken before one of its numbers."""
    rows = text.splitlines()
    places = [k for k, row in enumerate(rows) if len(re.findall(r"[-−]?[\d.,]*\d", row)) > 1]
    if places:
        place = chance.choice(places)
        found = list(re.finditer(r"\s[-−]?[\d.,]*\d", rows[place]))
        if found:
            at = chance.choice(found).start()
            rows[place : place + 1] = [rows[place][:at], rows[place][at:].strip()]
    return "\n".join(rows)


def minus_left_behind(text: str, chance: random.Random) -> str:
    """Every minus before a number that has something before it stays at the end of its line."""
    return re.sub(r"(?<=[\w).]) ([-−])(?=[.,]?\d)", r" \1\n", text)


def with_page_break(text: str, chance: random.Random) -> str:
    rows = text.splitlines()
    place = chance.randrange(len(rows) + 1)
    return "\n".join([*rows[:place], chance.choice(PAGE), *rows[place:]])


def merged(text: str, chance: random.Random) -> str:
    rows = text.splitlines()
    place = chance.randrange(max(1, len(rows) - 1))
    return "\n".join([*rows[:place], " ".join(rows[place : place + 2]), *rows[place + 2 :]])


def cut(text: str, chance: random.Random) -> str:
    """One number is gone."""
    found = list(re.finditer(r"\s[-−]?[\d.,]*\d[a-e]?(?=\s|$)", text))
    if not found:
        return text
    one = chance.choice(found)
    blank = one.group()[0] if one.group()[0] == "\t" else ""  # where tabs stand, a cell stays
    return text[: one.start()] + blank + text[one.end() :]


def minus_left_in_its_cell(text: str, chance: random.Random) -> str:
    """Every minus stays at the end of its line, whatever mark stands before it."""
    return re.sub(r"(?<=\s)([-−])(?=[.,]?\d)", r"\1\n", text)


def minus_apart(text: str, chance: random.Random) -> str:
    return re.sub(r"(?<=\s)([-−])(?=[.,]?\d)", r"\1 ", text)


def blanks_dropped(text: str, chance: random.Random) -> str:
    return re.sub(r"\t\t+", "\t", text)


def label_wrapped(text: str, chance: random.Random) -> str:
    """One title, heading or label broken between two of its words."""
    found = list(re.finditer(r"(?<=[A-Za-z]) (?=[A-Za-z-])", text))
    at = chance.choice(found).start() if found else len(text)
    return f"{text[:at]}\n{text[at + 1 :]}"


def one_cell_per_line(text: str, chance: random.Random) -> str:
    rows = text.splitlines()
    place = chance.randrange(len(rows))
    rows[place] = rows[place].replace("\t", "\n")
    return "\n".join(rows)


BREAKS = (
    single_spaced,
    wrapped,
    minus_left_behind,
    minus_left_in_its_cell,
    minus_apart,
    blanks_dropped,
    label_wrapped,
    one_cell_per_line,
    with_page_break,
    merged,
    cut,
)


def with_numbers_of_its_own(text: str) -> str:
    """The same layout with a different number in every cell, so that none can stand in for another."""
    chance, seen = random.Random(text), set()

    def another(found: re.Match[str]) -> str:
        while True:
            drawn = re.sub(r"\d", lambda _: str(chance.randint(1, 9)), found.group())
            drawn = (
                drawn if len(re.sub(r"\D", "", drawn)) > 2 else re.sub(r"^\d+$", str(chance.randint(100, 999)), drawn)
            )
            if drawn not in seen:
                seen.add(drawn)
                return drawn

    return re.sub(r"(?<![\w.,])(?<!Pair )\d*[.,]?\d+(?=(?:[a-eᵃ-ᶜ]|\([a-e]\))?(?:[\s;|]|$))", another, text)


def numbers_of(value: object, path: str = "") -> dict[str, str]:
    """Every printed number of a comparison by its field."""
    if is_dataclass(value):
        found: dict[str, str] = {}
        for field in fields(value):
            if field.name == "name":
                continue
            found |= numbers_of(getattr(value, field.name), f"{path}.{field.name}")
        return found
    if isinstance(value, str) and re.fullmatch(r"[<>]?-?\d+(\.\d+)?", value):
        return {path: value}
    return {}


def all_numbers(text: str) -> list[dict[str, str]]:
    return [numbers_of(one) for one in facts_of(text)]


def no_number_is_elsewhere(clean: list[dict[str, str]], found: list[dict[str, str]]) -> bool:
    """Every number read stands in the same field of some comparison of the clean paste."""
    return all(any(one.get(path) == number for one in clean) for facts in found for path, number in facts.items())


@every_paste
@every("name_of_break", [one.__name__ for one in BREAKS])
def test_a_broken_paste_puts_no_number_into_another_field(name, name_of_break):
    """Merged and cut lines may not say which number is whose; the rest must say it or leave it out."""
    clean, chance = paste(name), random.Random(f"{name} {name_of_break}")
    breaks = next(one for one in BREAKS if one.__name__ == name_of_break)
    for _ in range(1 if name_of_break in ("single_spaced", "minus_left_behind") else PER_PASTE):
        broken = breaks(clean, chance)
        assert no_number_is_elsewhere(all_numbers(clean), all_numbers(broken)), broken


UNKNOWABLE = {cut, with_page_break}  # a page's number where one is gone


@every_paste
def test_two_breaks_put_no_number_into_another_field(name):
    """With a number of its own in every cell; names that two tables share may be described by either."""
    clean, chance = with_numbers_of_its_own(paste(name).replace("\r\n", "\n")), random.Random(f"two {name}")
    numbers = all_numbers(clean)
    several = len(re.findall("Statistics$", clean, re.MULTILINE)) > 1
    for _ in range(PER_PASTE):
        breaks = chance.sample(BREAKS, 2)
        if set(breaks) == UNKNOWABLE:
            continue
        broken = breaks[1](breaks[0](clean, chance), chance)
        found = all_numbers(broken)
        if several:
            found = [
                {path: n for path, n in one.items() if not path.startswith((".first", ".second"))} for one in found
            ]
        assert no_number_is_elsewhere(numbers, found), ([one.__name__ for one in breaks], broken)


@every_paste
def test_every_number_of_a_broken_paste_is_in_a_table_or_in_a_line_that_is_listed(name):
    chance = random.Random(f"lines {name}")
    for _ in range(PER_PASTE):
        text = paste(name)
        for breaks in chance.sample(BREAKS, 2):
            text = breaks(text, chance)
        pasted = spss.read(text)
        if len(pasted.problems) >= MOST_NOTES:
            continue
        listed = " / ".join(str(note.values.get("text")) for note in pasted.problems)
        there = Counter(cell.text for table in pasted.tables for row in table.rows for _, cell in row.cells)
        there += Counter(word for table in pasted.tables for row in table.rows for word in row.label.split())
        for line in lines(text):
            if line.text[:90] not in listed and not any(table.line == line.number for table in pasted.tables):
                missing = [cell.text for cell in line.values if isinstance(cell, Cell) and not there[cell.text]]
                assert missing == [], (missing, line.text, text)


def test_the_minus_of_a_pdf():
    """t −4.098 was read as an SD once."""
    text = (
        "Paired Samples Test\nMean Std. Deviation Std. Error Mean Lower Upper t df Sig. (2-tailed)\n"
        "Pair 1 before - after -\n1.118 1.054 .256 -1.660 -.576 -\n4.370 16 .000\n"
    )
    (found,) = facts_of(text)
    test = found.mean_test
    assert (test.mean, test.sd, test.t, test.df, test.p) == ("-1.118", "1.054", "-4.370", "16", "0.000")
    assert found.first.sd == found.second.sd == ""


def test_a_wrapped_row_of_ranks_stays_whole():
    text = (
        "Ranks\nN Mean Rank Sum of Ranks\nsesudah - sebelum Negative Ranks 1a 4.00 4.00\nPositive Ranks 7b\n"
        "4.57 32.00\nTies 9c\nTotal 17\nTest Statistics\nsesudah - sebelum\nZ -2.111\nAsymp. Sig. (2-tailed) .035\n"
    )
    (found,) = facts_of(text)
    signs = found.signs
    assert (signs.positive, signs.mean_rank_positive, signs.rank_sum_positive) == ("7", "4.57", "32.00")
    assert spss.read(text).problems == ()


def test_words_without_numbers_are_listed_once_by_their_lines():
    text = "Tabel ini kami salin\ndari lampiran skripsi.\n" + paste("wilcoxon-pdf-single-spaces")
    (note,) = [one for one in spss.read(text).problems if one.key == "words-unused"]
    assert note.values["lines"] == "1–2"
    assert len(EXPECTED) > 20


@pytest.mark.parametrize(
    ("row", "mean"),
    [
        ("Pair 1\tbefore - after\t-\n,118\t1,054\t,256\t-\n1,660\t-\n,576\t-\n4,370\t16\t,000", "-0.118"),
        ("Pair 1\tbefore - after\t- ,118\t1,054\t,256\t- 1,660\t- ,576\t- 4,370\t16\t,000", "-0.118"),
        ("Pair 1 before - after - .118 1.054 .256 - 1.660 - .576 - 4.370 16 .000", "-0.118"),
    ],
)
def test_a_minus_apart_from_its_number_is_not_lost(row, mean):
    heading = "Paired Samples Test\nMean Std. Deviation Std. Error Mean Lower Upper t df Sig. (2-tailed)\n"
    test = facts_of(heading + row)[0].mean_test
    assert (test.mean, test.sd, test.low, test.high, test.t) == (mean, "1.054", "-1.660", "-0.576", "-4.370")


@pytest.mark.parametrize(
    "row",
    [
        "Pair 1 before - .118 1.054 .256 1.660 .576 4.370 16 .000\nafter",
        "Pair 1 a - b -\n12\n.118 1.054 .256 1.66 .57 4.37 16 .000",
    ],
)
def test_a_minus_that_may_be_another_s_leaves_its_row_unread(row):
    """The dash of "before - after" whose second word stands below; a minus before a page's number."""
    heading = "Paired Samples Test\nMean Std. Deviation Std. Error Mean Lower Upper t df Sig. (2-tailed)\n"
    pasted = spss.read(heading + row)
    assert pasted.tables == ()
    assert any(".118 1.054" in str(note.values.get("text")) for note in pasted.problems)


def test_a_page_number_continues_no_row():
    text = "Ranks\nKelompok  N  Mean Rank  Sum of Ranks\nPerlakuan  15  10,50  157,50\nKontrol  15  20,50\n12\n"
    pasted = spss.read(text)
    assert [row.label for table in pasted.tables for row in table.rows] == ["Perlakuan"]
    assert [note.values["line"] for note in pasted.problems] == [4, 5]


def test_sentences_around_tables_are_quoted_and_those_read_elsewhere_are_not():
    sentence = "Diperoleh OR 3,485 (CI 95% 1,380-8,798) p=0,008"
    table = paste("wilcoxon-tabs-comma")
    for text in (f"{sentence}\n{table}", f"{table}\n{sentence}\n", table.replace("NPar Tests", sentence)):
        pasted = spss.read(text)
        assert sentence in [note.values.get("text") for note in pasted.problems]
        assert spss.facts(pasted) == facts_of(table)
    read_elsewhere = "Z hitung = -2,111 (p = 0,035 < 0,05)"
    assert spss.read(read_elsewhere, frozenset({1})).problems == ()
    assert spss.read(f"{table}\n{read_elsewhere}", frozenset({table.count("\n") + 2})).problems == ()
    assert "words-unused" in [note.key for note in spss.read(f"{table}\nSekian dan terima kasih\n").problems]
