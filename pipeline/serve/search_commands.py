"""Commands that find letters: search, and show with where each field stood."""

from __future__ import annotations

import sys
from datetime import datetime as Datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from models.ledger import CitedOnly
from models.letter import HEADER_FIELDS, Letter
from models.reference import Reference
from models.signature import Signature
from pipeline.messages import language, say
from pipeline.messages.known import known_line
from pipeline.office import NotHeld
from pipeline.serve import screen
from pipeline.serve.invocation import Invocation, command, day_option
from rules.relations import relation_name


@command("search")
def search(  # noqa: PLR0913 (one parameter an option)
    call: Invocation,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="search.text")] = "",
    issuer: Annotated[str | None, typer.Option("--issuer", help="search.issuer")] = None,
    type: Annotated[str | None, typer.Option("--type", help="search.type")] = None,
    since: Annotated[Datetime | None, day_option("--from", "search.from")] = None,
    until: Annotated[Datetime | None, day_option("--to", "search.to")] = None,
    province: Annotated[str | None, typer.Option("--province", help="search.province")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="search.limit")] = 20,
) -> None:
    """Find letters by number or by words."""
    first, last = since.date() if since else None, until.date() if until else None
    hits = call.office.search(text, issuer=issuer, type=type, since=first, until=last, province=province, limit=limit)
    narrowed = issuer or type or since or until or province
    cited = [] if narrowed else call.office.cited_only(text)
    if call.json:
        missing = [{"exact": True, "snippet": "", "score": 0.0, "letter": None, "cited_only": one} for one in cited]
        held = [{**hit.model_dump(mode="json", exclude={"letter"}), "letter": hit.letter.record(), "cited_only": None} for hit in hits]
        exact = [one for one in held if one["exact"]]
        screen.as_json([*exact, *missing, *(one for one in held if not one["exact"])])
        return
    if not hits and not cited:
        call.print(say("search.none", text=text))
        return
    if cited and not (hits and hits[0].exact):
        call.print(*(_cited_only(one) for one in cited))
        cited = []
    columns = [say(f"col.{name}") for name in ("number", "issuer", "subject", "id")]
    rows = []
    for hit in hits:
        head = hit.letter.header
        number = Text.assemble((head.number or "?", "bold green" if hit.exact else "bold"), f"\n{screen.day(head.date)}")
        words = Text(screen.short(head.subject))
        if hit.snippet and not hit.exact:
            words = Text.assemble(words, "\n", screen.snippet(hit.snippet))
        copy = f"\n{say('show.copy', id=hit.letter.copy_of)}" if hit.letter.copy_of else ""
        rows.append((number, head.issuer, words, f"{hit.letter.id}{copy}"))
    if rows:
        call.print(screen.grid(say("search.title", count=len(hits)), columns, rows, lines=True))
    call.print(*(_cited_only(one) for one in cited))


def _cited_only(one: CitedOnly) -> Table:
    """A document that letters cite and the archive lacks: who cites it, how, in which sentence."""
    what = " · ".join(part for part in (one.number, screen.day(one.date), one.issuer) if part)
    columns = [say(f"col.{name}") for name in ("number", "date", "issuer", "relation", "sentence", "id")]
    rows = [
        (by.number or "?", screen.day(by.date), by.issuer, relation_name(by.relation, language()), screen.short(by.sentence, 160), by.id)
        for by in one.cited_by
    ]
    return screen.grid(say("search.cited_only", what=what, count=len({by.id for by in one.cited_by}) + one.more), columns, rows, lines=True)


class LetterFormat(StrEnum):
    """How a letter is shown."""

    table = "table"
    json = "json"
    edxml = "edxml"


@command("show")
def show(
    call: Invocation,
    which: Annotated[str, typer.Argument(metavar="NUMBER|ID", help="show.which")],
    text: Annotated[bool, typer.Option("--text", help="show.text")] = False,
    format: Annotated[LetterFormat, typer.Option("--format", help="show.format")] = LetterFormat.table,
    out: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="option.output")] = None,
) -> None:
    """A letter whole: its record, what it cites, what cites it, where each field stood."""
    letters = call.office.letter(which)
    if not letters:
        raise NotHeld(which)
    if format is LetterFormat.edxml:
        _packet(letters, which, out)
        return
    same = {letter.id: set(call.office.archive.copies(letter.id)) for letter in letters}
    citing = {letter.id: call.office.cited_by(letter.id) for letter in letters}
    ids = [letter.id for letter in letters]
    warned, arrived = call.office.same_numbers(ids), call.office.same_arrivals(ids)
    if call.json or format is LetterFormat.json:
        found = [
            {**one.record(), "cited_by": _cited_by(citing[one.id], same[one.id]), "copies": sorted(same[one.id] - {one.id}),
             "same_number": [warning.model_dump() for warning in warned if same[one.id] & set(warning.letters)],
             "same_arrival": [warning.model_dump() for warning in arrived if same[one.id] & set(warning.letters)]}
            for one in letters
        ]  # fmt: skip
        with screen.into(out):
            screen.as_json(found[0] if len(found) == 1 else found)
        return
    if len(letters) > 1:
        call.print(say("show.many", count=len(letters), which=which))
    for letter in letters:
        call.print(*_letter(letter, citing[letter.id], same[letter.id]))
        if text:
            first = letter.source.pages[0]
            call.print(*(Panel(Text(page), title=say("show.page", page=first + at)) for at, page in enumerate(letter.text)))
    call.print(*(screen.same_number(one) for one in warned), *map(screen.same_arrival, arrived))


def _packet(letters: list[Letter], which: str, out: Path | None) -> None:
    """One letter as edXML; of several, copies aside, a person must say which by its id."""
    from pipeline.archive.exports.edxml import as_edxml

    firsts = [one for one in letters if one.copy_of is None] or letters[:1]
    if len(firsts) > 1:
        names = "; ".join(f"{one.id} ({one.header.issuer}, {screen.day(one.header.date)})" for one in firsts)
        raise typer.BadParameter(say("show.which_one", count=len(firsts), which=which, names=names))
    with screen.into(out):
        sys.stdout.write(as_edxml(firsts[0]))


def _letter(letter: Letter, citing: list[Letter], same: set[str]) -> list[Any]:
    """What is shown of a letter: head, fields with their evidence, references both ways."""
    source = letter.source
    place = say("show.place", file=source.file, first=source.pages[0], last=source.pages[1], kind=say(f"kind.{source.kind}"))
    annex = say("show.annex", first=source.annex_pages[0], last=source.annex_pages[1]) if source.annex_pages else ""
    copy = say("show.copy", id=letter.copy_of) if letter.copy_of else ""
    copies = "" if copy or len(same) < 2 else say("show.copies", ids=", ".join(sorted(same - {letter.id})))
    filed = say("show.filed", code=letter.file_code) if letter.file_code else ""
    own = say("show.archive_number", number=letter.archive_number) if letter.archive_number else ""
    title = " · ".join(part for part in (letter.header.number or "?", screen.day(letter.header.date), letter.header.issuer) if part)
    carries = say("show.carries", what=", ".join(source.carries)) if source.carries else ""
    facts = "\n".join(part for part in (f"id {letter.id}", place, annex, copy, copies, filed, own, carries) if part)
    shown: list[Any] = [Panel(Text(facts), title=Text(title), title_align="left"), _fields(letter)]
    if letter.references:
        columns = [say(f"col.{name}") for name in ("number", "relation", "date", "page", "held", "sentence")]
        cites: list[tuple[object, ...]] = [
            (
                _named(ref),
                relation_name(ref.relation, language()),
                screen.day(ref.date),
                ref.page,
                ref.target or _may_be(ref),
                ref.sentence or ref.text,
            )
            for ref in letter.references
        ]
        shown.append(screen.grid(say("show.cites"), columns, cites, right=(3,)))
    if citing:
        columns = [say(f"col.{name}") for name in ("number", "date", "issuer", "relation", "id")]
        by: list[tuple[object, ...]] = []
        for one in citing:
            names = ", ".join(relation_name(relation, language()) for relation in _to(one, same))
            by.append((one.header.number, screen.day(one.header.date), one.header.issuer, names, one.id))
        shown.append(screen.grid(say("show.cited"), columns, by))
    shown += [Text(signed(one)) for one in letter.signatures]
    for deadline in letter.deadlines:
        what = deadline.what or deadline.text
        shown.append(Text(say("show.deadline", day=screen.day(deadline.date) or "?", who=", ".join(deadline.who), what=what)))
    for task in letter.assignments:
        shown.append(say("show.task", to=task.to, role=task.role, what=task.what))
    return shown


def signed(one: Signature) -> str:
    """A signature in a line: who, when, how it stands, and whether it is the publisher's."""
    names = {
        "whole": say("signature.whole"), "added": say("signature.added"), "changed": say("signature.changed"),
        "broken": say("signature.broken"), "unread": say("signature.unread"),
    }  # fmt: skip
    trust = {None: say("signature.unjudged"), True: say("signature.trusted"), False: say("signature.untrusted")}[one.trusted]
    who = ", ".join(part for part in (one.by, one.organization) if part) or "?"
    when = f"{one.at:%d/%m/%Y %H:%M %z}" if one.at else "?"
    role = say("signature.publisher") if one.role == "publisher" else ""
    return say("show.signature", who=who, when=when, state=names[one.state], trust=trust, role=role)


def _fields(letter: Letter) -> Table:
    rows = []
    for name in HEADER_FIELDS:
        value, stood = _value(getattr(letter.header, name)), letter.evidence.get(name)
        if not value and stood is None and name not in letter.review:
            continue
        doubt = Text(say("show.review"), style="bold red") if name in letter.review else Text("")
        box = " ".join(f"{edge:.0f}" for edge in stood.box) if stood and stood.box else ""
        raw = stood.raw.replace("\n", " / ") if stood else ""
        known = [known_line(name, stood.known, language())] if stood and stood.known else []
        fixes = "\n".join([*([", ".join(stood.repairs)] if stood else []), *known])
        rows.append(
            (say(f"field.{name}"), value, doubt, stood.page if stood else "", box, f"{stood.confidence:.0%}" if stood else "", raw, fixes)
        )
    columns = [say(f"col.{n}") for n in ("field", "value", "look", "page", "box", "sure", "raw", "repairs")]
    return screen.grid(None, columns, rows, right=(3, 5))


def _value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "\n".join(value)
    if hasattr(value, "capacity"):
        return "\n".join(part for part in (*value.capacity, value.name or "") if part)
    if hasattr(value, "number"):
        return " · ".join(part for part in (value.number or "?", screen.day(value.date)) if part)
    return screen.day(value) if hasattr(value, "year") else str(value)


def _named(ref: Reference) -> str:
    return ref.number or f"{ref.doc_type or '?'} {screen.day(ref.date)}"


def _may_be(ref: Reference) -> str:
    return say("show.candidates", count=len(ref.candidates)) if ref.candidates else say("show.not_held")


def _to(letter: Letter, same: set[str]) -> list[str]:
    """By which relations a letter cites one of the copies `same`."""
    return sorted({ref.relation for ref in letter.references if ref.target in same})


def _cited_by(citing: list[Letter], same: set[str]) -> list[dict[str, Any]]:
    head = {"number", "issuer", "date"}
    return [{"id": one.id, **one.header.model_dump(mode="json", include=head), "relations": _to(one, same)} for one in citing]
