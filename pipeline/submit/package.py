"""The package on the disk: PDF/A files, metadata (XML, CSV, JSON), checksums, a manifest, and the list of what did not go."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable
from datetime import UTC
from datetime import datetime as Datetime
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from pipeline.archive import Archive
from pipeline.archive.exports.spreadsheets import safe
from pipeline.archive.tables.originals import fingerprint
from pipeline.exit_codes import ExitCode
from pipeline.submit import fields, two_layers
from pipeline.submit.choosing import Choice, Going, Lacking, choose

CHECKSUMS, MANIFEST = "manifest-sha256.txt", "manifest.json"
Tell = Callable[[int, int], None]


class FolderTaken(Exception):
    """The folder for the package is there and not empty."""

    exit_code = ExitCode.PACKAGE_FOLDER_TAKEN

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.folder = folder

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        if lang == "en":
            return f"The folder {self.folder} is not empty. Name one that is not there: a package is made whole or not at all."
        return f"Thư mục {self.folder} không rỗng. Hãy chọn thư mục chưa có: gói được lập trọn vẹn hoặc không lập."


class Handover(NamedTuple):
    """What a package came to. letters, files, pages, bytes: what went; lacking: what did not, and why."""

    folder: Path
    letters: int
    files: int
    pages: int
    bytes: int
    lacking: tuple[Lacking, ...]


def _silent(done: int, of: int) -> None:
    """Nobody waits."""


def submit(
    archive: Archive, target: Path, choice: Choice = Choice(), *, organ: str | None = None, mode: str = "02", tell: Tell = _silent  # noqa: B008
) -> Handover:  # fmt: skip
    """Make the package in `target`, whole or not at all. Return what went and what did not.

    organ: the office's identification code (Decision 20/2020/QĐ-TTg), for the documents' ids; mode: of use, a code of
    rules/archive_codes.tsv ("01" open, "02" on conditions); tell: called with (letters done, of all).
    Raises NotReady (no OCRmyPDF), FolderTaken, case_files.NoFile, ValueError (mode), OSError.
    """
    if mode not in ("01", "02"):
        raise ValueError(f"mode: {mode}: 01, 02")
    two_layers.ready()
    target = target.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FolderTaken(target)
    going, lacking = choose(archive, choice)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    try:
        went = _documents(archive, part, going, lacking, organ=organ, mode=mode, tell=tell)
        _metadata(part, went, mode)
        _left(part / "khong-nop.csv", lacking)
        _manifest(part, archive, went, lacking, mode)
        if target.exists():
            target.rmdir()
        part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    pages = sum(one.letter.source.pages[1] - one.letter.source.pages[0] + 1 for one, _ in went)
    return Handover(target, len(went), len({one.file.code for one, _ in went}), pages, size, tuple(lacking))


def _documents(
    archive: Archive, folder: Path, going: Iterable[Going], lacking: list[Lacking], *, organ: str | None, mode: str, tell: Tell
) -> list[tuple[Going, dict[str, Any]]]:
    """Make each letter's PDF/A. One of which none can be made joins those that do not go, and the next takes its ordinal."""
    wanted, went = list(going), list[tuple[Going, dict[str, Any]]]()
    count: dict[str, int] = {}
    for done, one in enumerate(wanted):
        tell(done, len(wanted))
        at = count.get(one.file.code, 0) + 1
        values = fields.document(one.letter, one.file, at, organ=organ, mode=mode)
        place = folder / "tai-lieu" / fields.file_name(one.file.code)
        place.mkdir(parents=True, exist_ok=True)
        target = place / f"{values['docCode']}.pdf"
        original = archive.original(one.letter.id)
        try:
            if original is None or not original.is_file() or fingerprint(original) != one.letter.source.sha256:
                raise two_layers.NotMade("bản gốc mất hoặc đã khác / the original is gone or has changed")
            two_layers.make(one.letter, original, target)
        except two_layers.NotMade as error:
            vi, en = f"không lập được PDF/A ({error.why})", f"no PDF/A could be made ({error.why})"
            lacking.append(Lacking(one.letter, (vi,), (en,)))
            continue
        if one.letter.signatures and original is not None:
            # a signature holds for the bytes that were signed: they go along as they are
            signed = folder / "ban-goc-ky-so" / f"{values['docCode']}{original.suffix}"
            signed.parent.mkdir(exist_ok=True)
            shutil.copyfile(original, signed)
        count[one.file.code] = at
        went.append((one._replace(ordinal=at), values))
    tell(len(wanted), len(wanted))
    return went


def _metadata(folder: Path, went: list[tuple[Going, dict[str, Any]]], mode: str) -> None:
    place = folder / "sieu-du-lieu"
    place.mkdir()
    documents = [values for _, values in went]
    by_file: dict[str, list[Going]] = {}
    for one, _ in went:
        by_file.setdefault(one.file.code, []).append(one)
    files = [fields.case_file(some[0].file, [one.letter for one in some], mode=mode) for some in by_file.values()]
    for name, rows, about in (("tai-lieu", documents, "document"), ("ho-so", files, "file")):
        (place / f"{name}.json").write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        with (place / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(fields.names(about))
            writer.writerows([safe(row[field]) for field in fields.names(about)] for row in rows)
        _xml(place / f"{name}.xml", "documents" if about == "document" else "files", about, rows)


def _xml(path: Path, root: str, each: str, rows: Iterable[dict[str, Any]]) -> None:
    tree = ElementTree.Element(root)
    for row in rows:
        element = ElementTree.SubElement(tree, each)
        for name, value in row.items():
            ElementTree.SubElement(element, name).text = _allowed(str(value))
    ElementTree.indent(tree)
    ElementTree.ElementTree(tree).write(path, encoding="utf-8", xml_declaration=True)


def _allowed(text: str) -> str:
    return "".join(c for c in text if c in "\t\n\r" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF)))


def _left(path: Path, lacking: Iterable[Lacking]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("id", "Số, ký hiệu", "Ngày", "Cơ quan ban hành", "Hồ sơ", "Còn thiếu"))
        for one in lacking:
            head = one.letter.header
            row = (one.letter.id, head.number, fields.day(head.date), head.issuer, one.letter.file_code, "; ".join(one.vi))
            writer.writerow([safe(cell or "") for cell in row])


def _manifest(folder: Path, archive: Archive, went: list[tuple[Going, dict[str, Any]]], lacking: list[Lacking], mode: str) -> None:
    told = {
        "standard": "05/2025/TT-BNV", "made": Datetime.now(UTC).isoformat(timespec="seconds"), "office": archive.setting("office"),
        "mode": mode, "letters": len(went), "files": len({one.file.code for one, _ in went}), "not_submitted": len(lacking),
        "documents": [
            {"id": each.id, "docCode": values["docCode"], "original_sha256": each.source.sha256, "pages": each.source.pages}
            for each, values in ((one.letter, values) for one, values in went)
        ],
    }  # fmt: skip
    (folder / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    lines = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n")
            path.chmod(0o640)
    with (folder / CHECKSUMS).open("w", encoding="utf-8") as out:
        out.writelines(lines)
        out.flush()
        os.fsync(out.fileno())
