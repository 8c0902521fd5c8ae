"""Administration from the browser: files tried again, verify, backups, users and tokens, the secret register, audit and history."""

from __future__ import annotations

import json
import sqlite3
import tarfile
import threading
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import pipeline
from models.ledger import State
from pipeline.archive.safety.backups import restore
from pipeline.desk.access import rate_limit
from pipeline.desk.access.accounts import LastAdmin, Role
from pipeline.desk.access.user_store import FILE, Users, digest
from pipeline.desk.app import application
from pipeline.serve.cli import run
from tests.pipeline.desk.conftest import HERE, PASSWORD, SECRET, id_of, log_in
from tests.waiting import BOUND, until

NEW = "mat khau moi 77"
JSON = {"content-type": "application/json"}


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


# users
def test_users_are_made_changed_and_closed(anybody: TestClient, users: Users) -> None:
    log_in(anybody, boss(users))
    made = anybody.post("/api/users", json={"name": "hoa", "role": "clerk", "password": NEW})
    assert (made.status_code, made.json()) == (201, {"name": "hoa", "role": "clerk", "cleared": False, "active": True})
    assert anybody.post("/api/users", json={"name": "hoa", "role": "clerk", "password": NEW}).status_code == 409
    for wrong in (
        {"name": "hoa mai", "password": NEW},
        {"name": "mai", "password": "ngan"},
        {"name": "mai", "password": NEW, "role": "king"},
    ):
        assert anybody.post("/api/users", content=json.dumps(wrong), headers=JSON).status_code == 422, wrong
    assert anybody.patch("/api/users/hoa", json={"role": "archivist", "cleared": True}).json()["role"] == "archivist"
    assert anybody.patch("/api/users/nobody", json={"role": "clerk"}).status_code == 404
    assert [(one.name, one.role, one.cleared) for one in users.all() if one.name == "hoa"] == [("hoa", Role.archivist, True)]
    assert anybody.patch("/api/users/hoa", json={"password": NEW + "8"}).status_code == 200
    page = anybody.get("/admin/users").text
    assert "hoa" in page and NEW not in page
    assert log_in(anybody, "hoa", NEW) == 401 and log_in(anybody, "hoa", NEW + "8") == 303
    log_in(anybody, "admin")
    assert anybody.patch("/api/users/hoa", json={"active": False}).status_code == 200
    assert log_in(anybody, "hoa", NEW + "8") == 401
    assert did(users, "user.add") == ["hoa clerk"]
    assert did(users, "user.change") == ["hoa active=False", "hoa password", "hoa role=archivist cleared=True"]
    assert all(NEW not in one.about for one in users.audit())


def test_a_change_ends_the_sessions_of_its_user(anybody: TestClient, users: Users, archive: Path) -> None:
    log_in(anybody, "clerk")
    cookie = anybody.cookies["congvan_session"]
    users.change("clerk", role=Role.reader)
    anybody.cookies.set("congvan_session", cookie)
    assert anybody.get("/api/letters").status_code == 401


@pytest.mark.parametrize("change", [{"role": "archivist"}, {"active": False}])
def test_the_last_administrator_stays(anybody: TestClient, users: Users, change: dict[str, Any]) -> None:
    log_in(anybody, "admin")
    answer = anybody.patch("/api/users/admin", json=change)
    assert answer.status_code == 409 and answer.headers["content-type"] == "application/problem+json"
    assert "quản trị cuối cùng" in answer.json()["title"]
    assert users.get("admin").role is Role.admin and users.get("admin").active
    assert anybody.get("/api/users").status_code == 200, "and nothing of it was done: the session holds"
    users.add("second", Role.admin, PASSWORD)
    assert anybody.patch("/api/users/admin", json=change).status_code == 200
    with pytest.raises(LastAdmin):
        users.change("second", role=Role.reader)


def test_nobody_gives_what_he_has_not(anybody: TestClient, users: Users) -> None:
    log_in(anybody, "admin")  # not cleared
    refused = [
        anybody.post("/api/users", json={"name": "spy", "password": NEW, "cleared": True}),
        anybody.patch("/api/users/admin", json={"cleared": True}),
        anybody.patch("/api/users/clerk", json={"cleared": True}),
        anybody.patch("/api/users/cleared", json={"password": NEW}),
        anybody.post("/api/users/cleared/tokens", json={"label": "x"}),
    ]
    assert [one.status_code for one in refused] == [403] * 5
    assert not users.get("admin").cleared and users.tokens("cleared") == [] and "spy" not in [one.name for one in users.all()]
    assert anybody.patch("/api/users/cleared", json={"cleared": False}).status_code == 200


def test_tokens_are_given_shown_once_and_taken_away(anybody: TestClient, users: Users) -> None:
    log_in(anybody, "admin")
    secret = anybody.post("/api/users/clerk/tokens", json={"label": "máy quét"}).json()["token"]
    assert anybody.get("/api/letters", headers={"authorization": f"Bearer {secret}"}).status_code == 200
    listed = anybody.get("/api/users/clerk/tokens").json()["items"]
    assert [one["label"] for one in listed] == ["máy quét"] and secret not in anybody.get("/admin/users").text
    assert anybody.delete(f"/api/users/reader/tokens/{listed[0]['id']}").status_code == 404, "it is not that user's"
    assert anybody.delete(f"/api/users/clerk/tokens/{listed[0]['id']}").status_code == 204
    anybody.cookies.clear()
    assert anybody.get("/api/letters", headers={"authorization": f"Bearer {secret}"}).status_code == 401
    assert did(users, "user.token") == ["clerk: máy quét"] and len(did(users, "user.revoke")) == 1


def test_the_first_user_is_an_administrator_and_closes_the_desk(here: TestClient, archive: Path) -> None:
    assert here.post("/api/users", json={"name": "lan", "role": "clerk", "password": PASSWORD}).status_code == 409
    assert not (archive / FILE).exists()
    assert here.post("/api/users", json={"name": "lan", "role": "admin", "password": PASSWORD}).status_code == 201
    assert here.get("/api/letters").status_code == 401
    assert log_in(here, "lan") == 303
    assert did(Users(archive / FILE), "user.add") == ["lan admin"]


def test_changes_are_limited(anybody: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rate_limit.MOST, "users", 2)
    log_in(anybody, "admin")
    answers = [anybody.patch("/api/users/clerk", json={"active": True}) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= rate_limit.PERIOD and "phút" in answers[-1].json()["title"]


# what is for the cleared alone
LINKED = "congvan-20260101-000000.tar"
CLEARED = ("/ledger/secret", f"/api/backups/{LINKED}")


@pytest.mark.parametrize("role", list(Role))
def test_who_is_not_cleared_meets_nothing_secret(anybody: TestClient, users: Users, role: Role) -> None:
    log_in(anybody, role.name)
    assert [anybody.get(path).status_code for path in CLEARED] == [403, 403]
    if role >= Role.archivist:
        for path in ("/ledger", "/admin/history", "/api/history"):
            assert SECRET not in anybody.get(path).text and "mat.pdf" not in anybody.get(path).text, path
        assert "/ledger/secret" not in anybody.get("/ledger").text


def test_the_register_of_secret_letters_is_there_for_the_cleared_and_noted(anybody: TestClient, users: Users) -> None:
    log_in(anybody, "cleared")
    page = anybody.get("/ledger/secret").text
    assert SECRET in page and "Mức độ mật" in page
    assert did(users, "secret.register") == ["1"]


def test_changes_to_a_secret_letter_are_in_the_history_of_the_cleared_alone(anybody: TestClient, users: Users) -> None:
    log_in(anybody, boss(users))
    id = id_of(anybody, SECRET)
    anybody.patch(f"/api/letters/{id}", json={"field": "number", "value": "19/BC-UBND"})
    anybody.patch(f"/api/letters/{id_of(anybody, '1/UBND-NC')}", json={"field": "place", "value": "Vinh"})
    own = [one for one in anybody.get("/api/history").json()["items"] if one["about"] == "letter"]
    assert [(one["field"], one["new"], one["who"]) for one in own] == [("place", "Vinh", "admin"), ("number", "19/BC-UBND", "admin")]
    assert "Vinh" in anybody.get("/admin/history").text
    log_in(anybody, "archivist")
    assert [one["field"] for one in anybody.get("/api/history").json()["items"] if one["about"] == "letter"] == ["place"]
    assert "19/BC-UBND" not in anybody.get("/admin/history").text


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


# in the background
def test_failed_files_are_tried_again(here: TestClient, archive: Path, tmp_path: Path) -> None:
    gone = tmp_path / "den-sau.pdf"
    with pipeline.open(archive) as office:
        office.ingest([gone])
        assert [Path(one.path).name for one in office.status() if one.state is State.REFUSED] == ["den-sau.pdf"]
    gone.write_bytes((Path(__file__).parents[3] / "samples" / "letters" / "seed-digital.pdf").read_bytes())
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
    from pipeline.archive.safety.backups import NoRoomThere

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
    for path in ("/ledger", "/ledger/secret", "/admin/verify", "/admin/backups", "/admin/users", "/admin/audit", "/admin/history"):
        here.cookies.clear()
        assert "Người dùng" in here.get(path).text, path
        here.cookies.set("congvan_lang", "en")
        assert "Users" in here.get(path).text, path
