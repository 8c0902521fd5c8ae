"""The letters as files for programs: jsonl (the record's own form), csv and parquet (a row a letter), edXML (a file a letter)."""

from __future__ import annotations

import csv
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from models.letter import Letter
from models.skeleton import skeleton
from pipeline.archive.exports.spreadsheets import safe
from pipeline.extras import needs

ExportFormat = Literal["jsonl", "csv", "parquet", "edxml"]
FORMATS: tuple[ExportFormat, ...] = ("jsonl", "csv", "parquet", "edxml")
_LISTS = ("recipients", "copies", "signer_capacity", "review")
_BATCH = 500
_COLUMNS = (
    "id", "copy_of", "file", "sha256", "first_page", "last_page", "kind", "first_annex_page", "last_annex_page", "issuer", "issuer_parent",
    "number", "doc_type", "place", "date", "subject", "recipients", "copies", "signer_name", "signer_title", "signer_capacity",
    "directing_authority", "urgency", "secrecy", "arrival_number", "arrival_date", "review", "references", "deadlines", "assignments",
    "file_code",
)  # fmt: skip


def export(letters: Iterable[Letter], format: ExportFormat, target: Path) -> int:
    """Write the letters to `target`, whole or not at all. Return how many.

    edxml: `target` is a folder, made where it is not there; each file of it is written whole or not at all.
    csv: lists joined by "; ", safe against formulas, without the text; parquet: lists as lists, references as JSON, with the text.
    A letter under quarantine has neither text nor subject in any of them: the archive does not hold them. Raises ValueError, OSError.
    """
    if format not in FORMATS:
        raise ValueError(f"{format}: không có dạng này / no such format. {', '.join(FORMATS)}")
    if format == "edxml":
        target.mkdir(parents=True, exist_ok=True)
        return sum(_packet(letter, target) for letter in letters)
    with whole(target) as temporary:
        if format == "jsonl":
            with temporary.open("w", encoding="utf-8") as out:
                return sum(out.write(line(letter)) > 0 for letter in letters)
        if format == "csv":
            with temporary.open("w", encoding="utf-8-sig", newline="") as out:
                writer = csv.writer(out)
                writer.writerow(_COLUMNS)
                return sum(writer.writerow([safe(_flat(value)) for value in row(letter).values()]) > 0 for letter in letters)
        return _parquet(letters, temporary)


def _packet(letter: Letter, folder: Path) -> int:
    from pipeline.archive.exports.edxml import as_edxml

    with whole(folder / f"{packet_name(letter)}.edxml") as temporary:
        temporary.write_text(as_edxml(letter), encoding="utf-8")
    return 1


def packet_name(letter: Letter) -> str:
    """A file's name for a letter that says its number and day and is no other's: "1002-UBND-VX_2021-03-07_<id>"."""
    number = re.sub(r"[^0-9A-Za-z]+", "-", skeleton(letter.header.number or "")).strip("-")[:60]
    return "_".join(part for part in (number, str(letter.header.date or ""), letter.id) if part)


def line(letter: Letter) -> str:
    """A letter as a line of jsonl."""
    return json.dumps(letter.record(), ensure_ascii=False) + "\n"


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its name when it is complete."""
    descriptor, name = tempfile.mkstemp(dir=target.absolute().parent, prefix=f".{target.name[:100]}.")
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o640)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def row(letter: Letter) -> dict[str, Any]:
    """A letter as one flat row."""
    head, source = letter.header, letter.source
    annex = source.annex_pages or (None, None)
    values: dict[str, Any] = {
        "file_code": letter.file_code,
        "id": letter.id, "copy_of": letter.copy_of, "file": source.file, "sha256": source.sha256, "first_page": source.pages[0],
        "last_page": source.pages[1], "kind": source.kind, "first_annex_page": annex[0], "last_annex_page": annex[1],
        "signer_name": head.signer.name, "signer_title": head.signer.title, "signer_capacity": list(head.signer.capacity),
        "arrival_number": head.arrival.number if head.arrival else None, "arrival_date": head.arrival.date if head.arrival else None,
        "recipients": list(head.recipients), "copies": list(head.copies), "review": list(letter.review),
        "references": _json(letter.references), "deadlines": _json(letter.deadlines), "assignments": _json(letter.assignments),
    }  # fmt: skip
    return {name: values[name] if name in values else getattr(head, name) for name in _COLUMNS}


def _json(items: Iterable[Any]) -> str:
    return json.dumps([item.model_dump(mode="json") for item in items], ensure_ascii=False)


def _flat(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, list) else value.isoformat() if hasattr(value, "isoformat") else value


def _parquet(letters: Iterable[Letter], target: Path) -> int:
    with needs("parquet"):
        import pyarrow as pa
        from pyarrow import parquet

    kinds = {"date": pa.date32(), "arrival_date": pa.date32()} | {name: pa.list_(pa.string()) for name in _LISTS}
    kinds |= {name: pa.int32() for name in _COLUMNS if name.endswith("_page")}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in _COLUMNS] + [("text", pa.list_(pa.string()))])
    done, rest = 0, iter(letters)
    with parquet.ParquetWriter(target, schema) as writer:
        while batch := list(islice(rest, _BATCH)):
            writer.write_table(pa.Table.from_pylist([{**row(letter), "text": list(letter.text)} for letter in batch], schema=schema))
            done += len(batch)
    return done
