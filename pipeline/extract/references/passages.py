"""References of a plain text, for programs: `cite` gives them with their places in the text as it was handed in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate

from models.letter import Header
from models.reference import Reference
from models.skeleton import nfc
from pipeline.extract.references import references_of
from pipeline.extract.references.text.body_text import of_text

_LETTER = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+")


def cite(text: str, citing: Header | None = None) -> list[Reference]:
    """The references of a text whose line breaks part paragraphs, in the order of the record.

    citing: what is known of the letter that the text is of; what its subject cites counts too. start and end are offsets in `text`
    (whatever its Unicode form), null for what stands in the subject.
    """
    header = citing or Header()
    body = of_text(text, header.subject)
    kept = nfc(text)
    within = len(body.text) - len(kept)
    same = len(kept) == len(text) and unicodedata.is_normalized("NFC", text)
    offsets = range(len(text) + 1) if same else _offsets(text)
    return [_placed(one, within, offsets) for one in references_of(body, header)]


def _offsets(text: str) -> list[int]:
    """Where each character of the text as it is kept (`nfc`) begins in `text`, and the text's end."""
    letters = _LETTER.findall(text)
    starts = accumulate(map(len, letters), initial=0)
    return [at for letter, at in zip(letters, starts, strict=False) for _ in nfc(letter)] + [len(text)]


def _placed(reference: Reference, within: int, offsets: Sequence[int]) -> Reference:
    if reference.start is None or reference.end is None or reference.start < within:
        return reference.model_copy(update={"start": None, "end": None})
    return reference.model_copy(update={"start": offsets[reference.start - within], "end": offsets[reference.end - within]})
