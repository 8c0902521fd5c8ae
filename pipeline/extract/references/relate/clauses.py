"""Where clauses, titles and lists begin and end round citations."""

from __future__ import annotations

import re

from pipeline.extract.references.find.citation import Citation

TYPE = (
    r"(?:luat|bo luat|nghi dinh|nghi quyet|quyet dinh|thong tu|chi thi|ke hoach|cong van|cong dien|ket luan|thong bao|van ban|chuong trinh|"
    r"phap lenh|hien phap|chien luoc|quy hoach|quy che|quy dinh|dieu le|hiep dinh|huong dan|sac lenh|to trinh|nd|qd|tt|nq|cv)"
)
_BODY = (
    r"(?:bo(?! luat)|so|ubnd|uy ban|hdnd|hoi dong|thu tuong|pho thu tuong|chu tich|pho chu tich|chinh phu|van phong|cuc|"
    r"tong cuc|ban|truong|giam doc|pho giam doc|hieu truong|"
    r"thuong truc|tinh uy|thanh uy|dang uy|chi cuc|vien|trung tam|benh vien|cong ty|lien doan|doan|hoi|thanh tra|kho bac|"
    r"bao hiem|bhxh|cong an|tong lien doan|ngan hang|"
    r"kiem toan|toa an|quoc hoi|phong|dai hoc|hoc vien|co quan|bch|bcd|bql|lanh dao|tap doan|tong cong ty|nha truong|nha may|xi nghiep|"
    r"chi nhanh|lien minh|mat tran|khoi|to|khoa|nganh|dang bo|chi bo|buu dien|cang vu|dai|bao|hat|doi|tram)"
)
_BREAK = re.compile(
    rf"[,;:]\s+(?:(?P<body>{_BODY}(?!\w)|[a-z]{{3,}}\s(?:yeu cau|de nghi)(?!\w))|"
    rf"(?P<word>de nghi|yeu cau|kien nghi|nay|giao|de|nham|cac (?:co quan|don vi|so|bo|dia phuong)|"
    rf"trong do|dong thoi|theo do|cu the|nhu sau|thi|"
    rf"co hieu luc|thay the|va thay the|ong|ba|dong chi|quy don vi|kinh|xin|tham muu|bao dam|dam bao|truong hop|tren dia ban|"
    rf"phu hop|phuc vu|gop phan)(?!\w))"
    rf"|;\s+\(?(?:[ivx]{{1,4}}|[a-z]|\d{{1,2}})\)\s+(?!{TYPE}\b|cac\b|khoan\b|dieu\b|diem\b|muc\b|phu luc\b)"
    r"|nhu sau\s*:|(?<!\w)(?:va|, )(?:giao|de nghi|yeu cau)(?!\w)|[.!?]\s+\S"
)
_MARKED = {
    "giao": ("giao",),
    "kien nghi": ("kiến nghị",),
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
_JOINT_LONG = 48
_CHAINED = 170  # characters between a document and what amends it
_NAME_OF_OBJECT = re.compile(r"\s+(?:cac |nhung |noi dung )*")
_PART = r"(?:(?:khoan|diem|dieu|muc|chuong|tiet|phu luc)\s(?:\d{1,3}[a-z]?|[a-z]|[ivx]{1,4})(?:\s*,\s*|\s+va\s+|\s+(?:cua\s)?))"
_JOIN = re.compile(rf"\s*(?:,|;|va|,\s*va|va\s+so|den)?\s*(?:so\s*)?(?:va\s*)?(?:cac\s+)?{_PART}*(?:so\s*[:.]?\s*)?")
_LISTED = re.compile(rf"(?:{TYPE}|bao cao|bien ban|dien|de an|phuong an|giay moi|ban an|thong tri|hop dong|quy trinh)\b")
_ONE_WORD = re.compile(r"[a-z]+ so\s*[:.]?\s*")  # ", Thư số"
_GOES_ON = re.compile(rf"(?P<mark>[;,]\s*(?:va\s+)?)(?:cac\s+|so\s*)?{_PART}*(?P<words>(?:[a-z]+\s+){{0,6}}?(?:so\s*[:.]?\s*)?)$")


def boundary(text: str, folded: str, start: int, end: int) -> bool:
    """Whether a new main clause begins between two offsets: ", Bộ … đề nghị", "như sau:", a full stop."""
    for match in _BREAK.finditer(folded, start, end):
        if match["body"] is None:
            # "giáo", "đề", "bà" and others fold into the words that begin a clause
            if match[0][0] in ".!?" and text[match.end() - 1].islower():
                continue  # "Thông. tư": a speck ends no sentence
            if (word := match["word"]) in _MARKED and text[match.start("word") : match.end("word")].lower() not in _MARKED[word]:
                continue
            if word == "kien nghi" and text[match.start("word")].isupper():
                continue  # a document: "Kiến nghị số …"
            return True
        if text[match.start("body")].isupper() and match.end() < end - 3:
            return True
    return False


_NEXT_DEED = re.compile(r"\s*,\s*(?:trien khai|thuc hien|tiep theo|de thuc hien)(?!\w)")  # a title that a comma parts begins with no deed


def in_title(text: str, folded: str, start: int, end: int) -> bool:
    """Whether a citation at `end` stands inside the title of the one that ends at `start` ("… về việc thực hiện Nghị quyết số …")."""
    if not _TITLE.match(folded, start, end) or _NEXT_DEED.match(folded, start, end):
        return False
    gap = folded[start:end]
    return not re.search(r";|\n|sau day|\)\s*,|:\s*(?:so\s*)?$", gap) and not boundary(text, folded, start, end)


def chained(gap: str, alone: bool = False) -> bool:
    """Whether the words between two citations make the second one amend the first ("được sửa đổi, bổ sung bởi"). alone: they follow the
    first at once, so that its title may stand between."""
    gap = gap[-_CHAINED:] if alone else gap
    return len(gap) <= _CHAINED and bool(_CHAIN.search(gap)) and bool(re.search(r"(?:^|\W)(?:da|duoc)\b", gap))


def joined(gap: str) -> bool:
    """Whether nothing but a joint stands between two numbers: ", ", "và", "; số"."""
    return len(gap) < _JOINT_LONG and bool(_JOIN.fullmatch(gap))


def goes_on(text: str, gap: str, start: int) -> bool:
    """Whether a list goes on with the citation at `start`: behind a comma or a semicolon nothing but a type's name stands before it,
    however that was read ("; Nghị quy ết số")."""
    found = _GOES_ON.search(gap)
    if not found:
        return False
    words = text[start - len(gap) + found.start("words") : start].strip()
    return not found["words"] or (
        words[:1].isupper()
        and (";" in found["mark"] or bool(_LISTED.match(found["words"])) or _ONE_WORD.fullmatch(found["words"]) is not None)
    )


def quoted(text: str, start: int, at: int) -> bool:
    """Whether what stands at `at` of a paragraph that begins at `start` is in words that the letter sets down for another document: “…” at
    its beginning, or behind "như sau:"."""
    opened = max(text.rfind("“", start, at), text.rfind('"', start, at) if text.count('"', start, at) % 2 else -1)
    if opened < 0 or text.find("”", opened, at) >= 0:
        return False
    before = text[start:opened].rstrip()
    return not before or before.endswith(":")


def of_a_name(text: str, folded: str, start: int, at: int) -> bool:
    """Whether a verb that ends at `start` is part of the name of a document in brackets: "Quy định phân cấp thực hiện quản lý đầu tư
    (Quyết định số …)". What is carried out itself has a capital: "thực hiện Chương trình 135 (Quyết định số …)"."""
    opened = text.rfind("(", start, at)
    if opened < 0 or text.find(")", opened, at) >= 0 or folded[opened + 1 : at].strip() or _DOCUMENTS.match(folded, start):
        return False
    named = _NAME_OF_OBJECT.match(folded, start)
    return named is not None and named.end() < opened and text[named.end()].islower()


def opening(lead: str) -> bool:
    """Whether a predicate with these words before it opens its sentence."""
    return len(lead.strip(" -+*.0123456789)")) <= 12


def cited_in_full(folded: str, last: Citation, citation: Citation) -> bool:
    """Whether a citation bears its day and issuer and the one before, in a title, neither: no title cites one of two in full."""
    dated = citation.date is not None or "ngay" in folded[citation.tail : citation.tail + 8]  # a day that was misread is none
    full = dated and bool(citation.issuer) and citation.printed_type
    return full and last.date is None and not last.issuer


# "Thực hiện Nghị định số … quy định về …, ý kiến của Sở … tại Công văn số …"
_SAID_IN = re.compile(
    r"(?:[,;]\s*(?:va\s+)?|\sva\s+)(?:cac\s+)?(?:noi dung\s+)?"
    r"(?:y kien|chi dao|ket luan|yeu cau|chu truong|huong dan)(?: chi dao| ket luan| thong nhat)?"
    r"(?:\s+cua\s[^,;.\n]{3,80})?\s(?:tai|trong|theo)\s+(?:cac\s+)?$"
)
# "…, các văn bản chỉ đạo của Thủ tướng Chính phủ (Công điện số …"
_NAMED_TOGETHER = re.compile(
    rf"(?:[,;]|\bva)\s+(?:va\s+)?(?:cac|nhung|mot so)\s+(?:van ban|{TYPE})(?!\w)[^;.()\n]{{0,80}}"
    r"(?:\(|:|\bnhu|\bgom)\s*(?:co\s*)?:?\s*$"
)
_NAMED_LONG = 200  # characters
_DOCUMENTS = re.compile(rf"\s+(?:nghiem (?:tuc )?|tot |day du )?(?:cac|nhung|mot so)\s+(?:van ban|{TYPE})(?!\w)")


def said_in(folded: str, start: int, end: int) -> bool:
    """Whether a list goes on, behind a document or its title, with what another holds ("… và ý kiến chỉ đạo của … tại Công văn số …"), or
    with several that are named one by one: "…, các văn bản chỉ đạo của Thủ tướng Chính phủ (Công điện số …"."""
    start = max(start, end - _NAMED_LONG)
    return bool(_SAID_IN.search(folded, start, end) or _NAMED_TOGETHER.search(folded, start, end))


def listed_again(text: str, folded: str, top: Citation, last: Citation, citation: Citation) -> bool:
    """Whether a citation after a title goes on the list of the titled one: "…; Công văn số …", "… và Công văn số …"."""
    lead = folded[max(last.end, citation.start - 24) : citation.start]
    if re.search(r";\s*(?:va\s+)?(?:cac\s+|can cu\s+)?$", lead) or said_in(folded, last.end, citation.start):
        return True
    if last is not top:
        if cited_in_full(folded, last, citation) and re.search(r"\bva\s+(?:cac\s+)?$", lead):
            return True
        # a title that holds one document goes on with others of its kind, unless that one's own title stands between
        if re.search(r"\bva\s+(?:cac\s+)?$", lead) and citation.start - last.end > 30 and citation.date is not None:
            return True
        return bool(re.search(r",\s*$", lead)) and last.doc_type != citation.doc_type
    return bool(re.search(r"(?:,\s*|\bva\s+(?:cac\s+)?|,\s*va\s+|\bcung\s+(?:voi\s+)?)$", lead)) and citation.printed_type
