"""Several tests read together: p adjusted so that the chance of any false alarm stays at its level."""

from __future__ import annotations

from collections.abc import Sequence


def holm(ps: Sequence[float]) -> tuple[float, ...]:
    """Holm's step-down adjustment (Holm 1979), in the order given."""
    if not ps:
        return ()
    from statsmodels.stats.multitest import multipletests

    return tuple(float(p) for p in multipletests(list(ps), method="holm")[1])
