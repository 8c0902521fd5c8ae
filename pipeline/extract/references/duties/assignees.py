"""The bodies that a clause names as those who are to act: "đề nghị Ủy ban nhân dân các tỉnh …", "Giao Sở Y tế, Sở Tài chính …"."""

from __future__ import annotations

import re

from pipeline.extract.references.duties import duty_phrases
from pipeline.extract.references.find.bodies import issuers
from pipeline.extract.references.find.citation import Setting

# What follows the name of a group: a verb, or the end. Words that narrow it ("có biển", "theo danh sách") are part of it.
_GROUP = re.compile(
    r"(?:(?:chu tich\s+)?(?:uy ban nhan dan|ubnd|hdnd|hoi dong nhan dan)\s+)?(?:quy\s+)?(?:cac|toan the)\s+[^.;:\n]{3,110}?"
    r"(?=\s*(?:[:.;\n]|$)|\s+(?:gui|bao cao|xay dung|to chuc|chi dao|khan truong|trien khai|chu tri|phoi hop|thuc hien|quan tam|ra soat|"
    r"hoan thanh|tham muu|tong hop|chu dong|can cu|phan cong|dang ky|lap|cu|nghiem tuc|tiep tuc|tang cuong|bo tri|thong bao|nop|de xuat|"
    r"cap nhat|kip thoi|theo(?! danh sach)|truoc|khong(?! co)|phai|ban hanh|day manh|tien hanh|xem xet|nghien cuu|danh gia|cung cap|"
    r"bao dam|dam bao|hoan thien|trinh|khac phuc|cham nhat|chua|chiu trach nhiem|dinh ky|giao|thong ke|kiem tra|tuyen truyen|"
    r"co(?= (?:y kien|van ban|trach nhiem|bao cao|ke hoach|giai phap|bien phap|phuong an|hinh thuc|thong bao|du|mat|the)\b))\b)"
    r"|quy (?:uy ban|bo|so|don vi|co quan|dia phuong)"
)
_KIND = r"(?:bo|so|ban|nganh|tinh|thanh pho|thi xa|thi tran|huyen|quan|xa|phuong|dac khu|dia phuong|don vi|co quan|to chuc|doan the|cuc|vu)"
# A group whose name is whole: of kinds of bodies alone. What narrows it is of few words; any other word behind it is what it is to do.
_WHOLE = re.compile(
    r"(?:(?:chu tich\s+)?(?:uy ban nhan dan|ubnd|hdnd|hoi dong nhan dan)\s+)?(?:quy\s+)?(?:cac|toan the)\s+"
    rf"{_KIND}(?:(?:\s*,\s*|\s+va\s+){_KIND}\b)*(?P<under>\s+truc thuoc trung uong)?(?=\s+(?P<next>[a-z]))"
)
_NARROWS = re.compile(
    r"\s+(?:co|thuoc|vung|khu|mien|ven|giap|o|phia|tai|trong|tren|neu|noi|con|chua|da|duoc|khac|lien|nay|truc|cua|tu|den|bi|chiu|nam|"
    r"dong|tay|bac|trung|bien|hai|duyen|nhu|sau|theo|chuc|chuyen|huu|nghiep|su|cap|nha|quan|chu|tham|trong|mien|dac|do|nhieu|ngoai|"
    r"dau|cong|hanh|chinh|dang|phu|truong|doanh|hoat|thanh|vua|moi|dong|it|cung|va|hoac|ngheo|lon|nho|dan|don|to|cap)\b"
)
_AND = re.compile(r"\s*(?:,|;|va|cung|,\s*va)\s+")
_NEXT = re.compile(
    r"(?:bo|so|ubnd|uy ban|ban|cuc|tong cuc|cong an|thanh tra|van phong|vien|truong|trung tam|kho bac|bao hiem|giam doc|"
    r"chu tich|cong ty|benh vien|dai|bao|hoi|lien doan|mat tran|chi cuc|cac)\b"
)


def at(setting: Setting, start: int, end: int) -> tuple[tuple[str, ...], int]:
    """The bodies whose names begin at `start`, a list of them included, and where the names end; () where none does."""
    text, folded = setting.body.text, setting.folded
    found: list[str] = []
    while start < end and duty_phrases.at(setting, "no_body", start, end) is None:
        group = _whole(text, folded, start, end) or _GROUP.match(folded, start, end)
        if group:
            found.append(re.sub(r"\s+", " ", text[start : group.end()]).strip(" ,"))
            start = group.end()
        else:
            named = issuers.read(text, folded, start, setting.province, end) if text[start].isupper() else None
            if named is None:
                break
            found.append(named.name)
            start = named.end
        joint = _AND.match(folded, start, end)
        if not joint or not _NEXT.match(folded, joint.end()):
            break
        start = joint.end()
    return tuple(found), start


def _whole(text: str, folded: str, start: int, end: int) -> re.Match[str] | None:
    """ "các địa phương di dời …": a group whose name nothing narrows, before a word in small letters, whatever that tells it to do."""
    group = _WHOLE.match(folded, start, end)
    if group is None or not text[group.start("next")].islower():
        return None
    return group if group["under"] or not _NARROWS.match(folded, group.end()) else None
