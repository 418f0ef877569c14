"""The drawing of the house: which room stands on which floor, and that nothing reaches up; nothing grows too long.

A room is a folder (or file) directly in `analysis/`. It imports rooms of lower floors by their door, their
`__init__.py`, and its own files by name.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.every import every

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "analysis"
ANALYSIS = sorted(HOUSE.rglob("*.py"))
SCREENS = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]
LONGEST_BODY = 40  # lines without the docstring
LONGEST_MODULE = 330

FLOORS = (  # from the ground up; rooms of one floor don't know each other
    ("results",),
    ("words", "methods"),
    ("recover",),
    ("effects", "studies"),
    ("asking", "digest", "uploads"),
    ("checks",),
    ("evidence",),
    ("telling",),
    ("plots",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
MOST_ENTRIES = 14


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def arrows(path: Path) -> Iterator[tuple[int, str]]:
    """Line and module of every import, those inside functions too; of a package the submodules that are named."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield node.lineno, inner if is_module(inner) else node.module or ""


def is_module(dotted: str) -> bool:
    place = ROOT / dotted.replace(".", "/")
    return place.with_suffix(".py").exists() or (place / "__init__.py").exists()


def room_of(dotted: str) -> str:
    return dotted.split(".")[1] if "." in dotted else ""


def room_in(path: Path) -> str:
    """The room that a file of `analysis/` stands in; blank for the front door."""
    parts = path.relative_to(HOUSE).with_suffix("").parts
    return "" if parts == ("__init__",) else parts[0]


def inside(path: Path) -> Iterator[tuple[int, str]]:
    """The arrows of a file that stay in the house."""
    yield from ((line, module) for line, module in arrows(path) if module.split(".")[0] == "analysis")


# -- the drawing -------------------------------------------------------------------------------------------------------


def test_every_entry_of_the_house_stands_on_a_floor():
    entries = {path.stem for path in HOUSE.iterdir() if path.name not in ("__init__.py", "__pycache__")}
    assert entries == set(FLOOR) and len(entries) + 1 <= MOST_ENTRIES


def test_no_room_imports_a_room_above_it():
    wrong = [
        f"{name_of(path)}:{line}: {room_in(path)} → {room_of(module)} is not allowed"
        for path in ANALYSIS
        if room_in(path)
        for line, module in inside(path)
        if room_of(module) != room_in(path) and FLOOR.get(room_of(module), len(FLOORS)) >= FLOOR[room_in(path)]
    ]
    assert wrong == [], "\n".join(wrong)


def test_other_rooms_are_entered_by_their_door():
    """`from analysis.studies import Study`, not from its files; a folder inside a room has a door of its own."""
    wrong = [
        f"{name_of(path)}:{line}: {module} is a file; import from its room"
        for path in [*ANALYSIS, *SCREENS]
        for line, module in inside(path)
        if module.count(".") > 1 and (HOUSE not in path.parents or room_of(module) != room_in(path))
        if not (ROOT / module.replace(".", "/") / "__init__.py").exists() and module not in of_the_public_face(path)
    ]
    assert wrong == [], "\n".join(wrong)


def of_the_public_face(path: Path) -> set[str]:
    """Modules that a room hands on whole: `from analysis.methods import exact`."""
    return {
        f"{node.module}.{alias.name}"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("analysis")
        for alias in node.names
    }


def test_nothing_is_imported_inside_a_function_to_avoid_a_circle():
    late = [
        f"{name_of(path)}:{node.lineno}"
        for path in [*ANALYSIS, *SCREENS]
        for function in ast.walk(parsed(path))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("analysis", "pages")
    ]
    assert late == []


def test_no_circle_between_modules():
    modules = {dotted(path): {module for _, module in inside(path)} for path in ANALYSIS if path.name != "__init__.py"}
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " → ".join((*way, module))
        if module in modules and module not in done:
            for other in sorted(modules[module]):
                visit(other, (*way, module))
            done.add(module)

    for module in modules:
        visit(module, ())


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("room", sorted(room for room in FLOOR if (HOUSE / room).is_dir()))
def test_every_room_says_what_it_is_for(room):
    said = ast.get_docstring(parsed(HOUSE / room / "__init__.py")) or ""
    assert len(said) > 80


# -- what holds everywhere ---------------------------------------------------------------------------------------------


@cache
def imported(path: Path) -> set[str]:
    """Top-level names of all packages that a module imports, inside functions too."""
    return {module.split(".")[0] for _, module in arrows(path)}


def functions(path: Path):
    return [node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def body_lines(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


every_module = every("path", [*ANALYSIS, *SCREENS], ids=name_of)


def test_there_is_something_to_look_at():
    assert len(ANALYSIS) > 20 and len(SCREENS) > 5


@every("path", ANALYSIS, ids=name_of)
def test_analysis_never_imports_a_screen(path):
    assert imported(path) & {"streamlit", "pages", "app"} == set()
    assert "streamlit" not in path.read_text(encoding="utf-8").lower()


@every("path", SCREENS, ids=name_of)
def test_screens_never_compute_statistics(path):
    assert imported(path) & {"scipy", "pingouin", "statsmodels", "numpy"} == set()


@every("path", [*ANALYSIS, *SCREENS], ids=name_of)
def test_pingouin_is_known_to_methods_alone(path):
    assert "pingouin" not in imported(path) or path.parent.name == "methods"


@every_module
def test_no_function_needs_a_scroll(path):
    assert {f.name: body_lines(f) for f in functions(path) if body_lines(f) > LONGEST_BODY} == {}


@every_module
def test_no_module_is_too_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@every_module
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(parsed(path))


@every("path", ANALYSIS, ids=name_of)
def test_every_public_function_of_analysis_says_what_it_returns(path):
    tops = [node for node in parsed(path).body if isinstance(node, ast.FunctionDef)]
    assert [f.name for f in tops if not f.name.startswith("_") and f.returns is None] == []


@every_module
def test_no_error_is_swallowed(path):
    """No bare `except:` and no `except Exception` anywhere but in the screens' guard, which logs it."""
    if name_of(path) == "pages/ui/shared/guard.py":
        return
    caught = [node.type for node in ast.walk(parsed(path)) if isinstance(node, ast.ExceptHandler)]
    assert [name for name in caught if name is None or getattr(name, "id", "") in ("Exception", "BaseException")] == []
