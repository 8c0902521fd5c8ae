"""The API told by itself: FastAPI's description, with how each route may fail, and by what one shows who one is."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse

from pipeline.desk.access.entrance import COOKIE
from pipeline.desk.access.permissions import Reader
from pipeline.desk.access.problems import ProblemDetails
from pipeline.desk.api.failures import SCHEMA, fails

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
def openapi(person: Reader, request: Request) -> JSONResponse:
    """The OpenAPI description."""
    return JSONResponse(request.app.openapi())


def describe(app: FastAPI) -> None:
    """Have an application's description tell failures and logins too; it is made when it is first asked for."""
    plain = app.openapi

    def whole() -> dict[str, Any]:
        return app.openapi_schema if app.openapi_schema is not None else _whole(plain())

    app.openapi = whole  # type: ignore[method-assign]


def _whole(spec: dict[str, Any]) -> dict[str, Any]:
    parts = spec["components"]
    for name in ("HTTPValidationError", "ValidationError"):
        parts["schemas"].pop(name, None)
    problem = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
    parts["schemas"].update({**problem.pop("$defs"), SCHEMA: problem})
    parts["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "congvan user token NAME"},
        "session": {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": "A browser's, from /login."},
    }
    spec["security"] = [{"token": []}, {"session": []}]
    for path, methods in spec["paths"].items():
        for one in methods.values():
            one["responses"].update({str(status): told for status, told in fails(*_always(path, one)).items()})
    return spec


def _always(path: str, one: dict[str, Any]) -> list[int]:
    """How a route may fail by what it takes; what is its own it tells itself."""
    names = {param["name"] for param in one.get("parameters", [])}
    has_body = "requestBody" in one
    found = [401, 403, 421]
    found += [400] if "cursor" in names or has_body else []
    found += [404] if "{" in path or "number" in names else []
    found += [411, 413] if has_body else []
    found += [422] if "422" in one["responses"] or has_body else []
    return sorted(found)
