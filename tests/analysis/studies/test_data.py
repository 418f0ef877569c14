"""The studies in data/: read here once more with csv and tomllib alone, and compared with the people behind them."""

from __future__ import annotations

import csv
import re
import statistics
import tomllib
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from analysis import METHODS, load_context, load_study
from analysis.studies import recover_arm, study_folders
from tests.every import every

DATA = Path(__file__).parents[3] / "data"
FOLDERS = study_folders(DATA)
NAMES = [path.name for path in FOLDERS]
each_folder = every("folder", FOLDERS, ids=lambda folder: folder.name)

RECOVERED = [
    ("moringa-massage-serpong", "milk-score", "moringa"),
    ("moringa-massage-serpong", "milk-score", "massage"),
    ("maita-2017", "smooth-flow", "massage"),
    ("triananinsi", "smooth-flow", "massage"),
    ("triananinsi", "smooth-flow", "other"),
]
each_recovered_arm = pytest.mark.parametrize(("study_id", "outcome", "arm"), RECOVERED)


@cache
def card_of(folder: Path) -> dict:
    return tomllib.loads((folder / "study.toml").read_text(encoding="utf-8"))


@cache
def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ids_of(card: dict, part: str) -> set[str]:
    return {entry["id"] for entry in card[part]}


def texts(value, path: str = ""):
    """Every text of a card that is written in languages, with the place where it stands."""
    if isinstance(value, dict) and value and value.keys() <= {"en", "id"}:
        yield path, value
        return
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            yield from texts(inner, f"{path}.{key}")


@each_folder
def test_folder_loads_without_a_problem(folder):
    assert [str(problem) for problem in load_study(folder).problems] == []


def test_every_folder_is_a_study_or_the_background(studies):
    context = [study.id for study in load_context()]
    assert "context" in context
    assert sorted([*studies, *context]) == NAMES


@each_folder
def test_id_is_the_folder_name(folder):
    assert card_of(folder)["id"] == folder.name


@each_folder
def test_every_text_of_the_card_is_in_both_languages(folder):
    found = dict(texts(card_of(folder)))
    assert any(".title" in place for place in found)
    assert [place for place, text in found.items() if not all(str(text.get(k, "")).strip() for k in ("en", "id"))] == []


@each_folder
def test_the_two_languages_of_a_text_are_not_the_same_sentence(folder):
    long = {place: text for place, text in texts(card_of(folder)) if len(re.findall("[A-Za-z]+", text["en"])) > 5}
    assert [place for place, text in long.items() if text["en"] == text["id"]] == []


@each_folder
def test_card_names_citation_licence_setting_result_and_what_it_cannot_tell(folder):
    card = card_of(folder)
    for entry in ("citation", "licence", "retrieved", "design", "title", "short_title", "setting", "result"):
        assert card[entry], entry
    assert card["cannot_tell"] or card["source"]["kind"] == "context"


@each_folder
def test_every_figure_has_a_locator_and_a_number(folder):
    for row in rows_of(folder, "figures.csv"):
        assert row["locator"].strip(), row
        Decimal(row["value"])


@each_folder
def test_every_figure_belongs_to_an_arm_an_outcome_and_timepoints_of_its_study(folder):
    card = card_of(folder)
    for row in rows_of(folder, "figures.csv"):
        assert row["arm"] in ids_of(card, "arms"), row
        assert row["outcome"] in ids_of(card, "outcomes"), row
        assert set(row["timepoint"].split(":")) <= ids_of(card, "timepoints"), row


@each_folder
def test_figures_about_a_change_run_forward_in_time(folder):
    order = [entry["id"] for entry in card_of(folder)["timepoints"]]
    for row in rows_of(folder, "figures.csv"):
        places = [order.index(timepoint) for timepoint in row["timepoint"].split(":")]
        assert all(first < second for first, second in pairwise(places)), row


@each_folder
def test_every_claim_has_a_locator_both_languages_and_known_names(folder):
    card = card_of(folder)
    for row in rows_of(folder, "claims.csv"):
        assert row["locator"].strip() and row["statement_en"].strip() and row["statement_id"].strip(), row
        assert set(filter(None, row["arms"].split("|"))) <= ids_of(card, "arms"), row
        assert set(filter(None, row["timepoint"].split(":"))) <= ids_of(card, "timepoints"), row
        assert row["outcome"] in ids_of(card, "outcomes") | {""}, row


@each_folder
def test_every_method_of_a_claim_is_in_the_registry(folder):
    named = {row["method"] for row in rows_of(folder, "claims.csv")} - {""}
    assert named <= METHODS.keys()


@each_folder
def test_what_cites_a_study_is_here_and_was_read_in_the_original(folder):
    source = card_of(folder)["source"]
    if source["kind"] != "cited-in":
        assert "cited_by" not in source
        return
    assert card_of(DATA / source["cited_by"])["source"]["kind"] == "primary"


@each_folder
def test_every_correction_says_why_and_every_reason_is_used(folder):
    card, rows = card_of(folder), rows_of(folder, "figures.csv")
    assert {row["why"] for row in rows} - {""} == set(card.get("why", {}))
    assert [row for row in rows if row["corrected"] and not row["why"]] == []


@each_folder
def test_percentages_that_share_an_arm_and_time_sum_to_about_100_over_all_levels(folder):
    rows = [row for row in rows_of(folder, "figures.csv") if row["statistic"] == "percent" and row["level"]]
    groups: dict[tuple, dict[str, Decimal]] = {}
    for row in rows:
        key = row["arm"], row["outcome"], row["timepoint"]
        groups.setdefault(key, {})[row["level"]] = Decimal(row["value"])
    for key, shares in groups.items():
        if len(shares) > 1:
            assert abs(sum(shares.values()) - 100) <= Decimal("0.05") * len(shares), key


# Numbers of a `result` sentence that stand neither in the figures nor in the claims nor elsewhere on the card.
NOT_PRINTED_THERE = {
    "izaddoost-2023": dict.fromkeys(("82", "60", "105"), "82 (60 to 105), a review's figure in the digest's remark"),
    "marsiami-moringa-jelly": dict.fromkeys(("23.3", "47", "3.3"), "rises named in the digest's remark"),
    "pujiastuti-2022": {"0.0005": "p printed as 0.000 is below 0.0005"},
}


def numbers_in(text: str, language: str = "en") -> set[Decimal]:
    """The numbers of a text, whole thousands and decimals as the language writes them."""
    thousands, decimal = (r"\.", ",") if language == "id" else (",", ".")
    plain = re.sub(rf"(?<=\d){thousands}(?=\d{{3}}\b)", "", text).replace(decimal, ".")
    return {Decimal(number) for number in re.findall(r"\d*\.?\d+", plain)}


@each_folder
def test_every_number_of_the_result_is_printed(folder):
    card = card_of(folder)
    where_from = {"result", "citation", "doi", "url", "retrieved", "cannot_tell", "notes", "why"}
    known = numbers_in(str({name: entry for name, entry in card.items() if name not in where_from}))
    for row in rows_of(folder, "figures.csv"):
        known |= numbers_in(f"{row['value']} {row['corrected']}")
    for row in rows_of(folder, "claims.csv"):
        known |= numbers_in(f"{row['p']} {row['statement_en']}") | numbers_in(row["statistic"].replace(",", "."))
    excused = set(map(Decimal, NOT_PRINTED_THERE.get(folder.name, ())))
    for language in ("en", "id"):
        assert numbers_in(card["result"][language], language) - known == excused


# -- the people behind the printed numbers ---------------------------------------------------------------------


def scores_at(study, outcome: str, arm: str, timepoint: str):
    """Per data set that fits, the scores of one arm at one time, as whole numbers."""
    group = recover_arm(study, outcome, arm)
    place = group.timepoints.index(timepoint)
    return [[int(score) for score in scores[:, place]] for scores in group.scores]


def prints(value: Fraction | float, text: str) -> bool:
    """`value`, rounded to the decimals of `text`, gives it (a tie may go either way)."""
    half = Fraction(1, 2) / 10 ** max(0, -Decimal(text).as_tuple().exponent)
    return abs(Fraction(value) - Fraction(Decimal(text))) <= half


def value_of(row: dict[str, str], scores: list[int]) -> Fraction | float:
    """The statistic of a row, worked out by Python's own `statistics`."""
    level = {"yes": 1, "no": 0}.get(row["level"]) if row["level"] in ("yes", "no") else row["level"]
    here = scores.count(int(level)) if row["level"] else 0
    return {
        "mean": lambda: statistics.mean(map(Fraction, scores)),
        "sd": lambda: statistics.stdev(scores),
        "median": lambda: statistics.median(scores),
        "minimum": lambda: min(scores),
        "maximum": lambda: max(scores),
        "count": lambda: here,
        "percent": lambda: Fraction(100 * here, len(scores)),
    }[row["statistic"]]()


def rows_about(study_id: str, outcome: str, arm: str, *, of_change: bool):
    rows = rows_of(DATA / study_id, "figures.csv")
    return [r for r in rows if (r["outcome"], r["arm"], ":" in r["timepoint"]) == (outcome, arm, of_change)]


@each_recovered_arm
def test_recovered_people_print_every_unflagged_number(studies, study_id, outcome, arm):
    rows = [row for row in rows_about(study_id, outcome, arm, of_change=False) if not row["why"]]
    assert rows
    for row in rows:
        for scores in scores_at(studies[study_id], outcome, arm, row["timepoint"]):
            assert prints(value_of(row, scores), row["value"]), row


@each_recovered_arm
def test_recovered_people_give_the_corrected_number_and_not_the_misprint(studies, study_id, outcome, arm):
    for row in rows_about(study_id, outcome, arm, of_change=False):
        if not row["why"]:
            continue
        for scores in scores_at(studies[study_id], outcome, arm, row["timepoint"]):
            assert prints(value_of(row, scores), row["corrected"]), row
            assert not prints(value_of(row, scores), row["value"]), row


def test_the_misprints_of_serpong_are_exactly_these():
    rows = rows_of(DATA / "moringa-massage-serpong", "figures.csv")
    corrected = Counter(
        (r["arm"], r["timepoint"], r["statistic"], r["value"], r["corrected"]) for r in rows if r["why"]
    )
    assert {key[2:]: n for key, n in corrected.items() if key[4]} == {
        ("median", "3.02", "3.00"): 1,
        ("sd", "0.638", "0.636"): 3,
        ("worsened", "11", "1"): 1,
        ("count", "4", "12"): 1,
        ("mean", "3.15", "3.18"): 1,
    }


@pytest.mark.parametrize(("study_id", "outcome", "arm"), RECOVERED[:2])
def test_recovered_people_improve_worsen_and_stay_as_counted(studies, study_id, outcome, arm):
    group = recover_arm(studies[study_id], outcome, arm)
    for scores in group.scores:
        change = scores[:, 1] - scores[:, 0]
        counted = {"improved": (change > 0).sum(), "worsened": (change < 0).sum(), "unchanged": (change == 0).sum()}
        for row in rows_about(study_id, outcome, arm, of_change=True):
            if row["statistic"] in counted:
                assert counted[row["statistic"]] == int(row["corrected"] or row["value"]), row


@pytest.mark.parametrize(("study_id", "outcome", "arm"), RECOVERED[:2])
def test_recovered_people_have_the_printed_mean_ranks(studies, study_id, outcome, arm):
    from scipy.stats import rankdata

    for scores in recover_arm(studies[study_id], outcome, arm).scores:
        change = scores[:, 1] - scores[:, 0]
        moved = change[change != 0]
        ranks = rankdata(abs(moved))
        means = {
            "mean_rank_positive": ranks[moved > 0].mean(),
            "mean_rank_negative": ranks[moved < 0].mean(),
            "mean_rank_difference": ranks[moved > 0].mean() - ranks[moved < 0].mean(),
        }
        for row in rows_about(study_id, outcome, arm, of_change=True):
            if row["statistic"].startswith("mean_rank_difference"):
                assert abs(means[row["statistic"]] - float(row["value"])) < 0.01, row  # a difference of rounded means
            elif row["statistic"] in means:
                assert prints(means[row["statistic"]], row["value"]), row


def counted(study, outcome: str) -> set[str]:
    """Arms of a yes/no outcome whose number of people is printed as a count: these are the people, no more."""
    binary = study.outcomes[outcome].scale == "binary"
    return {figure.arm for figure in study.find(outcome=outcome, statistic="count")} if binary else set()


def test_beside_these_only_arms_with_printed_numbers_of_people_are_recovered(studies):
    found = {
        (study.id, outcome, arm)
        for study in studies.values()
        for outcome in study.outcomes
        for arm in study.arms
        if recover_arm(study, outcome, arm)
    }
    assert found >= set(RECOVERED)
    assert [one for one in found - set(RECOVERED) if one[2] not in counted(studies[one[0]], one[1])] == []


@each_folder
def test_a_derived_n_says_how_it_is_known(folder):
    card = card_of(folder)
    for arm in card["arms"]:
        if arm["n_known"] == "derived":
            how = r"\b{}\b" if card["source"].get("digest") else r"= ?{}"  # a digest may only say where n comes from
            assert re.search(how.format(arm["n"]), arm["n_note"]["en"]), arm["id"]
        assert (arm["n_known"] == "not printed") == ("n" not in arm), arm["id"]
