"""Whether what a person reads on the sheet is what the archive holds: a number by its key, a day as a day, words as search spells them."""

from __future__ import annotations

import re
from typing import Any

from models.number import number_key
from models.skeleton import code, nfc, skeleton
from pipeline.archive.people.corrections import NotAField, plain
from pipeline.archive.tables.search_folding import spelled
from rules import cues
from rules.issuers.catalogue import expand
from rules.persons.names import bare_name

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def typed(field: str, text: str) -> Any:
    """What was typed, as the archive keeps it. Raises NotAField where a day is none."""
    value = plain(field, text)
    if field.endswith("date") and value and not _DAY.fullmatch(value):
        raise NotAField("ngày viết như 07/03/2021 / a day is written as 07/03/2021")
    return value


def reads_alike(field: str, held: Any, read: Any) -> bool:
    """Whether two values say the same: case, blanks, punctuation, the place of a tone mark, how a list is parted, the words before a
    subject, a person's titles and a body's abbreviation do not matter; marks do.

    held, read: plain JSON values.

    >>> reads_alike("issuer", "Ủy ban nhân dân tỉnh Hoà Bình", "UBND TỈNH HÒA BÌNH"), reads_alike("subject", "cấp bổ sung", "cắp bổ sung")
    (True, False)
    """
    return _said(field, held) == _said(field, read)


def _said(field: str, value: Any) -> str:
    text = " ".join(nfc("; ".join(value) if isinstance(value, list) else value or "").split())
    if field.endswith("date"):
        return text
    if field == "arrival.number":
        return code(text).lstrip("0")
    if field == "number":
        return number_key(text) or code(text)
    if field == "subject":
        lead = cues.match("subject_lead", skeleton(text))
        text = text[lead.end() :] if lead else text
    return re.sub(r"[\W_]+", "", spelled(expand(bare_name(text) if field == "signer.name" else text)))
