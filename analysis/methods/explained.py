"""Shares of variance that stand beside an F test: ω² and generalised η²."""

from __future__ import annotations

from typing import Any

from analysis.methods.method import derived
from analysis.results import Effect


def omega_squared(f: float, df: float, people: int) -> Effect:
    """Share of variance with η²'s upward bias taken out, never below 0; partial, where F is adjusted.

    Args:
        f, df: F and the degrees of freedom of its numerator.
        people: number of people in all groups together.
    """
    value = max(0.0, (f - 1) * df / ((f - 1) * df + people))
    formula = "max(0, (F − 1)·df / ((F − 1)·df + n))"
    return derived("omega_squared", value, None, formula, "Hays 1963; Olejnik & Algina 2003")


def generalised_eta_squared(share: float) -> Effect:
    """η² over all variance between people, so that designs with and without repeated measures compare."""
    formula = "SS_effect / (SS_effect + all SS of people and error)"
    source = "Olejnik & Algina 2003; Bakeman 2005, doi:10.3758/BF03192707"
    return derived("generalised_eta_squared", share, None, formula, source)


def generalised_of_group(model: Any) -> Effect:
    """Generalised η² of the group in an analysis of covariance (statsmodels' fit of 1, before, group).

    Scores before were measured, so their variance counts (sums of squares type II).
    """
    before, in_group = (float(t**2 * model.mse_resid) for t in model.tvalues[1:])
    return generalised_eta_squared(in_group / (in_group + before + model.ssr))
