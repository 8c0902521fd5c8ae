"""The desk as an intruder meets it: without a login, in another's role, from another site, by odd paths."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import pipeline
from pipeline.desk.access.accounts import UserRole
from pipeline.desk.access.user_store import FILE, Users
from pipeline.desk.app import application
from pipeline.serve.cli import run
from tests.pipeline.desk.conftest import HERE, PASSWORD, id_of, log_in
from tests.pipeline.desk.routes import GUARDED, LOOKED_AT, ROUTES, Route, routes_of

SAFE = ("GET", "HEAD")
CHANGES = [one for one in GUARDED if one.method not in SAFE]
PAGE = {"accept": "text/html"}
OWN = ("/api/docs", "/api/openapi.json")
TRICKS = (
    "../../etc/passwd", "..\\..\\etc\\passwd", "/etc/passwd", "%2e%2e/x", "\x00", "a\nb", "'; DROP TABLE letters; --", "' OR '1'='1",
    "{{7*7}}", "\u202e", "-1", "9" * 400, "x" * 3000, "null", "*", "%", "%ff",
)  # fmt: skip


def named(one: Route) -> str:
    return f"{one.method} {one.path}"


def test_the_list_of_routes_is_the_applications(here: TestClient) -> None:
    assert routes_of(here.app) == ROUTES  # type: ignore[arg-type]
    documented = {(method.upper(), path) for path, methods in here.get("/api/openapi.json").json()["paths"].items() for method in methods}
    assert documented == {(one.method, one.path) for one in ROUTES if one.path.startswith("/api/") and one.path not in OWN}


@pytest.mark.parametrize("route", GUARDED, ids=named)
def test_every_route_names_its_role(route: Route) -> None:
    assert route.role is not None
    if route.method not in SAFE and route.path != "/api/session":
        assert route.role >= UserRole.clerk


def test_nobody_gets_anything_without_a_login(anybody: TestClient) -> None:
    for route in GUARDED:
        answer = anybody.request(route.method, route.at())
        assert answer.status_code == 401, route
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == 401
        for secret in ("Bearer x", "Bearer ", "Basic YWRtaW46YWRtaW4=", "bearer null"):
            assert anybody.request(route.method, route.at(), headers={"authorization": secret}).status_code == 401, route
    for route in LOOKED_AT:
        if route.path != "/login":
            page = anybody.get(route.at(), headers=PAGE)
            assert page.status_code == 303 and page.headers["location"].startswith("/login?next=%2F"), route
    page = anybody.get("/letter/x?a=1", headers=PAGE)
    assert (page.status_code, page.headers["location"]) == (303, "/login?next=%2Fletter%2Fx%3Fa%3D1")
    assert anybody.get("/login").status_code == 200 and anybody.get("/static/desk.css").status_code == 200


@pytest.mark.parametrize("role", list(UserRole))
def test_a_role_may_do_no_more_than_its_own(anybody: TestClient, users: Users, role: UserRole) -> None:
    assert log_in(anybody, role.name) == 303
    for route in GUARDED:
        if route.role is not None and route.role > role:
            assert anybody.request(route.method, route.at(), json={}).status_code == 403, route
    denied = [one for one in users.audit() if one.what == "denied"]
    assert bool(denied) == (role < UserRole.admin) and all(one.who == role.name for one in denied)


@pytest.mark.parametrize("route", CHANGES, ids=named)
def test_no_change_is_made_without_its_token_or_from_another_site(anybody: TestClient, users: Users, route: Route) -> None:
    log_in(anybody, "admin")
    own = anybody.headers["x-csrf-token"]
    for headers in (
        {"x-csrf-token": ""},
        {"x-csrf-token": own[::-1]},
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
    ):
        for form in (True, False):  # as another site's form or its script would send it
            body = {"data": {"field": "place", "csrf": own}} if form else {"json": {}}
            assert anybody.request(route.method, route.at(), headers=headers, **body).status_code == 403, (route, headers)  # type: ignore[arg-type]
    # none of it was done: the session is still there, and nobody is written down for anything but coming in
    assert anybody.get("/api/session").json()["name"] == "admin"
    assert {one.what for one in users.audit()} <= {"login"}


@pytest.mark.parametrize("route", [one for one in GUARDED if "{" in one.path], ids=named)
def test_tricks_in_a_path_lead_nowhere(here: TestClient, route: Route) -> None:
    for trick in TRICKS:
        for place in {part.strip("{}").partition(":")[0] for part in route.path.split("/") if part.startswith("{")}:
            answer = here.request(route.method, route.at(**{place: trick}), json={} if route.method not in SAFE else None)
            assert answer.status_code in (200, 303, 404, 405, 409, 413, 422), (route, trick, answer.status_code)
            assert "root:" not in answer.text and "Traceback" not in answer.text and "SQLite format" not in answer.text


def test_a_change_needs_its_token_and_its_own_site(anybody: TestClient) -> None:
    log_in(anybody, "clerk")
    id = id_of(anybody, "21/UBND-VX")
    put, right = {"field": "place", "value": "Vinh"}, anybody.headers["x-csrf-token"]
    for token in ("", "0", right + "x", right[:-1]):
        assert anybody.patch(f"/api/letters/{id}", json=put, headers={"x-csrf-token": token}).status_code == 403
    log_in(anybody, "admin")
    other = anybody.headers["x-csrf-token"]
    log_in(anybody, "clerk")
    assert anybody.patch(f"/api/letters/{id}", json=put, headers={"x-csrf-token": other}).status_code == 403
    sites = ({"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"})
    for elsewhere in sites:
        assert anybody.patch(f"/api/letters/{id}", json=put, headers=elsewhere).status_code == 403, elsewhere
    assert anybody.get(f"/api/letters/{id}").json()["header"]["place"] is None
    assert anybody.patch(f"/api/letters/{id}", json=put, headers={"origin": HERE}).status_code == 200


def test_without_users_too_a_change_needs_its_token(here: TestClient) -> None:
    id = id_of(here, "21/UBND-VX")
    assert here.post(f"/api/letters/{id}/accept", json={}, headers={"x-csrf-token": ""}).status_code == 403
    assert here.post("/api/ingest", files={"files": ("a.pdf", b"%PDF")}, headers={"x-csrf-token": "guess"}).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8030", "127.0.0.1.evil.example", "", "169.254.0.1", "localhost.evil"])
def test_another_name_for_this_machine_is_refused(here: TestClient, host: str) -> None:
    answer = here.get("/", headers={"host": host})
    assert answer.status_code == 421 and "21/UBND-VX" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:9", "localhost", "[::1]:8030", "LOCALHOST:1"])
def test_this_machine_is_known_by_its_names(here: TestClient, host: str) -> None:
    assert here.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/..%5c..%5capp.py", "/static//etc/passwd", "/static/",
        "/letter/..%2f..%2fetc%2fpasswd", "/letter/%00", "/letter/'%20OR%201=1", "/api/letters/../users.db", "/users.db", "/archive.db",
        "/api/registers/..%2f..%2fx", "/api/letters/%2e%2e", "/originals/", "/api/ingest/../../etc", "/letter/" + "a" * 5000,
    ],
)  # fmt: skip
def test_odd_paths_lead_nowhere(here: TestClient, path: str) -> None:
    answer = here.get(path)
    assert answer.status_code in (404, 405, 422, 200 if path == "/api/letters/../users.db" else 404)
    assert "root:" not in answer.text and "from __future__" not in answer.text and "SQLite format" not in answer.text


@pytest.mark.parametrize("name", ["x-forwarded-for", "forwarded", "via"])
def test_without_users_nothing_comes_through_a_proxy(here: TestClient, name: str) -> None:
    assert here.get("/", headers={name: "10.0.0.7"}).status_code == 421


def test_a_failure_of_ours_is_sealed_too(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a sentence of a letter")

    monkeypatch.setattr("pipeline.desk.api.letters.letter_for", fail)
    with TestClient(application(pipeline.open(archive)), base_url=HERE, raise_server_exceptions=False) as client:
        answer = client.get("/api/letters/x")
    assert answer.status_code == 500 and answer.headers["content-type"] == "application/problem+json"
    assert "default-src 'none'" in answer.headers["content-security-policy"] and "sentence" not in answer.text


def test_the_desk_is_opened_to_others_only_when_it_is_said_who_may_in(
    archive: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CONGVAN_LOG", str(tmp_path / "log"))
    for more in (["--host", "0.0.0.0"], ["--name", "kho.example"], ["--behind-tls"]):
        assert run(["serve", "--port", "0", "--archive", str(archive), *more]) == 55
        assert "congvan user add" in capsys.readouterr().err
    monkeypatch.setenv("CONGVAN_PASSWORD", "short")
    assert run(["user", "add", "lan", "--role", "clerk", "--archive", str(archive)]) == 57
    monkeypatch.setenv("CONGVAN_PASSWORD", PASSWORD)
    assert run(["user", "add", "lan", "--role", "clerk", "--cleared", "--archive", str(archive)]) == 0
    assert [(one.name, one.role, one.cleared) for one in Users(archive / FILE).all()] == [("lan", UserRole.clerk, True)]
    assert PASSWORD not in capsys.readouterr().out
    assert run(["user", "token", "lan", "--archive", str(archive), "--json"]) == 0
    person = Users(archive / FILE).of_token(json.loads(capsys.readouterr().out)["token"])
    assert person is not None and (person.name, person.role) == ("lan", UserRole.clerk)


def test_every_answer_forbids_what_it_does_not_need(here: TestClient) -> None:
    for path in ("/", "/api/letters", "/static/desk.js", "/nothing", "/api/letters/none"):
        headers = here.get(path).headers
        policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'" and policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert (headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "no-store") or path.startswith("/static")
        assert "access-control-allow-origin" not in headers and "server" not in headers
