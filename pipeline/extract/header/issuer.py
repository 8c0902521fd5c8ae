"""The body that issued the letter, and the body over it (box 2)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from models.number import DocumentNumber
from models.repair import Repair, RepairKind
from models.skeleton import code, nfc, skeleton
from pipeline.extract.header.evidence import evidence, holes, trust
from pipeline.extract.header.role_zones import HeadZones
from pipeline.extract.header.values import Value
from pipeline.layout import Row
from rules import cues
from rules.issuers.catalogue import bearers, expand, fits, symbols_of
from rules.issuers.naming import name_issuer
from rules.issuers.spelling import is_spelled, respell
from rules.likeness import likeness
from rules.numbers.symbols import is_agency
from rules.places.provinces import province_in, province_of_place
from rules.places.units import split_place
from rules.thresholds import threshold
from rules.words.syllables import is_syllable

_NAMED = 0.8  # how sure the naming of a deciding body must be
_PARTY_HEAD = "Ban Chấp hành Trung ương"
_PARTY_BODIES = {"BAN BI THU": "Ban Bí thư", "BO CHINH TRI": "Bộ Chính trị"}
_ON_BEHALF = re.compile(r"T\s?[/.]?\s?M\s?[.]?\s+(?P<body>BAN BI THU|BO CHINH TRI)\b")
_ELSEWHERE = 0.5  # how sure an issuer is that no letterhead names


def _confirm(name: str, body: str, scanned: bool) -> tuple[str, int]:
    """The spelling of `name` that the letter's own text has, where its letters are the same or nearly so; and how often it stands there.

    Blanks count for nothing: a header in bold capitals often loses them.
    """
    key = code(name)
    words = nfc(body).split()
    bare = [code(word) for word in words]
    first = key[:4]
    hits: Counter[str] = Counter()
    least = threshold("issuer_in_text") if scanned else 1.0  # what was typed is not misread
    for at, word in enumerate(bare):
        if not word or not (first.startswith(word) or word.startswith(first)):
            continue
        joined = ""
        for end in range(at, min(at + 18, len(bare))):
            joined += bare[end]
            if len(joined) > len(key) + 1:
                break
            if joined == key or (len(key) > 14 and abs(len(joined) - len(key)) <= 1 and likeness(joined, key) >= least):
                hits[re.sub(r"[\s,;.:]+$", "", " ".join(words[at : end + 1]))] += 1
                if joined == key:
                    break
    if not hits:
        return name, 0
    spelled: Counter[str] = Counter()
    place = province_in(name)
    for text, count in hits.items():
        if place and province_in(text) != place:
            continue  # "Hồ Chí Mi Căn cứ": what the tables name is not misread in the letterhead and read in the text
        if not text.isupper() and _no_syllables(text) <= _no_syllables(name):  # not the header itself, a title or a seal; nor worse read
            spelled[text.lower()] += count
    if not spelled:
        return name, 0
    best, count = max(spelled.items(), key=lambda pair: (pair[1], code(pair[0]) == key))
    if best == name.lower():
        return name, count
    original = max((text for text in hits if text.lower() == best), key=lambda text: hits[text])
    return original[:1].upper() + original[1:], count


def _no_syllables(text: str) -> int:
    """How many words of a text can be no Vietnamese syllable."""
    return sum(word.isalpha() and not is_syllable(word) for word in nfc(text).split())


def read_issuer(zone: HeadZones, place: str | None, body: str, scanned: bool) -> tuple[Value[str | None], Value[str | None]]:
    """The issuer and its parent."""
    rows = zone.letterhead
    said = name_issuer([item.text for item in rows], place=place, typed=not scanned)
    if said is None:
        return Value(None, evidence(rows, 0.05)), Value(None, None)
    name, repairs, sure = said.name, list(said.repairs), said.certainty
    if said.certainty <= threshold("issuer_inner_alone"):
        pass  # it names nobody, however often the text says it too
    elif not said.known:
        spelled, count = _confirm(name, body, scanned)
        stem, where, *_ = split_place(name)
        if not count and where and name.endswith(where):
            spelled, count = _confirm(stem, body, scanned)  # the text seldom says the place as well
            spelled = f"{spelled} {where}"
        if scanned or not is_spelled(spelled):
            spelled = respell(spelled)  # what the tables spell stands, however often the text was misread likewise
        if spelled != name:
            repairs.append(Repair(RepairKind.ISSUER, name, spelled, "as the text has it"))
            name = spelled
        if count > 1 or (count and spelled.lower() == said.name.lower()):
            sure = max(sure, 0.95)
        elif scanned:
            sure = min(sure, 0.3 + 0.7 * trust(rows))
        sure = sure if scanned else max(sure, 0.93)
    elif scanned and trust(rows) < 0.6:
        sure *= 0.9
    if scanned and holes(rows):
        sure = min(sure, 0.7)
    if not _explained(rows, name, said.parent):
        sure = min(sure, threshold("issuer_unexplained"))
    named, there = province_in(name), province_of_place(place or "")
    if named and there and named.name != there.name:
        # a seat of the province, or a merged one, may bear another name: doubt, no fault
        sure *= 0.8
    parent_sure = sure if said.parent else 0.95
    parent = Value(said.parent, evidence(rows[:-1] or rows, parent_sure) if said.parent else None)
    return Value(name, evidence(rows, sure, repairs)), parent


def _explained(rows: Sequence[Row], name: str, parent: str | None) -> bool:
    """Whether each row of the letterhead belongs to the issuer or the body over it: most of its words stand in their names."""
    known = [code(word) for word in f"{name} {parent or ''}".split()]
    for item in rows:
        words = [word for word in map(code, expand(item.text).split()) if len(word) > 1]
        held = sum(any(word == other or (len(word) > 2 and Levenshtein.distance(word, other) <= 1) for other in known) for word in words)
        if words and held < threshold("issuer_row_explained") * len(words):
            return False
    return True


def by_its_text(issuer: Value[str | None], number: DocumentNumber | None, deciding: Sequence[Row], place: str | None) -> Value[str | None]:
    """The issuer of a text without its letterhead: who decides in it, else the one central body whose symbol the number bears."""
    if issuer.value is not None:
        return issuer
    for item in deciding:
        said = name_issuer([_without_head(item.text)], place=place)
        if said is not None and said.known and said.certainty >= _NAMED:
            return Value(said.name, evidence([item], _ELSEWHERE, said.repairs))
    names = {one.name for one in bearers(number.issuer_abbr)} if number is not None and number.issuer_abbr else set[str]()
    return Value(names.pop(), evidence([], _ELSEWHERE)) if len(names) == 1 else issuer


def by_its_signature(
    issuer: Value[str | None], parent: Value[str | None], capacity: Sequence[Row]
) -> tuple[Value[str | None], Value[str | None]]:  # fmt: skip
    """The body in whose name a sheet of the Party's Central Committee is signed ("T/M BAN BÍ THƯ"), that committee as its parent."""
    if issuer.value != _PARTY_HEAD or not capacity:
        return issuer, parent
    signed = _ON_BEHALF.match(skeleton(capacity[0].text))
    if signed is None:
        return issuer, parent
    return Value(_PARTY_BODIES[signed["body"]], issuer.evidence), Value(_PARTY_HEAD, issuer.evidence)


def _without_head(text: str) -> str:
    """The body in "BỘ TRƯỞNG BỘ Y TẾ": what stands after its head's office."""
    found = cues.in_issuer("head").match(skeleton(text))
    return text[found.end() :] if found and len(skeleton(text)) == len(text) else text


def doubted_by_number(issuer: Value[str | None], number: DocumentNumber | None) -> Value[str | None]:
    """Doubt an issuer where the number names another known office: "1240/STC-NS" is no people's committee's."""
    if issuer.value is None or issuer.evidence is None or number is None or number.regime != "state" or ";" in number.issuer_abbr:
        return issuer
    own = symbols_of(issuer.value)
    if not own or not number.issuer_abbr or fits(issuer.value, number.issuer_abbr) or not is_agency(number.issuer_abbr):
        return issuer
    return Value(issuer.value, issuer.evidence.model_copy(update={"confidence": min(issuer.evidence.confidence, 0.7)}))
