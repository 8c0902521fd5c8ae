"""The API's description as a page that needs nothing from outside."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from pipeline.desk.access.permissions import Reader
from pipeline.desk.pages.layout import page

router = APIRouter()


@router.get("/api/docs")
def docs(person: Reader, request: Request) -> HTMLResponse:
    """The description as a page."""
    return page(request, "docs.html", here="docs", groups=groups(request.app.openapi()))


def groups(spec: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The operations of an OpenAPI description by their tag, in order."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, methods in spec["paths"].items():
        for method, one in methods.items():
            names = []
            for param in one.get("parameters", []):
                names.append({"name": param["name"], "in": param["in"], "required": param.get("required", False),
                              "type": _type(param.get("schema", {})), "about": param.get("description", "")})  # fmt: skip
            entry = {"path": path, "method": method.upper(), "about": one.get("description", ""), "params": names,
                     "body": [_body(kind, said, spec) for kind, said in one.get("requestBody", {}).get("content", {}).items()]}  # fmt: skip
            found.setdefault(one.get("tags", [""])[-1], []).append(entry)
    return found


def _type(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(str(one) or '""' for one in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(_type(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"{_type(schema.get('items', {}))}[]"
    return str(schema.get("type") or schema.get("$ref", "").rpartition("/")[2])


def _body(kind: str, said: dict[str, Any], spec: dict[str, Any]) -> dict[str, Any]:
    schema = said.get("schema", {})
    if "$ref" in schema:
        schema = spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    props = schema.get("properties", {})
    return {"kind": kind, "about": schema.get("description", ""), "fields": {name: _type(one) for name, one in props.items()}}
