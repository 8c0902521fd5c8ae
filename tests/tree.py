"""The house as a tree, drawn from its folders and from what each says of itself: `python -m tests.tree` lays it into CONTRIBUTING.md.

A folder's words are the first sentence of its docstring; stages and rooms stand in the order of the import contract, where it has one.
"""

from __future__ import annotations

import ast
import re
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "CONTRIBUTING.md"
TOPS = ("models", "rules", "pipeline", "training", "samples", "tests", "benchmarks", "fuzz")
BEGIN, END = "<!-- by `python -m tests.tree` -->\n", "<!-- to here -->\n"
_COLUMN, _WIDTH = 20, 140


def drawn() -> str:
    """The tree, a line a folder."""
    return "".join(f"{line}\n" for top in TOPS for line in _folder(ROOT / top, 0))


def _folder(folder: Path, depth: int) -> Iterator[str]:
    yield from _line(f"{folder.name}/", _words(folder / ("conftest.py" if folder.name == "tests" else "__init__.py")), depth)
    if depth < 3:
        for room in _ordered(folder):
            yield from _folder(room, depth + 1)
    if folder.name == "pipeline":
        for module in sorted(folder.glob("[!_]*.py")):
            yield from _line(module.name, _words(module), depth + 1)


def _line(name: str, words: str, depth: int) -> list[str]:
    head = f"{'  ' * depth}{name}"
    return textwrap.wrap(words, _WIDTH, initial_indent=f"{head:<{_COLUMN}} ", subsequent_indent=" " * (_COLUMN + 1)) or [head]


def _words(module: Path) -> str:
    """The first sentence of a docstring, without the number of the stage."""
    said = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    first = re.split(r"\n\n|(?<=[^.]\.)\s", said)[0]
    return " ".join(first.split()).rstrip(".")


def _ordered(folder: Path) -> list[Path]:
    """The packages in a folder: by the import contract's layers, lowest first; then by name."""
    layers: list[str] = []
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]:
        if ".".join(folder.relative_to(ROOT).parts) in contract.get("containers", []):
            layers = [name.strip("() ") for layer in reversed(contract["layers"]) for name in re.split(r"[|:]", layer)]
    rooms = [path.parent for path in folder.glob("*/__init__.py")]
    return sorted(rooms, key=lambda room: (layers.index(room.name) if room.name in layers else len(layers), room.name))


def laid(page: str) -> str:
    """CONTRIBUTING.md with the tree as it is."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}```\n{drawn()}```\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(laid(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
