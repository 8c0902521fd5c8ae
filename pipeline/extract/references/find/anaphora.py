"""Words that stand for documents named before: "các văn bản nêu trên", "Quyết định này", "Công văn trên"."""

from __future__ import annotations

import re

from pipeline.extract.references.find.citation import Citation, Setting
from pipeline.extract.references.text.folding import fold
from rules.tables import rows

_WORDS = re.compile(
    r"(?<!\w)(?P<many>cac\s+|nhung\s+|hai\s+|ba\s+|02\s+|03\s+)?"
    r"(?P<type>quyet dinh|cong van|nghi dinh|nghi quyet|thong tu|chi thi|ke hoach|to trinh|bao cao|thong bao|cong dien|"
    r"ket luan|chuong trinh|de an|huong dan|van ban|luat)"
    r"(?P<more>\s+(?:chi dao|huong dan))?\s+(?P<which>neu tren|noi tren|da neu(?: tren)?|da noi tren|vua neu|dan tren|tren day|"
    r"tren(?!\s+(?:dia ban|co so|toan|cac|moi|khap))|nay)(?!\w)"
)
_ISSUED = re.compile(r"(?:cua|do)\s+(?P<who>[^,;.\n]{3,90}?)\s+(?:tai|neu tai|trong|theo)\s+(?:cac\s+|nhung\s+)?$")


def mentions(setting: Setting, citations: list[Citation]) -> list[Citation]:
    """Each anaphora with what it stands for; one that means the letter itself ("Kế hoạch này" in a plan) is left out."""
    folded = setting.folded
    if " tren" not in folded and " nay" not in folded and "da neu" not in folded and "vua neu" not in folded:
        return []
    own = _own_type(setting)
    out: list[Citation] = []
    direct = [c for c in citations if c.form in ("number", "law", "bare", "alias")]
    of_kind: dict[str, list[Citation]] = {}
    for match in _WORDS.finditer(folded):
        kind, many = match["type"], bool(match["many"])
        if match["which"] == "nay" and (kind == own or kind == "van ban" or many):
            continue
        if kind not in of_kind:
            of_kind[kind] = direct if kind == "van ban" else [c for c in direct if _of_kind(c, kind)]
        if many:
            before = [c for c in of_kind[kind] if c.end <= match.start()]
            meant = _many(setting, match.start(), [c for c in before if not c.nested] or before)
        else:
            meant = _of_the_body(setting, match.start(), of_kind[kind]) or _last(of_kind[kind], match.start())
        if not meant:
            continue
        whole = tuple(dict.fromkeys(id(d) for c in meant for d in (c.stands_for or (c,))))
        table = {id(d): d for c in meant for d in (c.stands_for or (c,))}
        out.append(Citation(match.start(), match.end(), match.end(), "anaphora", stands_for=tuple(table[i] for i in whole)))
    return out


def _of_kind(citation: Citation, kind: str) -> bool:
    """Whether a folded type's name can mean a citation; a programme may also be known by a short name."""
    return fold(citation.doc_type or "").startswith(kind) or (kind in ("chuong trinh", "de an", "ke hoach") and citation.form == "alias")


def _last(citations: list[Citation], at: int) -> list[Citation]:
    """The last that ends before an offset, of those in no other's title where there are such; none, or one."""
    nested: list[Citation] = []
    for citation in reversed(citations):
        if citation.end <= at and not citation.nested:
            return [citation]
        if citation.end <= at and not nested:
            nested = [citation]
    return nested


def _of_the_body(setting: Setting, at: int, citations: list[Citation]) -> list[Citation]:
    """The last before an offset of the body that is named with it, "ý kiến của Bộ Y tế tại văn bản nói trên"; none, or one."""
    who = _ISSUED.search(setting.folded[max(0, at - 130) : at])
    issued = [c for c in citations if who and c.end <= at and c.issuer and not c.nested and fold(c.issuer) in who["who"]]
    return issued[-1:]


def _own_type(setting: Setting) -> str:
    """The folded name of the letter's own type: what "… này" then means is the letter."""
    abbr = setting.header.doc_type or ""
    if abbr in ("CV", ""):
        return "cong van"
    names = [r["name_vi"] for r in rows("document_types") if r["abbr"] == abbr]
    return re.sub(r"\s*\(.*", "", fold(names[0])).strip() if names else fold(abbr)


def _many(setting: Setting, at: int, before: list[Citation]) -> list[Citation]:
    """What "các văn bản nêu trên" means: all before it; of the body named with it where one is ("theo chỉ đạo của Bộ … tại các …")."""
    first: dict[tuple[str, str], Citation] = {}
    for c in before:
        for real in c.stands_for or (c,):
            first.setdefault(real.identity, real)
    each = list(first.values())
    who = _ISSUED.search(setting.folded[max(0, at - 130) : at])
    if who:
        named = [c for c in each if c.issuer and (fold(c.issuer) in who["who"] or who["who"] in fold(c.issuer))]
        if named:
            return named
    body = [c for c in each if c.form != "law" and (c.number is None or c.number.regime not in ("na",))]
    return (body or each)[-8:]
