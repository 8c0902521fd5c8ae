"""Commands of the web desk: serve, and user, which says who may in."""

from __future__ import annotations

import gc
import getpass
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.exit_codes import ExitCode
from pipeline.messages import say
from pipeline.serve import screen
from pipeline.serve.invocation import Invocation, command
from pipeline.settings import settings

_HERE = ("127.0.0.1", "::1", "localhost")


class NeedsUsers(Exception):
    """The desk was to be opened to other machines, and nobody is named who may in."""

    exit_code = ExitCode.NEEDS_USERS

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do."""
        if lang == "en":
            return f"Say first who may in ({self.host}): congvan user add NAME --role admin. Without users only 127.0.0.1 is served."
        return f"Hãy tạo người dùng trước ({self.host}): congvan user add TÊN --role admin. Chưa có người dùng thì chỉ mở ở 127.0.0.1."


class NotServed(Exception):
    """The address is taken or is not this machine's, or the certificate cannot be read."""

    exit_code = ExitCode.NOT_SERVED

    def __init__(self, what: str, why: str) -> None:
        super().__init__(what)
        self.what, self.why = what, why

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do."""
        if lang == "en":
            return f"Cannot serve on {self.what} ({self.why}). Choose another --port, or stop what is there."
        return f"Không mở được ở {self.what} ({self.why}). Hãy chọn --port khác, hoặc dừng chương trình đang chạy ở đó."


@command("serve")
def serve(
    call: Invocation,
    host: Annotated[str, typer.Option("--host", help="serve.host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="serve.port")] = 8030,
    name: Annotated[list[str] | None, typer.Option("--name", help="serve.name")] = None,
    certificate: Annotated[Path | None, typer.Option("--tls-cert", metavar="FILE", help="serve.certificate")] = None,
    key: Annotated[Path | None, typer.Option("--tls-key", metavar="FILE", help="serve.key")] = None,
    behind: Annotated[bool, typer.Option("--behind-tls", help="serve.behind")] = False,
) -> None:
    """The web desk, until it is told to stop."""
    import socket

    import uvicorn

    from pipeline.desk.access.slow_clients import TimedProtocol
    from pipeline.desk.access.user_store import FILE, Users
    from pipeline.desk.app import application

    # a name or a proxy before it says that others come in
    if (host not in _HERE or name or behind) and not Users(call.office.where / FILE).any():
        raise NeedsUsers(name[0] if name else host)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # the protocol is named so that asyncio sets TCP_NODELAY: without it each answer waits 40 ms for the browser's acknowledgement
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)  # before the address is told: who asks at once waits, and is not refused
    except OSError as error:
        raise NotServed(f"{host}:{port}", error.strerror or "?") from error
    secure = behind or certificate is not None
    app = application(call.office, names=name or (), secure=secure, proxied=behind)
    try:
        config = uvicorn.Config(
            app, http=TimedProtocol, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=3,
            proxy_headers=False, ssl_certfile=certificate, ssl_keyfile=key, timeout_keep_alive=30,
            h11_max_incomplete_event_size=64 * 1024,
        )  # fmt: skip
        config.load()
    except (OSError, ValueError) as error:
        raise NotServed(str(certificate), str(error)) from error
    shown = f"[{host}]" if ":" in host else host
    address = f"{'https' if certificate else 'http'}://{shown}:{listener.getsockname()[1]}"
    where = call.office.where
    call.answer({"address": address, "archive": str(where)}, say("serve.begins", address=address, where=where))
    if host not in _HERE and not secure:
        call.print(say("serve.plain"))
    sys.stdout.flush()
    # what was loaded stays to the end: the collector need not look through it again while a page is made
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
    uvicorn.Server(config).run(sockets=[listener])


class Doing(StrEnum):
    """What is done with a user."""

    add = "add"
    change = "change"
    token = "token"
    list = "list"


class Part(StrEnum):
    """What a user may, each all that those before may."""

    reader = "reader"
    clerk = "clerk"
    archivist = "archivist"
    admin = "admin"


@command("user")
def user(
    call: Invocation,
    doing: Annotated[Doing, typer.Argument(metavar="add|change|token|list", help="user.doing")],
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="user.name")] = None,
    role: Annotated[Part | None, typer.Option("--role", help="user.role")] = None,
    cleared: Annotated[bool | None, typer.Option("--cleared/--not-cleared", help="user.cleared")] = None,
    active: Annotated[bool | None, typer.Option("--open/--closed", help="user.active")] = None,
    password: Annotated[bool, typer.Option("--password", help="user.password")] = False,
) -> None:
    """Who may into the web desk. A password is asked for, or read from CONGVAN_PASSWORD; it is never typed as an argument."""
    from pipeline.desk.access.accounts import UserRole
    from pipeline.desk.access.user_store import FILE, Users

    store = Users(call.office.where / FILE)
    if doing is Doing.list:
        _list(call, store.all() if store.any() else [])
        return
    if not name:
        raise typer.BadParameter(say("user.nobody"))
    if doing is Doing.add:
        store.add(name, UserRole[(role or Part.reader).value], _password(), cleared=bool(cleared))
        call.answer({"name": name, "role": (role or Part.reader).value, "cleared": bool(cleared)}, say("user.added", name=name))
    elif doing is Doing.change:
        new = _password() if password else None
        store.change(name, role=UserRole[role.value] if role else None, password=new, cleared=cleared, active=active)
        call.answer({"name": name}, say("user.changed", name=name))
    else:
        secret = store.token(name, "command line")
        call.answer({"name": name, "token": secret}, say("user.token", name=name), secret)
    store.note(getpass.getuser(), "command line", f"user.{doing.value}", name)


def _list(call: Invocation, users: Sequence[Any]) -> None:
    if call.json:
        screen.as_json([{**one._asdict(), "role": one.role.name} for one in users])
        return
    columns = [say(f"col.{name}") for name in ("name", "role", "cleared", "active")]
    yes = {True: say("user.yes"), False: "—"}
    rows = [(one.name, say(f"role.{one.role.name}"), yes[one.cleared], yes[one.active]) for one in users]
    call.print(screen.grid(None, columns, rows) if rows else say("user.none"))


def _password() -> str:
    given = settings().password
    if given is not None:
        return given.get_secret_value()
    first = getpass.getpass(say("user.ask") + " ")
    if getpass.getpass(say("user.again") + " ") != first:
        raise typer.BadParameter(say("user.differ"))
    return first
