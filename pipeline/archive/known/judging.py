"""A reading held against what is known: confirmed, mended, or another proposed; never over a clear other reading.

Only a reading that says the same, or of which one reader said it, is lifted out of doubt; a number never is, for its serial is its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date as Date
from datetime import timedelta

from models.number import printed
from models.repair import Known, KnownKind
from models.skeleton import code, nfc, skeleton
from pipeline.archive.known.attestations import Attestation, Told, Trust, stem_of
from pipeline.archive.known.knowledge import Knowledge, KnownValue, Values
from rules.persons.readings import fault
from rules.thresholds import threshold
from rules.words.marks import plain

Judged = dict[str, Known]  # by field
_ALIKE = str.maketrans("OI", "01")


def judged(rows: Sequence[Attestation]) -> dict[str, Judged]:
    """What is known makes of the letters of one stem, by letter: those alone of which it makes something."""
    known = Knowledge(rows)
    found = ((one.letter, _letter(known, one)) for one in rows)
    return {letter: made for letter, made in found if made}


def _letter(known: Knowledge, one: Attestation) -> Judged:
    made: Judged = {}
    issuer = one.issuer.value
    if one.issuer.trust is Trust.DOUBT and issuer:
        told = _issuer(known, one, issuer)
        if told:
            made["issuer"] = told
        issuer = told.value if told and told.kind is not KnownKind.PROPOSED else None
    if issuer is None:
        return made
    found = {"issuer_parent": _parent(known, one, issuer), "signer": _signer(known, one, issuer), "number": _number(known, one, issuer)}
    return made | {field: told for field, told in found.items() if told}


# whether a reading is what is known
def _alike(values: Values, told: str, fold: Callable[[str], str]) -> KnownValue | None:
    """The one known value whose letters are those of a reading; None where several are, and none outweighs the others."""
    found = [one for value, one in values.items() if fold(value) == fold(told)]
    for one in found:
        if all(one is other or one.outweighs(other) for other in found):
            return one
    return None


def _heard(told: Told, value: str) -> bool:
    """Whether one of the readers said a value, and another did not."""
    heard = [_within(value, text) for text in told.readings]
    return any(heard) and not all(heard)


def _within(value: str, text: str) -> bool:
    said, there = (plain(" ".join(nfc(one).split())).lower() for one in (value, text))
    return re.search(rf"(?<!\w){re.escape(said)}(?!\w)", there) is not None


def _kind(told: Told, known: KnownValue, *, scanned: bool) -> KnownKind | None:
    """What a known value, whose letters are those of the reading, makes of it."""
    if told.trust is Trust.PERSON:
        return None
    if told.value == known.value:
        return KnownKind.CONFIRMED if told.trust is Trust.DOUBT else None
    if told.trust is Trust.SURE:
        return KnownKind.PROPOSED if scanned and known.often else None
    return KnownKind.MENDED if _heard(told, known.value) else KnownKind.PROPOSED


# the fields
def _issuer(known: Knowledge, one: Attestation, read: str) -> Known | None:
    """An issuer in doubt: borne out by the symbol, and by the place or the signer; of one without its place that which alone is."""
    same = _alike(known.issuers, read, skeleton)
    if same and _borne_out(known, one, same.value):
        kind = _kind(one.issuer, same, scanned=one.scanned)
        return same.as_known(kind, read, same.value) if kind else None
    if same:
        return same.as_known(KnownKind.PROPOSED, read, same.value) if same.value != read else None
    if skeleton(read) != stem_of(read):
        return None
    placed = [value for name, value in known.issuers.items() if _borne_out(known, one, name)]
    return placed[0].as_known(KnownKind.PROPOSED, read, placed[0].value) if len(placed) == 1 else None


def _borne_out(known: Knowledge, one: Attestation, issuer: str) -> bool:
    symbol = bool(one.body) and code(one.body or "") in known.bodies.get(issuer, ())
    place = bool(one.place) and skeleton(one.place or "") in known.places.get(issuer, ())
    signs = known.signers.get(issuer, {}).get(one.signer.value or "")
    return symbol and (place or (signs is not None and _signs_on(signs, one.day)))


def _parent(known: Knowledge, one: Attestation, issuer: str) -> Known | None:
    read = one.parent.value
    same = _alike(known.parents.get(issuer, {}), read, skeleton) if read else None
    kind = _kind(one.parent, same, scanned=one.scanned) if same else None
    return same.as_known(kind, read, issuer) if same and read and kind else None


def _signs_on(known: KnownValue, day: Date | None, grace: int = 0) -> bool:
    """Whether somebody is known to have signed by then, and still; grace: days that he may have signed before and after."""
    if day is None or known.days is None:
        return False
    first, last = known.days
    return first - timedelta(grace) <= day <= last + timedelta(grace)


def _signer(known: Knowledge, one: Attestation, issuer: str) -> Known | None:
    read = one.signer.value
    grace = int(threshold("known_days"))
    there = {name: value for name, value in known.signers.get(issuer, {}).items() if _signs_on(value, one.day, grace)}
    if read is None or not there:
        return None
    same = _alike(there, read, skeleton)
    if same is None:
        return _near_signer(one, there, issuer, read)
    kind = _kind(one.signer, same, scanned=one.scanned)
    strange = one.office not in same.offices  # its lines are of this field too: lost or misread, they stay in doubt
    if kind and kind is not KnownKind.PROPOSED and (strange or not _signs_on(same, one.day)):
        kind = KnownKind.PROPOSED if same.value != read else None
    return same.as_known(kind, read, issuer) if kind else None


def _near_signer(one: Attestation, there: Values, issuer: str, read: str) -> Known | None:
    """A name in doubt that is all but the letters of one known signer, and of no other."""
    if one.signer.trust is not Trust.DOUBT or any(skeleton(name) == skeleton(read) for name in there):
        return None
    near = [value for name, value in there.items() if _apart(read, name) <= threshold("known_near")]
    return near[0].as_known(KnownKind.PROPOSED, read, issuer) if len(near) == 1 else None


def _apart(read: str, name: str) -> float:
    """How far one name is from another, in letters; those of other syllables are far."""
    ours, theirs = read.lower().split(), name.lower().split()
    return sum(map(fault, ours, theirs)) if len(ours) == len(theirs) else float(len(read))


def _number(known: Knowledge, one: Attestation, issuer: str) -> Known | None:
    """A symbol that the issuer's other letters spell with D for Đ, O for 0, I for 1, or the other way round."""
    symbol, number = one.symbol, printed(one.number.value)
    same = _alike(known.symbols.get(issuer, {}), symbol, _blurred) if symbol and number else None
    if same is None or number is None or symbol == same.value or not (same.often or one.number.trust is Trust.DOUBT):
        return None
    told = Told(value=symbol, trust=one.number.trust, readings=tuple(re.sub(r"\s+", "", text) for text in one.number.readings))
    if told.trust is Trust.PERSON or (told.trust is Trust.SURE and not one.scanned):
        return None
    kind = KnownKind.MENDED if _heard(told, same.value) else KnownKind.PROPOSED
    mended = number.model_copy(update={"symbol": same.value}).canonical
    return same.as_known(kind, number.canonical, issuer, mended)


def _blurred(symbol: str) -> str:
    return skeleton(symbol).translate(_ALIKE)
