"""Every route of the API against its own description, with requests made up from it: no failure of ours, and nothing but what is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from starlette.types import ASGIApp, Receive, Scope, Send

import pipeline
from pipeline.desk.access.accounts import UserRole
from pipeline.desk.access.user_store import FILE, Users
from pipeline.desk.api import router
from pipeline.desk.api.openapi import describe
from pipeline.desk.app import application
from pipeline.desk.jobs.batches import BatchRecord
from tests.pipeline.desk.conftest import HERE, PASSWORD, id_of

schemathesis = pytest.importorskip("schemathesis")
checks = import_module("schemathesis.checks")
openapi_checks = import_module("schemathesis.specs.openapi.checks")

HELD = (
    checks.not_a_server_error, openapi_checks.status_code_conformance, openapi_checks.content_type_conformance,
    openapi_checks.response_headers_conformance, openapi_checks.response_schema_conformance, openapi_checks.negative_data_rejection,
    openapi_checks.unsupported_method, openapi_checks.allow_header_conformance,
)  # fmt: skip
MODES = [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]
QUIET = settings(derandomize=True, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


def description() -> dict[str, Any]:
    """What the API tells of itself, without an archive."""
    app = FastAPI(title="congvan", version="1")
    app.include_router(router())
    describe(app)
    return app.openapi()


def strict(spec: dict[str, Any]) -> dict[str, Any]:
    """The same, where an answer may hold nothing that is not told."""
    made: dict[str, Any] = json.loads(json.dumps(spec))
    for name, schema in made["components"]["schemas"].items():
        if "properties" in schema and name != "Problem":
            schema["additionalProperties"] = False
    return made


SPEC = description()
SCHEMA = schemathesis.openapi.from_dict(strict(SPEC))
SERVED: list[ASGIApp] = []


async def door(scope: Scope, receive: Receive, send: Send) -> None:
    """Where all that is made up is sent, probes of the checks' own too: to the desk of these tests, over no network."""
    if scope["type"] == "lifespan":
        raise NotImplementedError("the desk is begun and ended by its fixture")
    await SERVED[-1](scope, receive, send)


SCHEMA.app = door
OPERATIONS = {one.ok().label: one.ok() for one in SCHEMA.get_all_operations()}


class Held(NamedTuple):
    """A desk with users, and what a program says to it. known: values that are not made up, so that routes find something."""

    client: TestClient
    bearer: dict[str, str]
    known: dict[str, Any]


@pytest.fixture(scope="module")
def desk(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    """A desk of its own, asked by an admin who is cleared."""
    archive = tmp_path_factory.mktemp("schema") / "archive"
    shutil.copytree(made, archive)
    users = Users(archive / FILE)
    users.add("admin", UserRole.admin, PASSWORD, cleared=True)
    users.add("lan", UserRole.clerk, PASSWORD)
    bearer = {"authorization": f"Bearer {users.token('admin', 'test')}"}
    with TestClient(application(pipeline.open(archive)), base_url=HERE, headers=bearer) as client:
        SERVED.append(client.app)
        id = id_of(client, "1002/UBND-VX")
        page = client.get(f"/api/letters/{id}").json()["source"]["pages"][0]
        yield Held(client, bearer, {"id": id, "page": page, "number": "36/QĐ-TTg"})


def ask(desk: Held, case: Any) -> Any:
    """Send a request as it was made up, and hold its answer to the description."""
    return case.call_and_validate(base_url=HERE, headers=desk.bearer, checks=list(HELD))


def test_the_description_is_that_of_the_desk(desk: Held) -> None:
    told = desk.client.get("/api/openapi.json").json()
    assert told["paths"] == SPEC["paths"] and told["components"] == SPEC["components"]


def test_every_answer_and_every_failure_is_told() -> None:
    for path, methods in SPEC["paths"].items():
        for method, one in methods.items():
            good = {
                kind: said for code, reply in one["responses"].items() if code < "300" for kind, said in reply.get("content", {}).items()
            }
            if "application/json" in good:
                assert "$ref" in good["application/json"]["schema"], f"{method} {path}: name its answer by a model"
            bad = [reply for code, reply in one["responses"].items() if code >= "400"]
            assert bad and all(list(reply["content"]) == ["application/problem+json"] for reply in bad), (method, path)


@pytest.mark.parametrize("mode", MODES, ids=lambda one: one.value)
@pytest.mark.parametrize("label", OPERATIONS)
def test_a_route_answers_as_it_is_described(desk: Held, label: str, mode: Any) -> None:
    costly = label.startswith("POST /api/ingest") or ".xlsx" in label or "/pages/" in label or ".svg" in label

    @settings(QUIET, max_examples=5 if costly else 12)
    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode))
    def answers(case: Any) -> None:
        ask(desk, case)

    answers()


HAS = ("/letters/{id}", "/graph/{id}", "/province/{name}", "/users/{name}")


def finds(label: str) -> bool:
    """Whether a route finds something by values that are known."""
    asked = {one.name for one in OPERATIONS[label].query}
    return "number" in asked or (any(place in label for place in HAS) and not label.endswith("/tokens/{id}"))


@pytest.mark.parametrize("label", list(filter(finds, OPERATIONS)))
def test_a_route_that_finds_its_letter_answers_as_it_is_described(desk: Held, label: str) -> None:
    operation = OPERATIONS[label]
    known = {**desk.known, "name": "lan" if "/users/" in label else "Nghệ An"}
    inside = {name: known[name] for name in ("id", "page", "name") if f"{{{name}}}" in label}
    asked = {"number": desk.known["number"]} if "number" in {one.name for one in operation.query} else None

    @settings(QUIET, max_examples=8)
    @given(case=operation.as_strategy(path_parameters=inside or None, query=asked))
    def answers(case: Any) -> None:
        response = ask(desk, case)
        assert response.status_code != 404

    answers()


def test_the_stream_of_a_batch_is_described_and_ends(desk: Held) -> None:
    """Its id is none that can be made up, and it lasts as long as the batch: asked for once, and read to its end."""
    batch = desk.client.post("/api/ingest", files={"files": ("thu.pdf", b"no pdf at all", "application/pdf")}).json()
    BatchRecord.model_validate(batch, extra="forbid")
    told = []
    with desk.client.stream("GET", f"/api/ingest/{batch['id']}/events") as stream:
        kinds = SPEC["paths"]["/api/ingest/{id}/events"]["get"]["responses"]["200"]["content"]
        assert stream.headers["content-type"].partition(";")[0] in kinds and list(kinds) == ["text/event-stream"]
        told = [json.loads(line[6:]) for line in stream.iter_lines() if line.startswith("data: ")]
    states = [BatchRecord.model_validate(one, extra="forbid").state for one in told]
    assert states[-1] == "done" and "done" not in states[:-1]
    case = OPERATIONS["GET /api/ingest/{id}"].Case(path_parameters={"id": batch["id"]})
    assert ask(desk, case).status_code == 200
