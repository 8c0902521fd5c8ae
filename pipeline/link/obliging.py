"""Whom a letter lays something on, and whether it instructs at all: by Kính gửi, the deciding articles, Nơi nhận.

What its words say was stored when it was read; of a record of before, its text is asked.
"""

from __future__ import annotations

import re

from models.letter import Letter
from pipeline.extract.references.duties import obligations as said
from rules.places.addressees import expand

# Items of Nơi nhận that oblige nobody: for the file, for knowledge, inner leaders.
_NOT_OBLIGED = re.compile(r"^\s*(?:-\s*)?(?:như|lưu)\b|\(\s*(?:để\s*)?(?:b/?c|báo cáo|biết|theo dõi)", re.IGNORECASE)


def obliged(letter: Letter) -> tuple[str, ...]:
    """The addressees a letter obliges, as phrases: Kính gửi, with the provinces that Nơi nhận tells too; else those who answer for its
    carrying out, and Nơi nhận."""
    head = letter.header
    copies = [item for item in head.copies if not _NOT_OBLIGED.search(item)]
    if head.recipients:
        return tuple(dict.fromkeys([*head.recipients, *(item for item in copies if expand(item, head.date))]))
    named = said.obligations(letter.text) if letter.obligations is None else letter.obligations
    return tuple(dict.fromkeys([*named, *copies]))


def instructs(letter: Letter) -> bool:
    """Whether a letter assigns work or instructs somebody to act; of a record of before without its text, by the sentences it cites in."""
    if letter.instructs is not None:
        return letter.instructs
    words = letter.text if any(letter.text) else (letter.header.subject or "", *(r.sentence for r in letter.references))
    return bool(letter.assignments) or said.instructs(words)
