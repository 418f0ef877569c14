"""What one test may cost: 2 seconds and half a gigabyte, on a machine that answers many readers at once.

What would take more is refused before it starts, by counting what it would go through; the counts leave
half of both free for a busy machine. Costs per step stand beside the step, in seconds on two slow cores.
"""

from __future__ import annotations

SECONDS = 1.0
LARGEST_TABLE = 2e7  # numbers held at once: 160 MB
BLOCK = 2_000_000  # numbers of a working copy that is made block by block: 16 MB
MOST_PEOPLE = 10_000  # per group: many times the largest study here, and what every test is measured up to
MOST_COLUMNS = 20  # groups, or timepoints: 190 comparisons of two


def most(cost: float) -> int:
    """How many steps of so many seconds the budget pays for."""
    return int(SECONDS / cost)


def over(steps: float, cost: float) -> bool:
    """Whether so many steps, of so many seconds each, cost more than the budget."""
    return steps > most(cost)
