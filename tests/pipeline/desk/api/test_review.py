"""Fields put right, the queue, the names that are offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import pipeline
from tests.pipeline.archive.invented import hand_in, sheet, write
from tests.pipeline.desk.conftest import id_of


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


def test_what_the_archive_knows_stands_in_the_question_and_is_taken(here: TestClient, archive: Path) -> None:
    health, name = "Sở Y tế tỉnh Phú Lương", "Đào Hữu Thắng"
    days = {"31": "2021-01-04", "35": "2021-03-05", "39": "2021-12-30"}
    misread = {"35": "Đào Hữu Thăng"}
    with pipeline.open(archive) as office:
        for serial, day in days.items():
            signer = {"name": misread.get(serial, name), "title": "Giám đốc"}
            review = ["signer"] if serial in misread else []
            page = sheet(f"{serial}/SYT-NVY", health, day, f"việc {serial}", signer=signer, review=review, evidence={"signer": {"page": 1}})
            hand_in(office.archive, write(archive.parent / "in", f"{serial}.pdf", page))
    (asked,) = [one for one in here.get("/api/review?limit=100").json()["items"] if one["number"] == "35/SYT-NVY"]
    sentence = f"Kho đã biết: {name} ký 2 văn bản của {health}, từ 04/01/2021 đến 30/12/2021."
    assert (asked["known"], asked["proposed"], asked["value"]["name"]) == (sentence, name, "Đào Hữu Thăng")
    assert sentence in here.get(f"/letter/{asked['letter']}").text
    done = here.patch(f"/api/letters/{asked['letter']}", json={"field": "signer.name", "value": asked["proposed"]}).json()
    assert done["letter"]["header"]["signer"]["name"] == name and done["letter"]["review"] == []
    others = [one for one in here.get("/api/review?limit=100").json()["items"] if one["field"] == "subject"]
    assert {(one["known"], one["proposed"]) for one in others} == {(None, None)}


def test_names_are_offered(here: TestClient) -> None:
    assert "Ủy ban nhân dân tỉnh Phú Yên" in here.get("/api/names/issuers?q=phu yen").json()["items"]
    assert "Chu Hữu Bằng" not in here.get("/api/names/signers", params={"q": "nobody"}).json()["items"]


def test_changes_are_taken_back_by_their_numbers(here: TestClient) -> None:
    item = here.get("/api/review").json()["items"][0]
    id, field = item["letter"], item["field"]
    before = here.get("/api/review").json()
    done = here.post(f"/api/letters/{id}/accept", json={"fields": [field], "seen": item["value"] or ""}).json()
    assert field not in done["letter"]["review"] and len(done["changes"]) == 1
    back = here.post(f"/api/letters/{id}/take-back", json={"changes": done["changes"]})
    assert back.status_code == 200 and field in back.json()["letter"]["review"]
    assert here.get("/api/review").json() == before
    assert here.post(f"/api/letters/{id}/take-back", json={"changes": done["changes"]}).status_code == 409
    assert here.post(f"/api/letters/{id}/take-back", json={"changes": []}).status_code == 422


def test_what_another_has_put_right_meanwhile_is_not_said_to_be_right(here: TestClient) -> None:
    item = next(one for one in here.get("/api/review").json()["items"] if one["field"] == "subject")
    id = item["letter"]
    assert here.post(f"/api/letters/{id}/accept", json={"fields": ["subject"], "seen": "điều khác"}).status_code == 409
    assert "subject" in here.get(f"/api/letters/{id}").json()["review"]


@pytest.mark.parametrize(
    "body",
    [
        '{"field": "subject", "value": "\\ud800"}', '{"field": "\\udfff", "value": "x"}', '{"field": "recipients", "value": ["\\ud800"]}',
        '{"field": "subject", "value": "x", "seen": "\\ud800"}',
    ],
)  # fmt: skip
def test_half_a_letter_of_unicode_is_refused(here: TestClient, body: str) -> None:
    id = id_of(here, "1/UBND-NC")
    answer = here.patch(f"/api/letters/{id}", content=body, headers={"content-type": "application/json"})
    assert 400 <= answer.status_code < 500, answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [("note", "x" * 1_000_000), ("subject", "x" * 100_000), ("recipients", ["Sở Y tế"] * 50_000), ("copies", "Sở;" * 9000)],
)
def test_no_field_holds_more_than_a_sheet_could(here: TestClient, field: str, value: object) -> None:
    id = id_of(here, "1/UBND-NC")
    assert here.patch(f"/api/letters/{id}", json={"field": field, "value": value}).status_code in (413, 422)
    assert here.get(f"/api/letters/{id}/history").json()["items"] == []
