"""Where the name of a body ends that no table knows: by its capitals, the small words that join names, and the words of the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.references.find.bodies.issuer_places import LEVEL, LEVELS, named_place
from pipeline.extract.references.find.bodies.name_words import compounds, head, spelled, stop
from pipeline.extract.references.text.folding import fold
from rules.tables import rows

_WORD = re.compile(r"[^\W_]+(?:[&'’][^\W_]+)*")
_HARD = re.compile(r"[;:()\[\]\n\"“”/…?!+=]|\.")
_DOT_OF = re.compile(r"(?:TP|Tp|T\.P|TX|P|Q|T|H)$")
_QUOTED = re.compile(r"\s[“\"](?=[A-ZĐÀ-Ỹ])[^“”\";\n]{2,40}[”\"]")  # Quỹ “Vì người nghèo”
_FIGURE = re.compile(r"\d{1,3}(?![\w/]|[.,]\d|-\d)")
_LEVEL = re.compile(rf"{LEVEL}(?!\w)")
_LEVEL_WORDS = frozenset({*LEVELS.values(), "tp", "tp.", "tx", "tx.", "t.p"})
_NO_LEVEL = re.compile(r"xa hoi|quan (?:ly|su|he|trac|tri|diem)|tinh (?:uy|doan|than|hoi|toan)|huyen (?:uy|doan)|xa doan|thi xa uy")
# what goes on a name that is whole: where it is, or which of several
_TAIL = re.compile(r"(?:mien|khu vuc|chi nhanh|quoc gia|trung uong|nha nuoc|co so|lien (?:huyen|quan|tinh)|phia|vung)(?!\w)")
_ABOUT = re.compile(r"(?:quoc gia|trung uong|lien nganh|cap \w+|chuong trinh|tinh|huyen|thanh pho|toi pham|hanh chinh|nha nuoc)$")
_ABOUT_ANY = re.compile(r"(?:quoc gia|toi pham|hanh chinh)$")
_BRANCH = re.compile(r"(?:chi nhanh|phan hieu|dai dien|co so|phan vien|cap cao)$")
_FIGURES = re.compile(r"(?:doi|hoa|kinh te|cong nghe|ha tang|ky thuat|tang)$")  # "chuyển đổi số", "hạ tầng số"
_A_TYPE = re.compile(
    rf"(?:{'|'.join(sorted((re.escape(fold(row['phrase'])) for row in rows('cited_types')), key=len, reverse=True))})(?!\w)"
)
_NUMBERED = re.compile(r"[a-z]+(?: [a-z]+){1,5} so\s?[:.]?\s?\d")  # "… và Phiếu lý lịch số 7/…": a type that no table knows
_CITED = re.compile(r"[\s,]*(?:so\b|s[o0][:.]|\d|ngay|nay|neu tren|noi tren|trinh|lien tich)")
# "phòng, chống", "học sinh, sinh viên", "chữa cháy và cứu nạn, cứu hộ": two words of one kind, joined by a mark
_PAIRED = re.compile(
    r",\s(?:chong|the thao|chua (?:benh|chay)|cuu (?:ho|nan)|thuong binh|tim kiem|giam sat|bien phap|sinh vien|hoc vien|tre em|"
    r"mam non|thuong mai)\b"
)
_BOTH = re.compile(rf",\s(?P<one>\w+(?:\s\w+){{0,3}}?)\s(?:(?P<va>va|&)|{LEVEL})\s")
_COMMITTEES = ("ubnd", "hdnd", "uy ban nhan dan", "hoi dong nhan dan")
_LONGEST = 150  # characters


@dataclass(slots=True)
class _Name:
    """How far a name has been read: end; whole: whether it could end there with a proper name; capitals: how many of them in a row."""

    start: int
    end: int
    kind: str
    capitals: int = 0
    whole: bool = False
    joined: bool = False
    bare: bool = True  # the head noun alone
    last: str = ""  # the kind of its last word: behind "xét" a name takes another deed ("xét điều động"), behind a deed a task
    tasked: bool = False  # a deed names it


def end(text: str, folded: str, begins: int, headed: int, kind: str, limit: int) -> int:
    """Where the name ends that begins at `begins` with the head noun text[begins:headed], before `limit`."""
    limit = min(limit, begins + _LONGEST)
    name = _Name(begins, headed, kind)
    at = headed
    while word := _WORD.search(folded, at, limit):
        if quoted := _QUOTED.match(text, at, limit):
            name.end, name.whole, name.bare, name.capitals = quoted.end(), True, False, 2
            at = name.end
            continue
        between = folded[at : word.start()]
        goes_on = _mark(text, folded, name, at, word.start())
        if not goes_on:
            break
        name.joined = name.joined or "," in between or "&" in between
        if between != " ":
            name.capitals, name.whole = 0, name.whole and "-" not in between
        taken = _word(text, folded, name, word, limit)
        if taken is None:
            break
        at = taken
    return name.end


def _mark(text: str, folded: str, name: _Name, at: int, upto: int) -> bool:
    """Whether the name may go on over the marks in text[at:upto]."""
    between = folded[at:upto]
    if between == " ":
        return True
    if not between.strip():
        return "\n" not in between
    if between == "." and text[at - 1].isupper() and not text[at - 2 : at - 1].isalnum() and text[upto].isupper():
        return True  # initials: "T.D.K"
    if hard := _HARD.search(between):
        return hard[0] == "." and bool(_DOT_OF.search(text, max(0, at - 4), at)) and between.strip() == "."
    if "," in between:
        if _PAIRED.match(folded, at):
            return True
        both = _BOTH.match(folded, at)
        one = text[both.start("one") : both.end("one")] if both else ""
        return bool(
            both
            and one[:1].isupper()
            and (head(text, folded, both.start("one")) is None if both["va"] is None else text[both.end() : both.end() + 1].isupper())
            and not _new(text, folded, both.start("one"))
            and not _new(text, folded, both.end())
        )
    if "-" in between:
        return bool(re.fullmatch(r"\s?-\s?", between)) and not _cited(folded, upto)
    return between.strip() == "&"


def _cited(folded: str, at: int) -> bool:
    """Whether a document's type stands at `at` with what tells which: "Kế hoạch số 3"."""
    kind = _A_TYPE.match(folded, at)
    return kind is not None and _CITED.match(folded, kind.end()) is not None


def _new(text: str, folded: str, at: int) -> bool:
    """Whether another body or a document begins at `at`."""
    return text[at : at + 1].isupper() and (_A_TYPE.match(folded, at) is not None or _body(text, folded, at))


def _body(text: str, folded: str, at: int) -> bool:
    if folded.startswith((*_COMMITTEES, "thu tuong", "chinh phu", "tinh uy", "chu tich"), at):
        return True
    begun = head(text, folded, at) if text[at : at + 1].isupper() else None
    return begun is not None and text[begun[0] : begun[0] + 2].strip()[:1].isupper()


def _two_in_one(folded: str, name: _Name, at: int) -> bool:
    """ "Văn phòng HĐND và UBND huyện": one office of both."""
    return folded.startswith("van phong", name.start) and folded.startswith(_COMMITTEES, at)


def _word(text: str, folded: str, name: _Name, word: re.Match[str], limit: int) -> int | None:
    """Take one word into the name: where to go on; None where the name ends before it."""
    at, raw = word.start(), text[word.start() : word.end()]
    if raw[0].isdigit():
        if not _FIGURE.match(folded, at) or name.joined:
            return None
        name.end, name.whole, name.bare = word.end(), True, False
        return word.end()
    if raw[0].isupper():
        return _capital(text, folded, name, at, raw)
    return _small(text, folded, name, at, raw, limit)


_KEPT = ("association", "joint", "led")


def _capital(text: str, folded: str, name: _Name, at: int, raw: str) -> int | None:
    if _cited(folded, at) or (name.joined and _A_TYPE.match(folded, at)):
        return None
    if name.joined and name.kind != "joint" and _body(text, folded, at) and not _two_in_one(folded, name, at):
        return None
    if (inner := head(text, folded, at)) and text[inner[0] : inner[0] + 1] == " ":
        name.end, name.kind = inner[0], name.kind if name.kind in _KEPT else inner[1]
        name.capitals, name.whole, name.joined, name.bare = 0, False, False, True
        return name.end
    letters = len(raw) > 1 and raw.isupper()
    name.capitals = 0 if letters else name.capitals + 1
    name.end, name.joined, name.bare = at + len(raw), False, False
    name.whole = name.capitals > 1 and name.kind != "office"
    return name.end


def _small(text: str, folded: str, name: _Name, at: int, raw: str, limit: int) -> int | None:
    level = _LEVEL.match(folded, at)
    if level and text[at : level.end()] in _LEVEL_WORDS and not _NO_LEVEL.match(folded, at):
        place, ends = ("", at) if _cited(folded, level.end() + 1) else named_place(text, folded, level.end(), level[0])
        name.end = min(ends, limit) if place else level.end()
        name.whole, name.joined, name.capitals, name.bare = True, False, 2, False
        return name.end
    if joint := _joint(text, folded, name, at, raw):
        return joint
    if _joining(text, folded, at, raw):
        return None
    found = stop(text, folded, at, folded[at : at + len(raw)])
    tasked = name.kind in ("tasked", "led") and (name.bare or name.last)
    if found == "task" and tasked:
        found, name.last, name.tasked = None, "xét" if raw == "xét" else "", True
    elif found == "verb" and (name.last == "xét" or (name.tasked and _object(text, folded, at))):
        found = None
    if found in ("word", "verb", "task") or (found == "deed" and name.whole):
        return None
    last = folded[: name.end].rsplit(None, 1)[-1] if name.whole and name.end == at - 1 else ""
    if name.whole and not _TAIL.match(folded, at) and (last, folded[at : at + len(raw)]) not in compounds():
        return None
    if found == "deed" and tasked:
        name.last = "deed"
    name.end, name.joined, name.bare, name.capitals = at + len(raw), False, False, 0
    return name.end


def _object(text: str, folded: str, at: int) -> bool:
    """Whether a document's type in small letters is what a body deals with: "Hội đồng thẩm định báo cáo đánh giá …"."""
    kind = _A_TYPE.match(folded, at)
    after = _WORD.match(folded, kind.end() + 1) if kind else None
    return after is not None and text[after.start()].islower() and stop(text, folded, after.start(), after[0]) is None


_JOINTS = {fold(word): word for word in ("và", "của", "thuộc", "về", "tại", "số")}


def _joining(text: str, folded: str, at: int, raw: str) -> str:
    """The small word at `at` that joins the parts of a name; empty where it is none."""
    word = _JOINTS.get(folded[at : at + len(raw)], "")
    return word if word and spelled(text, at, at + len(raw), word) else ""


def _joint(text: str, folded: str, name: _Name, at: int, raw: str) -> int | None:
    """Where a name goes on behind a small word that joins its parts; None where it ends before that."""
    after = at + len(raw)
    following = _WORD.match(folded, after + 1) if folded[after : after + 1] == " " else None
    joint = _joining(text, folded, at, raw)
    if not joint or following is None:
        return None
    capital = text[following.start()].isupper()
    done = folded[max(0, name.end - 14) : name.end]
    if joint == "và":
        goes_on = (
            not (_A_TYPE.match(folded, following.start()) or _NUMBERED.match(folded, following.start()))
            if capital
            else (not name.whole and not stop(text, folded, following.start(), following[0]))
        )
        name.joined, name.capitals = True, 0
    elif joint == "của":
        goes_on = name.kind == "association" or (capital and name.kind in ("tasked", "led"))
    elif joint == "thuộc":
        goes_on = capital
    elif joint == "về":
        about = _ABOUT if name.kind == "led" else _ABOUT_ANY
        goes_on = bool(about.search(done)) and following[0] != "viec" and not _A_TYPE.match(folded, following.start())
        name.whole = name.whole and not goes_on
    elif joint == "tại":
        goes_on = capital and bool(_BRANCH.search(done)) and not _A_TYPE.match(folded, following.start())
    else:
        figure = _FIGURE.match(folded, following.start())
        if figure:
            return after
        goes_on = bool(_FIGURES.search(done))
        if goes_on:
            name.end = after
    return after if goes_on else None
