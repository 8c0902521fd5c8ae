"""A letter becomes secret in the desk while another program holds the database open: its words are looked for wherever anything is written
or answered, before and after.

It is done in a process with a log, a temporary folder and a home of its own: `python -m tests.faults.secret_words DIR`.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

import pipeline
from pipeline.archive.exports.formats import FORMATS
from pipeline.archive.safety.backups import backup
from pipeline.desk.access.accounts import UserRole
from pipeline.desk.access.user_store import FILE, Users
from pipeline.desk.app import application
from pipeline.serve import log_file
from tests.faults.harm import ROOT
from tests.faults.leaks import NAME, filled, traces
from tests.faults.worlds import Outcome, take
from tests.pipeline.desk.conftest import HERE, PASSWORD, log_in
from tests.pipeline.desk.routes import GUARDED
from tests.waiting import until

_NUMBER = "7/BC-UBND"
_ASKED = {"number": _NUMBER, "q": "đột xuất", "centre": "x"}  # in the letter's text, beside its words
_PLACES = ("archive", "log", "tmp", "home", "out", "answers")
_FULL = ("archive", "out", "answers")  # where the words of a letter that is not secret are


def everywhere(where: Path) -> Outcome:
    """Archive, SQLite's log, the log, temporary folders and home, exports, a backup, what the desk answers: each is one try."""
    env = {**os.environ, "CONGVAN_LOG": str(where / "log" / "congvan.log"), "CONGVAN_LOG_LEVEL": "DEBUG", "TMPDIR": str(where / "tmp")}
    env |= {"HOME": str(where / "home"), "XDG_CACHE_HOME": str(where / "home" / "cache")}
    for place in _PLACES:
        (where / place).mkdir(parents=True)
    done = subprocess.run([sys.executable, "-m", __name__, str(where)], cwd=ROOT, env=env, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    before, after = json.loads(done.stdout)
    for place in _FULL:
        assert before[place], f"{place}: the search would not find them"
    assert (where / "log" / "congvan.log").stat().st_size
    held = sum(not after[place] for place in _PLACES)
    return Outcome("a secret letter's words, looked for everywhere", len(_PLACES), held, sum(map(len, after.values())), 0)


def main() -> None:
    """Do it, and print what was found in each place before and after."""
    where = Path(sys.argv[1])
    log_file.start()
    source, root = filled(where), where / "archive"
    with pipeline.open(root) as office:
        take(office.archive, source)
        (letter,) = office.archive.find(_NUMBER)
    users = Users(root / FILE)
    users.add("admin", UserRole.admin, PASSWORD)
    users.add("cleared", UserRole.reader, PASSWORD, cleared=True)
    office = pipeline.open(root)
    with TestClient(application(office), base_url=HERE, follow_redirects=False) as client:
        before = _found(where, office, client, letter.id)
        with closing(sqlite3.connect(root / "archive.db", isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM letters").fetchone()
            log_in(client, "admin")
            answer = client.patch(f"/api/letters/{letter.id}", json={"field": "secrecy", "value": "MẬT", "seen": ""})
            assert answer.status_code == 200, answer.text
            assert traces(root), "the reader kept nothing: the fault was not injected"
        # the desk erases by itself once the reader has ended
        until(lambda: not traces(root))
        after = _found(where, office, client, letter.id)
    print(json.dumps((before, after)))  # noqa: T201 (to the process that started this one)


def _found(where: Path, office: Any, client: TestClient, letter: str) -> dict[str, list[str]]:
    """The files and the answers that hold one of the words, by place."""
    for place in ("out", "answers"):
        shutil.rmtree(where / place)
        (where / place).mkdir()
    for form in FORMATS:
        office.export(form, where / "out" / form)
    backup(office.archive.engine, office.archive.root, where / "out" / "kho.tar")
    for name in ("cleared", "admin"):
        log_in(client, name)
        for at, said in enumerate(_answers(client, letter)):
            (where / "answers" / f"{name}-{at}").write_bytes(said)
    found = {place: traces(where / place) for place in _PLACES}
    # who is not cleared is not told the file's name either, nor does it leave the house
    found["out"] += traces(where / "out", [NAME.removesuffix(".pdf")])
    found["answers"] += [one for one in traces(where / "answers", [NAME.removesuffix(".pdf")]) if one.startswith("admin")]
    return found


def _answers(client: TestClient, letter: str) -> Iterator[bytes]:
    """What each address that can be looked at says of the letter."""
    for route in GUARDED:
        if route.method == "GET":
            query = {name: said for name, said in _ASKED.items() if name in route.query}
            answer = client.get(route.at(id=letter, number=_NUMBER), params=query, headers={"accept": "text/html, application/json"})
            if answer.content.startswith(b"PK"):
                with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
                    yield b"\n".join(book.read(name) for name in book.namelist())
            else:
                yield answer.content


if __name__ == "__main__":
    main()
