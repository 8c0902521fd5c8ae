"""What a new reading of a letter changes, field by field; and which of it is put to review, with both readings as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from models.letter import HEADER_FIELDS, Arrival, Evidence, Letter, Signer
from models.repair import Repair, RepairKind
from models.rereading import ChangeKind, FieldChange
from pipeline.archive.tables.search_folding import spelled

_PARTS = {"signer": tuple(Signer.model_fields), "arrival": tuple(Arrival.model_fields)}


class Weighed(NamedTuple):
    """A letter as it was read anew, with what it must ask; and what changed."""

    letter: Letter
    changes: list[FieldChange]


def plain_fields(letter: Letter) -> dict[str, Any]:
    """The header's fields as plain JSON values, those of two or three parts each for itself; null where nothing is there."""
    header = letter.header.model_dump(mode="json")
    found: dict[str, Any] = {}
    for field in HEADER_FIELDS:
        if field in _PARTS:
            found |= {f"{field}.{part}": (header[field] or {}).get(part) or None for part in _PARTS[field]}
        else:
            found[field] = header[field] or None
    return found


def alike(one: Any, other: Any) -> bool:
    """Whether two values say the same: case, blanks and the place of a tone mark do not matter, marks do."""
    return bool(_spelled(one) == _spelled(other))


def _spelled(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_spelled(one) for one in value]
    return spelled(value) if isinstance(value, str) else value


def weighed(before: Letter, now: Letter, settled: Iterable[str], standing: Mapping[str, Any]) -> Weighed:
    """Hold a letter's new reading against the one before.

    settled: fields that people have put right; standing: by field, the value that was sure, of those that an earlier reading anew has put
    to review and nobody has answered. What was sure and is read otherwise is asked about; a value that comes back is asked about no more.
    """
    done = {field.partition(".")[0] for field in settled}
    was, reads = plain_fields(before), plain_fields(now)
    changes: list[FieldChange] = []
    asked: dict[str, Any] = {}
    for field, new in reads.items():
        old, head = was[field], field.partition(".")[0]
        if field in standing and head not in done and not alike(standing[field], new):
            asked[field] = standing[field]
        kind = _kind(old, new, settled=head in done, sure=head not in before.review)
        if kind is None:
            continue
        changes.append(FieldChange(letter=now.id, field=field, kind=kind, old=old, new=new))
        if kind is ChangeKind.ASKED:
            asked.setdefault(field, old)
    changed = {one.field.partition(".")[0] for one in changes}
    now = _asking(before, now, asked)
    changes += _doubts(before, now, done | changed)
    cited = [_cited(one) for one in (before, now)]
    if cited[0] != cited[1]:
        changes.append(FieldChange(letter=now.id, field="references", kind=ChangeKind.CHANGED, old=cited[0], new=cited[1]))
    return Weighed(now, changes)


def _kind(old: Any, new: Any, *, settled: bool, sure: bool) -> ChangeKind | None:
    if old == new:
        return None
    if settled:
        return ChangeKind.SETTLED
    if old is None:
        return ChangeKind.FOUND
    if alike(old, new):
        return ChangeKind.SPELLED
    return ChangeKind.ASKED if sure else ChangeKind.CHANGED


def _asking(before: Letter, now: Letter, asked: Mapping[str, Any]) -> Letter:
    """The letter with these fields put to review, first of all, and the reading of before beside the new one."""
    if not asked:
        return now
    evidence = dict(now.evidence)
    for field, value in asked.items():
        head = field.partition(".")[0]
        stood = before.evidence.get(head, Evidence(page=now.source.pages[0]))
        here = evidence.get(head, stood.model_copy(update={"confidence": 0.0, "repairs": ()}))
        shown = "; ".join(value) if isinstance(value, list) else str(value)
        line = str(Repair(RepairKind.READ_BEFORE, f"{field}: {shown}"))
        if line not in here.repairs:
            here = here.model_copy(update={"repairs": (*here.repairs, line)})
        evidence[head] = here
    heads = list(dict.fromkeys(field.partition(".")[0] for field in asked))
    review = (*heads, *(field for field in now.review if field not in heads))
    return now.model_copy(update={"review": review, "evidence": evidence})


def _doubts(before: Letter, now: Letter, told: set[str]) -> Iterator[FieldChange]:
    """Fields of the same value that are asked about now and were not, or the other way round."""
    for kind, fields in (
        (ChangeKind.DOUBTED, set(now.review) - set(before.review)),
        (ChangeKind.CLEARED, set(before.review) - set(now.review)),
    ):
        for field in sorted(fields - told):
            yield FieldChange(letter=now.id, field=field, kind=kind)


def _cited(letter: Letter) -> list[str]:
    """What a letter cites, in short: targets are link's to find."""
    return [" · ".join(str(part) for part in (one.number or one.doc_type, one.date, one.relation) if part) for one in letter.references]
