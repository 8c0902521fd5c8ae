"""Effect, timeline, programme and units over the API: with sentences, as a workbook, and nothing of what a person may not see."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

import pipeline
from pipeline.desk.access.user_store import Users
from tests.pipeline.archive.invented import NGHE_AN, cite, hand_in, sheet, write
from tests.pipeline.desk.conftest import log_in

RULE, NEW, HIDDEN = "12/2020/QĐ-UBND", "7/2021/QĐ-UBND", "8/2021/QĐ-UBND"
SIGNED = [{"says": "from", "after": 0, "sentence": "Quyết định này có hiệu lực kể từ ngày ký."}]
TASK = {"to": "Sở Y tế tỉnh Nghệ An", "role": "chủ trì", "what": "mua vắc xin", "due": "2021-04-01", "page": 1}


@pytest.fixture(autouse=True)
def held(archive: Path, tmp_path: Path) -> None:
    """A rule, the one that replaced it, a secret one that ended that, and a task that is overdue."""
    replaced = {**cite(RULE, "2020-03-01", NGHE_AN, "replaces"), "sentence": f"thay thế Quyết định số {RULE}"}
    hidden = {**cite(NEW, "2021-06-01", NGHE_AN, "replaces"), "sentence": f"bãi bỏ Quyết định số {NEW}"}
    sheets = (
        sheet(RULE, NGHE_AN, "2020-03-01", "quy chế họp", doc_type="QĐ", effect=SIGNED),
        sheet(NEW, NGHE_AN, "2021-06-01", "quy chế họp mới", doc_type="QĐ", effect=SIGNED, cites=[replaced]),
        sheet(HIDDEN, NGHE_AN, "2021-09-01", "mật", doc_type="QĐ", effect=SIGNED, cites=[hidden], secrecy="MẬT"),
        sheet("3/KH-UBND", NGHE_AN, "2020-05-01", "kế hoạch họp", doc_type="KH", cites=[cite(RULE, "2020-03-01", NGHE_AN)]),
        sheet("1/UBND-VX", NGHE_AN, "2021-03-01", "phòng dịch", assignments=[TASK]),
    )
    with pipeline.open(archive) as office:
        hand_in(office.archive, *(write(tmp_path / "more", f"{n}.pdf", text) for n, text in enumerate(sheets)))


def test_effect_with_its_words_and_the_plans_that_lost_their_ground(here: TestClient) -> None:
    answer = here.get("/api/effect", params={"number": RULE, "as_of": "2022-01-01"}).json()
    (one,) = answer["items"]
    assert (one["state"], one["ended"], one["event"]["by"]["letter"]["number"]) == ("ENDED", "2021-06-01", NEW)
    assert one["event"]["by"]["sentence"] == f"thay thế Quyết định số {RULE}"
    assert [lost["plan"]["number"] for lost in answer["lost"]] == ["3/KH-UBND"]
    assert here.get("/api/effect", params={"number": "99/QĐ-XYZ"}).status_code == 404


def test_documents_in_one_state_in_pages(here: TestClient) -> None:
    asked = {"state": "IN_FORCE", "as_of": "2021-03-01", "limit": 1}
    first = here.get("/api/effect/state", params=asked).json()
    assert [one["document"]["number"] for one in first["items"]] == [RULE] and first["next"] is None
    assert here.get("/api/effect/state", params={"state": "UNKNOWN"}).status_code == 422
    assert here.get("/api/effect/state", params={"state": "ENDED", "as_of": "2022-01-01"}).json()["items"][0]["document"]["number"] == RULE


def test_timeline_programme_and_units(here: TestClient) -> None:
    (course,) = here.get("/api/timeline", params={"number": RULE}).json()["items"]
    assert [(step["role"], step["letter"]["number"]) for step in course["steps"]] == [
        ("directive", RULE), ("plan", "3/KH-UBND"), ("ending", NEW),
    ]  # fmt: skip
    (whole,) = here.get("/api/programme", params={"asked": RULE}).json()["items"]
    assert {"3/KH-UBND", NEW} <= {member["letter"]["number"] for member in whole["members"]}
    units = here.get("/api/units", params={"as_of": "2021-07-01"}).json()
    assert units["province"] == "Nghệ An"
    (task,) = [one for one in units["items"] if one["given_by"]["number"] == "1/UBND-VX"]
    assert (task["unit"], task["state"], task["due"]) == ("Sở Y tế tỉnh Nghệ An", "overdue", "2021-04-01")
    assert here.get("/api/units", params={"province": "Xứ Khác"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "asked", "title"),
    [
        ("effect", {"number": RULE}, "Hiệu lực"), ("effect/state", {"state": "ENDED"}, "Hiệu lực"),
        ("timeline", {"number": RULE}, "Diễn biến"),
        ("programme", {"asked": RULE}, "Chương trình"), ("units", {}, "Đơn vị"),
    ],
)  # fmt: skip
def test_each_as_a_workbook(here: TestClient, path: str, asked: dict[str, str], title: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(here.get(f"/api/{path}.xlsx", params=asked).content))
    assert book.sheetnames[0] == title and book[title].max_row > 1


def test_a_secret_letter_shows_the_uncleared_nothing(anybody: TestClient, users: Users) -> None:
    asked = {"number": NEW, "as_of": "2022-01-01"}
    log_in(anybody, "reader")
    assert anybody.get("/api/effect", params={"number": HIDDEN}).status_code == 404
    assert anybody.get("/api/timeline", params={"number": HIDDEN}).status_code == 404
    assert HIDDEN not in anybody.get("/api/timeline", params=asked).text + anybody.get("/api/effect", params=asked).text
    log_in(anybody, "cleared")
    assert anybody.get("/api/effect", params={"number": HIDDEN}).status_code == 200


def test_the_description_tells_them(here: TestClient) -> None:
    paths = here.get("/api/openapi.json").json()["paths"]
    assert {"/api/effect", "/api/effect/state", "/api/timeline", "/api/programme", "/api/units", "/api/effect.xlsx"} <= set(paths)
