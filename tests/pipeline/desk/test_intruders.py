"""The desk as an intruder meets it: without a login, in another's role, from another site, by odd paths, with HTML in letters."""

from __future__ import annotations

import json
import sqlite3
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

import pipeline
from pipeline.desk.access.accounts import Role
from pipeline.desk.access.user_store import FILE, Users
from pipeline.desk.app import application
from pipeline.serve.cli import run
from tests.pipeline.desk.conftest import FILE_NAME, HERE, HOSTILE, PASSWORD, SECRET, id_of, log_in
from tests.pipeline.desk.routes import GUARDED, LOOKED_AT, ROUTES, Route, routes_of

SAFE = ("GET", "HEAD")
CHANGES = [one for one in GUARDED if one.method not in SAFE]
PAGE = {"accept": "text/html"}


def named(one: Route) -> str:
    return f"{one.method} {one.path}"


def test_the_list_of_routes_is_the_applications(here: TestClient) -> None:
    assert routes_of(here.app) == ROUTES  # type: ignore[arg-type]
    documented = {(method.upper(), path) for path, methods in here.get("/api/openapi.json").json()["paths"].items() for method in methods}
    assert documented == {(one.method, one.path) for one in ROUTES if one.path.startswith("/api/") and one.path not in OWN}


OWN = ("/api/docs", "/api/openapi.json")


@pytest.mark.parametrize("route", GUARDED, ids=named)
def test_every_route_names_its_role(route: Route) -> None:
    assert route.role is not None
    if route.method not in SAFE and route.path != "/api/session":
        assert route.role >= Role.clerk


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


@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_do_no_more_than_its_own(anybody: TestClient, users: Users, role: Role) -> None:
    assert log_in(anybody, role.name) == 303
    for route in GUARDED:
        if route.role is not None and route.role > role:
            assert anybody.request(route.method, route.at(), json={}).status_code == 403, route
    denied = [one for one in users.audit() if one.what == "denied"]
    assert bool(denied) == (role < Role.admin) and all(one.who == role.name for one in denied)


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


TRICKS = (
    "../../etc/passwd", "..\\..\\etc\\passwd", "/etc/passwd", "%2e%2e/x", "\x00", "a\nb", "'; DROP TABLE letters; --", "' OR '1'='1",
    "{{7*7}}", "\u202e", "-1", "9" * 400, "x" * 3000, "null", "*", "%", "%ff",
)  # fmt: skip


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
    assert run(["user", "add", "lan", "--role", "clerk", "--archive", str(archive)]) == 2
    monkeypatch.setenv("CONGVAN_PASSWORD", PASSWORD)
    assert run(["user", "add", "lan", "--role", "clerk", "--cleared", "--archive", str(archive)]) == 0
    assert [(one.name, one.role, one.cleared) for one in Users(archive / FILE).all()] == [("lan", Role.clerk, True)]
    assert PASSWORD not in capsys.readouterr().out
    assert run(["user", "token", "lan", "--archive", str(archive), "--json"]) == 0
    person = Users(archive / FILE).of_token(json.loads(capsys.readouterr().out)["token"])
    assert person is not None and (person.name, person.role) == ("lan", Role.clerk)


class Tags(HTMLParser):
    """What of a page would run or be fetched that is not the desk's own."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.strange: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        own = str(said.get("src") or said.get("data-src") or "").startswith(("/static/", "/api/"))
        handlers = [name for name in said if name.startswith("on") or name in ("style", "srcdoc", "formaction")]
        leads = [
            value for name, value in attrs if name in ("href", "xlink:href", "action") and value and not value.startswith(("/", "#", "?"))
        ]
        if handlers or leads or tag in ("style", "iframe", "object", "embed", "base") or (tag == "script" and not own):
            self.strange.append(str(self.get_starttag_text()))
        if tag == "img" and not own and said.get("id") != "crop":
            self.strange.append(str(self.get_starttag_text()))


def every_page(client: TestClient, id: str) -> dict[str, str]:
    """The text of every page there is, as it stands and with HTML in each of its questions, by its address."""
    found = {}
    for route in LOOKED_AT:
        at = route.at(id=id)
        asked = [{}, {"number": "36/QĐ-TTg"} if "number" in route.query else {}, {"q": "alert"}, {"q": "21/UBND-VX"}]
        for query in (*asked, *({name: HOSTILE} for name in route.query)):
            path = f"{at}?{urlencode(query)}" if query else at
            found[path] = client.get(path, headers=PAGE).text
    return found


def test_html_in_a_letter_stays_text(here: TestClient) -> None:
    id = id_of(here, "21/UBND-VX")
    pages = every_page(here, id)
    for path, text in pages.items():
        assert Tags(text).strange == [], path
    assert "&lt;script&gt;" in pages[f"/letter/{id}"]
    assert FILE_NAME.replace("<", "&lt;").replace(">", "&gt;")[:12] in pages["/ledger"]


def test_html_in_a_persons_correction_and_in_a_files_name_stays_text(here: TestClient) -> None:
    id = id_of(here, "1/UBND-NC")
    typed = ("issuer", "issuer_parent", "number", "doc_type", "place", "subject", "directing_authority", "signer.name", "signer.title",
             "recipients", "copies", "signer.capacity", "arrival.number")  # fmt: skip
    taken = [field for field in typed if here.patch(f"/api/letters/{id}", json={"field": field, "value": HOSTILE}).status_code == 200]
    assert {"subject", "signer.name", "recipients", "place", "issuer"} <= set(taken)
    batch = here.post("/api/ingest", files={"files": (FILE_NAME, b"no pdf at all", "application/pdf")}).json()["id"]
    with here.stream("GET", f"/api/ingest/{batch}/events") as stream:
        assert "refused" in "".join(stream.iter_lines())
    pages = every_page(here, id)
    for path, text in pages.items():
        assert Tags(text).strange == [], path
    assert pages[f"/letter/{id}"].count("&lt;script&gt;") >= len(taken)
    for route in GUARDED:  # what is no page is not read as one
        if not route.page and route.method == "GET":
            answer = here.get(route.at(id=id), params={"number": "36/QĐ-TTg", "q": "alert"}, headers=PAGE)
            kind = answer.headers["content-type"].partition(";")[0]
            assert kind != "text/html" and answer.headers["x-content-type-options"] == "nosniff", route
            if kind == "image/svg+xml":
                assert Tags(answer.text).strange == [], route


def test_every_answer_forbids_what_it_does_not_need(here: TestClient) -> None:
    for path in ("/", "/api/letters", "/static/desk.js", "/nothing", "/api/letters/none"):
        headers = here.get(path).headers
        policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'" and policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert (headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "no-store") or path.startswith("/static")
        assert "access-control-allow-origin" not in headers and "server" not in headers


def test_no_page_has_a_script_or_style_of_its_own(here: TestClient) -> None:
    id = id_of(here, "1002/UBND-VX")
    for path in ("/", f"/letter/{id}", "/review", "/search?q=36", "/trace?number=36/QĐ-TTg", "/ledger", "/api/docs"):
        text = here.get(path, headers={"accept": "text/html"}).text
        assert "<style" not in text and " style=" not in text and "javascript:" not in text and " onclick" not in text, path
        for part in text.split("<script")[1:]:
            assert part.startswith(' type="module" src="/static/') and part.partition(">")[2].startswith("</script>"), path
        assert "http://" not in text.replace("http://www.w3.org", "") and "https://" not in text, path


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


def test_failed_logins_make_one_wait(anybody: TestClient, users: Users) -> None:
    assert [log_in(anybody, "clerk", "wrong password") for _ in range(5)] == [401] * 5
    assert log_in(anybody, "clerk") == 429
    # another name from there is not shut out by that
    assert log_in(anybody, "reader") == 303
    assert [one.what for one in users.audit()].count("login.failed") == 5


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


ELSEWHERE = ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\t//evil", "/a\\b"]


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
