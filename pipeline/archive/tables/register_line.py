"""What may be kept of a letter that bears MẬT, TỐI MẬT or TUYỆT MẬT, and of those in one file with it: a line in the register."""

from __future__ import annotations

from pathlib import PurePath

from models.letter import Evidence, Header, Letter

_KINDS = (".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png")
# Decree 30/2020, appendix IV, without the subject; what the sheet says of itself and not of its matter
KEPT = ("issuer", "issuer_parent", "number", "doc_type", "place", "date", "urgency", "secrecy", "arrival")

ASKED = "secrecy"


def masked_name(name: str) -> str:
    """What stands for the name of a secret file wherever it is told: names say what a letter is about. Its kind alone is left.

    >>> masked_name("ke hoach dieu dong quan.PDF"), masked_name("cong van so 9. dieu quan")
    ('mật.pdf', 'mật')
    """
    kind = PurePath(name).suffix.lower()
    return f"mật{kind}" if kind in _KINDS else "mật"


def stripped(letter: Letter) -> Letter:
    """The letter as its register line: no text, subject, names (its file's own neither), references, nor the raw reading of any field.

    A mark that nearly is one stays in review, with where it stands: a cleared person says whether it is.
    """
    header = Header(**{field: getattr(letter.header, field) for field in KEPT})
    source = letter.source.model_copy(update={"file": masked_name(letter.source.file)})
    short = Letter(id=letter.id, source=source, header=header)
    seen = letter.evidence.get(ASKED)
    if ASKED not in letter.review or seen is None:
        return short
    place = Evidence(page=seen.page, box=seen.box, confidence=seen.confidence, doubts=seen.doubts)
    return short.model_copy(update={"review": (ASKED,), "evidence": {ASKED: place}})
