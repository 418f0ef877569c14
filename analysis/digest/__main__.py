"""Write study folders from the digest: `python -m analysis.digest [--check] [--adopt ID] [-v] [--folder data]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis.digest.shelf import State, adopt, plan, states, write
from analysis.studies import DATA

REPORTED = {
    "edited": "edited by hand; left alone. Put the change into the judgement, or keep it with --adopt {id}",
    "foreign": "a folder of this name is there and was not written from the digest; left alone",
    "left over": "written once, but the digest gives it no more; remove it, or keep it with --adopt {id}",
}


def main(arguments: list[str] | None = None) -> int:
    """0 where everything is in place, 1 where something needs a person (with --check: or would be written anew)."""
    asked = _arguments(arguments)
    planned = plan(asked.folder)
    for mistake in planned.mistakes:
        print(mistake, file=sys.stderr)
    if planned.mistakes:
        print(f"mistakes: {len(planned.mistakes)}; nothing was written", file=sys.stderr)
        return 1
    strangers = adopt(asked.adopt, planned, asked.folder) if asked.adopt else []
    for study in strangers:
        print(f"{study}: can't be adopted; there is no such folder, or the digest doesn't know it", file=sys.stderr)
    found = states(planned, asked.folder)
    if not asked.check:
        write(found, asked.folder)
    for record, reason in planned.left_out.items():
        print(f"{record}: left out. {reason}")
    _report(found, asked)
    needs_a_person = any(state.standing in REPORTED for state in found) or bool(strangers)
    return int(needs_a_person or (asked.check and any(state.standing == "changed" for state in found)))


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m analysis.digest", description="Study folders from the digest.")
    one_of = parser.add_mutually_exclusive_group()
    one_of.add_argument("--check", action="store_true", help="write nothing; show what would change")
    one_of.add_argument("--adopt", action="append", metavar="ID", help="keep this folder's present text as reviewed")
    parser.add_argument("-v", "--verbose", action="store_true", help="show every difference")
    parser.add_argument("--folder", type=Path, default=DATA, help="the data folder")
    return parser.parse_args(arguments)


def _report(found: list[State], asked: argparse.Namespace) -> None:
    """What was done with each folder, and how many there are of each kind."""
    said = {"new": "would be written", "changed": "would be written again"} if asked.check else {}
    for state in found:
        sentence = REPORTED.get(state.standing, said.get(state.standing, ""))
        if sentence:
            print(f"{state.id}: {sentence.format(id=state.id)}")
        if (asked.check or asked.verbose) and state.standing not in ("same", "reviewed"):
            print(state.difference, end="")
    kinds = sorted({state.standing for state in found})
    print("; ".join(f"{kind}: {sum(state.standing == kind for state in found)}" for kind in kinds) or "nothing to do")


if __name__ == "__main__":
    sys.exit(main())
