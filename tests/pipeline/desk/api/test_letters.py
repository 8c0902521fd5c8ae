"""Lists in pages, as workbooks too, and pictures of sheets."""

from __future__ import annotations

import io

import openpyxl
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from pipeline.archive.search.cursors import encode
from tests.pipeline.desk.conftest import id_of


def walk(client: TestClient, path: str, limit: int) -> list[str]:
    """The ids of a list, page by page to its end."""
    found: list[str] = []
    cursor = ""
    while True:
        page = client.get(f"{path}&limit={limit}" + (f"&cursor={cursor}" if cursor else "")).json()
        assert len(page["items"]) <= limit
        found += [one["id"] for one in page["items"]]
        if page["next"] is None:
            return found
        cursor = page["next"]


@pytest.mark.parametrize("sort", ["came", "date", "number", "issuer", "type"])
@pytest.mark.parametrize("order", ["down", "up"])
def test_pages_hold_every_letter_once_in_order(here: TestClient, sort: str, order: str) -> None:
    path = f"/api/letters?sort={sort}&order={order}"
    whole = here.get(f"{path}&limit=200").json()
    ids = [one["id"] for one in whole["items"]]
    assert len(set(ids)) == len(ids) == whole["total"]
    assert walk(here, path, 2) == walk(here, path, 3) == ids
    if sort == "date":
        days = [one["date"] for one in whole["items"]]
        assert days[-1] is None, "what has no day comes last, whichever way"
        known = [day for day in days if day]
        assert known == sorted(known, reverse=order == "down")


def test_a_page_goes_on_where_it_was_while_letters_are_put_right(here: TestClient) -> None:
    first = here.get("/api/letters?sort=date&limit=4").json()
    rest = here.get("/api/letters?sort=date&limit=200").json()["items"][4:]
    moved = first["items"][0]["id"]
    assert here.patch(f"/api/letters/{moved}", json={"field": "date", "value": "31/12/2023"}).status_code == 200
    then = here.get("/api/letters", params={"sort": "date", "limit": 200, "cursor": first["next"]}).json()["items"]
    assert [one["id"] for one in then] == [one["id"] for one in rest]


@pytest.mark.parametrize(
    "cursor",
    ["x", "W10", encode("came", 1, None, 2**63), encode(2**64, ""), encode(2**64), "WyJ4Il0", "eyJhIjoxfQ", "W251bGwsMSxudWxsLCJ4Il0", "ƒ"],
)
def test_a_cursor_that_no_page_gave_is_told(here: TestClient, cursor: str) -> None:
    for path in ("/api/letters", "/api/review", "/api/search?q=a", "/api/ledger", "/api/registers/incoming"):
        answer = here.get(path, params={"cursor": cursor, **({"q": "a"} if "search" in path else {})})
        assert answer.status_code == 400 and answer.headers["content-type"] == "application/problem+json", path


def test_the_list_is_narrowed(here: TestClient) -> None:
    def found(**query: str) -> set[str]:
        return {one["number"] for one in here.get("/api/letters", params=query).json()["items"]}

    assert found(province="Phú Yên") == {f"{n}/UBND-NC" for n in range(1, 8)}
    assert found(urgency="any") == found(urgency="KHẨN") == {"21/UBND-VX"}
    assert found(urgency="HỎA TỐC") == set()
    assert found(issuer="ubnd tinh ha tinh", type="BC") == {"9/BC-UBND"}
    assert found(**{"from": "01/03/2022", "to": "2022-04-01"}) == {"3/UBND-NC", "4/UBND-NC"}
    assert {"21/UBND-VX", "77/UBND-NC"} <= found(review="yes") and "1/UBND-NC" in found(review="no")


def test_the_list_as_a_workbook_holds_what_the_list_does(here: TestClient) -> None:
    answer = here.get("/api/letters.xlsx", params={"province": "Phú Yên"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert rows[0][3] == "Số, ký hiệu" and [row[3] for row in rows[1:]] == [f"{n}/UBND-NC" for n in range(7, 0, -1)]
    turned = here.get("/api/letters.xlsx", params={"province": "Phú Yên", "sort": "date", "order": "up"})
    rows = list(openpyxl.load_workbook(io.BytesIO(turned.content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert [row[3] for row in rows[1:]] == [f"{n}/UBND-NC" for n in range(1, 8)], "in the order of the list"
    book = here.get("/api/registers/incoming/book.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(book.content)).active is not None


def test_a_register_comes_in_pages(here: TestClient) -> None:
    whole = here.get("/api/registers/incoming?limit=200").json()
    assert whole["next"] is None and "Số đến" in " ".join(whole["columns"])
    assert walk(here, "/api/registers/incoming?x=", 4) == [one["id"] for one in whole["items"]]


def test_a_sheet_is_drawn_and_its_box_cut_out(here: TestClient) -> None:
    id = id_of(here, "1002/UBND-VX")
    record = here.get(f"/api/letters/{id}").json()
    page, box = record["evidence"]["number"]["page"], record["evidence"]["number"]["box"]
    size = here.get(f"/api/letters/{id}/pages/{page}").json()
    answer = here.get(f"/api/letters/{id}/pages/{page}/image.jpg?scale=1")
    whole = Image.open(io.BytesIO(answer.content))
    assert answer.headers["content-type"] == "image/jpeg" and whole.format == "JPEG"
    assert whole.size == (pytest.approx(size["width"], abs=1), pytest.approx(size["height"], abs=1))
    cut = Image.open(io.BytesIO(here.get(f"/api/letters/{id}/pages/{page}/image.jpg?scale=2&box={','.join(map(str, box))}").content))
    assert cut.width == pytest.approx(2 * (box[2] - box[0] + 12), abs=4) and cut.height == pytest.approx(2 * (box[3] - box[1] + 12), abs=4)
    # no browser keeps a sheet that its reader may be barred from the next minute
    assert answer.headers["cache-control"] == "no-store" and "etag" not in answer.headers
    for wrong in ("pages/99/image.jpg", "pages/0/image.jpg", "pages/-1/image.jpg"):
        assert here.get(f"/api/letters/{id}/{wrong}").status_code == 404
    for wrong in ("scale=99", "scale=nan", "box=1,2,3", "box=nan,0,1,1", "box=5,5,1,1"):
        assert here.get(f"/api/letters/{id}/pages/{page}/image.jpg?{wrong}").status_code == 422, wrong


def test_a_file_that_cannot_be_drawn_does_not_stop_the_renderer(here: TestClient) -> None:
    # an invented letter's "PDF" is text
    broken = id_of(here, "1/UBND-NC")
    assert here.get(f"/api/letters/{broken}/pages/1/image.jpg").status_code == 502
    id = id_of(here, "1002/UBND-VX")
    page = here.get(f"/api/letters/{id}").json()["source"]["pages"][0]
    assert here.get(f"/api/letters/{id}/pages/{page}/image.jpg?scale=0.5").status_code == 200
