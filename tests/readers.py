"""Readers without a browser, at work on a running server: what each choice costs, in bytes, messages and seconds.

They speak Streamlit's own protocol as its browser part does: a widget in a fragment reruns the fragment, and of long
messages that a reader has already, only the name is sent.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.state.common import user_key_from_element_id
from websockets.asyncio.client import ClientConnection, connect

from analysis.methods import Heading

T = TypeVar("T")
ANSWER_SECONDS = 60.0
SUPERSEDED = ForwardMsg.FINISHED_EARLY_FOR_RERUN


@dataclass(frozen=True)
class Rerun:
    """What one choice brought: bytes and elements by kind, seconds until the server had done."""

    bytes: int
    elements: Counter[str]
    seconds: float


@dataclass
class Reader:
    """One session on one screen, who changes one widget after another at random."""

    url: str
    page: str
    seed: int
    _widgets: dict[str, tuple[str, Any, str]] = field(default_factory=dict)
    _values: dict[str, tuple[str, Any]] = field(default_factory=dict)
    _held: dict[str, ForwardMsg] = field(default_factory=dict)
    _inside: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _page_hash: str = ""

    async def open(self) -> Rerun:
        """Open the screen as a cold link would."""
        self._dice = random.Random(self.seed)
        self._line: ClientConnection = await connect(
            f"{self.url.replace('http', 'ws', 1)}/_stcore/stream", subprotocols=["streamlit"],
            max_size=None, compression=None, ping_interval=None, proxy=None,
        )  # fmt: skip
        return await self._rerun("", self.page)

    async def choose(self) -> Rerun:
        """Change one of the widgets on the screen; pills under several headings count as one, of which one is on."""
        widgets = sorted(self._widgets)
        name = self._dice.choice(sorted({_whole(widget) for widget in widgets}))
        together = [widget for widget in widgets if _whole(widget) == name]
        widget = self._dice.choice(together)
        kind, drawn, fragment = self._widgets[widget]
        if kind == "button_group":
            self._values |= {other: ("string_array_value", []) for other in together}
        self._values[widget] = self._chosen(kind, drawn, widget)
        drawn_again = {fragment, *self._inside[fragment]}
        self._widgets = {key: one for key, one in self._widgets.items() if fragment and one[2] not in drawn_again}
        return await self._rerun(fragment)

    async def close(self) -> None:
        await self._line.close()

    def _chosen(self, kind: str, drawn: Any, widget: str) -> tuple[str, Any]:
        if kind == "checkbox":
            return "bool_value", not self._values.get(widget, ("", drawn.default))[1]
        if kind == "popover":
            return "bool_value", not drawn.open
        if kind == "number_input":
            return "double_value", drawn.min + self._dice.randint(0, 20) * drawn.step
        if kind == "button_group":
            return "string_array_value", [self._dice.choice([option.content for option in drawn.options])]
        return "string_value", self._dice.choice(list(drawn.options))

    async def _rerun(self, fragment: str, page: str = "") -> Rerun:
        asked = BackMsg()
        asked.rerun_script.page_name, asked.rerun_script.page_script_hash = page, self._page_hash
        asked.rerun_script.fragment_id = fragment
        asked.rerun_script.context_info.locale = "en-US"
        asked.rerun_script.cached_message_hashes.extend(self._held)
        for widget, (kind, value) in self._values.items():
            state = asked.rerun_script.widget_states.widgets.add(id=widget)
            if kind == "string_array_value":
                state.string_array_value.data.extend(value)
            else:
                setattr(state, kind, value)
        began = time.perf_counter()
        await self._line.send(asked.SerializeToString())
        size, elements = await asyncio.wait_for(self._answered(fragment), ANSWER_SECONDS)
        return Rerun(size, elements, time.perf_counter() - began)

    async def _answered(self, fragment: str) -> tuple[int, Counter[str]]:
        size, elements = 0, Counter()
        while True:
            raw = await self._line.recv(decode=False)
            size += len(raw)
            message = ForwardMsg.FromString(raw)
            if message.metadata.cacheable:
                self._held[message.hash] = message
            message = self._held.get(message.ref_hash, message)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._page_hash = self._page_hash or message.new_session.page_script_hash
            elif kind == "navigation":
                self._page_hash = message.navigation.page_script_hash
            elif kind == "delta" and (menu := message.delta.add_block.popover).id:
                self._inside[fragment].add(message.delta.fragment_id)
                if not _saves(menu.id):
                    self._widgets[menu.id] = "popover", menu, message.delta.fragment_id
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self._inside[fragment].add(message.delta.fragment_id)
                elements[self._seen(message.delta)] += 1
            elif kind == "script_finished" and message.script_finished != SUPERSEDED:
                return size, elements

    def _seen(self, delta: Any) -> str:
        kind = delta.new_element.WhichOneof("type")
        drawn = getattr(delta.new_element, kind)
        if kind in ("checkbox", "number_input") or (kind in ("selectbox", "button_group") and drawn.options):
            self._widgets[drawn.id] = kind, drawn, delta.fragment_id
        return kind


def _saves(menu: str) -> bool:
    """True for a list that saves a figure: drawing pictures is another work than choosing, and is measured apart."""
    return (user_key_from_element_id(menu) or "").startswith("save-")


HEADED = re.compile(r"\.(?:" + "|".join(get_args(Heading)) + ")$")


def _whole(widget: str) -> str:
    """What a widget chooses for: its own id, or what pills under several headings share."""
    key = user_key_from_element_id(widget) or ""
    return HEADED.sub("", key) if HEADED.search(key) else widget


def _wait_for(work: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: a browser's driver may hold this one's loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def _one_after_another(url: str, page: str, times: int, seed: int) -> list[Rerun]:
    reader = Reader(url, page, seed)
    await reader.open()
    found = [await reader.choose() for _ in range(times)]
    await reader.close()
    return found


def reruns(url: str, page: str, times: int, seed: int = 1) -> list[Rerun]:
    """One reader's choices on a screen (a page's name in the address, "" for the first), each after the last."""
    return _wait_for(_one_after_another(url, page, times, seed))


async def _around(url: str, page: str) -> list[str]:
    reader = Reader(url, page, seed=0)
    await reader.open()
    await reader.close()
    return [widget for widget, (_, _, fragment) in reader._widgets.items() if not fragment]


def around(url: str, page: str) -> list[str]:
    """Widgets that draw the whole screen again when they are changed, its title and menu too."""
    return _wait_for(_around(url, page))


async def _opened(url: str, pages: Sequence[str]) -> list[Rerun]:
    readers = [Reader(url, page, seed) for seed, page in enumerate(pages)]
    found = await asyncio.gather(*(reader.open() for reader in readers))
    await asyncio.gather(*(reader.close() for reader in readers))
    return found


def opened_at_once(url: str, pages: Sequence[str]) -> list[Rerun]:
    """What each of several readers gets who open these screens in the same moment."""
    return _wait_for(_opened(url, pages))


async def _at_work(url: str, page: str, readers: int, seconds: float, think: float) -> list[Rerun]:
    sessions = [Reader(url, page, seed) for seed in range(readers)]
    for start in range(0, readers, 10):
        await asyncio.gather(*(session.open() for session in sessions[start : start + 10]))
    end = time.monotonic() + seconds

    async def work(reader: Reader) -> list[Rerun]:
        found = []
        dice = random.Random(-reader.seed)
        await asyncio.sleep(dice.uniform(0, think))
        while time.monotonic() < end:
            found.append(await reader.choose())
            await asyncio.sleep(dice.expovariate(1 / think))
        return found

    found = await asyncio.gather(*map(work, sessions))
    await asyncio.gather(*(session.close() for session in sessions))
    return [one for each in found for one in each]


def at_work(url: str, page: str, readers: int, seconds: float, think: float = 5.0) -> list[Rerun]:
    """Choices of so many readers at once, each of whom makes one in `think` seconds on average."""
    return _wait_for(_at_work(url, page, readers, seconds, think))
