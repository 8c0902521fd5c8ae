"""Originals read anew from the browser: in the background, told field by field, with what waits for a person's word, and nothing secret."""

from __future__ import annotations

from functools import partialmethod
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import pipeline
from pipeline.desk.access.user_store import Users
from pipeline.ingest import Pace
from pipeline.office import Office
from tests.pipeline.archive.invented import HA_TINH, hand_in, sheet, write
from tests.pipeline.desk.api.test_maintenance import ended
from tests.pipeline.desk.conftest import HOSTILE, log_in
from tests.pipeline.ingest.anew import ANEW, otherwise

PAGE = {"accept": "text/html"}


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Invented letters, which the desk reads anew as a later version does; of a file of two, one has been put right."""
    monkeypatch.setattr(Office, "reread", partialmethod(Office.reread, stages=ANEW, pace=Pace(workers=1)))
    with pipeline.open(tmp_path / "archive") as office:
        page = otherwise(sheet("1/UBND-VX", subject="năm 2021", place="Vinh"), subject=HOSTILE, urgency="KHẨN")
        second = otherwise(sheet("4/UBND-VX", HA_TINH), joined=True)
        files = [write(tmp_path / "in", "mot.pdf", page), write(tmp_path / "in", "hai.pdf", sheet("3/UBND-VX"), second)]
        hand_in(office.archive, *files)
        office.correct(office.letter("4/UBND-VX")[0].id, "subject", "người sửa", "Lan")
    return tmp_path / "archive"


def anew(client: TestClient, **chosen: Any) -> dict[str, Any]:
    """Read anew, to its end."""
    assert client.post("/api/reread", json=chosen).status_code == 202
    done = ended(client, "/api/reread")
    assert done["job"]["state"] == "done", done["job"]
    return done


def test_what_changed_is_told_by_field_and_one_by_one(here: TestClient) -> None:
    assert here.get("/api/reread").json() == {"job": None, "report": None}
    assert here.get("/api/reread/changes").json() == {"items": [], "next": None}
    assert "Kho chưa được đọc lại" in here.get("/admin/reread", headers=PAGE).text
    report = anew(here)["report"]
    assert (report["files"], report["done"], report["left"]) == (2, 2, 0) and report["ended"]
    counts = {(one["field"], one["kind"]): one["count"] for one in report["counts"]}
    assert counts == {("subject", "asked"): 1, ("urgency", "found"): 1, ("pages", "held"): 2}
    first = here.get("/api/reread/changes?limit=1").json()
    rest = here.get("/api/reread/changes", params={"cursor": first["next"]}).json()
    told = [(one["field"], one["kind"]) for one in first["items"] + rest["items"]]
    assert set(told) == set(counts) and len(told) == 4 and rest["next"] is None
    (asked,) = here.get("/api/reread/changes?kind=asked").json()["items"]
    assert (asked["old"], asked["new"], asked["number"], asked["file"]) == ("năm 2021", HOSTILE, "1/UBND-VX", "mot.pdf")
    page = here.get("/admin/reread", headers=PAGE).text
    assert "Cần hỏi" in page and "Trích yếu" in page and "&lt;script&gt;alert(2)" in page and HOSTILE not in page
    assert "năm 2021" not in here.get("/admin/reread?kind=found", headers=PAGE).text
    assert here.get("/api/review").json()["items"][0]["field"] == "subject"


def test_a_person_says_how_pages_are_parted(here: TestClient) -> None:
    (held,) = anew(here)["report"]["held"]
    assert (held["file"], held["old"], held["new"], held["answer"]) == ("hai.pdf", [[1, 1], [2, 2]], [[1, 2]], None)
    assert "1–1, 2–2" in here.get("/admin/reread", headers=PAGE).text
    said = here.post("/api/reread/pages", json={"sha256": held["sha256"], "answer": "take"})
    assert [one["answer"] for one in said.json()["report"]["held"]] == ["take"]
    assert held["sha256"] in here.get("/admin/reread", headers=PAGE).text
    assert anew(here, files=[held["sha256"]])["report"]["held"] == []
    assert here.get("/api/letters").json()["total"] == 2
    assert here.post("/api/reread/pages", json={"sha256": held["sha256"], "answer": "take"}).status_code == 404
    assert here.post("/api/reread/pages", json={"sha256": "0" * 64, "answer": "keep"}).status_code == 404


def test_what_is_not_held_is_said_at_once_and_what_is_chosen_is_narrowed(here: TestClient) -> None:
    assert here.post("/api/reread", json={"files": ["khong-co.pdf"]}).status_code == 404
    assert here.post("/api/reread", json={"since": "5/3/2021"}).status_code == 422
    assert anew(here, letters=["1/UBND-VX"])["report"]["files"] == 1
    assert anew(here, since="2030-01-01")["report"]["files"] == 0


def test_one_that_was_stopped_is_gone_on_with_by_its_button(here: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(*_: object) -> None:
        raise RuntimeError("stopped")

    monkeypatch.setattr("pipeline.ingest.rereading._Reread.over", cut_off)
    assert here.post("/api/reread", json={"letters": ["1/UBND-VX"]}).status_code == 202
    stopped = ended(here, "/api/reread")
    assert (stopped["job"]["state"], stopped["report"]["left"]) == ("failed", 1)
    page = here.get("/admin/reread", headers=PAGE).text
    assert "Đọc tiếp" in page and "&#34;1/UBND-VX&#34;" in page
    monkeypatch.undo()


def test_nothing_is_told_of_a_file_that_has_become_secret(anybody: TestClient, users: Users) -> None:
    log_in(anybody, "archivist")
    (held,) = anew(anybody)["report"]["held"]
    letters = {one["number"]: one["id"] for one in anybody.get("/api/letters").json()["items"]}
    for number in ("1/UBND-VX", "3/UBND-VX"):
        anybody.patch(f"/api/letters/{letters[number]}", json={"field": "secrecy", "value": "MẬT"})
    told = anybody.get("/api/reread").text + anybody.get("/api/reread/changes").text + anybody.get("/admin/reread", headers=PAGE).text
    assert "hai.pdf" not in told and "mot.pdf" not in told and "năm 2021" not in told
    assert anybody.post("/api/reread/pages", json={"sha256": held["sha256"], "answer": "take"}).status_code == 404
    assert anew(anybody)["report"]["secret"] == 0
    assert [one.what for one in users.audit() if one.what.startswith("reread")].count("reread.done") == 2
    users.change("archivist", cleared=True)
    log_in(anybody, "archivist")
    assert anybody.get("/api/reread").json()["report"]["secret"] == 2


def test_a_clerk_reads_nothing_anew(anybody: TestClient, users: Users) -> None:
    log_in(anybody, "clerk")
    assert anybody.post("/api/reread", json={}).status_code == 403 and anybody.get("/admin/reread").status_code == 403
