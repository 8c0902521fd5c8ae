"""Whether the learned labeller of lines takes a field's lines for it, and no others."""

from __future__ import annotations

from models.page import Role
from pipeline.extract.doubt.examined import Examined, parted

_ROLES = {"issuer": Role.LETTERHEAD, "subject": Role.SUBJECT, "recipients": Role.ADDRESSEES, "signer": Role.SIGNER}
_EVEN = 0.5  # up to here it only hesitates
_FULL, _CAPITALS = 3, 0.9  # syllables of a name that lost none, as a rule; the share of capitals in a line that is in capitals


def second_opinion(field: str, seen: Examined) -> dict[str, float]:
    """Return the features of what speaks against where the value was read, each 0 to 1.

    misplaced: how surely the value's lines are no such field's, in the mean; missed: how surely a line that the value does not come from
    is one; beside a name in full no piece of a seal or an office is. Both are 0 while it is no surer than not.
    """
    role = _ROLES.get(field)
    if role is None or not seen.opinions:
        return {}
    own = {id(item.line) for item in seen.zone(field)}
    here = [of[role] for line, of in seen.opinions.items() if line in own]
    others = _no_names(seen) if field == "signer" else frozenset()
    there = [of[role] for line, of in seen.opinions.items() if line not in own and line not in others]
    return {
        "misplaced": _surely(1 - sum(here) / len(here)) if here and seen.said(field) else 0.0,
        "missed": _surely(max(there, default=0.0)),
    }


def _no_names(seen: Examined) -> frozenset[int]:
    """The lines that can be no name beside one in full and in small letters: what is in capitals, what lacks two words that begin so."""
    own = seen.zone("signer")
    if len((seen.header.signer.name or "").split()) < _FULL or any(item.upper > _CAPITALS for item in own):
        return frozenset()
    return frozenset(id(item.line) for item in seen.rows if sum(map(_is_cased, parted(item.text))) < 2)


def _is_cased(word: str) -> bool:
    return len(word) > 1 and word.istitle()


def _surely(chance: float) -> float:
    return max(0.0, chance - _EVEN) / (1 - _EVEN)
