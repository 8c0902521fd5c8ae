"""Where the original of a secret letter goes: left where it was ("keep"), or moved to a locked folder outside the archive ("move").

The folder is beside the archive's, so that no backup or export of the archive takes it along; only its owner may enter it (0700).
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import stat
from pathlib import Path
from typing import Literal, NamedTuple

from sqlalchemy import Connection, Engine, select, update

from models.ledger import State
from pipeline.archive.tables import originals, schema
from pipeline.archive.tables.database import reading, writing
from pipeline.exit_codes import ExitCode

Way = Literal["keep", "move"]
WAYS: tuple[Way, ...] = ("keep", "move")
SETTING, FOLDER = "secret", "secret_folder"
_CHUNK = 1024 * 1024
log = logging.getLogger(__name__)


class NotLocked(Exception):
    """A secret letter's original could not be moved to the locked folder. Nothing was lost; it is tried again at the next ingest."""

    exit_code = ExitCode.NOT_LOCKED

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(str(folder))
        self.folder, self.why = folder, why

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        if lang == "en":
            return f"The locked folder {self.folder} cannot be used ({self.why}). Choose another: congvan init --secret-folder DIR."
        return f"Không dùng được thư mục khóa {self.folder} ({self.why}). Hãy chọn thư mục khác: congvan init --secret-folder DIR."


class Policy(NamedTuple):
    """What is done with the original. folder: where it is moved to."""

    way: Way
    folder: Path


def policy(connection: Connection, root: Path) -> Policy:
    """What was set; without it "keep", and a folder beside the archive's named after it."""
    query = select(schema.settings.c.key, schema.settings.c.value).where(schema.settings.c.key.in_((SETTING, FOLDER)))
    said = {row.key: row.value for row in connection.execute(query)}
    folder = Path(said[FOLDER]) if FOLDER in said else root.with_name(f"{root.name}-mat")
    return Policy("move" if said.get(SETTING) == "move" else "keep", folder)


def suitable(folder: Path, root: Path) -> Path:
    """Make the locked folder, closed to all but its owner. Raises NotLocked where it lies in the archive or cannot be closed."""
    folder = folder.expanduser().absolute()
    if folder.resolve().is_relative_to(root.resolve()) or root.resolve().is_relative_to(folder.resolve()):
        raise NotLocked(folder, "nằm trong kho / it lies in the archive")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        seen = folder.stat()
    except OSError as error:
        raise NotLocked(folder, error.strerror or "?") from error
    if not stat.S_ISDIR(seen.st_mode) or stat.S_IMODE(seen.st_mode) & 0o077 or seen.st_uid != os.geteuid():
        raise NotLocked(folder, "không khóa được / it cannot be closed to others")
    return folder


def lock_away(engine: Engine, root: Path, sha256: str) -> list[Path]:
    """Move every file handed in with these bytes to the locked folder, where that is set; where it is not, the archive's own copy if no
    other is left. Return where they lie now.

    A file is moved only where its bytes are still those, and leaves its place only when they are on the disk in the other. The ledger
    tells where it is. Called again after a stop, it goes on. Raises NotLocked.
    """
    with reading(engine) as connection:
        said = policy(connection, root)
        query = select(schema.ledger.c.path).where(schema.ledger.c.sha256 == sha256).order_by(schema.ledger.c.id)
        paths = [Path(path) for path in connection.execute(query).scalars()]
    kept = next((root / "originals" / sha256[:2]).glob(f"{sha256[2:]}.*"), None)
    if said.way == "keep" and (kept is None or holds(said.folder / sha256, sha256) or any(holds(path, sha256) for path in paths)):
        return []  # where the archive's copy is the last, it is not lost
    folder = suitable(said.folder, root)
    target = folder / sha256
    moved = []
    for source in (*paths, *([kept] if kept else [])):
        if holds(source, sha256):
            _move(source, target)
            moved.append(source)
        elif target.exists() and _blank(source):
            source.unlink()  # moved, and its name was to go next when the machine stopped
            _sync(source.parent)
    if target.exists():
        _tell(engine, sha256, f"Bản gốc đã chuyển vào {target}.", f"The original was moved to {target}.")
    return [target] if moved else []


def holds(path: Path, sha256: str) -> bool:
    """Whether a regular file, and no link to one, still holds these bytes."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return False
            digest = hashlib.sha256()
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except (OSError, ValueError):
        return False
    return digest.hexdigest() == sha256


def _move(source: Path, target: Path) -> None:
    try:
        if not holds(target, target.name):
            part = target.with_suffix(".part")
            part.unlink(missing_ok=True)
            shutil.copyfile(source, part, follow_symlinks=False)
            part.chmod(0o400)
            _sync(part)
            if not holds(part, target.name):
                part.unlink()
                raise NotLocked(target.parent, "tệp thay đổi trong khi chép / it changed while it was copied")
            part.replace(target)
            _sync(target.parent)
        _erase(source)
    except OSError as error:
        # read-only, a share that went away: the copy is safe, the source stands where it stood
        raise NotLocked(source.parent, error.strerror or "?") from error


def _erase(path: Path) -> None:
    """Overwrite a file's bytes, as far as the disk allows it, and take its name away."""
    if path.stat().st_nlink == 1:
        path.chmod(0o600)
        with path.open("r+b") as file:
            left = path.stat().st_size
            while left > 0:
                left -= file.write(bytes(min(left, _CHUNK)))
            file.flush()
            os.fsync(file.fileno())
    path.unlink()
    _sync(path.parent)


def _blank(path: Path) -> bool:
    """Whether nothing but zeros is left of a regular file."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW), "rb") as file:
            size = os.fstat(file.fileno()).st_size
            if not size or not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return False
            return not any(any(chunk) for chunk in iter(lambda: file.read(_CHUNK), b""))
    except (OSError, ValueError):
        return False


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _tell(engine: Engine, sha256: str, vi: str, en: str) -> None:
    which = (schema.ledger.c.sha256 == sha256, schema.ledger.c.state.in_((State.QUARANTINED, State.DUPLICATE)))
    with writing(engine) as connection:
        connection.execute(update(schema.ledger).where(*which).values(reason=vi, reason_en=en))


def put_away(engine: Engine, root: Path, sha256: str) -> None:
    """Do with a secret file's bytes as is set, the archive's own copy included: after this the archive holds none of them.

    Where the locked folder cannot be used the ledger says so, and the archive's copy stays only if no other is left.
    """
    try:
        lock_away(engine, root, sha256)
    except NotLocked as error:
        log.warning("a secret original was not moved: %s", error.why)
        _tell(engine, sha256, error.message("vi"), error.message("en"))
        with reading(engine) as connection:
            paths = list(connection.execute(select(schema.ledger.c.path).where(schema.ledger.c.sha256 == sha256)).scalars())
        if not any(holds(Path(path), sha256) for path in paths):
            return
    originals.remove(sha256, root)
