"""A secret letter is not there for who is not cleared."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date as Date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import pipeline
from pipeline.desk.access.accounts import UserRole
from pipeline.desk.access.user_store import Users
from tests.pipeline.desk.conftest import SECRET, id_of, log_in
from tests.waiting import until

LINKED = "congvan-20260101-000000.tar"
CLEARED = ("/ledger/secret", f"/api/backups/{LINKED}")


def test_a_secret_letter_is_not_there_for_who_is_not_cleared(anybody: TestClient) -> None:
    log_in(anybody, "cleared")
    id = id_of(anybody, SECRET)
    assert anybody.get(f"/letter/{id}").status_code == 200 and anybody.get("/api/registers/secret").json()["items"][0]["id"] == id
    log_in(anybody, "archivist")
    every = anybody.get("/api/letters?limit=200").json()
    assert id not in [one["id"] for one in every["items"]] and every["total"] == len(every["items"])
    own = (f"/api/letters/{id}", f"/api/letters/{id}/references", f"/api/letters/{id}/cited-by", f"/api/letters/{id}/history")
    for path in (f"/letter/{id}", *own, f"/api/letters/{id}/pages/1", f"/api/letters/{id}/pages/1/image.jpg"):
        assert anybody.get(path).status_code == 404, path
    assert anybody.patch(f"/api/letters/{id}", json={"field": "secrecy", "value": None}).status_code == 404
    assert anybody.get("/api/registers/secret").status_code == 403
    found = (
        "/api/search?q=9 bc ubnd",
        "/api/search?q=",
        "/search?q=9/BC-UBND",
        "/api/graph?number=36/QĐ-TTg",
        "/api/trace?number=36/QĐ-TTg",
    )
    for path in ("/", *found, "/api/registers/incoming", "/api/ledger", "/ledger", "/api/review", "/api/letters?issuer=ha tinh"):
        text = anybody.get(path).text
        assert id not in text and "mat.pdf" not in text, path
    assert anybody.get("/api/ledger?state=quarantined").json()["items"] == []


def test_a_look_at_a_secret_letter_is_noted(anybody: TestClient, users: Users) -> None:
    log_in(anybody, "cleared")
    id = id_of(anybody, SECRET)
    anybody.get(f"/letter/{id}")
    assert ("cleared", "secret.seen", id) in [(one.who, one.what, one.about) for one in users.audit()]


def boss(users: Users) -> str:
    """An administrator who is cleared."""
    users.change("admin", cleared=True)
    return "admin"


def did(users: Users, what: str) -> list[str]:
    return [one.about for one in users.audit() if one.what == what]


@pytest.mark.parametrize("role", list(UserRole))
def test_who_is_not_cleared_meets_nothing_secret(anybody: TestClient, users: Users, role: UserRole) -> None:
    log_in(anybody, role.name)
    assert [anybody.get(path).status_code for path in CLEARED] == [403, 403]
    if role >= UserRole.archivist:
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


def test_a_secret_letter_is_in_no_count_of_who_is_not_cleared(anybody: TestClient) -> None:
    counts = {}
    for name in ("cleared", "reader"):
        log_in(anybody, name)
        found = anybody.get("/api/search?q=9 bc ubnd&limit=200").json()
        assert found["facets"]["of"] == len(found["items"])
        counts[name] = {one["value"]: one["count"] for one in found["facets"]["type"]}
    assert counts["cleared"]["BC"] == 1 and "BC" not in counts["reader"]


def test_which_secret_letter_a_citation_means_is_not_told(archive: Path, anybody: TestClient) -> None:
    log_in(anybody, "cleared")
    secret, citing = id_of(anybody, "1/UBND-NC"), id_of(anybody, "21/UBND-VX")
    with pipeline.open(archive) as office:
        office.correct(citing, "reference:36/QĐ-TTg:target", secret, "lan")
        office.correct(citing, "recipients", ["Sở A", "Sở B"], "lan")
        office.correct(secret, "secrecy", "MẬT", "lan")  # seen later than that it is cited
    for name, seen in (("cleared", True), ("archivist", False)):
        log_in(anybody, name)
        assert (secret in anybody.get(f"/api/letters/{citing}/history").text) == seen
        assert ("1/UBND-NC" in anybody.get(f"/letter/{citing}").text) == seen
        changes = anybody.get(f"/api/letters/{citing}/history").json()["items"]
        assert [one["hidden"] for one in changes] == [not seen, False] and changes[1]["new"] == ["Sở A", "Sở B"]
    # the archivist last: the whole archive's history keeps it back too
    whole = [one for one in anybody.get("/api/history").json()["items"] if one["id"] == citing]
    assert [one["hidden"] for one in whole] == [False, True]
    assert secret not in anybody.get("/api/history").text and secret not in anybody.get("/admin/history").text
    log_in(anybody, "cleared")
    line = anybody.get(f"/letter/{citing}").text.partition('id="part-history"')[2].partition("</ul>")[0]
    assert "Viện dẫn 36/QĐ-TTg · văn bản được dẫn" in line and "<blockquote>— → 1/UBND-NC 01/01/2022</blockquote>" in line
    assert "→ Sở A; Sở B</blockquote>" in line
    log_in(anybody, "archivist")
    for path in (f"/api/letters/{citing}", f"/graph/{citing}", f"/api/graph/{citing}"):
        assert secret not in anybody.get(path).text, path


def test_a_secret_by_a_slip_is_taken_back_whole_by_who_is_cleared(anybody: TestClient, users: Users) -> None:
    users.change("clerk", cleared=True)
    log_in(anybody, "archivist")
    id = id_of(anybody, "1002/UBND-VX")
    done = anybody.patch(f"/api/letters/{id}", json={"field": "secrecy", "value": "MẬT"}).json()
    assert (done["unerased"], done["backups"]) == (False, [])
    assert anybody.post(f"/api/letters/{id}/lift", json={}).status_code == 403 and anybody.get(f"/letter/{id}").status_code == 404
    log_in(anybody, "clerk")
    assert 'id="lift"' in anybody.get(f"/letter/{id}").text
    assert anybody.post(f"/api/letters/{id}/lift", json={}).json() == {"held": True}
    until(lambda: anybody.get(f"/api/letters/{id}").json()["header"]["subject"] is not None)
    assert did(users, "secret.lifted") == [id]
    assert anybody.post(f"/api/letters/{id}/lift", json={}).status_code == 409
    log_in(anybody, "archivist")
    assert anybody.get(f"/letter/{id}").status_code == 200


def test_where_no_original_is_held_it_is_said(anybody: TestClient, users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    users.change("clerk", cleared=True)
    log_in(anybody, "clerk")
    id = id_of(anybody, "3/UBND-NC")
    anybody.patch(f"/api/letters/{id}", json={"field": "secrecy", "value": "MẬT"})
    monkeypatch.setattr("pipeline.archive.secret.lifting.holds", lambda path, sha256: False)
    assert anybody.post(f"/api/letters/{id}/lift", json={}).json() == {"held": False}


def test_who_sets_a_mark_is_told_what_can_still_be_read(archive: Path, anybody: TestClient, users: Users, tmp_path: Path) -> None:
    log_in(anybody, "archivist")
    id = id_of(anybody, "3/UBND-NC")
    with pipeline.open(archive) as office, closing(sqlite3.connect(archive / "archive.db", isolation_level=None)) as reader:
        office.backup(tmp_path / "hom-qua.tar")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM letters").fetchone()
        done = anybody.patch(f"/api/letters/{id}", json={"field": "secrecy", "value": "MẬT"}).json()
        assert (done["unerased"], done["backups"]) == (True, ["hom-qua.tar"])


def test_a_provinces_answer_of_before_a_letter_became_secret_is_not_shown(
    archive: Path, anybody: TestClient, users: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large archive the last answer is shown until the next is found; never one that tells what is secret now."""
    log_in(anybody, "archivist")
    traces = anybody.app.state.desk.province_traces  # type: ignore[attr-defined]
    on = Date(2024, 1, 1)
    assert traces.of("Nghệ An", on)[1]
    monkeypatch.setattr("pipeline.desk.jobs.province_trace.SMALL", 0)
    monkeypatch.setattr(traces, "_begin", lambda question: None)
    id = id_of(anybody, "3/UBND-NC")
    anybody.patch(f"/api/letters/{id}", json={"field": "place", "value": "Vinh"})
    assert traces.of("Nghệ An", on)[0] is not None
    anybody.patch(f"/api/letters/{id}", json={"field": "secrecy", "value": "MẬT"})
    assert traces.of("Nghệ An", on) == (None, False)
