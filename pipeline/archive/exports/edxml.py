"""A letter as the header of an edXML packet: what offices exchange (QCVN 102:2016/BTTTT with amendment 1:2022, Decision 28/2018/QĐ-TTg).

What the archive does not know (an office's address, its code where no table has it, how many copies were made) is left empty for
the sending system to fill. References other than answers have no place in the standard: they stand in an element of our own namespace.
"""

from __future__ import annotations

import re
from datetime import date as Date
from functools import cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from models.letter import Letter
from models.number import PrintedNumber
from models.reference import Reference
from models.skeleton import nfc, skeleton
from pipeline.link.organizations import body
from rules.document_types import type_names
from rules.places.groups import MERGED, named_on, province_in
from rules.tables import rows

EDXML, OWN = "http://www.mic.gov.vn/TBT/QCVN_102_2016", "urn:congvan:edxml"
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MIME = {
    ".pdf": "application/pdf", ".tif": "image/tiff", ".tiff": "image/tiff", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
    ".png": "image/png",
}  # fmt: skip

ElementTree.register_namespace("edXML", EDXML)
ElementTree.register_namespace("cv", OWN)


def as_edxml(letter: Letter) -> str:
    """The packet of a letter, XML with its declaration: everything in it is the record's own, nothing is guessed."""
    root = Element(f"{{{EDXML}}}edXML")
    envelope = _add(root, "edXMLEnvelope")
    _header(_add(_add(envelope, "edXMLHeader"), "MessageHeader"), letter)
    manifest = _add(_add(envelope, "edXMLBody"), "edXMLManifest")
    manifest.set("version", "1.0")
    _file(_add(manifest, "Reference"), letter)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _header(to: Element, letter: Letter) -> None:
    head = letter.header
    _organ(_add(to, "From"), head.issuer, head.date, over=head.issuer_parent)
    for name in head.recipients:
        _organ(_add(to, "To"), name, head.date)
    number, notation = code(head.document)
    _texts(_add(to, "Code"), CodeNumber=number, CodeNotation=notation)
    _texts(_add(to, "PromulgationInfo"), Place=head.place, PromulgationDate=_day(head.date))
    _texts(_add(to, "DocumentType"), TypeDetail=head.doc_type, TypeName=_type_name(head.doc_type))
    _texts(to, Subject=head.subject, Content="\n".join(letter.text))
    signer = head.signer
    _texts(_add(to, "SignerInfo"), Competence="\n".join(signer.capacity), Position=signer.title, FullName=signer.name)
    due = min((one.date for one in letter.deadlines if one.date), default=None)
    if due:
        _texts(to, DueDate=_day(due))
    places = _add(to, "ToPlaces")
    for place in head.copies:
        _texts(places, Place=place)
    _other(_add(to, "OtherInfo"), letter)
    for reference in letter.references:
        if reference.relation == "responds_to":
            _cited(_add(to, "ResponseFor"), reference)
    _texts(to, SteeringType=_steering(letter), DocumentId=document_id(head.issuer, head.date, head.number))
    if letter.references:
        found = SubElement(to, f"{{{OWN}}}References")
        for reference in letter.references:
            one = SubElement(found, f"{{{OWN}}}Reference", {"relation": reference.relation})
            if reference.target:
                one.set("target", reference.target)
            _cited(one, reference)


def _other(to: Element, letter: Letter) -> None:
    first, last = letter.source.pages
    _texts(to, Priority=_priority(letter.header.urgency), SphereOfPromulgation="", TyperNotation="", PromulgationAmount="")
    _texts(to, PageAmount=str(last - first + 1))
    appendixes = _add(to, "Appendixes")
    if letter.source.annex_pages:
        from_page, to_page = letter.source.annex_pages
        _texts(appendixes, Appendix=f"Phụ lục: trang {from_page - first + 1}-{to_page - first + 1}")


def _cited(to: Element, reference: Reference) -> None:
    _texts(
        to, OrganId=organ_id(reference.issuer, reference.date), Code=reference.number, PromulgationDate=_day(reference.date),
        DocumentId=document_id(reference.issuer, reference.date, reference.number),
    )  # fmt: skip


def _organ(to: Element, name: str | None, day: Date | None, over: str | None = None) -> None:
    _texts(to, OrganId=organ_id(name, day), OrganizationInCharge=over, OrganName=name)


def _file(to: Element, letter: Letter) -> None:
    source = letter.source
    kind = _MIME.get(re.sub(r"^.*(?=\.)", "", source.file).lower(), "application/octet-stream")
    pages = f"{source.pages[0]}-{source.pages[1]}"
    _texts(to, ContentId=f"cid:{source.sha256}", ContentType=kind, AttachmentName=source.file, Description=f"trang {pages}")


def code(number: PrintedNumber | None) -> tuple[str, str]:
    """A number's two parts: "1002/UBND-VX" is 1002 and UBND-VX; a year stays with the notation (30, 2020/NĐ-CP).

    >>> from models.number import printed
    >>> code(printed("15-KL/TW"))
    ('15', 'KL/TW')
    """
    return (f"{number.serial}{number.suffix}", number.notation) if number else ("", "")


def document_id(issuer: str | None, day: Date | None, number: str | None) -> str:
    """<OrganId>,<YYYY/MM/DD>,<number>; "" where the day or the number is not known."""
    return f"{organ_id(issuer, day)},{_day(day)},{number}" if day and number else ""


def organ_id(name: str | None, day: Date | None) -> str:
    """The code of a body in the list of agencies; "" where no table has it: departments', and provinces' after the mergers of July 2025."""
    if not name:
        return ""
    found = _ministries().get(body(name))
    if found:
        return found
    province = province_in(name)
    if province is None or (day is not None and day >= MERGED) or body(name) != body(f"Ủy ban nhân dân tỉnh {province}"):
        return ""
    return _provinces().get(named_on(province, None), "")


@cache
def _ministries() -> dict[str, str]:
    return {body(row["name"]): row["org_code_G"] for row in rows("agencies") if row["org_code_G"]}


@cache
def _provinces() -> dict[str, str]:
    return {row["old_name"]: row["org_code_H"] for row in rows("provinces")}


def _type_name(abbr: str | None) -> str:
    return "Công văn" if abbr == "CV" else type_names().get(abbr or "", abbr or "")


def _priority(urgency: str | None) -> str:
    wanted = skeleton(urgency or "Thường")
    return next((row["edxml_priority"] for row in rows("urgency_security") if skeleton(row["label_vi"]) == wanted), "0")


def _steering(letter: Letter) -> str:
    """2: it answers or reports; 1: it assigns or sets a term; 0: neither."""
    if any(reference.relation == "responds_to" for reference in letter.references):
        return "2"
    return "1" if letter.assignments or letter.deadlines else "0"


def _day(day: Date | None) -> str:
    return f"{day:%Y/%m/%d}" if day else ""


def _add(to: Element, name: str) -> Element:
    return SubElement(to, f"{{{EDXML}}}{name}")


def _texts(to: Element, **values: str | None) -> None:
    for name, value in values.items():
        _add(to, name).text = _NOT_XML.sub(" ", nfc(value)) if value else None
