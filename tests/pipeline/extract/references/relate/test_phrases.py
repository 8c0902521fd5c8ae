"""The phrases of the table: each is found in its examples, with its marks, and without them where they were read in doubt."""

from __future__ import annotations

import pytest
from spacy.vocab import Vocab

from pipeline.extract.references.components import doc_of
from pipeline.extract.references.relate.phrases import Phrases, matcher, with_forms
from pipeline.extract.references.text.folding import fold
from rules.tables import parts, rows
from rules.words.doubted import doubted

VOCAB = with_forms(Vocab())
FOUND = matcher(VOCAB)
ROWS = rows("clause_phrases")


def read(text: str) -> list[tuple[str, str, str]]:
    return [(text[one.start : one.end], one.group, one.reads) for one in Phrases(doc_of(VOCAB, text), text, FOUND).all]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['group']}-{row['reads']}" for row in ROWS])
def test_each_example_is_read_as_its_row_says(row: dict[str, str]) -> None:
    for example in row["example"].split(" ¦ ") if row["group"] != "word" else ():
        assert (row["group"], row["reads"]) in [found[1:] for found in read(example)], example


def test_no_phrase_of_a_group_is_read_in_two_ways() -> None:
    said = [(row["group"], phrase) for row in ROWS for phrase in parts(row["phrases"])]
    twice = {one for one in said if said.count(one) > 1}
    assert twice == set()


@pytest.mark.parametrize("text", ["Giáo viên được nghỉ", "hệ thống giao thông", "Bộ Ngoại giao", "đã bàn giao"])
def test_marks_and_longer_words_are_not_an_order(text: str) -> None:
    assert [found for found in read(text) if found[1] == "order"] == []


def test_of_two_phrases_the_longest_counts() -> None:
    assert ("không ngừng", "polarity", "affirmed") in read("không ngừng thực hiện")
    assert ("không", "polarity", "denied") not in read("không ngừng thực hiện")


def test_marks_are_looked_past_where_a_word_cannot_be_written_so() -> None:
    assert doubted("thưc") and doubted("hien") and not doubted("giao") and not doubted("thực")
    assert ("tam dừng", "polarity", "stopped") in read("Ủy ban nhân dân tỉnh tam dừng thực hiện Chỉ thị")
    assert ("de nghi", "polarity", "asked") in read(fold("Ủy ban nhân dân tỉnh đề nghị Bộ Y tế thực hiện"))
    assert [found for found in read("Ủy ban nhân dân tỉnh xỉn thực hiện Chỉ thị") if found[2] == "asked"] == []
