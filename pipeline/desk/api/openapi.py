"""The OpenAPI description made whole: what each route answers, how it fails (problem+json), and by what one shows who one is."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from pipeline.desk.api.schemas import schemas
from pipeline.desk.services import COOKIE

PROBLEM = "application/problem+json"
_WHY = {
    "400": "The cursor is none that a page gave; or the body cannot be read.",
    "401": "Nobody is logged in.",
    "403": "Not for this role; or the change came without its token, or from another site.",
    "404": "It is not there, or not for who asks.",
    "409": "Another person has changed it meanwhile.",
    "411": "The length of the body is not told.",
    "413": "The body is too large.",
    "421": "This machine is not known by that name.",
    "422": "A part of the request does not fit.",
    "502": "The sheet could not be drawn.",
    "507": "There is no room left.",
}
_DRAWN = ("/api/letters/{id}/pages/",)


def described(app: FastAPI) -> dict[str, Any]:
    """The description of an application's API; made once."""
    known: dict[str, Any] | None = getattr(app.state, "description", None)
    if known is None:
        known = app.state.description = _whole(app.openapi())
    return known


def _whole(spec: dict[str, Any]) -> dict[str, Any]:
    answers, named = schemas()
    parts = spec.setdefault("components", {})
    parts.setdefault("schemas", {}).update(named)
    for name in ("HTTPValidationError", "ValidationError"):
        parts["schemas"].pop(name, None)
    parts["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "congvan user token NAME"},
        "session": {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": "A browser's, from /login."},
    }
    spec["security"] = [{"token": []}, {"session": []}]
    for path, methods in spec["paths"].items():
        for method, one in methods.items():
            said = one["responses"]
            if schema := answers.get((method, path)):
                good = next(code for code in said if code.startswith("2"))
                said[good]["content"] = {"application/json": {"schema": schema}}
            for code in _failures(path, method, one):
                said[code] = {"description": _WHY[code], "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    return spec


def _failures(path: str, method: str, one: dict[str, Any]) -> list[str]:
    """How a route may fail."""
    names = {param["name"] for param in one.get("parameters", [])}
    found = ["401", "403", "421"]
    found += ["400"] if "cursor" in names or "requestBody" in one else []
    found += ["404"] if "{" in path or "number" in names else []
    found += ["409"] if method == "patch" else []
    found += ["411", "413"] if "requestBody" in one else []
    found += ["422"] if "422" in one["responses"] or "requestBody" in one else []
    found += ["502"] if path.startswith(_DRAWN) else []
    found += ["507"] if path == "/api/ingest" else []
    return sorted(found)
