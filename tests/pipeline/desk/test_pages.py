"""The desk as a clerk uses it: lists in pages, fields put right, the queue, pictures of sheets, files handed in."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from datetime import date as Date
from importlib.resources import files
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient
from PIL import Image

import pipeline
from models.reference import Reference
from pipeline.archive.search.listing import encode
from pipeline.desk.jobs.batches import plain_name
from pipeline.desk.pages.lists import provinces, spans
from pipeline.desk.view.marked_text import marked, snippet
from pipeline.desk.words import table
from tests.pipeline.desk.conftest import SAMPLE, id_of, log_in


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


def test_a_register_comes_in_pages(here: TestClient) -> None:
    whole = here.get("/api/registers/incoming?limit=200").json()
    assert whole["next"] is None and "Số đến" in " ".join(whole["columns"])
    assert walk(here, "/api/registers/incoming?x=", 4) == [one["id"] for one in whole["items"]]


def test_a_field_is_put_right_and_stays_in_the_history(here: TestClient) -> None:
    id = id_of(here, "21/UBND-VX")
    done = here.patch(f"/api/letters/{id}", json={"field": "subject", "value": "phòng chống lụt bão", "seen": None}).json()
    assert done["letter"]["header"]["subject"] == "phòng chống lụt bão" and "subject" not in done["letter"]["review"]
    here.patch(f"/api/letters/{id}", json={"field": "recipients", "value": ["Sở A", "Sở B"]})
    history = here.get(f"/api/letters/{id}/history").json()["items"]
    assert [(one["field"], one["new"]) for one in history] == [("subject", "phòng chống lụt bão"), ("recipients", ["Sở A", "Sở B"])]
    assert "phòng chống lụt bão" in here.get(f"/letter/{id}").text


def test_what_another_has_just_changed_is_not_written_over(here: TestClient) -> None:
    id = id_of(here, "1/UBND-NC")
    assert here.patch(f"/api/letters/{id}", json={"field": "place", "value": "Vinh", "seen": ""}).status_code == 200
    assert here.patch(f"/api/letters/{id}", json={"field": "place", "value": "Huế", "seen": "Tuy Hòa"}).status_code == 409
    assert here.patch(f"/api/letters/{id}", json={"field": "place", "value": "Huế", "seen": "Vinh"}).status_code == 200


@pytest.mark.parametrize(
    "put",
    [
        {"field": "id", "value": "x"},
        {"field": "date", "value": "31/02/2021"},
        {"field": "urgency", "value": "gấp"},
        {"field": "source.file"},
    ],
)
def test_a_value_that_does_not_fit_is_refused(here: TestClient, put: dict[str, str]) -> None:
    answer = here.patch(f"/api/letters/{id_of(here, '1/UBND-NC')}", json=put)
    assert answer.status_code == 422 and answer.json()["title"]


def test_accepting_empties_the_queue_field_by_field(here: TestClient) -> None:
    queue = here.get("/api/review").json()
    assert queue["letters"] == len({one["letter"] for one in queue["items"]})
    mine = [one for one in queue["items"] if one["number"] == "21/UBND-VX"]
    assert [one["field"] for one in mine] == ["subject", "signer"]
    # one after another by the cursor, also when the first is settled meanwhile
    first = here.get("/api/review?limit=1").json()
    id, field = first["items"][0]["letter"], first["items"][0]["field"]
    assert here.post(f"/api/letters/{id}/accept", json={"fields": [field]}).status_code == 200
    after = here.get("/api/review", params={"cursor": first["next"], "limit": 100}).json()["items"]
    assert [(one["letter"], one["field"]) for one in after] == [(one["letter"], one["field"]) for one in queue["items"][1:]]
    for one in {one["letter"] for one in queue["items"]}:
        left = here.post(f"/api/letters/{one}/accept", json={}).json()
        assert left["letter"]["review"] == []
    assert left["doubtful"] == 0 and here.get("/api/review").json()["items"] == []
    assert here.post(f"/api/letters/{id}/accept", json={"fields": ["place"]}).status_code == 422


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
    assert here.get(f"/api/letters/{id}/pages/{page}/image.jpg", headers={"if-none-match": answer.headers["etag"]}).status_code == 200
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


def test_files_handed_in_are_told_with_their_reasons(here: TestClient, archive: Path) -> None:
    files = [
        ("files", ("../../thu.pdf", b"no pdf at all", "application/pdf")),
        ("files", ("lai.pdf", SAMPLE.read_bytes(), "application/pdf")),
    ]
    batch = here.post("/api/ingest", files=files)
    assert batch.status_code == 202
    events = []
    with here.stream("GET", f"/api/ingest/{batch.json()['id']}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        for line in stream.iter_lines():
            if line.startswith("data: "):
                events.append(json.loads(line[6:]))
    last = events[-1]
    assert last["state"] == "done" and [one["name"] for one in last["files"]] == ["thu.pdf", "lai.pdf"]
    assert [one["state"] for one in last["files"]] == ["refused", "duplicate"]
    assert last["files"][0]["reason"] and last["files"][1]["reason"] is None
    # what is settled leaves nothing behind
    assert [path for path in (archive.parent / "archive-uploads").rglob("*") if path.is_file()] == []
    assert "thu.pdf" in here.get("/ledger").text
    assert here.get("/api/ingest/none").status_code == 404


def test_an_upload_without_files_or_too_large_is_refused(here: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert here.post("/api/ingest", files={"other": ("a.pdf", b"x")}).status_code == 422
    monkeypatch.setenv("CONGVAN_MAX_BYTES", "100")
    assert here.post("/api/ingest", files={"files": ("a.pdf", b"x" * 1000)}).status_code == 413
    monkeypatch.setenv("CONGVAN_MAX_BYTES", "600")
    assert here.post("/api/ingest", files={"files": ("a.pdf", b"x" * 700)}).status_code == 413


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\quet\\a.pdf", "a.pdf"), ("..", "tep"), ("", "tep"), (".env", "env"), ("a\x00\n.pdf", "a.pdf"),
     ("công văn số 5.pdf", "công văn số 5.pdf"), ("a\u202efdp.exe", "afdp.exe")],
)  # fmt: skip
def test_a_file_keeps_its_name_and_nothing_else(given: str, kept: str) -> None:
    assert plain_name(given) == kept
    assert len(plain_name("ệ" * 300 + ".pdf").encode()) <= 200 and plain_name("ệ" * 300 + ".pdf").endswith(".pdf")


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


def test_names_are_offered(here: TestClient) -> None:
    assert "Ủy ban nhân dân tỉnh Phú Yên" in here.get("/api/names/issuers?q=phu yen").json()["items"]
    assert "Chu Hữu Bằng" not in here.get("/api/names/signers", params={"q": "nobody"}).json()["items"]


@pytest.mark.parametrize("path", ["/", "/review", "/search?q=1002", "/trace", "/trace?number=36/QĐ-TTg", "/ledger", "/api/docs"])
def test_every_page_speaks_both_languages(here: TestClient, path: str) -> None:
    headers = {"accept": "text/html"}
    vietnamese = here.get(path, headers=headers).text
    here.cookies.set("congvan_lang", "en")
    english = here.get(path, headers=headers).text
    assert '<html lang="vi">' in vietnamese and '<html lang="en">' in english
    assert "Sổ văn bản đến" in vietnamese and "Register" in english


def test_words_have_both_languages_and_are_all_used() -> None:
    desk = Path(__file__).parents[3] / "pipeline" / "desk"
    code = "".join(path.read_text(encoding="utf-8") for path in desk.rglob("*") if path.suffix in (".py", ".html", ".js"))
    # whose last part is a value
    built = ("role.", "field.", "book.", "state.", "problem.", "nav.", "col.", "js.", "letter.", "trace.state.", "admin.", "audit.")
    assert all(row["vi"] and row["en"] for row in table().values())
    left = {key for key in table() if f"'{key}'" not in code and f'"{key}"' not in code and not key.startswith(built)}
    assert left == set()


def test_a_failure_is_a_problem_and_never_a_traceback(here: TestClient) -> None:
    for path, status in (("/api/letters/none", 404), ("/api/nothing", 404), ("/api/letters?limit=0", 422), ("/api/letters?sort=x", 422)):
        answer = here.get(path)
        assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status and answer.json()["title"] and "Traceback" not in answer.text
    assert here.put("/api/letters", json={}).status_code == 405
    assert "<h1>" in here.get("/letter/none", headers={"accept": "text/html"}).text


def test_citations_are_marked_in_the_text() -> None:
    ref = Reference(number="36/QĐ-TTg", text="Quyết định số 36/QĐ-TTg")
    pieces = marked("Thực hiện Quyết định số\n36/QĐ-TTg ngày 11.", [(4, ref)])
    assert [(one.text, one.reference) for one in pieces] == [("Thực hiện ", None), ("Quyết định số\n36/QĐ-TTg", 4), (" ngày 11.", None)]
    # the same document by another relation, and a longer wording that holds both
    first, second = "Công văn số 5/UBND-VX", "Công văn số 7/UBND-VX"
    both = [Reference(number="5/UBND-VX", text=first), Reference(number="7/UBND-VX", text=second)]
    whole = Reference(number="5/UBND-VX", text=f"{first} về năng suất; {second} (gửi kèm)", relation="encloses")
    pieces = marked(f"Nhận được {first} về năng suất; {second} (gửi kèm). {first}.", [*enumerate(both), (2, whole)])
    assert [(one.text, one.reference) for one in pieces if one.reference is not None] == [(first, 0), (second, 1), (first, 0)]
    # a law within the citation of another
    inner = Reference(number="18/2023/QH15", text="Luật số 18/2023/QH15")
    outer = Reference(number="72/2020/QH14", text="Luật số 72/2020/QH14 được sửa đổi bởi Luật số 18/2023/QH15")
    pieces = marked(f"Căn cứ {outer.text};", [(0, outer), (1, inner)])
    assert [(one.text, one.reference) for one in pieces] == [
        ("Căn cứ ", None), ("Luật số 72/2020/QH14 được sửa đổi bởi", 0), (" ", None), ("Luật số 18/2023/QH15", 1), (";", None)
    ]  # fmt: skip
    assert [one.reference for one in marked("số 136/QĐ-TTg và 36/QĐ-TTgx", [(0, Reference(number="36/QĐ-TTg", text="36/QĐ-TTg"))])] == [
        None
    ]
    assert snippet("a \ue000b\ue001 c") == [("a ", False), ("b", True), (" c", False)]


def test_the_description_is_openapi(here: TestClient) -> None:
    spec = here.get("/api/openapi.json").json()
    assert spec["openapi"].startswith("3.") and "/api/letters" in spec["paths"]
    page = here.get("/api/docs").text
    assert all(path in page for path in spec["paths"])


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


def test_no_word_of_the_desk_is_said_twice_over() -> None:
    text = files("pipeline.messages").joinpath("desk.tsv").read_text(encoding="utf-8")
    keys = [line.split("\t")[0] for line in text.splitlines() if line and not line.startswith("#")]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_a_letter_of_its_own_is_sorted_after_the_one_it_is_like() -> None:
    names = provinces()
    assert names.index("Cà Mau") < names.index("Đà Nẵng") < names.index("Gia Lai") < names.index("Yên Bái")
