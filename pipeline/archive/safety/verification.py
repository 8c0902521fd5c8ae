"""Is the archive whole? Originals by their SHA-256, the database by SQLite's own checks, index, records and history against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import IntEnum
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.exc import DatabaseError

from models.ledger import State
from models.letter import CITED, Letter
from models.repair import Known
from pipeline.archive.known.vouching import vouched, vouchers
from pipeline.archive.people import corrections
from pipeline.archive.safety import form_checks, register_checks
from pipeline.archive.safety.leftovers import leftovers
from pipeline.archive.search import word_index
from pipeline.archive.tables import history, ledger, originals, schema, seals
from pipeline.archive.tables.database import reading
from pipeline.archive.tables.letter_rows import columns_of, seal
from pipeline.archive.tables.letter_store import LetterStore, citations, table, unsettled
from pipeline.archive.tables.storage_faults import DatabaseDamaged
from pipeline.exit_codes import ExitCode
from pipeline.extract.older_records import brought_up, lacked

_BATCH = 500


class Cause(IntEnum):
    """What is wrong, gravest first; the value is the exit code."""

    DATABASE = ExitCode.DATABASE_BROKEN
    ORIGINAL = ExitCode.HOLDINGS_BROKEN
    HISTORY = ExitCode.HISTORY_BROKEN
    RECORD = ExitCode.RECORD_BROKEN
    SECRET = ExitCode.SECRET_EXPOSED
    INDEX = ExitCode.INDEX_BROKEN


class Fault(NamedTuple):
    """One thing that is wrong. what: the file, letter or table; vi, en: what is wrong."""

    cause: Cause
    what: str
    vi: str
    en: str

    def why(self, lang: str = "vi") -> str:
        """What is wrong, in Vietnamese ("vi") or English ("en")."""
        return self.en if lang == "en" else self.vi

    def what_to_do(self, lang: str = "vi") -> str:
        """What to do about it."""
        return _TO_DO[self.cause][lang == "en"]


_TO_DO = {
    Cause.DATABASE: (
        "Ngừng dùng kho này; khôi phục bản sao lưu gần nhất: congvan restore TỆP THƯ_MỤC.",
        "Stop using this archive; restore the newest backup: congvan restore FILE DIR.",
    ),
    Cause.ORIGINAL: (
        "Nhập lại tệp gốc nếu còn: congvan ingest --again TỆP; nếu không, lấy từ bản sao lưu.",
        "Hand the original in again where it is still there: congvan ingest --again FILE; else take it from a backup.",
    ),
    Cause.HISTORY: (
        "Lịch sử đã bị sửa ngoài congvan: đối chiếu với bản sao lưu, báo người phụ trách.",
        "The history was altered outside congvan: hold it against a backup, and tell whoever is in charge.",
    ),
    Cause.RECORD: (
        "Bản ghi đã bị sửa ngoài congvan hoặc hỏng: sao lưu kho làm chứng (congvan backup TỆP), báo người phụ trách; "
        "sau đó nhập lại tệp gốc: congvan ingest --again TỆP.",
        "The record was altered outside congvan, or is damaged: keep a backup as evidence (congvan backup FILE) and tell whoever is in "
        "charge; then hand its file in again: congvan ingest --again FILE.",
    ),
    Cause.SECRET: (
        "Chạy lại lệnh nhập bất kỳ: phần cách ly dở dang sẽ được làm nốt. Đóng chương trình còn mở kho; hủy bản sao lưu đã nêu.",
        "Run any ingest: a quarantine cut off is finished then. End programs that keep the archive open; destroy the backups named.",
    ),
    Cause.INDEX: (
        "So văn bản với tệp gốc: nếu nội dung bị sửa, chỉ mục có thể là dấu vết duy nhất. Lập lại (lịch sử giữ chỗ khác): "
        "congvan verify --mend.",
        "Hold the letter against its original: where its text was altered, the index may be the only trace. Build it anew (the history "
        "keeps what differed): congvan verify --mend.",
    ),
}


class Verdict(NamedTuple):
    """What was found. originals, letters, changes: how many were checked; head: the history's last hash, to be written down."""

    faults: list[Fault]
    originals: int
    bytes: int
    letters: int
    changes: int
    head: str

    @property
    def exit_code(self) -> int:
        """0 where all is whole, else of the gravest cause."""
        return min((int(fault.cause) for fault in self.faults), default=0)


Tell = Callable[[str, int, int], None]


def _silent(step: str, done: int, of: int) -> None:
    """Nobody waits."""


def verify(engine: Engine, root: Path, *, tell: Tell = _silent, known: str | None = None) -> Verdict:
    """Check all of it, at one moment of the archive; ingest may go on meanwhile.

    tell: called with ("originals" | "letters", done, of: bytes or letters); known: a hash of the history written down before.
    """
    try:
        with reading(engine) as connection:
            faults = [*_database(connection)]
        if faults:
            return Verdict(faults, 0, 0, 0, 0, "")
        # hashing takes long: no transaction is held open over it
        count, size, faults = _originals(engine, root, tell)
        with reading(engine) as connection:
            faults += [Fault(Cause.HISTORY, f"history {one.seq}", one.vi, one.en) for one in history.breaks(connection, known)]
            letters, found = _letters(connection, tell)
            faults += [*found, *_triggers(connection), *_secrets(connection, root), *_index(connection)]
            changes, (_, hash) = history.count(connection), history.head(connection)
        faults += [Fault(Cause.SECRET, *one) for one in leftovers(engine, root)]
    except ValueError as error:  # bytes that are no text, or no JSON: told without what they are
        what = type(error).__name__
        return Verdict([Fault(Cause.DATABASE, "archive.db", f"có chỗ hỏng ({what})", f"part of it is damaged ({what})")], 0, 0, 0, 0, "")
    except (DatabaseError, DatabaseDamaged) as error:
        broken = Fault(Cause.DATABASE, "archive.db", f"không đọc được ({error.orig})", f"it cannot be read ({error.orig})")
        return Verdict([broken], 0, 0, 0, 0, "")
    return Verdict(sorted(faults, key=lambda one: one.cause), count, size, letters, changes, hash)


def altered(engine: Engine) -> bool:
    """Whether the database is damaged, or the history or a letter was altered: then the index may be the only trace of it."""
    try:
        with reading(engine) as connection:
            return any(True for _ in (*_database(connection), *history.breaks(connection), *_letters(connection, _silent)[1]))
    except (DatabaseError, DatabaseDamaged, ValueError):
        return True


def _database(connection: Connection) -> Iterator[Fault]:
    for (said,) in connection.execute(text("PRAGMA integrity_check(20)")):
        if said != "ok":
            yield Fault(Cause.DATABASE, "archive.db", f"SQLite báo: {said}", f"SQLite says: {said}")
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        what = f"{row[0]} → {row[2]}"
        yield Fault(Cause.DATABASE, "archive.db", f"dòng {row[1]} trỏ vào chỗ không có ({what})", f"row {row[1]} points nowhere ({what})")

    for name in form_checks.tables(connection):
        yield Fault(Cause.DATABASE, name, "bảng hoặc chỉ mục của cơ sở dữ liệu bị thay đổi", "a table or index of the database was altered")


def _triggers(connection: Connection) -> Iterator[Fault]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    there = {row.name: row.sql for row in rows}
    for name, sql in history.TRIGGERS.items():
        if there.get(name) != sql:
            yield Fault(Cause.HISTORY, name, "khóa chống sửa lịch sử đã bị gỡ", "the lock against changing the history was taken off")


def _originals(engine: Engine, root: Path, tell: Tell) -> tuple[int, int, list[Fault]]:
    with reading(engine) as connection:
        rows = connection.execute(select(schema.originals).order_by(schema.originals.c.sha256)).all()
    total, done, bad = sum(row.size for row in rows), 0, list[tuple[Any, str, str]]()
    for row in rows:
        tell("originals", done, total)
        try:
            if originals.fingerprint(root / row.file) != row.sha256:
                bad.append((row, "nội dung đã thay đổi (SHA-256 khác)", "its bytes have changed (another SHA-256)"))
        except FileNotFoundError:
            bad.append((row, "mất tệp", "the file is missing"))
        except OSError as error:
            bad.append((row, f"không đọc được ({error.strerror})", f"it cannot be read ({error.strerror})"))
        done += row.size
    tell("originals", done, total)
    with reading(engine) as connection:
        kept = set(connection.execute(select(schema.originals.c.sha256)).scalars())
        # what was put under quarantine meanwhile is rightly gone
        faults = [_original(connection, row, vi, en) for row, vi, en in bad if row.sha256 in kept]
        for letter in connection.execute(select(table.c.sha256, table.c.id).where(table.c.quarantined.is_(False))):
            if letter.sha256 not in kept:
                vi, en = "văn bản không có tệp gốc trong sổ", "the letter has no original in the books"
                faults.append(Fault(Cause.ORIGINAL, letter.id, vi, en))
        told = ledger.table.c
        for entry in connection.execute(select(told.sha256, told.path).where(told.state == State.STORED)):
            if entry.sha256 not in kept:
                vi, en = "sổ nhập ghi đã lưu mà kho không có tệp gốc", "the ledger has it stored, and its original is not in the books"
                faults.append(Fault(Cause.ORIGINAL, entry.path, vi, en))
    return len(rows), done, faults


def _original(connection: Connection, row: Any, vi: str, en: str) -> Fault:
    came = connection.execute(select(ledger.table.c.path).where(ledger.table.c.sha256 == row.sha256).order_by(ledger.table.c.id)).scalar()
    return Fault(Cause.ORIGINAL, row.file, f"{vi}; đã nhập từ {came}", f"{en}; it was handed in as {came}")


def _letters(connection: Connection, tell: Tell) -> tuple[int, list[Fault]]:
    done: dict[str, list[corrections.Correction]] = {}
    for change in corrections.made(connection):
        done.setdefault(change.letter, []).append(change)
    of, letter_store = connection.execute(select(func.count()).select_from(table)).scalar_one(), LetterStore(connection)
    faults, count, last = list[Fault](), 0, 0
    joined = select(table, schema.texts.c.pages).outerjoin(schema.texts, schema.texts.c.no == table.c.no).order_by(table.c.no).limit(_BATCH)
    while rows := connection.execute(joined.where(table.c.no > last)).all():
        cited = _citations(connection, [row.no for row in rows])
        open_ones = unsettled(connection, [row.no for row in rows])
        ids = [row.id for row in rows]
        known, sealed = vouchers(connection, ids), seals.chained(connection, ids)
        for row in rows:
            wrong = [
                *_letter(row, known.get(row.id, {}), done.get(row.id, [])),
                *_links(row, cited.get(row.no, []), letter_store, open_ones.get(row.no, set())),
            ]
            wrong += [*register_checks.arrived(row), *register_checks.chained(row, sealed.get(row.id))]
            faults += [Fault(Cause.RECORD, row.id, vi, en) for vi, en in wrong]
        count, last = count + len(rows), rows[-1].no
        tell("letters", count, of)
    faults += [Fault(Cause.RECORD, *one) for one in (*register_checks.beside(connection), *form_checks.known(connection))]
    return count, faults


def _letter(row: Any, known: Mapping[str, Known], changes: list[corrections.Correction]) -> Iterator[tuple[str, str]]:
    """What is wrong with one letter's row."""
    if seal(row.parsed, row.pages) != row.seal:
        yield "nội dung đã đọc không khớp với dấu niêm (SHA-256)", "what was read does not match its seal (SHA-256)"
    try:
        parsed, record = Letter.model_validate_json(row.parsed), Letter.model_validate_json(row.record)
    except ValidationError:
        yield "bản ghi không đúng khuôn mẫu", "the record does not fit its schema"
        return
    if not form_checks.reads_back(row.record, record):
        yield "bản ghi có mục không đọc được", "the record holds what is not read"
    expected = corrections.standing(vouched(brought_up(parsed), known), changes, quarantined=row.quarantined)
    loose = {"copy_of", "text", "file_code", "archive_number", "references", *lacked(parsed)}
    record = record.model_copy(update={"review": tuple(field for field in record.review if field != CITED)})
    if record.model_dump(exclude=loose) != expected.model_dump(exclude=loose) or _cited(record, parsed) != _cited(expected, parsed):
        yield "bản ghi khác với nội dung đã đọc và lịch sử sửa", "the record is not what was read with its corrections upon it"
    columns = {**columns_of(record), "id": record.id, "sha256": record.source.sha256, "first_page": record.source.pages[0]}
    wrong = [name for name, value in columns.items() if getattr(row, name) != value]
    if wrong:
        yield f"cột tra cứu khác với bản ghi: {', '.join(wrong)}", f"columns differ from the record: {', '.join(wrong)}"


def _cited(letter: Letter, parsed: Letter) -> list[dict[str, Any]]:
    """The references but for what link found of them, and for what was filled in where the reading is of an earlier version."""
    loose = {"target", "candidates", *(field for one in parsed.references for field in lacked(one))}
    return [one.model_dump(exclude=loose) for one in letter.references]


def _citations(connection: Connection, numbers: list[int]) -> dict[int, list[Mapping[str, Any]]]:
    """Who cites what, as the table of citations has it, by letter."""
    there: dict[int, list[Mapping[str, Any]]] = {}
    for row in connection.execute(select(citations).where(citations.c.no.in_(numbers)).order_by(citations.c.no, citations.c.position)):
        there.setdefault(row.no, []).append(dict(row._mapping))
    return there


def _links(
    row: Any, there: list[Mapping[str, Any]], letter_store: LetterStore, open_ones: set[str]
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Citations against the record: who cites what is looked up there. open_ones: what none of them means until it is settled."""
    try:
        record = Letter.model_validate_json(row.record)
    except ValidationError:
        return  # told already
    yield from form_checks.cited(record, there, open_ones)
    meant = {one.target for one in record.references if one.target} - open_ones
    for lost in meant - letter_store.rows(sorted(meant)).keys():
        yield f"dẫn chiếu tới {lost} không có trong kho", f"it points to {lost}, which is not held"


def _secrets(connection: Connection, root: Path) -> Iterator[Fault]:
    """What must not be there: text or original of a letter under quarantine."""
    for row in connection.execute(select(table.c.no, table.c.id, table.c.sha256).where(table.c.quarantined)):
        said = connection.execute(select(schema.texts.c.no).where(schema.texts.c.no == row.no)).first()
        kept = connection.execute(select(schema.originals.c.file).where(schema.originals.c.sha256 == row.sha256)).first()
        if said or kept or list((root / "originals" / row.sha256[:2]).glob(f"{row.sha256[2:]}.*")):
            yield Fault(
                Cause.SECRET, row.id, "văn bản mật còn nội dung hoặc tệp trong kho", "text or file of a secret letter is still held"
            )
    claims = ledger.table.c.state == State.QUARANTINED
    for sha256 in connection.execute(select(ledger.table.c.sha256).where(claims).distinct()).scalars():
        if connection.execute(select(schema.originals.c.file).where(schema.originals.c.sha256 == sha256)).first():
            yield Fault(Cause.SECRET, sha256[:20], "tệp cách ly còn bản gốc trong kho", "the original of a quarantined file is still held")


def _index(connection: Connection) -> Iterator[Fault]:
    for what, vi, en in word_index.differences(connection):
        yield Fault(Cause.INDEX, what, vi, en)
