"""The issuer named in a citation ("… của Bộ Khoa học và Công nghệ …"), and its canonical name."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extract.references.find.bodies import name_ends, name_words
from pipeline.extract.references.find.bodies.issuer_names import closed_up, everywhere, flat, known_names, spelled
from pipeline.extract.references.find.bodies.issuer_places import LEVEL, LEVELS, named_place, unit_kind
from pipeline.extract.references.text.folding import fold
from rules.places.groups import province_in

_HEADS = (
    r"(?:(?:pho )?(?:bo truong|chu tich|giam doc|tong cuc truong|cuc truong|thong doc|vien truong|chanh an|hieu truong|"
    r"tong giam doc|chu nhiem|tong bien tap|vu truong|chi cuc truong|thu truong|tu lenh(?: truong)?|chinh uy|chi huy truong|"
    r"hat truong|tram truong|doi truong|bi thu(?= )|tong thu ky|chanh(?= thanh tra| van phong)|tong(?= thanh tra| kiem toan)|"
    # "Trưởng ban Ban Quản lý", and "Trưởng phòng Nội vụ": the head of the Phòng Nội vụ
    r"truong (?:ban(?= ban)|phong(?= phong)|doan(?= doan))|truong(?= (?:ban|phong|doan|khoa|to|tieu ban|tram|doi|cong an|thue|hai quan)\s))"
    r"(?:,\s*chu nhiem)?\s+)"
)
_COMMITTEE = re.compile(
    r"(?P<what>uy\s?ban\s?nhan\s?dan|ubnd|hoi\s?dong\s?nhan\s?dan|hdnd|thuong truc h(?:dnd|oi dong nhan dan)|doan dbqh va hdnd)"
    rf"(?:\s+(?P<level>{LEVEL})(?!\w))?"
)
_PARTY = re.compile(r"(?P<what>(?:ban thuong vu |thuong truc |ban chap hanh )?(?:tinh|thanh|huyen|quan|thi|dang)\s?u[yi])(?!\w)")
_OF_A_CORPS = re.compile(r"\s(?:Quân|Khối|Cơ quan)\b")
_LONGEST = 400  # characters that are looked at for a name


class Named(NamedTuple):
    """An issuer read at text[start:end]; name: canonical."""

    start: int
    end: int
    name: str


def _committee(text: str, folded: str, match: re.Match[str], province: str | None) -> Named:
    standing = "Thường trực " if match["what"].startswith("thuong truc") else ""
    what = f"{standing}Hội đồng nhân dân" if match["what"].startswith(("hoi", "hdnd", "thuong", "doan")) else "Ủy ban nhân dân"
    level, end = match["level"], match.end()
    name, place_end = named_place(text, folded, end, level)
    shown = LEVELS.get(level or "", "")
    if name:
        if not level and province_in(name):
            shown = unit_kind(name)
        elif not level:
            name, place_end = "", end
        end = place_end
        if LEVELS.get(level or "") in _COMMUNES and (within := _within(text, folded, end)):
            name, end = f"{name}, {within[0]}", within[1]
    elif level in ("tinh", "thanh pho", "tp", "tp.") and province:
        shown, name = (unit_kind(province), province) if LEVELS[level] == unit_kind(province) else (shown, "")
    return Named(match.start(), end, " ".join(p for p in (what, shown, name) if p))


_COMMUNES = ("xã", "phường", "thị trấn")
_IN_COMMUNE = re.compile(rf"\s(?:{'|'.join(_COMMUNES)})\s[^,]+$")
_AROUND = re.compile(r"(?:,\s?|\s\()(?P<level>huyen|quan|thi xa|tx\.?|thanh pho|tp\.?|tinh)(?!\w)")


def _within(text: str, folded: str, at: int) -> tuple[str, int] | None:
    """The district or province that a commune's name is followed by, "xã Diễn Mỹ, huyện Diễn Châu", and where it ends: communes of one
    name are many."""
    match = _AROUND.match(folded, at)
    name, end = named_place(text, folded, match.end(), match["level"]) if match else ("", at)
    if not match or not name:
        return None
    closes = match[0].lstrip().startswith("(") and text[end : end + 1] == ")"
    return f"{LEVELS[match['level']]} {name}", end + closes


def _local(text: str, folded: str, name: str, end: int, province: str | None) -> tuple[str, int]:
    """A department with its province: printed after it, else the letter's own."""
    match = re.compile(rf"\s+(?P<level>{LEVEL})(?!\w)").match(folded, end)
    if match:
        place, place_end = named_place(text, folded, match.end(), match["level"])
        if place:
            return f"{name} {LEVELS.get(match['level'], 'tỉnh')} {place}", place_end
        end = match.end()
        shown = LEVELS[match["level"]]
        if not (province and shown == unit_kind(province)):
            return f"{name} {shown}", end
    else:
        place, place_end = named_place(text, folded, end, None)
        if place and province_in(place):
            return f"{name} {unit_kind(place)} {place}", place_end
        if " " in place and name_words.head(text, folded, end + 1) is None:
            return f"{name} {place}", place_end  # "Kho bạc Nhà nước Đồng Xoài"
    at_home = province and (name.startswith("Sở ") or (match and LEVELS[match["level"]] in ("tỉnh", "thành phố")))
    return (f"{name} {unit_kind(province or '')} {province}" if at_home else name), end


_CENTRE_OF = re.compile(r"(?:(?<=trung uong)|\strung uong)\s(?!dang|khoa)(?=[a-z])")  # "Ban Bí thư Trung ương Đoàn": another organization's
_PARENT = re.compile(r"\s(?:-\s|thuoc\s)?(?=bo\s)")
_REGIONAL = re.compile(r"\s(?:khu vuc|chi nhanh|cap cao|lien (?:huyen|quan|tinh))(?!\w)")  # of a region, or a branch: the name goes on
_PLACE = re.compile(rf"\s(?P<level>{LEVEL})(?!\w)")


def _of_another(text: str, folded: str, known: re.Match[str]) -> bool:
    """Whether a Party body's name goes on as another organization's: "Ban Bí thư Trung ương Đoàn"."""
    if known[0] == "trung uong":
        return bool(re.match(r" (?:Hội|Đoàn|Mặt trận)\b", text[known.end() :]))
    centre = _CENTRE_OF.match(folded, known.end()) if known[0].startswith("ban ") else None
    return centre is not None and text[centre.end()].isupper()


def _of_a_body(text: str, folded: str, at: int) -> bool:
    """Whether a committee of the Party is that of a body named behind it: "Đảng ủy Công ty …", "Đảng ủy Quân sự tỉnh"."""
    return bool(_OF_A_CORPS.match(text, at)) or (text[at + 1 : at + 2].isupper() and name_words.head(text, folded, at + 1) is not None)


def _with_its_ministry(text: str, folded: str, end: int, name: str) -> int:
    """Where a central body's name ends with the ministry that it is of: "Cục Quản lý Dược Bộ Y tế"."""
    parent = None if name.startswith("Bộ ") else _PARENT.match(folded, end)
    ministry = known_names()[0].match(folded, parent.end()) if parent and text[parent.end() : parent.end() + 1] == "B" else None
    return ministry.end() if ministry else end


_BRANCH = re.compile(r"[A-ZĐ]\w+(?=\s[Cc]hi nhánh\s[A-ZĐ])")  # "Agribank Chi nhánh Kon Tum"
# "VNPT Lâm Đồng", "EVNNPC": a company known by its letters
_COMPANY = re.compile(r"[A-ZĐ]{3,}(?:\s[A-ZĐÀ-Ỹ][a-zà-ỹ]+){0,4}(?!\w)")


def read(text: str, folded: str, at: int, province: str | None = None, end: int | None = None) -> Named | None:
    """The body whose name begins at `at`, or None; a name ends with its paragraph. province: the citing letter's, which "UBND tỉnh" and
    "Sở Y tế" take."""
    stop = text.find("\n", at, at + _LONGEST)
    stop = at + _LONGEST if stop < 0 else stop
    found = _read(text[at:stop], folded[at:stop], province, len(text) if end is None else end - at)
    return Named(found.start + at, found.end + at, found.name) if found else None


def _read(text: str, folded: str, province: str | None, end: int) -> Named | None:
    """The body whose name begins a text, within its first `end` characters."""
    start = at = 0
    head = re.compile(_HEADS).match(folded, at)
    if head and not known_names()[0].match(folded):  # "Chủ tịch nước" is a body
        at = head.end()
    committee = _COMMITTEE.match(folded, at)
    if committee:
        return _committee(text, folded, committee, province)._replace(start=start)
    party = _PARTY.match(folded, at)
    if party and text[at].isupper() and not _of_a_body(text, folded, party.end()):
        level = _PLACE.match(folded, party.end())
        name, place_end = named_place(text, folded, level.end() if level else party.end(), level["level"] if level else None)
        if level and name:
            name = f"{LEVELS[level['level']]} {name}"
        elif level and text[party.end() + 1].islower():
            name, place_end = LEVELS[level["level"]], level.end()
        whole = re.sub(r"^(?:Ban Thường vụ|Thường trực|Ban Chấp hành) ", "", text[at : party.end()])
        return Named(
            start,
            place_end,
            f"{whole} {name}".strip()
            if name
            else (f"{whole} {province}" if province and fold(whole) in ("tinh uy", "thanh uy") else whole),
        )
    pattern, names = known_names()
    known = pattern.match(folded, at)
    goes_on = known and (_REGIONAL.match(folded, known.end()) or _of_another(text, folded, known))
    if known and text[at].isupper() and not goes_on:
        name = names.get(known[0]) or names.get(flat(known[0])) or closed_up().get(re.sub(r"[\s-]", "", known[0])) or text[at : known.end()]
        if name.startswith("Sở ") or name in everywhere():
            name, stop = _local(text, folded, name, known.end(), province)
            return Named(start, stop, name)
        return Named(start, _with_its_ministry(text, folded, known.end(), name), name)
    begun = name_words.head(text, folded, at)
    if (begun and (text[at : at + 1].isupper() or head)) or (head and text[at : at + 1].isupper()):
        headed, kind = begun or (at, "")
        last = name_ends.end(text, folded, at, headed, kind, end)
        name = spelled(re.sub(r"\s+", " ", text[at : at + 1].upper() + text[at + 1 : last]).strip(" ,.-"))
        if len(name) > 4:
            if province and fold(name).endswith((" tinh", " thanh pho", " tinh uy", " thanh uy")):
                name = f"{name} {province}"
            if within := _within(text, folded, last) if _IN_COMMUNE.search(name) else None:
                return Named(start, within[1], f"{name}, {within[0]}")
            return Named(start, at + len(text[at:last].rstrip(" ,.-")), name)
    if branch := _BRANCH.match(text):
        ends = name_ends.end(text, folded, at, branch.end(), "", end)
        return Named(start, ends, text[at:ends])
    company = _COMPANY.match(text)
    return Named(start, company.end(), company[0]) if company and not head else None
