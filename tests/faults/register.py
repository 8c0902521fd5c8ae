"""Faults of the legal register: clerks who number at once, a clock that jumps, entries forged behind the archive's back, flipped bits."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, timedelta
from datetime import datetime as Datetime
from pathlib import Path

from models.ledger import State
from pipeline.archive import open_archive
from pipeline.archive.tables import clock
from pipeline.archive.tables.letter_rows import seal
from pipeline.ingest import Pace
from pipeline.office import Office, open_office
from tests.faults.worlds import Outcome, judged
from tests.pipeline.archive.invented import HA_TINH, NGHE_AN, STAGES, cite, hand_in, sheet, write

ONE = Pace(workers=1)


def _register(where: Path, count: int = 6) -> list[str]:
    """An archive of letters, half of them numbered by a clerk; their ids."""
    stamp = {"number": "825", "date": "2026-03-09"}
    texts = [sheet(f"{n}/UBND-VX", HA_TINH, cites=[cite(f"{n - 1}/UBND-VX")], body=f"hồ chứa nước số {n}") for n in range(1, count)]
    texts.append(sheet(f"{count}/UBND-VX", HA_TINH, arrival=stamp, body="đê điều"))
    with open_office(where / "archive") as office:
        office.office = NGHE_AN
        hand_in(office.archive, *(write(where / "in", f"{n:02}.pdf", text) for n, text in enumerate(texts)))
        ids = [letter.id for letter in office.archive.letters()]
        office.arrive(ids[: count // 2], first=7, who="Lan")
    return ids


def clerks(where: Path, count: int = 24) -> Outcome:
    """Four clerks give numbers at once, each to letters of his own: every letter has one, and no number is another's too."""
    ids = _register(where, count)[count // 2 : -1]
    gate, refused = threading.Barrier(4), list[BaseException]()

    def clerk(mine: list[str]) -> None:
        with open_office(where / "archive") as office:
            gate.wait()
            for id in mine:
                try:
                    office.arrive([id])
                except Exception as error:
                    refused.append(error)

    threads = [threading.Thread(target=clerk, args=(ids[at::4],)) for at in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with open_office(where / "archive") as office:
        numbers = Counter(letter.header.arrival.number for letter in office.archive.letters() if letter.header.arrival)
        lost = count - numbers.total() + len(refused) + len(office.verify().faults)
    return judged("four clerks number at once", [(lost, sum(many - 1 for many in numbers.values()))])


def jumps(where: Path) -> Outcome:
    """The clock shows 1970, a day before the last files, and years ahead: files wait, and all come when it is set."""
    shown, now, pairs = clock.system, clock.system(), []
    try:
        for n, time in enumerate((Datetime(1970, 1, 1, tzinfo=UTC), now - timedelta(days=3), now + timedelta(days=3000))):
            place = where / str(n)
            _register(place)
            with open_office(place / "archive") as office:
                before = office.next_arrival(now.year)
                clock.system = lambda time=time: time  # type: ignore[misc]
                late = write(place / "in", "late.pdf", sheet("99/UBND-VX", HA_TINH))
                office.ingest(late, stages=STAGES, pace=ONE)
                waits = [entry.state for entry in office.status(failed=True)] == [State.FAILED]
                clock.system = lambda: now
                office.retry(stages=STAGES, pace=ONE)
                today = now.astimezone().date()
                came = set(office.register("incoming", since=today, until=today).index)
                there = [letter.id for letter in office.letter("99/UBND-VX")]
                lost = (not waits) + (len(there) != 1 or there[0] not in came) + (office.next_arrival(now.year) != before)
                pairs.append((int(lost), max(0, len(there) - 1)))
    finally:
        clock.system = shown
    return judged("the clock jumps", pairs)


def _sql(*statements: str) -> Callable[[sqlite3.Connection], None]:
    def do(connection: sqlite3.Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    return do


def _forged(connection: sqlite3.Connection) -> None:
    """A letter's number in its reading, record, columns, citations and seal together, by one who knows how they are made."""
    no, parsed, record = connection.execute("SELECT no, parsed, record FROM letters WHERE number = '2/UBND-VX'").fetchone()
    parsed, record = (one.replace('"number":"2/UBND-VX"', '"number":"8/UBND-VX"') for one in (parsed, record))
    (pages,) = connection.execute("SELECT pages FROM texts WHERE no = ?", (no,)).fetchone()
    values = (parsed, record, "8/UBND-VX", record and "8||UBNDVX", "8UBNDVX", 8, seal(parsed, pages), no)
    connection.execute(
        "UPDATE letters SET parsed = ?, record = ?, number = ?, number_key = ?, number_code = ?, serial = ?, seal = ? WHERE no = ?", values
    )


def _stamped(connection: sqlite3.Connection) -> None:
    """The number that a stamp says, in its reading, record, columns and seal together."""
    no, parsed, record = connection.execute("SELECT no, parsed, record FROM letters WHERE arrival_number = '825'").fetchone()
    parsed, record = (one.replace('"number":"825"', '"number":"826"') for one in (parsed, record))
    (pages,) = connection.execute("SELECT pages FROM texts WHERE no = ?", (no,)).fetchone()
    values = (parsed, record, seal(parsed, pages), no)
    connection.execute(
        "UPDATE letters SET parsed = ?, record = ?, arrival_number = '826', arrival_serial = 826, seal = ? WHERE no = ?", values
    )


def _renamed(connection: sqlite3.Connection) -> None:
    """A name in a record that no reader knows: what stands under it is passed over."""
    (no, record) = connection.execute("SELECT no, record FROM letters WHERE number = '3/UBND-VX'").fetchone()
    data = json.loads(record)
    data["references"][0]["cand1dates"] = data["references"][0].pop("candidates")
    connection.execute("UPDATE letters SET record = ? WHERE no = ?", (json.dumps(data, ensure_ascii=False, separators=(",", ":")), no))


_CLERK = "WHERE arrival_source = 'clerk' AND arrival_number = '8'"
FORGED: dict[str, Callable[[sqlite3.Connection], None]] = {
    "a given number in its column": _sql(f"UPDATE letters SET arrival_number = '80' {_CLERK}"),
    "its day": _sql(f"UPDATE letters SET arrived_on = '2026-01-02', came_on = '2026-01-02' {_CLERK}"),
    "the day on which it came": _sql("UPDATE letters SET came_on = '2026-01-02' WHERE number = '4/UBND-VX'"),
    "who says it": _sql(f"UPDATE letters SET arrival_source = 'sheet' {_CLERK}"),
    "the book of numbers": _sql("UPDATE arrival_numbers SET number = '80', serial = 80 WHERE number = '8'"),
    "a line out of the book": _sql("DELETE FROM arrival_numbers WHERE number = '8'"),
    "record, column and book together": _sql(
        f"UPDATE letters SET record = replace(record, '\"number\":\"8\"', '\"number\":\"80\"') {_CLERK}",
        f"UPDATE letters SET arrival_number = '80', arrival_serial = 80 {_CLERK}",
        "UPDATE arrival_numbers SET number = '80', serial = 80 WHERE number = '8'",
    ),
    "a number of the archive's own": _sql("UPDATE letters SET archive_number = '3/2020' WHERE number = '4/UBND-VX'"),
    "a stamp's number with its seal": _stamped,
    "a letter's number with its seal": _forged,
    "a letter taken out whole": _sql(
        "DELETE FROM words WHERE rowid = 5", *(f"DELETE FROM {table} WHERE no = 5" for table in ("citations", "texts", "letters"))
    ),
    "a day in the citations": _sql("UPDATE citations SET date = '2020-01-01' WHERE no = 3"),
    "a name in a record": _renamed,
}  # fmt: skip


def forged(where: Path) -> Outcome:
    """Each entry forged, in an archive of its own: `verify` tells of it, and mending the index does not take the trace away."""
    _register(where)
    with closing(sqlite3.connect(where / "archive" / "archive.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    pairs = []
    for n, do in enumerate(FORGED.values()):
        place = where / f"forged{n}"
        shutil.copytree(where / "archive", place)
        with closing(sqlite3.connect(place / "archive.db")) as connection, connection:
            do(connection)
        pairs.append((0 if _told(place) and _told(place, mend=True) else 1, 0))
        shutil.rmtree(place)
    return judged("an entry of the register is forged", pairs)


def _told(place: Path, *, mend: bool = False) -> bool:
    with open_office(place) as office:
        if mend:
            office.mend_index("Lan")
        return bool(office.verify().faults)


def _content(file: Path) -> Iterator[object]:
    """All that can be asked of a database: each table's rows, as bytes."""
    with closing(sqlite3.connect(file)) as connection:
        connection.text_factory = bytes
        yield connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
        names = [row[0].decode() for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
        for name in names:
            # the index's shadow tables are among the others; what is told anew at need, and the ledger's paths and times, nothing proves
            if name not in ("words", "attested", "ledger"):
                only = " WHERE key <> 'clock.seen'" if name == "settings" else ""  # it is noted again at the next ingest
                yield connection.execute(f"SELECT * FROM {name}{only}").fetchall()


def flips(where: Path, count: int) -> Outcome:
    """Bits flipped in the database, one at a time: `verify` tells of each that changes anything of what the archive holds of letters."""
    _register(where, 30)
    with closing(sqlite3.connect(where / "archive" / "archive.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = (where / "archive" / "archive.db").read_bytes()
    whole, chance, pairs = list(_content(where / "archive" / "archive.db")), random.Random(12), []
    place = where / "flipped"
    shutil.copytree(where / "archive", place)
    for _ in range(count):
        at = chance.randrange(len(data))
        for name in ("archive.db-wal", "archive.db-shm"):
            (place / name).unlink(missing_ok=True)
        (place / "archive.db").write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
        pairs.append((0 if _seen(place) or list(_content(place / "archive.db")) == whole else 1, 0))
    return judged("a bit of the database flips", pairs)


def _seen(place: Path) -> bool:
    from pipeline.archive.tables.database import WrongArchive

    try:
        with open_archive(place) as archive:
            return bool(Office(archive).verify().faults)
    except WrongArchive:
        return True
