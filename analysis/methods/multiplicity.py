"""Several tests read together: p adjusted so that the chance of any false alarm stays at its level."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def holm(ps: Sequence[float] | np.ndarray) -> tuple[float, ...]:
    """Holm's step-down adjustment (Holm 1979), in the order given.

    Our own: statsmodels' multipletests calls for a full garbage collection each time (80 ms and more).
    """
    given = np.asarray(ps, float)
    order = np.argsort(given, kind="stable")
    stepped = np.maximum.accumulate(given[order] * np.arange(len(given), 0, -1))
    adjusted = np.empty(len(given))
    adjusted[order] = np.minimum(stepped, 1)
    return tuple(adjusted.tolist())
