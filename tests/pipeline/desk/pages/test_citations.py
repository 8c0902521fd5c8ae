"""Citations that may mean a letter held: a person says which, or that none is meant, and takes it back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

import pipeline
from pipeline.desk.access.user_store import FILE
from pipeline.desk.app import application
from tests.pipeline.archive.invented import HA_TINH, cite, hand_in, sheet, write
from tests.pipeline.desk.conftest import HERE, id_of, log_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIELD = "reference:r1:target"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A plan that cites a number of two years and gives no day, and one that cites a secret report's number without one."""
    plans = [sheet("5/KH-UBND", HA_TINH, day, "phòng chống thiên tai", doc_type="KH") for day in ("2021-02-01", "2022-02-01")]
    secret = [sheet("9/BC-UBND", HA_TINH, day, doc_type="BC", secrecy="MẬT") for day in ("2021-04-01", "2022-04-01")]
    asks = [sheet("40/UBND-NN", HA_TINH, "2022-06-01", cites=[cite("5/KH-UBND"), cite("77/UBND-NN")])]
    hides = [sheet("41/UBND-NN", HA_TINH, "2022-06-02", cites=[cite("9/BC-UBND")])]
    files = [write(tmp_path / "in", f"{n}.pdf", text) for n, text in enumerate([*plans, *secret, *asks, *hides])]
    with pipeline.open(tmp_path / "archive") as office:
        hand_in(office.archive, *files)
    return tmp_path / "archive"


@pytest.fixture
def client(archive: Path) -> Iterator[TestClient]:
    with TestClient(application(pipeline.open(archive)), base_url=HERE, follow_redirects=False) as made:
        made.headers["x-csrf-token"] = made.get("/api/session").json()["csrf"]
        yield made


def asked(client: TestClient) -> list[tuple[str | None, str | None, list[str | None]]]:
    """Which letter asks, what it cites, and the days of the letters that may be meant."""
    items = client.get("/api/review/citations").json()["items"]
    return [(one["number"], one["cited"], sorted(line["date"] for line in one["candidates"])) for one in items]


def test_what_may_be_meant_is_asked_and_linked_when_a_person_says_so(client: TestClient) -> None:
    assert asked(client) == [
        ("40/UBND-NN", "5/KH-UBND", ["2021-02-01", "2022-02-01"]), ("41/UBND-NN", "9/BC-UBND", ["2021-04-01", "2022-04-01"])
    ]  # fmt: skip
    (first, _) = client.get("/api/review/citations").json()["items"]
    assert first["field"] == FIELD and first["letter"] == id_of(client, "40/UBND-NN")
    meant = next(line["id"] for line in first["candidates"] if line["date"] == "2022-02-01")
    done = client.patch(f"/api/letters/{first['letter']}", json={"field": FIELD, "value": meant, "seen": ""}).json()
    assert (done["letter"]["references"][0]["target"], done["letter"]["review"]) == (meant, [])
    assert [number for number, _, _ in asked(client)] == ["41/UBND-NN"]
    assert "đã xác nhận" in client.get(f"/letter/{first['letter']}").text

    client.post(f"/api/letters/{first['letter']}/take-back", json={"changes": done["changes"]})
    assert len(asked(client)) == 2


def test_none_of_them_is_an_answer_too(client: TestClient) -> None:
    id = id_of(client, "40/UBND-NN")
    done = client.patch(f"/api/letters/{id}", json={"field": FIELD, "value": None, "seen": ""}).json()
    assert done["letter"]["references"][0]["target"] is None and done["letter"]["review"] == []
    assert [number for number, _, _ in asked(client)] == ["41/UBND-NN"]


def test_pages_go_on_where_the_last_one_ended(client: TestClient) -> None:
    first = client.get("/api/review/citations?limit=1").json()
    assert [one["number"] for one in first["items"]] == ["40/UBND-NN"]
    client.patch(f"/api/letters/{first['items'][0]['letter']}", json={"field": FIELD, "value": None})
    rest = client.get("/api/review/citations", params={"limit": 5, "cursor": first["next"]}).json()
    assert [one["number"] for one in rest["items"]] == ["41/UBND-NN"] and rest["next"] is None
    for cursor in ("x", first["next"][:-2]):
        assert client.get("/api/review/citations", params={"cursor": cursor}).status_code == 400


def test_letters_that_a_person_may_not_see_are_not_offered(client: TestClient, archive: Path, people: Path) -> None:
    shutil.copy2(people, archive / FILE)
    for name, numbers in (("cleared", ["40/UBND-NN", "41/UBND-NN"]), ("clerk", ["40/UBND-NN"])):
        client.cookies.clear()
        assert log_in(client, name) == 303
        assert [number for number, _, _ in asked(client)] == numbers
        assert ("9/BC-UBND" in client.get("/review/citations").text) is (name == "cleared")
        own = client.get(f"/letter/{id_of(client, '41/UBND-NN')}").text
        assert ("có thể là" in own) is ("choosing" in own.partition('id="part-cites"')[2]) is (name == "cleared")


def test_a_reader_is_offered_no_button(client: TestClient, archive: Path, people: Path) -> None:
    shutil.copy2(people, archive / FILE)
    for name, buttons in (("reader", 0), ("clerk", 3)):
        client.cookies.clear()
        assert log_in(client, name) == 303
        assert len(re.findall("<button[^>]* data-target", client.get("/review/citations").text)) == buttons


@pytest.mark.browser
def test_a_clerk_says_which_letter_is_meant_by_keys_alone(page: Page) -> None:
    page.goto("/review")
    page.wait_for_selector("a[href='/review/citations'] .badge")
    page.click("a[href='/review/citations']")
    page.focus(".choosing [data-target] >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector(".choosing [data-done]:visible")
    assert "Đã nối với văn bản này" in page.inner_text("[data-done] >> nth=0")
    page.keyboard.press("Enter")  # the focus stands on what takes it back
    page.wait_for_selector("[data-done] >> nth=0", state="hidden")
    page.focus(".choosing [data-target=''] >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector(".choosing [data-done]:visible")
    page.goto("/review/citations")
    assert page.locator("#asked > li").count() == 1 and "9/BC-UBND" in page.inner_text("#asked")
    page.click("#asked .top a")
    page.click("#tab-cites")
    assert page.locator("#part-cites .choosing [data-target]").count() == 1  # what lies under quarantine is linked to by nobody
    page.click("#part-cites .choosing [data-target='']")
    page.wait_for_selector("#part-cites [data-done]:visible")
    page.reload()
    page.click("#tab-cites")
    assert "đã xác nhận" in page.inner_text("#part-cites")
