"""Who issued: from the printed lines of a header's issuer block to the body's full name (record.md, Issuer names)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from models.skeleton import code, nfc, skeleton
from rules.casing import sentence_case
from rules.likeness import likeness
from rules.places.provinces import Province, province_in, province_like, province_of_place
from rules.tables import rows

_LABELS = {
    "TINH": "tỉnh", "THANH PHO": "thành phố", "TP": "thành phố", "HUYEN": "huyện", "QUAN": "quận", "THI XA": "thị xã", "TX": "thị xã",
    "XA": "xã", "PHUONG": "phường", "THI TRAN": "thị trấn", "DAC KHU": "đặc khu",
}  # fmt: skip
# "XA HOI" (society), "QUAN LY", "QUAN SU" (management, the army) and "TINH UY" (the Party's committee) are no places
_UNITS = (
    r"TINH(?! UY| DOAN)|THANH PHO|TP|HUYEN(?! UY| DOAN)|QUAN(?! UY| LY| SU| TRI| DOAN| DOI| KHU)"
    r"|THI XA|TX|XA(?! HOI)|PHUONG|THI TRAN|DAC KHU"
)
# bodies that every province, district or commune has: the name alone would not tell them apart
_NEEDY = {
    "UY BAN NHAN DAN",
    "HOI DONG NHAN DAN",
    "CONG AN",
    "BAN DAN TOC",
    "TOA AN NHAN DAN",
    "VIEN KIEM SAT NHAN DAN",
    "BO CHI HUY QUAN SU",
}
_EVERYWHERE = {"department", "committee", "council", "court", "body", "office", "unit"}


class Issuer(NamedTuple):
    """name, parent: full, in sentence case; certainty: 0 to 1; known: whether a table has the body; repairs: what was changed."""

    name: str
    parent: str | None
    certainty: float
    known: bool
    repairs: tuple[str, ...]


class _Body(NamedTuple):
    name: str
    kind: str
    place: str | None
    known: bool
    certainty: float
    repairs: tuple[str, ...]


def _letters(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", skeleton(text))


@cache
def _heads() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["kind"]) for row in rows("issuer_heads"))


@cache
def _short() -> tuple[tuple[re.Pattern[str], str], ...]:
    ordered = sorted(rows("issuer_abbreviations"), key=lambda row: -len(row["short"]))
    return tuple((re.compile(rf"(?<![\w&]){re.escape(row['short'])}(?![\w&])\.?"), row["long"].upper()) for row in ordered)


@cache
def catalogue() -> dict[str, str]:
    """Names that the tables know by their skeleton's letters: ministries, central and Party bodies, departments without place."""
    found: dict[str, str] = {}
    for table in ("agencies", "departments", "bodies"):
        for row in rows(table):
            for name in row["name"].split(" / "):
                plain = re.sub(r" (?:tỉnh|\(.*\))$", "", nfc(name))
                found.setdefault(_letters(plain), plain)
    return found


def kind_of(text: str) -> str | None:
    """Return the kind of body whose name `text` begins ("department", "committee", …), or None."""
    bare = re.sub(r"^\W+", "", skeleton(text))
    return next((kind for pattern, kind in _heads() if pattern.search(bare)), None)


def expand(text: str) -> str:
    """Write out the abbreviations of an issuer block: "UBND TỈNH" → "ỦY BAN NHÂN DÂN TỈNH"."""
    text = nfc(text).replace("_", " ")
    for pattern, long in _short():
        text = pattern.sub(f"{long} ", text)
    return " ".join(text.replace(" ,", ",").split())


def _nearly(text: str) -> str | None:
    """The body of the tables that a whole line nearly is, where its head was misread ("Ở TÀI CHÍNH"); None for any other line."""
    key = _letters(text)
    if len(key) < 8:
        return None
    best = max(((likeness(known, key), name) for known, name in catalogue().items()), key=lambda pair: pair[0])
    return best[1] if best[0] >= 0.87 else None


def _groups(block: Iterable[str]) -> list[str]:
    """The block's lines as bodies: a line that begins with the head of a body starts one."""
    out: list[str] = []
    for line in block:
        text = re.sub(r"^[^\w(]+|[^\w).,-]+$", "", expand(line))
        if len(_letters(text)) < 2:
            continue
        joined = bool(out) and re.search(r"(?:-|,|\bVÀ|\bCỦA|\bTHUỘC)\s*$", out[-1])
        head = kind_of(text) or (kind_of(near) if out and (near := _nearly(text)) else None)
        lone = bool(out) and _letters(out[-1]) in {"VANPHONG", "CHUTICH", "BANCHAPHANH", "BOTRUONG", "COQUAN", "BANTHUONGVU"}
        upward = lone and head in {"committee", "council", "party", "body", "unit", "state", "ministry"}
        if out and (head is None or upward or joined):
            out[-1] = f"{out[-1]} {text}"
        else:
            out.append(text)
    return [text.strip(" ,-") for text in out]


def _place_of(text: str) -> tuple[str, str | None, Province | None, float]:
    """Split a body's text into its stem and the place that closes it: (stem, place as named, province, likeness)."""
    bare = skeleton(text)
    found = [hit for hit in re.finditer(rf"(?<!\w)({_UNITS})\.?\s*(?=\w)", bare) if hit.start() and hit.end() > hit.end(1)]
    if found and len(bare) == len(text):
        # the unit that stands nearest after the stem: "… TỈNH GIA LAI", "… HUYỆN CẦN GIỜ, TP. HỒ CHÍ MINH"
        hit = found[0]
        stem, unit, rest = text[: hit.start()].strip(" ,-"), hit[1], text[hit.end() :].strip(" .,-")
        label = _LABELS[unit]
        if unit in {"TINH", "THANH PHO", "TP"}:
            province = province_in(rest)
            if province and (_letters(province.name) in _letters(rest) or len(rest) < 6):
                return stem, f"{label} {province.name}", province, 1.0
            like = province_like(rest)
            if like and like[1] >= 0.78:
                return stem, f"{label} {like[0].name}", like[0], like[1]
        return stem, f"{label} {sentence_case(f'xã {rest}')[3:]}", None, 1.0
    province = province_in(text)
    if province:
        key = _letters(province.name)
        tail = _letters(text)
        if tail.endswith(key) and len(tail) > len(key) + 3:
            words = text.split()
            for cut in range(len(words) - 1, 0, -1):
                if _letters(" ".join(words[cut:])) == key:
                    return " ".join(words[:cut]).strip(" ,-"), province.titled(), province, 1.0
    return text, None, None, 1.0


def _canonical(text: str) -> _Body:
    """One body of the block in full."""
    if re.match(r"CHU TICH (?:UY|U)", skeleton(text)):
        text = " ".join(text.split()[2:])
    kind = kind_of(text) or "other"
    names = catalogue()
    whole = names.get(_letters(text))
    if whole:
        return _Body(whole, kind, None, True, 0.98, () if skeleton(whole) == skeleton(text) else (f"issuer: {text} → {whole}",))
    stem, place, province, near = _place_of(text)
    exact = names.get(_letters(stem))
    best = (1.0, exact) if exact else max(((likeness(key, _letters(stem)), name) for key, name in names.items()), key=lambda pair: pair[0])
    repairs = [] if near == 1.0 else [f"province: {text} → {place}"]
    if best[1] and best[0] >= (0.86 if len(stem) > 8 else 0.93):
        name = best[1]
        if best[0] < 1:
            repairs.append(f"issuer: {stem} → {name}")
        kind = kind_of(name) or kind
        if place and (kind in _EVERYWHERE or province is None or re.search(rf"(?<!\w)(?:{_UNITS})\b", skeleton(text))):
            name = f"{name} {place}"
        elif place and kind == "party" and province:
            name = f"{name} {province.name}"
        elif place:
            name = f"{name} {place}"
        return _Body(name, kind, place, True, 0.98 * min(1.0, best[0] + 0.05) * min(1.0, near + 0.05), tuple(repairs))
    spelled = respell(text)
    return _Body(
        _proper(sentence_case(spelled)),
        kind,
        place,
        False,
        0.85,
        tuple(repairs) if spelled == text else (*repairs, f"issuer: {text} → {spelled}"),
    )


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """Phrases of two words and more that the tables spell, by skeleton, the longest first."""
    known = [
        *catalogue().values(),
        *(row["phrase"] for row in rows("casing")),
        *(row["old_name"] for row in rows("provinces")),
        "thành phố",
        "thị xã",
    ]
    return tuple(sorted({(skeleton(phrase), nfc(phrase)) for phrase in known if " " in phrase}, key=lambda pair: -len(pair[0])))


def respell(text: str) -> str:
    """Give the known phrases within a printed name their marks: "THÀNH PHÓ HÒ CHÍ MINH" → "THÀNH PHỐ HỒ CHÍ MINH"."""
    bare = skeleton(text)
    if len(bare) != len(text):
        return text
    out, taken = list(text), [False] * len(text)
    for key, phrase in _phrases():
        for hit in re.finditer(rf"(?<!\w){re.escape(key)}(?!\w)", bare):
            if len(phrase) == len(key) and not any(taken[hit.start() : hit.end()]):
                written = text[hit.start() : hit.end()]
                out[hit.start() : hit.end()] = phrase.upper() if written.isupper() else phrase
                taken[hit.start() : hit.end()] = [True] * len(key)
    return "".join(out)


@cache
def _common_words() -> frozenset[str]:
    """Words that names of bodies share: a name of these alone is no proper name."""
    text = " ".join([*catalogue().values(), *(row["phrase"] for row in rows("casing"))])
    return frozenset(_letters(word) for word in text.split()) | {
        "DU",
        "AN",
        "DAU",
        "TU",
        "DIEU",
        "HANH",
        "CONG",
        "TRINH",
        "HA",
        "TANG",
        "LE",
        "KY",
        "NIEM",
        "NHAN",
        "DAN",
        "SACH",
        "CAC",
        "KHU",
        "PHAT",
        "TRIEN",
        "DICH",
        "VU",
        "DUPHONG",
    }


def _proper(name: str) -> str:
    """Capitals for the words of an unknown body's name that are no words of office: they are its proper name."""
    words = name.split(" ")
    return " ".join(word if _letters(word) in _common_words() else word[:1].upper() + word[1:] for word in words)


def _placed(body: _Body, above: _Body | None, place: str | None, day: date | None) -> _Body:
    """Give a body that every place has the place it lacks: from the body over it, else from the place line."""
    name, repairs = body.name, list(body.repairs)
    bare = skeleton(name)
    if body.place or body.kind not in _EVERYWHERE or bare.startswith(("UY BAN DAN TOC", "VAN PHONG CHINH PHU", "THANH TRA CHINH PHU")):
        return body
    if body.known and above is None and len(bare.split()) > 3 and body.kind != "department" and bare not in _NEEDY:
        return body
    if bare in {"VAN PHONG", "THANH TRA"} or bare.startswith("VAN PHONG DANG"):
        if above is None:
            return body._replace(certainty=body.certainty * 0.6)
        local = bare == "THANH TRA" and above.kind == "committee" and above.place
        return body._replace(name=f"{name} {above.place if local else above.name}", place=above.place)
    if body.kind in {"unit", "office"} and not {_letters(word) for word in name.split()} <= _common_words():
        return body
    if above is not None and above.kind == "ministry":
        return body
    if above is not None and above.place:
        label, _, where = above.place.partition(" ")
        if name.lower().endswith(f" {label}"):
            return body._replace(name=f"{name} {where}", place=above.place)
        return body._replace(name=f"{name} {above.place}", place=above.place)
    province = province_of_place(place or "")
    needs = body.kind == "department" or bare in _NEEDY
    if needs and province:
        repairs.append("issuer: province from the place line")
        return body._replace(
            name=f"{name} {province.titled(day)}", place=province.titled(day), certainty=body.certainty * 0.88, repairs=tuple(repairs)
        )
    return body._replace(certainty=body.certainty * (0.55 if needs else 0.9))


def name_issuer(block: Sequence[str], *, place: str | None = None, day: date | None = None) -> Issuer | None:
    """Return the body that an issuer block names, and the body over it; None where the block names none.

    block: the printed lines, top to bottom, without number, rules and stamps; place: of the place line; day: the letter's.

    >>> name_issuer(["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"]).name
    'Sở Y tế tỉnh Kiên Giang'
    """
    bodies = [_canonical(text) for text in _groups(block)]
    bodies = [body for body in bodies if body.kind != "other" or not any(b.kind != "other" for b in bodies)]
    if not bodies:
        return None
    placed: list[_Body] = []
    for body in bodies:
        placed.append(_placed(body, placed[-1] if placed else None, place, day))
    last = placed[-1]
    same = [body for body in placed[:-1] if body.kind == last.kind and last.kind in {"ministry", "department"}]
    if same:
        joint = [*same, last]
        return Issuer(" - ".join(b.name for b in joint), None, min(b.certainty for b in joint) * 0.85, True, last.repairs)
    parent = placed[-2].name if len(placed) > 1 else None
    certainty = last.certainty if last.kind != "other" else 0.5
    if parent and last.place and not bodies[-1].place and placed[-2].certainty < 0.9:
        certainty *= placed[-2].certainty
    return Issuer(last.name, parent, round(certainty, 3), last.known, last.repairs)


def symbols_of(name: str) -> tuple[str, ...]:
    """Return the abbreviations by which numbers name the body: "Sở Y tế tỉnh Kiên Giang" → ("SYT", "YT"); () where no table has it."""
    stem = _letters(_place_of(nfc(name))[0])
    out: list[str] = []
    for table in ("agencies", "departments"):
        for row in rows(table):
            if any(_letters(re.sub(r" (?:tỉnh|\(.*\))$", "", part)) == stem for part in row["name"].split(" / ")):
                out += [row["abbr"], *(v.split("(")[0].strip() for v in row["abbr_variants"].split(";"))]
    return tuple(dict.fromkeys(item for item in out if item))


def letter_symbol(name: str) -> str | None:
    """Return the abbreviation that the body's official letters bear ("BNN" of 4981/BNN-TY, not BNNPTNT), or None where no table has it."""
    known = symbols_of(name)
    for row in rows("agencies"):
        if row["abbr"] in known and (found := re.search(r"(?:^|[ ;])\d+/([^/;-]+)-", row["example_symbol"])) and found[1] in known:
            return found[1]
    return known[0] if known else None


def fits(name: str, symbol: str) -> bool:
    """Return whether `symbol`, an issuer in a number, can stand for `name`: a known abbreviation, or letters that its words begin with."""
    key = code(symbol)
    if key in {code(item) for item in symbols_of(name)}:
        return True
    initials = "".join(word[0] for word in re.findall(r"[A-Z0-9]+", skeleton(name)))
    at = 0
    for char in key:
        at = initials.find(char, at) + 1
        if at == 0:
            return False
    return True
