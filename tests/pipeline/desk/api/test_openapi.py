"""The API told by itself."""

from __future__ import annotations

from fastapi.testclient import TestClient


def test_the_description_is_openapi(here: TestClient) -> None:
    spec = here.get("/api/openapi.json").json()
    assert spec["openapi"].startswith("3.") and "/api/letters" in spec["paths"]
    page = here.get("/api/docs").text
    assert all(path in page for path in spec["paths"])
