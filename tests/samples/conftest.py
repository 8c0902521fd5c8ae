"""The samples, taken in once for all tests here, and what their sheets say by hand."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import pipeline
from models.letter import Letter
from models.skeleton import nfc
from pipeline.ingest import Stages
from pipeline.office import Office
from tests.conftest import Once

SAMPLES = Path(__file__).parents[2] / "samples"


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLES / name).read_text(encoding="utf-8").splitlines()]


EXPECTED = {row["id"]: row for row in lines("expected.jsonl")}
STANDINGS = lines("standings.jsonl")


@pytest.fixture(scope="session")
def office(once: Once, reading: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An archive of Nghệ An's committee that holds the samples."""

    def fill(folder: Path) -> None:
        with pipeline.open(folder / "archive") as desk:
            desk.office = "Ủy ban nhân dân tỉnh Nghệ An"
            desk.ingest(SAMPLES / "letters", stages=reading)

    where = tmp_path_factory.mktemp("samples") / "archive"
    shutil.copytree(once("samples", fill) / "archive", where)
    with pipeline.open(where) as desk:
        yield desk


@pytest.fixture(scope="session")
def held(office: Office) -> dict[str, Letter]:
    """The archive's letters by the short names of expected.jsonl: same bytes, same first page."""
    found = {(letter.source.sha256, letter.source.pages[0]): letter for letter in office.archive.letters(with_text=True)}
    bytes_of = {nfc(path.name): sha256(path.read_bytes()).hexdigest() for path in SAMPLES.rglob("*") if path.is_file()}
    names = {(bytes_of[row["source"]["file"]], row["source"]["pages"][0]): name for name, row in EXPECTED.items()}
    return {names[place]: letter for place, letter in found.items() if place in names}


@pytest.fixture(scope="session")
def names(held: dict[str, Letter]) -> dict[str, str]:
    """Short name of each id; copies bear the name of the first."""
    return {letter.id: EXPECTED[name].get("copy_of") or name for name, letter in held.items()}
