"""Each table that matches text: every pattern has an example, and matches each of its examples."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from models.skeleton import nfc, skeleton
from rules.tables import rows

# tables whose patterns are matched against a skeleton (marks stripped, upper case), not the text itself
ON_SKELETONS = {"header_cues", "issuer_heads", "person_titles", "vbpl_relations", "closed_words"}
# these are matched clause by clause, in lower case: the tests of the references hold them
ELSEWHERE = {"relations", "deadlines"}

TABLES = sorted(path.name.removesuffix(".tsv") for path in files("rules").iterdir() if path.name.endswith(".tsv"))
MATCHING = [name for name in TABLES if {"pattern", "example"} <= set(rows(name)[0]) and name not in ELSEWHERE]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_nfc_and_even(name: str) -> None:
    raw = files("rules").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    assert raw == nfc(raw) or any(char in raw for char in "–—Ðƣ"), "a table holds NFC, but for what it names as misread"
    width = raw.splitlines()[0].count("\t")
    assert [line for line in raw.splitlines() if line.count("\t") > width] == []


def test_there_are_tables_that_match() -> None:
    assert {"header_cues", "issuer_heads"} <= set(MATCHING)


@pytest.mark.parametrize("name", MATCHING)
def test_every_pattern_matches_its_examples(name: str) -> None:
    for row in rows(name):
        pattern = re.compile(row["pattern"])
        examples = [example.strip() for example in row["example"].split(" ¦ ") if example.strip()]
        assert examples, f"{name}: {row['pattern']} has no example"
        for example in examples:
            text = skeleton(example) if name in ON_SKELETONS else example
            assert pattern.search(text), f"{name}: {row['pattern']} does not match {example!r}"


def test_every_title_names_a_type_of_the_table() -> None:
    types = {row["abbr"] or row["name_vi"] for row in rows("document_types")}
    assert [row["title"] for row in rows("titles") if row["doc_type"] not in types] == []


def test_every_copy_repair_leaves_a_sound_item_alone() -> None:
    sound = ["Như trên", "Như Điều 3", "Bộ trưởng (để b/c)", "Cổng TTĐT tỉnh", "Lưu: VT, TĐC", "TT. Tỉnh ủy, TT. HĐND tỉnh"]
    for row in rows("copy_repairs"):
        for item in sound:
            assert re.sub(row["pattern"], row["right"], item) == item
