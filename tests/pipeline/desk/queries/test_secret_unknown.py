"""Every route answers an uncleared person of a secret letter as of one that the archive has never met."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, quote_plus

import pytest
from fastapi.testclient import TestClient

import pipeline
from models.number import number_key
from models.skeleton import code
from pipeline.desk.access.user_store import Users
from pipeline.desk.app import application
from tests.pipeline.archive.invented import HA_TINH, NGHE_AN, cite, hand_in, sheet, write
from tests.pipeline.desk.conftest import HERE, log_in
from tests.pipeline.desk.routes import GUARDED, Route

# a secret number that nobody cites beside one that is nowhere; one that a plain letter cites beside one that is cited and not held
ALONE, NOWHERE = "91/BC-SYT", "92/BC-SYT"
CITED, NOT_HELD = "93/KH-SYT", "94/KH-SYT"
PAIRS = ((ALONE, NOWHERE), (CITED, NOT_HELD))
SECRET_FILES = {ALONE: "dieu-dong-quan.pdf", CITED: "phong-thu-bien.pdf"}
COPY = "ban-sao-dieu-quan.pdf"  # the same bytes again
SAFE = ("GET", "HEAD")
ASKED = {"number": "11/UBND-VX", "q": "11/UBND-VX", "centre": "x"}  # what a route must be told besides
BODY = {
    "field": "place", "value": "Vinh", "fields": ["place"], "changes": [1], "province": "Nghệ An", "on": "2024-01-02", "answer": "keep",
    "name": "reader", "position": 1,
}  # fmt: skip
_VOLATILE = re.compile(
    r'csrf"? ?(?:value|content|:)=?"[^"]*"|\d\d:\d\d(?::\d\d(?:\.\d+)?)?|"(?:instance|at)": ?"[^"]*"| stroke(?:-width)?="[^"]*"'
)


class World(NamedTuple):
    """A desk, with ids: of the secret letters, by number; sha256: of their files."""

    client: TestClient
    ids: dict[str, str]
    sha256: dict[str, str]


@pytest.fixture
def world(tmp_path: Path, people: Path) -> Iterator[World]:
    """An archive with two secret letters, before an administrator who is not cleared."""
    root = tmp_path / "archive"
    with pipeline.open(root) as office:
        office.office = NGHE_AN
        both = [cite(number, "2021-03-04", relation="implements", issuer=HA_TINH) for number in (CITED, NOT_HELD)]
        plain = write(tmp_path / "in", "thuong.pdf", sheet("11/UBND-VX", NGHE_AN, cites=both, body="Theo kế hoạch."))
        secret = [
            write(tmp_path / "in", file, sheet(number, HA_TINH, day="2021-03-04", secrecy="MẬT", body="sao biển"))
            for number, file in SECRET_FILES.items()
        ]
        copy = write(tmp_path / "in", COPY, secret[0].read_text(encoding="utf-8"))
        hand_in(office.archive, plain, *secret, copy)
        letters = {one.header.number or "": one for one in office.archive.letters()}
    (root / "users.db").write_bytes(people.read_bytes())
    with TestClient(application(pipeline.open(root)), base_url=HERE, follow_redirects=False) as client:
        log_in(client, "admin")
        yield World(
            client, {number: letters[number].id for number in SECRET_FILES}, {n: letters[n].source.sha256 for n in SECRET_FILES}
        )  # fmt: skip


def pairs(world: World, kind: str, name: str) -> Iterator[tuple[str, str]]:
    """What may be asked of a secret letter, each beside the same of a letter that is not there."""
    if kind == "query" and name not in ("number", "q"):
        yield PAIRS[0]
        return
    for number, other in PAIRS:
        yield number, other
        if kind == "path":
            id, sha256 = world.ids[number], world.sha256[number]
            yield from ((id, _other(id)), (sha256, _other(sha256)), (SECRET_FILES[number], "khong-co-tep.pdf"))
        else:
            yield number.lower().replace("/", " ").replace("-", " "), other.lower().replace("/", " ").replace("-", " ")
            yield number[:2], other[:2]


def _other(hex: str) -> str:
    return "".join(f"{15 - int(one, 16):x}" if one in "0123456789abcdef" else one for one in hex)


def _forms(value: str) -> set[str]:
    plain = {value, number_key(value) or value, code(value), html.escape(value), json.dumps(value)[1:-1]}
    plain |= {quote(value), quote(value, safe=""), quote_plus(value)}
    return plain | {quote(one, safe="") for one in plain}


def _said(answer: Any) -> str:
    """What an answer says; of a workbook, its sheets."""
    if "sheet" not in answer.headers.get("content-type", ""):
        return str(answer.text)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if "worksheets" in name or "Strings" in name)


# the serials too, as a snippet has them; of a picture, not which of its documents stands in the middle
def _plain(answer: Any, *asked: str) -> str:
    """An answer without what was asked, and what changes with each request."""
    text = _said(answer)
    for value in sorted((form for one in (*asked, ALONE, NOWHERE, CITED, NOT_HELD) for form in _forms(one)), key=len, reverse=True):
        text = text.replace(value, "⋯")
    return re.sub(r"\b9[1-4]\b", "⋯", _VOLATILE.sub("", text.replace("<mark>", "").replace("</mark>", "")))


def _asks(route: Route) -> Iterator[tuple[str, str]]:
    """Each place of a route's address, and each thing that it may be asked: (kind, name)."""
    yield from (("path", name) for name in re.findall(r"\{(\w+)", route.path))
    yield from (("query", name) for name in route.query)


def _ask(client: TestClient, route: Route, kind: str, name: str, value: str) -> Any:
    query = {known: said for known, said in ASKED.items() if known in route.query}
    places = {}
    if kind == "path":
        places[name] = value
    else:
        query[name] = value
    body = None if route.method in SAFE else BODY
    return client.request(route.method, route.at(**places), params=query, json=body, headers={"accept": "text/html, application/json"})


LEFT = {("DELETE", "/api/session"), ("POST", "/api/backups"), ("POST", "/api/verify"), ("POST", "/api/rereads")}
WALKED = [one for one in GUARDED if (one.method, one.path) not in LEFT and any(_asks(one))]


def test_each_route_answers_of_a_secret_letter_as_of_an_unknown_one(world: World) -> None:
    unequal = []
    for route, (kind, name) in ((one, ask) for one in WALKED for ask in _asks(one)):
        for secret, unknown in pairs(world, kind, name):
            told, other = (_ask(world.client, route, kind, name, value) for value in (secret, unknown))
            same = [(one.status_code, one.headers.get("content-type"), _plain(one, secret, unknown)) for one in (told, other)]
            if same[0] != same[1]:
                unequal.append(f"{route.method} {route.path} {kind} {name}={secret}: {told.status_code}, {other.status_code}")
    assert not unequal, "\n".join(unequal)
    assert world.client.get("/api/session").json()["name"] == "admin"  # nobody was logged out on the way


def test_no_route_names_a_secret_letter_unasked(world: World) -> None:
    named = []
    for route in GUARDED:
        if route.method == "GET":
            text = _said(_ask(world.client, route, "query", "", ""))
            hits = [ALONE, *world.ids.values(), *world.sha256.values(), *SECRET_FILES.values(), COPY]
            named += [f"{route.path}: {hit}" for hit in hits if any(form in text for form in _forms(hit))]
    assert not named, "\n".join(named)


def test_the_walk_would_see_a_difference(world: World) -> None:
    """Who is cleared is told of both, and the two differ."""
    Users(world.client.app.state.desk.office.where / "users.db").change("admin", cleared=True)  # type: ignore[attr-defined]
    log_in(world.client, "admin")
    route = next(one for one in WALKED if one.path == "/letter/{id}")
    id = world.ids[ALONE]
    assert [_ask(world.client, route, "path", "id", one).status_code for one in (id, _other(id))] == [200, 404]
