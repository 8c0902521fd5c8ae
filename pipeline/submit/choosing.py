"""Which letters go, and what the others lack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date
from typing import NamedTuple

from models.case_file import CaseFile
from models.letter import Letter
from pipeline.archive import Archive
from pipeline.archive.books import case_files
from pipeline.archive.tables.database import reading
from pipeline.submit.fields import REQUIRED


class Choice(NamedTuple):
    """What is to be handed over: one case file, or the letters of these days (both included), or all."""

    file: str | None = None
    since: Date | None = None
    until: Date | None = None


class Lacking(NamedTuple):
    """A letter that does not go, and why, for a person."""

    letter: Letter
    vi: tuple[str, ...]
    en: tuple[str, ...]


class Going(NamedTuple):
    """A letter that goes. file: where it lies; ordinal: in that file, from 1."""

    letter: Letter
    file: CaseFile
    ordinal: int


def choose(archive: Archive, choice: Choice) -> tuple[list[Going], list[Lacking]]:
    """Part the letters that can go from those that lack something. Raises case_files.NoFile."""
    with reading(archive.engine) as connection:
        wanted = case_files.code_of(connection, choice.file) if choice.file else None
        files = {one.code: one for one in case_files.files(connection, wanted)}
        places: dict[str, tuple[str, int]] = {}
        for code in files:
            # an ordinal is the letter's place among those that go: a gap would look like a loss
            places |= {letter.id: (code, at) for at, letter in enumerate(case_files.contents(connection, code))}
    letters = [letter for letter in archive.letters() if _meant(letter, choice, places, wanted)]
    letters.sort(key=lambda one: (*places.get(one.id, ("\uffff", 0)), one.header.date or Date.max, one.id))
    quarantined = {entry.sha256 for entry in archive.status() if entry.state == "quarantined"}
    going: list[Going] = []
    lacking: list[Lacking] = []
    count: dict[str, int] = {}
    for letter in letters:
        file = files[places[letter.id][0]] if letter.id in places else None
        missing = _missing(letter, file, secret=letter.source.sha256 in quarantined)
        if missing or file is None:
            lacking.append(Lacking(letter, tuple(vi for vi, _ in missing), tuple(en for _, en in missing)))
        else:
            count[file.code] = count.get(file.code, 0) + 1
            going.append(Going(letter, file, count[file.code]))
    return going, lacking


def _meant(letter: Letter, choice: Choice, places: dict[str, tuple[str, int]], wanted: str | None) -> bool:
    if wanted is not None:
        return letter.id in places
    day = letter.header.date
    if choice.since is None and choice.until is None:
        return True
    return day is not None and (choice.since is None or day >= choice.since) and (choice.until is None or day <= choice.until)


def _missing(letter: Letter, file: CaseFile | None, *, secret: bool) -> Sequence[tuple[str, str]]:
    """What a letter lacks, Vietnamese and English."""
    if secret or letter.header.secrecy:
        return [("văn bản mật: giao nộp riêng", "secret: handed over apart")]
    if letter.copy_of:
        return [(f"bản khác của {letter.copy_of}", f"another copy of {letter.copy_of}")]
    found = []
    if file is None:
        found.append(("chưa lập hồ sơ", "it lies in no case file"))
    elif not file.retention:
        found.append(("hồ sơ chưa có thời hạn bảo quản", "its case file has no retention period"))
    for name, vi, en in REQUIRED:
        if getattr(letter.header, name) is None and not (name == "doc_type" and letter.header.number):
            found.append((f"thiếu {vi}", f"no {en}"))
    return found
