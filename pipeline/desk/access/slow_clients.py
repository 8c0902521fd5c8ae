"""Who sends a request by drops: its headers and its body are waited for so long, and then the connection is closed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import h11
from starlette.types import Message, Receive
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADERS, BODY, PIECE, UPLOAD = 20.0, 60.0, 30.0, 3600.0  # seconds: for headers, a body, a piece of an upload, an upload


class TooSlow(Exception):
    """The rest of a request's body did not come in time."""


class TimedProtocol(H11Protocol):
    """uvicorn's protocol, which by itself waits for ever for the end of a request's headers."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._time()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._time()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def _time(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._stop()
        elif self._timer is None:
            self._timer = self.loop.call_later(HEADERS, self._late)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        self._timer = None
        # one that was answered and asks no more is closed by uvicorn itself
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self.transport.close()


def timed(receive: Receive, *, upload: bool, late: Callable[[], None]) -> Receive:
    """What receives a request's body; where that does not come in time it calls `late` and raises TooSlow. upload: it may be long."""
    loop = asyncio.get_running_loop()
    end = loop.time() + (UPLOAD if upload else BODY)
    whole = False

    async def piece() -> Message:
        nonlocal whole
        if whole:  # what comes then is that the client has gone, whenever that is
            return await receive()
        left = end - loop.time()
        try:
            message = await asyncio.wait_for(receive(), max(0.001, min(left, PIECE) if upload else left))
        except TimeoutError as error:
            late()
            raise TooSlow from error
        whole = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    return piece
