"""The symbol of a document number (ký hiệu) in its segments, each spelled as the office spells it.

What is known: types (document_types.tsv), agencies and departments (agencies.tsv, departments.tsv), and the
further abbreviations of symbols.tsv. What is not known stays as it is read: communes, schools and companies
have thousands of symbols of their own.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from models.repair import Repair, RepairKind
from models.skeleton import code
from rules.confusions import as_printed, likely_spellings, one_confusion_apart
from rules.tables import parts, rows

_ASSEMBLY = re.compile(r"(?:UBTV)?QH[\dIlO]{0,3}$", re.IGNORECASE)
_SMALL = 3  # letters an agency must have to be cut off a symbol that lost its hyphen


class Spelled(NamedTuple):
    """A symbol's segments as the office writes them, and the rules that changed the reading."""

    segments: tuple[str, ...]
    type_abbr: str
    repairs: tuple[Repair, ...]


def _table(names: list[str]) -> dict[str, tuple[str, ...]]:
    """Spellings by skeleton code, in the order given, each once."""
    out: dict[str, tuple[str, ...]] = {}
    for spelling in names:
        key = code(spelling)
        if key and spelling not in out.get(key, ()):
            out[key] = (*out.get(key, ()), spelling)
    return out


@cache
def types() -> dict[str, tuple[str, ...]]:
    """Type abbreviations by code: {"QD": ("QĐ",), "DA": ("ĐA", "DA"), …}."""
    names = [r["abbr"] for r in rows("document_types") if r["in_symbol"] == "Y"]
    return _table([*names, *(r["abbr"] for r in rows("symbols") if r["kind"] in ("type", "joint"))])


@cache
def joint_types() -> frozenset[str]:
    """Codes of the types whose further segments are all issuers (thông tư liên tịch …)."""
    joint = [r for r in rows("symbols") if r["kind"] == "joint"]
    return frozenset(code(s) for r in joint for s in [r["abbr"], *parts(r["variants"])])


@cache
def agencies() -> dict[str, tuple[str, ...]]:
    """Agency abbreviations by code, variants included: {"BKHCN": ("BKHCN",), "TTG": ("TTg",), …}."""
    sources = [*rows("agencies"), *rows("departments"), *(r for r in rows("symbols") if r["kind"] == "agency")]
    names = [row["abbr"] for row in sources]
    known = {code(name) for name in names}
    for row in sources:
        variants = row.get("abbr_variants") or row.get("variants") or ""
        names += [v for v in (v.split("(")[0].strip() for v in variants.split(";") if "typo" not in v) if code(v) not in known]
    return _table([name for name in names if ".." not in name and " " not in name])


@cache
def units() -> dict[str, tuple[str, ...]]:
    """Abbreviations of drafting units whose spelling a reading may have lost: {"TDC": ("TĐC",), …}."""
    return _table([r["abbr"] for r in rows("symbols") if r["kind"] == "unit"])


def _respell(segment: str, known: dict[str, tuple[str, ...]]) -> str | None:
    """The one known spelling with the segment's code; the segment itself where it is one of several; None where unknown."""
    spellings = known.get(code(segment))
    if not spellings:
        return None
    if segment in spellings:
        return segment
    return spellings[0] if len(spellings) == 1 else None


def _difference(read: str, spelled: str) -> Repair:
    """The repair that turned `read` into `spelled`, two writings with one code."""
    lost_stroke = [a for a, b in zip(read, spelled, strict=False) if a != b and b in "Đđ"]
    return Repair(RepairKind.STROKE if lost_stroke else RepairKind.SPELLING, read, spelled)


def _assembly(segment: str) -> str | None:
    """QH14, UBTVQH15: the National Assembly's segments, with the term's digits mended; None for another segment."""
    if not _ASSEMBLY.match(segment) or segment.upper() in ("QH", "VPQH"):
        return None
    head, term = re.match(r"(.*?QH)(.*)$", segment, re.IGNORECASE).groups()  # type: ignore[union-attr]
    digits = term.translate(as_printed("term"))
    return head.upper() + (digits[1:] if len(digits) == 3 and digits[0] == "1" else digits)  # a stroke read twice: QHI13


def _agency(segment: str, *, mend: bool) -> tuple[str, tuple[Repair, ...]] | None:
    """The segment as an agency: (spelling, repairs), or None where it is no known one."""
    assembly = _assembly(segment)
    if assembly:
        return assembly, (() if assembly == segment else (Repair(RepairKind.SPELLING, segment, assembly),))
    spelled = _respell(segment, agencies())
    if spelled:
        return spelled, (() if spelled == segment else (_difference(segment, spelled),))
    # three capitals are some office's own as they stand (BGD is no BCĐ); with a figure or a small letter they are misread
    if mend and len(code(segment)) >= (4 if segment.isupper() and segment.isalpha() else 3):
        near = one_confusion_apart(segment, agencies())
        if near:
            return near, (Repair(RepairKind.ONE_LETTER, segment, near),)
    return None


def is_agency(segment: str) -> bool:
    """Whether the segment is a known agency's abbreviation, whatever its case and strokes."""
    return code(segment) in agencies() or _assembly(segment) is not None


def is_type(segment: str) -> bool:
    """Whether the segment is a known type's abbreviation, whatever its case and strokes."""
    return code(segment) in types()


def _type(segment: str) -> tuple[str, tuple[Repair, ...]] | None:
    spellings = types().get(code(segment))
    if not spellings:
        return None
    if segment in spellings:
        return segment, ()
    return spellings[0], (_difference(segment, spellings[0]),)


def cut(segment: str, *, alone: bool = True) -> tuple[str, ...]:
    """A first segment that lost its hyphens, cut where the dictionary says: ("QĐ", "UBND"); itself where it holds together.

    alone: the symbol has no other segment; one that kept a hyphen elsewhere is only cut after its type.
    """
    if is_agency(segment) or is_type(segment) or not segment.replace("&", "").isalnum():
        return (segment,)
    for at in range(min(len(segment) - 1, 6), 1, -1):
        if is_type(segment[:at]) and is_agency(segment[at:]):
            return segment[:at], segment[at:]
    if not alone:
        return (segment,)
    for at in range(len(segment) - 2, _SMALL - 1, -1):
        head, rest = segment[:at], segment[at:]
        if is_agency(head) and len(code(head)) >= _SMALL and rest[:1].isupper() and not is_agency(rest):
            return head, rest
    return (segment,)


def spell(segments: tuple[str, ...], *, party: bool = False) -> Spelled:
    """Spell a symbol's segments. party: the first is a type, the second a Party organ, which is never cut."""
    repairs: list[Repair] = []
    if not party:
        parts = segments[:1] if _agency(segments[0], mend=len(code(segments[0])) >= 5) else cut(segments[0], alone=len(segments) == 1)
        if len(parts) > 1:
            repairs.append(Repair(RepairKind.HYPHEN, segments[0], "-".join(parts)))
        segments = (*parts, *segments[1:])
    out: list[str] = []
    type_abbr = ""
    first = _type(segments[0]) if len(segments) > 1 or not is_agency(segments[0]) else None
    if first is None and len(segments) > 1 and not is_agency(segments[0]) and is_agency(segments[1]) and len(segments[1]) > 2:
        single = re.sub(r"(\w)\1", r"\1", segments[0])
        if single != segments[0] and (alone := _type(single)):
            first = alone[0], (Repair(RepairKind.READ_TWICE, segments[0], alone[0]), *alone[1])
    if first is None and len(segments) > 1 and is_agency(segments[1]) and not is_agency(segments[0]):
        guesses = {s for s in likely_spellings(segments[0]) if s in {x for v in types().values() for x in v}}
        if len(guesses) == 1:
            guess = guesses.pop()
            first = guess, (Repair(RepairKind.CONFUSION, segments[0], guess),)
    if first:
        type_abbr = first[0]
        out.append(first[0])
        repairs += first[1]
    issuers_end = len(segments) if type_abbr and code(type_abbr) in joint_types() else len(out) + 1
    for at in range(len(out), len(segments)):
        segment = segments[at]
        if at < issuers_end:
            agency = _agency(segment, mend=True)
        else:
            agency = None
            spelled = _respell(segment, units()) or (segment if code(segment) not in agencies() else _respell(segment, agencies()))
            if spelled and spelled != segment:
                agency = spelled, (_difference(segment, spelled),)
        if agency:
            segment = agency[0]
            repairs += agency[1]
        out.append(segment)
    return Spelled(tuple(out), type_abbr, tuple(repairs))
