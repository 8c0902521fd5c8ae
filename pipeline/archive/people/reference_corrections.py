"""What people put right in what a letter cites: the number, day or issuer that was misread, or which letter is meant.

A field names the reference by its id ("reference:r3:date") or by its number as typed ("reference:36/QĐ-TTg:date"). It is kept with
both ("reference:r3 36/QĐ-TTg:date"): the change hangs on the id, and the number tells whether a later reading still has it there.
"""

from __future__ import annotations

import re
from typing import Any

from models.letter import Letter
from models.reference import Reference
from models.skeleton import code

PARTS = ("number", "date", "issuer", "target")
_NAMED = re.compile(rf"reference:(?:(?P<ids>r\d+(?:\+r\d+)*)(?: (?P<cited>.+))?|(?P<only>.+)):(?P<part>{'|'.join(PARTS)})")


class SeveralCited(ValueError):
    """A number was typed that the letter cites as that of several documents."""


def is_one(field: str) -> bool:
    """Whether this is how such a field is named."""
    return _NAMED.fullmatch(field) is not None


def part_of(field: str) -> str:
    """The part that is put right: number, date, issuer or target."""
    return _named(field)["part"]


def cited_in(field: str) -> str:
    """How a field names what is cited, for people: the number (or words), else the reference's id."""
    found = _named(field)
    return found["cited"] or found["only"] or found["ids"]


def _named(field: str) -> re.Match[str]:
    found = _NAMED.fullmatch(field)
    if found is None:
        raise ValueError(f"no field of a reference: {field}")
    return found


def meant(letter: Letter, field: str) -> list[int]:
    """The positions of the references that a field names.

    By id, where the one of that id still bears the number; else the only one that does: of several it is not known which. A number
    alone, as it was kept before there were ids, names all that bear it.
    """
    found = _named(field)
    bearing = [at for at, one in enumerate(letter.references) if code(_bears(one)) == code(found["cited"] or found["only"] or "")]
    if not found["ids"]:
        return bearing
    ids = found["ids"].split("+")
    by_id = [at for at, one in enumerate(letter.references) if one.id in ids and (not found["cited"] or at in bearing)]
    return by_id or (bearing if len(bearing) == 1 else [])


def hung(letter: Letter, field: str) -> str:
    """The field as it is kept, on the ids of the references that it names in the letter as it is now; as it is where it names none.

    Raises SeveralCited where a number alone was given and those that bear it are not one document.
    """
    named = [letter.references[at] for at in meant(letter, field)]
    if not named:
        return field
    if not _named(field)["ids"] and len({(one.date, one.issuer) for one in named}) > 1:
        raise SeveralCited(", ".join(f"reference:{one.id}:{part_of(field)}" for one in named))
    return f"reference:{'+'.join(one.id for one in named)} {_bears(named[0])}:{part_of(field)}"


def _bears(reference: Reference) -> str:
    return reference.number or reference.text


def value_of(letter: Letter, field: str) -> Any:
    """The plain JSON value as it is now; null where there is none, or no such reference."""
    for at in meant(letter, field):
        return letter.references[at].model_dump(mode="json")[part_of(field)]
    return None


def put(letter: Letter, field: str, value: Any) -> Letter:
    """The letter with that part of its references changed. A reading that no longer has them is left as it is.

    A target that a person names stands; null says that none of the letters held is meant. Raises ValueError where the value does not fit.
    """
    at = set(meant(letter, field))
    change = {part_of(field): value, **({"settled": True, "candidates": ()} if part_of(field) == "target" else {})}
    changed = (
        Reference.model_validate({**one.model_dump(mode="json"), **change}) if n in at else one for n, one in enumerate(letter.references)
    )
    return letter.model_copy(update={"references": tuple(changed)})
