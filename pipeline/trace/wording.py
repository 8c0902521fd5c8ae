"""What standings, flags, ranks and relations are called, Vietnamese first: from rules/standings.tsv and rules/relations.tsv."""

from __future__ import annotations

from functools import cache

from models.trace import Standing
from rules.tables import rows


@cache
def _names() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows("standings")}


def word(code: str | Standing, lang: str = "vi") -> str:
    """The name of a standing, flag, rank or cell of the report; the code itself where the table lacks it.

    ADDRESSED is "no evidence of more is held", never "not acted".
    """
    name = code.name if isinstance(code, Standing) else code
    row = _names().get(name)
    return row["name_en" if lang == "en" else "name_vi"] if row else name


class Label(dict[str, str]):
    """The names of a relation: vi, vbpl_citing, vbpl_cited, tvpl."""


@cache
def labels(relation: str) -> Label:
    """What a relation of the record is called in Vietnamese, and by vbpl.vn on the citing and on the cited document's page.

    "" where that site has no label for it (it knows no official letters).
    """
    same = [row for row in rows("relations") if row["record_relation"] == relation]
    # the finer names that fall under one relation: the first that the site labels speaks for it
    told = next((row for row in same if row["vbpl_label_when_citing"]), same[0] if same else {})
    return Label(
        vi=same[0]["label_vi"] if same else relation,
        vbpl_citing=told.get("vbpl_label_when_citing", "").replace(" (approx.)", "").partition(";")[0],
        vbpl_cited=told.get("vbpl_label_when_cited", "").replace(" (approx.)", "").partition(";")[0],
        tvpl=told.get("tvpl_luoc_do", "").replace(" (approx.)", ""),
    )
