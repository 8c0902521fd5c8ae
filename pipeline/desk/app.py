"""The application: guard, routes, pages, and what it lets go of at the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute
from starlette.staticfiles import StaticFiles

from pipeline.desk.access import problems
from pipeline.desk.access.entrance import Entrance
from pipeline.desk.access.guard import Guard
from pipeline.desk.access.user_store import FILE
from pipeline.desk.api import router as api
from pipeline.desk.api.openapi import describe
from pipeline.desk.pages import router as pages
from pipeline.desk.pages.layout import problem_page
from pipeline.desk.services import Desk

if TYPE_CHECKING:
    from pipeline.office import Office

STATIC = Path(__file__).parent / "static"
_LOOK = 2.0  # seconds between two looks at what is still to be erased


def application(office: Office, *, names: Sequence[str] = (), secure: bool = False, proxied: bool = False) -> FastAPI:
    """The desk over an office, which it closes at its end.

    names: of this machine in a browser's address; secure: it is reached by TLS; proxied: by a proxy of ours, which adds who asks it.
    """
    entrance = Entrance(office.where / FILE, tuple(name.lower() for name in names), secure=secure, proxied=proxied)
    desk = Desk(office, entrance)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        desk.jobs.bring_up()
        erasing = asyncio.create_task(_erasing(office))
        yield
        erasing.cancel()
        desk.close()

    app = FastAPI(
        title="congvan", version="1", summary="An archive of Vietnamese official letters.", docs_url=None, redoc_url=None,
        openapi_url=None, lifespan=lifespan, redirect_slashes=False,
    )  # fmt: skip
    app.state.entrance, app.state.desk = entrance, desk
    problems.install(app, problem_page)
    app.router.routes.extend(_routes())
    describe(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(Guard, entrance=entrance)
    return app


async def _erasing(office: Office) -> None:
    """Erase what was taken out with a secret as soon as the last that reads what was before has ended."""
    while True:
        await asyncio.sleep(_LOOK)
        await run_in_threadpool(office.archive.erase)


@cache
def _routes() -> list[BaseRoute]:
    """All routes, put together once: each app of a process has the same."""
    whole = APIRouter(redirect_slashes=False)
    whole.include_router(api())
    whole.include_router(pages())
    return whole.routes
