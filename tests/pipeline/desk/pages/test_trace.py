"""The pages that trace: an instruction's provinces and tree, a province's own instructions, and answers that are never stale."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

import pipeline
from models.letter import Letter
from models.reference import Deadline, Reference
from models.trace import Trace
from pipeline.archive.tables.database import writing
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.desk.app import application
from pipeline.desk.jobs import province_trace
from tests.pipeline.desk.conftest import HERE, log_in
from tests.pipeline.link.by_hand import cites, letter

PM, MOST = "Thủ tướng Chính phủ", "Bộ Khoa học và Công nghệ"
ALL = ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",)
DAY = "2022-06-01"


def due(letter: Letter, day: str) -> Letter:
    return letter.model_copy(update={"deadlines": (Deadline(date=date.fromisoformat(day), who=ALL),)})


def held() -> list[Letter]:
    """Instructions to all provinces: one overdue, one due later, one without a day, one done late; one that only Vĩnh Phúc acted on."""
    overdue = due(letter("a1", "101/BKHCN-TĐC", "2022-01-05", MOST, to=ALL, subject="gửi kế hoạch"), "2022-03-01")
    later = due(letter("a2", "102/BKHCN-TĐC", "2022-02-05", MOST, to=ALL), "2022-12-01")
    bare = letter("a3", "103/BKHCN-TĐC", "2022-03-05", MOST, to=ALL)
    late = due(letter("a4", "104/BKHCN-TĐC", "2022-01-15", MOST, to=ALL), "2022-02-15")
    merged = letter("a5", "105/BKHCN-TĐC", "2022-04-05", MOST, to=ALL)

    def carries(id: str, number: str, day: str, place: str, of: Letter, kind: str = "KH") -> Letter:
        how: Reference = cites(of.header.number or "", str(of.header.date), MOST, "implements", sentence=f"Thực hiện công văn {id}.")
        own = letter(id, number, day, f"Ủy ban nhân dân tỉnh {place}", how, doc_type=kind)
        return own.model_copy(update={"references": (how.model_copy(update={"target": of.id}),)})

    return [
        overdue, later, bare, late, merged,
        carries("b4", "44/KH-UBND", "2022-04-20", "Nghệ An", late),
        carries("b5", "55/KH-UBND", "2022-05-01", "Vĩnh Phúc", merged),
        carries("b6", "66/UBND-VX", "2022-05-02", "Nghệ An", bare, "CV"),
    ]  # fmt: skip


@pytest.fixture
def where(tmp_path: Path) -> Path:
    with pipeline.open(tmp_path / "kho") as office, writing(office.archive.engine) as connection:
        for one in held():
            LetterStore(connection).put(one, one, ledger_id=None, quarantined=False)
    return tmp_path / "kho"


@pytest.fixture
def desk(where: Path) -> Iterator[TestClient]:
    with TestClient(application(pipeline.open(where)), base_url=HERE, follow_redirects=False) as client:
        client.headers["x-csrf-token"] = client.get("/api/session").json()["csrf"]
        yield client


def numbers(answer: dict[str, list[dict[str, dict[str, str]]]]) -> list[str]:
    return [one["instruction"]["number"] for one in answer["items"]]


def test_a_provinces_open_instructions_come_overdue_first_then_by_their_day(desk: TestClient) -> None:
    every = desk.get("/api/trace/province/NGHEAN", params={"as_of": DAY}).json()
    assert every["province"] == "Nghệ An" and every["holds"] is True
    assert [(one["instruction"]["number"], one["cell"]) for one in every["items"]] == [
        ("101/BKHCN-TĐC", "open_late"), ("102/BKHCN-TĐC", "open_in_time"), ("105/BKHCN-TĐC", "open_in_time"),
        ("103/BKHCN-TĐC", "open_in_time"), ("104/BKHCN-TĐC", "done_late"),
    ]  # fmt: skip
    assert {key: every["report"][key] for key in ("open_late", "open_in_time", "done_late", "done_in_time", "no_evidence")} == {
        "open_late": 1, "open_in_time": 3, "done_late": 1, "done_in_time": 0, "no_evidence": 3,
    }  # fmt: skip
    silent, told = every["items"][0], every["items"][3]
    assert not silent["evidence"] and silent["letters"] == [] and silent["flags"] == ["OVERDUE"]
    assert told["evidence"] and told["standing"] == "ASSIGNED" and told["letters"][0]["hops"][0]["sentence"] == "Thực hiện công văn b6."
    # overdue is said only where a day is known and past
    before = desk.get("/api/trace/province/NGHEAN", params={"as_of": "2022-02-28"}).json()
    assert [one["cell"] for one in before["items"]][:2] == ["open_late", "open_in_time"] and numbers(before)[0] == "104/BKHCN-TĐC"


@pytest.mark.parametrize("name", ["NGHEAN", "nghe an", "Nghệ An", "tỉnh Nghệ An"])
def test_a_province_is_known_by_its_name_and_by_its_letters(desk: TestClient, name: str) -> None:
    assert desk.get(f"/api/trace/province/{name}", params={"as_of": DAY}).json()["province"] == "Nghệ An"


def test_what_is_no_province_is_told(desk: TestClient) -> None:
    for path in ("/api/trace/province/Atlantis", "/trace/province/Atlantis", "/trace/province?name=Atlantis"):
        assert desk.get(path).status_code == 404


def test_instructions_come_in_pages_and_by_state(desk: TestClient) -> None:
    path = "/api/trace/province/NGHEAN"
    whole, found, cursor = numbers(desk.get(path, params={"as_of": DAY}).json()), list[str](), None
    while True:
        page = desk.get(path, params={"as_of": DAY, "limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        found, cursor = [*found, *numbers(page)], page["next"]
        if cursor is None:
            break
    assert found == whole
    assert numbers(desk.get(path, params={"as_of": DAY, "state": "done"}).json()) == ["104/BKHCN-TĐC"]
    assert desk.get(path, params={"as_of": DAY, "cursor": "WyJ4Il0"}).status_code == 400


def test_the_page_says_that_no_evidence_is_held_and_never_that_nothing_was_done(desk: TestClient) -> None:
    page = desk.get("/trace/province/NGHEAN", params={"as_of": DAY}).text
    assert page.count("Đã được gửi; kho chưa có bằng chứng") == 3 and "Thực hiện công văn b6." in page
    assert page.index("101/BKHCN-TĐC") < page.index("102/BKHCN-TĐC") < page.index("103/BKHCN-TĐC")
    assert "104/BKHCN-TĐC" not in page and "104/BKHCN-TĐC" in desk.get("/trace/province/NGHEAN?state=done&as_of=" + DAY).text
    assert not re.search(r"(?i)chưa (làm|thực hiện)|không (làm|thực hiện)", page)


def test_a_merged_province_answers_for_what_it_is_made_of(desk: TestClient) -> None:
    item = {
        one["instruction"]["number"]: one for one in desk.get("/api/trace/province/PHUTHO", params={"as_of": "2025-08-01"}).json()["items"]
    }
    assert item["105/BKHCN-TĐC"]["merged"] == "1 of 3" and item["101/BKHCN-TĐC"]["merged"] == "0 of 3"
    page = desk.get("/trace/province/PHUTHO", params={"as_of": "2025-08-01", "state": "all"}).text
    assert "1/3 đơn vị cũ" in page and "Vĩnh Phúc" in page
    # the unit that was merged has its page, and says where it went
    assert "/trace/province/PHUTHO" in desk.get("/trace/province/VINHPHUC", params={"as_of": "2025-08-01"}).text


def test_a_province_as_a_workbook(desk: TestClient) -> None:
    answer = desk.get("/api/trace/province/NGHEAN/book.xlsx", params={"as_of": DAY})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [str(cell) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row]
    assert (
        "101/BKHCN-TĐC" in cells and "Thực hiện công văn b6." in cells and 'filename="nghean.xlsx"' in answer.headers["content-disposition"]
    )


def test_the_instructions_page_leads_to_the_provinces_and_back(desk: TestClient) -> None:
    page = desk.get("/trace", params={"number": "103/BKHCN-TĐC", "as_of": DAY}).text
    assert page.count('class="tile ') == 63 and 'href="#p1-NGHEAN"' in page and 'id="p1-NGHEAN"' in page
    assert 'href="/trace/province/NGHEAN?as_of=2022-06-01"' in page and 'id="p1-HANOI"' in page
    assert "/trace?number=103/BKHCN-T" in desk.get("/trace/province/NGHEAN", params={"as_of": DAY}).text
    choice = desk.get("/trace/province", params={"name": "Nghệ An", "as_of": DAY})
    assert (choice.status_code, choice.headers["location"]) == (303, "/trace/province/NGHEAN?as_of=2022-06-01")


def test_after_the_mergers_the_map_has_34_tiles(desk: TestClient, where: Path) -> None:
    with pipeline.open(where) as office, writing(office.archive.engine) as connection:
        new = letter("a9", "9/BKHCN-TĐC", "2025-09-01", MOST, to=ALL)
        LetterStore(connection).put(new, new, ledger_id=None, quarantined=False)
    assert desk.get("/trace", params={"number": "9/BKHCN-TĐC"}).text.count('class="tile ') == 34


def test_the_tree_stands_by_rank_and_by_day(desk: TestClient) -> None:
    page = desk.get("/trace/tree", params={"number": "103/BKHCN-TĐC", "as_of": DAY}).text
    assert page.index("Bộ, ngành") < page.index("05/03/2022") < page.index("Ủy ban nhân dân tỉnh") < page.index("66/UBND-VX")
    assert "→ 103/BKHCN-TĐC" in page and "44/KH-UBND" not in page
    assert "66/UBND-VX" not in desk.get("/trace/tree", params={"number": "103/BKHCN-TĐC", "as_of": "2022-04-01"}).text
    assert desk.get("/trace/tree", params={"number": "999/BKHCN-TĐC"}).status_code == 404


def test_an_answer_is_dropped_by_any_write(desk: TestClient, where: Path) -> None:
    asked = {"number": "103/BKHCN-TĐC", "as_of": DAY}

    def acted() -> set[str]:
        return {one["province"] for one in desk.get("/api/trace", params=asked).json()["items"] if one["acted"]}

    assert acted() == acted() == {"Nghệ An"}
    with pipeline.open(where) as other, writing(other.archive.engine) as connection:
        how = cites("103/BKHCN-TĐC", "2022-03-05", MOST, "implements").model_copy(update={"target": held()[2].id})
        more = letter("b7", "77/UBND-VX", "2022-05-09", "Ủy ban nhân dân tỉnh Hà Tĩnh", how)
        LetterStore(connection).put(more, more, ledger_id=None, quarantined=False)
    assert acted() == {"Nghệ An", "Hà Tĩnh"}
    assert "77/UBND-VX" in desk.get("/trace", params=asked).text
    there = desk.get("/api/trace/province/HATINH", params={"as_of": DAY}).json()["items"]
    assert [one["instruction"]["number"] for one in there if one["evidence"]] == ["103/BKHCN-TĐC"]


def test_a_large_archive_is_looked_through_by_another_process(desk: TestClient, where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = desk.get("/api/trace/province/NGHEAN", params={"as_of": DAY}).json()
    monkeypatch.setattr(province_trace, "SMALL", 0)
    with TestClient(application(pipeline.open(where)), base_url=HERE) as other:
        waiting = other.get("/trace/province/NGHEAN", params={"as_of": DAY}).text
        assert 'id="finding"' in waiting and "101/BKHCN-TĐC" not in waiting
        found = other.get("/api/trace/province/NGHEAN", params={"as_of": DAY}).json()
        assert {**found, "found_at": ""} == {**at_once, "found_at": ""}
        assert "101/BKHCN-TĐC" in other.get("/trace/province/NGHEAN", params={"as_of": DAY}).text
        # what was found stays to be read while it is looked through again
        with pipeline.open(where) as third, writing(third.archive.engine) as connection:
            new = due(letter("a6", "106/BKHCN-TĐC", "2022-01-02", MOST, to=ALL), "2022-01-20")
            LetterStore(connection).put(new, new, ledger_id=None, quarantined=False)
        stale = other.get("/trace/province/NGHEAN", params={"as_of": DAY}).text
        assert "101/BKHCN-TĐC" in stale and "106/BKHCN-TĐC" not in stale and "Kho đã thay đổi" in stale
        assert numbers(other.get("/api/trace/province/NGHEAN", params={"as_of": DAY}).json())[0] == "106/BKHCN-TĐC"


def test_where_the_other_process_fails_it_is_told(desk: TestClient, where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(province_trace, "SMALL", 0)

    def fail(*_: object) -> list[Trace]:
        raise province_trace.NotTraced("x")

    monkeypatch.setattr(province_trace.ProvinceTraces, "_run", fail)
    answer = desk.get("/api/trace/province/NGHEAN", params={"as_of": DAY})
    assert answer.status_code == 503 and answer.headers["content-type"] == "application/problem+json"


def test_secret_targets_are_not_named(anybody: TestClient) -> None:
    log_in(anybody, "reader")
    for path in ("/trace?number=36/QĐ-TTg", "/trace/tree?number=36/QĐ-TTg", "/trace/province/HATINH", "/api/trace/province/HATINH"):
        assert "9/BC-UBND" not in anybody.get(path).text, path


def test_who_asks_when_too_many_wait_is_told_to_try_again(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(province_trace, "SMALL", 0)
    monkeypatch.setattr(province_trace, "_WAITING", 0)
    assert desk.get("/api/trace/province/NGHEAN", params={"as_of": DAY}).status_code == 503
    assert desk.get("/trace/province/NGHEAN", params={"as_of": DAY}).status_code == 200
