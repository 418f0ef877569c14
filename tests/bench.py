"""How fast it is, each figure beside a measure of the same run: `make bench`.

Absolute times are of one machine; read the ratios. Server time is CPU spent by the server process while one
reader changes one widget after another at random, divided by the reruns.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests import readers, synthetic
from tests.server import ROOT, serve

BARE = """
import plotly.graph_objects as go
import streamlit as st
st.title("A page with one plot and three widgets")
first = st.selectbox("First", ["a", "b", "c"])
second = st.toggle("Second")
third = st.segmented_control("Third", [1, 2, 3])
st.plotly_chart(go.Figure({"data": [{"type": "scatter", "x": [1, 2, 3], "y": [len(first), second, third]}]}))
"""
SCREENS = ("", "study", "before-after", "between-groups", "across-studies", "check")
WARM, RERUNS = 40, 120  # first runs import and fill what is kept
READERS, SECONDS = 200, 30  # at once, each of whom changes something every five seconds
RATIO = 5.0  # to the bare page; the aim is 4
ANSWERED = 300  # ms in which 95% of the choices of so many readers are answered
SESSION = 2.0  # MB that a session may hold
KILOBYTES = 21.0  # that a choice brings, on average
PAIRS = """
from analysis.recover import Margin, pairs
margins = Margin(40, 1, 5, mean="2.33", sd="1.10"), Margin(40, 1, 5, mean="2.52", sd="1.32")
facts = {"improved": 15, "worsened": 10, "unchanged": 15, "mean_rank_positive": "13.50", "mean_rank_negative": "12.25"}
found = pairs(*margins, **facts)
assert found.count
"""
LIMITS = {
    "load_studies (ms)": 1000,
    "load_studies, 1,000 made up (ms)": 5000,
    "the same, memory (MB)": 300,
    "map of 300 studies, first (ms)": 5000,
    "map of 300 studies, again (ms)": 5,
    "forest of 300 studies, again (ms)": 150,
    "Serpong recovery (ms)": 100,
    "count, n 100 on 1–7 (ms)": 1000,
    "all tables, n 30 on 1–7 (ms)": 500,
    "1,000 sets, n 40 on 1–7 (ms)": 20,
    "pairs, n 40 on 1–5, ranks (ms)": 5000,
    "pairs, memory (MB)": 500,
    "Wilcoxon, n 200 (ms)": 100,
    "Mann–Whitney, 50 + 50, ties (ms)": 100,
    "Mann–Whitney, 200 + 200 (ms)": 100,
    "Mann–Whitney, 200 + 200, ties (ms)": 5000,
    "Across studies rerun, 300 (ms)": 150,
}
SHOWN, LOADED = 300, 1000  # made-up studies on the screen, and only loaded
LOADING = "from analysis.studies import load_studies\nassert len(load_studies({folder!r})) == {number}"


def median_ms(call: Callable[[], object], times: int = 20) -> float:
    """Median duration of a call, in milliseconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        spent.append(1000 * (time.perf_counter() - start))
    return statistics.median(spent)


def recover_serpong() -> None:
    """Recover both arms from the printed figures, nothing remembered from before."""
    from analysis import load_study
    from analysis.methods import compositions
    from analysis.studies import DATA
    from analysis.studies.people import _recovered

    for cached in (_recovered, compositions):
        cached.cache_clear()
    load_study(DATA / "moringa-massage-serpong").participants("milk-score")


def exact_tests() -> dict[str, float]:
    """Rank tests of many people, exact, nothing remembered from before."""
    import numpy as np

    from analysis import run
    from analysis.methods import exact

    rng = np.random.default_rng(1)
    a, b = rng.normal(0.02, 1, 200), rng.normal(0, 1, 200)

    def ms(method: str, *samples: np.ndarray) -> float:
        return median_ms(lambda: (exact._ways_of_u.cache_clear(), run(method, *samples)), 5)

    return {
        "Wilcoxon, n 200 (ms)": ms("wilcoxon", a.round(1), b.round(1)),
        "Mann–Whitney, 50 + 50, ties (ms)": ms("mann-whitney", a[:50].round(1), b[:50].round(1)),
        "Mann–Whitney, 200 + 200 (ms)": ms("mann-whitney", a, b),
        "Mann–Whitney, 200 + 200, ties (ms)": ms("mann-whitney", a.round(1), b.round(1)),
    }


def across_studies(folder: Path) -> dict[str, float]:
    """What Across studies asks of the analysis, with so many studies as one library may grow to."""
    from analysis import load_studies
    from analysis.evidence import Choice, evidence_map
    from analysis.evidence.answer import answer_anew
    from analysis.plots.across import Row, forest
    from analysis.words import say_in

    studies, choice = tuple(load_studies(folder).values()), Choice()

    def answer() -> None:
        found = answer_anew(studies, choice)
        pooled, entries = found.average.kept, found.body.all
        rows = [Row(entry.contrast.id, entry.contrast.study.id, "", entry.effect, 1.0) for entry in entries]
        forest(rows, pooled, pooled, say_in("en"))

    return {
        "map of 300 studies, first (ms)": median_ms(lambda: evidence_map(studies, choice), 1),
        "map of 300 studies, again (ms)": median_ms(lambda: evidence_map(studies, choice)),
        "forest of 300 studies, again (ms)": median_ms(answer),
    }


def many_studies() -> dict[str, float]:
    """Loading many made-up studies, and a rerun of the screen that compares them in a copy of the project."""
    from analysis import load_studies

    with tempfile.TemporaryDirectory() as place:
        loaded, project = Path(place) / "loaded", Path(place) / "project"
        loaded.mkdir()
        synthetic.write(loaded, LOADED)
        for part in ("analysis", "pages", ".streamlit"):
            shutil.copytree(ROOT / part, project / part)
        shutil.copy(ROOT / "app.py", project)
        (project / "data").mkdir()
        synthetic.write(project / "data", SHOWN)
        return {
            "load_studies, 1,000 made up (ms)": median_ms(lambda: load_studies(loaded), 3),
            "the same, memory (MB)": memory_mb(LOADING.format(folder=str(loaded), number=LOADED)),
            **across_studies(project / "data"),
            "Across studies rerun, 300 (ms)": _cost_in(project).ms,
        }


def _cost_in(project: Path) -> Cost:
    with serve(project / "app.py", project) as (url, pid):
        return cost(url, pid, "across-studies")


def memory_mb(script: str) -> float:
    """The most memory that a script holds, in a process of its own.

    VmHWM, since the getrusage of a child begins with the peak of whoever started it: ours.
    """
    measured = f"{script}\nprint(next(line for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    done = subprocess.run([sys.executable, "-c", measured], cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[1]) / 1024


@dataclass(frozen=True)
class Cost:
    """What a choice on a screen costs: CPU of the server and bytes to the browser."""

    ms: float
    kilobytes: float


def cost(url: str, pid: int, page: str) -> Cost:
    """Of one choice, the average of many at random."""
    readers.reruns(url, page, WARM, seed=1)
    before = _cpu_seconds(pid)
    found = readers.reruns(url, page, RERUNS, seed=2)
    spent = 1000 * (_cpu_seconds(pid) - before) / RERUNS
    return Cost(spent, statistics.mean(one.bytes for one in found) / 1024)


def screens() -> tuple[Cost, dict[str, Cost]]:
    """A bare page with the same settings, and each screen, in one run."""
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE)
        shutil.copytree(ROOT / ".streamlit", Path(folder) / ".streamlit")
        with serve(bare, bare.parent) as (url, pid), serve() as (ours, our_pid):
            nothing = cost(url, pid, "")
            return nothing, {page or "overview": cost(ours, our_pid, page) for page in SCREENS}


def many_readers(page: str) -> tuple[float, float]:
    """ms in which 95% of the choices are answered, and MB that a session holds."""
    with serve() as (url, pid):
        readers.at_work(url, page, READERS, SECONDS)  # what is kept gets filled
        before = _resident_mb(pid)
        found = readers.at_work(url, page, READERS, SECONDS)
        held = (_resident_mb(pid) - before) / READERS
        return 1000 * statistics.quantiles([one.seconds for one in found], n=20)[-1], held


def _resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def _cpu_seconds(pid: int) -> float:
    import os

    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    from analysis import load_studies
    from analysis.recover import distributions

    load_studies()  # warm import
    found = {
        "load_studies (ms)": median_ms(load_studies),
        **many_studies(),
        "Serpong recovery (ms)": median_ms(recover_serpong),
        "count, n 100 on 1–7 (ms)": median_ms(lambda: distributions(100, "4.1", "1.3", 1, 7), 5),
        "all tables, n 30 on 1–7 (ms)": median_ms(lambda: distributions(30, "4.1", "1.3", 1, 7), 5),
        "1,000 sets, n 40 on 1–7 (ms)": median_ms(lambda: distributions(40, "4.1", "1.3", 1, 7, most=1000), 5),
        "pairs, n 40 on 1–5, ranks (ms)": median_ms(lambda: exec(PAIRS, {}), 3),
        "pairs, memory (MB)": memory_mb(PAIRS),
        **exact_tests(),
    }
    limits = dict(LIMITS)
    bare, each = screens()
    print(f"a bare page with one plot and three widgets: {bare.ms:.1f} ms, {bare.kilobytes:.1f} kB")
    for name, one in each.items():
        found |= {f"{name} rerun ÷ bare": one.ms / bare.ms, f"{name} rerun (kB)": one.kilobytes}
        limits |= {f"{name} rerun ÷ bare": RATIO, f"{name} rerun (kB)": KILOBYTES}
    for page in ("before-after", "across-studies"):
        answered, held = many_readers(page)
        found |= {f"{READERS} on {page}, p95 (ms)": answered, f"MB per session on {page}": held}
        limits |= {f"{READERS} on {page}, p95 (ms)": ANSWERED, f"MB per session on {page}": SESSION}
    for name, value in found.items():
        print(f"{name:34} {value:8.1f}   limit {limits[name]}")
    slow = [name for name, value in found.items() if value > limits[name]]
    return print(f"over the limit: {', '.join(slow)}") or 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
