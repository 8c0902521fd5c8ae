"""Whom a letter's own words oblige, and whether it instructs at all: what a trace needs of its text, taken when it is read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.skeleton import nfc

# "Điều 4. Các Bộ trưởng, …, Chủ tịch Ủy ban nhân dân các tỉnh … chịu trách nhiệm thi hành Quyết định này."
_ARTICLE = re.compile(
    r"Điều\s*\d+\s*[.:]?\s*(?P<who>(?:(?!Điều\s*\d+\s*[.:]).){3,600}?)\s*"
    r"(?:chịu|có) trách nhiệm\s*(?:tổ chức\s*)?(?:thi hành|thực hiện)",
    re.DOTALL | re.IGNORECASE,
)
# Bodies that nobody below gives anything: they are asked.
_ABOVE = (
    r"(?:(?i:quý|các)\s+)?(?:Bộ(?!\s+(?:Chỉ huy|CHQS|đội|Tư lệnh))|bộ, ngành|Thủ tướng|Chính phủ|Trung ương|Văn phòng Chính phủ|"
    r"Văn phòng Trung ương|Quốc hội|Ủy ban Dân tộc|Ban Bí thư|Tổng cục|Thanh tra Chính phủ|Kiểm toán [Nn]hà nước)\b"
)
# "Giao Sở …", "yêu cầu các sở …", "Phó Chủ tịch … có ý kiến như sau:"; whom follows with a capital or as a group ("giao thông" is none).
_INSTRUCTS = re.compile(
    r"(?:^|[\n.;:,)]\s*)(?:(?i:giao|yêu cầu|chỉ đạo)\s+(?:cho\s+)?|(?i:đề nghị)\s+"
    rf"(?!{_ABOVE}))(?=[A-ZĐỦỞÁÂ]|(?i:các|quý|thủ trưởng|giám đốc|chủ tịch)\b)"
    r"|(?i:có ý kiến như sau|yêu cầu:)"
)
_CENTRAL = re.compile(_ABOVE)


def gives_to(body: str) -> bool:
    """Whether a body of a province can be given something by one of the province: a ministry or the like can not."""
    return _CENTRAL.match(body) is None


def obligations(pages: Sequence[str]) -> tuple[str, ...]:
    """Those who answer for carrying the letter out, as its deciding articles name them. pages: the letter's text."""
    text = nfc(re.sub(r"\s+", " ", "\n".join(pages)))
    named = (who.strip() for found in _ARTICLE.finditer(text) for who in re.split(r"[,;]\s+(?=[A-ZĐỦC])", found["who"]))
    return tuple(dict.fromkeys(named))


def instructs(pages: Sequence[str]) -> bool:
    """Whether a letter's words instruct somebody to act. pages: its text, or what is at hand of it."""
    return bool(_INSTRUCTS.search(nfc("\n".join(pages))))
