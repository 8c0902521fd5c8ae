"""Document numbers (số, ký hiệu) read out of text: one that stands alone (`parse`, `read`), or all in running text (`scan`).

The order of repairs: NFC and one dash, Ð to Đ, blanks round slash and hyphen dropped, type and agency by skeleton,
lost hyphens by dictionary, one confusion or (from five letters) one letter off. An unknown agency is never rejected.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from models.number import DocumentNumber
from models.repair import Repair, RepairKind
from models.skeleton import nfc
from rules.confusions import as_printed, likely_spellings, pairs
from rules.numbers import forms
from rules.numbers.forms import make, plausible, split_symbol
from rules.numbers.symbols import cut, is_agency, is_type


class Found(NamedTuple):
    """A number in running text: text[start:end], the number, and the rules that changed the reading."""

    start: int
    end: int
    number: DocumentNumber
    repairs: tuple[Repair, ...]


def _after_blank(segments: tuple[str, ...], rest: str) -> tuple[str, int]:
    """What stands after a blank or a point and belongs to the symbol, and the characters it takes: the segment after a lone one
    ("36/QĐ TTg", "36/QĐ .UBND", "6138/UBND KGVX ngày"), or the rest of an agency ("TT-BGD ĐT")."""
    region = re.match(r"\s([IVX]{1,4})(?!\w)", rest) if segments[-1] == "KV" else None
    if region:  # "TB-KV II": of a region that has a Roman number
        return region[1], region.end()
    torn = re.match(rf"\s([{forms.CAPITAL}]{{2,5}})(?!\w)", rest)
    if torn and is_agency(segments[-1] + torn[1]) and not is_agency(segments[-1]) and not is_agency(torn[1]):
        return torn[1], torn.end()
    if len(segments) > 1:
        return "", 0
    found = re.match(rf"(?:\s|\s?\.)([{forms.CAPITAL}][A-Za-zĐđ]*)(?!\w)", rest) if is_type(segments[0]) else None
    if found and is_agency(found[1]):
        return found[1], found.end()
    if is_agency(segments[0]) and not is_type(segments[0]):
        found = re.match(rf"\s([{forms.CAPITAL}]{{2,7}})(?=\s+ngày|\s*[,;.]|\s+của)", rest)
        return (found[1], found.end()) if found else ("", 0)
    return "", 0


def _state(match: re.Match[str], text: str) -> Found | None:
    serial, suffix, year, symbol = match.groups()
    segments, size, repairs = split_symbol(symbol)
    end = match.start(4) + size
    segments, dropped = forms.unglued(segments, text[end : end + 1])
    end -= dropped
    more, taken = _after_blank(segments, text[end:])
    if taken:
        torn = is_agency(segments[-1] + more) or segments[-1] == "KV"
        segments, end = (*segments[:-1], segments[-1] + more) if torn else (*segments, more), end + taken
        repairs.append(Repair(RepairKind.HYPHEN))
    if segments[0] == "QH" and (term := re.match(r"\s?(1\d)(?!\d)", text[end:])):
        segments, end = (f"QH{term[1]}",), end + term.end()
    day = int(re.sub(r"\s", "", year)) if year else None
    if not plausible(segments):
        return None
    if year and match.end(3) == match.start(4):  # "31/2024QH15": only where the symbol alone would be one
        if not (re.match(r"(?:UBTV)?QH\d", segments[0]) or (is_type(segments[0]) and len(segments) > 1)):
            return None
        repairs.append(Repair(RepairKind.SLASH))
    if "/" in text[match.start() : end] and re.search(r"\s/|/\s", text[match.start() : end]):
        repairs.append(Repair(RepairKind.SPACED_SLASH))
    slashed = "".join("/" if g == "/" else "-" for g in re.findall(rf"{forms.GLUE}|/", symbol[:size]))[: len(segments) - 1]
    lower = suffix.lower() if suffix else ""
    number, mended = make(serial, lower, day, segments, slashed, party=False)
    return Found(match.start(), end, number, (*repairs, *mended))


def _party(match: re.Match[str]) -> Found | None:
    serial, kind, organ = match.groups()
    if not is_type(kind) or (organ.isdigit()):
        return None
    repairs = [Repair(RepairKind.SPACED)] if " " in match[0] else []
    if "-" not in match[0][: match.start(2) - match.start()]:
        repairs.append(Repair(RepairKind.HYPHEN))
    number, more = make(serial, "", None, (kind, *re.split(r"-\s?", organ)), "", party=True)
    return Found(match.start(), match.end(), number, (*repairs, *more))


def _dashed(match: re.Match[str]) -> Found:
    symbol = match[2]
    number = DocumentNumber(serial=match[1], symbol=symbol, issuer_abbr=symbol, regime="party")
    return Found(match.start(), match.end(), number, ())


def _lost(match: re.Match[str]) -> Found | None:
    segments, size, repairs = split_symbol(match[2])
    if segments[0] and segments[0][0] in "lI" and not is_type(segments[0]) and not is_agency(segments[0]):
        segments = (segments[0][1:], *segments[1:])
    known = (is_type(segments[0]) and len(segments) > 1) or (is_agency(segments[0]) and len(segments) > 1)
    if not known:
        return None
    number, more = make(match[1], "", None, segments, "", party=False)
    return Found(match.start(1), match.start(2) + size, number, (*repairs, Repair(RepairKind.SLASH), *more))


def _mend_digits(text: str, runs: list[tuple[int, int]]) -> tuple[str, list[tuple[int, Repair]]]:
    """`text` with letters read for digits after "số" put right, a hyphen for the slash before a year and a digit for an agency's first
    letter; of the same length, and where that was. runs: where its figures stand."""
    notes: list[tuple[int, Repair]] = []

    def swap(match: re.Match[str]) -> str:
        digits = match[1].translate(as_printed("digits"))
        if digits == match[1] or not digits.replace(" ", "").isdigit() or not any(c.isdigit() for c in match[1]):
            return match[0]
        notes.append((match.start(1), Repair(RepairKind.DIGITS, match[1], digits)))
        return match[0][: match.start(1) - match.start()] + digits

    said = [match.start() for match in forms.SO.finditer(text)]
    for match in forms.matches(forms.misread(), text, said):
        if (mended := swap(match)) != match[0]:
            text = f"{text[: match.start()]}{mended}{text[match.end() :]}"
    for dashed in forms.matches(forms.DASHED_YEAR, text, said):
        text = f"{text[: dashed.start(1)]}/{text[dashed.end(1) :]}"
        notes.append((dashed.start(1), Repair(RepairKind.SLASH)))
    for misread in forms.matches(forms.misread_agency(), text, [at for at, _ in runs if text[at - 1 : at] == "/"]):
        known = {one for one in likely_spellings(misread[0]) if is_agency(one) and len(one) == len(misread[0])}
        if len(known) == 1 and not is_agency(misread[0]):
            spelled = known.pop()
            text = f"{text[: misread.start()]}{spelled}{text[misread.end() :]}"
            notes.append((misread.start(), Repair(RepairKind.CONFUSION, misread[0], spelled)))
    return text, notes


def scan(text: str) -> list[Found]:
    """All document numbers in running text, in order; standards (QCVN, TCVN, ISO) and forms (Mẫu số …) are left out."""
    flat = text.translate(as_printed("typed")) if forms.typed().search(text) else text
    runs = [match.span() for match in forms.FIGURES.finditer(flat)]
    flat, notes = _mend_digits(flat, runs)
    if notes:
        runs = [match.span() for match in forms.FIGURES.finditer(flat)]
    found: list[Found] = []
    taken: list[tuple[int, int]] = []  # in order, none over another

    def keep(item: Found | None) -> None:
        at = bisect_left(taken, (item.start, item.end)) if item else 0
        if item and not any(a < item.end and item.start < b for a, b in taken[max(0, at - 1) : at + 1]):
            taken.insert(at, (item.start, item.end))
            if forms.cue("no_number").search(flat, max(0, item.start - 24), item.start):
                return
            eth = (Repair(RepairKind.ETH),) if "Ð" in text[item.start : item.end] else ()
            repairs = (*eth, *(note for at, note in notes if item.start <= at < item.end), *item.repairs)
            found.append(item._replace(repairs=repairs))

    said = [match.start() for match in forms.SO.finditer(flat)]
    for broken in forms.matches(forms.BROKEN, flat, said):
        joined = re.sub(r"\s", "", broken[1])
        match = forms.STATE.match(joined + flat[broken.end(1) : broken.end(1) + 60])
        item = _state(match, joined + flat[broken.end(1) : broken.end(1) + 60]) if match else None
        if item:
            grown = len(broken[1]) - len(joined)
            keep(
                item._replace(
                    start=broken.start(1), end=broken.start(1) + item.end + grown, repairs=(Repair(RepairKind.SPACED_DIGITS), *item.repairs)
                )
            )
    # a pattern is asked only where its mark stands near a figure: it costs too much to look for it at every letter
    for match in forms.matches(forms.PARTY, flat, [at for at, end in runs if flat.find("/", end, end + 14) >= 0]):
        keep(_party(match))
    for match in forms.matches(forms.STATE, flat, [at for at, end in runs if flat.find("/", end, end + 10) >= 0]):
        keep(_state(match, flat))
    for match in forms.matches(forms.dashed(), flat, [at for at, end in runs if "-" in flat[end : end + 2]]):
        if forms.cue("before_dashed").search(flat, max(0, match.start() - 12), match.start()):
            keep(_dashed(match))
    for match in forms.matches(forms.LOST, flat, said):
        keep(_lost(match))
    return sorted(found)


def _clean(text: str) -> str:
    """A lone number without its label, its misread separators put right."""
    flat = nfc(text).translate(as_printed("typed")).strip()
    flat = forms.cue("label").sub("", flat)
    for printed, read in pairs("hyphen"):
        flat = flat.replace(read, printed)
    return flat.strip(" .,;:*'\"“”")


def read(text: str) -> tuple[DocumentNumber, tuple[Repair, ...]] | None:
    """The number that `text` is, with the repairs that its reading took; None where it is none.

    >>> read("Số: 332 /BKHCN-TDC")[0].canonical
    '332/BKHCN-TĐC'
    """
    flat = _clean(text)
    blank = re.fullmatch(rf"[\s.…_]*/\s*({forms.SYMBOL})", flat)
    if blank:
        segments, _, repairs = split_symbol(blank[1])
        number, more = make("", "", None, segments, "", party=False)
        return number, (*repairs, *more)
    before = flat
    lead = forms.misread_serial().match(flat)
    if lead and any(c.isdigit() for c in lead[0]):
        flat = re.sub(r"\s", "", lead[0]).translate(as_printed("digits")) + flat[lead.end() :]
    flat = re.sub(r"(?<=\d)\s*[|⁄∕\\!]\s*(?=[A-ZĐa-z\d])", "/", flat)
    flat = forms.misread_year().sub(lambda m: m[0].translate(as_printed("digits")), flat)
    changed = () if flat == before else (Repair(RepairKind.DIGITS, before, flat),)
    match = forms.PARTY.match(flat)
    item = _party(match) if match else None
    if item is None:
        match = forms.STATE.match(flat)
        item = _state(match, flat) if match else None
    if item and item.end >= len(flat) - 3:
        return item.number, (*changed, *item.repairs)
    careless = _careless(flat)
    if careless:
        return careless[0], (*changed, *careless[1])
    return (item.number, (*changed, *item.repairs)) if item else None


def _careless(flat: str) -> tuple[DocumentNumber, tuple[Repair, ...]] | None:
    """A number typed or read without its slash or hyphens: "36 qd ttg", "332BKHCN-TĐC", "36lQĐ-TTg"."""
    match = forms.CARELESS.fullmatch(flat)
    if not match:
        return None
    segments = tuple(
        s if any(c.islower() for c in s) and any(c.isupper() for c in s) else s.upper() for s in re.split(r"[\s/-]+", match[4])
    )
    segments = (*cut(segments[0]), *segments[1:])
    if not (is_agency(segments[0]) or (is_type(segments[0]) and len(segments) > 1)):
        return None
    year = int(match[3]) if match[3] else None
    number, repairs = make(match[1], match[2] or "", year, segments, "", party=False)
    return number, (Repair(RepairKind.SEPARATORS), *repairs)


def parse(text: str) -> DocumentNumber | None:
    """The number that `text` is, in canonical spelling, or None.

    >>> parse("334/BKHHCN - TĐC").canonical
    '334/BKHCN-TĐC'
    """
    item = read(text)
    return item[0] if item else None
