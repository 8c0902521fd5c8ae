"""Records that an earlier version wrote, with the fields that follow from what they hold: by the functions that fill them at reading."""

from __future__ import annotations

from models.letter import Letter
from models.reference import Reference, named

FORM = 1  # of records as they are written today: raised where `brought_up` learns to fill in something more


def brought_up(letter: Letter) -> Letter:
    """The letter as today's version would keep it, as far as that can be told without its pages; itself where nothing is lacking.

    References get their ids, their scope and their place in the sentence, but none in the running text or on the sheet; what the
    words oblige to is taken from the text where it is at hand.
    """
    update: dict[str, object] = {}
    if letter.references and not all(one.id for one in letter.references):
        update["references"] = tuple(_placed(one) for one in named(letter.references))
    if letter.obligations is None and any(letter.text):
        from pipeline.extract.references.duties.obligations import instructs, obligations

        update["obligations"] = obligations(letter.text)
        update["instructs"] = bool(letter.assignments) or instructs(letter.text)
    return letter.model_copy(update=update) if update else letter


def lacked(record: Letter | Reference) -> frozenset[str]:
    """The fields that `brought_up` fills in of a record as it was kept: they tell nothing of whether it was changed."""
    if isinstance(record, Letter):
        return frozenset({"obligations", "instructs"} if record.obligations is None else ())
    return frozenset() if record.id else frozenset({"id", "scope", "within"})


def _placed(reference: Reference) -> Reference:
    from pipeline.extract.references.relate.scope import scope_of

    scope = scope_of(reference.relation, reference.text, reference.pinpoint)
    return reference.model_copy(update={"within": reference.place_in_sentence, "scope": scope})
