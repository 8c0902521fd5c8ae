"""The desk itself: an office, who may in, the painter of sheets, and what is being taken in."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from pipeline.archive.tables.database import Changes
from pipeline.desk.access.accounts import Person, Role
from pipeline.desk.access.rate_limit import Pace
from pipeline.desk.access.users import FILE, Users
from pipeline.desk.jobs.answer_cache import Answers
from pipeline.desk.jobs.maintenance import Chores
from pipeline.desk.jobs.province_trace import Provincial
from pipeline.desk.jobs.uploads import Takings

if TYPE_CHECKING:
    from pipeline.desk.view.page_images import Painter
    from pipeline.office import Office

COOKIE = "congvan_session"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass
class Desk:
    """names: of this machine, as a browser may name it; secure: behind TLS, so that cookies are for TLS alone."""

    office: Office
    names: tuple[str, ...] = ()
    secure: bool = False
    bound_to: str = "127.0.0.1"
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    def __post_init__(self) -> None:
        self.users = Users(self.office.where / FILE)
        self.open = not self.users.any()
        self.takings = Takings(self.office)
        self.chores = Chores(self.office, self.takings.sweep)
        self.pace = Pace()
        self.changes = Changes(self.office.archive.engine)
        self.answers = Answers(self.changes)
        self.provincial = Provincial(self.office, self.changes)
        self._painter: Painter | None = None

    @property
    def painter(self) -> Painter:
        """The process that draws sheets, started when the first is asked for."""
        if self._painter is None:
            from pipeline.desk.view.page_images import Painter

            self._painter = Painter()
        return self._painter

    def close(self) -> None:
        """Let go of all."""
        self.takings.close()
        self.provincial.close()
        self.changes.close()
        if self._painter is not None:
            self._painter.close()
        self.office.close()

    def person(self, request: HTTPConnection) -> Person | None:
        """Who asks. Without users it is whoever sits at this machine; a bearer token speaks for its user, a cookie for its session."""
        if self.open:
            # a user made meanwhile ends that
            self.open = not self.users.any()
            if self.open:
                return Person("", Role.admin, True, self.csrf)
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and secret:
            return self.users.of_token(secret.strip())
        cookie = request.cookies.get(COOKIE)
        return self.users.of_session(cookie) if cookie else None

    def who(self, person: Person) -> str:
        """The name under which a change is kept."""
        from pipeline.archive.tables.history import login

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
    """Where a request comes from, as the socket has it: headers can be written by anybody."""
    return request.client.host if request.client else "?"
