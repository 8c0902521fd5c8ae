"""The tables: each as its schema says, each column read by whom the schema names, each pattern with its examples, both ways."""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from models.skeleton import nfc, skeleton
from pipeline.extract.references.text.folding import fold
from rules.tables import Column, TableError, faults, rows, schema, tables

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(path.name.removesuffix(".tsv") for path in files("rules").iterdir() if path.name.endswith(".tsv"))
WAYS = {"text": nfc, "skeleton": skeleton, "folded": fold}
COLUMNS = [(name, column) for name in FILES for column in schema(name)]
PATTERNS = [
    (name, column.name, column.kind.partition("/")[2]) for name, column in COLUMNS if column.kind.startswith(("pattern/", "first/"))
]
MATCHING = sorted({name for name, _, _ in PATTERNS})
ORDERED = [name for name in FILES if any(column.kind.startswith("first/") for column in schema(name))]


def examples(row: dict[str, str]) -> list[str]:
    return [example.strip() for example in row["example"].split(" ¦ ") if example.strip()]


def patterns(name: str, row: dict[str, str]) -> list[tuple[re.Pattern[str], str]]:
    """The patterns of a row, and against what each is matched."""
    return [(re.compile(row[column]), way) for table, column, way in PATTERNS if table == name and row[column]]


@pytest.mark.parametrize("name", FILES)
def test_every_table_is_nfc_and_even(name: str) -> None:
    raw = files("rules").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    assert raw == nfc(raw) or any(char in raw for char in "–—Ðƣ"), "a table holds NFC, but for what it names as misread"
    width = raw.splitlines()[0].count("\t")
    assert [line for line in raw.splitlines() if line.count("\t") > width] == []


def test_every_table_has_a_schema_and_every_schema_a_table() -> None:
    assert sorted(tables()) == FILES


@pytest.mark.parametrize("name", FILES)
def test_every_table_is_as_its_schema_says(name: str) -> None:
    assert list(faults(name, rows(name))) == []


def test_a_table_that_was_mended_wrongly_is_refused() -> None:
    good = {"name": "sure", "figure": "0.5", "note": "why"}
    assert list(faults("thresholds", (good,))) == []
    assert [line for line, _ in faults("thresholds", (good, {**good, "name": "other", "figure": "half"}))] == [3]
    assert [line for line, _ in faults("thresholds", (good, {**good, "figure": "0.6"}))] == [3]
    assert [line for line, _ in faults("thresholds", ({**good, "note": ""},))] == [2]
    assert [line for line, _ in faults("thresholds", ({"name": "sure", "figure": "0.5"},))] == [1]
    assert [line for line, _ in faults("mottos", ({"phrase": "x", "regime": "church"},))] == [2]
    assert [line for line, _ in faults("open_ends", ({"pattern": "(", "example": "x", "note": "x"},))] == [2]
    assert "line 3" in str(TableError("thresholds", 3, "is empty"))


@cache
def _read_by_code() -> dict[str, frozenset[str]]:
    """Table to the columns that code reads: those that a function names in brackets, or in a tuple, that also names the table."""
    found: dict[str, set[str]] = {name: set() for name in FILES}
    for path in (*(ROOT / "rules").rglob("*.py"), *(ROOT / "pipeline").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for part in [step for node in tree.body for step in (node.body if isinstance(node, ast.ClassDef) else [node])]:
            for name in _texts(part) & set(found):
                found[name] |= _columns(part)
    return {name: frozenset(columns) for name, columns in found.items()}


def _texts(part: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(part) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _columns(part: ast.AST) -> set[str]:
    holders = (node for node in ast.walk(part) if isinstance(node, ast.Subscript | ast.Tuple | ast.Call | ast.IfExp))
    held = (one for holder in holders for one in ast.iter_child_nodes(holder))
    return {one.value for one in held if isinstance(one, ast.Constant) and isinstance(one.value, str)}


@pytest.mark.parametrize(("name", "column"), COLUMNS, ids=[f"{name}-{column.name}" for name, column in COLUMNS])
def test_every_column_is_read_by_whom_its_schema_names(name: str, column: Column) -> None:
    if column.kind == "example":
        assert column.reader == "tests"
    elif column.reader == "code":
        assert column.name in _read_by_code()[name], f"{name}.{column.name} is read by no code: use it, tell who needs it, or drop it"
    else:
        assert column.reader == "archivist"
        reason = next(row["holds"] for row in rows("schemas") if (row["table"], row["column"]) == (name, column.name))
        assert reason, f"{name}.{column.name}: say why no code reads it"
        assert column.name not in _read_by_code()[name], f"{name}.{column.name} is read by code: its schema says it is not"


def test_there_are_tables_that_match() -> None:
    assert {"header_cues", "issuer_heads", "deadlines", "closed_words"} <= set(MATCHING)


@pytest.mark.parametrize("name", MATCHING)
def test_every_pattern_has_an_example_and_every_example_a_pattern(name: str) -> None:
    for row in rows(name):
        found, shown = patterns(name, row), examples(row)
        # a row without a pattern is what is left where none of its relation's is found: its example shows that
        assert shown or not found, f"{name}: {row} has no example"
        assert found or not shown or name == "vbpl_relations", f"{name}: {row} has an example and no pattern"
        for pattern, way in found:
            assert any(pattern.search(WAYS[way](one)) for one in shown), f"{name}: {pattern.pattern} matches none of {shown}"
        for one in shown if found else ():
            assert any(pattern.search(WAYS[way](one)) for pattern, way in found), f"{name}: no pattern of the row matches {one!r}"


@pytest.mark.parametrize("name", MATCHING)
def test_the_one_pattern_of_a_row_matches_each_of_its_examples(name: str) -> None:
    for row in rows(name):
        for pattern, way in patterns(name, row):
            assert [one for one in examples(row) if not pattern.search(WAYS[way](one))] == [], pattern.pattern


@pytest.mark.parametrize("name", ORDERED)
def test_where_the_first_match_counts_no_row_takes_the_examples_of_a_later_one(name: str) -> None:
    table = rows(name)
    for at, row in enumerate(table):
        for one in examples(row):
            taken = [other for other in table[:at] for pattern, way in patterns(name, other) if pattern.search(WAYS[way](one))]
            assert taken == [], f"{name}: {one!r} is taken by {taken}"


def test_an_example_without_a_pattern_is_found_by_none_of_its_relation() -> None:
    for row in rows("vbpl_relations"):
        if not row["pattern"]:
            others = [
                re.compile(other["pattern"])
                for other in rows("vbpl_relations")
                if other["relation"] == row["relation"] and other["pattern"]
            ]
            assert [one for one in examples(row) for other in others if other.search(skeleton(one))] == []


def test_every_threshold_and_cue_is_asked_for() -> None:
    """A row that nobody asks for decides nothing, however well it is set."""
    said = set()
    for path in (*(ROOT / "rules").rglob("*.py"), *(ROOT / "pipeline").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    names = {row["name"] for row in rows("thresholds")}
    names |= {row["cue"] for table in ("header_cues", "issuer_cues", "list_cues", "number_cues") for row in rows(table)}
    assert names - said == set()


def test_every_title_names_a_type_of_the_table() -> None:
    types = {row["abbr"] or row["name_vi"] for row in rows("document_types")}
    assert [row["title"] for row in rows("titles") if row["doc_type"] not in types] == []


def test_every_kind_of_body_is_told() -> None:
    assert {row["kind"] for row in rows("issuer_heads")} <= {row["kind"] for row in rows("body_kinds")}


def test_every_province_of_2025_is_made_of_those_before() -> None:
    made = sorted(name.strip() for row in rows("provinces_2025") for name in row["composed_of_old"].split(";"))
    assert made == sorted(row["old_name"] for row in rows("provinces"))


def test_every_copy_repair_leaves_a_sound_item_alone() -> None:
    sound = ["Như trên", "Như Điều 3", "Bộ trưởng (để b/c)", "Cổng TTĐT tỉnh", "Lưu: VT, TĐC", "TT. Tỉnh ủy, TT. HĐND tỉnh"]
    for row in rows("copy_repairs"):
        for item in sound:
            assert re.sub(row["pattern"], row["right"], item) == item
