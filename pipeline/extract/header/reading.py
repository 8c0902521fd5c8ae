"""One letter's fields, read in the order in which they help one another."""

from __future__ import annotations

from collections.abc import Sequence

from models.letter import Evidence, Header
from models.page import Page, Reading, Role
from pipeline.extract.doubt.examined import Examined
from pipeline.extract.header.day import complete_place, read_day, read_place
from pipeline.extract.header.distribution import filing_units, read_copies
from pipeline.extract.header.evidence import evidence
from pipeline.extract.header.issuer import by_its_signature, by_its_text, doubted_by_number, read_issuer
from pipeline.extract.header.letter_signs import is_blank_form, letter_signs
from pipeline.extract.header.number import doubted_spelling, read_number, type_token
from pipeline.extract.header.role_zones import foot, zones
from pipeline.extract.header.salutation import read_recipients
from pipeline.extract.header.signature import name_rows, read_signer
from pipeline.extract.header.stamped import read_arrival, read_authority, read_secrecy, read_urgency
from pipeline.extract.header.title import read_subject, read_type
from pipeline.extract.header.tone_marks import body_pairs, mend_line, mend_list
from pipeline.extract.header.values import Value
from pipeline.layout import grid_of, opinions
from rules.letter_signs import likelihood
from rules.thresholds import threshold

_REREAD = frozenset({Reading.SIGNATURE, Reading.NAME_VOTE, Reading.OFFICE})


def _nothing(pages: Sequence[Page], asked: Sequence[str]) -> tuple[Header, dict[str, Evidence]]:
    """A header without fields but what its stamps say of secrecy, and the fields that a person has to look at."""
    secrecy = read_secrecy([grid_of(page) for page in pages])
    told = {"secrecy": secrecy.evidence} if secrecy.evidence else {}
    return Header(secrecy=secrecy.value), {name: evidence([], 0.0, page=pages[0].number if pages else 1) for name in asked} | told


def read_fields(pages: Sequence[Page], annex: tuple[int, int] | None) -> tuple[Header, dict[str, Evidence], Examined | None]:
    """Return the header, the evidence of each field that has any, and what both were read from; None for a sheet that is no letter."""
    own = [page for page in pages if page.kind != "blank" and not (annex and annex[0] <= page.number <= annex[1])]
    if not own:
        return *_nothing(pages, ("number", "issuer", "date", "signer", "subject", "recipients")), None
    sheets = [grid_of(page) for page in own]
    first = sheets[0]
    scanned = first.kind == "scan"
    zone = zones(own[0])
    bottom = foot(sheets)
    likely = likelihood(letter_signs(zone, bottom, sheets))
    if likely < threshold("letter") or is_blank_form(own[0]):
        return *_nothing(pages, ("doc_type",)), None  # an invoice, a newspaper, a form, foreign text: no letter (record.md)
    place = read_place(zone.place_day)
    copies = read_copies(bottom, scanned)
    titled = zone.title_type[1] if zone.title_type else None
    body = " ".join(item.text for page in sheets for item in page.rows)
    issuer, parent = read_issuer(zone, place.value, body, scanned)
    place = complete_place(place, issuer.value)
    number = read_number(zone.number, issuer=issuer.value, doc_type=titled, filing=filing_units(copies.value),
                         scanned=scanned, party=zone.regime == "party", body=body)  # fmt: skip
    if scanned:
        number = doubted_spelling(number, zone.number, body, filing_units(copies.value), (issuer.value, parent.value))
    issuer = by_its_text(doubted_by_number(issuer, number.value), number.value, first.of(Role.DECIDING), place.value)
    kind = read_type(zone, number.value.type_abbr if number.value else type_token(zone.number), zone.regime == "party", issuer.value)
    if kind.evidence is not None and likely < kind.evidence.confidence:
        kind = Value(kind.value, kind.evidence.model_copy(update={"confidence": round(likely, 3)}))
    day = read_day(zone.place_day, number_year=number.value.year if number.value else None, scanned=scanned)
    subject = read_subject(zone, scanned)
    recipients = read_recipients(zone, scanned)
    if scanned:
        pairs = body_pairs(sheets)
        issuer, parent = mend_line("issuer", issuer, pairs, zone.letterhead), mend_line("issuer_parent", parent, pairs, zone.letterhead)
        subject, recipients = (
            mend_line("subject", subject, pairs, zone.subject),
            mend_list("recipients", recipients, pairs, zone.addressees),
        )
        copies = mend_list("copies", copies, pairs, bottom.copies)
    witnesses = [stamp.text for page in sheets for stamp in page.stamps if stamp.kind == "digital_signature"]
    drawn = any(item.line.reading in _REREAD for item in (*bottom.capacity, *bottom.names))
    signer = read_signer(bottom, witnesses, scanned or drawn, first.of(Role.DECIDING))
    issuer, parent = by_its_signature(issuer, parent, bottom.capacity)
    urgency, secrecy = read_urgency(first), read_secrecy(sheets)
    if secrecy.value is None:
        # an annex is as secret as its letter
        secrecy = read_secrecy([grid_of(page) for page in pages if page.number not in {one.number for one in own} and page.stamps])
    arrival = read_arrival(sheets, day.value)
    authority = read_authority(sheets, signer.value.name)
    read: dict[str, Value[object]] = {
        "issuer": issuer, "issuer_parent": parent, "number": number, "doc_type": kind, "place": place, "date": day, "subject": subject,
        "recipients": recipients, "copies": copies, "signer": signer, "directing_authority": authority, "urgency": urgency,
        "secrecy": secrecy, "arrival": arrival,
    }  # fmt: skip
    found = {name: item.evidence for name, item in read.items() if item.evidence is not None}
    header = Header.bearing(number.value, **{name: item.value for name, item in read.items() if name != "number"})
    stands = {
        "issuer": zone.letterhead,
        "number": (zone.number,) if zone.number else (),
        "date": (zone.place_day,) if zone.place_day else (),
        "subject": zone.subject,
        "recipients": zone.addressees,
        "signer": name_rows(bottom),
        "capacity": bottom.capacity,
    }
    rows = tuple(item for page in sheets for item in page.rows)
    quality = min(page.quality for page in own if page.number in {own[0].number, bottom.grid.number if bottom.grid else own[0].number})
    seconded = opinions(first, first=True)
    if bottom.grid is not None and bottom.grid is not first:
        seconded |= opinions(bottom.grid, first=False)
    return header, found, Examined(header, found, stands, rows, scanned, quality, seconded)
