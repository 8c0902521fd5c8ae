"""Users and their tokens, by an administrator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from pipeline.desk.access import rate_limit
from pipeline.desk.access.accounts import LastAdmin, LastCleared, NotAUser, UserRole
from pipeline.desk.access.user_store import FILE, Users
from tests.pipeline.desk.conftest import PASSWORD, log_in

NEW = "mat khau moi 77"
JSON = {"content-type": "application/json"}


def boss(users: Users) -> str:
    """An administrator who is cleared."""
    users.change("admin", cleared=True)
    return "admin"


def did(users: Users, what: str) -> list[str]:
    return [one.about for one in users.audit() if one.what == what]


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
    assert [(one.name, one.role, one.cleared) for one in users.all() if one.name == "hoa"] == [("hoa", UserRole.archivist, True)]
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
    users.change("clerk", role=UserRole.reader)
    anybody.cookies.set("congvan_session", cookie)
    assert anybody.get("/api/letters").status_code == 401


@pytest.mark.parametrize("change", [{"role": "archivist"}, {"active": False}])
def test_the_last_administrator_stays(anybody: TestClient, users: Users, change: dict[str, Any]) -> None:
    log_in(anybody, "admin")
    answer = anybody.patch("/api/users/admin", json=change)
    assert answer.status_code == 409 and answer.headers["content-type"] == "application/problem+json"
    assert "quản trị cuối cùng" in answer.json()["title"]
    assert users.get("admin").role is UserRole.admin and users.get("admin").active
    assert anybody.get("/api/users").status_code == 200, "and nothing of it was done: the session holds"
    users.add("second", UserRole.admin, PASSWORD)
    assert anybody.patch("/api/users/admin", json=change).status_code == 200
    with pytest.raises(LastAdmin):
        users.change("second", role=UserRole.reader)


def test_nobody_gives_what_he_has_not(anybody: TestClient, users: Users) -> None:
    log_in(anybody, "admin")  # not cleared
    refused = [
        anybody.post("/api/users", json={"name": "spy", "password": NEW, "cleared": True}),
        anybody.patch("/api/users/admin", json={"cleared": True}),
        anybody.patch("/api/users/clerk", json={"cleared": True}),
        anybody.patch("/api/users/cleared", json={"password": NEW}),
        anybody.post("/api/users/cleared/tokens", json={"label": "x"}),
    ]
    # nor takes it away, or shuts out who has it
    refused += [anybody.patch("/api/users/cleared", json=one) for one in ({"cleared": False}, {"active": False}, {"role": "reader"})]
    assert [one.status_code for one in refused] == [403] * 8
    assert not users.get("admin").cleared and users.tokens("cleared") == [] and "spy" not in [one.name for one in users.all()]
    assert users.get("cleared").cleared and users.get("cleared").active


def test_the_last_one_who_is_cleared_stays(anybody: TestClient, users: Users) -> None:
    users.add("chief", UserRole.admin, PASSWORD, cleared=True)
    log_in(anybody, "chief")
    assert anybody.patch("/api/users/cleared", json={"cleared": False}).status_code == 200
    for change in ({"cleared": False}, {"active": False}):
        assert anybody.patch("/api/users/chief", json=change).status_code == 409
    with pytest.raises(LastCleared):
        users.change("chief", cleared=False)
    assert users.get("chief").cleared and users.get("chief").active


def test_a_name_that_looks_like_anothers_is_not_taken(anybody: TestClient, users: Users) -> None:
    log_in(anybody, "admin")
    assert anybody.post("/api/users", json={"name": "CLERK", "password": NEW}).status_code == 409
    for name in ("Clerk", "cLERK", "ＣＬＥＲＫ", "clerk\u200b"):
        with pytest.raises(NotAUser):
            users.add(name, UserRole.admin, PASSWORD)
    assert [one.name for one in users.all()].count("clerk") == 1


def test_a_token_is_good_for_a_year(anybody: TestClient, users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = users.token("clerk", "máy quét")
    (token,) = users.tokens("clerk")
    assert round((token.until - token.made) / 86400) == 365
    program = {"authorization": f"Bearer {secret}"}
    assert anybody.get("/api/letters", headers=program).status_code == 200
    monkeypatch.setattr("pipeline.desk.access.user_store.time.time", lambda: token.until + 1)
    assert anybody.get("/api/letters", headers=program).status_code == 401


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
