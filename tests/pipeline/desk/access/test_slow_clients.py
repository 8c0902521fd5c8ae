"""Who sends a request by drops is not waited for for ever: the headers, and the body."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

import pipeline
from pipeline.desk.access import slow_clients
from pipeline.desk.access.slow_clients import TimedProtocol, TooSlow, timed
from pipeline.desk.app import application
from tests.waiting import BOUND, until


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A desk that waits for half a second, served as the command serves it."""
    monkeypatch.setattr(slow_clients, "HEADERS", 0.5)
    monkeypatch.setattr(slow_clients, "BODY", 0.5)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(8)
    server = uvicorn.Server(uvicorn.Config(application(pipeline.open(tmp_path / "kho")), http=TimedProtocol, log_config=None))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    until(lambda: server.started)
    yield listener.getsockname()[1]
    server.should_exit = True
    thread.join()


def said(port: int, *pieces: bytes) -> bytes:
    """All that is answered until the server closes; then the bound on a wait would be over. pieces: what is sent, and no more."""
    with socket.create_connection(("127.0.0.1", port), timeout=BOUND) as client:
        for piece in pieces:
            client.sendall(piece)
        found = b""
        while more := client.recv(65536):
            found += more
        return found


HEAD = b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"


def test_half_sent_headers_are_not_waited_for(port: int) -> None:
    assert said(port, HEAD) == b""
    assert said(port) == b""


def test_a_half_sent_body_is_answered_and_not_waited_for(port: int) -> None:
    answer = said(port, HEAD, b"Content-Length: 100\r\n\r\n", b"{")
    assert answer.startswith((b"HTTP/1.1 408", b"HTTP/1.1 4")) and b"connection: close" in answer.lower()


def test_who_asks_in_time_is_answered(port: int) -> None:
    assert said(port, b"GET /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 200")


def test_a_client_that_has_sent_all_is_listened_to_as_long_as_it_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_clients, "BODY", 0.05)
    told: list[str] = []

    async def body() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def never() -> dict[str, object]:
        await asyncio.sleep(0.2)
        return {"type": "http.disconnect"}

    async def asked() -> None:
        pieces = iter([body, never, never])

        async def receive() -> dict[str, object]:
            return await next(pieces)()

        got = timed(receive, upload=False, late=lambda: told.append("late"))
        assert (await got())["type"] == "http.request"
        assert (await got())["type"] == "http.disconnect" and told == []
        with pytest.raises(TooSlow):
            await timed(receive, upload=False, late=lambda: told.append("late"))()

    asyncio.run(asked())
    assert told == ["late"]
