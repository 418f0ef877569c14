"""What a test was given, looked at before it starts: samples of the right number and shape, options that it has.

Everything is derived from the registry entry: its design says what the samples are, its signature which options.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from numbers import Integral, Real
from typing import Any, Literal, get_args, get_origin, get_type_hints

import numpy as np

from analysis.methods.method import Method
from analysis.results import NotApplicable

DIMENSIONS: Mapping[str, int] = {"repeated": 2, "groups-before-after": 2}  # of each sample; else a list
SUMMARY = 3  # mean, SD, n
LEAST, MOST = 1e-100, 1e100  # sizes of numbers whose squares are numbers still


def look(method: Method, samples: tuple[Any, ...], options: Mapping[str, Any]) -> None:
    """Refuse what a test can't start with.

    Raises:
        NotApplicable: too few or too many samples; one of another shape, with text or with numbers of no ordinary size
            in it; an option that the test doesn't have or whose value isn't of its kind.
    """
    least, most = _how_many(method)
    if not least <= len(samples) <= most:
        raise NotApplicable("wants-samples", wanted=(f"samples-{method.design}",), given=len(samples))
    for place, sample in enumerate(samples):
        if sample is not None or place != 1 or method.design != "paired-summary":  # no second one: that of the change
            _look_at_sample(method, sample, alone=len(samples) == 1)
    known = _options(method.run)
    for name, value in options.items():
        if name not in known:
            raise NotApplicable("unknown-option", option=str(name), known=", ".join(known))
        if not _is_of(known[name], value) or (name == "confidence" and not 0 < value < 1):
            raise NotApplicable("wrong-option", option=name, value=str(value))


def _how_many(method: Method) -> tuple[int, float]:
    names = inspect.signature(method.run).parameters.values()
    if any(name.kind is name.VAR_POSITIONAL for name in names):
        return 1, math.inf
    positional = [name for name in names if name.kind is name.POSITIONAL_OR_KEYWORD]
    return sum(name.default is name.empty for name in positional), len(positional)


def _look_at_sample(method: Method, sample: Any, *, alone: bool) -> None:
    wanted = (f"samples-{method.design}",)
    try:
        values = np.asarray(sample, dtype=float)
    except (TypeError, ValueError, OverflowError) as error:
        raise NotApplicable("wants-numbers", wanted=wanted) from error
    sizes = np.abs(values[np.isfinite(values) & (values != 0)])
    if sizes.size and not LEAST <= sizes.min() <= sizes.max() <= MOST:
        raise NotApplicable("beyond-numbers", least=f"{LEAST:g}", most=f"{MOST:g}")
    if method.design.endswith("-summary"):
        if values.shape != (SUMMARY,):
            raise NotApplicable("wants-shape", wanted=wanted)
    elif values.ndim != DIMENSIONS.get(method.design, 1) and not (alone and values.ndim == 2 and _takes_table(method)):
        raise NotApplicable("wants-shape", wanted=wanted)


def _takes_table(method: Method) -> bool:
    """A test of counts may be given them as a table."""
    return method.design == "groups" and _how_many(method)[1] == math.inf


@lru_cache(maxsize=128)
def _options(run: Callable[..., Any]) -> Mapping[str, Any]:
    """The kind of each option."""
    hints = get_type_hints(run)
    names = inspect.signature(run).parameters.values()
    return {name.name: hints.get(name.name, Any) for name in names if name.kind is name.KEYWORD_ONLY}


def _is_of(kind: Any, value: Any) -> bool:
    if kind is Any:
        return True
    if get_origin(kind) is Literal:
        return isinstance(value, str) and value in get_args(kind)
    if kinds := get_args(kind):
        return any(_is_of(one, value) for one in kinds)
    if kind is type(None):
        return value is None
    if kind is bool:
        return isinstance(value, bool | np.bool_)
    if isinstance(value, bool | np.bool_):
        return False
    return isinstance(value, Integral) if kind is int else isinstance(value, Real)
