"""What goes wrong is told as a problem."""

from __future__ import annotations

from fastapi.testclient import TestClient


def test_a_failure_is_a_problem_and_never_a_traceback(here: TestClient) -> None:
    for path, status in (("/api/letters/none", 404), ("/api/nothing", 404), ("/api/letters?limit=0", 422), ("/api/letters?sort=x", 422)):
        answer = here.get(path)
        assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status and answer.json()["title"] and "Traceback" not in answer.text
    assert here.put("/api/letters", json={}).status_code == 405
    assert "<h1>" in here.get("/letter/none", headers={"accept": "text/html"}).text
