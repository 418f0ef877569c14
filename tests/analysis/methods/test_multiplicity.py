"""Holm's adjustment against R's p.adjust(…, "holm") (R 4), whose values stand here."""

from __future__ import annotations

import pytest

from analysis.methods import holm


@pytest.mark.parametrize(
    ("ps", "adjusted"),
    [
        ((0.01, 0.04, 0.03, 0.005), (0.03, 0.06, 0.06, 0.02)),
        ((0.2, 0.2, 0.9, 0.001, 0.6), (0.8, 0.8, 1, 0.005, 1)),
        ((0.03,), (0.03,)),
        ((), ()),
    ],
)
def test_agrees_with_r(ps, adjusted):
    assert holm(ps) == pytest.approx(adjusted, rel=1e-12)


def test_order_doesnt_matter_and_nothing_gets_smaller():
    ps = (0.04, 0.01, 0.5, 0.02)
    assert sorted(holm(ps)) == pytest.approx(sorted(holm(sorted(ps))))
    assert all(after >= before for before, after in zip(ps, holm(ps), strict=True))
