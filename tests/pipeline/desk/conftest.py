"""A desk over an archive of one digital sample and of invented letters, some hostile, one secret; and people of each role."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import pipeline
from pipeline.desk.access.accounts import UserRole
from pipeline.desk.access.user_store import FILE, Users
from pipeline.desk.app import application
from pipeline.ingest import Pace, Stages
from tests.conftest import Once
from tests.pipeline.archive.invented import cite, hand_in, sheet, write
from tests.waiting import BOUND

SAMPLE = Path(__file__).parents[3] / "samples" / "letters" / "seed-digital.pdf"
PASSWORD = "mat khau dai lam 9"
HOSTILE = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
FILE_NAME = "<svg onload=alert(3)>'\".pdf"
SECRET = "9/BC-UBND"
HERE = "http://127.0.0.1:8030"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what needs a browser to `make test-desk`, which installs one."""
    if os.environ.get("CONGVAN_BROWSER"):
        return  # there it fails where none is
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="run by make test-desk, with Debian's chromium"))


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the desk gives up after some seconds it waits for here, however busy the machine is."""
    monkeypatch.setattr("pipeline.desk.view.graph_picture._SECONDS", {"svg": BOUND, "png": BOUND})
    monkeypatch.setattr("pipeline.desk.view.graph_picture._WAIT", BOUND)
    monkeypatch.setattr("pipeline.desk.view.page_images._SECONDS", BOUND)


@pytest.fixture(scope="session")
def made(once: Once, reading: Stages) -> Path:
    """The archive that each test has a copy of."""
    return once("desk", lambda folder: fill(folder, reading)) / "archive"


def fill(folder: Path, reading: Stages) -> None:
    """Hand in the sample and the invented letters."""
    with pipeline.open(folder / "archive") as office:
        office.office = "Ủy ban nhân dân tỉnh Nghệ An"
        office.ingest(SAMPLE, pace=Pace(workers=1), stages=reading)
        hostile = sheet(
            "21/UBND-VX", subject=HOSTILE, body=f"{HOSTILE}\nTheo 36/QĐ-TTg.", cites=[cite("36/QĐ-TTg", "2021-01-11")],
            issuer="Ủy ban nhân dân tỉnh Hà Tĩnh", review=["subject", "signer"], recipients=[HOSTILE], urgency="KHẨN",
        )  # fmt: skip
        secret = sheet(SECRET, issuer="Ủy ban nhân dân tỉnh Hà Tĩnh", secrecy="MẬT", doc_type="BC", body="Theo 36/QĐ-TTg.")
        plain = [sheet(f"{n}/UBND-NC", day=f"2022-0{n}-01", issuer="Ủy ban nhân dân tỉnh Phú Yên") for n in range(1, 8)]
        undated = sheet("77/UBND-NC", day=None, issuer=None, review=["date", "issuer"])
        files = [write(folder / "in", FILE_NAME, hostile), write(folder / "in", "mat.pdf", secret), write(folder / "in", "x.pdf", undated)]
        hand_in(office.archive, *files, *(write(folder / "in", f"{n}.pdf", text) for n, text in enumerate(plain)))


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Path:
    """An archive of the test's own."""
    shutil.copytree(made, tmp_path / "archive")
    return tmp_path / "archive"


@pytest.fixture
def here(archive: Path) -> Iterator[TestClient]:
    """A browser on this machine, before any user is made."""
    with TestClient(application(pipeline.open(archive)), base_url=HERE, follow_redirects=False) as client:
        client.headers["x-csrf-token"] = client.get("/api/session").json()["csrf"]
        yield client


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a user of each role, and one reader who is cleared."""
    store = Users(tmp_path_factory.mktemp("people") / FILE)
    for role in UserRole:
        store.add(role.name, role, PASSWORD)
    store.add("cleared", UserRole.reader, PASSWORD, cleared=True)
    return store.file


@pytest.fixture
def users(archive: Path, people: Path) -> Users:
    """The archive's own copy of that store."""
    shutil.copy2(people, archive / FILE)
    return Users(archive / FILE)


@pytest.fixture
def anybody(archive: Path, users: Users) -> Iterator[TestClient]:
    """A browser that is not logged in, of a desk with users."""
    with TestClient(application(pipeline.open(archive)), base_url=HERE, follow_redirects=False) as client:
        yield client


def log_in(client: TestClient, name: str, password: str = PASSWORD) -> int:
    """Log in as a browser does; the client then carries its token. Return the status of the form's answer."""
    client.cookies.clear()
    client.headers.pop("x-csrf-token", None)
    token = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get("/login").text)
    assert token
    answer = client.post("/login", data={"name": name, "password": password, "csrf": token[1], "next": "/"})
    if answer.status_code == 303:
        client.headers["x-csrf-token"] = client.get("/api/session").json()["csrf"]
    return answer.status_code


def id_of(client: TestClient, number: str) -> str:
    """The id of the first letter of this number."""
    found = next(one for one in client.get("/api/letters?limit=200").json()["items"] if one["number"] == number)
    return str(found["id"])
