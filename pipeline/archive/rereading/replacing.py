"""A file's letters as they were read anew, made ready to take the place of those of before: with what they ask, and what must stay."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from models.letter import Letter
from models.rereading import FieldChange
from pipeline.archive.people import corrections, reference_corrections
from pipeline.archive.rereading import partings, reports, rounds
from pipeline.archive.rereading.differences import weighed
from pipeline.archive.tables.letter_store import LetterStore

WHO = "congvan"  # who is named in the history where a person only asked for a file to be read anew


class Anew(NamedTuple):
    """A file read anew. before: its letters as they were read last; letters: as they are to be read now; changes: what is told of it.

    split: how its pages are parted now, where that waits for a person's word; else null.
    """

    sha256: str
    before: list[Letter]
    letters: list[Letter]
    changes: list[FieldChange]
    split: list[list[object]] | None


def anew(connection: Connection, sha256: str, letters: Sequence[Letter]) -> Anew:
    """Hold a file's letters against those that the archive has of it; of a secret one it has nothing to hold them against."""
    letter_store = LetterStore(connection)
    before = [] if letter_store.under_quarantine(sha256) else [_read(letter_store, id) for id in letter_store.of_file(sha256)]
    if not before:
        return first(sha256, letters)
    split, answer = rounds.split_of(connection, sha256)
    parted = partings.parted(connection, before, letters, take=answer == "take" and split == partings.spans(letters))
    was = {one.id: one for one in before}
    done = corrections.made(connection, list(was))
    found, changes = [], list(parted.changes)
    for one in parted.letters:
        if one.id not in was or one == was[one.id]:
            found.append(one)
            continue
        settled = [change.field for change in done if change.letter == one.id and not reference_corrections.is_one(change.field)]
        held = weighed(was[one.id], one, settled, reports.standing(connection, one.id))
        found.append(held.letter)
        changes += held.changes
    return Anew(sha256, before, found, changes, partings.spans(letters) if parted.held else None)


def first(sha256: str, letters: Sequence[Letter]) -> Anew:
    """A file that was not read before: its letters are taken as they are."""
    return Anew(sha256, [], list(letters), [], None)


def _read(letter_store: LetterStore, id: str) -> Letter:
    """A letter as it was read, with its text."""
    return letter_store.parsed(id).model_copy(update={"text": letter_store.letter(id).text})


def taking_place(connection: Connection, found: Anew) -> dict[str, str]:
    """Write down what becomes of the letters of before, before the new ones take their place. Return in which case files they lie."""
    codes = partings.codes_of(connection, [one.id for one in found.before])
    if found.split is None:
        partings.taken(connection, found.before, found.letters, WHO)
    return codes


def took_place(connection: Connection, id: int, found: Anew, codes: dict[str, str]) -> None:
    """Write down what changed, after it. id: of the reading anew; codes: as `taking_place` told them."""
    partings.filed_with(connection, found.before, codes, found.letters, WHO)
    reports.note(connection, id, found.sha256, found.changes)
    rounds.ask_split(connection, id, found.sha256, found.split)
