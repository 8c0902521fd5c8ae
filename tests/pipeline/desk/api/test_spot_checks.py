"""A sample check at the desk: read blind, judged, each person's own, nothing of a secret letter, and kept where changes are kept."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from pipeline.desk.access.accounts import UserRole
from pipeline.desk.access.user_store import Users
from tests.pipeline.desk.conftest import PASSWORD, id_of, log_in

PAGE = {"accept": "text/html"}
AT = "/api/spot-check"


def drawn(client: TestClient, size: int = 8) -> dict[str, Any]:
    """A check begun by who is logged in."""
    answer = client.post(AT, json={"size": size, "seed": "lá thăm"})
    assert answer.status_code == 201
    check: dict[str, Any] = answer.json()["open"]
    return check


def held(client: TestClient, item: dict[str, Any]) -> str:
    """What the archive holds, as a person types it."""
    head, _, part = item["field"].partition(".")
    value = client.get(f"/api/letters/{item['letter']}").json()["header"][head]
    value = value[part] if part else value
    if isinstance(value, list):
        return "\n".join(value)
    return "/".join(reversed(value.split("-"))) if item["field"].endswith("date") else str(value)


def test_what_is_to_be_read_is_told_by_its_place_alone(here: TestClient) -> None:
    check = drawn(here)
    item = check["next"]
    assert (check["size"], check["done"], item["position"], item["held"], item["outcome"]) == (8, 0, 1, None, None)
    value = held(here, item)
    assert item["box"] and value not in here.get(AT).text and value not in here.get("/admin/spot-check", headers=PAGE).text
    drawn_part = here.get(f"/api/letters/{item['letter']}/pages/{item['page']}/image.jpg", params={"box": ",".join(map(str, item["box"]))})
    assert drawn_part.headers["content-type"] == "image/jpeg"


def test_a_check_from_its_lots_to_its_figure(here: TestClient) -> None:
    item = drawn(here, 3)["next"]
    said = here.post(f"{AT}/answer", json={"position": 1, "text": held(here, item)}).json()
    assert (said["item"]["outcome"], said["open"]["done"], said["open"]["next"]["position"]) == ("right", 1, 2)
    item = said["open"]["next"]
    # a word that is not there, and a day that is none is to be typed again
    text = "01/02/1999" if item["field"].endswith("date") else "khác hẳn"
    differs = here.post(f"{AT}/answer", json={"position": 2, "text": text}).json()
    assert differs["item"]["outcome"] == "differs" and differs["item"]["held"] and differs["open"]["next"]["outcome"] == "differs"
    judged = here.post(f"{AT}/judgement", json={"position": 2, "outcome": "wrong", "value": text}).json()
    assert judged["item"]["outcome"] == "wrong" and held(here, item) == text
    done = here.post(f"{AT}/answer", json={"position": 3, "text": None}).json()
    assert done["open"] is None
    (result,) = here.get(AT).json()["results"]
    assert (result["read"], result["wrong"], result["unreadable"], result["seed"]) == (2, 1, 1, "lá thăm")
    page = here.get("/admin/spot-check", headers=PAGE).text
    assert "Khoảng 95 %" in page and f"{result['share'] * 100:.1f} %".replace(".", ",") in page
    history = here.get("/api/history").json()["items"]
    assert [one["about"] for one in history if one["field"] == "spot_check"] == ["check", "letter", "letter", "letter"]
    shown = here.get("/admin/history", headers=PAGE).text
    assert "Kiểm tra mẫu" in shown and "kho sai" in shown and "1 sai trên 2" in shown
    assert "kho sai" in here.get(f"/letter/{item['letter']}", headers=PAGE).text


def test_what_is_not_asked_is_refused(here: TestClient) -> None:
    assert here.post(f"{AT}/end").status_code == 409
    drawn(here)
    for path, body in (
        ("answer", {"position": 2, "text": "x"}),
        ("judgement", {"position": 1, "outcome": "mistyped"}),
        ("judgement", {"position": 1, "outcome": "wrong", "value": "x"}),
    ):
        assert here.post(f"{AT}/{path}", json=body).status_code == 409, (path, body)
    for body in ({"position": 1}, {"position": 1, "text": "x", "more": 1}, {"position": 1, "text": "x" * 5001}):
        assert here.post(f"{AT}/answer", json=body).status_code == 422
    assert here.post(f"{AT}/judgement", json={"position": 1, "outcome": "right"}).status_code == 422
    assert here.get(AT).json()["open"]["done"] == 0 and here.get("/api/history").json()["items"][0]["field"] == "office"
    assert here.post(f"{AT}/end").json()["open"] is None


def test_one_persons_check_is_not_anothers(anybody: TestClient, users: Users) -> None:
    users.add("minh", UserRole.archivist, PASSWORD)
    log_in(anybody, "archivist")
    mine = drawn(anybody)
    log_in(anybody, "minh")
    assert anybody.get(AT).json()["open"] is None and anybody.post(f"{AT}/end").status_code == 409
    assert anybody.post(f"{AT}/answer", json={"position": 1, "text": "x"}).status_code == 409
    assert drawn(anybody)["id"] != mine["id"]
    log_in(anybody, "archivist")
    assert anybody.get(AT).json()["open"] == mine
    assert [one.what for one in users.audit() if one.what.startswith("spot")] == ["spot.begun"] * 2


def test_a_letter_that_has_become_secret_is_asked_of_nobody(anybody: TestClient, users: Users) -> None:
    log_in(anybody, "archivist")
    secret = drawn(anybody)["next"]["letter"]
    assert secret == anybody.get(AT).json()["open"]["next"]["letter"]
    anybody.patch(f"/api/letters/{secret}", json={"field": "secrecy", "value": "MẬT"})
    seen = [anybody.get(AT).json()["open"]["next"]]
    while seen[-1] is not None:
        check = anybody.post(f"{AT}/answer", json={"position": seen[-1]["position"], "text": None}).json()["open"]
        seen.append(check and check["next"])
    assert secret not in {one["letter"] for one in seen if one is not None}
    assert id_of(anybody, "1/UBND-NC")
