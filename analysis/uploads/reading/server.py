"""The process that reads: waits for files, and parts off a child for each, which may die without harm.

Forks instead of `multiprocessing`, which would run the screen's own script again in each child. A request is a line of
JSON (name, size, limits, choices) and the file's bytes; the answer is JSON, so that nothing of a file is ever executed
by whoever reads the answer. A child that dies answers nothing.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import sys
from typing import Any

from .formats import read
from .refused import Refused

MEGABYTE = 1 << 20
LONGEST_LINE = 65_536  # of a request


def serve(channel: socket.socket) -> None:
    """Take one connection after the other from the app, until the app ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children; none stays behind
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        _, connections, *_ = socket.recv_fds(channel, 1, 1)
        if not connections:
            return
        if os.fork() == 0:
            channel.close()
            _answer(socket.socket(fileno=connections[0]))
            os._exit(0)
        os.close(connections[0])


def _answer(line: socket.socket) -> None:
    with line, line.makefile("rb") as asked:
        request = json.loads(asked.readline(LONGEST_LINE))
        _limit(request["megabytes"], request["seconds"])
        content = asked.read(request["size"])
        try:
            found = read(content, request["name"], request["cells"], request["unpacked"], request["choices"])
        except Refused as refused:
            found = _told(refused)
        except MemoryError:
            found = _told(Refused("too-large-inside"))
        used = resource.getrusage(resource.RUSAGE_SELF)
        found |= {"seconds": used.ru_utime + used.ru_stime, "megabytes": used.ru_maxrss / 1024}
        line.sendall(json.dumps(found, ensure_ascii=False, default=str).encode("utf-8", "replace"))


def _told(refused: Refused) -> dict[str, Any]:
    return {"refused": refused.key, "values": refused.values}


def _limit(megabytes: int, seconds: float) -> None:
    """Memory beyond what the process has already, time by the clock, and no files, cores or children of its own."""
    with open("/proc/self/statm") as sizes:  # noqa: PTH123 (a fork has no time to lose)
        held = int(sizes.read().split()[0]) * resource.getpagesize()
    for what, most in {
        resource.RLIMIT_AS: held + megabytes * MEGABYTE,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
    }.items():
        resource.setrlimit(what, (most, most))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
