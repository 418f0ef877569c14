"""The proxy that is shipped in `deploy/`, run here in front of real processes of the app."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from getpass import getuser
from pathlib import Path

from tests.server import ROOT, free_port

PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
SHIPPED = ROOT / "deploy/proxy.conf"
# What a file of nginx's own around `conf.d` says, with all that it writes in one folder.
AROUND = """
user {user}; daemon off; pid {folder}/pid; error_log {folder}/errors;
events {{ worker_connections 4096; }}
http {{
    types {{ text/html html; text/javascript js; text/css css; }}
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/lactascope.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """Where the proxy answers, and what it has written of its answers."""

    url: str
    folder: Path

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in (self.folder / "access").read_text().splitlines()]

    @contextmanager
    def logged(self) -> Iterator[list[dict]]:
        """What is written of the one answer that is fetched inside: a line is written when it has been sent."""
        before, found = len(self.lines()), []
        yield found
        while len(self.lines()) == before:
            time.sleep(0.01)
        found.extend(self.lines()[before:])


@contextmanager
def proxied(processes: Sequence[str], folder: Path) -> Iterator[Proxy]:
    """The shipped configuration in front of processes by their addresses; only ports and paths are this test's."""
    port, shipped = free_port(), SHIPPED.read_text()
    ours = {
        "server app:8501;": " ".join(f"server {url.removeprefix('http://')};" for url in processes),
        "listen 8080;": f"listen 127.0.0.1:{port};",
        "/dev/stdout": f"{folder}/access",
    }
    for theirs, here in ours.items():
        assert shipped.count(theirs) == 1, theirs
        shipped = shipped.replace(theirs, here)
    (folder / "lactascope.conf").write_text(shipped)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=getuser()))
    command = [str(PROGRAM), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "errors")]
    nginx = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        proxy = Proxy(f"http://127.0.0.1:{port}", folder)
        _until_it_answers(f"{proxy.url}/_stcore/health", nginx)
        while not proxy.lines():  # of that answer, which nobody else shall take for theirs
            time.sleep(0.01)
        yield proxy
    finally:
        nginx.terminate()
        nginx.wait(timeout=20)
        if nginx.stderr:
            nginx.stderr.close()


def _until_it_answers(url: str, nginx: subprocess.Popen) -> None:
    for _ in range(100):
        if nginx.poll() is not None:
            raise RuntimeError(nginx.stderr.read() if nginx.stderr else "nginx ended at once")
        try:
            return urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)
