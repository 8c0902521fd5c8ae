"""A directive and all that act on it, proposed as one case file."""

from __future__ import annotations

from models.case_file import Proposal
from pipeline.archive import Archive, NotHeld
from pipeline.archive.books.case_files import pages_of
from pipeline.archive.filing import bearing
from pipeline.trace.questions import of_number


def propose(archive: Archive, number: str) -> list[Proposal]:
    """For each instruction of this number, the case file that it and all that act on it would make. Nothing is changed.

    Secret letters and further copies are left out. Raises NotHeld where nothing held bears or acts on it.
    """
    chains: dict[tuple[object, ...], set[str]] = {}
    for one in of_number(archive, number, None, None):
        what = one.instruction
        ids = {*one.letters, *one.path, *(action.letter for action in (*one.actions, *one.ended, *one.departments))}
        chains.setdefault((what.number, what.date, what.issuer), set()).update(ids)
    for letter in bearing(archive, number):
        head = letter.header
        key = next((key for key in chains if key[0] == head.number and key[1] in (None, head.date)), (head.number, head.date, head.issuer))
        chains.setdefault(key, set()).add(letter.id)
    found = [_proposal(archive, key, ids) for key, ids in chains.items()]
    if not any(one.letters for one in found):
        raise NotHeld(number)
    return [one for one in found if one.letters]


def _proposal(archive: Archive, key: tuple[object, ...], ids: set[str]) -> Proposal:
    held = []
    for id in sorted(ids):
        try:
            letter = archive.letter(id)
        except NotHeld:
            continue  # a document that is only cited
        if letter.copy_of is None and letter.header.secrecy is None and letter.text:
            held.append(letter)
    held.sort(key=lambda letter: (str(letter.header.date or ""), letter.id))
    days = sorted(letter.header.date for letter in held if letter.header.date)
    number, day, issuer = key
    parts = ["Tập văn bản về việc thực hiện văn bản số", str(number)]
    parts += [f"ngày {day:%d/%m/%Y}"] if day is not None else []
    parts += [f"của {issuer}"] if issuer else []
    return Proposal(
        title=" ".join(parts), begins=days[0] if days else None, ends=days[-1] if days else None,
        pages=sum(pages_of(letter) for letter in held), letters=tuple(letter.id for letter in held),
        filed=tuple(sorted({letter.file_code for letter in held if letter.file_code})),
    )  # fmt: skip
