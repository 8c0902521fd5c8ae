"""What stands before every route: the Host header, who asks, a token on each change, and the headers of every answer."""

from __future__ import annotations

import hmac
from urllib.parse import quote, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.desk.access.entrance import Entrance
from pipeline.desk.access.headers import HEADERS
from pipeline.desk.access.problems import answer, as_json
from pipeline.desk.access.slow_clients import timed
from pipeline.desk.words import language_of, say

OPEN = ("/login", "/static/")  # what is answered to anybody
_HANDED_ON = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")
_SAFE = ("GET", "HEAD", "OPTIONS")
_LONGEST = 1024 * 1024  # bytes of a change's body; uploads have their own limit
_UPLOAD = "/api/ingest"
_TOLD = "/api/docs"  # a page for people among the programs' addresses


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, entrance: Entrance) -> None:
        self.app, self.entrance = app, entrance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        slow = False

        def late() -> None:
            nonlocal slow
            slow = True

        receive = timed(receive, upload=scope["path"] == _UPLOAD, late=late)
        request = Request(scope, receive)

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
                if slow:
                    headers["connection"] = "close"  # the rest of its body is not waited for
                if self.entrance.secure:
                    headers["strict-transport-security"] = "max-age=31536000"
            await send(message)

        refusal = self._host(request) or await self._who(request) or self._change(request)
        await (refusal or self.app)(scope, receive, sealed)

    def _host(self, request: Request) -> Response | None:
        # without users the desk is for who sits here: what a proxy hands on comes from elsewhere
        handed_on = self.entrance.open and any(name in request.headers for name in _HANDED_ON)
        if not handed_on and self.entrance.knows(request.headers.get("host", "")):
            return None
        return as_json(421, say("problem.host", language_of(request)))

    async def _who(self, request: Request) -> Response | None:
        from starlette.concurrency import run_in_threadpool

        path = request.url.path
        if path.startswith("/static/"):
            return None
        person = await run_in_threadpool(self.entrance.person, request)
        request.scope["person"] = person
        if person is not None or path.startswith(OPEN):
            return None
        program = path.startswith("/api/") and path != _TOLD
        if program or request.method not in _SAFE or "text/html" not in request.headers.get("accept", ""):
            return answer(request, 401, say("problem.login", language_of(request)), headers={"www-authenticate": "Bearer"})
        wanted = path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(wanted, safe='')}", 303)

    def _change(self, request: Request) -> Response | None:
        """Refuse a change that another site may have sent on the person's behalf."""
        if request.method in _SAFE:
            return None
        lang = language_of(request)
        origin = request.headers.get("origin")
        elsewhere = origin is not None and urlsplit(origin).netloc != request.headers.get("host", "")
        if elsewhere or request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return answer(request, 403, say("problem.origin", lang))
        path = request.url.path
        if path == "/login":
            return None  # it has a token of its own
        person = request.scope.get("person")
        if person is not None and person.csrf:
            given = request.headers.get("x-csrf-token", "")
            if not hmac.compare_digest(given.encode(), person.csrf.encode()):
                return answer(request, 403, say("problem.csrf", lang))
        length = request.headers.get("content-length", "")
        if path != _UPLOAD and (not length.isdigit() or int(length) > _LONGEST) and request.method != "DELETE":
            known = length.isdigit()
            return answer(request, 413 if known else 411, say("problem.too_large" if known else "problem.length", lang))
        return None
