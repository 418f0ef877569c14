"""The claim ledger: every printed number and claim once, with the gravest thing said of it, the gravest first."""

from __future__ import annotations

from fractions import Fraction

import pytest

from analysis import load_context, load_studies
from analysis.checks import CONSEQUENCES, GRAVITY, VERDICTS, check_study, ledger
from analysis.checks.ledger import ROUNDED, WHOLE
from tests.every import every

BUNDLED = {study.id: study for study in [*load_studies().values(), *load_context()]}
every_study = every("study", BUNDLED.values(), ids=lambda study: study.id)


def by_id(study):
    return {entry.id: entry for entry in ledger(study)}


@every_study
def test_every_printed_number_and_claim_has_one_entry(study):
    entries = [entry for entry in ledger(study) if entry.kind != "design"]
    wanted = [(f.value, f.statistic, f.locator, f.arm, f.outcome, f.timepoint, f.level) for f in study.figures]
    wanted += [
        (c.p or "", c.kind, c.locator, c.arms[0] if len(c.arms) == 1 else "", c.outcome, c.timepoint, "")
        for c in study.claims
    ]
    found = [(e.printed, e.kind, e.locator, e.arm, e.outcome, e.timepoint, e.level) for e in entries]
    assert sorted(found) == sorted(wanted)
    assert len(by_id(study)) == len(ledger(study))


@every_study
def test_no_finding_is_lost_and_none_stands_in_a_wrong_row(study):
    assert {f for entry in ledger(study) for f in entry.findings} == set(check_study(study))
    printed_in_row = {f"figure-{f.row}": f.value for f in study.figures}
    for entry in ledger(study):
        for finding in entry.findings:
            if entry.id.startswith("figure-"):
                assert int(entry.id.removeprefix("figure-")) in finding.rows and finding.file == "figures.csv"
                assert printed_in_row[entry.id] in finding.printed.split(", ")


@every_study
def test_the_gravest_verdict_and_consequence_speak_for_a_row(study):
    for entry in ledger(study):
        statuses = {finding.verdict.status for finding in entry.findings}
        assert entry.verdict == next((one for one in GRAVITY if one in statuses), "not checked")
        assert (entry.verdict == "not checked") == (not entry.findings)
        consequences = {finding.consequence for finding in entry.findings}
        assert entry.consequence == next((one for one in CONSEQUENCES if one in consequences), "none")


@every_study
def test_what_bears_on_the_conclusions_comes_first(study):
    order = [(CONSEQUENCES.index(e.consequence), VERDICTS.index(e.verdict)) for e in ledger(study)]
    assert order == sorted(order)


@every_study
def test_what_rounding_allows_is_one_unit_of_the_last_digit(study):
    for entry in ledger(study):
        if not entry.id.startswith("figure-"):
            continue
        decimals = len(entry.printed.partition(".")[2])
        if entry.kind in WHOLE:
            assert entry.allows is None
        elif decimals or entry.kind in ROUNDED:
            low, high = entry.allows
            assert high - low == pytest.approx(10**-decimals)
            assert (low + high) / 2 == pytest.approx(float(Fraction(entry.printed)), abs=1e-9)


@every_study
def test_what_a_printed_p_allows_contains_it(study):
    for entry in ledger(study):
        if entry.id.startswith("claim-") and entry.allows:
            low, high = entry.allows
            assert low <= float(entry.printed.lstrip("<>= ").replace(",", ".")) <= high


def test_whole_numbers_of_people_allow_nothing_else(serpong):
    whole = [e for e in ledger(serpong) if e.kind in ("improved", "worsened", "unchanged", "count", "minimum")]
    assert len(whole) > 20 and all(entry.allows is None for entry in whole)


def test_misprints_of_serpong_are_recomputed_as_the_card_corrects_them(serpong):
    """0.638 → 0.636, 3.02 → 3.00: `corrected` in figures.csv, each argued in the study's card."""
    entries, seen = by_id(serpong), set()
    for figure in serpong.figures:
        if figure.corrected and figure.statistic in ("sd", "median"):
            entry = entries[f"figure-{figure.row}"]
            assert (entry.verdict, entry.recomputed) == ("inconsistent", figure.corrected)
            seen.add((figure.value, figure.corrected))
    assert len(seen) == 2


def test_the_count_beside_a_percentage_of_serpong_is_recomputed(serpong):
    (percent,) = serpong.find(statistic="percent", value="70.6")
    (count,) = serpong.find(statistic="count", arm="moringa", timepoint="after", level="4")
    assert by_id(serpong)[f"figure-{percent.row}"].recomputed == count.corrected


def test_a_row_that_agrees_with_everything_is_consistent(serpong):
    (figure,) = serpong.find(arm="massage", statistic="sd", value="0.618")
    assert by_id(serpong)[f"figure-{figure.row}"].verdict == "consistent"


def test_printed_p_of_serpong_names_what_gives_it(serpong):
    claim = next(c for c in serpong.claims if c.p == "0.035")
    entry = by_id(serpong)[f"claim-{claim.row}"]
    low, high = (float(end) for end in (entry.recomputed.split(" – ") * 2)[:2])
    assert entry.verdict == "consistent"
    assert entry.allows[0] <= low <= high <= entry.allows[1]


def test_the_ledger_is_the_same_each_time(serpong):
    first = ledger(serpong)
    ledger.cache_clear()
    assert [entry.id for entry in ledger(serpong)] == [entry.id for entry in first]
