"""A table of clauses and what is right of each citation in them, written by hand: relation, polarity, agent.

"¶" parts paragraphs, ";" recipients; "*" is what the row leaves open, "|" stands between two that are right. A bare mention beside another
relation is left aside.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from models.letter import Header
from pipeline.extract.references import read_text
from pipeline.extract.references.text.body_text import of_text

TABLE = Path(__file__).with_name("clauses.tsv")
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", ROWS, ids=[row["expected"].partition(" ")[0] for row in ROWS])
def test_row(row: dict[str, str]) -> None:
    subject = row["subject"] or None
    recipients = tuple(one for one in row["recipients"].split("; ") if one)
    header = Header(issuer=row["issuer"], doc_type=row["type"], recipients=recipients, subject=subject)
    found = read_text(of_text(row["text"].replace(" ¶ ", "\n"), subject), header).references
    for expected in row["expected"].split(" ; "):
        number, _, said = expected.partition(" = ")
        relation, polarity, agent = said.split(" ")
        mine = [one for one in found if one.number == number]
        told = {one.relation for one in mine} - {"mentions"} or {one.relation for one in mine}
        assert mine and (relation == "*" or (told <= set(relation.split("|")))), (number, told)
        fits = [one for one in mine if (polarity == "*" or one.polarity in polarity.split("|")) and agent in ("*", one.agent)]
        assert fits, (number, [(one.polarity, one.agent) for one in mine])
