"""Files handed in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC
from datetime import datetime as Datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request

from models.ledger import LedgerEntry, State
from pipeline.desk.access.entrance import COOKIE
from pipeline.desk.access.user_store import Users
from pipeline.desk.api.uploads import events
from pipeline.desk.jobs.batches import Batch
from tests.pipeline.desk.conftest import SAMPLE, log_in


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


def _batch(client: TestClient, who: str) -> Batch:
    """A batch that is being read, with a file that was found to be secret."""
    batch = Batch("b1", who, Path("b1"), ["dieu-dong-quan.pdf"], state="reading")
    entry = LedgerEntry(path="b1/0000/dieu-dong-quan.pdf", sha256="0" * 64, size=9, state=State.QUARANTINED, at=Datetime.now(UTC))
    batch.entries = {"0000": entry}
    client.app.state.desk.uploads._batches["b1"] = batch  # type: ignore[attr-defined]
    return batch


def _told(client: TestClient, batch: Batch, between: Callable[[], None]) -> list[str]:
    """The events that a browser with this client's session is told: one, and those after `between` was done and there is news."""
    desk = client.app.state.desk  # type: ignore[attr-defined]
    cookie = f"{COOKIE}={client.cookies[COOKIE]}".encode()
    scope = {"type": "http", "app": client.app, "headers": [(b"cookie", cookie)], "query_string": b"", "path": "/", "method": "GET"}

    async def asked() -> list[str]:
        stays = asyncio.Event()

        async def receive() -> dict[str, str]:
            await stays.wait()  # the browser stays
            return {"type": "http.disconnect"}

        request = Request(scope, receive)
        answer = await events(desk, desk.entrance.person(request), batch.id, request)
        found = []
        async for one in answer.body_iterator:
            found.append(str(one))
            if len(found) == 1:
                between()
                batch.tell()
            else:
                batch.tell(state="done")
        return found

    return asyncio.run(asyncio.wait_for(asked(), 60))


def test_nothing_more_is_told_after_logging_out(anybody: TestClient, users: Users) -> None:
    log_in(anybody, "clerk")
    batch = _batch(anybody, "clerk")
    assert len(_told(anybody, batch, lambda: users.log_out(anybody.cookies[COOKIE]))) == 1
    log_in(anybody, "clerk")
    batch.tell(state="reading")
    assert len(_told(anybody, batch, lambda: None)) > 1


def test_a_secret_files_name_is_told_to_the_cleared_and_to_who_handed_it_in(anybody: TestClient, users: Users) -> None:
    batch = _batch(anybody, "clerk")
    names = {}
    for name in ("clerk", "archivist", "admin"):
        users.change("admin", cleared=True)
        log_in(anybody, name)
        names[name] = anybody.get("/api/ingest/b1").json()["files"][0]["name"]
    assert names == {"clerk": "dieu-dong-quan.pdf", "archivist": "mật.pdf", "admin": "dieu-dong-quan.pdf"}
    # one whose clearance is taken is told no more of it
    assert len(_told(anybody, batch, lambda: users.change("admin", cleared=False))) == 1
