"""A letter's fields as the screen shows them: each with its evidence, its changes, the signatures and what the file carries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from models.letter import HEADER_FIELDS, Letter
from pipeline.archive.people import corrections, reference_corrections
from pipeline.archive.tables.history import Change
from pipeline.desk.words import day, moment, percent, say, table
from pipeline.messages.known import known_line

# fields as they are put right: parts of signer and arrival each for themselves
PARTS = {"signer": ("name", "title", "capacity"), "arrival": ("number", "date")}
LISTS = ("recipients", "copies", "signer.capacity")
CHOICES = {"urgency": ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"), "secrecy": ("MẬT", "TỐI MẬT", "TUYỆT MẬT")}
NAMES = {"issuer": "issuers", "issuer_parent": "issuers", "signer.name": "signers"}  # known names are offered for these
_ALWAYS = ("issuer", "number", "doc_type", "date", "subject", "recipients", "signer.name", "signer.title", "arrival.number", "arrival.date")
LOW = 0.8  # confidence under which a reading is marked


class Field(NamedTuple):
    """A field to show. value: as a person types it; kind: line, text, list, date, choice; sure: 0 to 1; box: points on `page`;
    known: what the archive knows of it, a sentence."""

    name: str
    label: str
    value: str
    kind: str
    doubtful: bool
    low: bool
    sure: float | None
    page: int | None
    box: str
    raw: str
    repairs: tuple[str, ...]
    names: str
    choices: tuple[str, ...]
    shown: bool
    known: str = ""

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")


def typed(field: str, value: Any) -> str:
    """A plain JSON value as a person types it."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(str(one) for one in value)
    if isinstance(value, dict):
        return " · ".join(typed("date" if key == "date" else key, one).replace("\n", " ") for key, one in value.items() if one)
    return day(str(value)) if field.split(".")[-1] == "date" else str(value)


def _kind(name: str) -> str:
    if name in LISTS:
        return "list"
    if name in CHOICES:
        return "choice"
    if name.split(".")[-1] == "date":
        return "date"
    return "text" if name == "subject" else "line"


def fields(letter: Letter, lang: str) -> list[Field]:
    """The header's fields in the order of the sheet."""
    found = []
    for head in HEADER_FIELDS:
        for part in PARTS.get(head, ("",)):
            name = f"{head}.{part}" if part else head
            stood = letter.evidence.get(name) or letter.evidence.get(head)
            value = typed(name, corrections.value_of(letter, name))
            doubtful = name in letter.review or (head in letter.review and part in ("", PARTS.get(head, ("",))[0]))
            low = bool(stood and stood.confidence < LOW and value)
            found.append(
                Field(
                    name, say(f"field.{name}", lang), value, _kind(name), doubtful, low, stood.confidence if stood else None,
                    stood.page if stood else None, _box(stood.box if stood else None), stood.raw if stood else "",
                    stood.repairs if stood else (), NAMES.get(name, ""), CHOICES.get(name, ()),
                    bool(value) or doubtful or name in _ALWAYS,
                    _known(letter, head, lang) if part in ("", PARTS.get(head, ("",))[0]) else "",
                )
            )  # fmt: skip
    return found


def _known(letter: Letter, field: str, lang: str) -> str:
    stood = letter.evidence.get(field)
    return known_line(field, stood.known, lang) if stood and stood.known else ""


def clerk_fields(changes: Sequence[Change], lang: str) -> list[Field]:
    """The registers' own columns, as they were last written."""
    found, gone = [], corrections.taken_back(changes)
    for name in corrections.CLERK:
        said = [one.new for one in changes if one.field == name and not one.hidden and one.seq not in gone]
        kind = "date" if name == "handed_on" else "line"
        value = typed("date" if kind == "date" else name, said[-1]) if said else ""
        found.append(Field(name, say(f"field.{name}", lang), value, kind, False, False, None, None, "", "", (), "", (), True))
    return found


def _box(box: Sequence[float] | None) -> str:
    return " ".join(f"{edge:.1f}" for edge in box) if box else ""


def plain_change(change: Change) -> Change:
    """A change as its line shows it: of a citation the field's own name and value stand together in the history."""
    values = [one for one in (change.old, change.new) if isinstance(one, list) and len(one) == 2]
    if change.field != "reference" or change.hidden or not values:
        return change
    old, new = (one[1] if isinstance(one, list) and len(one) == 2 else None for one in (change.old, change.new))
    return change._replace(field=str(values[0][0]), old=old, new=new)


def field_name(field: str, lang: str) -> str:
    """What a field that was changed is called; of a citation, which one and what of it."""
    if reference_corrections.is_one(field):
        cited, part = reference_corrections.cited_in(field), reference_corrections.part_of(field)
        return f"{say('letter.cites', lang)} {cited} · {field_name(part, lang)}"
    row = table().get(f"field.{field}")
    return row[lang] if row else field


def came_to(value: Any, lang: str) -> str:
    """What a sure field that was drawn by lot, or a whole check, came to, as its row of the history has it."""
    if isinstance(value, dict):
        low, high = (percent(value[name], lang) for name in ("low", "high"))
        return say("spot.outcome.share", lang, wrong=value["wrong"], read=value["read"], low=low, high=high)
    return f"{field_name(value[0], lang)}: {say(f'spot.outcome.{value[1]}', lang)}" if value else ""


class Signed(NamedTuple):
    """A digital signature to show. who: whom the certificate names; when: and by whose clock; bad: it does not hold, or not any more;
    publisher: it is of who published the letter, and not its issuer's."""

    who: str
    when: str
    state: str
    trust: str
    bad: bool
    publisher: bool


def signatures(letter: Letter, lang: str) -> list[Signed]:
    """The digital signatures of a letter's file, as they were checked when it came in."""
    found = []
    for one in letter.signatures:
        who = " · ".join(name for name in dict.fromkeys((one.by, one.organization)) if name) or say("letter.signed.nobody", lang)
        clock = say("letter.signed.stamped" if one.timestamped else "letter.signed.own_clock", lang)
        trust = {None: "unjudged", True: "trusted", False: "untrusted"}[one.trusted]
        found.append(
            Signed(
                who, f"{moment(one.at)} ({clock})" if one.at else "", say(f"letter.signed.{one.state}", lang),
                say(f"letter.signed.{trust}", lang), one.state in ("changed", "broken"), one.role == "publisher",
            )
        )  # fmt: skip
    return found


def cargo(letter: Letter, lang: str) -> list[str]:
    """What the file carries besides its pages, in words; a kind that has none as it is named."""
    return [table()[f"letter.cargo.{one}"][lang] if f"letter.cargo.{one}" in table() else one for one in letter.source.carries]
