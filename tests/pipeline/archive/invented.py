"""Invented letters, and stages that read them from plain text files: pages parted by form feeds, a letter's first page its JSON.

A page may also be an order to the reader: "!crash", "!hang", "!raise", "!until FILE" (wait until it is there), "!bomb", "!grow",
"!note FILE" (write a letter to it), "!refuse"; "!" alone is none.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from models.intake import Intake, Span
from models.ledger import State
from models.letter import Evidence, Header, Letter, Source, letter_id
from models.page import Box, Line, Page, Word
from models.reference import Assignment, Deadline, EffectClause, Reference, named
from pipeline.acquire import Locked, take
from pipeline.archive import Archive
from pipeline.archive.known.confirming import learn
from pipeline.archive.storing import store
from pipeline.archive.tables import ledger
from pipeline.archive.tables.database import writing
from pipeline.ingest import Stages, read_file
from tests.waiting import until

NGHE_AN = "Ủy ban nhân dân tỉnh Nghệ An"
HA_TINH = "Ủy ban nhân dân tỉnh Hà Tĩnh"
MINISTRY = "Bộ Khoa học và Công nghệ"


def sheet(  # noqa: PLR0913 (the fields of a letter, each with what most of them have)
    number: str | None, issuer: str | None = NGHE_AN, day: str | None = "2021-03-07",
    subject: str | None = "triển khai chương trình năng suất", *, doc_type: str = "CV",
    cites: Sequence[dict[str, Any]] = (), body: str = "", review: Sequence[str] = (), **header: Any,
) -> str:  # fmt: skip
    """The first page of an invented letter, as its file has it."""
    more = {key: header.pop(key) for key in ("deadlines", "assignments", "evidence", "effect", "scanned") if key in header}
    head = {"number": number, "issuer": issuer, "date": day, "subject": subject, "doc_type": doc_type, **header}
    return json.dumps({"header": head, "references": list(cites), "body": body, "review": list(review), **more}, ensure_ascii=False)


def cite(number: str, day: str | None = None, issuer: str | None = None, relation: str = "implements") -> dict[str, Any]:
    """A reference of an invented letter."""
    return {
        "number": number,
        "date": day,
        "issuer": issuer,
        "relation": relation,
        "text": f"văn bản số {number}",
        "sentence": f"Theo {number}.",
    }


def write(folder: Path, name: str, *pages: str) -> Path:
    """A file of these pages."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("\f".join(pages), encoding="utf-8")
    return path


def look(path: Path) -> Intake:
    """Stage 1 for invented files; whatever is no text file of ours goes the real way."""
    try:
        data = path.read_bytes() if path.is_file() else b""
    except OSError:
        data = b""
    if not data or data[:1] not in (b"{", b"!"):
        return take(path)
    if data.startswith(b"!refuse"):
        raise Locked(path)
    return Intake(
        path=path, name=path.name, sha256=hashlib.sha256(data).hexdigest(), size=len(data), kind="pdf", pages=data.count(b"\f") + 1
    )


def read(intake: Intake) -> Iterator[Page]:
    """Stages 2 to 4: a page of one line each; orders are obeyed."""
    for number, text in enumerate(intake.path.read_text(encoding="utf-8").split("\f"), 1):
        order, _, value = text.partition(" ")
        if order == "!crash":
            os._exit(9)
        elif order == "!hang":
            signal.pause()
        elif order == "!note":
            with Path(value).open("a", encoding="utf-8") as file:
                file.write("x")
        elif order == "!until":
            until(Path(value).exists)
        elif order == "!raise":
            raise RuntimeError("a sentence of the letter that no log may hold")
        elif order == "!bomb":
            bytearray(1 << 40)
        elif order == "!grow":
            hoard = []
            while True:
                hoard.append(bytearray(1 << 26))
        elif order == "!vanish":
            intake.path.unlink()
        elif order == "!change":
            intake.path.write_text(intake.path.read_text(encoding="utf-8") + " ", encoding="utf-8")
        box = Box(0, 0, 100, 10)
        yield Page(number=number, width=595, height=842, kind="digital", lines=(Line(words=(Word(text=text, box=box),)),))


def split(pages: Sequence[Page]) -> list[Span]:
    """Stage 5: a letter begins where a page is JSON."""
    begins = [page.number for page in pages if page.text.startswith("{")]
    ends = [*(begin - 1 for begin in begins[1:]), len(pages)]
    return [Span(first=first, last=last) for first, last in zip(begins, ends, strict=True)]


def parse(intake: Intake, pages: Sequence[Page], span: Span) -> Letter:
    """Stage 6: what the JSON says."""
    said = json.loads(pages[0].text)
    header = dict(said["header"])
    text = (f"{header.get('subject') or ''}\n{said['body']}", *(page.text for page in pages[1:]))
    return Letter(
        id=letter_id(intake.sha256, span.first),
        source=Source(
            file=intake.name, sha256=intake.sha256, pages=(span.first, span.last), kind="scan" if said.get("scanned") else "digital"
        ),
        header=Header.model_validate(header), review=tuple(said["review"]), text=text,
        references=named([Reference.model_validate(one) for one in said["references"]]),
        deadlines=tuple(Deadline.model_validate(one) for one in said.get("deadlines", ())),
        assignments=tuple(Assignment.model_validate(one) for one in said.get("assignments", ())),
        effect=tuple(EffectClause.model_validate(one) for one in said["effect"]) if "effect" in said else None,
        evidence={field: Evidence.model_validate(one) for field, one in said.get("evidence", {}).items()},
    )  # fmt: skip


def hand_in(archive: Archive, *paths: Path) -> list[State]:
    """Read invented files in this process and store them, one by one: what ingest does, without its workers."""
    states = []
    for path in paths:
        found = read_file(path, STAGES)
        sha256 = found.intake.sha256
        with writing(archive.engine) as connection:
            row = ledger.claim(connection, ledger.mark(path), sha256, "test")
        file = ledger.ClaimedFile(row, "test", path, sha256, "pdf", found.intake.pages)
        stored = store(archive.engine, archive.root, archive.linker, file, found.letters)
        states.append(stored.state)
    learn(archive.engine, archive.linker)
    return states


STAGES = Stages(look, read, split, parse)
