"""The usual variants of a test: R's, the same from people and from counts, one verdict per printed p."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from analysis import check_study, load_studies
from analysis.checks import CHECKS, p_from_chi_square, p_from_counts, p_from_f, p_from_h, p_from_r, p_from_u, reported
from analysis.checks.recomputed import materials
from analysis.methods.variants import of_answers, of_counts, of_paired_answers, of_ranks, of_signed_ranks
from tests.analysis.small_studies import counts, small_study
from tests.every import every

CHANGES = np.array([1, 1, 1, 1, 1, 1, 2, -1.0])  # of the Serpong massage group
A, B = np.array([1, 2, 2, 3, 5, 5, 5.0]), np.array([2, 3, 3, 4, 4, 5, 1, 1, 1.0])
# R 4.2.2: wilcox.test(x, exact = FALSE, correct = …, alternative = …), exactRankTests::wilcox.exact
WILCOXON_R = {
    ("wilcoxon-corrected",): 0.04183059, ("wilcoxon-normal",): 0.03480848,
    ("wilcoxon-corrected", "one-sided"): 0.0209153, ("wilcoxon-normal", "one-sided"): 0.01740424,
    ("wilcoxon-corrected", "other-tail"): 0.9855906, ("wilcoxon-normal", "other-tail"): 0.9825958,
    ("wilcoxon-exact",): 0.0625, ("wilcoxon-exact", "one-sided"): 0.03125,
}  # fmt: skip
MANN_WHITNEY_R = {
    ("mann-whitney-corrected",): 0.4488807, ("mann-whitney-normal",): 0.4171509,
    ("mann-whitney-corrected", "one-sided"): 0.2244403, ("mann-whitney-normal", "one-sided"): 0.2085754,
    ("mann-whitney-corrected", "other-tail"): 0.8066084, ("mann-whitney-normal", "other-tail"): 0.7914246,
    ("mann-whitney-exact",): 0.4797203, ("mann-whitney-exact", "one-sided"): 0.2354895,
    ("mann-whitney-exact", "other-tail"): 0.8162587,
}  # fmt: skip
SEVEN_DIGITS = 5e-7


def test_wilcoxon_s_variants_are_r_s():
    found = of_signed_ranks(np.zeros(8), CHANGES)
    assert {name: found[name] for name in WILCOXON_R} == pytest.approx(WILCOXON_R, abs=SEVEN_DIGITS)
    assert found[("wilcoxon-exact", "other-tail")] == 255 / 256  # one choice of signs of 256 lies farther out


def test_mann_and_whitney_s_variants_are_r_s():
    assert of_ranks(A, B) == pytest.approx(MANN_WHITNEY_R, abs=SEVEN_DIGITS)


def test_mcnemar_s_variants_are_r_s():
    """mcnemar.test with and without correction and binom.test of 9 gained and 2 lost; mid-p by hand."""
    before, after = np.repeat([0.0, 1.0], [9, 2]), np.repeat([1.0, 0.0], [9, 2])
    found = of_paired_answers(before, after)
    assert found[("mcnemar-corrected",)] == pytest.approx(0.07044043, abs=SEVEN_DIGITS)
    assert found[("mcnemar-normal",)] == pytest.approx(0.03480848, abs=SEVEN_DIGITS)
    assert found[("mcnemar-exact",)] == pytest.approx(0.06542969, abs=SEVEN_DIGITS)
    assert found[("mcnemar-mid-p",)] == pytest.approx((2 * (1 + 11 + 55) - 55) / 2**11)


@pytest.mark.parametrize(("table", "p", "name"), [
    ((("12", "3"), ("5", "10")), "0.027", "chi-square-corrected"),  # R: chisq.test
    ((("9", "4"), ("3", "14")), "0.008", "fisher"),  # R: fisher.test
])  # fmt: skip
def test_people_and_counts_say_the_same_of_one_number(tmp_path, table, p, name):
    rows = [row for arm, (yes, no) in zip("ab", table, strict=True)
            for row in (*counts(arm, yes), (arm, "after", "count", no, "milk", "no"))]  # fmt: skip
    study = small_study(
        tmp_path, rows, [{"method": "chi-square", "p": p}], outcomes={"milk": ("adequacy", "binary", "higher", "yes")},
        arms={"a": ("moringa", str(sum(map(int, table[0])))), "b": ("usual-care", str(sum(map(int, table[1]))))},
    )  # fmt: skip
    said = dict(materials(study, study.claims[0]))
    assert {"p_from_people", "p_from_counts"} <= said.keys()
    assert {verdict.status for verdict in said.values()} == {"consistent"}
    assert name in said["p_from_people"].explanation.values["variants"]
    assert [f.rule for f in check_study(study) if f.rule.startswith("p_from")] == ["p_from_people"]


def random_table(chance: random.Random) -> list[list[int]]:
    return [[chance.randint(0, 12) for _ in range(2)] for _ in range(2)]


@every("seed", range(60))
def test_a_p_of_any_variant_is_found_again_from_counts_and_from_people(seed):
    chance = random.Random(seed)
    table = np.array(random_table(chance))
    if 0 in table.sum(axis=0) or 0 in table.sum(axis=1):
        return
    people = [np.repeat([1.0, 0.0], row) for row in table]
    by_people, by_counts = of_answers(*people), of_counts(table)
    assert by_people.keys() == by_counts.keys()
    assert {k: v for k, v in by_people.items() if "mann" not in k[0]} == pytest.approx(
        {k: v for k, v in by_counts.items() if "mann" not in k[0]}
    )
    for name, p in by_counts.items():
        verdict = p_from_counts(tuple(tuple(map(str, row)) for row in table.tolist()), f"{p:.4f}")
        assert verdict.status == "consistent", name


@every("study", load_studies().values(), ids=lambda study: study.id)
def test_no_printed_p_has_two_verdicts(study):
    per_row = Counter(row for f in check_study(study) if f.rule.startswith("p_from") for row in f.rows)
    assert all(times == 1 for times in per_row.values())


def test_where_materials_part_one_finding_names_both(serpong):
    """t(16) = 2.31 gives .0346, as printed; the recovered mothers of moringa give far less."""
    claims = tuple(
        replace(c, kind="result", method="paired-t", statistic="t(16) = 2.31", p="0.0346") if c.arms == ("moringa",)
        and c.outcome else c for c in serpong.claims
    )  # fmt: skip
    found = [
        f for f in check_study(replace(serpong, claims=claims)) if f.rule.startswith("p_from") and f.arm == "moringa"
    ]
    (parted,) = [f for f in found if f.printed == "0.0346"]
    assert parted.verdict.status == "inconsistent"
    said = parted.verdict.explanation.values
    assert (said["agree"], said["differ"]) == (("p_from_t",), ("p_from_people",))


# R: pf, pchisq, pt; the printed statistics are rounded, so p lies between its ends
@pytest.mark.parametrize(
    ("verdict", "right", "wrong"),
    [
        (lambda p: p_from_chi_square("4.62", "1", p), "0.032", "0.320"),
        (lambda p: p_from_chi_square("9.21", "2", p), "0.010", "0.100"),
        (lambda p: p_from_f("4.97", "1", "30", p), "0.033", "0.330"),
        (lambda p: p_from_f("3.10", "2", "28.5", p), "0.060", "0.006"),
        (lambda p: p_from_h("5.99", "3", p), "0.050", "0.005"),
        (lambda p: p_from_r("0.45", "30", p), "0.013", "0.130"),
        (lambda p: p_from_r("-0.45", "30", p), "0.013", "0.130"),
        (lambda p: p_from_u("23", "10", "8", p), "0.130", "0.500"),
    ],
)
def test_p_beside_another_statistic_is_recomputed(verdict, right, wrong):
    assert verdict(right).status == "consistent"
    assert verdict(wrong).status == "inconsistent"


def test_a_chi_square_of_one_claim_is_recomputed(serpong):
    claim = next(c for c in serpong.claims if len(c.arms) == 2 and c.outcome)
    said = {"kind": "result", "method": "chi-square", "statistic": "χ²(1) = 4.62", "comparison": "between"}
    for p, status in (("0.320", "inconsistent"), ("0.032", "consistent")):
        changed = replace(claim, p=p, **said)
        assert dict(materials(serpong, changed))["p_from_chi_square"].status == status


def test_statistics_in_running_text_are_checked():
    text = (
        "Moringa raised milk (t(16) = 4,97, p < ,001); education did not, χ²(1, N = 40) = 4.62, p = .320. "
        "F(1, 30) = 4.97; p=.033 and H(2) = 5.99 with p = .05, r(28) = .45 (p = .013), "
        "U = 23, p = .13, Z = -2.11 p = 0,035"
    )
    found = [(one.text, one.ruled and (one.ruled[0], one.ruled[1].status)) for one in reported(text)]
    assert [ruled for _, ruled in found] == [
        ("p_from_t", "consistent"), ("p_from_chi_square", "inconsistent"), ("p_from_f", "consistent"),
        ("p_from_h", "consistent"), ("p_from_r", "consistent"), None, ("p_from_z", "consistent"),
    ]  # fmt: skip


def test_the_registry_holds_a_rule_for_each_statistic():
    assert {"p_from_t", "p_from_z", "p_from_f", "p_from_chi_square", "p_from_h", "p_from_r", "p_from_u"} <= set(CHECKS)


def test_statistics_of_running_text_in_indonesian():
    """R: 2 pt(−2.45, 28) = .02077; pchisq(4.62, 1) = .0316; 2 pnorm(−2.111) = .0348."""
    text = (
        "Hasil uji menunjukkan t hitung (28) = 2,45 dengan nilai p = 0,021. Z = −2,111a, p-value = 0,035; "
        "X² hitung(1) = 4,62, Sig. = 0,320."
    )
    found = [(one.ruled[0], one.ruled[1].status) for one in reported(text)]
    assert found == [("p_from_t", "consistent"), ("p_from_z", "consistent"), ("p_from_chi_square", "inconsistent")]


@pytest.mark.parametrize("is_", [" = ", ": ", " sebesar "])
@pytest.mark.parametrize("minus", ["-", "−", "–", "- "])
@pytest.mark.parametrize("foot", ["", "a", " b", "ᵇ"])
def test_sentences_are_read_in_the_spellings_of_theses(is_, minus, foot):
    """2 × (1 − Φ(2.111)) = .0348 by R's 2 * pnorm(-2.111): .035 is consistent, .053 is not."""
    for name in ("Z", "nilai Z", "Z hitung"):
        for p in ("p", "p-value", "P value", "nilai p", "Sig.", "Asymp. Sig. (2-tailed)", "nilai signifikansi"):
            for printed, status in (("0,035", "consistent"), ("0,053", "inconsistent")):
                text = f"Uji Wilcoxon: {name}{is_}{minus}2,111{foot}, {p}{is_}{printed}."
                (found,) = reported(text)
                assert (found.ruled[0], found.ruled[1].status) == ("p_from_z", status), text
