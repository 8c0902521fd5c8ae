"""What the types of documents are called: from document_types.tsv."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from rules.tables import rows


@cache
def type_names() -> Mapping[str, str]:
    """The Vietnamese name of each abbreviation, what stands in parentheses left out; of several the first.

    >>> type_names()["QĐ"]
    'Quyết định'
    """
    found: dict[str, str] = {}
    for row in rows("document_types"):
        if row["abbr"]:
            found.setdefault(row["abbr"], re.sub(r"\s*\(.*?\)", "", row["name_vi"]))
    return MappingProxyType(found)
