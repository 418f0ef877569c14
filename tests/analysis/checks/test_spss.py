"""Pasted SPSS output: what is printed is what is read, and a changed number is found by its rule.

Pastes and what they hold are in `tests/fixtures/spss`; their numbers come from scipy.
"""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis import checks
from analysis.checks import spss
from analysis.checks.spss.tables import LARGEST, MOST_NOTES
from analysis.recover import printed
from analysis.words import LANGUAGES, say_in
from tests.analysis.stopwatch import within

FOLDER = Path(__file__).parents[2] / "fixtures" / "spss"
EXPECTED = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
SPOILT = [name for name, case in EXPECTED.items() if "changed" in case]
every_paste = pytest.mark.parametrize("name", EXPECTED)


def paste(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_bytes().decode("utf-8")


def facts_of(text: str) -> tuple[spss.Facts, ...]:
    return spss.facts(spss.read(text))


def fact(found: tuple[spss.Facts, ...], path: str) -> str:
    """A fact by its path: "signs.positive" of the first comparison, "1.signs.positive" of the second."""
    at, _, rest = path.partition(".") if path[0].isdigit() else ("0", "", path)
    value = found[int(at)]
    for name in rest.split("."):
        value = getattr(value, name)
    return value


def found_by(text: str) -> list[str]:
    """Rules that find something, each once."""
    verdicts = [one for facts in facts_of(text) for one in spss.check(facts)]
    return list(dict.fromkeys(rule for rule, verdict in verdicts if verdict.status != "consistent"))


# -- pastes --------------------------------------------------------------------------------------------------------


def test_there_are_pastes_of_every_kind():
    assert len(EXPECTED) >= 25 and {path.stem for path in FOLDER.glob("*.txt")} == set(EXPECTED)
    assert {table.kind for name in EXPECTED for table in spss.read(paste(name)).tables} == set(spss.tables.ORDER) | {
        "test-statistics"
    }


@every_paste
def test_everything_printed_is_read(name):
    found = facts_of(paste(name))
    wanted = EXPECTED[name]["facts"]
    assert {path: fact(found, path) for path in wanted} == wanted


@every_paste
def test_nothing_is_left_unread(name):
    keys = {note.key for note in spss.read(paste(name)).problems}
    assert keys <= {"columns-assumed"}
    assert [note for facts in facts_of(paste(name)) for note in facts.notes] == []


@every_paste
def test_numbers_that_are_right_pass_every_rule(name):
    assert found_by(paste(name)) == []
    assert name.endswith("-only") or all(len(spss.check(facts)) >= 4 for facts in facts_of(paste(name)))


@pytest.mark.parametrize("name", SPOILT)
def test_one_changed_number_is_found_by_its_rules_alone(name):
    case = EXPECTED[name]
    text = paste(name).replace("\r\n", "\n")
    assert text.count(case["printed"]) == 1
    assert found_by(text.replace(case["printed"], case["changed"])) == case["found_by"]


@every_paste
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_and_note_is_said_in_full(name, language):
    say, case = say_in(language), EXPECTED[name]
    text = paste(name).replace("\r\n", "\n").replace(case.get("printed", "\t"), case.get("changed", "\t"))
    for facts in facts_of(text):
        for rule, verdict in spss.check(facts):
            said = say.note(verdict.explanation, "check")
            assert say.has(f"rule.{rule}") and "{" not in said and "check." not in said and "term." not in said


# -- what can't be read is said ------------------------------------------------------------------------------------

STRANGE = [
    "", "   \n\t\n", "hello", "Ranks", "Ranks\nN Mean Rank Sum of Ranks", "Test Statistics\nZ\nx", "Z", "Z -2.1",
    "a. b < c", "Ranks\n\t\tN\nTies\t2\t3\t4\t5\t6\t7", "Ranks\nNegative Ranks 1.2.3 4 5\n", "\x00\ufeff|||;;;\t",
    "Paired Samples Test\nPair 1 1 2 3 4 5 6 7 8 9 10 11 12", "Ranks\nTotal Total Ties Ties 4", "__import__('os')",
    "Independent Samples Test\nF Sig. t df\nEqual variances not assumed 2 3", "N\tMean\tStd. Deviation\nx\t1E999\t2\t3",
    "Paired Samples Statistics\nMean N Std. Deviation Std. Error Mean\na 1 0 -3 2", "Ranks\nN\tMean Rank\n-\t-\n9" * 3,
    "Group Statistics\nN Mean Std. Deviation Std. Error Mean\nx 3.5 2 0 1\ny 99999999 2 0 1", "{n} {0}\n%s 4\n",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", STRANGE)
def test_strange_text_gets_sentences_and_no_error(text, language):
    pasted, say = spss.read(text), say_in(language)
    comparisons = spss.facts(pasted)
    assert pasted.tables or pasted.problems
    for note in (*pasted.problems, *(note for facts in comparisons for note in facts.notes)):
        assert not say.note(note, "paste").startswith("paste.")
    for facts in comparisons:
        assert all("{" not in say.note(verdict.explanation, "check") for _, verdict in spss.check(facts))


SHREDS = [
    *"\t\n;|:ab.,-<1230 ", "\r\n", "Ranks\n", "Test Statistics\n", "Paired Samples Test\n", "Group Statistics\n",
    "Independent Samples Test\n", "N", "Mean", "Mean Rank", "Sum of Ranks", "Negative Ranks", "Positive Ranks", "Ties",
    "Total", "Z", "t", "df", "F", "Sig.", " - ", "Pair 1", "sebelum", "sesudah", "8b", ",000", "-2,111", "15",
    "Mann-Whitney U",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(SHREDS), max_size=80))
def test_no_text_is_an_error(parts):
    pasted = spss.read("".join(parts))
    for facts in spss.facts(pasted):
        spss.check(facts)


def test_what_is_wrong_is_said_with_its_line():
    pasted = spss.read("Ranks\n\tN\tMean Rank\tSum of Ranks\nsome remark 7\nNegative Ranks\t2\t1,5\t3,0\n")
    assert [(note.key, note.values["line"]) for note in pasted.problems] == [("unread-line", 3)]
    pasted = spss.read("Tests of Normality\nx 0.1 15 .200\n" + paste("wilcoxon-tabs-comma"))
    assert [(note.key, note.values["line"]) for note in pasted.problems] == [("unread-table", 1)]
    assert len(pasted.tables) == 2


RETYPED = [
    "Variabel\tMean\tSD\tt\tdf\tp-value\nPretest\t5,20\t1,10\t-8,290\t14\t0,000\nPosttest\t6,40\t1,20\t\t\t",
    "Kelompok  N  Mean  SD\nPretest  15  5,20  1,10\nPosttest  15  6,40  1,20",
    "Pengukuran | Rerata | SD | p\nPosttest | 6,40 | 1,20 | 0,000\nPretest | 5,20 | 1,10 | ",
]


@pytest.mark.parametrize("text", RETYPED)
def test_retyped_rows_before_and_after_are_two_samples(text):
    (found,) = facts_of(text)
    assert (found.design, found.first.name, found.first.mean, found.second.sd) == ("paired", "Pretest", "5.20", "1.20")
    assert found.mean_test.mean == "" and found.mean_test.t in ("", "-8.290")


def test_a_contrast_may_run_over_two_rows():
    text = paste("wilcoxon-tabs-comma").replace("sesudah - sebelum\tNeg", "sesudah -\tNeg")
    assert facts_of(text.replace("\tPos", "sebelum\tPos")) == facts_of(paste("wilcoxon-tabs-comma"))


def test_many_problems_are_counted_not_listed():
    problems = spss.read("Ranks\nN\tMean Rank\n" + "remark 7\n" * 500).problems
    assert len(problems) == MOST_NOTES + 1 and problems[-1].values["count"] > 400


def test_headings_that_cannot_be_read_are_said():
    text = paste("mann-whitney-ranks-only").replace("Kelompok  N  Mean Rank  Sum of Ranks\n", "")
    pasted = spss.read(text)
    assert [note.key for note in pasted.problems] == ["columns-assumed"]
    assert spss.facts(pasted) == facts_of(paste("mann-whitney-ranks-only"))


def test_a_direction_that_the_names_do_not_say_is_assumed_aloud():
    found = facts_of(paste("wilcoxon-tabs-comma").replace("sesudah", "skor2").replace("sebelum", "skor1"))[0]
    assert [note.key for note in found.notes] == ["direction-assumed"]
    assert (found.first.name, found.second.name, found.signs.contrast) == ("skor1", "skor2", "after-before")


def test_a_footnote_that_contradicts_the_table_is_said():
    text = paste("wilcoxon-tabs-comma").replace("sesudah < sebelum", "sebelum < sesudah")
    assert [note.key for note in facts_of(text)[0].notes] == ["footnote-differs"]


def test_ranks_of_three_groups_are_read():
    text = "Ranks\nkelas\tN\tMean Rank\nA\t5\t4,0\nB\t5\t8,0\nC\t5\t12,0\nTotal\t15\nTest Statistics\n\tskor\n"
    found = facts_of(text + "Chi-Square\t8,0\ndf\t2\nAsymp. Sig.\t,018\n")[0]
    assert (found.design, found.ranks.chi_square, found.ranks.df, found.ranks.p) == ("ranks", "8.0", "2", "0.018")
    assert [(group.name, group.n, group.mean_rank) for group in found.groups] == [
        ("A", "5", "4.0"), ("B", "5", "8.0"), ("C", "5", "12.0")
    ]  # fmt: skip
    assert found.notes == () and {verdict.status for _, verdict in spss.check(found)} == {"consistent"}


def test_ranks_of_a_group_alone_say_that_the_others_are_missing():
    text = "Ranks\nkelas\tN\tMean Rank\nA\t5\t4,0\nTotal\t15\nTest Statistics\n\tskor\n"
    found = facts_of(text + "Chi-Square\t8,0\ndf\t2\nAsymp. Sig.\t,018\n")[0]
    assert [note.key for note in found.notes] == ["one-group"]


@pytest.mark.parametrize("text", ["a" * 10**6, "Z 1\n" * 250_000, "Ranks\n" * 170_000, "1 " * 500_000])
def test_a_megabyte_is_refused_at_once(text):
    with within(0.05):
        assert [note.key for note in spss.read(text).problems] == ["too-long"]


UNITS = [
    "a", "1", "1 ", "Total ", "Mean Rank ", "1,", "Z 1\n", "Ranks\nTotal 1\n", "Mean N\n", "x\n", "a - b < ", "\t",
    "\t1",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_the_largest_paste_takes_no_more_than_a_moment(unit):
    text = "Ranks\n" + unit * ((LARGEST - 6) // len(unit))
    with within(A_MOMENT):
        for facts in facts_of(text):
            spss.check(facts)


A_MOMENT = 3.0  # seconds; a third of one here


@pytest.mark.parametrize(
    ("cell", "text", "mark"),
    [
        ("8b", "8", "b"), ("-2,111b", "-2.111", "b"), ("11(c)", "11", "c"), (",000", "0.000", ""),
        (".035", "0.035", ""),
        ("3,50", "3.50", ""), ("-,345", "-0.345", ""), ("−,345a", "-0.345", "a"), ("12.", "12", ""),
        ("<.001", "<0.001", ""),
        ("1.234,56", "1234.56", ""), ("1,2E-5", "1.2E-5", ""), ("-3.508 b", "-3.508", "b"), (",021a,b", "0.021", "a,b"),
        ("= 0,04*", "0.04", "*"),
    ],
)  # fmt: skip
def test_a_number_stays_what_was_printed(cell, text, mark):
    assert spss.cells.number_in(cell) == spss.cells.Cell(text, mark)
    assert printed(text.lstrip("<")) is not None


@pytest.mark.parametrize("cell", ["1.2.3", "12/03/2020", "8x", "n=5", "", "-", "1" * 40, "95%", "Z"])
def test_what_is_no_number_is_none(cell):
    assert spss.cells.number_in(cell) is None


# -- any sample in any layout --------------------------------------------------------------------------------------

WORDS_OF = {
    "en": ("Ranks", "N", "Mean Rank", "Sum of Ranks", "Negative Ranks", "Positive Ranks", "Ties", "Total",
           "Test Statistics", "Asymp. Sig. (2-tailed)", "Paired Samples Test", "Mean", "Std. Deviation",
           "Std. Error Mean", "Lower", "Upper"),
    "id": ("Peringkat", "N", "Rerata Peringkat", "Jumlah Peringkat", "Peringkat Negatif", "Peringkat Positif", "Seri",
           "Jumlah", "Statistik Uji", "Sig. (2-ekor)", "Uji Sampel Berpasangan", "Rerata", "Simpangan Baku",
           "Galat Baku Rerata", "Batas Bawah", "Batas Atas"),
}  # fmt: skip


class Layout:
    """One way in which a table may be printed and copied."""

    def __init__(self, language: str, comma: bool, zero: bool, separator: str, marks: bool, end: str) -> None:
        self.words = WORDS_OF[language]
        self.comma, self.zero, self.separator, self.marks, self.end = comma, zero, separator, marks, end

    def number(self, value: float, decimals: int, mark: str = "") -> str:
        text = f"{value:.{decimals}f}"
        if not self.zero:
            text = text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text
        return (text.replace(".", ",") if self.comma else text) + (mark if self.marks else "")

    def table(self, *rows: tuple[str, ...]) -> str:
        return self.end.join(self.separator.join(row) for row in rows) + self.end


def as_read(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}"


layouts = st.builds(
    Layout, st.sampled_from(["en", "id"]), st.booleans(), st.booleans(), st.sampled_from(["\t", "   ", ";", " | "]),
    st.booleans(), st.sampled_from(["\n", "\r\n", "\n\n"]),
)  # fmt: skip
scores = st.integers(4, 25).flatmap(
    lambda n: st.tuples(*[st.lists(st.integers(1, 9), min_size=n, max_size=n) for _ in range(2)])
)


group = st.lists(st.integers(1, 9), min_size=2, max_size=20)


@settings(max_examples=150, deadline=None)
@given(scores, layouts)
def test_wilcoxon_of_any_sample_comes_back(sample, layout):
    change = np.subtract(sample[1], sample[0])
    moved = change[change != 0]
    if not len(moved):
        return
    ranks = stats.rankdata(abs(moved))
    sums = [float(ranks[moved < 0].sum()), float(ranks[moved > 0].sum())]
    people = [int((moved < 0).sum()), int((moved > 0).sum())]
    z = (min(sums) - ranks.sum() / 2) / math.sqrt((ranks**2).sum() / 4)
    p = float(2 * stats.norm.sf(abs(z)))
    w, say = layout.words, layout.number
    means = [total / n if n else 0.0 for total, n in zip(sums, people, strict=True)]
    text = layout.table(
        (w[0],), ("", "", w[1], w[2], w[3]),
        ("sesudah - sebelum", w[4], say(people[0], 0, "a"), say(means[0], 2), say(sums[0], 2)),
        ("", w[5], say(people[1], 0, "b"), say(means[1], 2), say(sums[1], 2)),
        ("", w[6], say(len(change) - len(moved), 0, "c"), "", ""), ("", w[7], say(len(change), 0), "", ""),
        (w[8],), ("", "sesudah - sebelum"), ("Z", say(z, 3, "b")), (w[9], say(p, 3)),
    )  # fmt: skip
    (found,) = facts_of(text)
    assert found.signs == spss.Signs(
        str(people[1]), str(people[0]), str(len(change) - len(moved)), str(len(change)),
        as_read(means[1], 2), as_read(means[0], 2), as_read(sums[1], 2), as_read(sums[0], 2), "after-before",
    )  # fmt: skip
    assert (found.ranks.z, found.ranks.p) == (as_read(z, 3), as_read(p, 3))
    assert found_by(text) == [] and spss.read(text).problems == ()


@settings(max_examples=150, deadline=None)
@given(scores, layouts)
def test_paired_t_of_any_sample_comes_back(sample, layout):
    change = np.subtract(*sample).astype(float)
    if not change.std() or not change.mean():
        return
    test = stats.ttest_1samp(change, 0)
    low, high = test.confidence_interval()
    sd = float(change.std(ddof=1))
    values = [float(change.mean()), sd, sd / math.sqrt(len(change)), low, high, float(test.statistic)]
    w = layout.words
    text = layout.table(
        (w[10],), ("", *w[11:16], "t", "df", w[9]),
        ("sebelum - sesudah", *(layout.number(v, 3) for v in values), str(len(change) - 1),
         layout.number(test.pvalue, 3)),
    )  # fmt: skip
    (found,) = facts_of(text)
    assert found.mean_test == spss.MeanTest(
        *(as_read(v, 3) for v in values), str(len(change) - 1), as_read(test.pvalue, 3), contrast="before-after"
    )
    assert found_by(text) == [] and spss.read(text).problems == ()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.integers(1, 9), min_size=2, max_size=20), st.lists(st.integers(1, 9), min_size=2, max_size=20), layouts
)
def test_mann_whitney_of_any_samples_comes_back(a, b, layout):
    ranks = stats.rankdata([*a, *b])
    if len(set(ranks)) == 1:
        return
    sums = [float(ranks[: len(a)].sum()), float(ranks[len(a) :].sum())]
    u = [total - len(group) * (len(group) + 1) / 2 for total, group in zip(sums, (a, b), strict=True)]
    # the variance of a rank sum with ties is that of drawing without replacement
    variance = len(a) * len(b) / len(ranks) * ranks.var(ddof=1)
    z = (min(u) - len(a) * len(b) / 2) / math.sqrt(variance)
    p = float(2 * stats.norm.sf(abs(z)))
    w, say = layout.words, layout.number
    rows = [(name, str(len(group)), say(total / len(group), 2), say(total, 2))
            for name, group, total in zip(("Perlakuan", "Kontrol"), (a, b), sums, strict=True)]  # fmt: skip
    text = layout.table(
        (w[0],), ("kelompok", w[1], w[2], w[3]), *rows, (w[7], str(len(ranks)), "", ""), (w[8],),
        ("Mann-Whitney U", say(min(u), 3)), ("Wilcoxon W", say(sums[u.index(min(u))], 3)), ("Z", say(z, 3)),
        (w[9], say(p, 3)),
    )  # fmt: skip
    (found,) = facts_of(text)
    assert (found.ranks.u, found.ranks.z, found.ranks.p) == (as_read(min(u), 3), as_read(z, 3), as_read(p, 3))
    assert [s.name for s in (found.first, found.second)] == ["Perlakuan", "Kontrol"]
    assert [s.rank_sum for s in (found.first, found.second)] == [as_read(total, 2) for total in sums]
    assert found_by(text) == [] and spss.read(text).problems == ()


# -- the rules -----------------------------------------------------------------------------------------------------


def test_p_from_z_finds_the_tails():
    # R 4.2.2: 2 * pnorm(-2.111) = 0.03477, one tail 0.01739
    assert checks.p_from_z("-2.111", "0.035").explanation.values["variants"] == ("two-sided",)
    assert checks.p_from_z("2.111", "0.017").explanation.values["variants"] == ("one-sided",)
    assert checks.p_from_z("-2.111", "0.001").status == "inconsistent"


def test_p_from_t_takes_the_degrees_of_freedom_of_welch():
    # R 4.2.2: 2 * pt(-2.1, 13.427) = 0.05507
    assert checks.p_from_t("-2.100", "13.427", "0.055").status == "consistent"
    assert checks.p_from_t("-2.100", "13.427", "0.050").status == "inconsistent"


def test_z_may_be_larger_with_ties_but_never_smaller():
    # 15 negative against 0: (0 − 60) / √310 = −3.408 without ties; all changes alike give −√15 = −3.873
    assert checks.z_from_rank_sums("0.00", "120.00", 15, "-3.408").status == "consistent"
    assert checks.z_from_rank_sums("0.00", "120.00", 15, "-3.873").status == "consistent"
    assert checks.z_from_rank_sums("0.00", "120.00", 15, "-3.400").status == "inconsistent"
    assert checks.z_from_rank_sums("0.00", "120.00", 15, "-3.880").status == "inconsistent"


def test_serpong_s_printed_ranks_agree():
    assert checks.rank_sums_total("5.50", "114.50", 15).status == "consistent"
    assert checks.rank_sum_of_mean("8.18", 14, "114.50").status == "consistent"
    assert checks.rank_sum_of_mean("8.18", 14, "115.00").expected == "114.52"


def test_correlation_of_change_over_all_roundings():
    rng = np.random.default_rng(3)
    for _ in range(200):
        before, after = rng.normal(50, 4, 12), rng.normal(53, 5, 12)
        sds = [f"{x.std(ddof=1):.2f}" for x in (before, after, after - before)]
        r = np.corrcoef(before, after)[0, 1]
        assert checks.r_of_change(*sds, f"{r:.3f}").status == "consistent"
        assert checks.r_of_change(*sds, f"{r - 0.1:.3f}").status == "inconsistent"


def test_a_turned_sign_is_no_contradiction():
    assert checks.t_from_change("-1.20", "0.56", 15, "8.30").status == "cannot tell"
    assert checks.t_from_change("-1.20", "0.56", 15, "-8.30").status == "consistent"


# -- which minus which ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pair", "contrast"),
    [
        ("sesudah - nilai", "after-before"),
        ("nilai - sebelum", "after-before"),
        ("sebelum - nilai", "before-after"),
        ("nilai - sesudah", "before-after"),
        ("sebelum - sesudah", "before-after"),
        ("sesudah - sebelum", "after-before"),
    ],
)
def test_one_name_that_says_when_says_the_direction(pair, contrast):
    text = f"Ranks\n\t\tN\tMean Rank\tSum of Ranks\n{pair}\tNegative Ranks\t2a\t3,00\t6,00\n"
    found = facts_of(f"{text}\tPositive Ranks\t6b\t5,00\t30,00\n\tTies\t0c\n\tTotal\t8\n")
    assert (found[0].signs.contrast, found[0].notes) == (contrast, ())


@pytest.mark.parametrize(("footnote", "contrast"), [("{0} < {1}", "after-before"), ("{1} > {0}", "after-before")])
def test_a_footnote_says_what_was_subtracted_whichever_way_it_points(footnote, contrast):
    text = "Ranks\n\t\tN\tMean Rank\tSum of Ranks\n\tNegative Ranks\t2a\t3,00\t6,00\n"
    text += "\tPositive Ranks\t6b\t5,00\t30,00\n\tTies\t0c\n\tTotal\t8\n"
    found = facts_of(text + "a. " + footnote.format("sesudah", "sebelum") + "\n")
    assert found[0].signs.contrast == contrast
    turned = facts_of(text + "a. " + footnote.format("sebelum", "sesudah") + "\n")
    assert turned[0].signs.contrast == "before-after"


@pytest.mark.parametrize(("mark", "basis"), [("b", "negative"), ("c", "positive"), ("", "")])
def test_z_rests_on_the_footnote_that_its_letter_names(mark, basis):
    text = f"Test Statistics\n\tsesudah - sebelum\nZ\t-2,111{mark}\nAsymp. Sig. (2-tailed)\t,035\n"
    text += "a. Wilcoxon Signed Ranks Test\nb. Based on negative ranks.\nc. Based on positive ranks.\n"
    assert facts_of(text)[0].ranks.basis == basis
