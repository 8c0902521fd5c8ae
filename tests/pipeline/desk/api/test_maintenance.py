"""Administration from the browser: files tried again, verify, backups, history."""

from __future__ import annotations

import sqlite3
import tarfile
import threading
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import pipeline
from models.ledger import State
from pipeline.archive.safety.restoring import restore
from pipeline.desk.access.user_store import FILE, Users, digest
from pipeline.desk.app import application
from pipeline.serve.cli import run
from tests.pipeline.desk.conftest import HERE, SAMPLE, id_of, log_in
from tests.waiting import BOUND, until

JSON = {"content-type": "application/json"}
LINKED = "congvan-20260101-000000.tar"


def ended(client: TestClient, path: str) -> dict[str, Any]:
    """What a job came to, when it has ended."""
    until(lambda: client.get(path).json()["job"]["state"] != "running", path)
    said: dict[str, Any] = client.get(path).json()
    return said


def boss(users: Users) -> str:
    """An administrator who is cleared."""
    users.change("admin", cleared=True)
    return "admin"


def did(users: Users, what: str) -> list[str]:
    return [one.about for one in users.audit() if one.what == what]


def test_the_history_comes_in_pages(here: TestClient) -> None:
    id = id_of(here, "1/UBND-NC")
    for n in range(5):
        here.patch(f"/api/letters/{id}", json={"field": "place", "value": f"Nơi {n}"})
    first = here.get("/api/history?limit=2").json()
    second = here.get("/api/history", params={"limit": 2, "cursor": first["next"]}).json()
    last = here.get("/api/history", params={"limit": 2, "cursor": second["next"]}).json()
    found = [(one["field"], one["new"]) for page in (first, second, last) for one in page["items"]]
    assert found[:5] == [("place", f"Nơi {n}") for n in range(4, -1, -1)]
    assert found[5][0] == "office" and last["next"] is None


def test_failed_files_are_tried_again(here: TestClient, archive: Path, tmp_path: Path) -> None:
    gone = tmp_path / "den-sau.pdf"
    with pipeline.open(archive) as office:
        office.ingest([gone])
        assert [Path(one.path).name for one in office.status() if one.state is State.REFUSED] == ["den-sau.pdf"]
    gone.write_bytes(SAMPLE.read_bytes())
    assert "data-send" in here.get("/ledger").text
    began = here.post("/api/ledger/retry", json={})
    assert began.status_code == 202
    done = ended(here, "/api/ledger/retry")
    assert (done["job"]["state"], done["files"], done["left"]) == ("done", 1, [])
    with pipeline.open(archive) as office:
        assert office.counts().get(State.REFUSED, 0) == 0 and office.counts()[State.DUPLICATE] == 1


def test_what_is_tried_again_and_settled_leaves_the_folder_of_uploads(
    here: TestClient, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uploads = archive.parent / "archive-uploads"
    monkeypatch.setattr("pipeline.desk.jobs.batches._SETTLED", ())  # as where its reading failed: it stays to be tried again
    batch = here.post("/api/ingest", files={"files": ("a.pdf", b"no pdf at all")}).json()["id"]
    until(lambda: here.get(f"/api/ingest/{batch}").json()["state"] in ("done", "failed"))
    assert [path.name for path in uploads.rglob("*") if path.is_file()] == ["a.pdf"]
    monkeypatch.undo()
    here.post("/api/ledger/retry", json={"refused": True})
    ended(here, "/api/ledger/retry")
    assert list(uploads.iterdir()) == []


def test_verify_tells_what_is_wrong_in_vietnamese(anybody: TestClient, archive: Path, users: Users) -> None:
    log_in(anybody, "archivist")
    assert anybody.get("/api/verify").json()["job"] is None
    assert anybody.post("/api/verify", json={}).status_code == 202
    whole = ended(anybody, "/api/verify")
    assert (
        whole["whole"] is True
        and whole["faults"] == []
        and whole["letters"] == len(anybody.get("/api/letters?limit=200").json()["items"]) + 1
    )
    assert "Kho nguyên vẹn" in anybody.get("/admin/verify").text
    harmed = next(path for path in (archive / "originals").rglob("*.pdf"))
    harmed.chmod(0o600)
    harmed.write_bytes(b"changed")
    anybody.post("/api/verify", json={"mend": True})
    found = ended(anybody, "/api/verify")
    assert found["whole"] is False and [one["code"] for one in found["faults"]] == [41]
    page = anybody.get("/admin/verify").text
    assert "congvan ingest --again TỆP" in page and "Phát hiện 1 lỗi" in page
    assert anybody.post("/api/verify", json={"holds": "not a hash"}).status_code == 422
    assert [one.split(",")[0] for one in did(users, "verified")] == ["1 lỗi", "0 lỗi"]


def test_only_one_of_a_kind_runs_and_a_failure_is_told(here: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.archive.safety.backup_format import NoRoomThere

    asked_twice = threading.Event()

    def slow(*_: object, **__: object) -> None:
        assert asked_twice.wait(BOUND)
        raise NoRoomThere(Path("x"))

    monkeypatch.setattr("pipeline.office.Office.backup", slow)
    assert here.post("/api/backups").status_code == 202
    assert here.post("/api/backups").status_code == 409
    asked_twice.set()
    said = ended(here, "/api/backups")
    assert said["job"]["state"] == "failed" and "đầy" in said["job"]["error"] and "đầy" in here.get("/admin/backups").text


def test_a_backup_is_made_sent_and_restored_and_one_logs_in_again(anybody: TestClient, users: Users, archive: Path, tmp_path: Path) -> None:
    log_in(anybody, boss(users))
    cookie, token = anybody.cookies["congvan_session"], users.token("clerk", "máy quét")
    assert anybody.post("/api/backups").status_code == 202
    there = ended(anybody, "/api/backups")
    name = there["items"][0]["name"]
    file = archive.parent / "archive-backups" / name
    assert there["folder"] == str(file.parent) and file.stat().st_mode & 0o077 == 0 and file.parent.stat().st_mode & 0o077 == 0
    sent = anybody.get(f"/api/backups/{name}")
    assert sent.content == file.read_bytes() and sent.headers["content-type"] == "application/x-tar"
    assert did(users, "backup.sent") == [name] and did(users, "backup.made") == [name]
    # neither sessions nor tokens are in it, in any form
    for secret in (cookie, digest(cookie), token, digest(token)):
        assert secret.encode() not in sent.content
    with tarfile.open(file) as tar:
        assert FILE in tar.getnames()
    restore(file, tmp_path / "again")
    assert (tmp_path / "again" / FILE).stat().st_mode & 0o777 == 0o600
    again = Users(tmp_path / "again" / FILE)
    assert again.all() == users.all() and [one.what for one in again.audit()][-1] == "login"
    with TestClient(application(pipeline.open(tmp_path / "again")), base_url=HERE, follow_redirects=False) as client:
        assert client.get("/api/letters").status_code == 401, "the desk is not open to whoever sits there"
        client.cookies.set("congvan_session", cookie)
        assert client.get("/api/letters").status_code == 401
        assert client.get("/api/letters", headers={"authorization": f"Bearer {token}"}).status_code == 401
        assert log_in(client, "clerk") == 303 and client.get("/api/letters").json()["total"] > 0
    with sqlite3.connect(tmp_path / "again" / FILE) as connection, pytest.raises(sqlite3.DatabaseError, match="append-only"):
        connection.execute("DELETE FROM audit")


@pytest.mark.parametrize(
    "name",
    [
        "..%2Farchive.db",
        "archive.db",
        "users.db",
        "%2e%2e",
        "congvan-20260101-000000.tar%00",
        "congvan-20260101-000000.tar/../users.db",
        "x",
    ],
)
def test_only_backups_are_sent(anybody: TestClient, users: Users, archive: Path, name: str) -> None:
    log_in(anybody, boss(users))
    (archive.parent / "archive-backups").mkdir()
    (archive.parent / "archive-backups" / LINKED).symlink_to(archive / "archive.db")
    for asked in (name, LINKED):
        answer = anybody.get(f"/api/backups/{asked}")
        assert answer.status_code == 404 and b"SQLite format" not in answer.content


def test_the_command_restores_and_notes_it(archive: Path, users: Users, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVAN_LOG", str(tmp_path / "log"))
    assert run(["backup", str(tmp_path / "kho.tar"), "--archive", str(archive)]) == 0
    assert run(["restore", str(tmp_path / "kho.tar"), str(tmp_path / "again")]) == 0
    assert did(Users(tmp_path / "again" / FILE), "restored") == ["kho.tar"]


def test_pages_of_administration_speak_both_languages(here: TestClient) -> None:
    for path in (
        "/ledger",
        "/ledger/secret",
        "/admin/verify",
        "/admin/backups",
        "/admin/users",
        "/admin/audit",
        "/admin/history",
        "/admin/spot-check",
    ):
        here.cookies.clear()
        assert "Người dùng" in here.get(path).text, path
        here.cookies.set("congvan_lang", "en")
        assert "Users" in here.get(path).text, path
