"""What a sheet does not give, the letters that cite it may: an unread number or day is told by those who name its subject.

A handwritten number is often unread, while ten letters cite it in print. Those that name its subject find it by issuer, day and subject
(`resolve`); they tell its number and day, and by these the letters that cite it in short find it too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date as Date

from models.letter import Letter
from models.reference import Reference
from pipeline.link.candidates import MemoryIndex
from pipeline.link.resolving import citing, resolve

_TO_CORRECT = 2  # letters that must agree before a doubtful reading gives way to what they cite


def completed(letter: Letter, citing: Iterable[tuple[str, Reference]]) -> Letter:
    """Return `letter` with the number and day that its citations tell, where its sheet gave none, or gave one that is in review.

    citing: ids of the citing letters with their references that have `letter` as target. Citations that differ tell nothing.
    """
    pairs = list(citing)
    # of several spellings of one number ("QD-TTg", "QĐ-TTg") the one that most citations have, whatever their order
    spellings = Counter(r.number for _, r in pairs if r.number and r.number_key)
    number = _agreed((id, key) for id, r in pairs if (key := r.number_key))
    day = _agreed((id, r.date.isoformat()) for id, r in pairs if r.date)
    head, update = letter.header, dict[str, object]()
    if number is not None and head.number_key != number[0]:
        blank = head.number_key is None
        if blank or ("number" in letter.review and number[1] >= _TO_CORRECT):
            update["number"] = min(spellings, key=lambda spelling: (-spellings[spelling], spelling))
    if day is not None and head.date is None:
        update["date"] = Date.fromisoformat(day[0])
    return letter.model_copy(update={"header": head.model_copy(update=update)}) if update else letter


def _agreed(values: Iterable[tuple[str, str]]) -> tuple[str, int] | None:
    """The value that all agree on, and how many letters say it; null where they differ or say nothing."""
    said: dict[str, set[str]] = defaultdict(set)
    for id, value in values:
        said[value].add(id)
    return next(((value, len(ids)) for value, ids in said.items()), None) if len(said) == 1 else None


def settle(letters: Iterable[Letter]) -> list[Letter]:
    """Return resolved letters in their order, with targets added that are found only by what other letters tell.

    A pure function of the set of letters: no target that `resolve` set is changed.
    """
    return settled(letters)[0]


def settled(letters: Iterable[Letter]) -> tuple[list[Letter], dict[str, Letter]]:
    """The same, and by id the letters whose number or day the others then tell, completed."""
    held = {letter.id: letter for letter in letters}
    mended = completions(held)
    if not mended:
        return list(held.values()), {}
    index = MemoryIndex(mended.values())
    wanted = {letter.header.number_key for letter in mended.values()}
    found = [resolve_among(letter, index, wanted) for letter in held.values()]
    return found, completions({letter.id: letter for letter in found})


def completions(held: Mapping[str, Letter]) -> dict[str, Letter]:
    """The held letters whose number or day the others tell, completed; by id."""
    doubtful = {
        id for id, letter in held.items() if letter.header.number_key is None or letter.header.date is None or "number" in letter.review
    }
    citing: dict[str, list[tuple[str, Reference]]] = defaultdict(list)
    for id, letter in held.items():
        for reference in letter.references:
            if reference.target in doubtful and reference.target != id:
                citing[reference.target].append((id, reference))
    found = {id: completed(held[id], pairs) for id, pairs in citing.items()}
    return {id: letter for id, letter in found.items() if letter is not held[id]}


def resolve_among(letter: Letter, index: MemoryIndex, wanted: set[str | None]) -> Letter:
    """Resolve what is open in a letter among completed ones alone. index: these; wanted: the keys of their numbers."""
    open_ones = [r.target is None and r.number_key in wanted for r in letter.references]
    if not any(open_ones):
        return letter
    tried: Sequence[Reference] = resolve(letter, index).references
    kept = (
        new if is_open and new.target is not None and (not old.candidates or new.target in old.candidates) else old
        for old, new, is_open in zip(letter.references, tried, open_ones, strict=True)
    )
    return citing(letter, kept)
