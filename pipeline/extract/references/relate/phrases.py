"""The phrases that a clause is read by (rules/clause_phrases.tsv), found among the tokens of a letter.

A token carries two forms: LOWER with its marks, NORM without. Phrases are matched on NORM; then marks decide where they were read
surely: "giáo" is not "giao". A word without a legal spelling ("thuc", "hiẹn") was read in doubt, and so was every word of a paragraph
that bears no marks: there the form without marks serves.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from spacy.attrs import IDX, LENGTH, LIKE_EMAIL, LIKE_NUM, LIKE_URL, NORM, SHAPE
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from models.skeleton import nfc
from pipeline.extract.references.text.folding import fold
from rules.tables import parts, rows
from rules.words.doubted import doubted
from rules.words.marks import plain

_EDGES = ".…!?'’*_"
_BARE = 0.1  # of the letters: below it words were typed, or read, without marks
_LONGEST_WORD = 80  # characters
_AROUND = 300  # characters that tell whether they were


class Phrase(NamedTuple):
    """A phrase at text[start:end] of the running text; group, reads: as in the table."""

    start: int
    end: int
    group: str
    reads: str


def with_forms(vocab: Vocab) -> Vocab:
    """Make the vocabulary give each word its form without marks as NORM."""
    getters: dict[int, Callable[[str], str]] = getattr(vocab, "lex_attr_getters")  # noqa: B009 (spaCy's stub lacks it)
    getters[NORM] = lambda word: fold(word).strip(_EDGES) or word
    for costly in (LIKE_EMAIL, LIKE_NUM, LIKE_URL, SHAPE):  # asked of every new word, and by nobody here
        getters.pop(costly, None)
    return vocab


@cache
def _spelled() -> dict[str, dict[tuple[str, ...], tuple[tuple[str, str], ...]]]:
    """Phrase without marks to its spellings, each with what it is read as: (group, reads)."""
    out: dict[str, dict[tuple[str, ...], tuple[tuple[str, str], ...]]] = {}
    for row in rows("clause_phrases"):
        for phrase in parts(row["phrases"]):
            spelled = out.setdefault(fold(phrase), {})
            words = tuple(map(_form, _words(phrase)))
            spelled[words] = (*spelled.get(words, ()), (row["group"], row["reads"]))
            spelled.setdefault((), spelled[words])  # as it is read where no word bears its marks
    return out


def _words(phrase: str) -> list[str]:
    return phrase.replace(",", " , ").split()


def matcher(vocab: Vocab) -> PhraseMatcher:
    """The phrases of the table, ready to be looked for in a document of this vocabulary."""
    found = PhraseMatcher(vocab, attr="NORM")
    for phrase in _spelled():
        found.add(phrase, [Doc(vocab, words=_words(phrase))])
    return found


@cache
def _form(word: str) -> str:
    """A word with its marks, in small letters, its tone mark where the newer way sets it."""
    return plain(nfc(word).strip(_EDGES).lower())


class Phrases:
    """The phrases of one document, in order; of several of a group that begin at one word the longest, and none inside a longer word."""

    def __init__(self, doc: Doc, text: str, found: PhraseMatcher) -> None:
        """Find them in a document whose text is `text`: asking a document for its text costs as much as finding them."""
        strings = doc.vocab.strings
        starts: list[int] = doc.to_array(IDX).tolist()
        lengths: list[int] = doc.to_array(LENGTH).tolist()
        best: dict[tuple[int, str], Phrase] = {}
        for key, first, after in found(doc):
            begin, last = starts[first], starts[after - 1] + lengths[after - 1]
            said = text[begin:last]
            read = _read(strings[key], said) or (_spelled()[strings[key]][()] if _unmarked(text, begin) else ())
            last -= len(said) - len(said.rstrip(_EDGES))
            for group, reads in read:
                held = best.get((begin, group))
                if held is None or held.end < last:
                    best[begin, group] = Phrase(begin, last, group, reads)
        words = sorted((one.start, one.end) for one in best.values() if one.group == "word")
        self.all = sorted(one for one in set(best.values()) if not _inside(one, words))
        self._starts = [phrase.start for phrase in self.all]
        self._by_end: dict[int, list[Phrase]] = {}
        for phrase in self.all:
            self._by_end.setdefault(phrase.end, []).append(phrase)

    def within(self, start: int, end: int) -> list[Phrase]:
        """Those that begin in text[start:end]."""
        return self.all[bisect_left(self._starts, start) : bisect_right(self._starts, end - 1)]

    def ending(self, end: int) -> list[Phrase]:
        """Those that end there, the longest first."""
        return self._by_end.get(end, [])


def _inside(one: Phrase, words: list[tuple[int, int]]) -> bool:
    """Whether a phrase is part of a longer word. words: in order."""
    at = bisect_right(words, (one.start, 10**9))
    while at and words[at - 1][0] > one.start - _LONGEST_WORD:
        at -= 1
        start, end = words[at]
        if one.end <= end and one.end - one.start < end - start:
            return True
    return False


@lru_cache(65536)
def _read(key: str, said: str) -> tuple[tuple[str, str], ...]:
    """What words are read as: as one of the spellings of the phrase without marks, as far as their marks are sure."""
    words = _words(said)
    forms = tuple(map(_form, words))
    spelled = _spelled()[key]
    if forms in spelled:
        return spelled[forms]
    for meant, read in spelled.items():
        unlike = [word for word, form, right in zip(words, forms, meant, strict=False) if form != right]
        # of a phrase of several words one may be misread as another word: "thức hiện"
        if len(meant) == len(words) and ((len(unlike) == 1 < len(words)) or all(map(doubted, unlike))):
            return read
    return ()


def _unmarked(text: str, at: int) -> bool:
    """Whether the words round an offset bear no marks."""
    near = text[max(0, at - _AROUND) : at + _AROUND]
    return len(near.encode()) - len(near) < _BARE * len(near)  # a letter with a mark is of two bytes or three
