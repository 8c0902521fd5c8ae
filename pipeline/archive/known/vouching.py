"""What is known, put upon a letter's reading: what is confirmed or mended is asked about no more, what is proposed is asked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select

from models.letter import Evidence, Letter
from models.repair import Known, KnownKind, Repair, RepairKind
from pipeline.archive.tables import schema
from rules.thresholds import threshold

table = schema.vouchers
_BATCH = 500


def vouchers(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, Known]]:
    """What is known of these letters' fields, by letter and field; those of which nothing is are not in it."""
    found: dict[str, dict[str, Known]] = {}
    for start in range(0, len(ids), _BATCH):
        query = select(table).where(table.c.letter.in_(ids[start : start + _BATCH])).order_by(table.c.letter, table.c.field)
        for row in connection.execute(query):
            found.setdefault(row.letter, {})[row.field] = Known.model_validate_json(row.known)
    return found


def keep(connection: Connection, letter: str, known: Mapping[str, Known]) -> None:
    """Keep what is known of a letter, in the place of what was."""
    forget(connection, [letter])
    rows = [{"letter": letter, "field": field, "known": one.model_dump_json()} for field, one in known.items()]
    if rows:
        connection.execute(insert(table), rows)


def forget(connection: Connection, ids: Sequence[str]) -> None:
    """Forget what was known of these letters."""
    for start in range(0, len(ids), _BATCH):
        connection.execute(delete(table).where(table.c.letter.in_(ids[start : start + _BATCH])))


def vouched(letter: Letter, known: Mapping[str, Known]) -> Letter:
    """The letter as it was read, with what is known upon it. A number that is mended stays in doubt where it was: its serial is its own."""
    header, review, evidence = letter.header, letter.review, dict(letter.evidence)
    for field, one in known.items():
        seen = evidence.get(field, Evidence(page=letter.source.pages[0]))
        evidence[field] = seen.model_copy(update={"known": one, "repairs": (*seen.repairs, _line(one))})
        if one.kind is KnownKind.PROPOSED:
            review = review if field in review else (*review, field)
            continue
        if one.kind is KnownKind.MENDED:
            value = header.signer.model_copy(update={"name": one.value}) if field == "signer" else one.value
            header = header.model_copy(update={field: value})
        if field != "number":
            review = tuple(name for name in review if name != field)
            sure = max(seen.confidence, threshold("known_sure"))
            evidence[field] = evidence[field].model_copy(update={"confidence": sure})
    return letter.model_copy(update={"header": header, "review": review, "evidence": evidence})


def _line(one: Known) -> str:
    kind = RepairKind.PROPOSED if one.kind is KnownKind.PROPOSED else RepairKind.KNOWN
    read = "" if one.kind is KnownKind.CONFIRMED else one.read
    days = f", {one.first} … {one.last}" if one.first else ""
    return str(Repair(kind, read or one.value, one.value if read else "", f"{one.letters} × {one.issuer}{days}"))
