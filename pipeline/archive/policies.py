"""What is set for an archive as a whole, and kept in its history: whose it is, and what is done with the originals of secret letters."""

from __future__ import annotations

from pathlib import Path

from pipeline.archive.archive import Archive
from pipeline.archive.books import arrivals
from pipeline.archive.secret import vault
from pipeline.archive.secret.vault import Policy, Way
from pipeline.archive.tables import history
from pipeline.archive.tables.database import reading, writing


def name_office(archive: Archive, name: str | None) -> None:
    """Say whose archive it is: what it issued is outgoing."""
    before = archive.setting("office")
    archive.set("office", (name or "").strip() or None)
    now = archive.setting("office")
    if now != before:
        with writing(archive.engine) as connection:
            history.write(connection, history.NewChange(history.login(), "setting", "office", "office", before, now))


def begin_arrivals_at(archive: Archive, number: int | None, year: int) -> int:
    """Say with which arrival number a year begins, where given; with which it does. Raises ValueError."""
    with writing(archive.engine) as connection:
        if number is not None:
            arrivals.begin_at(connection, year, number, history.login())
        return arrivals.start(connection, year)


def keep_secret(archive: Archive, way: Way | None, folder: Path | None) -> Policy:
    """Set what is done with a secret letter's original, where given, and return what holds now. Raises NotLocked, ValueError."""
    if way is not None and way not in vault.WAYS:
        raise ValueError(f"{way}: keep, move")
    with reading(archive.engine) as connection:
        before = vault.policy(connection, archive.root)
    if folder is not None:
        archive.set(vault.FOLDER, str(vault.suitable(folder, archive.root)))
    if way is not None:
        archive.set(vault.SETTING, way)
    with writing(archive.engine) as connection:
        said = vault.policy(connection, archive.root)
        if said != before:
            old, new = ([one.way, str(one.folder)] for one in (before, said))
            history.write(connection, history.NewChange(history.login(), "setting", "secret", "secret", old, new))
    if said.way == "move":
        vault.suitable(said.folder, archive.root)
    return said
