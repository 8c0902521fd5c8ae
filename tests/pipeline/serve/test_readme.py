"""The documentation is held to the code: what the README types is a command, and what docs/record.md names is a field."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from models.letter import HEADER_FIELDS, Letter
from models.trace import Standing
from pipeline.serve.cli import tree

ROOT = Path(__file__).parents[3]


def typed(name: str) -> list[str]:
    """The command lines of a page's console blocks."""
    blocks = re.findall(r"```console\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.mark.parametrize("line", [line for page in ("README.md", "README.vi.md") for line in typed(page) if line.startswith("congvan")])
def test_a_command_of_the_readme_is_understood(line: str) -> None:
    group: Any = tree()
    name, *arguments = shlex.split(line)[1:]
    command = group.commands[name]
    while hasattr(command, "commands"):  # "file put"
        name, *arguments = arguments
        command = command.commands[name]
    context = command.make_context(name, arguments)
    assert context.params


@pytest.mark.parametrize("line", [line for page in ("README.md", "README.vi.md") for line in typed(page) if line.startswith("make")])
def test_a_make_command_of_the_readme_is_there(line: str) -> None:
    assert f"\n{line.split()[1]}:" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_record_page_names_every_field_and_standing() -> None:
    page = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    for name in (*HEADER_FIELDS, *Letter.model_fields):
        assert f'"{name}"' in page or f"`{name}`" in page, name
    for standing in Standing:
        assert f"`{standing.name}`" in page


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert "make test" in typed("README.md")
    assert re.search(r"\bmake\b.* test\b", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))


def test_every_link_of_the_pages_leads_somewhere() -> None:
    for page in ("README.md", "README.vi.md", "samples/README.md", "docs/record.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            if target != "benchmarks/RESULTS.md":  # written by make bench
                assert ((ROOT / page).parent / target).exists(), (page, target)
