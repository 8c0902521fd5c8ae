"""Search: exact number hits first, then the letters that cite that number, then the text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date as Date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, column, func, literal_column, or_, select, text, true
from sqlalchemy import table as lightweight

from models.ledger import Count, Facets, Hit
from models.letter import Letter
from models.number import number_key
from models.skeleton import nfc
from pipeline.archive.search import query
from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_store import LetterStore, citations, number_code, table
from pipeline.archive.tables.search_folding import compare, folded, words
from rules.places.groups import province_in

ON, OFF = "\ue000", "\ue001"
_AROUND = 90  # characters of a snippet on either side of a hit
COUNTED = 1000  # of the letters found, the best that are counted by type, issuer, province and year
_LISTED = 12  # issuers and provinces that are told
_MOST = 2000  # number hits that are ordered; nobody pages further
_words = lightweight("words", column("rowid"), column("folded"), column("marked"))


class Filters(NamedTuple):
    """What a search is narrowed to. issuer: a part of its name, all of it in quotation marks; type: abbreviation or name.

    since, until: of the letter's day, both included.
    """

    issuer: str | None = None
    type: str | None = None
    since: Date | None = None
    until: Date | None = None
    province: str | None = None

    def conditions(self) -> ColumnElement[bool]:
        found: list[ColumnElement[bool]] = []
        if self.issuer and len(self.issuer) > 2 and self.issuer[0] == self.issuer[-1] == '"':
            found.append(table.c.issuer == nfc(self.issuer[1:-1]))
        elif self.issuer:
            names = select(schema.issuers.c.name).where(schema.issuers.c.fold.contains(compare(self.issuer), autoescape=True))
            found.append(table.c.issuer.in_(names))
        if self.type:
            found.append(table.c.doc_type.in_(query.types_of(self.type)))
        if self.since:
            found.append(table.c.date >= self.since.isoformat())
        if self.until:
            found.append(table.c.date <= self.until.isoformat())
        if self.province:
            found.append(table.c.province == (province_in(self.province) or nfc(self.province)))
        return and_(true(), *found)


def search(connection: Connection, typed: str, filters: Filters, *, limit: int = 20, offset: int = 0) -> list[Hit]:
    """The letters found, best first: a page of `limit`, after `offset`."""
    return _hits_of(connection, typed, _ranked(connection, typed, filters, true(), offset + limit)[offset:])


def search_counted(
    connection: Connection, typed: str, filters: Filters, *, limit: int = 20, offset: int = 0, secret: bool = True
) -> tuple[list[Hit], Facets]:  # fmt: skip
    """A page as `search` gives it, and what the best letters found are: at most COUNTED of them are counted, in the same look-up.

    secret: also what is under quarantine.
    """
    seen = true() if secret else table.c.quarantined.is_(False)
    ranked = _ranked(connection, typed, filters, seen, max(COUNTED + 1, offset + limit))
    counted = [no for no, _, _ in ranked[:COUNTED]]
    facets = _facets(connection, counted, seen, len(ranked) > COUNTED)
    return _hits_of(connection, typed, ranked[offset : offset + limit]), facets


def _ranked(
    connection: Connection, typed: str, filters: Filters, seen: ColumnElement[bool], most: int
) -> list[tuple[int, bool, float]]:  # fmt: skip
    """The rows of the letters found, best first: with whether the number is theirs, and how well the words fit."""
    conditions = and_(filters.conditions(), seen)
    if not words(typed):
        newest = select(table.c.no).where(conditions).order_by(table.c.date.desc(), table.c.no).limit(most)
        return [(no, False, 0.0) for no in connection.execute(newest).scalars()]
    number = query.number(typed)
    exact = _bearing(connection, number, conditions) if number else []
    citing = (
        [no for no in connection.execute(_citing(number, conditions)).scalars() if no not in set(exact)] if number and number.codes else []
    )
    found = [(no, True, 0.0) for no in exact] + [(no, False, 0.0) for no in citing]
    if len(found) < most:
        found += _worded(connection, typed, conditions if any(filters) else None, {no for no, _, _ in found}, most - len(found))
    return found[:most]


def _hits_of(connection: Connection, typed: str, found: Sequence[tuple[int, bool, float]]) -> list[Hit]:
    numbers = [no for no, _, _ in found]
    letters = LetterStore(connection).letters(numbers, with_text=False)
    if not words(typed):
        return [Hit(letter=letter) for letter in letters]
    pages, terms, number = _pages(connection, numbers), query.terms(typed), query.number(typed)
    return [
        Hit(letter=letter, exact=exact, score=score, snippet=_snippet(letter, pages.get(no, ()), terms, number))
        for letter, (no, exact, score) in zip(letters, found, strict=True)
    ]


def _facets(connection: Connection, numbers: Sequence[int], seen: ColumnElement[bool], more: bool) -> Facets:
    asked = select(table.c.doc_type, table.c.issuer, table.c.province, func.substr(table.c.date, 1, 4))
    rows = connection.execute(asked.where(table.c.no.in_(numbers), seen)).all()
    kinds, issuers, provinces, years = (Counter(row[at] for row in rows if row[at]) for at in range(4))
    newest = sorted(years.items(), reverse=True)
    return Facets(
        of=len(rows), more=more, type=_counts(kinds.most_common()), issuer=_counts(issuers.most_common(_LISTED)),
        province=_counts(provinces.most_common(_LISTED)), year=_counts(newest),
    )  # fmt: skip


def _counts(pairs: Iterable[tuple[str, int]]) -> tuple[Count, ...]:
    return tuple(Count(value=value, count=count) for value, count in pairs)


def find(connection: Connection, typed: str) -> list[int]:
    """The rows of the letters that bear this number, however it is typed; those whose number begins so where none bears it whole."""
    number = query.number(typed)
    return _bearing(connection, number, true()) if number else []


def _bearing(connection: Connection, number: query.Number, conditions: ColumnElement[bool]) -> list[int]:
    """The rows of the letters that bear a number on their sheet; then of those whose sheet gives none and whose citations tell it."""
    found = list(connection.execute(_numbered(number, conditions)).scalars())
    if not number.codes:
        return found
    told = select(table.c.no, table.c.told_number).where(_begins(table.c.told_key, f"{number.serial}{number.suffix}|"), conditions)
    return found + [row.no for row in connection.execute(told) if number_code(row.told_number) in number.codes and row.no not in found]


def keys(connection: Connection, typed: str) -> list[str]:
    """The keys (`DocumentNumber.key`) of the numbers, held or only cited, that a careless spelling may mean."""
    number = query.number(typed)
    own = number_key(typed.strip())
    found = {own} if own else set()
    if number is None:
        return sorted(found)
    found |= set(connection.execute(select(table.c.number_key).where(table.c.no.in_(find(connection, typed)))).scalars())
    begins = _begins(citations.c.number_key, f"{number.serial}{number.suffix}|")
    cited = citations.c.number_code.in_(number.codes) if number.codes else begins
    there = connection.execute(select(citations.c.number_key).where(cited).distinct().limit(_MOST)).scalars()
    types = tuple("".join(words(folded(one))).upper() for one in number.types if one != "CV")
    found |= {key for key in there if key and (number.codes or not types or key.split("|")[2].startswith(types))}
    return sorted(key for key in found if key)


def _numbered(number: query.Number, conditions: ColumnElement[bool]) -> Select[Any]:
    code, day = table.c.number_code, number.day.isoformat() if number.day else None
    whole, wanted = code.in_(number.codes), true()  # type: tuple[ColumnElement[bool], ColumnElement[bool]]
    if number.codes:
        wanted = or_(whole, *(_begins(code, one) for one in number.codes))
    else:
        wanted = table.c.serial == number.serial
        if number.suffix:
            wanted = and_(wanted, _begins(code, f"{number.serial}{number.suffix}"))
        if number.types:
            wanted = and_(wanted, table.c.doc_type.in_(number.types))
    if day:
        wanted = and_(wanted, or_(table.c.date == day, table.c.date.is_(None)))
    order = (whole.desc() if number.codes else table.c.copy_of.isnot(None), table.c.copy_of.isnot(None), table.c.date.desc(), table.c.no)
    return select(table.c.no).where(wanted, conditions).order_by(*order).limit(_MOST)


def _begins(code: Any, start: str) -> ColumnElement[bool]:
    # a range, so that the index serves it
    return and_(code >= start, code < start + "\uffff")


def _citing(number: query.Number, conditions: ColumnElement[bool]) -> Select[Any]:
    cites = select(citations.c.no).where(citations.c.number_code.in_(number.codes))
    if number.day:
        cites = cites.where(or_(citations.c.date == number.day.isoformat(), citations.c.date.is_(None)))
    return select(table.c.no).where(table.c.no.in_(cites), conditions).order_by(table.c.date.desc(), table.c.no).limit(_MOST)


def _worded(
    connection: Connection, typed: str, conditions: ColumnElement[bool] | None, taken: set[int], limit: int
) -> list[tuple[int, bool, float]]:
    wanted = query.match(typed)
    if not wanted or connection.dialect.name != "sqlite":
        return []
    # words with marks count twice: they say more
    score: ColumnElement[float] = literal_column("bm25(words, 1.0, 2.0)")
    # no letter's row is read to rank it; the plus keeps SQLite from asking the index of words row by row. What is secret has no words there
    row: ColumnElement[int] = literal_column("+words.rowid")
    narrowed = [] if conditions is None else [row.in_(select(table.c.no).where(conditions))]
    statement = select(_words.c.rowid.label("no"), (-score).label("score")).where(text("words MATCH :query"), *narrowed)
    if taken:
        statement = statement.where(row.not_in(taken))
    found = connection.execute(statement.order_by(score, _words.c.rowid).limit(limit), {"query": wanted})
    return [(row.no, False, float(row.score)) for row in found]


def count(connection: Connection) -> int:
    """How many letters are held."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _pages(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    rows = connection.execute(select(schema.texts).where(schema.texts.c.no.in_(numbers)))
    return {row.no: tuple(json.loads(row.pages)) for row in rows}


def _snippet(letter: Letter, pages: Sequence[str], terms: Sequence[str], number: query.Number | None) -> str:
    """Text round the place where most of the words stand near each other, each marked; the subject where they stand in none of the text."""
    lines = [*pages, letter.header.subject or ""]
    if number and number.codes:
        sentences = [r.sentence or r.text for r in letter.references if r.number and _same(r.number, number)]
        lines = [*sentences, *lines]
    best, most = "", 0
    for line in lines:
        plain = nfc(line)
        hits = _hits(plain, terms)
        if not hits:
            continue
        at, seen = _densest(hits)
        if seen > most:
            best, most = _window(plain, hits, at), seen
        if most == len(set(terms)):
            break
    return best or (letter.header.subject or "")


def _same(cited: str, number: query.Number) -> bool:
    return number_code(cited) in number.codes


def _hits(plain: str, terms: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where whole words of `terms` stand: first and last place, and the word. `folded` keeps places."""
    wanted, found, at = set(terms), [], 0
    low = folded(plain)
    while at < len(low):
        if not (low[at].isalnum()):
            at += 1
            continue
        end = at
        while end < len(low) and low[end].isalnum():
            end += 1
        if low[at:end] in wanted:
            found.append((at, end, low[at:end]))
        at = end
    return found


def _densest(hits: Sequence[tuple[int, int, str]]) -> tuple[int, int]:
    """The first place of the window that holds most different words, and how many."""
    best, at = 0, hits[0][0]
    for i, (start, _, _) in enumerate(hits):
        seen = set()
        for begin, _, word in hits[i:]:
            if begin - start > 2 * _AROUND:
                break
            seen.add(word)
        if len(seen) > best:
            best, at = len(seen), start
    return at, best


def _window(plain: str, hits: Sequence[tuple[int, int, str]], at: int) -> str:
    start, end = max(0, at - _AROUND), min(len(plain), at + 2 * _AROUND)
    while start > 0 and not plain[start - 1].isspace():
        start -= 1
    while end < len(plain) and not plain[end].isspace():
        end += 1
    parts, last = [], start
    for begin, stop, _ in hits:
        if start <= begin and stop <= end:
            parts += [plain[last:begin], ON, plain[begin:stop], OFF]
            last = stop
    shown = " ".join("".join([*parts, plain[last:end]]).split())
    return f"{'… ' if start else ''}{shown}{' …' if end < len(plain) else ''}"
