"""Tables → comparisons, procedure by procedure: its tables are put together, before and after are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from analysis.checks.spss.comparison import Basis, Contrast, Facts, MeanTest, RankTest, Sample, Signs
from analysis.checks.spss.direction import Pair, by_time, direction_of, pair_in
from analysis.checks.spss.tables import Pasted, Row, Table
from analysis.checks.spss.vocabulary import NEGATIVE_RANKS, PAIR, POSITIVE_RANKS, squash, time_of
from analysis.results import Note

RELATION = re.compile(r"(.+?)\s*[<>=]\s*(.+?)\.?")


def comparisons(pasted: Pasted) -> list[Facts]:
    """One `Facts` per test. Tables of one kind are joined with those of another in their order."""
    blocks = list(_blocks(_of(pasted, "ranks")))
    tests = [(table, row) for table in _of(pasted, "test-statistics") for row in table.rows]
    by_u = [test for test in tests if test[1].text("u")]
    by_chi = [test for test in tests if test[1].text("chi_square")]
    by_sign = [test for test in tests if test not in by_u and test not in by_chi]
    signed = [block for block in blocks if _is_signed(block[1])]
    groups = [block for block in blocks if not _is_signed(block[1]) and len(_samples(block[1])) == 2]
    several = [block for block in blocks if not _is_signed(block[1]) and len(_samples(block[1])) != 2]
    return [
        *(_wilcoxon(block, test) for block, test in zip_longest(signed, by_sign)),
        *_paired_t(pasted),
        *(_mann_whitney(block, test) for block, test in zip_longest(groups, by_u)),
        *_independent_t(pasted),
        *(_several(block, test) for block, test in zip_longest(several, by_chi)),
    ]


def _of(pasted: Pasted, kind: str) -> list[Table]:
    return [table for table in pasted.tables if table.kind == kind]


def rows_of(pasted: Pasted, kind: str) -> list[Row]:
    """All rows of the tables of one kind."""
    return [row for table in _of(pasted, kind) for row in table.rows]


Block = tuple[Table, list[Row]]
Test = tuple[Table, Row]


def _blocks(tables: list[Table]) -> Iterator[Block]:
    """Rows of *Ranks* that belong to one test: up to a total, or up to the next negative ranks."""
    for table in tables:
        rows: list[Row] = []
        for row in table.rows:
            if rows and (rows[-1].name == "total" or (row.name == "negative" and _named(rows, "negative"))):
                yield table, rows
                rows = []
            rows.append(row)
        yield table, rows


def _named(rows: list[Row], name: str) -> Row | None:
    return next((row for row in rows if row.name == name), None)


def _is_signed(rows: list[Row]) -> bool:
    return bool(_named(rows, "negative") or _named(rows, "positive"))


def _samples(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not row.name]


# -- one comparison per procedure ----------------------------------------------------------------------------------


def _wilcoxon(block: Block | None, test: Test | None) -> Facts:
    label = " ".join(row.label for row in block[1] if row.label) if block else ""
    relation = _relation(*block) if block else None
    pair = pair_in(label) or relation or (pair_in(test[1].label) if test else None)
    contrast, notes = direction_of(pair, "after-before")
    if relation and pair and tuple(map(squash, relation)) != tuple(map(squash, pair)):
        notes += (Note("footnote-differs", {"pair": f"{pair[0]} − {pair[1]}", "footnote": " < ".join(relation)}),)
    before, after = by_time(pair, contrast)
    signs = replace(_signs(block[1]), contrast=contrast) if block else Signs()
    return Facts(
        "paired", label or (test[1].label if test else ""), Sample(before), Sample(after),
        signs=signs, ranks=_rank_test(test), notes=notes,
    )  # fmt: skip


def _relation(table: Table, rows: list[Row]) -> Pair | None:
    """The footnote of the negative ranks ("after < before"), which says what was subtracted."""
    row = _named(rows, "negative")
    cell = row.cell("n") if row else None
    words = dict(table.footnotes).get(cell.mark, "") if cell else ""
    found = RELATION.fullmatch(words)
    if found is None:
        return None
    return (found[1], found[2]) if "<" in words else (found[2], found[1])


def _signs(rows: list[Row]) -> Signs:
    negative, positive, ties, total = (_named(rows, name) for name in ("negative", "positive", "ties", "total"))
    return Signs(
        _text(positive, "n"), _text(negative, "n"), _text(ties, "n"), _text(total, "n"),
        _text(positive, "mean_rank"), _text(negative, "mean_rank"),
        _text(positive, "rank_sum"), _text(negative, "rank_sum"),
    )  # fmt: skip


def _text(row: Row | None, column: str) -> str:
    return row.text(column) if row else ""


def _rank_test(test: Test | None) -> RankTest:
    if test is None:
        return RankTest()
    table, row = test
    names = ("z", "p", "p_exact", "p_untied", "u", "w", "chi_square", "df")
    return RankTest(**{name: row.text(name) for name in names}, basis=_basis(table, row))


def _basis(table: Table, row: Row) -> Basis:
    """What Z is based on, by the footnote that its letter names, or the only one that says so."""
    z, footnotes = row.cell("z"), dict(table.footnotes)
    marked = footnotes.get(z.mark) if z else None
    said: set[Basis] = {name for words in ([marked] if marked else footnotes.values()) for name in _basis_in(words)}
    return said.pop() if len(said) == 1 else ""


def _basis_in(words: str) -> Iterator[Basis]:
    if NEGATIVE_RANKS.search(words.lower()):
        yield "negative"
    if POSITIVE_RANKS.search(words.lower()):
        yield "positive"


def _mann_whitney(block: Block | None, test: Test | None) -> Facts:
    name = test[1].label if test else ""
    first, second = map(sample_of, _samples(block[1])) if block else (Sample(), Sample())
    return Facts("groups", name, _unnamed(first, name), second, ranks=_rank_test(test))


def _unnamed(first: Sample, outcome: str) -> Sample:
    """The first group without the name of the outcome, which stands in the same row."""
    rest = first.name.removeprefix(outcome).strip()
    return replace(first, name=rest) if rest else first


def _several(block: Block | None, test: Test | None) -> Facts:
    rows = _samples(block[1]) if block else []
    notes = (Note("one-group", {"line": rows[0].line}),) if len(rows) == 1 else ()
    groups = tuple(map(sample_of, rows))
    return Facts("ranks", test[1].label if test else "", groups=groups, ranks=_rank_test(test), notes=notes)


def sample_of(row: Row) -> Sample:
    """What a row says of one group or time."""
    columns = ("n", "mean", "sd", "se", "minimum", "maximum", "median", "mean_rank", "rank_sum")
    return Sample(PAIR.sub("", row.label).strip(), **{column: row.text(column) for column in columns})


def _mean_test(row: Row | None, contrast: Contrast = "") -> MeanTest:
    columns = ("mean", "sd", "se", "low", "high", "t", "df", "p", "p_one", "f", "p_f")
    return MeanTest(**{column: _text(row, column) for column in columns}, contrast=contrast)


def _paired_t(pasted: Pasted) -> Iterator[Facts]:
    retyped, tests = _retyped(rows_of(pasted, "paired-test"))
    timed = [pair for pair in _pairs_of(rows_of(pasted, "group-statistics")) if _is_timed(pair)]
    samples = [*_pairs_of(rows_of(pasted, "paired-statistics")), *timed, *retyped]
    for pair, correlation, test in zip_longest(samples, rows_of(pasted, "paired-correlations"), tests):
        listed = (sample_of(pair[0]), sample_of(pair[1])) if pair else None
        names = (pair_in(test.label) if test else None) or ((listed[0].name, listed[1].name) if listed else None)
        contrast, notes = direction_of(names, "before-after")
        before, after = _ordered(listed, by_time(names, contrast), names)
        yield Facts(
            "paired", test.label if test else "", before, after,
            _text(correlation, "r"), _text(correlation, "p"), mean_test=_mean_test(test, contrast), notes=notes,
        )  # fmt: skip


def _pairs_of(rows: list[Row]) -> list[tuple[Row, Row]]:
    return list(zip(rows[::2], rows[1::2], strict=False))


def _is_timed(pair: tuple[Row, Row]) -> bool:
    return {time_of(row.label) for row in pair} == {"before", "after"}


def _retyped(rows: list[Row]) -> tuple[list[tuple[Row, Row]], list[Row]]:
    """Retyped tests have a row for before and one for after, t and p beside the first; SPSS has one of differences."""
    alone = [row for row in rows if not pair_in(row.label)]
    pairs = [pair for pair in _pairs_of(alone) if _is_timed(pair)]
    if not pairs:
        return [], rows
    kept = ("t", "df", "p", "p_one")
    tests = [replace(row, cells=tuple(cell for cell in row.cells if cell[0] in kept)) for row, _ in pairs]
    return pairs, [replace(row, label="") for row in tests] + [row for row in rows if row not in alone]


def _ordered(pair: tuple[Sample, Sample] | None, times: Pair, names: Pair | None) -> tuple[Sample, Sample]:
    """Samples as (before, after); SPSS lists them in the order in which it subtracts them."""
    if pair is None:
        return Sample(times[0]), Sample(times[1])
    return pair if names is None or times == names else (pair[1], pair[0])


def _independent_t(pasted: Pasted) -> Iterator[Facts]:
    pairs = [pair for pair in _pairs_of(rows_of(pasted, "group-statistics")) if not _is_timed(pair)]
    rows = rows_of(pasted, "independent-test")
    equal = [row for row in rows if row.name != "unequal"]
    unequal = [row for row in rows if row.name == "unequal"]
    for pair, student, welch in zip_longest(pairs, equal, unequal):
        first, second = map(sample_of, pair) if pair else (Sample(), Sample())
        name = student.label if student else ""
        yield Facts(
            "groups", name, _unnamed(first, name), second, mean_test=_mean_test(student), welch=_mean_test(welch)
        )
