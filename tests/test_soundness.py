"""The tests themselves: each can fail, none asks how long a thing took, and one that is skipped says why."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "tests").rglob("*.py"))
TESTS = [path for path in MODULES if path.name.startswith("test_")]
CLOCK = ROOT / "tests" / "waiting.py"  # the one that looks at a clock, so that nothing waits for ever


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def called(node: ast.AST) -> Iterator[str]:
    """The last name of each function that is called."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            yield ast.unparse(one.func).rpartition(".")[2]


def asserts(node: ast.AST, known: frozenset[str]) -> bool:
    """Whether something in it may fail the test: an assert, an error that is awaited or raised, or a function that does so."""
    return any(isinstance(one, ast.Assert | ast.Raise) for one in ast.walk(node)) or not known.isdisjoint(called(node))


@cache
def asserting() -> frozenset[str]:
    """Functions of the tests that assert."""
    functions = [one for path in MODULES for one in ast.walk(parsed(path)) if isinstance(one, ast.FunctionDef)]
    return frozenset(one.name for one in functions if not one.name.startswith("test_") and asserts(one, frozenset({"raises", "fail"})))


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_each_test_can_fail(path: Path) -> None:
    known = asserting() | {"raises", "fail"}
    tests = [one for one in ast.walk(parsed(path)) if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")]
    assert tests
    assert [one.name for one in tests if not asserts(one, known)] == []
    for one in ast.walk(parsed(path)):
        if isinstance(one, ast.Assert):
            said = one.test
            same = isinstance(said, ast.Compare) and ast.dump(said.left) in map(ast.dump, said.comparators) and not list(called(said))
            surely = [part for part in ast.walk(said) if isinstance(part, ast.BoolOp) and isinstance(part.op, ast.Or)]
            assert not same and not isinstance(said, ast.Constant | ast.Tuple), f"line {one.lineno} cannot fail"
            assert not any(isinstance(value, ast.Constant) for part in surely for value in part.values[:-1]), f"line {one.lineno}"
            assert not any(isinstance(part.values[-1], ast.Constant) and part.values[-1].value is True for part in surely), one.lineno
        if isinstance(one, ast.ExceptHandler):
            assert not all(isinstance(part, ast.Pass) for part in one.body), f"line {one.lineno} swallows a failure"


@pytest.mark.parametrize("path", [path for path in MODULES if path != CLOCK], ids=name)
def test_no_test_looks_at_a_clock(path: Path) -> None:
    """It waits for what is to come true (`tests.waiting.until`), with the one bound there is (`BOUND`)."""
    imported = {alias.name for one in ast.walk(parsed(path)) if isinstance(one, ast.Import | ast.ImportFrom) for alias in one.names} | {
        one.module for one in ast.walk(parsed(path)) if isinstance(one, ast.ImportFrom)
    }
    assert "time" not in imported
    waits = [
        one.lineno
        for call in ast.walk(parsed(path))
        if isinstance(call, ast.Call) and not ast.unparse(call.func).startswith("page.")  # what a browser waits for, milliseconds
        for one in call.keywords
        if one.arg == "timeout" and isinstance(one.value, ast.Constant)
    ]
    assert waits == [], "bound it by tests.waiting.BOUND"


@pytest.mark.parametrize("path", TESTS, ids=name)
def test_a_skip_names_its_reason(path: Path) -> None:
    for one in ast.walk(parsed(path)):
        if isinstance(one, ast.Call) and (how := ast.unparse(one.func)).startswith(
            ("pytest.skip", "pytest.mark.skip", "pytest.mark.xfail")
        ):
            said = one.args if how == "pytest.skip" else [more for more in one.keywords if more.arg == "reason"]
            assert said, f"line {one.lineno}"
