"""A sentence of a letter, and what its clauses are read by."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.extract.references.find.citation import Setting
from pipeline.extract.references.relate.deeds import Deed, deed
from pipeline.extract.references.relate.phrases import Phrases
from pipeline.extract.references.relate.predicates import Predicate
from pipeline.extract.references.text.sentences import Sentence


class Clause(NamedTuple):
    """A sentence of a letter, and what its clauses are read by."""

    setting: Setting
    phrases: Phrases
    sentence: Sentence

    @property
    def kind(self) -> str:
        return self.setting.header.doc_type or ""

    def deed(self, predicate: Predicate) -> Deed:
        return deed(self.setting, self.phrases, self.sentence.start, predicate.start)

    def words(self, predicate: Predicate) -> str:
        return self.setting.folded[predicate.start : predicate.end]
