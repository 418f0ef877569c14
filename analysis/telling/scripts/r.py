"""The same result in R alone: the data as vectors, one recipe per test, the same lines printed.

A recipe (`recipes/<method>.R`, then `recipes/<method>-<variant>.R` where forms of a test differ) finds the
samples and options under the names that the method's own arguments have, and leaves `estimate`, `interval`,
`effect`, `statistic` and `p`, each where the test has one; the comment behind `estimate` and `effect` holds the
name that our outcome gives them. A helper is copied in where its name is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import numpy as np

from analysis.asking import SUMMARY_DESIGNS, Question, variant_id
from analysis.methods import METHODS
from analysis.results import NotApplicable
from analysis.telling.scripts.common import (
    LINES,
    MEANINGS,
    all_options,
    assumed_n,
    comment,
    heading,
    outcome_of,
    samples_of,
    script_name,
)

RECIPES = Path(__file__).parent / "recipes"
IN_R = tuple(name for name in LINES if name != "effect_interval")
WRAP = 12  # numbers in a line
DRAWS = ("resamples", "drawn-p", "drawn-limits")  # notes of what rests on random draws
PRINT = """show <- function(name, x) {
  x <- sprintf("%.15g", as.numeric(x))
  cat(name, "=", if (length(x) > 1) paste0("(", paste(x, collapse = ", "), ")") else x, "\\n")
}"""


def r_script(question: Question, method_id: str, chosen: int = 0, **options: object) -> str:
    """The R that repeats one attempt, with nothing of ours; arguments as in `attempts.attempt`.

    Its lines are those of `python_script` but for `effect_interval`. Where a test draws at random, R draws its own
    samples and the script says so.

    Raises:
        NotApplicable: the method can't be run on the question (with the reason), or has no recipe in R.
    """
    outcome = outcome_of(question, method_id, chosen, options)
    known = all_options(question, method_id, options)
    recipe = recipe_of(method_id, known)
    drawn = any(note.key in DRAWS for note in outcome.notes)
    head = heading(question, method_id, chosen, outcome)
    head += comment("R draws its own random samples: what rests on draws agrees roughly only.") if drawn else []
    lines = [
        *head,
        f"# Run it: Rscript {script_name(question, method_id, 'R')}",
        *_packages(recipe),
        "",
        *_data(question, method_id, chosen, known),
        *_constants(known, recipe),
        "",
        *_helpers(recipe),
        recipe,
        PRINT,
        *(f'show("{name}", {name})' for name in IN_R if getattr(outcome, name) is not None),
    ]
    return "\n".join(lines) + "\n"


def recipe_of(method_id: str, options: Mapping[str, object]) -> str:
    """The R of a test, its samples and options given.

    Raises:
        NotApplicable: there is none.
    """
    names = (method_id, variant_id(method_id, options), f"{method_id}-{options.get('statistic', '')}")
    found = [text for name in dict.fromkeys(names) if (text := _texts().get(name)) is not None]
    if not found:
        raise NotApplicable("no-r-script", method=method_id)
    return "\n".join(found)


@cache
def _texts(folder: str = ".") -> dict[str, str]:
    """The R of a folder by the names of its files."""
    return {path.stem: path.read_text(encoding="utf-8").rstrip() for path in sorted((RECIPES / folder).glob("*.R"))}


def _helpers(recipe: str) -> list[str]:
    """The helpers whose names the recipe calls."""
    return [text for name, text in _texts("helpers").items() if re.search(rf"\b{name}\b", _without_comments(recipe))]


def _without_comments(recipe: str) -> str:
    """Comments name effects, some of which helpers are named after too."""
    return re.sub(r"#.*", "", recipe)


def _packages(recipe: str) -> list[str]:
    """A check that stops with a plain message, for each package that the recipe calls."""
    found = dict.fromkeys(re.findall(r"\b([A-Za-z][\w.]*)::", _without_comments(recipe)))
    return [
        f'if (!requireNamespace("{name}", quietly = TRUE)) stop("needs the package {name}: '
        f"install.packages('{name}')\")"
        for name in found
    ]


def _data(question: Question, method_id: str, chosen: int, options: Mapping[str, object]) -> list[str]:
    """The samples as R vectors, and what a recipe makes of them."""
    samples, design = samples_of(question, method_id, chosen), METHODS[method_id].design
    lines = [f"# {MEANINGS['n']}"] if assumed_n(question) else []
    lines += ["# mean, SD and number of mothers"] if design in SUMMARY_DESIGNS else []
    lines += [f"{name} <- {_vector(sample)}" for name, sample in samples.items()]
    if design == "many-groups":
        lines.append(f"groups <- list({', '.join(samples)})")
    if "r" in options:
        lines += [f"r <- {_value(options['r'])} # {MEANINGS['r']}", _texts("helpers")["change_of"]]
        lines.append("change <- change_of(before, after, r)")
    return lines


def _constants(options: Mapping[str, object], recipe: str) -> Iterable[str]:
    for name, value in options.items():
        if name != "r" and re.search(rf"\b{name}\b", recipe):
            yield f"{name} <- {_value(value)}" + (f" # {MEANINGS[name]}" if name in MEANINGS else "")


def _value(value: object) -> str:
    """An option as R writes it; texts among options are names that `analysis` itself knows."""
    if isinstance(value, bool):
        return str(value).upper()
    return f'"{value}"' if value in ("mean", "median", "gg", "none") else _number(float(str(value)))


def _vector(sample: np.ndarray) -> str:
    """A vector, or a matrix of one column per timepoint."""
    if sample.ndim == 2:
        return "cbind(" + ",\n  ".join(_vector(column) for column in sample.T) + ")"
    numbers = [_number(value) for value in sample]
    rows = [", ".join(numbers[start : start + WRAP]) for start in range(0, len(numbers), WRAP)]
    return "c(" + ",\n  ".join(rows) + ")"


def _number(value: float) -> str:
    """A float with every digit it needs; whole ones without a point."""
    if np.isnan(value):
        return "NA"
    return str(int(value)) if value == int(value) and abs(value) < WHOLE else repr(float(value))


WHOLE = 1e15  # beyond, digits of a whole number would be made up
