"""Records that an earlier version wrote, with the fields that follow from what they hold: by the functions that fill them at reading."""

from __future__ import annotations

import re

from models.letter import Evidence, Letter
from models.reference import Reference, named
from models.repair import DoubtKind

FORM = 2  # of records as they are written today: raised where `brought_up` learns to fill in something more
# how doubts were told when their lines alone were kept: these words stay, whatever is said today
_TOLD = (
    (DoubtKind.CITES_LATER, re.compile(r"\w+: cites a document of .*")),
    (DoubtKind.DAMAGED, re.compile(r"\w+: part of the picture of page .* is lost")),
    (DoubtKind.LAYER, re.compile(r"\w+: the text layer says .*, the pixels do not")),
    (DoubtKind.OTHER_WORD, re.compile(r"\w+: may be .*")),
)


def brought_up(letter: Letter) -> Letter:
    """The letter as today's version would keep it, as far as that can be told without its pages; itself where nothing is lacking.

    References get their ids, their scope and their place in the sentence, but none in the running text or on the sheet; what the
    words oblige to is taken from the text where it is at hand; doubts get their kinds.
    """
    update: dict[str, object] = {}
    if letter.references and not all(one.id for one in letter.references):
        update["references"] = tuple(_placed(one) for one in named(letter.references))
    if letter.obligations is None and any(letter.text):
        from pipeline.extract.references.duties.obligations import instructs, obligations

        update["obligations"] = obligations(letter.text)
        update["instructs"] = bool(letter.assignments) or instructs(letter.text)
    if _undoubted(letter):
        update["evidence"] = {field: one.model_copy(update={"doubts": _doubts(one)}) for field, one in letter.evidence.items()}
    return letter.model_copy(update=update) if update else letter


def lacked(record: Letter | Reference) -> frozenset[str]:
    """The fields that `brought_up` fills in of a record as it was kept: they tell nothing of whether it was changed."""
    if isinstance(record, Letter):
        unknown = {"obligations", "instructs"} if record.obligations is None else set()
        return frozenset(unknown | ({"evidence"} if _undoubted(record) else set()))
    return frozenset() if record.id else frozenset({"id", "scope", "within"})


def _doubts(seen: Evidence) -> tuple[DoubtKind, ...]:
    return seen.doubts or tuple(kind for kind, told in _TOLD if any(map(told.fullmatch, seen.repairs)))


def _undoubted(letter: Letter) -> bool:
    """Whether the kinds of its doubts were not kept yet."""
    return any(_doubts(one) != one.doubts for one in letter.evidence.values())


def _placed(reference: Reference) -> Reference:
    from pipeline.extract.references.relate.scope import scope_of_text

    scope = scope_of_text(reference.relation, reference.text, reference.pinpoint)
    return reference.model_copy(update={"within": reference.place_in_sentence, "scope": scope})
