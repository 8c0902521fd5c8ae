"""What people put right in what a letter cites: the number, day or issuer that was misread, or which letter is meant."""

from __future__ import annotations

import re
from typing import Any

from models.letter import Letter
from models.reference import Reference
from models.skeleton import code

PARTS = ("number", "date", "issuer", "target")
_FIELD = re.compile(rf"reference:(?P<cited>.+):(?P<part>{'|'.join(PARTS)})")


def is_one(field: str) -> bool:
    """Whether this is how such a field is named: "reference:36/QĐ-TTg:date", with the number (or the words) as the record has it."""
    return _FIELD.fullmatch(field) is not None


def part_of(field: str) -> str:
    """The part that is put right: number, date, issuer or target."""
    found = _FIELD.fullmatch(field)
    assert found is not None
    return found["part"]


def meant(letter: Letter, field: str) -> list[int]:
    """The positions of the references that a field names: a document may be cited by several relations."""
    found = _FIELD.fullmatch(field)
    assert found is not None
    return [at for at, one in enumerate(letter.references) if code(one.number or one.text) == code(found["cited"])]


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
