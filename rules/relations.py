"""What the relations of a record are called: from relations.tsv."""

from __future__ import annotations

from functools import cache

from rules.tables import rows


@cache
def relation_name(relation: str, lang: str = "vi") -> str:
    """A relation's name: Vietnamese ("vi") by the table, English ("en") by its own words. The relation itself where the table lacks it.

    >>> relation_name("based_on"), relation_name("based_on", "en")
    ('căn cứ', 'based on')
    """
    if lang == "en":
        return relation.replace("_", " ")
    same = [row for row in rows("relations") if row["record_relation"] == relation]
    # of the finer names that fall under it the one that is its own, else the first
    return next((row["label_vi"] for row in same if row["relation"] == relation), same[0]["label_vi"] if same else relation)
