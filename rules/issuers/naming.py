"""Who issued: from the printed lines of a header's issuer block to the body's full name (record.md, Issuer names)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from models.repair import Repair, RepairKind
from models.skeleton import code, skeleton
from rules import cues
from rules.casing import sentence_case
from rules.issuers.catalogue import (
    catalogue,
    expand,
    kind_of,
    kinds_of_equal_rank,
    kinds_of_every_place,
    kinds_that_complete,
    named_alike,
    nearly,
    needing_place,
    without_debris,
)
from rules.issuers.spelling import is_another, is_common, is_spelled, mended, parts_phrase, proper, respell
from rules.likeness import nearest
from rules.places.provinces import province_of_place
from rules.places.units import names_unit, split_place
from rules.thresholds import threshold

_SHORT = 8  # letters of a name that others are easily like


class Issuer(NamedTuple):
    """name, parent: full, in sentence case; certainty: 0 to 1; known: whether a table has the body; repairs: what was changed."""

    name: str
    parent: str | None
    certainty: float
    known: bool
    repairs: tuple[Repair, ...]


class _Body(NamedTuple):
    name: str
    kind: str
    place: str | None
    known: bool
    certainty: float
    repairs: tuple[Repair, ...]


def _is(cue: str, text: str) -> bool:
    """Whether the cue is found in a line or a name."""
    return cues.in_issuer(cue).search(skeleton(text)) is not None


class _Printed(NamedTuple):
    """What a block prints of one body. text: abbreviations written out, misread words mended; raw: as read; typed: no pixels were read."""

    text: str
    raw: str
    typed: bool


def _groups(block: Iterable[str], typed: bool) -> list[_Printed]:
    """The block's lines as bodies: a line that begins with the head of a body starts one."""
    out: list[_Printed] = []
    for line in block:
        text, raw = (re.sub(r"^[^\w(]+|[^\w).,-]+$", "", expand(way)) for way in (mended(without_debris(line), typed), line))
        if len(code(text)) < 2:
            continue
        if out and re.match(r"[-–] ", line.strip()):
            text = f"- {text}"  # "TRUNG TÂM GIÁO DỤC THƯỜNG XUYÊN", "- HƯỚNG NGHIỆP"
        head = kind_of(text) or (kind_of(near) if out and (near := nearly(text)) else None)
        if out and _goes_on(out[-1].text, text, head):
            # a line's full stop is a speck: no name goes on behind one, but for a short form's ("TP.")
            above, read = (re.sub(r"(?<=\w{3})\.$", "", way) for way in (out[-1].text, out[-1].raw))
            out[-1] = _Printed(f"{above} {text}", f"{read} {raw}", typed)
        else:
            out.append(_Printed(text, raw, typed))
    return [one._replace(text=one.text.strip(" ,-")) for one in out]


def _goes_on(above: str, text: str, head: str | None) -> bool:
    """Whether the body above goes on in a line; head: the kind of body that the line begins as, if any."""
    if any(_is(cue, above) for cue in ("goes_on", "region", "begun")) or (_is("alone", above) and head in kinds_that_complete()):
        return True
    return (head is None and not (_is_whole(above) and _stands_apart(text))) or _is_torn(above, text) or parts_phrase(above, text)


def _is_whole(text: str) -> bool:
    """Whether a name is complete: a table has it, or the unit of its place closes it."""
    return code(text) in catalogue() or (names_unit(text) and split_place(text)[1] is not None)


def _stands_apart(text: str) -> bool:
    """Whether a line that no head begins can hardly go on a name that is complete: several words, and neither a place nor a clause."""
    return len(text.split()) > 2 and not _is("continues", text) and not names_unit(" ".join(text.split()[:2]))


def _is_torn(above: str, text: str) -> bool:
    """Whether a line's end parts a name that the tables have: "BỘ TÀI NGUYÊN VÀ MÔI", "TRƯỜNG"."""
    if code(above) in catalogue():
        return False
    stem = code(split_place(f"{above} {text}")[0])
    return stem in catalogue() and len(stem) > len(code(above))


def _bodies(printed: _Printed) -> list[_Body]:
    """The bodies that one print names: a unit after a dash stands under the body before it, bodies of equal rank issue as one."""
    names = _beside(printed.text)
    if len(names) < 2 or kind_of(names[0]) not in kinds_of_equal_rank():
        return [_body(printed)]
    if all(kind_of(name) in kinds_of_equal_rank() for name in names):
        return [_body(printed, names)]
    *over, unit = names
    if any(kind_of(name) not in kinds_of_equal_rank() for name in over):
        return [_body(printed)]
    return [_canonical(name, printed.typed) for name in (*over, unit)]


def _beside(text: str) -> list[str]:
    """The names that dashes part, where a body's name begins behind each."""
    names: list[str] = []
    for part in re.split(r"\s*[-–]\s*", text):
        if names and not kind_of(part):
            names[-1] = f"{names[-1]} - {part}"
        else:
            names.append(part)
    return names


def _body(printed: _Printed, names: Sequence[str] = ()) -> _Body:
    """One body of the block in full, with what was mended of its words; names: of those that issue as one."""
    if names:
        joint = [_canonical(name, printed.typed) for name in names]
        repairs = tuple(repair for one in joint for repair in one.repairs)
        known, certainty = all(one.known for one in joint), min(one.certainty for one in joint)
        body = joint[-1]._replace(name=" - ".join(one.name for one in joint), known=known, certainty=certainty, repairs=repairs)
    else:
        body = _canonical(printed.text, printed.typed)
    if code(printed.text) == code(printed.raw):
        return body
    return body._replace(repairs=(Repair(RepairKind.ISSUER, printed.raw, printed.text), *body.repairs))


def _canonical(text: str, typed: bool) -> _Body:
    """A body by its name as printed."""
    if _is("head_of", text):
        text = " ".join(text.split()[2:])
    kind = kind_of(text) or "other"
    whole = catalogue().get(code(text))
    if whole:
        return _Body(whole, kind, None, True, 0.98, () if skeleton(whole) == skeleton(text) else (Repair(RepairKind.ISSUER, text, whole),))
    stem, place, province, near = split_place(text)
    repairs = () if near == 1.0 else (Repair(RepairKind.PROVINCE, text, place or ""),)
    least = threshold("issuer_name" if len(stem) > _SHORT else "issuer_name_short")
    found = (code(stem), 1.0) if code(stem) in catalogue() else nearest(code(stem), named_alike(stem), least)
    if found is None or (found[1] < 1 and is_another(stem, catalogue()[found[0]])):
        spelled = text if typed and is_spelled(text) else respell(text)
        mended = () if spelled == text else (Repair(RepairKind.ISSUER, text, spelled),)
        return _Body(proper(sentence_case(spelled)), kind, place, False, 0.85, (*repairs, *mended))
    name = catalogue()[found[0]]
    if found[1] < 1:
        repairs = (*repairs, Repair(RepairKind.ISSUER, stem, name))
    kind = kind_of(name) or kind
    if place and province and kind == "party" and not names_unit(text):
        name = f"{name} {province.name}"  # "Tỉnh ủy Gia Lai"
    elif place:
        name = f"{name} {place}"
    return _Body(name, kind, place, True, 0.98 * min(1.0, found[1] + 0.05) * min(1.0, near + 0.05), repairs)


def _placed(body: _Body, above: _Body | None, place: str | None, day: date | None) -> _Body:
    """Give a body that every place has the place it lacks: from the body over it, else from the place line."""
    bare = skeleton(body.name)
    if _is("of_committee", bare) and len(bare.split()) > 2 and above is not None and above.place:
        return body._replace(name=f"{body.name} {above.place.partition(' ')[2]}", place=above.place)
    stem = body.name if body.kind == "party" else split_place(body.name)[0]
    if _is("inner", skeleton(stem)) or (_is("organ", bare) and above is not None and above.kind in {"party", "council"}):
        return _inner(body, above)
    if _is("branch", bare) and above is not None and _is("bank", above.name):
        return body._replace(name=f"{above.name} {body.name[:1].lower()}{body.name[1:]}")
    needs = body.kind == "department" or bare in needing_place()
    if body.place or not (needs or body.kind in kinds_of_every_place()) or _is("one_of_a_kind", bare) or _is("of_a_region", bare):
        return body
    if body.known and above is None and len(bare.split()) > 3 and not needs:
        return body
    if _is("part", bare):
        return _part(body, above)
    local = above is not None and above.kind in {"committee", "council"} and above.place
    unfinished = body.name.lower().rpartition(" ")[2] == "tỉnh"
    if body.kind in {"unit", "office"} and not local and not is_common(body.name):
        return body  # a name of its own: a ministry's, or one below a department
    if body.kind == "body" and above is not None and above.kind == "body" and not is_common(body.name) and not unfinished:
        return body  # a name of its own, below one of its kind: "Bảo hiểm xã hội cơ sở Ninh Kiều"
    if above is not None and (above.kind == "ministry" or (above.kind != "committee" and _is("within", bare))):
        return body
    if above is not None and above.place:
        label, _, where = above.place.partition(" ")
        return body._replace(name=f"{body.name} {where if body.name.lower().endswith(f' {label}') else above.place}", place=above.place)
    province = province_of_place(place or "")
    bare_unit = province is not None and body.name.lower().endswith(f" {province.titled(day).split(' ' + province.name)[0]}")
    if province and (needs or bare_unit):
        titled = province.titled(day)
        repairs = (*body.repairs, Repair(RepairKind.PROVINCE_BY_PLACE))
        name = body.name.rsplit(" ", 1)[0] if bare_unit else body.name  # "HỘI KHUYẾN HỌC TỈNH": the sheet tells its place alone
        return body._replace(name=f"{name} {titled}", place=titled, certainty=body.certainty * 0.88, repairs=repairs)
    return body._replace(certainty=body.certainty * (0.55 if needs else 0.9))


def _inner(body: _Body, above: _Body | None) -> _Body:
    """An inner body by the name of its organization: "Ban Thường vụ Liên đoàn Luật sư Việt Nam"; alone it names nobody.

    Where it names a place, it is its organization's there: "HỘI NÔNG DÂN VIỆT NAM", "BAN CHẤP HÀNH TỈNH GIA LAI".
    """
    if above is None:
        return body._replace(certainty=min(body.certainty, threshold("issuer_inner_alone")))
    certainty = min(body.certainty, above.certainty)
    if body.place and not above.place:
        name = split_place(body.name)[0]
        return body._replace(name=f"{name} {above.name} {body.place}", certainty=certainty, known=body.known and above.known)
    return body._replace(name=f"{body.name} {above.name}", place=above.place, certainty=certainty, known=body.known and above.known)


def _part(body: _Body, above: _Body | None) -> _Body:
    """An office or inspectorate by the name of the body over it: "Văn phòng Ủy ban nhân dân tỉnh Gia Lai"."""
    if above is None:
        return body._replace(certainty=body.certainty * 0.6)
    if _is("of_that_kind", body.name):
        body = body._replace(name=body.name.rsplit(" ", 1)[0])  # "THANH TRA SỞ"
    local = _is("inspectorate", body.name) and above.kind == "committee" and above.place
    return body._replace(name=f"{body.name} {above.place if local else above.name}", place=above.place)


def name_issuer(block: Sequence[str], *, place: str | None = None, day: date | None = None, typed: bool = False) -> Issuer | None:
    """Return the body that an issuer block names, and the body over it; None where the block names none.

    block: the printed lines, top to bottom, without number, rules and stamps; place: of the place line; day: the letter's;
    typed: whether the lines are no reading of pixels.

    >>> name_issuer(["UBND TỈNH KIÊN GIANG", "SỞ Y TẾ"]).name
    'Sở Y tế tỉnh Kiên Giang'
    """
    bodies = [body for printed in _groups(block, typed) for body in _bodies(printed)]
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
