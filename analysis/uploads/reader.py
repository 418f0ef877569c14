"""A user's file → its tables, read by a process of its own; this one never opens the file.

The process is started with the first file and again whenever it has gone. It parts off a child for each file, so that
no file meets what another left behind; a child that dies or takes too long is a refusal with a sentence.
"""

from __future__ import annotations

import atexit
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.results import Note
from analysis.uploads.limits import Limits

START = "import sys; sys.path.append(sys.argv[1]); import runpy; sys.argv[1:2] = []; \
runpy.run_module('reading.server', run_name='__main__')"
GRACE = 2.0  # seconds beyond the limit in which a child has ended itself
NOTICED = 0.05  # seconds in which a process that was ended is noticed
AT_ONCE = threading.BoundedSemaphore(2)  # files read at the same time, over all sessions
Cell = str | float | int | bool | None


class NotRead(ValueError):
    """A file can't be read; `.note` says why, a key of `upload-refused`."""

    def __init__(self, key: str, **values: object) -> None:
        self.note = Note(key, values)
        super().__init__(key)


@dataclass(frozen=True)
class Variable:
    """What a statistics package says of a column: its label, labels of values, and ranges that count as missing."""

    label: str = ""
    labels: tuple[tuple[Cell, str], ...] = ()
    missing: tuple[tuple[Cell, Cell], ...] = ()


@dataclass(frozen=True)
class Grid:
    """One table of a file as it stands there: rows of cells; its first row is row 1."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    variables: tuple[Variable, ...] = ()


@dataclass(frozen=True)
class File:
    """What was found in a file: `kind` (text, xlsx, ods, xls, sav, dta) and how its text was read, blank elsewhere.

    `seconds` of work and `megabytes` of memory are what reading it took.
    """

    name: str
    kind: str
    grids: tuple[Grid, ...]
    encoding: str = ""
    separator: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0


def read_file(
    content: bytes, name: str, *, encoding: str = "", separator: str = "", limits: Limits | None = None
) -> File:
    """The tables in a file.

    Args:
        content: the file's bytes, or what was pasted, encoded.
        name: the file's own name; blank for what was pasted.
        encoding: a codec's name where the user chose one; found in the file itself where blank.
        separator: one character, likewise.

    Raises:
        NotRead: it can't be read; the note is a sentence of `upload-refused`.
    """
    limits = limits or Limits()
    if len(content) > limits.bytes:
        raise NotRead("too-large", megabytes=limits.megabytes)
    choices = {"encoding": encoding, "separator": separator}
    request = {"name": Path(name).name[-255:], "size": len(content), "choices": choices, "cells": limits.cells}
    request |= {"unpacked": limits.unpacked, "megabytes": limits.memory, "seconds": limits.seconds}
    began = time.monotonic()
    with AT_ONCE:
        answer = _READER.ask(json.dumps(request).encode() + b"\n" + content, limits.seconds + GRACE)
    if answer is None:
        slow = time.monotonic() - began >= limits.seconds
        raise NotRead("too-slow" if slow else "ended-its-reader", seconds=limits.seconds)
    if "refused" in answer:
        raise NotRead(answer["refused"], **answer["values"] | {"cells": limits.cells})
    return _file(name, answer)


def _file(name: str, answer: Mapping[str, Any]) -> File:
    rest = {key: answer[key] for key in ("kind", "encoding", "separator", "seconds", "megabytes") if key in answer}
    return File(name, grids=tuple(map(_grid, answer["grids"])), **rest)


def _grid(found: Mapping[str, Any]) -> Grid:
    variables = (
        Variable(one["label"], tuple(map(tuple, one["labels"])), tuple(map(tuple, one["missing"])))
        for one in found.get("variables", ())
    )
    return Grid(found["name"], tuple(map(tuple, found["rows"])), tuple(variables))


class _Reader:
    """The line to the process that reads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen | None = None
        self._channel = socket.socket()

    def ask(self, request: bytes, seconds: float) -> dict[str, Any] | None:
        """The answer of a new child, None where it died before it gave one; asked again where all had gone before."""
        answer = self._asked(request, seconds)
        return self._asked(request, seconds) if answer is None and self._gone() else answer

    def _gone(self) -> bool:
        """True where the process itself has ended, not just a child of it."""
        with suppress(subprocess.TimeoutExpired):
            return self._process is None or self._process.wait(NOTICED) is not None
        return False

    def _asked(self, request: bytes, seconds: float) -> dict[str, Any] | None:
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._hand_over(theirs)
            ours.settimeout(seconds)
            with suppress(OSError):  # a child that died takes no more of the file, or leaves half an answer
                ours.sendall(request)
                ours.shutdown(socket.SHUT_WR)
            answer = b"".join(_parts(ours))
        with suppress(ValueError):
            return json.loads(answer)
        return None

    def close(self) -> None:
        """End the process, which goes when nobody can ask it any more."""
        self._channel.close()
        if self._process is not None:
            self._process.wait()

    def _hand_over(self, line: socket.socket) -> None:
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            try:
                socket.send_fds(self._channel, [b"f"], [line.fileno()])
            except OSError:  # it ended between looking and asking
                self._start()
                socket.send_fds(self._channel, [b"f"], [line.fileno()])

    def _start(self) -> None:
        self._channel.close()
        self._channel, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-E", "-s", "-c", START, str(Path(__file__).parent), str(theirs.fileno())]
            self._process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # what a dying child says may hold what was in the file
                env={"OPENBLAS_NUM_THREADS": "1", "PATH": ""},
                close_fds=True,
            )


def _parts(line: socket.socket):
    while True:
        try:
            part = line.recv(1 << 20)
        except OSError:  # too late, or the child is gone
            return
        if not part:
            return
        yield part


_READER = _Reader()
atexit.register(_READER.close)
