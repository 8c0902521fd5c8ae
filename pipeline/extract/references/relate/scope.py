"""How much of a document a letter ends or changes: the whole, or a part that it names."""

from __future__ import annotations

import re

from models.reference import Relation, Scope
from models.skeleton import skeleton

_PARTLY = re.compile(r"\b(MOT PHAN|MOT SO|KHOAN \d|DIEM [A-Z]|DIEU \d+ (CUA )?(QUYET DINH|CHI THI|KE HOACH|NGHI QUYET))\b")


def scope_of(relation: Relation, text: str, pinpoint: str | None) -> Scope:
    """The scope of a relation that ends or changes a document, by the words of the citation; of any other the whole."""
    if relation not in ("replaces", "amends"):
        return "whole"
    return "part" if pinpoint or _PARTLY.search(skeleton(text)) else "whole"
