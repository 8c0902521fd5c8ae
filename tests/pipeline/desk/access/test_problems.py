"""What goes wrong is told as a problem."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import pipeline
from pipeline.archive.tables import write_lock
from pipeline.desk.app import application
from tests.pipeline.archive.tables.test_storage_faults import WORD, laid_out, spoilt
from tests.pipeline.desk.conftest import HERE, id_of


def test_a_failure_is_a_problem_and_never_a_traceback(here: TestClient) -> None:
    for path, status in (("/api/letters/none", 404), ("/api/nothing", 404), ("/api/letters?limit=0", 422), ("/api/letters?sort=x", 422)):
        answer = here.get(path)
        assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status and answer.json()["title"] and "Traceback" not in answer.text
    assert here.put("/api/letters", json={}).status_code == 405
    assert "<h1>" in here.get("/letter/none", headers={"accept": "text/html"}).text


@pytest.mark.parametrize("how", ["head", "no text", "no JSON"])
def test_a_damaged_database_is_told_without_what_it_held(how: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    kho = laid_out(tmp_path)
    with pipeline.open(kho) as office:
        id = next(office.archive.letters()).id
    spoilt(kho, how)
    with TestClient(application(pipeline.open(kho)), base_url=HERE, raise_server_exceptions=False) as client:
        for path in (f"/api/letters/{id}", f"/letter/{id}"):
            answer = client.get(path, headers={"accept": "text/html"})
            assert answer.status_code == 500 and "congvan verify" in answer.text
            assert WORD[:6] not in answer.text + caplog.text


def test_a_lock_that_another_program_holds_is_told(here: TestClient, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_lock, "PATIENCE", 0.0)
    monkeypatch.setattr(write_lock, "ROUND", 0.0)
    id = id_of(here, "1/UBND-NC")
    with closing(sqlite3.connect(archive / "archive.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        # connections of before wait ten seconds by themselves
        answer = here.patch(f"/api/letters/{id}", json={"field": "place", "value": "Vinh"})
    assert answer.status_code == 503 and answer.headers["retry-after"]
    assert here.patch(f"/api/letters/{id}", json={"field": "place", "value": "Vinh"}).status_code == 200
