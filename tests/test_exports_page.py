"""docs/exports.md is held to the code: its formats, its headings, its fields."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from models.reference import Relation
from pipeline.serve import citation_commands, register_commands, search_commands, trace_commands
from pipeline.trace import as_json
from rules.tables import rows
from tests.pipeline.trace.formats.test_exports import GRAPH

PAGE = (Path(__file__).parents[1] / "docs" / "exports.md").read_text(encoding="utf-8")


def formats(command: str) -> set[str]:
    """The formats that the page names for a command, over all its lines."""
    lines = [line for line in PAGE.splitlines() if f"`congvan {command} " in line and "--format" in line]
    return {one for line in lines for found in re.findall(r"--format ([a-z\\|]+)", line) for one in found.replace("\\", "").split("|")}


def test_every_format_is_named_and_there_is_no_other() -> None:
    assert formats("export") == {one.value for one in register_commands.Export}
    assert formats("graph") == {one.value for one in citation_commands.GraphFormat}
    assert formats("trace") == {one.value for one in trace_commands.TraceFormat}
    assert formats("register") == {one.value for one in register_commands.Form}
    assert formats("show") <= {one.value for one in search_commands.LetterFormat}


def test_every_heading_of_the_table_is_on_the_page() -> None:
    for row in rows("vbpl_relations"):
        assert row["on_citing"] in PAGE and row["on_cited"] in PAGE
    assert all(relation in PAGE for relation in get_args(Relation))


def test_every_attribute_of_the_graph_is_on_the_page() -> None:
    made = as_json(GRAPH)
    names = {key for node in made["nodes"] for key in node} | {key for link in made["links"] for key in link}
    assert [name for name in sorted(names - {"source", "target"}) if f"`{name}`" not in PAGE] == []
