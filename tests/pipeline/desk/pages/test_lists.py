"""The register and search as pages."""

from __future__ import annotations

import io
import re
from datetime import date as Date

import openpyxl
from fastapi.testclient import TestClient

from pipeline.desk.pages.lists import provinces, spans


def test_the_register_offers_the_days_and_the_weeks_letters(here: TestClient) -> None:
    assert spans(Date(2021, 3, 7)) == [
        ("register.span.today", "07/03/2021", "07/03/2021"), ("register.span.week", "01/03/2021", "07/03/2021"),
        ("register.span.month", "01/03/2021", "07/03/2021"), ("register.span.all", "", ""),
    ]  # fmt: skip
    before = Date.today()
    page = here.get("/?province=Phú Yên").text
    days = [f"{day:%d%%2F%m%%2F%Y}" for day in (before, Date.today())]
    assert any(f"province=Ph%C3%BA+Y%C3%AAn&amp;came_from={day}&amp;came_to={day}" in page for day in days)
    assert page.partition('class="spans"')[2].partition("</nav>")[0].count("aria-current") == 1


def test_search_puts_number_hits_first_and_marks_words(here: TestClient) -> None:
    found = here.get("/api/search", params={"q": "1002 ubnd vx"}).json()
    assert found["items"][0]["letter"]["header"]["number"] == "1002/UBND-VX" and found["items"][0]["exact"]
    page = here.get("/search", params={"q": "36 qd ttg"}).text
    assert page.index("36/QĐ-TTg</a>") < page.index("<mark>")
    assert here.get("/search", params={"q": "nothing of the sort"}).status_code == 200


def test_a_trace_shows_who_acted_with_the_sentence(here: TestClient) -> None:
    page = here.get("/trace", params={"number": "36/QĐ-TTg"}).text
    sentence = "Ngày 11 tháng 01 năm 2021, Thủ tướng Chính phủ đã ký Quyết định số 36/QĐ-TTg"
    assert "1002/UBND-VX" in page and sentence in " ".join(page.split())
    traces = here.get("/api/trace", params={"number": "36/QĐ-TTg"}).json()["items"]
    assert {"Nghệ An", "Hà Tĩnh"} <= {one["province"] for one in traces if one["acted"]}
    assert page.count('class="tile ') == 63
    assert here.get("/api/trace", params={"number": "99999/QĐ-TTg"}).status_code == 404
    assert here.get("/trace", params={"number": "99999/QĐ-TTg"}).status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(here.get("/api/trace.xlsx", params={"number": "36/QĐ-TTg"}).content))
    cells = {str(cell) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row}
    assert len(book.worksheets) > 1 and "1002/UBND-VX" in " ".join(cells)
    assert here.get("/api/graph.svg", params={"number": "36/QĐ-TTg"}).headers["content-type"].startswith("image/svg+xml")


def test_what_is_found_is_counted_by_type_issuer_province_and_year(here: TestClient) -> None:
    whole = here.get("/api/search?q=&limit=200").json()
    assert whole["facets"]["of"] == len(whole["items"]) and whole["facets"]["more"] is False
    for facet, narrowing in (("type", "type"), ("province", "province"), ("issuer", "issuer")):
        for one in whole["facets"][facet]:
            value = f'"{one["value"]}"' if facet == "issuer" else one["value"]
            found = here.get("/api/search", params={"q": "", narrowing: value, "limit": 200}).json()["items"]
            assert len(found) == one["count"] > 0, (facet, one)
    for one in whole["facets"]["year"]:
        span = {"from": f"01/01/{one['value']}", "to": f"31/12/{one['value']}"}
        assert len(here.get("/api/search", params={"limit": 200, **span}).json()["items"]) == one["count"]
    assert [one["value"] for one in whole["facets"]["year"]] == ["2022", "2021"]


def test_a_facet_narrows_and_is_taken_back(here: TestClient) -> None:
    page = here.get("/search", params={"q": "triển khai", "province": "Phú Yên"}).text
    facets = page.partition('class="facets"')[2].partition("</aside>")[0]
    assert re.search(r'href="/search\?q=[^"]+" aria-current="true"[^>]*><span>Phú Yên</span> <span class="num">7<', facets)
    assert "from=01%2F01%2F2022&amp;to=31%2F12%2F2022" in facets and "Nghệ An" not in facets


def test_a_letter_of_its_own_is_sorted_after_the_one_it_is_like() -> None:
    names = provinces()
    assert names.index("Cà Mau") < names.index("Đà Nẵng") < names.index("Gia Lai") < names.index("Yên Bái")
