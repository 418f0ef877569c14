"""Lines of pasted text as labels and numbers. A number stays the text that was printed.

Only the writing changes: a decimal comma becomes a point, ",000" becomes "0.000", footnote letters
are set apart. The decimals are evidence and stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analysis.checks.spss.vocabulary import PAIR, row_of, statistic_of

SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f"), " ")
INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad\x00"), "")
SUPERSCRIPTS = str.maketrans("ᵃᵇᶜᵈᵉ", "abcde")
MARK = r"(?:\(?[a-h](?:, ?[a-h])*\)?|[¹²³]|\*{1,3})"
NUMBER = re.compile(
    r"(?P<sign>[<>≤≥=]?)\s*(?P<minus>[-−–‐]?)\s?(?P<digits>(?=[.,]?[0-9])[0-9]*(?:[.,][0-9]+)*)"
    rf"(?P<power>E[+-]?[0-9]+)?\.?\s*(?P<mark>{MARK})?"
)
BLANKS = {"", "-", "–", "−", ".", "—"}
MINUS = "[-−–‐]"
LEFT_MINUS = re.compile(rf"(?:[^-−–‐\s][\s|;]+|^\s*){MINUS}\s*$")
BEGINS_WITH_NUMBER = re.compile(r"\s*[.,]?[0-9]")
DECIMALS = re.compile(r"(?<![\d.,])\d*[.,]\d+(?![\d.,])")
BEGINS_WITH_DECIMALS = re.compile(r"\s*[0-9]*[.,][0-9]")
# a minus behind words that may end in it ("before - 1.12", with "after" on the next line), or first on its line
DOUBTFUL_MINUS = re.compile(rf"\s*(?P<words>(?:.*\s)?[^\W\d]\S*)?(?:\s+|^){MINUS}\s[.,]?[0-9]")
LONGEST_NUMBER = 30  # characters with footnote letters; SPSS prints 16 digits at most
RULE = re.compile(r"[-=+|_:\s]*")  # lines drawn between rows


@dataclass(frozen=True)
class Cell:
    """One printed number and the footnote letters behind it."""

    text: str
    mark: str = ""

    @property
    def is_whole(self) -> bool:
        return self.text.isdecimal()


@dataclass(frozen=True)
class Line:
    """One line: its number from 1, its words, and the numbers after them (None where a cell is blank)."""

    number: int
    text: str
    parts: tuple[str, ...]
    values: tuple[Cell | None, ...]
    separated: bool = False  # by tabs or other marks, so that every cell is in its column
    doubtful: bool = False  # numbers between words, or a minus that may belong to the words before it

    @property
    def leaves_minus(self) -> bool:
        """Whether it ends in a minus that isn't its label's, and whose number isn't known."""
        words = re.sub(rf"[\s|;]+{MINUS}$", "", self.text)
        return words != self.text and not self.has_numbers and _is_whole_label(words)

    @property
    def label(self) -> str:
        return " ".join(self.parts)

    @property
    def has_numbers(self) -> bool:
        return any(self.values)


def trimmed(values: tuple[Cell | None, ...]) -> tuple[Cell | None, ...]:
    """Without blank cells at the end."""
    while values and values[-1] is None:
        values = values[:-1]
    return values


def lines(text: str) -> list[Line]:
    """All lines that hold something."""
    clean = text.translate(SPACES).translate(INVISIBLE).translate(SUPERSCRIPTS)
    numbered = _with_minus(list(enumerate(re.split(r"\r\n|\r|\n", clean), start=1)))
    return [_line(number, line) for number, line in numbered if not RULE.fullmatch(line)]


def _with_minus(numbered: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A minus alone at the end of a line, as a PDF breaks it, goes with the number that begins the next.

    Not with a whole number alone, which may be a page's; in cells and on lines of their own, where "-" may be a blank
    as well, only with decimals.
    """
    joined: list[tuple[int, str]] = []
    for number, line in numbered:
        first, before = joined[-1] if joined else (0, "")
        apart = any(mark in before for mark in MARKS) or not before.strip(" -−–‐")
        begins = BEGINS_WITH_DECIMALS if apart else BEGINS_WITH_NUMBER
        if LEFT_MINUS.search(before) and begins.match(line) and not line.strip().isdecimal():
            joined[-1] = first, f"{before.rstrip()} {line.lstrip()}"
        else:
            joined.append((number, line))
    return joined


def number_in(text: str) -> Cell | None:
    """The number that a cell holds, or None."""
    found = NUMBER.fullmatch(text.strip())
    if found is None or len(text) > LONGEST_NUMBER or (digits := _decimal_point(found["digits"])) is None:
        return None
    sign = found["sign"].replace("=", "")
    minus = "-" if found["minus"] else ""
    mark = re.sub(r"[() ]", "", found["mark"] or "")
    return Cell(f"{sign}{minus}{digits}{found['power'] or ''}", mark)


def _decimal_point(digits: str) -> str | None:
    """Digits with a decimal point and a zero before it; None for "4.1.2", which is no number."""
    whole, mark, decimals = digits.replace(",", ".").rpartition(".")
    if not mark:
        return decimals
    if "." in whole:
        last = digits[len(whole)]
        if last in digits[: len(whole)]:
            return None
        whole = whole.replace(".", "")
    return f"{whole or '0'}.{decimals}"


def _line(number: int, text: str) -> Line:
    cells = _split(text)
    items = _items(cells) if len(cells) > 1 else _peel(cells[0])
    last = max((at for at, item in enumerate(items) if isinstance(item, str)), default=-1)
    parts = [item if isinstance(item, str) else item.text for item in items[: last + 1] if item is not None]
    inside = sum(isinstance(item, Cell) for item in items[: last + 1])
    values = tuple(item for item in items[last + 1 :] if not isinstance(item, str))
    words_last = not any(values)
    swallowed = words_last and any(DECIMALS.search(part) for part in parts)
    return Line(
        number, " ".join(text.split()), tuple(parts), values,
        separated=any(mark in text for mark in MARKS),
        doubtful=(inside > 1 and words_last) or swallowed or _has_doubtful_minus(cells),
    )  # fmt: skip


def _has_doubtful_minus(cells: list[str]) -> bool:
    found = DOUBTFUL_MINUS.match(cells[0]) if len(cells) == 1 or re.match(MINUS, cells[0]) else None
    return found is not None and not _is_whole_label(found["words"] or "")


def _is_whole_label(words: str) -> bool:
    """Whether a label needs no "-" and words behind it."""
    return bool(statistic_of(words) or row_of(words)[0] or re.search(rf"\s{MINUS}\s", words))


MARKS = "\t|;"


def _split(text: str) -> list[str]:
    """Cells of a line: by tabs, else pipes, else semicolons, else two or more spaces."""
    for separator in MARKS:
        if separator in text:
            cells = re.sub(r"^\s*\|(.*)\|\s*$", r"\1", text).split(separator)  # drawn with pipes on both sides
            return [" ".join(cell.split()) for cell in cells]
    return [" ".join(cell.split()) for cell in re.split(r"\s{2,}", text.strip())]


def _items(cells: list[str]) -> list[str | Cell | None]:
    """Words, numbers and blanks of separated cells; a cell may hold a known name and its numbers together."""
    items: list[str | Cell | None] = []
    for cell in cells:
        peeled = _peel(cell)
        words = peeled[0] if peeled and isinstance(peeled[0], str) else ""
        known = not words or statistic_of(words) or row_of(words)[0]
        items += peeled if known else [cell]
    return items


def _peel(text: str) -> list[str | Cell | None]:
    """Words and then the numbers at the end: "Pair 1 before 3.20 15" → "Pair 1 before", 3.20, 15."""
    if text in BLANKS:
        return [None]
    if (whole := number_in(text)) is not None:
        return [whole]
    words, numbers = text.split(), []
    while words:
        width = 2 if len(words) > 1 and re.fullmatch(MARK, words[-1]) else 1
        cell = number_in(" ".join(words[-width:]))
        if cell is None and words[-1] not in BLANKS:
            break
        if re.fullmatch(MINUS, words[-1]) and numbers and (after := numbers[-1]) and after.text[0] not in "-<>≤≥":
            numbers[-1] = replace(after, text=f"-{after.text}")  # one space apart, a minus belongs to its number
            words.pop()
            continue
        numbers.append(cell)
        del words[-width if cell else -1 :]
    numbers.reverse()
    if words and numbers and numbers[0] is not None and PAIR.fullmatch(f"{words[-1]} {numbers[0].text}"):
        words.append(numbers.pop(0).text)
    if not any(numbers):
        return [text]
    return [" ".join(words), *numbers] if words else numbers
