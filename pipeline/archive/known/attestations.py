"""What one letter's reading tells of who issued and signed it: from the reading and what people said of it, never from what is known."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date as Date
from enum import IntEnum

from pydantic import BaseModel, ConfigDict

from models.letter import Letter
from models.number import PrintedNumber
from models.repair import DoubtKind
from models.skeleton import skeleton
from rules.numbers.symbols import is_type
from rules.places.units import split_place
from rules.words.marks import plain


class Trust(IntEnum):
    """How far a reading is to be trusted: for a person to look at, sure, or a person's word."""

    DOUBT = 0
    SURE = 1
    PERSON = 2


class Told(BaseModel):
    """A field as one letter tells it. readings: what each reader says of its lines, where they differ."""

    model_config = ConfigDict(frozen=True)

    value: str | None = None
    trust: Trust = Trust.DOUBT
    readings: tuple[str, ...] = ()


class Attestation(BaseModel):
    """What one letter tells, as it is kept: a step of migration that lets all be told anew goes with each change of this form.

    document: what its copies share; scanned: pixels were read; day: null where it is in doubt; office: in which was signed, the skeleton
    of its lines; symbol: of the number, without its year; body: the symbol's part that names who issued, after the type.
    """

    model_config = ConfigDict(frozen=True)

    letter: str
    document: str
    scanned: bool = True
    day: Date | None = None
    place: str | None = None
    issuer: Told = Told()
    parent: Told = Told()
    signer: Told = Told()
    office: str = ""
    number: Told = Told()
    symbol: str | None = None
    body: str | None = None


def stem_of(issuer: str | None) -> str:
    """What the names of like bodies of all places share: "SO Y TE". Empty where no issuer was read.

    >>> stem_of("Sở Y tế tỉnh Vĩnh Phúc") == stem_of("Sở Y tế")
    True
    """
    return skeleton(split_place(issuer)[0]) if issuer else ""


def attested(parsed: Letter, corrected: Letter, settled: Collection[str]) -> Attestation:
    """What a letter tells. parsed: as it was read; corrected: with what people put right upon it; settled: the fields that they did."""
    done = {field.partition(".")[0] for field in settled}
    head = corrected.header

    def told(field: str, value: str | None) -> Told:
        trust = Trust.PERSON if field in done else Trust.DOUBT if field in parsed.review else Trust.SURE
        seen = parsed.evidence.get(field)
        if trust is Trust.DOUBT and seen and DoubtKind.DAMAGED in seen.doubts:
            return Told()  # what is lost of a picture no other letter knows
        return Told(value=plain(value) if value else None, trust=trust, readings=seen.readings if seen else ())

    number = head.document
    key = head.number_key
    return Attestation(
        letter=parsed.id,
        document=f"{key} {head.date}" if key and head.date else parsed.id,
        scanned=parsed.source.kind == "scan",
        day=None if "date" in corrected.review else head.date,
        place=head.place,
        issuer=told("issuer", head.issuer),
        parent=told("issuer_parent", head.issuer_parent),
        signer=told("signer", head.signer.name),
        office=skeleton(" / ".join(head.signer.capacity or ([head.signer.title] if head.signer.title else []))),
        number=told("number", head.number),
        symbol=number.symbol if number else None,
        body=_body(number),
    )


def _body(number: PrintedNumber | None) -> str | None:
    """Who issued, by the symbol: of "QĐ-SGDĐT" and "SGDĐT-VP" the part SGDĐT."""
    if number is None or not number.segments:
        return None
    parts = [part for part in number.segments if not is_type(part)]
    return parts[0] if parts else None
