"""Meta-analysis against metafor: tests/reference/pooling.R made the numbers, README.md there explains them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from analysis import pool
from analysis.evidence.pooling import (
    ESTIMATORS,
    INTERVALS,
    baujat,
    bayesian,
    chance_of,
    cumulative,
    egger,
    funnel,
    leave_one_out,
    regression,
    robust,
    subgroups,
    suits,
)
from analysis.results import STRONGEST_FIRST, Effect, NotApplicable
from analysis.words import LANGUAGES, say_in
from tests.analysis.stopwatch import seconds
from tests.every import every

MADE = json.loads((Path(__file__).parents[2] / "reference" / "pooling.json").read_text(encoding="utf-8"))
CASES = MADE["cases"]
OURS = {"z": "Wald", "knha": "HKSJ", "adhoc": "HKSJ-safeguarded"}
GRID = [(name, i) for name, case in CASES.items() for i in range(len(case["pooled"]))]

SAME = 1e-9  # relative; the same algorithms in double precision, 13 digits kept, the worst seen is 2e-10
# Where τ² is 0, metafor halves its steps and stops just above 0: values that vanish with τ² are compared
# beside the studies' own variances, percentages and Baujat's squares as they stand.
NEAR_ZERO = 1e-9


def effects_of(name: str) -> list[Effect]:
    return made_of(CASES[name]["yi"], CASES[name]["vi"])


def made_of(values, variances, status="derived", kind="log_risk_ratio") -> list[Effect]:
    return [Effect(float(y), float(v), None, kind, status, "") for y, v in zip(values, variances, strict=True)]


def close(ours, theirs, absolute: float = 0.0) -> None:
    np.testing.assert_allclose(np.array(ours, float), np.array(theirs, float), rtol=SAME, atol=absolute)


def tau2_close(ours, theirs, name: str) -> None:
    close(ours, theirs, NEAR_ZERO * np.median(CASES[name]["vi"]))


def fitted(name: str, i: int) -> tuple[list[Effect], dict, tuple[str, str]]:
    kept = CASES[name]["pooled"][i]
    return effects_of(name), kept, (kept["method"], OURS[kept["test"]])


in_grid = every(("name", "i"), GRID)


def having(part: str):
    return every(("name", "i"), [(n, i) for n, i in GRID if part in CASES[n]["pooled"][i]])


# -- metafor -------------------------------------------------------------------------------------------------------


def test_the_reference_holds_what_it_should():
    assert MADE["versions"]["metafor"] == "3.8.1" and len(CASES) >= 14
    for case in CASES.values():
        ways = {(kept["method"], kept["test"]) for kept in case["pooled"]}
        assert ways == {(method, test) for method in ESTIMATORS for test in OURS}
    assert {len(case["yi"]) for case in CASES.values()} >= {2, 3, 4} and set(OURS.values()) == set(INTERVALS)
    reml = {name: case["pooled"][0]["tau2"] for name, case in CASES.items()}
    assert 0 in reml.values() and max(reml.values()) > 100


@in_grid
def test_pooled_as_metafor_does(name, i):
    effects, kept, how = fitted(name, i)
    pooled = pool(effects, *how)
    for value in ("estimate", "se", "interval", "p", "q", "q_p", "weights"):
        close(getattr(pooled, value), kept[value])
    close(pooled.i2, kept["i2"], 100 * NEAR_ZERO)
    assert (pooled.k, pooled.q_df, pooled.tau2_method, pooled.interval_method) == (len(effects), len(effects) - 1, *how)


@having("prediction")
def test_tau2_and_prediction_as_metafor_does(name, i):
    effects, kept, how = fitted(name, i)
    pooled = pool(effects, *how)
    tau2_close(pooled.tau2, kept["tau2"], name)
    tau2_close(pooled.tau2_interval, kept["tau2_interval"], name)
    close(pooled.prediction, kept["prediction"])


@pytest.mark.parametrize("name", CASES)
def test_a_common_effect_has_no_tau2(name):
    pooled = pool(effects_of(name), "FE", "Wald")
    assert pooled.tau2 is pooled.tau2_interval is pooled.prediction is None


@having("leave_one_out")
def test_leaving_one_out_as_metafor_does(name, i):
    effects, kept, how = fitted(name, i)
    same_rows(leave_one_out(effects, *how), kept["leave_one_out"], name)


@having("cumulative")
def test_adding_one_by_one_as_metafor_does(name, i):
    effects, kept, how = fitted(name, i)
    rows = cumulative(effects, CASES[name]["year"], *how)
    assert [row.k for row in rows] == list(range(1, len(effects) + 1))
    same_rows(rows, kept["cumulative"], name)


def same_rows(rows, kept: dict, name: str) -> None:
    """Of one study metafor, too, gives the normal interval; its τ² and Q are 0 there and ours None."""
    close([row.interval for row in rows], np.column_stack([kept["low"], kept["high"]]))
    for value in ("estimate", "se", "p"):
        close([getattr(row, value) for row in rows], kept[value])
    several = [i for i, row in enumerate(rows) if row.k > 1]
    for value in ("q", "q_p"):
        close([getattr(rows[i], value) for i in several], [kept[value][i] for i in several])
    close([rows[i].i2 for i in several], [kept["i2"][i] for i in several], 100 * NEAR_ZERO)
    tau2_close([rows[i].tau2 for i in several], [kept["tau2"][i] for i in several], name)


@having("baujat")
def test_baujat_as_metafor_does(name, i):
    effects, kept, how = fitted(name, i)
    close(baujat(effects, *how), np.column_stack([kept["baujat"]["x"], kept["baujat"]["y"]]), NEAR_ZERO)


@having("regression")
def test_regression_as_metafor_does(name, i):
    effects, fit, how = fitted(name, i)
    kept, found = fit["regression"], regression(effects, CASES[name]["x"], *how)
    both = (found.intercept, found.slope)
    close([c.estimate for c in both], kept["coefficients"])
    close([c.se for c in both], kept["se"])
    close([c.interval for c in both], np.column_stack([kept["low"], kept["high"]]))
    close([c.p for c in both], kept["p"])
    for value in ("qm", "qm_p", "qe", "qe_p"):
        close(getattr(found, value), kept[value])
    tau2_close(found.tau2, kept["tau2"], name)
    close(found.r2, kept["r2"], 100 * NEAR_ZERO)


@having("subgroups")
def test_subgroups_as_metafor_does(name, i):
    effects, fit, how = fitted(name, i)
    kept, found = fit["subgroups"], subgroups(effects, CASES[name]["group"], *how)
    assert list(found.labels) == kept["labels"] and found.notes == ()
    close([group.estimate for group in found.pooled], kept["estimates"])
    tau2_close([group.tau2 or 0 for group in found.pooled], kept["tau2"], name)
    chi, (between, within) = how[1] == "Wald", kept["df"]
    assert found.difference.df == (between, None if chi else within)
    close((found.difference.f * (between if chi else 1), found.difference.p), (kept["qm"], kept["p"]))
    tau2_close(found.difference.tau2, kept["common_tau2"], name)


@having("robust")
def test_cluster_robust_as_clubsandwich_does(name, i):
    effects, fit, how = fitted(name, i)
    kept, found = fit["robust"], robust(effects, how[0])
    close((found.se, found.df, found.p), (kept["se"], kept["df"], kept["p"]))


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "bayes" in case])
def test_bayesian_fit_as_r_integrates_it(name):
    """R integrates likelihood times prior over τ and over the average, which is never taken to be normal given τ."""
    kept = CASES[name]["bayes"]
    found = bayesian(effects_of(name), kept["scale"])
    integrated = 1e-7  # of one adaptive quadrature inside another
    np.testing.assert_allclose(
        [found.estimate, *found.interval], [kept["estimate"], *kept["interval"]], rtol=integrated
    )
    np.testing.assert_allclose(found.above, kept["above"], atol=integrated)


def test_a_bayesian_fit_keeps_its_sense_at_both_ends_of_the_prior():
    """With next to no spread allowed it is the common effect; its prediction is then the average's own interval."""
    effects = effects_of("four_apart")
    tight, common = bayesian(effects, 1e-5), pool(effects, "FE", "Wald")
    np.testing.assert_allclose([tight.estimate, *tight.interval], [common.estimate, *common.interval], atol=1e-6)
    np.testing.assert_allclose(tight.prediction, tight.interval, atol=1e-5)
    wide = bayesian(effects, 0.5)
    assert wide.prediction[0] < wide.interval[0] < wide.estimate < wide.interval[1] < wide.prediction[1]
    turned = bayesian([replace(one, value=-one.value) for one in effects])
    close((turned.estimate, turned.above), (-wide.estimate, 1 - wide.above))
    assert (chance_of(wide, "higher"), chance_of(wide, "lower")) == (wide.above, 1 - wide.above)


def test_a_bayesian_fit_is_for_few_studies_of_effects_without_a_unit():
    assert [suits(k, "hedges_g") for k in (1, 2, 5, 6)] == [False, True, True, False]
    assert not suits(3, "mean_difference") and not suits(3, "risk_difference")


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "egger" in case])
def test_egger_as_metafor_does(name):
    kept, found = CASES[name]["egger"], egger(effects_of(name))
    close((found.t, found.df, found.p, found.asymmetry), (kept["t"], kept["df"], kept["p"], kept["bias"]))
    close((found.limit, *found.limit_interval), (kept["limit"], *kept["limit_interval"]))
    close(found.asymmetry / found.asymmetry_se, kept["t"])


# -- what holds whatever the numbers -------------------------------------------------------------------------------

every_way = pytest.mark.parametrize("tau2", ESTIMATORS)


@every_way
@pytest.mark.parametrize("name", ["bcg", "hine1989", "two_apart"])
def test_the_order_of_studies_changes_nothing(name, tau2):
    effects = effects_of(name)
    one, other = pool(effects, tau2), pool(effects[::-1], tau2)
    close((one.estimate, *one.interval, one.p, one.q), (other.estimate, *other.interval, other.p, other.q))
    close(one.weights, other.weights[::-1])


@every_way
@pytest.mark.parametrize("by", [1e-6, 1e6])
@pytest.mark.parametrize("name", ["bcg", "four_apart"])
def test_another_unit_scales_everything(name, tau2, by):
    """τ² = 0.3 in one unit is 3e-13 in another: no search may stop at an absolute size, as metafor's does."""
    values, variances = np.array(CASES[name]["yi"]), np.array(CASES[name]["vi"])
    one, other = pool(made_of(values, variances), tau2), pool(made_of(values * by, variances * by**2), tau2)
    close(np.array((one.estimate, one.se, *one.interval)) * by, (other.estimate, other.se, *other.interval))
    close((one.p, one.i2, one.q_p), (other.p, other.i2, other.q_p))
    if tau2 != "FE":
        close(np.array((one.tau2, *one.tau2_interval)) * by**2, (other.tau2, *other.tau2_interval))


@every_way
def test_a_shift_of_all_effects_moves_the_estimate_alone(tau2):
    values, variances = np.array(CASES["bcg"]["yi"]), CASES["bcg"]["vi"]
    one, other = pool(made_of(values, variances), tau2), pool(made_of(values + 1000, variances), tau2)
    close(np.array((one.estimate, *one.interval)) + 1000, (other.estimate, *other.interval))
    close((one.se, one.q, one.i2), (other.se, other.q, other.i2))


def test_baujat_of_a_common_effect_shares_q_out():
    effects = effects_of("bcg")
    close(sum(point.contribution for point in baujat(effects, "FE", "Wald")), pool(effects, "FE", "Wald").q)


def test_confidence_and_p_belong_together():
    """An interval at confidence 1 − p ends at no effect; that of τ² begins above 0 as soon as Q is significant."""
    effects = effects_of("raudenbush1985")
    for interval in INTERVALS:
        p = pool(effects, interval=interval).p
        assert min(map(abs, pool(effects, interval=interval, confidence=1 - p).interval)) < 1e-12
    q_p = pool(effects).q_p
    assert pool(effects, confidence=1 - 2 * q_p * 0.99).tau2_interval[0] == 0
    assert pool(effects, confidence=1 - 2 * q_p * 1.01).tau2_interval[0] > 0


def restricted_likelihood(y, v, tau2: np.ndarray) -> np.ndarray:
    """Of the random-effects model, by its definition, at each τ²; up to a constant."""
    w = 1 / (v[:, None] + tau2)
    mean = (w * y[:, None]).sum(0) / w.sum(0)
    return 0.5 * (np.log(w).sum(0) - np.log(w.sum(0)) - (w * (y[:, None] - mean) ** 2).sum(0))


def test_reml_is_the_likeliest_tau2():
    """Small, wild sets, where the likelihood may have two hills and Fisher's scoring alone may circle."""
    rng = np.random.default_rng(7)
    grid = np.concatenate([[0], np.geomspace(1e-6, 1e4, 200)])
    for _ in range(400):
        k = rng.integers(2, 8)
        v = np.exp(rng.normal(0, rng.choice([0.3, 1, 2]), k))
        y = rng.standard_t(2, k) * rng.choice([0.5, 1, 5])
        found = pool(made_of(y, v)).tau2
        assert restricted_likelihood(y, v, np.array([found]))[0] >= restricted_likelihood(y, v, grid).max() - 1e-9


def test_reml_settles_where_fisher_s_scoring_circles():
    """Seven studies on which plain scoring jumps between 0 and 0.67 and needs over a thousand steps."""
    y = np.array([0.1712491, 1.01927458, 0.05221157, -0.49697897, -0.10268162, 0.46537012, -1.10844477])
    v = np.array([1.60790495, 0.16562758, 0.98321926, 1.73464909, 0.80427666, 3.11301362, 0.8420352])
    found = pool(made_of(y, v)).tau2
    near = restricted_likelihood(y, v, np.array([found * 0.999, found, found * 1.001]))
    assert found > 0 and near.argmax() == 1


@every_way
def test_variances_of_very_unlike_size_settle(tau2):
    pooled = pool(made_of([0.0, 1.0, 2.0, 5.0], [1e-10, 1.0, 1e6, 1e-3]), tau2, "Wald")
    assert np.isfinite([pooled.estimate, pooled.se, pooled.i2, *pooled.weights]).all()
    close(sum(pooled.weights), 100)


# -- few studies ---------------------------------------------------------------------------------------------------


def keys(found) -> list[str]:
    return [note.key for note in found.notes]


@pytest.mark.parametrize("tau2", ESTIMATORS)
def test_one_study_is_handed_back(tau2):
    only = pool(made_of([0.5], [0.04]), tau2)
    assert (only.estimate, only.se, only.weights, only.k, only.interval_method) == (0.5, 0.2, (100.0,), 1, "Wald")
    assert only.tau2 is only.q is only.q_p is only.i2 is only.prediction is only.tau2_interval is None
    close(only.interval, (0.5 - 0.2 * 1.959963984540054, 0.5 + 0.2 * 1.959963984540054))
    assert keys(only) == ["one-study"]


def test_notes_for_few_studies():
    two, four = effects_of("two_apart"), effects_of("four_apart")
    assert keys(pool(two)) == ["hksj-one-df", "prediction-of-two", "few-for-tau2"]
    assert keys(pool(two, interval="Wald")) == ["prediction-of-two", "few-for-tau2"]
    assert keys(pool(four)) == ["few-for-tau2"] and keys(pool(effects_of("bcg")[:5], "FE", "Wald")) == []
    assert keys(pool(four, "FE")) == ["hksj-common-effect"]
    assert keys(egger(effects_of("bcg")[:9])) == ["few-for-asymmetry"] and keys(egger(effects_of("bcg")[:10])) == []
    assert keys(regression(effects_of("bcg")[:9], range(9))) == ["few-for-regression"]


def test_effects_that_are_all_alike():
    alike = made_of([0.3] * 6, [0.1, 0.2, 0.3, 0.1, 0.2, 0.3])
    plain, safe, wald = (pool(alike, interval=interval) for interval in INTERVALS)
    assert plain.interval == (plain.estimate, plain.estimate) and plain.p == 0 and keys(plain) == ["effects-alike"]
    assert plain.q == plain.tau2 == 0 and safe.se == wald.se > 0 and keys(safe) == []
    assert safe.interval[0] < wald.interval[0]
    assert pool(made_of([0.0] * 6, [0.1] * 6)).p == 1
    nobody_moves = baujat(alike)
    assert [point.influence for point in nobody_moves] == [0] * 6


def test_narrower_than_wald_is_said_and_safeguarded():
    close_together = made_of([0.10, 0.11, 0.12, 0.10, 0.11, 0.12], [0.1] * 6)
    plain, safe, wald = (pool(close_together, interval=interval) for interval in INTERVALS)
    assert plain.interval[1] < wald.interval[1] < safe.interval[1]
    assert keys(plain) == ["hksj-narrower"] and keys(safe) == []


def test_groups_of_one_study_each_cannot_be_tested():
    found = subgroups(made_of([0.3, 0.1], [0.1] * 2), ["a", "b"])
    assert found.difference is None and keys(found) == ["groups-of-one"]


def test_groups_of_studies_that_are_all_alike_differ_for_sure_or_not_at_all():
    alike = [0.1] * 4
    for values, p in (([0.3, 0.3, 0.5, 0.5], 0), ([0.3] * 4, 1)):
        found = subgroups(made_of(values, alike), ["a", "a", "b", "b"])
        assert found.difference.p == p


def test_what_has_no_label_or_covariate_is_left_out_and_counted():
    effects, labels = effects_of("bcg"), ["a", None, *["b"] * 5, *["a"] * 6]
    found = subgroups(effects, labels)
    assert [group.k for group in found.pooled] == [7, 5] and found.notes[0].values == {"count": 1}
    along = regression(effects, [None, float("nan"), *range(11)])
    assert along.k == 11 and along.notes[0].values == {"count": 2}
    assert along == regression(effects, [None, float("nan"), *range(11)])
    close(along.slope.estimate, regression(effects[2:], range(11)).slope.estimate)


# -- evidence, refusals, plots -------------------------------------------------------------------------------------


def test_the_whole_is_as_weak_as_its_weakest_part():
    effects = [made_of([0.1 * i], [0.1], status)[0] for i, status in enumerate(STRONGEST_FIRST)]
    for k, status in enumerate(STRONGEST_FIRST, 1):
        assert pool(effects[:k]).status == pool(effects[:k][::-1]).status == status


GOOD = made_of([0.1, 0.2, 0.4], [0.1, 0.2, 0.1])
REFUSED = {
    "no-effects": lambda: pool([]),
    "different-kinds": lambda: pool([*GOOD, *made_of([1], [1], kind="mean_difference")]),
    "effect-not-finite": lambda: pool([*GOOD, *made_of([np.inf], [1])]),
    "no-variance": lambda: pool([*GOOD, Effect(0.1, None, None, GOOD[0].kind, "assumed", "", source="Depok 2021")]),
    "impossible-variance": lambda: pool([*GOOD, *made_of([1], [0])]),
    "unknown-tau2": lambda: pool(GOOD, "MLE"),
    "unknown-interval": lambda: pool(GOOD, interval="t"),
    "too-few-studies": lambda: egger(GOOD[:2]),
    "ses-alike": lambda: egger(made_of([1, 2, 3], [0.3] * 3)),
    "one-per-effect": lambda: subgroups(GOOD, ["a", "b"]),
    "too-few-groups": lambda: subgroups(GOOD, ["a", "a", None]),
    "no-order": lambda: cumulative(GOOD, [2019, None, 2020]),
    "no-prior-for-kind": lambda: bayesian(made_of([1, 2], [1, 1], kind="mean_difference")),
    "covariate-alike": lambda: regression(GOOD, [4, 4, 4]),
}


@pytest.mark.parametrize("key", REFUSED)
def test_refusals_are_said_in_full(key):
    with pytest.raises(NotApplicable) as caught:
        REFUSED[key]()
    assert caught.value.note.key == key
    for language in LANGUAGES:
        said = say_in(language).note(caught.value.note, "reason")
        assert "{" not in said and "reason." not in said


@pytest.mark.parametrize("variance", [-1.0, 0.0, float("nan"), float("inf")])
def test_an_impossible_variance_is_named(variance):
    with pytest.raises(NotApplicable) as caught:
        leave_one_out([*GOOD, *made_of([1], [variance])])
    assert caught.value.note.values["which"] == "#4"


def test_a_study_without_variance_is_named():
    with pytest.raises(NotApplicable, match="Depok 2021"):
        REFUSED["no-variance"]()


@pytest.mark.parametrize("refused", [lambda: leave_one_out(GOOD[:1]), lambda: regression(GOOD, [1, 2, None])])
def test_too_few_studies_are_refused(refused):
    with pytest.raises(NotApplicable, match="too-few-studies"):
        refused()


def test_a_search_that_does_not_settle_says_so(monkeypatch):
    monkeypatch.setattr("analysis.evidence.pooling.tau2.MOST_STEPS", 2)
    for method in ("REML", "PM"):
        with pytest.raises(NotApplicable, match="tau2-not-settled"):
            pool(effects_of("bcg"), method)


def test_the_lines_of_a_funnel():
    """A study on the contour of 95% has p = 0.05, and one on the pseudo interval differs so much from the pooled."""
    effects = effects_of("bcg")
    found = funnel(effects, pool(effects))
    assert found.points == tuple((e.value, pytest.approx(e.variance**0.5)) for e in effects)
    assert found.ses[0] == 0 and found.ses[-1] == max(se for _, se in found.points)
    assert [contour.level for contour in found.contours] == [0.90, 0.95, 0.99]
    for contour in found.contours:
        ends = [pool(made_of([side[-1]], [found.ses[-1] ** 2])).p for side in (contour.low, contour.high)]
        close(ends, [1 - contour.level] * 2)
    assert found.pseudo.low[0] == found.pseudo.high[0] == found.centre == pool(effects).estimate
    close(np.array(found.pseudo.high) - found.centre, found.contours[1].high)


def test_a_funnel_wants_the_effects_that_were_pooled():
    with pytest.raises(NotApplicable, match="one-per-effect"):
        funnel(GOOD, pool(GOOD[:2]))


def test_hundreds_of_studies_take_no_time():
    rng = np.random.default_rng(1)
    variances = np.exp(rng.normal(-2, 1, 300))
    many = made_of(rng.normal(0.3, np.sqrt(variances + 0.05)), variances)
    assert seconds(lambda: pool(many), 5) < 0.010
    assert seconds(lambda: leave_one_out(many), 5) < 0.300
