"""What numbers can be checked of, by its id in the link; the first stands open."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from analysis.words import Say
from pages.ui.check.calculator import calculator
from pages.ui.check.group_calculator import group_calculator
from pages.ui.check.pairs_calculator import pairs_calculator
from pages.ui.check.paste import paste
from pages.ui.shared import ledger
from pages.ui.shared.frame import Frame

VIEWS: Mapping[str, Callable[[Frame, Say], None]] = {
    "study": ledger.screen,
    "typed": lambda _, say: calculator(say),
    "pairs": lambda _, say: pairs_calculator(say),
    "groups": lambda _, say: group_calculator(say),
    "paste": lambda _, say: paste(say),
}
