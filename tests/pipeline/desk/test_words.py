"""The desk speaks both languages."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from pipeline.desk.words import table


@pytest.mark.parametrize("path", ["/", "/review", "/search?q=1002", "/trace", "/trace?number=36/QĐ-TTg", "/ledger", "/api/docs"])
def test_every_page_speaks_both_languages(here: TestClient, path: str) -> None:
    headers = {"accept": "text/html"}
    vietnamese = here.get(path, headers=headers).text
    here.cookies.set("congvan_lang", "en")
    english = here.get(path, headers=headers).text
    assert '<html lang="vi">' in vietnamese and '<html lang="en">' in english
    assert "Sổ văn bản đến" in vietnamese and "Register" in english


def test_words_have_both_languages_and_are_all_used() -> None:
    desk = Path(__file__).parents[3] / "pipeline" / "desk"
    code = "".join(path.read_text(encoding="utf-8") for path in desk.rglob("*") if path.suffix in (".py", ".html", ".js"))
    # whose last part is a value
    built = (
        "role.",
        "field.",
        "book.",
        "state.",
        "problem.",
        "nav.",
        "col.",
        "js.",
        "letter.",
        "trace.state.",
        "admin.",
        "audit.",
        "reread.kind.",
        "spot.outcome.",
        "known.",
    )
    assert all(row["vi"] and row["en"] for row in table().values())
    left = {key for key in table() if f"'{key}'" not in code and f'"{key}"' not in code and not key.startswith(built)}
    assert left == set()


def test_no_word_of_the_desk_is_said_twice_over() -> None:
    text = files("pipeline.messages").joinpath("desk.tsv").read_text(encoding="utf-8")
    keys = [line.split("\t")[0] for line in text.splitlines() if line and not line.startswith("#")]
    assert [key for key, times in Counter(keys).items() if times > 1] == []
