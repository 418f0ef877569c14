"""What a choice may cost, in counts that don't depend on the machine: bytes, elements, what is drawn again."""

from __future__ import annotations

import statistics

import pytest

from tests.bench import KILOBYTES, SCREENS
from tests.readers import around, reruns

CHOICES = 60
ELEMENTS = 50  # that a choice draws again, on average


@pytest.mark.parametrize("screen", SCREENS)
def test_a_choice_stays_within_its_budget(address, screen):
    found = reruns(address, screen, CHOICES, seed=2)
    assert not any(one.elements["exception"] for one in found)
    assert statistics.mean(one.bytes for one in found) <= 1024 * KILOBYTES
    assert statistics.mean(one.elements.total() for one in found) <= ELEMENTS


@pytest.mark.parametrize("screen", SCREENS)
def test_only_another_language_draws_title_and_menu_again(address, screen):
    (only,) = around(address, screen)
    assert "choice-lang" in only
