"""What comes in at the desk's door: two clerks at once, requests by drops, and what is too much; against a desk that is really served."""

from __future__ import annotations

import http.client
import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.archive import open_archive
from pipeline.desk.access.accounts import NotAUser, UserRole
from pipeline.desk.access.user_store import FEWER, FILE, OFTEN, TOKEN_LASTS, Users
from pipeline.ingest import ingest
from tests.faults.harm import ROOT
from tests.faults.worlds import ONE, Outcome, judged, take
from tests.pipeline.archive.invented import NGHE_AN, cite, sheet, write
from tests.pipeline.ingest import hostile
from tests.waiting import BOUND

_SERVE = """
import sys
from pipeline.desk.access import slow_clients
slow_clients.HEADERS = slow_clients.BODY = 1.0
from pipeline.serve.cli import run
sys.exit(run(["serve", "--port", "0", "--lang", "en", "--archive", sys.argv[1]]))
"""


@contextmanager
def served(where: Path) -> Iterator[int]:
    """The port of a desk over an archive; it gives slow clients one second."""
    with subprocess.Popen([sys.executable, "-c", _SERVE, str(where)], cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"127\.0\.0\.1:(\d+)", server.stdout.readline())
            assert found
            yield int(found[1])
        finally:
            server.terminate()


def _asked(port: int, method: str, path: str, body: str | None = None, csrf: str = "") -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=BOUND)
    try:
        connection.request(method, path, body, {"content-type": "application/json", "x-csrf-token": csrf})
        answer = connection.getresponse()
        said = answer.read()
        return answer.status, json.loads(said) if said else None
    finally:
        connection.close()


def two_clerks(where: Path, rounds: int = 15) -> Outcome:
    """Two put right the same field at once, each with what stood there before: one is kept, the other is told."""
    with open_archive(where / "archive") as archive:
        take(archive, write(where / "in", "a.pdf", sheet("1/UBND-VX")))
        (letter,) = archive.letters()
    pairs = []
    with served(where / "archive") as port:
        csrf, seen = _asked(port, "GET", "/api/session")[1]["csrf"], ""
        for n in range(rounds):
            together, got = threading.Barrier(2), list[tuple[int, Any]]()

            def puts(value: str, seen: str = seen, together: threading.Barrier = together, got: list[tuple[int, Any]] = got) -> None:
                body = json.dumps({"field": "place", "value": value, "seen": seen})
                together.wait()
                got.append(_asked(port, "PATCH", f"/api/letters/{letter.id}", body, csrf))

            clerks = [threading.Thread(target=puts, args=(f"nơi {n} {who}",)) for who in "AB"]
            for one in clerks:
                one.start()
            for one in clerks:
                one.join()
            kept = [status for status, _ in got].count(200)
            pairs.append((int(kept < 1), int(kept > 1)))
            seen = _asked(port, "GET", f"/api/letters/{letter.id}")[1]["header"]["place"]
    return judged("two clerks put right one field at once", pairs)


def settled_then_secret(where: Path) -> Outcome:
    """The letter that a person named becomes secret: what the machine would say is not taken for what they said."""
    with open_archive(where / "archive") as archive:
        for name, about in (("one", "phân bổ kinh phí sự nghiệp môi trường"), ("two", "thành lập Ban Chỉ đạo phòng chống thiên tai")):
            write(where / "in", f"{name}.pdf", sheet("87/QĐ-UBND", subject=about, body=about))
        write(where / "in", "c.pdf", sheet("5/BC-UBND", day="2021-04-01", cites=[cite("87/QĐ-UBND", "2021-03-07", NGHE_AN)]))
        take(archive, where / "in")
        (letter,) = archive.find("5/BC-UBND")
        meant = archive.find("87/QĐ-UBND")[1].id
        archive.correct(letter.id, "reference:87/QĐ-UBND:target", meant, "Lan")
        archive.correct(meant, "secrecy", "MẬT", "Lan")
        (reference,) = archive.letter(letter.id).references
    return judged("a target that a person named becomes secret", [(int(reference.target != meant), int(not reference.settled))])


def drops(where: Path) -> Outcome:
    """Headers and bodies of which a part is sent and no more, many at once: each connection is let go, and others are answered."""
    open_archive(where / "archive").close()
    begun = b"PATCH /api/letters/x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    with served(where / "archive") as port:
        csrf = _asked(port, "GET", "/api/session")[1]["csrf"]
        bodies = begun + f"X-CSRF-Token: {csrf}\r\nContent-Length: 100\r\n\r\n{{".encode()
        waiting = [socket.create_connection(("127.0.0.1", port), timeout=BOUND) for _ in range(40)]
        for n, one in enumerate(waiting):
            one.sendall((b"", begun, bodies)[n % 3])
        served_meanwhile = _asked(port, "GET", "/api/session")[0] == 200
        kept = 0
        for one in waiting:
            try:
                while one.recv(65536):
                    pass
            except TimeoutError:
                kept += 1
            one.close()
    return judged("requests sent by drops", [(int(not served_meanwhile), kept)])


def too_much(where: Path) -> Outcome:
    """Half a letter of Unicode, a note of 1 MB, 50,000 recipients: refused, and nothing of it is kept."""
    with open_archive(where / "archive") as archive:
        take(archive, write(where / "in", "a.pdf", sheet("1/UBND-VX")))
        (letter,) = archive.letters()
    asked = [
        '{"field": "subject", "value": "\\ud800"}', '{"field": "recipients", "value": ["\\udfff"]}',
        json.dumps({"field": "note", "value": "x" * 1_000_000}), json.dumps({"field": "recipients", "value": ["Sở Y tế"] * 50_000}),
    ]  # fmt: skip
    pairs = []
    with served(where / "archive") as port:
        csrf = _asked(port, "GET", "/api/session")[1]["csrf"]
        for body in asked:
            status, _ = _asked(port, "PATCH", f"/api/letters/{letter.id}", body, csrf)
            pairs.append((int(not 400 <= status < 500), 0))
        kept = _asked(port, "GET", f"/api/letters/{letter.id}/history")[1]["items"]
    pairs[-1] = (pairs[-1][0], len(kept))
    return judged("too long, or no text", pairs)


def bomb(where: Path) -> Outcome:
    """A page that unpacks to 200 MB and shows nothing is refused; it is no letter, and has no arrival number."""
    (where / "in").mkdir(parents=True)
    (where / "in" / "bomb.pdf").write_bytes(hostile.page_with(hostile.stream(hostile.zeros(200 << 20), b"/Filter/FlateDecode")))
    with open_archive(where / "archive") as archive:
        ingest(archive, [where / "in"], pace=ONE)
        (entry,) = archive.status()
        return judged("PDF bomb of 200 MB", [(int(entry.cause != "Swollen"), len(archive))])


def accounts(where: Path) -> Outcome:
    """Names that look alike, passwords that are guessed first, the last cleared user, an office locked out, a token of last year."""
    where.mkdir(parents=True, exist_ok=True)
    store, password = Users(where / FILE), "mat khau dai lam 9"
    store.add("admin1", UserRole.admin, password, cleared=True)
    store.add("lan", UserRole.clerk, password)

    def refused(name: str, secret: str = password) -> bool:
        try:
            store.add(name, UserRole.admin, secret)
        except NotAUser:
            return True
        return False

    done = [refused("ADMIN1"), refused("hoa", "1234567890"), refused("hoa", "qwertyuiop"), refused("hoa", "Password123")]
    try:
        store.change("admin1", cleared=False)
        done.append(False)
    except NotAUser:
        done.append(store.get("admin1").cleared)
    for n in range(OFTEN):
        store.log_in(f"guess{n}", "wrong", "192.0.2.1")
    done.append(store.log_in("lan", password, "192.0.2.1") is not None and FEWER > 0)
    secret = store.token("lan", "scanner")
    with store._open() as connection:
        connection.execute("UPDATE tokens SET made = made - ?", (TOKEN_LASTS + 1,))
    done.append(store.of_token(secret) is None)
    return judged("accounts of the desk", [(int(not one), 0) for one in done])
