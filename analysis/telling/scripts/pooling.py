"""A pooled result as a script to take away: R with metafor, or Python that calls `analysis`.

Both print the lines `estimate`, `interval`, `tau2`, `i2` and `prediction`, on the effects' own scale (a log
for ratios), and for ratios `ratio` and `ratio_interval`, as the screen writes them.
"""

from __future__ import annotations

from analysis.evidence import Line
from analysis.results import Pooled
from analysis.telling.effects import is_ratio
from analysis.telling.scripts.common import NEEDS, comment
from analysis.telling.scripts.r import PRINT

TESTS = {"HKSJ": "knha", "HKSJ-safeguarded": "adhoc", "Wald": "z"}
RATIO_IN_R = ('show("ratio", exp(fit$beta))', 'show("ratio_interval", exp(c(fit$ci.lb, fit$ci.ub)))')
RATIO_IN_PYTHON = (
    "",
    "from math import exp",
    "",
    'print("ratio", "=", exp(found.estimate))',
    'print("ratio_interval", "=", tuple(map(exp, found.interval)))',
)
IN_METAFOR = {"REML": "REML", "DL": "DL", "PM": "PM", "FE": "FE"}


def pooling_r(line: Line) -> str:
    """The pooled result in R: the effects as vectors, one fit by metafor; blank where nothing is pooled."""
    pooled = line.kept
    if pooled is None:
        return ""
    lines = [
        *_heading(line, pooled),
        "library(metafor)",
        f"yi <- c({_numbers(line, 'value')})",
        f"vi <- c({_numbers(line, 'variance')})",
        f'fit <- rma(yi, vi, method = "{IN_METAFOR[pooled.tau2_method]}", test = "{TESTS[pooled.interval_method]}",',
        f"           level = {100 * pooled.confidence:g})",
        'reach <- predict(fit, pi.type = "riley")',
        PRINT,
        'show("estimate", fit$beta)',
        'show("interval", c(fit$ci.lb, fit$ci.ub))',
        *RATIO_IN_R * is_ratio(pooled.kind),
        'show("tau2", fit$tau2)',
        'show("i2", fit$I2)',
        'if (fit$method != "FE" && fit$k > 2) show("prediction", c(reach$pi.lb, reach$pi.ub))',
    ]
    return "\n".join(lines) + "\n"


def pooling_python(line: Line) -> str:
    """The pooled result in Python, by `analysis.pool`; blank where nothing is pooled."""
    pooled = line.kept
    if pooled is None:
        return ""
    values, variances = (_numbers(line, name) for name in ("value", "variance"))
    lines = [
        *_heading(line, pooled),
        *comment(NEEDS),
        "from analysis import Effect, pool",
        "",
        f"values = [{values}]",
        f"variances = [{variances}]",
        f'effects = [Effect(y, v, None, "{pooled.kind}", "{pooled.status}", "") for y, v in zip(values, variances)]',
        f'found = pool(effects, tau2="{pooled.tau2_method}", interval="{pooled.interval_method}", '
        f"confidence={pooled.confidence:g})",
        'for name in ("estimate", "interval", "tau2", "i2", "prediction"):',
        '    print(name, "=", getattr(found, name))',
        *RATIO_IN_PYTHON * is_ratio(pooled.kind),
    ]
    return "\n".join(lines) + "\n"


def _heading(line: Line, pooled: Pooled) -> list[str]:
    """What is pooled, study by study, as comments of one line each."""
    lines = comment(f"{pooled.kind}, {pooled.k} effects ({pooled.status}), {pooled.tau2_method}")
    if len(line.treatments) > 1:
        lines += comment(f"average over {len(line.treatments)} different interventions: {', '.join(line.treatments)}")
    for place, entry in enumerate(line.kept_entries, start=1):
        contrast = entry.contrast
        lines += comment(f"{place}: {contrast.study.card.get('citation', contrast.study.id)} [{contrast.id}]")
        if contrast.joined and entry.effect:
            lines += comment(f"   {len(contrast.comparisons)} comparisons of one trial as one: {entry.effect.source}")
    return lines


def _numbers(line: Line, name: str) -> str:
    return ", ".join(f"{getattr(effect, name):.17g}" for effect in line.kept_effects)
