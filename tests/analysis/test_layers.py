"""The house keeps its order: arithmetic knows no screen, screens know no arithmetic, nothing grows too long."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ANALYSIS = sorted((ROOT / "analysis").rglob("*.py"))
SCREENS = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]
LONGEST_BODY = 40  # lines without the docstring
LONGEST_MODULE = 330


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """Top-level names of all packages that a module imports, inside functions too."""
    found = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


def functions(path: Path):
    return [node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def body_lines(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


every_module = pytest.mark.parametrize("path", [*ANALYSIS, *SCREENS], ids=name_of)


def test_there_is_something_to_look_at():
    assert len(ANALYSIS) > 20 and len(SCREENS) > 5


@pytest.mark.parametrize("path", ANALYSIS, ids=name_of)
def test_analysis_never_imports_a_screen(path):
    assert imported(path) & {"streamlit", "pages", "app"} == set()
    assert "streamlit" not in path.read_text(encoding="utf-8").lower()


@pytest.mark.parametrize("path", SCREENS, ids=name_of)
def test_screens_never_compute_statistics(path):
    assert imported(path) & {"scipy", "pingouin", "statsmodels", "numpy"} == set()


@pytest.mark.parametrize("path", [*ANALYSIS, *SCREENS], ids=name_of)
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


@pytest.mark.parametrize("path", ANALYSIS, ids=name_of)
def test_every_public_function_of_analysis_says_what_it_returns(path):
    tops = [node for node in parsed(path).body if isinstance(node, ast.FunctionDef)]
    assert [f.name for f in tops if not f.name.startswith("_") and f.returns is None] == []


@every_module
def test_no_error_is_swallowed(path):
    """No bare `except:` and no `except Exception` anywhere but in the screens' guard, which logs it."""
    if name_of(path) == "pages/ui/guard.py":
        return
    caught = [node.type for node in ast.walk(parsed(path)) if isinstance(node, ast.ExceptHandler)]
    assert [name for name in caught if name is None or getattr(name, "id", "") in ("Exception", "BaseException")] == []
