"""The bodies that a clause names as those who are to act: "đề nghị Ủy ban nhân dân các tỉnh …", "Giao Sở Y tế, Sở Tài chính …"."""

from __future__ import annotations

import re

from pipeline.extract.references.find import issuers
from pipeline.extract.references.find.citation import Setting

_GROUP = re.compile(
    r"(?:(?:chu tich\s+)?(?:uy ban nhan dan|ubnd|hdnd|hoi dong nhan dan)\s+)?(?:quy\s+)?(?:cac|"
    r"toan the)\s+[^.;:\n]{3,110}?(?=\s+(?:gui|bao cao|xay dung|to chuc|chi dao|khan truong|trien khai|chu tri|phoi hop|"
    r"thuc hien|quan tam|ra soat|hoan thanh|"
    r"tham muu|tong hop|chu dong|can cu|co(?! lien quan)|phan cong|dang ky|lap|cu|nghiem tuc|tiep tuc|tang cuong|bo tri|"
    r"thong bao|nop|de xuat|cap nhat|kip thoi|theo|truoc|khong|phai)\b)"
    r"|quy (?:uy ban|bo|so|don vi|co quan|dia phuong)"
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
    while start < end:
        group = _GROUP.match(folded, start, end)
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
