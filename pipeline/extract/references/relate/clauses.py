"""Where clauses, titles and lists begin and end round citations."""

from __future__ import annotations

import re

from models.reference import Relation
from pipeline.extract.references.find.citation import Setting
from pipeline.extract.references.relate import relation_cues
from pipeline.extract.references.text.body_text import is_item
from pipeline.extract.references.text.sentences import Sentence

_BODY = (
    r"(?:bo(?! luat)|so|ubnd|uy ban|hdnd|hoi dong|thu tuong|pho thu tuong|chu tich|pho chu tich|chinh phu|van phong|cuc|"
    r"tong cuc|ban|truong|giam doc|pho giam doc|hieu truong|"
    r"thuong truc|tinh uy|thanh uy|dang uy|chi cuc|vien|trung tam|benh vien|cong ty|lien doan|doan|hoi|thanh tra|kho bac|"
    r"bao hiem|bhxh|cong an|tong lien doan|ngan hang|"
    r"kiem toan|toa an|quoc hoi|phong|dai hoc|hoc vien|co quan|bch|bcd|bql|lanh dao)"
)
_BREAK = re.compile(
    rf"[,;:]\s+(?:(?P<body>{_BODY}(?!\w))|(?P<word>de nghi|yeu cau|nay|giao|de|nham|cac (?:co quan|don vi|so|bo|dia phuong)|"
    rf"trong do|dong thoi|theo do|cu the|nhu sau|thi|"
    rf"co hieu luc|thay the|va thay the|ong|ba|dong chi|quy don vi|kinh|xin|tham muu|bao dam|dam bao|truong hop|tren dia ban|"
    rf"phu hop|phuc vu|gop phan)(?!\w))"
    r"|nhu sau\s*:|(?<!\w)(?:va|, )(?:giao|de nghi|yeu cau)(?!\w)|[.!?]\s+\S"
)
_MARKED = {
    "giao": ("giao",),
    "de": ("để", "đề", "đê", "đễ"),
    "nay": ("nay",),
    "thi": ("thì",),
    "ong": ("ông",),
    "ba": ("bà",),
    "xin": ("xin",),
}
_TITLE = re.compile(
    r"\s*[,.]?\s*[\"(]?\s*(?:ve|v/v|phe duyet|ban hanh|quy dinh|huong dan|sua doi|bo sung|trien khai|thuc hien|thong bao|"
    r"ket luan|tang cuong|giao|cong bo|yeu cau|de nghi|don doc|"
    r"quan ly|kien toan|thanh lap|dieu chinh|phan|phan cap|phan cong|ket qua|tong ket|quyet dinh|cho|day manh|thong qua|xin|"
    r"gop y|hop nhat|dinh chinh|bai bo|thay the|kiem soat|"
    r"mot so|to chuc|phat dong|rut kinh nghiem|cham|lay y kien|bao cao|ra soat|cap nhat|moi|tham gia|tham dinh|bo nhiem|"
    r"dieu dong|cu)(?!\w)"
)
_CHAIN = re.compile(
    r"(?:da\s+|da duoc\s+|duoc\s+)?(?:duoc\s+)?(?:sua doi|bo sung|thay the|bai bo|hop nhat)[^;.\n]{0,60}?(?:boi|theo|tai|bang|"
    r"cua)\s*(?:cac\s+)?(?:khoan.{0,20}|dieu.{0,20})?$"
)
_JOIN = re.compile(r"\s*(?:,|;|va|,\s*va|va\s+so|den)?\s*(?:so\s*)?(?:va\s*)?(?:cac\s+)?(?:so\s*[:.]?\s*)?")
_GROUND_HEAD = re.compile(
    r"^(?:\W|\d|[ivx]{1,4}\s?[./)-])*(?:cac\s+)?(?:can cu|co so)(?:\s+(?:phap ly|xay dung|lap|ban hanh|"
    r"thuc hien|de|va|can cu|co so|ke hoach|phap luat|van ban|bao cao|chinh tri))*\s*[:.]?$"
)
_GROUND_ITEM = re.compile(
    r"^(?:\W|[a-z]\)|\d+[.)])*\s*(?:luat|bo luat|nghi dinh|nghi quyet|quyet dinh|thong tu|chi thi|ke hoach|cong van|ket luan|"
    r"thong bao|van ban|chuong trinh|phap lenh|can cu|hien phap|chien luoc|quy hoach)\b"
)


def boundary(text: str, folded: str, start: int, end: int) -> bool:
    """Whether a new main clause begins between two offsets: ", Bộ … đề nghị", "như sau:", a full stop."""
    for match in _BREAK.finditer(folded, start, end):
        if match["body"] is None:
            # "giáo", "đề", "bà" and others fold into the words that begin a clause
            if (word := match["word"]) in _MARKED and text[match.start("word") : match.end("word")].lower() not in _MARKED[word]:
                continue
            return True
        if text[match.start("body")].isupper() and match.end() < end - 3:
            return True
    return False


def in_title(text: str, folded: str, start: int, end: int) -> bool:
    """Whether a citation at `end` stands inside the title of the one that ends at `start` ("… về việc thực hiện Nghị quyết số …")."""
    if not _TITLE.match(folded, start, end):
        return False
    gap = folded[start:end]
    return not re.search(r";|\n|sau day|\)\s*,|:\s*(?:so\s*)?$", gap) and not boundary(text, folded, start, end)


def chained(gap: str) -> bool:
    """Whether the words between two citations make the second one amend the first ("được sửa đổi, bổ sung bởi")."""
    return len(gap) < 170 and bool(_CHAIN.search(gap)) and bool(re.search(r"(?:^|\W)(?:da|duoc)\b", gap))


def joined(gap: str) -> bool:
    """Whether nothing but a joint stands between two numbers: ", ", "và", "; số"."""
    return len(gap) < 16 and bool(_JOIN.fullmatch(gap))


def own_deed(setting: Setting, sentence: Sentence, cue: relation_cues.Cue) -> bool:
    """Whether it is the citing letter that amends or replaces: in its subject, an article, an effect clause or its own name as subject."""
    folded = setting.folded
    lead = folded[sentence.start : cue.start]
    if sentence.kind == "subject":
        return not re.search(
            r"(?:de nghi|xay dung|du thao|gop y|lay y kien|xin|tham gia|huong dan|trien khai|thuc hien|tham dinh|ho so|trinh)\b", lead
        )
    kind = setting.header.doc_type or "CV"
    said = re.search(
        r"\b(?:quyet dinh|nghi dinh|thong tu|nghi quyet|chi thi|ke hoach|cong van|van ban|thong bao|quy dinh|huong dan|"
        r"chuong trinh|luat|de an)\s+nay\b",
        lead,
    )
    if said:
        return True
    if re.search(
        r"\b(?:de nghi|xay dung|du thao|xem xet|kien nghi|trinh|duoc|da|viec|nhung|thu tuc|can|se|lay y kien|de)\b[^;]{0,90}$", lead
    ):
        return False
    article = re.match(r"\W*(?:nay |xin )?(?:dieu \d+|\d+|[a-z]\))?\W*(?:dieu \d+\W*)?$", lead)
    return bool(article) and kind not in ("TTr", "BC") and (kind != "CV" or cue.row == "corrects")


def carries_grounds(setting: Setting, wanted: list[int]) -> dict[int, bool]:
    """For each wanted paragraph whether it is an item under a heading like "Căn cứ pháp lý:"."""
    if "can cu" not in setting.folded and "co so phap ly" not in setting.folded:
        return {}
    out: dict[int, bool] = {}
    needed = set(wanted)
    carrying = False
    for index, paragraph in enumerate(setting.body.paragraphs):
        size = paragraph.end - paragraph.start
        head = setting.folded[paragraph.start : min(paragraph.end, paragraph.start + 90)].strip()
        if size < 90 and _GROUND_HEAD.match(head):
            carrying = True
        elif carrying and not _GROUND_ITEM.match(head):
            # an item of another kind ("Chiến lược …") goes on with the list; a heading or running text ends it
            carrying = is_item(setting.body.text[paragraph.start : paragraph.end]) and not re.match(r"(?:[ivx]{1,4}|\d+)\s?[.)/]", head)
        if index in needed:
            out[index] = carrying
    return out


_LIST_HEAD = re.compile(r":\s*$")


def listed(setting: Setting, wanted: list[int]) -> dict[int, Relation]:
    """For each wanted paragraph the relation that the head of its list states ("thay thế các Quyết định sau:")."""
    out: dict[int, Relation] = {}
    needed = set(wanted)
    if not needed:
        return out
    told: Relation | None = None
    for index, paragraph in enumerate(setting.body.paragraphs[: max(needed) + 1]):
        text = setting.body.text[paragraph.start : paragraph.end]
        item = bool(_GROUND_ITEM.match(setting.folded[paragraph.start : paragraph.start + 60]))
        if told and item and index in needed:
            out[index] = told
        if not item:
            told = None
            if _LIST_HEAD.search(text[-4:]) and re.search(
                r"(?:sau|nay|cac (?:van ban|quyet dinh|cong van|nghi dinh)|gom|tai)\b[^:]{0,30}:\s*$",
                setting.folded[max(paragraph.start, paragraph.end - 80) : paragraph.end],
            ):
                sentence = Sentence(paragraph.start, paragraph.end, index, paragraph.kind, True)
                told = _told(setting, sentence)
    return out


def _told(setting: Setting, head: Sentence) -> Relation | None:
    """What the head of a list states: by its last cue, or by the one that opens it ("Bãi bỏ … đã công bố tại các Quyết định:")."""
    found = [c for c in relation_cues.before(setting.folded, max(head.start, head.end - 400), head.end) if not c.weak]
    for cue in (*found[-1:], *(c for c in found[:1] if cue_opens(setting, head, c))):
        if cue.relation in ("implements", "based_on", "responds_to") and head.end - cue.end < 90:
            return cue.relation
        if cue.relation == "replaces" and own_deed(setting, head, cue):
            return cue.relation
    return None


def cue_opens(setting: Setting, sentence: Sentence, cue: relation_cues.Cue) -> bool:
    """Whether a cue opens its sentence."""
    return len(setting.folded[sentence.start : cue.start].strip(" -+*.0123456789)")) <= 12
