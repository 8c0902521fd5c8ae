"""The day on which files come, by a clock that is not believed blindly: one that has jumped must not register arrivals of 1970."""

from __future__ import annotations

import time
from datetime import UTC, timedelta
from datetime import date as Date
from datetime import datetime as Datetime
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select

from models.ledger import State
from pipeline.archive.tables import history, schema
from pipeline.exit_codes import ExitCode

# settings: the last time that was believed; days between the clock and what a person said, and which run of the clock that was
_SEEN, _APART = "clock.seen", "clock.apart"
_FIRST = Datetime(2024, 1, 1, tzinfo=UTC)  # nothing was taken in before the program was there
_BACK, _AHEAD = timedelta(days=1), timedelta(days=400)
_OFTEN = timedelta(minutes=10)  # between two notes of the time
_SET = 3600.0  # seconds by which a clock that runs on cannot go wrong by itself
_settings, _ledger = schema.settings, schema.ledger.c


class ClockInDoubt(Exception):
    """The clock shows a time at which no file can have come. shown: what it shows; last: when files were last taken in."""

    exit_code = ExitCode.CLOCK_IN_DOUBT

    def __init__(self, shown: Datetime, last: Datetime) -> None:
        super().__init__(f"{shown:%Y-%m-%d}, {last:%Y-%m-%d}")
        self.shown, self.last = shown, last

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        shown, last = (f"{one.astimezone():%d/%m/%Y}" for one in (self.shown, self.last))
        if lang == "en":
            return (
                f"The clock shows {shown}, files were last taken in on {last}: the file waits. Set the clock, then: congvan retry; "
                "or say which day it is: congvan retry --today DD/MM/YYYY."
            )
        return (
            f"Đồng hồ máy chỉ {shown}, lần nhập gần nhất là {last}: tệp chờ. Chỉnh đồng hồ rồi chạy: congvan retry; "
            "hoặc xác nhận hôm nay là ngày nào: congvan retry --today NGÀY/THÁNG/NĂM."
        )


def system() -> Datetime:
    """What the machine's clock shows, UTC."""
    return Datetime.now(UTC).replace(microsecond=0)


def now(connection: Connection) -> Datetime:
    """The time, UTC: the clock's, moved to the day that a person said it is, as long as it runs on: not set, nor started anew since."""
    match (_said(connection, _APART) or "").split(" "):
        # an archive of before kept the days alone: they are asked about anew
        case [days, boot, began] if boot == _boot() and abs(_began() - float(began)) < _SET:
            return system() + timedelta(days=int(days))
        case _:
            return system()


def _boot() -> str:
    """What tells one start of the machine from another."""
    return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()


def _began() -> float:
    """When the machine was started, by its clock as it is set now: seconds since 1970."""
    return system().timestamp() - time.clock_gettime(time.CLOCK_BOOTTIME)


def check(connection: Connection) -> None:
    """Raise ClockInDoubt where the clock shows a time before files were last taken in, or long after; else note the time."""
    shown, last = now(connection), _last(connection)
    if _doubtful(shown, last):
        raise ClockInDoubt(shown, last)
    if shown - last > _OFTEN or _said(connection, _SEEN) is None:
        _keep(connection, _SEEN, shown.isoformat())


def confirm(connection: Connection, day: Date, who: str) -> None:
    """A person says which day it is: the clock is right, or is off by so many days until it is set, or the machine started anew.

    Raises ValueError for a day that cannot be.
    """
    if day < _FIRST.date():
        raise ValueError(f"{day:%d/%m/%Y}: ngày không hợp lệ / that is no day")
    apart = (day - system().astimezone().date()).days
    before = now(connection).astimezone().date()
    _keep(connection, _APART, f"{apart} {_boot()} {_began():.0f}" if apart else None)
    _keep(connection, _SEEN, now(connection).isoformat())
    history.write(connection, history.NewChange(who, "setting", "clock", "today", before.isoformat(), day.isoformat()))


def _doubtful(shown: Datetime, last: Datetime) -> bool:
    return not last - _BACK <= shown <= last + _AHEAD


def _last(connection: Connection) -> Datetime:
    """When files were last taken in; the time now where none was, and no clock can be held against it but by the program's own age."""
    if said := _said(connection, _SEEN):
        return Datetime.fromisoformat(said)
    taken = (State.STORED, State.DUPLICATE, State.QUARANTINED)
    last = connection.execute(select(func.max(_ledger.at)).where(_ledger.state.in_(taken))).scalar()
    return max(Datetime.fromisoformat(last), _FIRST) if last else max(system(), _FIRST)


def _said(connection: Connection, key: str) -> str | None:
    return connection.execute(select(_settings.c.value).where(_settings.c.key == key)).scalar()


def _keep(connection: Connection, key: str, value: str | None) -> None:
    connection.execute(delete(_settings).where(_settings.c.key == key))
    if value is not None:
        connection.execute(insert(_settings).values(key=key, value=value))
