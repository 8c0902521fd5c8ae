"""What the documents point at is there: each module, table and test that README, CONTRIBUTING.md and docs/ name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "README.vi.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
TOPS = ("models", "rules", "pipeline", "training", "samples", "tests", "benchmarks", "fuzz", "setup", "docs")
POINTER = re.compile(r"`([\w./]*\w\.(?:py|tsv|js|html|sh))\b[^`]*`")
NO_POINTERS = {"csv.py", "sitecustomize.py", "pytesseract.py"}  # names that are planted beside a letter (docs/reliability.md)


@cache
def standing() -> frozenset[str]:
    """Every file of the house, by its whole path and by each end of it."""
    paths = [path.relative_to(ROOT).parts for top in TOPS for path in (ROOT / top).rglob("*.*") if path.is_file()]
    return frozenset("/".join(parts[at:]) for parts in paths for at in range(len(parts)))


@cache
def known() -> frozenset[str]:
    """The names of all tests."""
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return frozenset(name for text in texts for name in re.findall(r"^def (test_\w+)", text, re.M))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_file_that_a_page_names_is_there(page: Path) -> None:
    named = set(POINTER.findall(page.read_text(encoding="utf-8"))) - NO_POINTERS
    assert sorted(named - standing()) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_test_that_a_page_names_is_there(page: Path) -> None:
    named = set(re.findall(r"`(test_\w+)(?:\[[^`]*)?`", page.read_text(encoding="utf-8")))
    assert sorted(named - known()) == []


def test_the_pages_do_name_files_and_tests() -> None:
    text = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    assert len(set(POINTER.findall(text))) > 20 and len(set(re.findall(r"`(test_\w+)", text))) > 20
