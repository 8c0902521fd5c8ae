"""From when and until when a letter says that it, or what it ends, is in force: the phrases of rules/effect_phrases.tsv with their days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as Date
from functools import cache
from typing import NamedTuple

from models.reference import EffectClause, Reference, Scope
from pipeline.extract.references.find import days
from pipeline.extract.references.find.citation import Setting
from pipeline.extract.references.text.folding import fold
from pipeline.extract.references.text.sentences import Sentence, sentences
from rules.tables import rows

_ANY = re.compile(r"hieu luc|ap dung|gia tri|thi hanh|thuc hien|ke tu")
_HOUR = re.compile(r"\s*(?:\d{1,2}\s?(?:gio|h|g)(?:\s?\d{1,2}\s?(?:phut|p)?)?,?\s*)?(?:ke tu\s+)?")
_BARE_DAY = re.compile(r"(?:dau )?\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}")
_SIGNED = re.compile(r"(?:ngay|khi)\s+(?:duoc\s+)?(?:ky|ban hanh)(?! (?:ket|quy|nghi|luat|thong))")
_COUNTED = re.compile(
    r"(?P<n>\d{1,3})\s?(?:\([^)]{1,40}\)\s?)?ngay(?P<w> lam viec)?,?\s+(?:ke\s+tu|tu|sau|tinh tu)\s+"
    r"(?P<what>(?:ngay|khi)\s+[a-z ]{2,40})"
)
_WITH_IT = re.compile(r"(?:ngay|khi|thoi diem)\s+(?:\w+\s+){1,3}nay\s+co hieu luc")
_ON = re.compile(r"\s*,?\s*(?:cho )?den(?: het)?\s+(?=ngay|\d)")
_SAID_OF = re.compile(r"\bke tu (?=ngay)")
_ENDING = ("replaces", "amends")
_TOUCHING = (*_ENDING, "follows_up")  # what moves a document's last day
_FOR_A_TIME = re.compile(r"\b(?:ngung|tam dung|dinh chi|keo dai|gia han)\b[^.;\n]*\bden(?: het)? (?=ngay)")
_LEAD = re.compile(r"^\W*(?:dieu \d+[a-z]?\s*[.:]?|\d{1,2}(?:\.\d+)*\s*[.)]|[a-z]\s?\))?\W*(?:(?:dieu khoan|hieu luc) thi hanh\W*)?")
_JOINT = re.compile(r"(?:,|;|\bva|\bdong thoi)\s*$")
_ITEM = re.compile(r"^\s*(?:[-+•*–]\s|\d{1,2}(?:\.\d{1,2})*\s?[.)]|[a-z]\s?\))")


class _Term(NamedTuple):
    """A day as it is set: printed; or so many days after the letter's own; or with the letter's effect; or none that can be told."""

    end: int
    day: Date | None = None
    after: int | None = None
    with_letter: bool = False


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["says"], re.compile(row["pattern"])) for row in rows("effect_phrases") if row["says"] != "part")


@cache
def _part() -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in rows("effect_phrases") if row["says"] == "part"))


@cache
def _types() -> str:
    """The names of document types as an alternation over folded text, the longest first."""
    names = {fold(row["name_vi"].split(" (")[0]) for row in rows("document_types")} | {"van ban", "the le", "dieu le", "bang gia"}
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


@cache
def _itself() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_types()})(?: [a-z]+){{0,2}}? nay\b")


@cache
def _named_alone() -> re.Pattern[str]:
    return re.compile(rf"(?:{_types()})\s*$")


def effect_clauses(setting: Setting, references: Sequence[Reference]) -> tuple[EffectClause, ...]:
    """What the letter says of its own days, and of those of the documents that it ends, in the order of the text.

    references: the letter's, with their places; a clause of a document that the letter ends bears their ids.
    """
    folded = setting.folded
    if not _ANY.search(folded):
        return ()
    found: dict[int, tuple[str, _Term]] = {}
    taken: list[tuple[int, int]] = []
    for says, pattern in _phrases():
        for match in pattern.finditer(folded):
            if any(a <= match.start() < b for a, b in taken):
                continue
            taken.append(match.span())
            if says != "none":
                found[match.start()] = (says, _term(folded, match.end()))
    told = [one for one in references if one.start is not None and one.relation in _ENDING and one.agent == "self"]
    for match in _SAID_OF.finditer(folded):
        near = (one for one in told if one.end is not None and one.end - 12 <= match.start() <= one.end + 160)
        if not any(a <= match.start() < b for a, b in taken) and any("." not in folded[one.end : match.start()] for one in near):
            found[match.start()] = ("ends", _term(folded, match.end()))
    for match in _FOR_A_TIME.finditer(folded):
        inside = any(match.start() <= (one.start or 0) < match.end() for one in references if one.relation in _TOUCHING)
        if inside and not any(match.start() <= at < match.end() for at in found):  # else that one goes on to this day
            found[match.end()] = ("until", _term(folded, match.end()))
    parted = sentences(setting.body, list(found))
    clauses = []
    for start in sorted(found):
        sentence = next((one for one in parted if one.start <= start < one.end), None)
        if sentence is not None:
            clauses += _clauses(setting, references, sentence, start, *found[start])
    return tuple(clauses)


def _term(folded: str, at: int) -> _Term:
    """The day that follows."""
    at = _past(_HOUR, folded, at)
    if day := days.at(folded, at):
        return _Term(day.end, day.day)
    if bare := _BARE_DAY.match(folded, at):
        read = days.every("ngay " + bare[0])
        return _Term(bare.end(), read[0].day if read else None)
    if counted := _COUNTED.match(folded, at):
        known = _SIGNED.match(counted["what"]) and not counted["w"]
        return _Term(counted.end(), after=int(counted["n"]) if known else None)
    if signed := _SIGNED.match(folded, at):
        return _Term(signed.end(), after=0)
    if same := _WITH_IT.match(folded, at):
        return _Term(same.end(), with_letter=True)
    return _Term(at)


def _past(pattern: re.Pattern[str], folded: str, at: int) -> int:
    """Where what may stand at `at` ends; `at` where it does not stand there."""
    match = pattern.match(folded, at)
    return match.end() if match else at


def _clauses(
    setting: Setting, references: Sequence[Reference], sentence: Sentence, start: int, says: str, term: _Term
) -> list[EffectClause]:  # fmt: skip
    """The clause, and one more where its day is the first of two ("từ ngày … đến hết ngày …")."""
    whose = _whose(setting, references, sentence, start, says)
    if whose is None:
        return []
    of, scope = whose
    made = [_clause(setting, sentence, start, says, of, scope, term)]
    goes_on = _ON.match(setting.folded, term.end)
    if goes_on and says in ("from", "ends"):
        last = _term(setting.folded, goes_on.end())
        made.append(_clause(setting, sentence, start, "until", of, scope, last))
    return made


def _clause(
    setting: Setting, sentence: Sentence, start: int, says: str, of: tuple[str, ...], scope: Scope, term: _Term
) -> EffectClause:  # fmt: skip
    text = setting.body.text
    return EffectClause.model_validate(
        {
            "says": says, "of": of, "scope": scope, "date": term.day, "after": term.after, "with_letter": term.with_letter,
            "text": _squeezed(text[start : term.end]), "sentence": _squeezed(text[sentence.start : sentence.end]),
            "page": setting.body.page_at(start),
        }
    )  # fmt: skip


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _whose(
    setting: Setting, references: Sequence[Reference], sentence: Sentence, start: int, says: str
) -> tuple[tuple[str, ...], Scope] | None:  # fmt: skip
    """Of which references a clause is said (none: of the letter itself) and of how much; null where it is of neither."""
    folded = setting.folded
    here = [one for one in references if one.start is not None and sentence.start <= one.start < sentence.end]
    kinds = _TOUCHING if says == "until" else _ENDING
    ended = [one for one in here if (one.relation in kinds and one.agent == "self") or (says == "ends" and (one.end or 0) <= start + 1)]
    before = folded[sentence.start : start]
    said = [match.end() for match in _itself().finditer(folded, sentence.start, min(start + 5, sentence.end)) if match.start() <= start]
    named = max((one.end or 0 for one in here if (one.end or 0) <= start + 1), default=0)
    own = bool(said) and (not named or said[-1] > named or bool(_JOINT.search(before)))
    if says == "ends" and not (own and not ended):
        ids = tuple(dict.fromkeys(one.id for one in ended)) or _listed(setting, references, sentence)
        if ids:
            return ids, "whole"
    if not own and not said and not named:
        bare = before[_past(_LEAD, before, 0) :]
        own = not bare.strip() or bool(_named_alone().fullmatch(bare.strip()))
    if not own:
        ids = tuple(dict.fromkeys(one.id for one in ended if (one.end or 0) <= start + 1))
        return (ids, "whole") if says == "until" and ids else None
    subject = before[_past(_LEAD, before, 0) :]
    return (), "part" if _part().search(subject) and not ended else "whole"


def _listed(setting: Setting, references: Sequence[Reference], sentence: Sentence) -> tuple[str, ...]:
    """The references of the list that a sentence opens: "Các văn bản sau hết hiệu lực kể từ ngày …: 1. …; 2. …"."""
    text = setting.body.text
    if text[sentence.start : sentence.end].rstrip()[-1:] != ":":
        return ()
    end = sentence.end
    for paragraph in setting.body.paragraphs[sentence.paragraph + 1 :]:
        if not _ITEM.match(setting.folded[paragraph.start : paragraph.end]):
            break
        end = paragraph.end
    return tuple(dict.fromkeys(one.id for one in references if one.start is not None and sentence.end <= one.start < end))
