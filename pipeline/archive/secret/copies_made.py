"""Which backups were made, where and when: those that hold a letter which becomes secret later are named, for a person to destroy."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, select

from pipeline.archive.secret.erasing import STORAGE
from pipeline.archive.tables import schema
from pipeline.archive.tables.database import writing

MADE = "backups.made"  # a setting: JSON, [path, when it was begun (UTC), whether it holds what is secret now]
log = logging.getLogger(__name__)
_settings = schema.settings


def remember(engine: Engine, target: Path, at: str) -> None:
    """Note that a backup is begun, before anything is copied. at: UTC, ISO. One that cannot be noted is made all the same."""
    try:
        with writing(engine) as connection:
            _write(connection, [*(one for one in _made(connection) if one[0] != str(target)), [str(target), at, False]])
    except STORAGE as error:
        log.warning("a backup was not noted: %s", type(error).__name__)


def now_secret(connection: Connection, sha256: str) -> None:
    """Note, before the letters of a file are taken out, which backups hold them: those begun since the first of them was stored."""
    since = connection.execute(select(func.min(schema.letters.c.stored_at)).where(schema.letters.c.sha256 == sha256)).scalar()
    made = _made(connection)
    if since is not None and made:
        _write(connection, [[path, at, holds or at >= since] for path, at, holds in made])


def holding(connection: Connection) -> list[Path]:
    """The backups that hold a letter which is secret now, as far as they are still there."""
    return [path for one, _, holds in _made(connection) if holds and (path := Path(one)).exists()]


def _made(connection: Connection) -> list[list[Any]]:
    said = connection.execute(select(_settings.c.value).where(_settings.c.key == MADE)).scalar()
    return json.loads(said) if said else []


def _write(connection: Connection, made: list[list[Any]]) -> None:
    connection.execute(delete(_settings).where(_settings.c.key == MADE))
    connection.execute(insert(_settings).values(key=MADE, value=json.dumps(made, ensure_ascii=False)))
