"""The entrance: who asks, by which name of this machine, whether there are users at all, and what is written down of what they do."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from contextlib import suppress
from pathlib import Path

from starlette.requests import HTTPConnection

from pipeline.archive.tables.history import login
from pipeline.desk.access.accounts import Person, UserRole
from pipeline.desk.access.rate_limit import RateLimit
from pipeline.desk.access.user_store import Users

COOKIE = "congvan_session"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Entrance:
    """users: of the store in this file; open: there are none, and whoever sits at this machine may do all.

    names: of this machine, as a browser may name it; secure: behind TLS, so that cookies are for TLS alone; proxied: by a proxy
    of ours.
    """

    def __init__(self, file: Path, names: tuple[str, ...] = (), *, secure: bool = False, proxied: bool = False) -> None:
        self.users = Users(file)
        self.names, self.secure, self.proxied = names, secure, proxied
        self.open = not self.users.any()
        self.csrf = secrets.token_urlsafe(32)
        self.rate_limit = RateLimit()

    def person(self, request: HTTPConnection) -> Person | None:
        """Who asks. Without users it is whoever sits at this machine; a bearer token speaks for its user, a cookie for its session."""
        if self.open:
            # a user made meanwhile ends that
            self.open = not self.users.any()
            if self.open:
                return Person("", UserRole.admin, True, self.csrf)
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and secret:
            return self.users.of_token(secret.strip())
        cookie = request.cookies.get(COOKIE)
        return self.users.of_session(cookie) if cookie else None

    def who(self, person: Person) -> str:
        """The name under which a change is kept."""
        return person.name or login()

    def note(self, request: HTTPConnection, what: str, about: str) -> None:
        """Write down what was done, where there are users."""
        if not self.open:
            person: Person | None = request.scope.get("person")
            self.users.note(person.name if person else "?", address(request), what, about)

    def knows(self, host: str) -> bool:
        """Whether a Host header names this machine. Any other name is a page that had its own name point here (DNS rebinding)."""
        name = host.rsplit(":", 1)[0] if not host.endswith("]") and ":" in host else host
        name = name.lower()
        if name in LOOPBACK:
            return True
        if self.open:
            return False
        if name in self.names:
            return True
        try:
            ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return name in (socket.gethostname().lower(), socket.getfqdn().lower())
        return True


def address(request: HTTPConnection) -> str:
    """Where a request comes from, as the socket has it: headers can be written by anybody. Behind our proxy all come from its socket:
    there it is what the proxy has added at the end of X-Forwarded-For."""
    if request.app.state.entrance.proxied:
        last = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        with suppress(ValueError):
            return str(ipaddress.ip_address(last))
    return request.client.host if request.client else "?"
