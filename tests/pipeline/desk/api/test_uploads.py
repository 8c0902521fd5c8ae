"""Files handed in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.pipeline.desk.conftest import SAMPLE


def test_files_handed_in_are_told_with_their_reasons(here: TestClient, archive: Path) -> None:
    files = [
        ("files", ("../../thu.pdf", b"no pdf at all", "application/pdf")),
        ("files", ("lai.pdf", SAMPLE.read_bytes(), "application/pdf")),
    ]
    batch = here.post("/api/ingest", files=files)
    assert batch.status_code == 202
    events = []
    with here.stream("GET", f"/api/ingest/{batch.json()['id']}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        for line in stream.iter_lines():
            if line.startswith("data: "):
                events.append(json.loads(line[6:]))
    last = events[-1]
    assert last["state"] == "done" and [one["name"] for one in last["files"]] == ["thu.pdf", "lai.pdf"]
    assert [one["state"] for one in last["files"]] == ["refused", "duplicate"]
    assert last["files"][0]["reason"] and last["files"][1]["reason"] is None
    # what is settled leaves nothing behind
    assert [path for path in (archive.parent / "archive-uploads").rglob("*") if path.is_file()] == []
    assert "thu.pdf" in here.get("/ledger").text
    assert here.get("/api/ingest/none").status_code == 404


def test_an_upload_without_files_or_too_large_is_refused(here: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert here.post("/api/ingest", files={"other": ("a.pdf", b"x")}).status_code == 422
    monkeypatch.setenv("CONGVAN_MAX_BYTES", "100")
    assert here.post("/api/ingest", files={"files": ("a.pdf", b"x" * 1000)}).status_code == 413
    monkeypatch.setenv("CONGVAN_MAX_BYTES", "600")
    assert here.post("/api/ingest", files={"files": ("a.pdf", b"x" * 700)}).status_code == 413
