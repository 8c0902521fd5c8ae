"""Whom a letter lays something on, and whether it instructs at all: read from Kính gửi, the deciding articles, Nơi nhận."""

from __future__ import annotations

import re

from models.letter import Letter
from models.skeleton import nfc

# "Điều 4. Các Bộ trưởng, …, Chủ tịch Ủy ban nhân dân các tỉnh … chịu trách nhiệm thi hành Quyết định này."
_ARTICLE = re.compile(
    r"Điều\s*\d+\s*[.:]?\s*(?P<who>(?:(?!Điều\s*\d+\s*[.:]).){3,600}?)\s*"
    r"(?:chịu|có) trách nhiệm\s*(?:tổ chức\s*)?(?:thi hành|thực hiện)",
    re.DOTALL | re.IGNORECASE,
)
# "Giao Sở …", "yêu cầu các sở …", "Phó Chủ tịch … có ý kiến như sau:"; whom follows with a capital or as a group ("giao thông" is none).
_INSTRUCTS = re.compile(
    r"(?:^|[\n.;:,)]\s*)(?i:giao|yêu cầu|đề nghị|chỉ đạo)\s+(?:cho\s+)?(?=[A-ZĐỦỞÁÂ]|(?i:các|quý|thủ trưởng|giám đốc|chủ tịch)\b)"
    r"|(?i:có ý kiến như sau|yêu cầu:)"
)
# Items of Nơi nhận that oblige nobody: for the file, for knowledge, inner leaders.
_NOT_OBLIGED = re.compile(r"^\s*(?:-\s*)?(?:như|lưu)\b|\(\s*để\s*(?:b/?c|báo cáo|biết)", re.IGNORECASE)


def obliged(letter: Letter) -> tuple[str, ...]:
    """The addressees a letter obliges, as phrases: Kính gửi; else those who answer for its carrying out; else Nơi nhận."""
    head = letter.header
    if head.recipients:
        return head.recipients
    text = nfc(re.sub(r"\s+", " ", "\n".join(letter.text)))
    named = [who.strip() for found in _ARTICLE.finditer(text) for who in re.split(r"[,;]\s+(?=[A-ZĐỦC])", found["who"])]
    copies = [item for item in head.copies if not _NOT_OBLIGED.search(item)]
    return tuple(dict.fromkeys([*named, *copies]))


def instructs(letter: Letter) -> bool:
    """Whether a letter assigns work or instructs somebody to act; where its text is not at hand, by the sentences it cites in."""
    text = "\n".join(letter.text) or "\n".join([letter.header.subject or "", *(r.sentence for r in letter.references)])
    return bool(letter.assignments) or bool(_INSTRUCTS.search(nfc(text)))
