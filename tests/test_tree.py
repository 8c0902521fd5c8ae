"""The tree that CONTRIBUTING.md shows is the house as it stands."""

from __future__ import annotations

from tests import tree


def test_the_tree_that_is_shown_is_the_real_one() -> None:
    page = tree.PAGE.read_text(encoding="utf-8")
    assert tree.laid(page) == page, "run: python -m tests.tree"


def test_each_folder_says_what_it_holds() -> None:
    assert [line for line in tree.drawn().splitlines() if line.endswith("/")] == []
