"""The pages of effect and course, of documents by state, and of units: reached from the trace, with sentences, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import pipeline
from tests.pipeline.archive.invented import NGHE_AN, cite, hand_in, sheet, write
from tests.pipeline.desk.conftest import id_of

RULE, NEW = "12/2020/QĐ-UBND", "7/2021/QĐ-UBND"
SIGNED = [{"says": "from", "after": 0, "sentence": "Quyết định này có hiệu lực kể từ ngày ký."}]
TASK = {"to": "Sở Y tế tỉnh Nghệ An", "role": "chủ trì", "what": "mua vắc xin", "due": "2021-04-01", "page": 1}


@pytest.fixture(autouse=True)
def held(archive: Path, tmp_path: Path) -> None:
    replaced = {**cite(RULE, "2020-03-01", NGHE_AN, "replaces"), "sentence": f"thay thế Quyết định số {RULE} <b>"}
    sheets = (
        sheet(RULE, NGHE_AN, "2020-03-01", "quy chế họp", doc_type="QĐ", effect=SIGNED),
        sheet(NEW, NGHE_AN, "2021-06-01", "quy chế họp mới", doc_type="QĐ", effect=SIGNED, cites=[replaced]),
        sheet("1/UBND-VX", NGHE_AN, "2021-03-01", "phòng dịch", assignments=[TASK]),
    )
    with pipeline.open(archive) as office:
        hand_in(office.archive, *(write(tmp_path / "more", f"{n}.pdf", text) for n, text in enumerate(sheets)))


def test_a_document_on_one_page(here: TestClient) -> None:
    said = here.get("/matter", params={"number": "12 2020 qd ubnd", "as_of": "01/01/2022"}).text
    assert "Hết hiệu lực toàn bộ" in said and f"thay thế Quyết định số {RULE} &lt;b&gt;" in said
    assert "Diễn biến" in said and "thay thế, bãi bỏ" in said and "Thuộc chương trình" in said
    assert "Không rõ" not in said
    english = here.get("/matter", params={"number": RULE, "lang": "en"}).text
    assert "Ended as a whole" in english and "Timeline" in english
    assert "không văn bản nào viện dẫn 99/QĐ-XYZ" in here.get("/matter", params={"number": "99/QĐ-XYZ"}).text


def test_it_is_reached_from_the_trace_and_from_a_letter(here: TestClient) -> None:
    assert "/matter?number=36/Q" in here.get("/trace", params={"number": "36/QĐ-TTg"}).text
    id = id_of(here, RULE)
    assert f"/matter?number={id}" in here.get(f"/letter/{id}").text
    assert f"thay thế Quyết định số {RULE}" in here.get(f"/matter?number={id}").text
    assert 'href="/units"' in here.get("/trace").text
    assert "/units?province=" in here.get("/trace/province/NGHEAN").text


def test_documents_by_state_and_units(here: TestClient) -> None:
    ended = here.get("/effect", params={"state": "ENDED", "as_of": "2022-01-01"}).text
    assert RULE in ended and "bị thay thế" in ended
    assert "Không có văn bản nào ở tình trạng này." in here.get("/effect", params={"state": "SUSPENDED"}).text
    units = here.get("/units", params={"as_of": "01/07/2021"}).text
    assert "Sở Y tế tỉnh Nghệ An" in units and "quá hạn, chưa thấy trả lời" in units and "01/04/2021" in units
    assert "Kho chưa có văn bản nào giao việc" in here.get("/units", params={"province": "Hà Nội"}).text
