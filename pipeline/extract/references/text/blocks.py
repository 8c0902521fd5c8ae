"""Where paragraphs begin that a line end did not part, and which of them is the title under the type's name.

A numbered item always begins a paragraph ("… của Thủ tướng Chính phủ 1. Quyết định số …"), so does a ground ("… lâm nghiệp Căn cứ …").
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from pipeline.extract.references.text.body_text import BodyText, Paragraph
from pipeline.extract.references.text.folding import fold
from rules.tables import rows

_INSIDE = re.compile(r"(?<=[^\W\d]) (?:(?P<number>\d{1,2})\. (?=[A-ZĐÀ-Ỹ][^\W\d_]+ )|(?=Căn cứ (?:[A-ZĐÀ-Ỹ]|vào |các )))")
_OPEN_GROUND = re.compile(r"\W*Căn cứ\b[^\n]*[^\W\d_]\s*")
_STATE = re.compile(r"Cộng h(?:oà|òa) xã hội", re.IGNORECASE)
_NUMBERED = re.compile(r"\W*(?P<number>\d{1,2})[.)]\s")
_NO_ITEM = re.compile(r"(?<!\w)(?:dieu|khoan|diem|muc|so|chuong|phan|bang|bieu|hinh|ngay|thang|nam|quy|lan|thu|va|cua|tai)$")
_TITLE = 400  # characters of a title at most
_AMONG = 4  # paragraphs that a title is looked for among
_BODY = re.compile(r"\W*(?:can cu|dieu \d|chuong |thuc hien|theo de nghi|xet )")


def blocks(body: BodyText) -> BodyText:
    """The running text with the paragraphs that a line end did not part, its title as a subject. The text stays as it is."""
    return body._replace(paragraphs=_titled(body, _parted(body)))


def _parted(body: BodyText) -> tuple[Paragraph, ...]:
    paragraphs = _joined(body)
    if not _INSIDE.search(body.text):
        return paragraphs
    numbers = [(int(found["number"]), p.start) for p in paragraphs if (found := _NUMBERED.match(body.text, p.start, p.end))]
    out: list[Paragraph] = []
    for paragraph in paragraphs:
        cuts = [paragraph.start]
        for found in _INSIDE.finditer(body.text, paragraph.start, paragraph.end):
            if found["number"] is None:
                cuts.append(found.end())
                continue
            number = int(found["number"])
            last = max(((at, n) for n, at in numbers if at < found.start()), default=(0, 0))[1]
            if (number - 1 == last > 0 or any(n == number + 1 and at > found.start() for n, at in numbers)) and not _NO_ITEM.search(
                fold(body.text[max(0, found.start() - 12) : found.start()])
            ):
                cuts.append(found.start() + 1)
                numbers.append((number, found.start() + 1))
        ends = [*(cut - 1 for cut in cuts[1:]), paragraph.end]
        out += [Paragraph(a, b, paragraph.kind) for a, b in zip(cuts, ends, strict=True)]
    return tuple(out)


def _joined(body: BodyText) -> tuple[Paragraph, ...]:
    """The paragraphs, a ground whose name of the state a line parts in one ("Căn cứ Hiến pháp nước ¶ Cộng hòa …")."""
    out: list[Paragraph] = []
    for paragraph in body.paragraphs:
        last = out[-1] if out else None
        if (
            last
            and last.kind == paragraph.kind
            and _STATE.match(body.text, paragraph.start)
            and _OPEN_GROUND.fullmatch(body.text, last.start, last.end)
        ):
            out[-1] = out[-1]._replace(end=paragraph.end)
        else:
            out.append(paragraph)
    return tuple(out)


@cache
def _types() -> frozenset[str]:
    return frozenset(re.sub(r"\s*\(.*", "", fold(row["name_vi"])).strip() for row in rows("document_types"))


def _titled(body: BodyText, paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs, the one that is the title under (or behind) the type's name of the kind of a subject."""
    if not paragraphs or paragraphs[0].kind == "subject":
        return paragraphs
    for (_, one), (at, two) in pairwise(enumerate((Paragraph(0, 0, "body"), *paragraphs[:_AMONG]), -1)):
        title = body.text[two.start : two.end].strip()
        folded = fold(title)
        under = fold(body.text[one.start : one.end]).strip(" :*_") in _types() and body.text[one.start : one.end].isupper()
        behind = title.isupper() and any(folded.startswith(f"{name} ") for name in _types())
        if (under or behind) and 12 < len(title) < _TITLE and not _BODY.match(folded):
            return (*paragraphs[:at], two._replace(kind="subject"), *paragraphs[at + 1 :])
    return paragraphs
