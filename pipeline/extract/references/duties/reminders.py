"""What a letter says is missing, and of whom: "đến nay Bộ chưa nhận được báo cáo của Ủy ban nhân dân các tỉnh: …", in a sentence, a list or
a table, or by exclusion ("trừ …")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from models.reference import Reference, Reminder
from pipeline.extract.references.duties import duty_phrases
from pipeline.extract.references.duties.deliverables import deliverable
from pipeline.extract.references.find.bodies import issuers
from pipeline.extract.references.find.citation import Setting
from pipeline.extract.references.text.body_text import Paragraph
from pipeline.extract.references.text.folding import fold
from pipeline.extract.references.text.sentences import Sentence, sentences
from rules.places.addressees import expand, named_provinces
from rules.places.groups import named_on, provinces_in, provinces_on

_ONLY = re.compile(r"\b(?:moi chi|moi|chi) (?:co|nhan duoc)\b")
_ANY = re.compile(
    r"(?:moi|chi) (?:co|nhan)\b|don doc|\bnhac\b|\bthuc\b|\bchua\b|\bvang\b|\bthieu\b|\bcham\b|qua (?:thoi )?han|\bno bao cao|"
    r"khong (?:gui|bao cao|co)"
)
# Types that oblige nobody, or set rules: what they say is missing they tell.
_TOLD_ONLY = ("BC", "TTr", "TT", "TTLT", "NĐ", "Luật", "NQ", "HD", "QC", "KH", "QĐ", "CTr", "BB", "GM")
_VERB_LEADS = re.compile(
    r"\W*(?:dong thoi\s+)?(?:(?:bo|so|ban|cuc|ubnd tinh|uy ban nhan dan(?: tinh| thanh pho)?)\s+)?"
    r"(?:(?:nay|kinh|xin|tran trong|tiep tuc|co van ban|thong bao|mot lan nua|lan \d|khan truong)\s+)*$"
)
_OBJECT = re.compile(
    r"\s+(?:(?:viec|cac|quy|thuc hien|trien khai|gui|bao cao|nop|tien do|cong tac|hoan thanh|xay dung|ban hanh|tra loi|gop y|cung cap|"
    r"noi dung|lan \d|uy ban|ubnd|so|bo|cong an|phong|truong|thu truong|chu tich|giam doc|dia phuong|don vi|tinh|ket qua|lai|"
    r"yeu cau|de nghi|thoi han|y kien)(?!\w))"
)
_URGES = re.compile(
    r"\b(?:de nghi|yeu cau|khan truong|gui ngay|som gui|bao cao ngay|thuc hien ngay|nghiem tuc|kiem diem|rut kinh nghiem|phe binh)\b"
)
_LISTS = re.compile(r"\b(?:sau(?: day)?|duoi day|kem theo|danh sach|trong bang|co ten|gom|cu the)\b")
_CUT = re.compile(
    r"[;]\s*|,\s*(?=(?:con|rieng|trong khi|nhung|tuy nhien|de nghi|yeu cau|tru|ngoai|khong ke|(?:cac|nhung) (?:dia phuong|tinh|don vi)"
    r"(?:, thanh pho)? (?:con lai|khac))\b)|(?<=\s)(?=(?:tru|ngoai tru|khong ke) )"
)
_GOES_ON = re.compile(r"\W*(?:gom|cu the|do la|la|nhu sau|bao gom)\b")
_PIECE = re.compile(r"\s*(?:[,:()\n]|\bvà\b|\bcùng\b)\s*")
_CELL = 60  # characters: what else stands in a list or table is no longer
_BODY = re.compile(
    r"(?:.*\bcủa\s+)?(?P<name>(?:Sở|Phòng|Trung tâm|Bệnh viện|UBND|Ủy ban|Trường|Chi cục|Cục|Công an|Ban|Viện|Công ty|Đài|Hội|"
    r"Kho bạc)\s.*?)(?:\s+(?:chưa|vẫn|còn|chậm)\b.*)?$"
)
_ITEM = re.compile(r"\W*\d{0,2}(?:\.\d{1,2})*\s?[.)]?\s*|[-+•]\s+")
_GROUP = re.compile(r"\b[Cc]ác tỉnh.*?(?=\s+(?:chưa|đã|vẫn|còn|mới|khẩn|gửi|báo|chậm)\b|$)")
_LATE = re.compile(r"(?:cham|van|con|vang|no|qua|chua nhan) ")
_STOP = re.compile(r"[,;:.]")
_BODIES = re.compile(r"\b(?:dia phuong|tinh|don vi|co quan|so|huyen|xa|bo|nganh|ubnd|uy ban nhan dan)\b[^,;]*$")
_LIST_END = 400  # paragraphs of a list or table that are looked through
_LONG = 160  # characters: a paragraph of a list is no longer


class _Names(NamedTuple):
    """Who is named as missing, and who as not."""

    missing: tuple[str, ...] = ()
    there: tuple[str, ...] = ()


def reminders(setting: Setting, references: Sequence[Reference]) -> tuple[Reminder, ...]:
    """What the letter says is missing, in the order of the text; what names nobody only where nothing there names anybody."""
    if not _ANY.search(setting.folded) or setting.header.doc_type in _TOLD_ONLY:
        return ()
    parted = sentences(setting.body, [hit.start() for hit in _ANY.finditer(setting.folded)])
    subject = setting.body.paragraphs[0] if setting.body.paragraphs and setting.body.paragraphs[0].kind == "subject" else None
    urged = subject is not None and _reminds(setting, Sentence(subject.start, subject.end, 0, "subject", True), references)
    found: list[Reminder] = []
    for one in parted:
        if one.kind == "subject" or not (urged or _reminds(setting, one, references)) or not _lacks(setting, one, urged):
            continue
        found.append(_reminder(setting, one, references))
    if urged and not found and subject is not None:
        found = [Reminder(missing=deliverable(setting, subject.start, subject.end), text=setting.body.text[subject.start : subject.end])]
    named = [one for one in found if one.named or one.excepted]
    return tuple(dict.fromkeys(named or found[:1]))


def _lacks(setting: Setting, one: Sentence, urged: bool) -> bool:
    return urged is False or bool(
        duty_phrases.first(setting, "missing", one.start, one.end)
        or duty_phrases.first(setting, "remind", one.start, one.end)
        or duty_phrases.first(setting, "except", one.start, one.end)
        or _only_some(setting, one)
    )


def _reminds(setting: Setting, one: Sentence, references: Sequence[Reference]) -> bool:
    """Whether a sentence reminds: the sender urges, or says that something is not there yet."""
    for verb in duty_phrases.phrases(setting, "remind", one.start, one.end):
        if _senders(setting, one, verb.start) and _OBJECT.match(setting.folded, verb.end, one.end):
            return True
    if _only_some(setting, one):
        return True
    return any(_is_missing(setting, one, lacking, references) for lacking in duty_phrases.phrases(setting, "missing", one.start, one.end))


def _only_some(setting: Setting, one: Sentence) -> bool:
    """ "Bộ mới chỉ nhận được báo cáo của tỉnh …; đề nghị các địa phương khác khẩn trương gửi"."""
    some = _ONLY.search(setting.folded, one.start, one.end)
    end = setting.body.paragraphs[one.paragraph].end if some else 0
    rest = duty_phrases.first(setting, "rest", some.end(), end) if some else None
    return rest is not None and _URGES.search(setting.folded, one.start, end) is not None


def _is_missing(setting: Setting, one: Sentence, lacking: duty_phrases.DutyWords, references: Sequence[Reference]) -> bool:
    """Whether these words say that what the sender waits for is not there yet."""
    stop = _STOP.search(setting.folded, lacking.end, min(one.end, lacking.end + 80))
    kind = deliverable(setting, lacking.start, stop.start() if stop else min(one.end, lacking.end + 80))
    if kind == "other" and not re.search(r"thuc hien|trien khai|hoan thanh", setting.folded[lacking.start : lacking.end]):
        kind = deliverable(setting, max(one.start, lacking.start - 110), lacking.start)  # "báo cáo … còn thiếu"
    if kind == "other" or re.fullmatch(r"(?:chua|cham) (?:thuc hien|trien khai|hoan thanh)", setting.folded[lacking.start : lacking.end]):
        begin = setting.body.paragraphs[one.paragraph].start  # "Theo Công văn … . Tuy nhiên, … vẫn chưa thực hiện."
        cites = any(ref.start is not None and begin <= ref.start < one.end for ref in references)
        undone = re.search(r"thuc hien|trien khai|hoan thanh", setting.folded[lacking.start : lacking.end])
        if not (cites and undone and _BODIES.search(setting.folded, max(one.start, lacking.start - 90), lacking.start)):
            return False
    if one.kind == "subject":
        return True
    if one.kind == "annex":
        above = setting.body.paragraphs[max(0, one.paragraph - 1)]
        return "anh sach" in setting.folded[above.start : one.end]
    so_far = duty_phrases.first(setting, "so_far", one.start, lacking.end)
    if re.search(r"\b(?:neu|truong hop|khi|nao)\b[^,;.]*$", setting.folded[one.start : lacking.start]):
        return False
    late = _LATE.match(setting.folded, lacking.start)
    heads = setting.folded[one.end - 1 : one.end] == ":"  # "Danh sách các địa phương chưa gửi báo cáo:"
    return bool(so_far or late or heads or _URGES.search(setting.folded, one.start, one.end))


def _senders(setting: Setting, one: Sentence, at: int) -> bool:
    """Whether the verb at `at` is the sender's own, not one of what others are to do ("kiểm tra, đôn đốc", "giao Sở … đôn đốc")."""
    clause = max((hit.end() for hit in re.finditer(r"[,;:]\s", setting.folded[one.start : at])), default=0) + one.start
    if clause > one.start and re.search(
        r"(?:theo doi|kiem tra|chi dao|huong dan|giam sat|ra soat)\W*$", setting.folded[one.start : clause]
    ):
        return False
    if next(duty_phrases.orders(setting, one.start, at), None) is not None:
        return False
    lead = setting.folded[clause:at]
    if _VERB_LEADS.fullmatch(lead):
        return True
    named = issuers.read(setting.body.text, setting.folded, clause, setting.province, at) if setting.body.text[clause].isupper() else None
    sender = setting.header.issuer or ""
    return (
        named is not None
        and named.name.split(" ")[0] == sender.split(" ")[0]
        and bool(_VERB_LEADS.fullmatch(setting.folded[named.end : at]))
    )


def _reminder(setting: Setting, one: Sentence, references: Sequence[Reference]) -> Reminder:
    lacking = duty_phrases.first(setting, "missing", one.start, one.end) or duty_phrases.first(setting, "remind", one.start, one.end)
    kind = deliverable(setting, lacking.start if lacking else one.start, one.end)
    if kind == "other" and one.kind == "body":
        kind = deliverable(setting, setting.body.paragraphs[one.paragraph].start, one.end)  # "… gửi báo cáo …. Đến nay … chưa thực hiện."
    names = _in_sentence(setting, one.start, one.end, references)
    if (
        one.kind == "annex"
        or (not names.missing and _LISTS.search(setting.folded, one.start, one.end))
        or setting.folded[one.end - 1 : one.end] == ":"
    ):
        listed = _in_list(setting, one, references)
        names = _Names((*names.missing, *listed.missing), (*names.there, *listed.there))
    missing = tuple(dict.fromkeys(name for name in names.missing if name not in names.there))
    return Reminder(
        named=missing, excepted=() if missing else tuple(dict.fromkeys(names.there)), missing=kind,
        of=tuple(ref.id for ref in references if ref.start is not None and one.start <= ref.start < one.end),
        text=" ".join(setting.body.text[one.start : one.end].split())[:300], page=setting.body.page_at(one.start),
    )  # fmt: skip


def _in_sentence(setting: Setting, start: int, end: int, references: Sequence[Reference]) -> _Names:
    """The names in a sentence, by the clause that each stands in."""
    missing: list[str] = []
    there: list[str] = []
    lacks = True
    for a, b in _clauses(setting, start, end):
        names = list(_names(setting, a, b, references))
        barred = duty_phrases.first(setting, "except", a, b)
        lacking, done = duty_phrases.first(setting, "missing", a, b), duty_phrases.first(setting, "delivered", a, b)
        if barred is not None:
            there += [name for at, name in names if at >= barred.start]
            missing += [name for at, name in names if at < barred.start and lacking is not None]
            continue
        if lacking is not None or done is not None:
            lacks = lacking is not None and (done is None or "chua" in setting.folded[lacking.start : lacking.end])
        elif not (_GOES_ON.match(setting.folded, a, b) or duty_phrases.first(setting, "remind", a, b) or len(setting.folded[a:b]) < _CELL):
            continue
        (missing if lacks else there).extend(name for _, name in names)
    return _Names(tuple(missing), tuple(there))


def _clauses(setting: Setting, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for cut in _CUT.finditer(setting.folded, start, end):
        if cut.start() > at:
            yield at, cut.start()
        at = cut.end()
    yield at, end


def _names(setting: Setting, start: int, end: int, references: Sequence[Reference]) -> Iterator[tuple[int, str]]:
    """The bodies named in text[start:end] with their places, those of cited documents left out: provinces by name, others as printed."""
    text, day = setting.body.text, setting.header.date
    cited = [(ref.start, ref.end) for ref in references if ref.start is not None and ref.end is not None]
    at = start
    for cut in (*_PIECE.finditer(text, start, end), None):
        stop = cut.start() if cut else end
        held = min((a for a, b in cited if a < stop and at < b), default=stop)
        if held > at:
            piece = " ".join(text[at:held].split())
            for name in _named(setting, piece):
                yield at, named_on(name, day)
        at = cut.end() if cut else end


def _named(setting: Setting, piece: str) -> tuple[str, ...]:
    """Whom a piece of a list names."""
    day = setting.header.date
    if named := provinces_in(piece):
        return named if named_provinces([piece], day) else ()
    group = _GROUP.search(piece)
    if group:
        meant = expand(group[0], day)
        return meant if len(meant) < len(provinces_on(day)) else ()
    body = _BODY.match(piece)
    if body is None:
        return ()
    name = body["name"].strip(" .")
    read = issuers.read(name, fold(name), 0, None, len(name))
    sender = (setting.header.issuer or "").startswith(name)
    return (name,) if read is not None and read.end >= len(name) - 1 and not sender and len(name.split()) > 1 else ()


def _item(setting: Setting, paragraph: Paragraph) -> list[str]:
    """What an item of a list names that is no province: its words without its mark."""
    text = setting.body.text[paragraph.start : paragraph.end]
    mark = _ITEM.match(text)
    rest = " ".join(text[mark.end() :].split()).strip(" .;,") if mark and mark.end() else ""
    return [rest] if rest[:1].isupper() and 1 < len(rest.split()) < 14 else []


def _in_list(setting: Setting, one: Sentence, references: Sequence[Reference]) -> _Names:
    """The names in the list or table below a sentence: of a table that tells of each, those that it does not say have delivered."""
    missing: list[str] = []
    there: list[str] = []
    last: list[str] = []
    for paragraph in setting.body.paragraphs[one.paragraph + 1 : one.paragraph + 1 + _LIST_END]:
        words = setting.folded[paragraph.start : paragraph.end].strip()
        names = [name for _, name in _names(setting, paragraph.start, paragraph.end, references)] or _item(setting, paragraph)
        done = duty_phrases.first(setting, "delivered", paragraph.start, paragraph.end)
        lacking = duty_phrases.first(setting, "missing", paragraph.start, paragraph.end)
        if names and len(words) <= _LONG and not _URGES.search(words):
            last = names
            (there if done and not lacking else missing).extend(names)
        elif done is not None and lacking is None and last and len(words) < 40:
            missing = [name for name in missing if name not in last]
            there += last
        elif len(words) > _CELL or _URGES.search(words):
            break
    return _Names(tuple(missing), tuple(there) if missing else ())
