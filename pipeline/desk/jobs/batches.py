"""Files handed in over the web: kept in a closed folder beside the archive, taken in one batch after another, told live."""

from __future__ import annotations

import contextlib
import logging
import queue
import re
import secrets
import shutil
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from pydantic import BaseModel, Field

from models.ledger import LedgerEntry, Progress, State
from models.skeleton import nfc
from pipeline.archive.search.ledger_pages import handed_in
from pipeline.archive.tables.database import reading
from pipeline.archive.tables.register_line import masked_name

if TYPE_CHECKING:
    from pipeline.office import Office

Stage = Literal["waiting", "reading", "done", "failed"]
_CHUNK = 1024 * 1024
_KEPT = 40  # batches that are remembered
_UNREAD = ("Không đọc được; tệp còn nguyên.", "They were not read; the files are kept.")
_SETTLED = (State.STORED, State.DUPLICATE, State.REFUSED)
log = logging.getLogger(__name__)


class UploadTooLarge(Exception):
    """The file is larger than an ingest would take."""


def plain_name(name: str) -> str:
    """A file's own name as a browser gives it, without a way out of its folder, control characters or a leading dot.

    >>> plain_name("../../etc/passwd"), plain_name("C:\\\\quet/a.pdf"), plain_name("..")
    ('passwd', 'a.pdf', 'tep')
    """
    last = re.split(r"[\\/]", nfc(name))[-1]
    last = re.sub(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "", last).strip().lstrip(".")
    while len(last.encode()) > 200:
        stem, dot, end = last.rpartition(".")
        last = f"{stem[:-1]}{dot}{end}" if dot and stem and len(end) < 12 else last[:-1]
    return last or "tep"


class FileRow(BaseModel):
    """A file of a batch. reason: why it was refused, in the language asked for."""

    name: str
    state: Literal["waiting", "reading", "stored", "duplicate", "refused", "quarantined", "failed"]
    letters: int
    pages: int
    reason: str | None


class BatchProgress(Progress):
    """How far the ingest of a batch is; where its files lie is nobody's matter."""

    path: str = Field("", exclude=True)


class BatchRecord(BaseModel):
    """How far files handed in together are."""

    id: str
    state: Stage
    files: list[FileRow]
    progress: BatchProgress | None
    error: str | None


@dataclass
class Batch:
    """Files handed in together. step: how far their ingest is; error: what stopped it, for a person."""

    id: str
    who: str
    folder: Path
    names: list[str]
    state: Stage = "waiting"
    step: Progress | None = None
    entries: dict[str, LedgerEntry] = field(default_factory=dict)
    error: tuple[str, str] | None = None
    version: int = 0

    def tell(self, **values: Any) -> None:
        """Note news; the version tells who looks that there is some."""
        for name, value in values.items():
            setattr(self, name, value)
        self.version += 1

    def record(self, lang: str = "vi", *, named: bool = True) -> BatchRecord:
        """How it stands: a row a file. named: also the names of those under quarantine."""
        rows = [self._row(position, name, lang) for position, name in enumerate(self.names)]
        if not named:
            rows = [row.model_copy(update={"name": masked_name(row.name)}) if row.state == "quarantined" else row for row in rows]
        step = BatchProgress(**dict(self.step)) if self.step else None
        return BatchRecord(id=self.id, state=self.state, files=rows, progress=step, error=self.error[lang == "en"] if self.error else None)

    def _row(self, position: int, name: str, lang: str) -> FileRow:
        entry = self.entries.get(f"{position:04d}")
        if entry is not None and entry.state != State.WAITING:
            return FileRow(name=name, state=entry.state.value, letters=entry.letters, pages=entry.pages, reason=entry.why(lang))
        at_work = self.state == "reading" and self.step and self.step.path.startswith(f"{self.folder}/{position:04d}/")
        return FileRow(name=name, state="reading" if at_work else "waiting", letters=0, pages=0, reason=None)


class Uploads:
    """The batches, one read at a time."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.folder = office.where.with_name(f"{office.where.name}-uploads")
        self._batches: dict[str, Batch] = {}
        self._waiting: queue.Queue[Batch | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def begin(self, who: str) -> Batch:
        """A new batch, which files can be put into. Its folder is open to this process's user alone."""
        id = secrets.token_hex(8)
        folder = self.folder / id
        self.folder.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700)
        return Batch(id, who, folder, [])

    def put(self, batch: Batch, name: str, file: BinaryIO, most: int) -> None:
        """Write one file of a batch. most: bytes. Raises UploadTooLarge, OSError."""
        inside = batch.folder / f"{len(batch.names):04d}"
        inside.mkdir(mode=0o700)
        own, size = plain_name(name), 0
        with (inside / own).open("xb") as out:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise UploadTooLarge(own)
                out.write(chunk)
        batch.names.append(own)

    def drop(self, batch: Batch) -> None:
        """Take a batch back that was not started."""
        shutil.rmtree(batch.folder, ignore_errors=True)

    def start(self, batch: Batch) -> None:
        """Have a batch read when those before it are."""
        with self._lock:
            for old in list(self._batches)[: max(0, len(self._batches) - _KEPT)]:
                if self._batches[old].state in ("done", "failed"):
                    del self._batches[old]
            self._batches[batch.id] = batch
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="uploads", daemon=True)
                self._thread.start()
        self._waiting.put(batch)

    def get(self, id: str) -> Batch | None:
        """A batch by its id."""
        return self._batches.get(id)

    def close(self) -> None:
        """Read no more batches; one that is being read goes on until the process ends, and can be handed in again."""
        if self._thread is not None:
            self._waiting.put(None)

    def _run(self) -> None:
        while (batch := self._waiting.get()) is not None:
            try:
                self._read(batch)
            except Exception:  # whatever became of this one, the next are read
                log.exception("batch %s", batch.id)
                batch.tell(state="failed", error=_UNREAD)

    def _read(self, batch: Batch) -> None:
        batch.tell(state="reading")
        done = -1

        def progress(step: Progress) -> None:
            nonlocal done
            if step.done != done:
                done = step.done
                batch.entries = self._entries(batch)
            batch.tell(step=step)

        try:
            self.office.ingest([batch.folder], progress=progress)
        except Exception as error:
            log.exception("batch %s", batch.id)
            told = getattr(error, "message", None)
            batch.tell(error=(told("vi"), told("en")) if callable(told) else _UNREAD)
        batch.entries = self._entries(batch)
        self._tidy(batch)
        batch.tell(state="failed" if batch.error else "done")

    def _entries(self, batch: Batch) -> dict[str, LedgerEntry]:
        with reading(self.office.archive.engine) as connection:
            entries = handed_in(connection, str(batch.folder))
        return {Path(entry.path).relative_to(batch.folder).parts[0]: entry for entry in entries}

    def sweep(self) -> None:
        """Take away what was left of earlier batches to be tried again, and is settled now."""
        busy = {one.id for one in list(self._batches.values()) if one.state in ("waiting", "reading")}
        left: dict[Path, bool] = {}
        with reading(self.office.archive.engine) as connection:
            for entry in handed_in(connection, str(self.folder)):
                batch, position = Path(entry.path).relative_to(self.folder).parts[:2]
                if batch not in busy:
                    place = self.folder / batch / position
                    left[place] = left.get(place, True) and entry.state in _SETTLED
        for place, settled in left.items():
            if settled:
                shutil.rmtree(place, ignore_errors=True)
                with contextlib.suppress(OSError):
                    place.parent.rmdir()

    def _tidy(self, batch: Batch) -> None:
        """Keep only what is still needed: a failed file to be tried again, a secret one where nothing else keeps it."""
        for position, entry in batch.entries.items():
            if entry.state in _SETTLED:
                shutil.rmtree(batch.folder / position, ignore_errors=True)
        with contextlib.suppress(OSError):
            batch.folder.rmdir()
