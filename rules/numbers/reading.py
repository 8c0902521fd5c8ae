"""Document numbers (số, ký hiệu) read out of text: one that stands alone (`parse`, `read`), or all in running text (`scan`).

The order of repairs: NFC and one dash, Ð to Đ, blanks round slash and hyphen dropped, type and agency by skeleton,
lost hyphens by dictionary, one confusion or (from five letters) one letter off. An unknown agency is never rejected.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from models.number import DocumentNumber, Regime
from models.repair import Repair, RepairKind
from models.skeleton import code, nfc
from rules.confusions import digits_table, pairs
from rules.numbers.symbols import cut, is_agency, is_type, joint_types, spell

_CAP = "A-ZĐÐƯƠÂÊÔĂ"
_SEGMENT = rf"[A-Za-zĐđÐƯƠưÂÊÔĂ][A-Za-z0-9ĐđÐƯƠưÂÊÔĂ]*(?:[.&][{_CAP}0-9]{{1,8}}(?![a-zà-ỹ]))*"
_GLUE = r"\s{0,2}(?:[:.]\s?)?-\s{0,2}(?:[-:.]\s?)?"  # a hyphen with the specks that a scan puts round it
_SYMBOL = rf"{_SEGMENT}(?:{_GLUE}{_SEGMENT}|/{_SEGMENT})*"
_STATE = re.compile(
    rf"(?<![\w/.\-§$])(?<!\d:)(\d{{1,6}})(?:\s?([a-zđ]|[A-H]))?\s{{0,2}}/\s{{0,2}}(?:((?:19|20)\s?\d\s?\d)(?:\s{{0,2}}/\s{{0,2}}|(?=[{_CAP}])))?({_SYMBOL})"
)
_PARTY = re.compile(
    rf"(?<![\w/.\-])(\d{{1,6}})\s{{0,2}}-\s{{0,2}}([{_CAP}][A-Za-zĐđÐ]{{0,4}})\s{{0,2}}/\s{{0,2}}([{_CAP}][{_CAP}0-9]*(?:-[{_CAP}0-9]+)*)"
)
_LOST = re.compile(
    rf"(?<!\w)[Ss][ốóôo]\s?[:.]?\s?(\d{{1,6}})\s?[lI|!\\]?\s?([{_CAP}0][{_CAP}a-z0-9]*(?:\s?-\s?[{_CAP}(][{_CAP}A-Za-z0-9&]*)+)"
)
_BROKEN = re.compile(r"(?<!\w)[Ss][ốôóo]\s?:?\s?(\d{1,4}(?:\s\d{1,3}){1,2})(?=\s?/\s?(?:(?:19|20)\d\d\s?/?\s?)?[A-ZĐÐ])")
_MISREAD = re.compile(r"(?<!\w)[Ss]ố\s?:?\s?([lI|!]\s\d{1,4}|[\dOoQlI|!SBZG]{1,6})(?=\s?/)")
_CARELESS = re.compile(r"(\d{1,6})([a-h](?=[\s/]))?[\s/lI|.]*(?:((?:19|20)\d\d)[\s/.-]+)?([A-Za-zĐđ][\w&.]*(?:[\s/-]+[A-Za-zĐđ][\w&.]*)*)")
_ETH = str.maketrans(
    {
        "Ð": "Đ",
        "ƣ": "ư",
        "Ƣ": "Ư",
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "\u00a0": " ",
        "\ufffe": "-",
        "\x02": "-",
        "⁄": "/",
        "∕": "/",
    }
)
_NOT_BEFORE = re.compile(
    r"(?:TCVN|QCVN|TCXDVN|QCXDVN|QCĐP|TCN|TCCS|ISO|IEC|ASTM|(?:[Mm]\wu|[Bb]i\wu(?: m\wu)?|[Bb][ảáa]ng|[Mm]ã)(?: s\w)?)[\s:.\d-]*$"
)
_UNIT_WORDS = {"NAM", "THANG", "NGAY", "GIO", "HA", "KG", "M", "KM", "VND", "USD"}


class Found(NamedTuple):
    """A number in running text: text[start:end], the number, and the rules that changed the reading."""

    start: int
    end: int
    number: DocumentNumber
    repairs: tuple[Repair, ...]


def _code_like(segment: str, *, spaced: bool) -> bool:
    """Whether a segment looks like an abbreviation rather than a word. spaced: a blank stood before it."""
    capitals = sum(c.isupper() for c in segment)
    if spaced:
        return (capitals >= 2 and capitals * 2 >= sum(c.isalpha() for c in segment) - 1) or (is_agency(segment) and segment[0].isupper())
    return capitals >= 1 or segment.isdigit()


def _split(symbol: str) -> tuple[tuple[str, ...], int, list[Repair]]:
    """A symbol's segments, how many of its characters they take, and the repairs: words after a spaced hyphen are cut off."""
    parts = re.split(rf"({_GLUE}|/)", symbol)
    segments, size, repairs = [parts[0]], len(parts[0]), []
    for glue, segment in zip(parts[1::2], parts[2::2], strict=True):
        if not _code_like(segment, spaced=glue not in ("-", "/")):
            break
        if glue not in ("-", "/"):
            repairs.append(Repair(RepairKind.SPACED_HYPHEN))
        segments.append(segment)
        size += len(glue) + len(segment)
    return tuple(segments), size, list(dict.fromkeys(repairs))


def _plausible(segments: tuple[str, ...], serial: str, year: int | None) -> bool:
    """Whether the segments can be a symbol: capitals, or lower case that the dictionary knows."""
    first = segments[0]
    if code(first) in _UNIT_WORDS and len(segments) == 1:
        return False
    if len(segments) == 1:
        if is_agency(first) and (first != first.lower()):
            return True
        return sum(c.isupper() for c in first) >= 2 and len(code(first)) >= 2
    if first == first.lower():
        return is_type(first) and is_agency(segments[1])
    return first[0].isupper() or first[0].isdigit()


@cache
def _make(
    serial: str, suffix: str, year: int | None, segments: tuple[str, ...], slashed: str, party: bool
) -> tuple[DocumentNumber, tuple[Repair, ...]]:
    """The number and the repairs of its symbol. slashed: the symbol's own separators, "-" or "/", one between two segments."""
    spelled = spell(segments, party=party)
    parts = spelled.segments
    if party:
        symbol = f"{parts[0]}/{'-'.join(parts[1:])}"
    else:
        glue = "-" * (len(parts) - 1 - len(slashed)) + slashed
        symbol = parts[0] + "".join(g + p for g, p in zip(glue, parts[1:], strict=True))
    rest = parts[1:] if spelled.type_abbr else parts
    if spelled.type_abbr and code(spelled.type_abbr) in joint_types():
        issuer, unit = ";".join(rest), ""
    elif party:
        issuer, unit = "-".join(rest), ""
    else:
        issuer, unit = (rest[0] if rest else ""), "-".join(rest[1:])
    regime: Regime = "state-qppl" if year else "state"
    if party:
        regime = "party"
    elif any(re.match(r"(?:UBTV)?QH\d", p) for p in parts):
        regime = "na"
    elif issuer == "UB":  # before 2005 every number of a people's committee bore its year
        regime = "state"
    number = DocumentNumber(
        serial=serial, suffix=suffix, year=year, symbol=symbol, type_abbr=spelled.type_abbr, issuer_abbr=issuer, unit=unit, regime=regime
    )
    return number, spelled.repairs


def _glued(segments: tuple[str, ...], after: str) -> tuple[tuple[str, ...], int]:
    """Cut off the head of a word that a text layer glued to the symbol ("QĐ-TTgngày"); returns segments and characters dropped."""
    last = segments[-1]
    if after[:1].isalpha():
        for tail in ("ng", "c", "v"):
            if last.endswith(tail) and is_agency(last[: -len(tail)]):
                return (*segments[:-1], last[: -len(tail)]), len(tail)
    return segments, 0


def _state(match: re.Match[str], text: str) -> Found | None:
    serial, suffix, year, symbol = match.groups()
    segments, size, repairs = _split(symbol)
    end = match.start(4) + size
    segments, dropped = _glued(segments, text[end : end + 1])
    end -= dropped
    if len(segments) == 1 and is_type(segments[0]):  # the hyphen read as a blank: "36/QĐ TTg"
        follow = re.match(rf"\s([{_CAP}][A-Za-zĐđ]*)(?!\w)", text[end:])
        if follow and is_agency(follow[1]):
            segments, end = (segments[0], follow[1]), end + follow.end()
            repairs.append(Repair(RepairKind.HYPHEN))
    spread = (
        re.match(rf"\s([{_CAP}]{{2,7}})(?=\s+ngày|\s*[,;.]|\s+của)", text[end:]) if len(segments) == 1 and is_agency(segments[0]) else None
    )
    if spread and not is_type(segments[0]):  # "6138/UBND KGVX ngày": the hyphen before the unit lost
        segments, end = (segments[0], spread[1]), end + spread.end()
        repairs.append(Repair(RepairKind.HYPHEN))
    if segments[0] == "QH" and (term := re.match(r"\s?(1\d)(?!\d)", text[end:])):
        segments, end = (f"QH{term[1]}",), end + term.end()
    day = int(re.sub(r"\s", "", year)) if year else None
    if not _plausible(segments, serial, day):
        return None
    if year and match.end(3) == match.start(4):  # "31/2024QH15": only where the symbol alone would be one
        if not (re.match(r"(?:UBTV)?QH\d", segments[0]) or (is_type(segments[0]) and len(segments) > 1)):
            return None
        repairs.append(Repair(RepairKind.SLASH))
    if "/" in text[match.start() : end] and re.search(r"\s/|/\s", text[match.start() : end]):
        repairs.append(Repair(RepairKind.SPACED_SLASH))
    slashed = "".join("/" if g == "/" else "-" for g in re.findall(rf"{_GLUE}|/", symbol[:size]))[: len(segments) - 1]
    lower = suffix.lower() if suffix else ""
    number, more = _make(serial, lower, day, segments, slashed, party=False)
    return Found(match.start(), end, number, (*repairs, *more))


def _party(match: re.Match[str]) -> Found | None:
    serial, kind, organ = match.groups()
    if not is_type(kind) or (organ.isdigit()):
        return None
    repairs = [Repair(RepairKind.SPACED)] if " " in match[0] else []
    number, more = _make(serial, "", None, (kind, *organ.split("-")), "", party=True)
    return Found(match.start(), match.end(), number, (*repairs, *more))


def _lost(match: re.Match[str]) -> Found | None:
    segments, size, repairs = _split(match[2])
    if segments[0] and segments[0][0] in "lI" and not is_type(segments[0]) and not is_agency(segments[0]):
        segments = (segments[0][1:], *segments[1:])
    known = (is_type(segments[0]) and len(segments) > 1) or (is_agency(segments[0]) and len(segments) > 1)
    if not known:
        return None
    number, more = _make(match[1], "", None, segments, "", party=False)
    return Found(match.start(1), match.start(2) + size, number, (*repairs, Repair(RepairKind.SLASH), *more))


def _mend_digits(text: str) -> tuple[str, list[tuple[int, Repair]]]:
    """`text` with letters read for digits after "số" put right, of the same length, and where that was."""
    notes: list[tuple[int, Repair]] = []

    def swap(match: re.Match[str]) -> str:
        digits = match[1].translate(digits_table())
        if digits == match[1] or not digits.replace(" ", "").isdigit() or not any(c.isdigit() for c in match[1]):
            return match[0]
        notes.append((match.start(1), Repair(RepairKind.DIGITS, match[1], digits)))
        return match[0][: match.start(1) - match.start()] + digits

    return _MISREAD.sub(swap, text), notes


def scan(text: str) -> list[Found]:
    """All document numbers in running text, in order; standards (QCVN, TCVN, ISO) and forms (Mẫu số …) are left out."""
    flat = text.translate(_ETH)
    flat, notes = _mend_digits(flat)
    found: list[Found] = []
    taken: list[tuple[int, int]] = []

    def keep(item: Found | None) -> None:
        if item and not any(a < item.end and item.start < b for a, b in taken):
            if _NOT_BEFORE.search(flat, max(0, item.start - 24), item.start):
                taken.append((item.start, item.end))
                return
            eth = (Repair(RepairKind.ETH),) if "Ð" in text[item.start : item.end] else ()
            repairs = (*eth, *(note for at, note in notes if item.start <= at < item.end), *item.repairs)
            found.append(item._replace(repairs=repairs))
            taken.append((item.start, item.end))

    for broken in _BROKEN.finditer(flat):
        joined = re.sub(r"\s", "", broken[1])
        match = _STATE.match(joined + flat[broken.end(1) : broken.end(1) + 60])
        item = _state(match, joined + flat[broken.end(1) : broken.end(1) + 60]) if match else None
        if item:
            grown = len(broken[1]) - len(joined)
            keep(
                item._replace(
                    start=broken.start(1), end=broken.start(1) + item.end + grown, repairs=(Repair(RepairKind.SPACED_DIGITS), *item.repairs)
                )
            )
    if "/" in flat:
        for match in _PARTY.finditer(flat):
            keep(_party(match))
        for match in _STATE.finditer(flat):
            keep(_state(match, flat))
    for match in _LOST.finditer(flat):
        keep(_lost(match))
    return sorted(found)


def _clean(text: str) -> str:
    """A lone number without its label, its misread separators put right."""
    flat = nfc(text).translate(_ETH).strip()
    flat = re.sub(r"^[Ss]\s?[ốóôo]\s*[:;.]?\s*|^(?i:luật|nghị quyết|pháp lệnh)\s+[Ss]ố\s*[:;.]?\s*", "", flat)
    for printed, read in pairs("hyphen"):
        flat = flat.replace(read, printed)
    return flat.strip(" .,;:*'\"“”")


def read(text: str) -> tuple[DocumentNumber, tuple[Repair, ...]] | None:
    """The number that `text` is, with the repairs that its reading took; None where it is none.

    >>> read("Số: 332 /BKHCN-TDC")[0].canonical
    '332/BKHCN-TĐC'
    """
    flat = _clean(text)
    blank = re.fullmatch(rf"[\s.…_]*/\s*({_SYMBOL})", flat)
    if blank:
        segments, _, repairs = _split(blank[1])
        number, more = _make("", "", None, segments, "", party=False)
        return number, (*repairs, *more)
    before = flat
    lead = re.match(r"[\dOoQlI|!SBZG][\dOoQlI|!SBZG\s]{0,7}(?=[a-hđ]?\s*[/|⁄∕\\])", flat)
    if lead and any(c.isdigit() for c in lead[0]):
        flat = re.sub(r"\s", "", lead[0]).translate(digits_table()) + flat[lead.end() :]
    flat = re.sub(r"(?<=\d)\s*[|⁄∕\\!]\s*(?=[A-ZĐa-z\d])", "/", flat)
    flat = re.sub(r"(?<=/)2[OoQ][OoQ\d][OoQlI\d](?=/)", lambda m: m[0].translate(digits_table()), flat)
    changed = () if flat == before else (Repair(RepairKind.DIGITS, before, flat),)
    match = _PARTY.match(flat)
    item = _party(match) if match else None
    if item is None:
        match = _STATE.match(flat)
        item = _state(match, flat) if match else None
    if item and item.end >= len(flat) - 3:
        return item.number, (*changed, *item.repairs)
    careless = _careless(flat)
    if careless:
        return careless[0], (*changed, *careless[1])
    return (item.number, (*changed, *item.repairs)) if item else None


def _careless(flat: str) -> tuple[DocumentNumber, tuple[Repair, ...]] | None:
    """A number typed or read without its slash or hyphens: "36 qd ttg", "332BKHCN-TĐC", "36lQĐ-TTg"."""
    match = re.fullmatch(
        r"(\d{1,6})([a-h](?=[\s/]))?[\s/lI|.]*(?:((?:19|20)\d\d)[\s/.-]+)?([A-Za-zĐđ][\w&.]*(?:[\s/-]+[A-Za-zĐđ][\w&.]*)*)", flat
    )
    if not match:
        return None
    segments = tuple(
        s if any(c.islower() for c in s) and any(c.isupper() for c in s) else s.upper() for s in re.split(r"[\s/-]+", match[4])
    )
    segments = (*cut(segments[0]), *segments[1:])
    if not (is_agency(segments[0]) or (is_type(segments[0]) and len(segments) > 1)):
        return None
    year = int(match[3]) if match[3] else None
    number, repairs = _make(match[1], match[2] or "", year, segments, "", party=False)
    return number, (Repair(RepairKind.SEPARATORS), *repairs)


def parse(text: str) -> DocumentNumber | None:
    """The number that `text` is, in canonical spelling, or None.

    >>> parse("334/BKHHCN - TĐC").canonical
    '334/BKHCN-TĐC'
    """
    item = read(text)
    return item[0] if item else None
