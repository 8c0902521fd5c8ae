"""A backup laid out as an archive again: whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from pipeline.archive.safety import desk_users
from pipeline.archive.safety.backup_format import DATABASE, FORMATS, MANIFEST, NotABackup, PlaceTaken, Saved, Tell, room, silent
from pipeline.archive.tables import originals

_CHUNK = 1024 * 1024
_OPEN = (DATABASE, desk_users.FILE)  # files that are written to after a restore, and take their names last
_NAME = re.compile(r"archive\.db|users\.db|originals/[0-9a-f]{2}/[0-9a-f]{62}\.[a-z]{3,4}")


def restore(source: Path, folder: Path, *, tell: Tell = silent) -> Saved:
    """Lay a backup out as an archive in a new or empty folder. Return what it holds; `open_archive` and `verify` can follow.

    The database takes its name when every file is there and its hash is right: what was cut off is no archive. Who may in is laid
    out too; sessions and tokens are in no backup. Raises PlaceTaken, NotABackup, NoRoomThere, OSError.
    """
    with room(folder):
        return _restore(source, folder, tell)


def _restore(source: Path, folder: Path, tell: Tell) -> Saved:
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PlaceTaken(folder)
    total = source.stat().st_size
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    made: list[Path] = []
    try:
        found, manifest = _unpack(source, folder, made, lambda done: tell(done, total))
        _compare(source, found, manifest)
    except BaseException:
        _undo(folder, made)
        raise
    # who may in comes first: an archive without its users would be open to whoever sits there
    for name in (desk_users.FILE, DATABASE):
        if name in found:
            (folder / f"{name}.part").replace(folder / name)
            originals.sync(folder)
    for one in sorted({path.parent for path in made} | {folder, folder / "originals"}):
        if one.is_dir():
            originals.sync(one)
    tell(total, total)
    files = manifest["files"]
    return Saved(manifest["letters"], len(files.keys() - {*_OPEN}), total, manifest["missing"], manifest["made_at"], manifest["history"])


def _unpack(source: Path, folder: Path, made: list[Path], tell: Callable[[int], None]) -> tuple[dict[str, str], dict[str, Any]]:
    found: dict[str, str] = {}
    manifest: dict[str, Any] = {}
    try:
        with tarfile.open(source, mode="r:") as tar:
            for member in tar:
                file = tar.extractfile(member) if member.isreg() else None
                if file is None or manifest or member.name in found:
                    raise NotABackup(source, why=member.name[:80])
                if member.name == MANIFEST:
                    manifest = json.loads(file.read())
                    continue
                if not _NAME.fullmatch(member.name):
                    raise NotABackup(source, why=member.name[:80])
                target = folder / (f"{member.name}.part" if member.name in _OPEN else member.name)
                target.parent.mkdir(parents=True, exist_ok=True)
                made.append(target)
                found[member.name] = _copy(file, target, 0o600 if member.name in _OPEN else 0o440)
                tell(member.offset_data + member.size)
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise NotABackup(source, why=type(error).__name__) from error
    return found, manifest


def _copy(file: IO[bytes], target: Path, mode: int) -> str:
    digest = hashlib.sha256()
    with target.open("xb") as out:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fchmod(out.fileno(), mode)
        os.fsync(out.fileno())
    return digest.hexdigest()


def _compare(source: Path, found: dict[str, str], manifest: dict[str, Any]) -> None:
    if manifest.get("format") not in FORMATS:
        raise NotABackup(source, why=MANIFEST)
    files = manifest.get("files")
    if not isinstance(files, dict) or DATABASE not in files or set(files) != set(found):
        raise NotABackup(source, why="files")
    for name, hash in files.items():
        if found[name] != hash:
            raise NotABackup(source, why=f"SHA-256: {name}")


def _undo(folder: Path, made: list[Path]) -> None:
    """Take away what a backup that does not hold has laid out: the folder is empty again."""
    for path in made:
        path.unlink(missing_ok=True)
    for path in sorted({path.parent for path in made} | {folder / "originals"}, reverse=True):
        if path != folder and path.is_dir():
            path.rmdir()
