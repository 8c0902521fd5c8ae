"""A signer whose name stands on no page: the certificate of the file's digital signature names him, and a person looks.

A signature's box is drawn beside the office, often as a picture that holds no text; a clerk's certificate names the clerk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.letter import Evidence
from models.repair import Repair, RepairKind
from models.signature import Signature
from pipeline.extract.header import HeaderReading, reviewed
from rules.casing import name_case
from rules.persons.names import read_name

_HELD = frozenset({"whole", "added"})
_NAME = 0.9  # how like a person's name what a certificate says must be: bodies have certificates too
_SURE = 0.5  # as sure as it is at most: asked about


def with_certified_signer(reading: HeaderReading, signatures: Sequence[Signature]) -> HeaderReading:
    """Return the reading with the one person whom the signatures name, where an office signs and no name was read; else as it is."""
    signer = reading.header.signer
    persons = {name for each in signatures if each.state in _HELD and each.role is None and (name := _person(each.by or ""))}
    if signer.name or not signer.capacity or len(persons) != 1:
        return reading
    name = persons.pop()
    seen = reading.evidence.get("signer", Evidence(page=1))
    noted = seen.model_copy(
        update={"confidence": min(seen.confidence, _SURE), "repairs": (*seen.repairs, str(Repair(RepairKind.CERTIFICATE, value=name)))}
    )
    header = reading.header.model_copy(update={"signer": signer.model_copy(update={"name": name})})
    return reviewed(replace(reading, header=header, evidence={**reading.evidence, "signer": noted}))


def _person(text: str) -> str | None:
    said = read_name(text)
    return name_case(said[0]) if said and said[1] >= _NAME and not said[2] else None
