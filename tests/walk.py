"""A reader without a plan: opens screens at random, then clicks, types and chooses among everything that stands there.

    python -m tests.walk [--seed N] [--seconds S] [--steps N]

A seed takes the same steps each time, on the same library. A walk is one visit: a screen opened by a random link, in a
random language, then some steps on it. Whatever fails prints the steps that led there, to be followed by hand, and the
exit code is 1. A failure is a traceback on the screen, a panel that the guard had to replace, or a step that takes
longer than `LONGEST`.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from streamlit.proto.Common_pb2 import StringArray
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.common import user_key_from_element_id
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element, Widget

from analysis import load_studies
from analysis.uploads import SHAPES, example
from analysis.words import LANGUAGES
from pages.ui.shared import own
from pages.ui.shared.frame import PAGES
from pages.ui.shared.guard import LOG
from tests.server import ROOT

VISIT = 15  # steps on one visit
LONGEST = 15.0  # seconds for one step, on a loaded machine; a reader waits for two
TYPED = (
    *("", " ", "0", "1", "2", "3", "17", "40", "3.41", "3,41", "0.618", "4.97", "-1", "−1", "1e9", "1e-9", "1e99"),
    *("999999", "1.000.000", "nan", "inf", "½", "１２", "words", "n = 17", "<0.05", ",035", ".", "-", "5 10 2"),
    *("*bold* :red[x]", "<b>x</b>", "$x^2$", "[a](http://b)", "💧", "שלום", "a" * 400, "'; --", "{0}", "%s", "\\"),
)  # fmt: skip
WITH_OWN = 0.25  # share of visits that bring a study of their own
TABLES = tuple(example(shape, language).decode("utf-8-sig") for shape in SHAPES for language in LANGUAGES)
PASTED = (
    *TABLES,
    "",
    "Ranks\tN\tMean Rank",
    "Z\t-2,111",
    "t\tdf\tSig.\n-4,098\t16\t,001",
    "\t\t\n\t",
    "x\n" * 60,
    *TYPED,
)
PLAIN = ("button", "download_button")
SWITCHES = ("toggle", "checkbox")
LISTS = ("selectbox", "radio")
MANY = ("multiselect",)
WRITTEN = ("text_input", "text_area")
NUMBERS = ("number_input", "slider")
WALKED = (*PLAIN, *SWITCHES, *LISTS, *MANY, *WRITTEN, *NUMBERS, "button_group")


class Failed(Exception):
    """What a reader would have seen, or the reason why a step counts as failed."""


class Guarded(logging.Handler):
    """Remembers what the guard of the screens had to catch."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.caught: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.caught.append(logging.Formatter().format(record))


def folded_parts(app: AppTest) -> list[str]:
    """Names of what is drawn when it is unfolded, or its menu opened, and isn't now."""
    folded = [block.proto.id for block in app.expander if not block.proto.expanded]
    folded += [block.proto.popover.id for block in app.get("popover") if not block.proto.popover.open]
    return [user_key_from_element_id(name) for name in folded if name]


def open_menus(app: AppTest) -> list[str]:
    """Names of the menus whose content is drawn since they are open."""
    menus = [block.proto.popover for block in app.get("popover")]
    return [user_key_from_element_id(menu.id) for menu in menus if menu.id and menu.open]


@dataclass
class Walk:
    """One visit: the app as it stands, and every step so far in words a person can follow."""

    chance: random.Random
    studies: list[str]
    guarded: Guarded
    steps: list[str] = field(default_factory=list)
    app: AppTest | None = None

    def open(self) -> None:
        """A screen in a fresh session, by a link with a random study, language and whatever else is known."""
        page = self.chance.choice(list(PAGES))
        link = {"lang": self.chance.choice(list(LANGUAGES)), "study": self.chance.choice(self.studies)}
        self.app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LONGEST)
        if self.chance.random() < WITH_OWN:
            link["study"] = self._bring(link["lang"])
        self._to(page, link)

    def _bring(self, language: str) -> str:
        """Take an example in as a study of one's own; its id."""
        self._to("your-data", {"lang": language, "way": "example", "shape": self.chance.choice(SHAPES)})
        self.steps.append("click 'own-use'")
        self.app.button(key="own-use").click()
        self._run()
        return next(iter(self.app.session_state[own.STUDIES]))

    def step(self) -> None:
        """One thing out of all that can be done now, or now and then another screen or an edited link."""
        turn = self.chance.random()
        if turn < 0.04:
            self._to(self.chance.choice(list(PAGES)), {})
        elif turn < 0.10:
            self._edit_link()
        elif turn < 0.18 and (tables := [e for e in self._elements() if e.type == "dataframe" and _selectable(e)]):
            self._choose_row(self.chance.choice(tables))
        elif turn < 0.26 and (names := folded_parts(self.app)):
            self._unfold(self.chance.choice(names))
        elif turn < 0.28 and (names := open_menus(self.app)):
            self._close(self.chance.choice(names))
        elif widgets := [e for e in self._elements() if e.type in WALKED and not getattr(e.proto, "disabled", False)]:
            self._touch(self.chance.choice(widgets))
        else:
            self._to(self.chance.choice(list(PAGES)), {})

    def _elements(self) -> Iterator[Element]:
        """Everything on the screen and in the menu, in the order in which it stands there."""
        yield from (node for node in self.app._tree if isinstance(node, Element))

    def _to(self, page: str, link: dict[str, str]) -> None:
        said = "&".join(f"{name}={value}" for name, value in link.items())
        self.steps.append(f"open {page}" + (f" ?{said}" if said else ""))
        for name, value in link.items():
            self.app.query_params[name] = value
        self.app.switch_page(PAGES[page])
        self._run()

    def _edit_link(self) -> None:
        """A name that this screen reads, with a value that another choice had, or with nonsense."""
        name, values = self.chance.choice(self._names()), sorted({v for v in self._values() if isinstance(v, str)})
        value = self.chance.choice([*values, *self.studies, *TYPED])
        self.steps.append(f"edit the link: {name}={value!r}")
        self.app.query_params[name] = value
        self._run()

    def _names(self) -> list[str]:
        """What this screen reads of its link."""
        return sorted(set().union(*self.app.session_state["link"].read.values()))

    def _values(self) -> Iterator[object]:
        state = self.app.session_state
        for name in self._names():
            held = state.get(f"choice-{name}", [])
            yield from held if isinstance(held, list) else [held]

    def _unfold(self, name: str) -> None:
        self.steps.append(f"unfold {name!r}")
        self.app.session_state[name] = True
        self._run()

    def _close(self, name: str) -> None:
        self.steps.append(f"close {name!r}")
        self.app.session_state[name] = False
        self._run()

    def _choose_row(self, table: Element) -> None:
        row = self.chance.randrange(max(1, len(table.value)))
        self.steps.append(f"choose row {row + 1} of the table {table.key!r}")
        self.app.session_state[table.key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
        self._run()

    def _touch(self, widget: Element) -> None:
        name = getattr(widget, "label", "") or widget.proto.label or widget.key
        value = self._new_value(widget)
        self.steps.append(f"{widget.type} {name!r}" + ("" if widget.type in PLAIN else f" → {value!r}"))
        if hasattr(widget, "options"):
            widget.__class__ = _chosen_by_label(type(widget))
        widget.set_value(value)
        self._run()

    def _new_value(self, widget: Element) -> object:
        chance = self.chance
        if widget.type in PLAIN:
            return True
        if widget.type in SWITCHES:
            return not widget.value
        if widget.type in LISTS:
            return chance.choice(widget.options)
        if widget.type in MANY or (widget.type == "button_group" and not widget._is_single_select):
            return chance.sample(widget.options, chance.randint(0, min(3, len(widget.options))))
        if widget.type == "button_group":
            return chance.choice(widget.options)
        if widget.type in WRITTEN:
            return chance.choice(PASTED if widget.type == "text_area" else TYPED)[: widget.proto.max_chars or None]
        return self._number(widget)

    def _number(self, widget: Element) -> float | None:
        low, high, step = widget.proto.min, widget.proto.max, widget.proto.step
        whole = all(float(number).is_integer() for number in (low, high, step)) and step >= 1
        kind = int if whole else float
        places = [low, high, low + step, low + step * self.chance.randint(0, 40), self.chance.uniform(low, high)]
        value = kind(min(high, max(low, self.chance.choice(places))))
        return None if widget.type == "number_input" and self.chance.random() < 0.15 else value

    def _run(self) -> None:
        began = time.monotonic()
        try:
            self.app.run()
        except RuntimeError as error:
            raise Failed(f"{error} ({time.monotonic() - began:.0f} s)") from error
        if self.app.exception:
            shown = [[*one.proto.stack_trace, one.value] for one in self.app.exception]
            raise Failed("\n".join(line for lines in shown for line in lines))
        if self.guarded.caught:
            raise Failed(self.guarded.caught.pop())


@cache
def _chosen_by_label(kind: type[Widget]) -> type[Widget]:
    """Sends what a browser sends, the labels a person sees; AppTest itself would take them for the values behind."""

    def state(self: Widget) -> WidgetState:
        if isinstance(self._value, list) or self.type == "button_group":
            labels = self._value if isinstance(self._value, list) else [self._value]
            return WidgetState(id=self.id, string_array_value=StringArray(data=labels))
        return WidgetState(id=self.id, string_value=self._value)

    return type(f"{kind.__name__}ByLabel", (kind,), {"_widget_state": property(state)})


def _selectable(table: Element) -> bool:
    return bool(table.key) and bool(list(table.proto.selection_mode))


def walk(seed: int, seconds: float, steps: int) -> tuple[int, str]:
    """Steps taken, and what failed with the way there ("" where nothing did)."""
    chance, studies, guarded = random.Random(seed), sorted(load_studies()), Guarded()
    LOG.addHandler(guarded)
    ends, taken = time.monotonic() + seconds, 0
    try:
        while taken < steps and time.monotonic() < ends:
            visit = Walk(chance, studies, guarded)
            try:
                visit.open()
                taken += 1
                for _ in range(VISIT):
                    visit.step()
                    taken += 1
            except Failed as failed:
                return taken, "\n".join([*(f"{k}. {said}" for k, said in enumerate(visit.steps, 1)), str(failed)])
    finally:
        LOG.removeHandler(guarded)
    return taken, ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000), help="which walk (default: a new one)")
    parser.add_argument("--seconds", type=float, default=60.0, help="when to stop at the latest")
    parser.add_argument("--steps", type=int, default=1_000_000, help="how many steps at most")
    asked = parser.parse_args()
    for name in ("streamlit", "streamlit.runtime.scriptrunner_utils.script_run_context"):  # no browser is expected
        logging.getLogger(name).setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    print(f"seed {asked.seed}", flush=True)
    taken, failed = walk(asked.seed, asked.seconds, asked.steps)
    print(f"{failed}\nfailed after {taken} steps, seed {asked.seed}" if failed else f"{taken} steps, nothing failed")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
