"""Short names of documents cited before: "(sau đây viết tắt là Chương trình 1322)", and bare numbers, "Quyết định 1322"."""

from __future__ import annotations

import re

from pipeline.extract.references.find.citation import Citation, Setting
from pipeline.extract.references.text.folding import fold

_BIND = re.compile(
    r"(?:sau day|duoi day|goi tat|viet tat)\s*(?:duoc\s+)?(?:(?:goi|viet)(?:\s+(?:chung|"
    r"tat))*)?\s*(?:la\s*)?:?\s*\"?(?P<name>[^)\"\n.;]{3,80})"
)
_BARE = re.compile(
    r"(?<!\w)(?P<type>quyet dinh|nghi dinh|nghi quyet|thong tu|chi thi|cong van|chuong trinh|de an|ke hoach|luat|thong bao|"
    r"cong dien|to trinh|nq|qd|nd)\s+"
    r"(?:so\s+)?(?P<serial>\d{1,5})(?P<suffix>[a-h])?(?![\w/]|\s?/|\s?-\s?[a-z]{2}|[.,]\d)"
)
_SHORT = {"nq": "nghi quyet", "qd": "quyet dinh", "nd": "nghi dinh"}
_PROGRAMMES = ("chuong trinh", "de an", "ke hoach")


def bind(setting: Setting, citations: list[Citation]) -> None:
    """Keep each alias that the letter gives, with the citation right before it that is not inside another's title."""
    if (
        "tat la" not in setting.folded
        and "goi la" not in setting.folded
        and "goi chung" not in setting.folded
        and "sau day" not in setting.folded
    ):
        return
    for match in _BIND.finditer(setting.folded):
        before = [c for c in citations if c.end <= match.start() and match.start() - c.end < 420]
        name = setting.body.text[match.start("name") : match.end("name")].strip(" “”\"',")
        if before and re.search(r"[A-ZĐ]", name[:1]):
            same = [c for c in before if "\n" not in setting.body.text[c.end : match.start()]]
            if same:
                setting.aliases.setdefault(name, _head_of(setting, same))


def _head_of(setting: Setting, before: list[Citation]) -> Citation:
    """The nearest citation that no other's title holds: one that follows another with a title between stands inside it."""
    nearest = before[-1]
    for earlier in reversed(before[:-1]):
        between = setting.folded[earlier.end : nearest.start]
        if (
            len(between) < 300
            and re.match(r"\s*(?:ve|phe duyet|ban hanh|quy dinh|huong dan|sua doi)\b", between)
            and not re.search(r"[;.]", between)
        ):
            nearest = earlier
        else:
            break
    return nearest


def mentions(setting: Setting, citations: list[Citation]) -> list[Citation]:
    """Where an alias or a bare number stands for a document that the letter cites in full elsewhere."""
    out: list[Citation] = []
    text, folded = setting.body.text, setting.folded
    taken = [(c.start, c.end) for c in citations]
    for name, meant in setting.aliases.items():
        key = fold(name)
        at = folded.find(key, meant.end + 1)
        while at >= 0:
            end = at + len(key)
            inside = any(a <= at < b for a, b in taken)
            if (
                not inside
                and not folded[end : end + 1].isalnum()
                and text[at].isupper()
                and not re.search(r"la\s*\"?$", folded[max(0, at - 5) : at])
            ):
                out.append(Citation(at, end, end, "alias", doc_type=meant.doc_type, stands_for=(meant,)))
                taken.append((at, end))
            at = folded.find(key, end)
    by_serial: dict[str, list[Citation]] = {}
    for c in citations:
        if c.number and c.number.serial:
            by_serial.setdefault(f"{c.number.serial.lstrip('0')}{c.number.suffix}", []).append(c)
    if by_serial:
        for match in _BARE.finditer(folded):
            held = by_serial.get(f"{match['serial'].lstrip('0')}{match['suffix'] or ''}", [])
            if not held or any(a <= match.start() < b for a, b in taken) or not (text[match.start()].isupper() or match["type"] in _SHORT):
                continue
            kind = _SHORT.get(match["type"], match["type"])
            fits = [c for c in held if fold(c.doc_type or "") == kind or kind in _PROGRAMMES]
            if len({c.identity for c in fits}) == 1:
                out.append(Citation(match.start(), match.end(), match.end(), "bare", doc_type=fits[0].doc_type, stands_for=(fits[0],)))
    return sorted(out, key=lambda c: c.start)
