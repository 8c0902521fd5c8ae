"""Logging in, sessions and tokens, and what is written down of them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import pipeline
from pipeline.desk.access.accounts import UserRole
from pipeline.desk.access.user_store import FEWER, FILE, OFTEN, Users
from pipeline.desk.app import application
from tests.pipeline.desk.conftest import HERE, PASSWORD, log_in

PAGE = {"accept": "text/html"}
ELSEWHERE = ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\t//evil", "/a\\b"]


def test_failed_logins_make_one_wait(anybody: TestClient, users: Users) -> None:
    assert [log_in(anybody, "clerk", "wrong password") for _ in range(5)] == [401] * 5
    assert log_in(anybody, "clerk") == 429
    # another name from there is not shut out by that
    assert log_in(anybody, "reader") == 303
    assert [one.what for one in users.audit()].count("login.failed") == 5


def test_many_failures_from_one_address_do_not_lock_the_office_behind_it_out(anybody: TestClient, users: Users) -> None:
    users.add("unlucky", UserRole.clerk, PASSWORD)
    for n in range(OFTEN):
        assert log_in(anybody, f"nobody{n % 7}", "wrong password") in (401, 429)
    for n in range(OFTEN):
        log_in(anybody, f"guess{n}", "wrong password")
    assert log_in(anybody, "reader") == log_in(anybody, "clerk") == 303
    # but each name has fewer tries from there
    assert [log_in(anybody, "unlucky", "wrong password") for _ in range(FEWER + 1)] == [401] * FEWER + [429]


def test_behind_our_proxy_an_address_is_the_one_that_the_proxy_added(archive: Path, users: Users) -> None:
    for proxied in (True, False):
        with TestClient(application(pipeline.open(archive), proxied=proxied), base_url=HERE, follow_redirects=False) as client:
            client.headers["x-forwarded-for"] = "203.0.113.9, 198.51.100.7"
            log_in(client, "clerk", "wrong password")
            client.headers["x-forwarded-for"] = "nonsense"
            log_in(client, "clerk", "wrong password")
    assert [one.address for one in users.audit() if one.what == "login.failed"][::-1] == ["198.51.100.7", *["testclient"] * 3]


def test_an_unknown_name_is_told_as_a_wrong_password(anybody: TestClient) -> None:
    token = anybody.get("/login").text.split('name="csrf" value="')[1].split('"')[0]
    said = [anybody.post("/login", data={"name": name, "password": "wrong password", "csrf": token}) for name in ("nobody", "reader")]
    assert said[0].status_code == 401
    assert log_in(anybody, "nobody", "wrong password") == log_in(anybody, "reader", "wrong password") == 401


def test_the_login_form_needs_its_own_token(anybody: TestClient) -> None:
    anybody.get("/login")
    answer = anybody.post("/login", data={"name": "reader", "password": PASSWORD, "csrf": "0" * 64})
    assert answer.status_code == 403 and "congvan_session" not in answer.cookies
    anybody.cookies.clear()
    assert anybody.post("/login", data={"name": "reader", "password": PASSWORD}).status_code == 403


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_a_login_leads_to_no_other_site(anybody: TestClient, wanted: str) -> None:
    token = anybody.get("/login").text.split('name="csrf" value="')[1].split('"')[0]
    answer = anybody.post("/login", data={"name": "reader", "password": PASSWORD, "csrf": token, "next": wanted})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert anybody.get("/language/en", params={"next": wanted}).headers["location"] == "/"


def test_a_session_is_the_browsers_alone_and_ends(anybody: TestClient, archive: Path, users: Users) -> None:
    log_in(anybody, "reader")
    cookie = anybody.cookies["congvan_session"]
    assert anybody.delete("/api/session").status_code == 204
    anybody.cookies.set("congvan_session", cookie)
    assert anybody.get("/api/letters").status_code == 401
    log_in(anybody, "reader")
    users.change("reader", active=False)
    assert anybody.get("/api/letters").status_code == 401
    assert log_in(anybody, "reader") == 401
    kept = b"".join(path.read_bytes() for path in archive.glob("users.db*"))
    assert PASSWORD.encode() not in kept and cookie.encode() not in kept
    assert (archive / FILE).stat().st_mode & 0o077 == 0


def test_cookies_are_for_the_server_alone_and_for_tls_where_there_is(archive: Path, users: Users) -> None:
    for secure in (False, True):
        with TestClient(application(pipeline.open(archive), secure=secure), base_url=HERE, follow_redirects=False) as client:
            token = client.get("/login")
            before = token.headers["set-cookie"]
            assert "HttpOnly" in before and "SameSite=strict" in before and ("Secure" in before) == secure
            assert ("strict-transport-security" in token.headers) == secure


def test_the_audit_is_append_only(users: Users, archive: Path) -> None:
    users.note("clerk", "127.0.0.1", "corrected", "x")
    with sqlite3.connect(archive / FILE) as connection:
        for statement in ("UPDATE audit SET who = 'other'", "DELETE FROM audit"):
            with pytest.raises(sqlite3.DatabaseError, match="append-only"):
                connection.execute(statement)


def test_a_token_speaks_for_its_user_until_the_password_changes(anybody: TestClient, users: Users) -> None:
    secret = users.token("clerk", "test")
    bearer = {"authorization": f"Bearer {secret}"}
    id = anybody.get("/api/letters?limit=1", headers=bearer).json()["items"][0]["id"]
    assert anybody.patch(f"/api/letters/{id}", json={"field": "place", "value": "Vinh"}, headers=bearer).status_code == 200
    assert anybody.get("/api/ledger", headers=bearer).status_code == 403
    assert anybody.get("/api/letters", headers={"authorization": "Bearer wrong"}).status_code == 401
    users.change("clerk", password="another long one 7")
    assert anybody.get("/api/letters", headers=bearer).status_code == 401


def test_logging_out_clears_what_the_browser_was_shown(anybody: TestClient, users: Users) -> None:
    log_in(anybody, "reader")
    assert anybody.get("/").headers["cache-control"] == "no-store"
    assert anybody.delete("/api/session").headers["clear-site-data"] == '"cache"'
