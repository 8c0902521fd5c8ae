"""The number and symbol (box 3), held against the issuer, the title and the unit that files the letter."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from models.number import DocumentNumber
from models.page import Reading
from models.repair import Repair, RepairKind
from models.skeleton import code
from pipeline.extract.header.evidence import evidence
from pipeline.extract.header.own_symbols import abbreviations, as_told, is_disputed, parts_told, uncut, with_figures
from pipeline.extract.header.values import Value
from pipeline.layout import Row
from rules.document_types import LAW, LETTER
from rules.issuers.catalogue import fits, letter_symbol, symbols_of
from rules.likeness import distance
from rules.numbers.reading import read
from rules.numbers.symbols import is_agency, types
from rules.thresholds import threshold

_EITHER = 0.5  # how sure a number is of whose symbol readers have two spellings, either of which may be right
_REBUILT = {RepairKind.SPACED_DIGITS, RepairKind.SEPARATORS, RepairKind.ISSUER_RESTORED, RepairKind.SLASH}


def _after_label(row: Row) -> str:
    """The row's text after its label, without what stands on it after the symbol."""
    text = _joined(row)[row.line.lead :]
    return re.sub(r"(?i)\s*(?:/\s*)?(?:V\s?/\s?v\b|ngày\b).*$", "", text).strip()


def _joined(row: Row) -> str:
    """The row's text without the narrow blanks within a symbol's last part ("SYT-GA VI"), before its unit in brackets, or its region's
    number ("KV XI-TH")."""
    text, stroke = row.text, False
    for one, other in itertools.pairwise(row.words):
        stroke = stroke or "/" in one.text
        close = other.box.x0 - one.box.x1 < 0.4 * max(one.box.height, other.box.height)
        torn = re.search(r"[A-ZĐ]$", one.text) and re.fullmatch(r"[A-ZĐ]{2,}", other.text) and close
        region = re.search(r"[A-ZĐ]$", one.text) and re.fullmatch(r"[IVX]{1,5}(?:-[\w&]+)*", other.text)
        if stroke and (torn or region or re.fullmatch(r"\([A-ZĐ]{1,4}\d{1,3}\)", other.text)):
            text = text.replace(f"{one.text} {other.text}", f"{one.text}{other.text}", 1)
    return text


def _serial_trust(row: Row, serial: str) -> float:
    """How far the reading of the serial is to be trusted: the least of its words' confidences."""
    words = [word for word in row.words if any(char.isdigit() for char in word.text.split("/")[0])] or list(row.words)
    named = [word for word in words if serial and serial.lstrip("0") in re.sub(r"\D", "", word.text)]
    return min((word.confidence for word in (named or words)), default=0.0)


def _mend_issuer(number: DocumentNumber, issuer: str | None) -> tuple[DocumentNumber, Repair | None, bool | None]:
    """Spell the issuer's segment as the known issuer's own: (number, repair, whether it fits; None where not to be told)."""
    if not issuer or not number.issuer_abbr or number.regime in ("na",):
        return number, None, None
    known = [s for s in symbols_of(issuer) if ".." not in s]
    segment = number.issuer_abbr
    if ";" in segment:
        return number, None, None
    if not known:
        return number, None, fits(issuer, segment)
    keys = {code(s): s for s in reversed(known)}
    if code(segment) in keys:
        wanted = keys[code(segment)]
        if segment == wanted or segment in known:
            return number, None, True
    else:
        near = sorted((distance(code(s), code(segment), 3.0), i, s) for i, s in enumerate(known))
        strange = number.type_abbr and not number.unit and not is_agency(segment) and not fits(issuer, segment)
        if (
            near
            and strange
            and threshold("symbol_segment") < near[0][0] <= min(threshold("symbol_strange"), 0.6 * len(code(near[0][2])) + 0.5)
        ):
            # QĐ-…, KH-… end with the issuer's own abbreviation: what is like it and no other office's was misread
            symbol = f"{number.type_abbr}-{known[0]}"
            return (
                number.model_copy(update={"symbol": symbol, "issuer_abbr": known[0]}),
                Repair(RepairKind.SEPARATORS, segment, known[0], "issuer"),
                True,
            )
        if not near or near[0][0] > threshold("symbol_segment" if len(code(near[0][2])) > 3 else "symbol_segment_short"):
            return number, None, fits(issuer, segment)
        wanted = near[0][2]
    symbol = re.sub(rf"(?<![^\-/;]){re.escape(segment)}(?![^\-/;])", wanted, number.symbol, count=1)
    return number.model_copy(update={"symbol": symbol, "issuer_abbr": wanted}), Repair(RepairKind.SYMBOL, segment, wanted, "issuer"), True


def _restore_issuer(number: DocumentNumber, issuer: str | None) -> tuple[DocumentNumber, Repair | None]:
    """Set the issuer's segment before a drafting unit that stands alone ("1942/NVY" of a Sở Y tế): a letter's symbol begins with it."""
    lone = number.regime == "state" and not number.type_abbr and not number.year and "-" not in number.symbol
    abbr = letter_symbol(issuer) if issuer else None
    if not lone or not issuer or abbr is None or fits(issuer, number.symbol) or is_agency(number.symbol) or "(" in number.symbol:
        return number, None
    made = number.model_copy(update={"symbol": f"{abbr}-{number.symbol}", "issuer_abbr": abbr, "unit": number.symbol})
    return made, Repair(RepairKind.ISSUER_RESTORED, number.symbol, abbr, "issuer")


def _mend_type(number: DocumentNumber, doc_type: str | None) -> tuple[DocumentNumber, Repair | None, bool | None]:
    """Spell the type's token as the title says it."""
    if not doc_type or doc_type == LAW or number.regime == "na":
        return number, None, None
    if number.type_abbr:
        if code(number.type_abbr) == code(doc_type):
            return number, None, True
        if distance(code(number.type_abbr), code(doc_type), 2.0) <= threshold("type_token") and doc_type != LETTER:
            symbol = doc_type + number.symbol[len(number.type_abbr) :]
            return (
                number.model_copy(update={"symbol": symbol, "type_abbr": doc_type}),
                Repair(RepairKind.SYMBOL, number.type_abbr, doc_type, "title"),
                True,
            )
        return number, None, False
    if doc_type == LETTER:
        return number, None, True
    if code(number.symbol.split(".")[0]) == code(doc_type):
        return number, None, True  # "74/TB.BTS"
    if number.symbol == number.issuer_abbr and number.regime == "state" and not number.year:
        # a titled document bears its type: where the symbol is the issuer alone, the token was not read
        made = number.model_copy(update={"symbol": f"{doc_type}-{number.symbol}", "type_abbr": doc_type})
        return made, Repair(RepairKind.TYPE_RESTORED, number.symbol, doc_type, "title"), True
    first, _, rest = number.symbol.partition("-")
    if rest and distance(code(first), code(doc_type), 2.0) <= threshold("type_unread"):
        made = DocumentNumber(serial=number.serial, suffix=number.suffix, year=number.year, symbol=f"{doc_type}-{rest}", type_abbr=doc_type,
                              issuer_abbr=rest.split("-")[0], unit="-".join(rest.split("-")[1:]), regime=number.regime)  # fmt: skip
        return made, Repair(RepairKind.SYMBOL, first, doc_type, "title"), True
    return number, None, False


def _mend_unit(number: DocumentNumber, filing: Sequence[str]) -> tuple[DocumentNumber, Repair | None, bool]:
    """Confirm the drafting unit by the filing line ("Lưu: VT, TĐC"), and take its Đ from there."""
    unit = number.unit
    if not unit:
        return number, None, False
    for word in filing:
        if word == unit:
            return number, None, True
        single = re.sub(r"(.)\1", r"\1", code(unit)) == re.sub(r"(.)\1", r"\1", code(word))
        # readers see Đ double, never two as one
        if word != unit and (
            (single and len(code(word)) < len(code(unit))) or (code(word) == code(unit) and word.count("Đ") > unit.count("Đ"))
        ):
            symbol = number.symbol[: -len(unit)] + word if number.symbol.endswith(unit) else number.symbol
            return number.model_copy(update={"symbol": symbol, "unit": word}), Repair(RepairKind.SYMBOL, unit, word, "filing line"), True
    return number, None, False


def _salvage(raw: str, issuer: str | None, doc_type: str | None) -> tuple[DocumentNumber, tuple[Repair, ...]] | None:
    """A number whose symbol was misread past reading, its segments put right by what the issuer and the title must be."""
    found = re.match(r"\s*(\d{1,6}[a-zđ]?)\s*[/|\\lI1]?\s*(?:((?:19|20)\d\d)\s*/\s*)?(\S.*)$", raw)
    if not found or not issuer:
        return None
    segments = re.split(r"\s*[-~–]\s*", found[3])
    wanted = [*symbols_of(issuer), *([doc_type] if doc_type and doc_type not in (LETTER, LAW) else [])]
    notes = []
    for at, segment in enumerate(segments[:3]):
        near = sorted((distance(code(s), code(segment), 2.0), i, s) for i, s in enumerate(wanted) if len(code(s)) > 1)
        if near and 0 < near[0][0] <= threshold("symbol_segment") and len(code(segment)) > 1:
            notes.append(Repair(RepairKind.SYMBOL, segment, near[0][2], "issuer"))
            segments[at] = near[0][2]
    if not notes:
        return None
    said = read(f"{found[1]}/{found[2] + '/' if found[2] else ''}{'-'.join(segments)}")
    return (said[0], (*said[1], *notes)) if said else None


def _doubtful(repair: Repair) -> bool:
    """Whether a repair touched the serial or the number's build: one that only closed blanks up did not."""
    if repair.kind is RepairKind.DIGITS:
        return re.sub(r"\s", "", repair.raw) != re.sub(r"\s", "", repair.value)
    return repair.kind in _REBUILT


def type_token(row: Row | None) -> str:
    """The type's token in the number's line, also where the serial is not to be read: "Số: … /GM-UBND" → "GM"."""
    found = re.search(r"[/|]\s?(?:\d{4}\s?/\s?)?([A-Za-zĐđ]{2,4})\s?-", row.text) if row else None
    return types().get(code(found[1]), ("",))[0] if found else ""


class _Agreement(NamedTuple):
    """Whether a number fits what else the letter says; None where that tells nothing."""

    issuer: bool | None
    type: bool | None
    unit: bool


def _hold(
    number: DocumentNumber, issuer: str | None, doc_type: str | None, filing: Sequence[str]
) -> tuple[DocumentNumber, list[Repair], _Agreement]:
    """The number put right by the issuer, the title and the filing line, what was changed, and whether it fits them."""
    restored = None
    if doc_type in (None, LETTER):
        number, restored = _restore_issuer(number, issuer)
    number, spelled, by_issuer = _mend_issuer(number, issuer)
    number, typed, by_type = _mend_type(number, doc_type)
    number, named, by_unit = _mend_unit(number, filing)
    return number, [item for item in (restored, spelled, typed, named) if item], _Agreement(by_issuer, by_type, by_unit)


def read_number(
    row: Row | None,
    *,
    issuer: str | None,
    doc_type: str | None,
    filing: Sequence[str],
    scanned: bool,
    party: bool = False,
    body: str = "",
) -> Value[DocumentNumber | None]:
    """Read box 3. doc_type: by the title alone; filing: the units named after "Lưu:"; party: under the Party's head; body: all the letter's
    words, which spell its issuer's symbols too."""
    if row is None:
        return Value(None, evidence([], 0.0))
    raw = _after_label(row)
    junk = re.search(rf"^(\W*\d+[a-zđ]?\s*/)\s*\S{{1,6}}\s?/\s?(?={re.escape(doc_type)}\s?-)", raw) if doc_type else None
    if junk and not re.search(r"/\s?(?:19|20)\d\d\s?/", raw):
        raw = junk[1] + raw[junk.end() :]  # strokes of a hand read between the serial and the type
    said = read(raw)
    if said is None or not said[0].serial:
        said = _salvage(raw, issuer, doc_type) or said
    if said is None or not said[0].serial:
        return Value(None, evidence([row], 0.1, raw=row.text))
    if not doc_type or doc_type != said[0].type_abbr:
        said = uncut(said[0], said[1], issuer)
    others = body.replace(row.text, " ", 1)
    elsewhere, written = (parts_told(others, filing), abbreviations(others)) if scanned else (frozenset[str](), frozenset[str]())
    known = {item.value for item in said[1] if item.kind is RepairKind.STROKE}
    told, spelled = as_told(said[0], row.line.readings, elsewhere, issuer, known, written) if scanned else (said[0], [])
    told, figured = with_figures(told) if scanned else (told, None)
    number, more, fitting = _hold(told, issuer, doc_type, filing)
    repairs = [*said[1], *spelled, *([figured] if figured else []), *more]
    sure = _read_surely(row, number, issuer, fitting, party) if scanned else 0.99
    if any(_doubtful(item) for item in repairs):
        sure *= 0.75
    if _left_over(raw, number):
        sure = min(sure, _EITHER)
    if fitting.issuer is False:
        sure *= 0.8
    if fitting.type is False:
        sure *= 0.7
    if scanned and issuer and issuer.startswith("Sở ") and number.issuer_abbr[:1] not in ("S", "") and fitting.issuer:
        sure *= 0.85  # "YT-NVY" is met, but most often its S was lost
    return Value(number, evidence([row], sure, repairs, raw=row.text))


def _left_over(raw: str, number: DocumentNumber) -> bool:
    """Whether the line goes on behind what was read of it as the number: "3319/LN: STC-SYT" is not 3319/LN."""
    behind = code(raw).rpartition(code(number.symbol.split("-")[-1]))
    return bool(behind[0]) and len(behind[2]) > 1


def doubted_spelling(
    value: Value[DocumentNumber | None], row: Row | None, body: str, filing: Sequence[str], names: Sequence[str | None]
) -> Value[DocumentNumber | None]:
    """Return a scan's number, doubted where readers spell its symbol two ways and nothing tells which is right. body, filing: as
    `read_number` takes them; names: of the issuer, and of the body over it."""
    if value.value is None or value.evidence is None or row is None:
        return value
    others = body.replace(row.text, " ", 1)
    if not is_disputed(value.value, row.line.readings, parts_told(others, filing) | abbreviations(others), names):
        return value
    return Value(value.value, value.evidence.model_copy(update={"confidence": min(value.evidence.confidence, _EITHER)}))


def _read_surely(row: Row, number: DocumentNumber, issuer: str | None, fitting: _Agreement, party: bool) -> float:
    """How sure a number of a scan is, by how it was read and what it has."""
    sure, serial = 0.99, _serial_trust(row, number.serial)
    if row.line.reading is Reading.DIGITS:
        sure = min(sure, serial)  # a recognizer of digit strings says itself how sure it is
    elif serial < 0.9:
        sure = min(sure, 0.35 + 0.65 * serial)
    if number.unit and not fitting.unit and row.confidence < 0.9:
        sure *= 0.9
    if issuer is None:
        sure *= 0.9  # nothing to hold its symbol against
    if len(number.serial) > 5:
        sure *= 0.75  # an office seldom issues so many: more than the serial was read for it
    if party and not number.type_abbr:
        sure *= 0.75  # the Party's numbers all bear their type ("368-CV/TU"): it was lost
    return sure
