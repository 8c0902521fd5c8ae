"""The steps as spaCy components with registered names, on a blank Vietnamese pipeline with a tokenizer of our own.

    from pipeline.extract.references import reader
    doc = reader()("Thực hiện Quyết định số 36/QĐ-TTg ngày 11 tháng 01 năm 2021 của Thủ tướng Chính phủ, …")
    doc.spans["references"], doc.spans["citations"], doc.ents, doc._.references

No step depends on token boundaries: numbers are found in the raw text, and a token that a span begins or ends in is split there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import spacy
from spacy.attrs import IDX
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from models.letter import Header
from models.reference import Reference
from models.skeleton import nfc
from pipeline.extract.references.find import aliases, anaphora, by_number, laws, without_symbol
from pipeline.extract.references.find.citation import Citation, Setting
from pipeline.extract.references.relate import leading, merging, phrases, relating
from pipeline.extract.references.text.blocks import blocks
from pipeline.extract.references.text.body_text import of_text
from pipeline.extract.references.text.folding import fold
from pipeline.extract.references.text.sentences import Sentence, sentences
from rules.numbers.reading import Found, scan

STEPS = ("congvan_numbers", "congvan_citations", "congvan_aliases", "congvan_anaphora", "congvan_relations")
_GROUPS = {"predicate": "predicates", "polarity": "polarity", "agent": "agents", "object": "objects", "scope": "scopes"}
_TOKEN = re.compile(r"(\s+|[^\s(),;:“”\".]+(?:\.+[^\s(),;:“”\".]+)*|\.+|[(),;:“”\"])( (?!\s))?")

for name, default in (("setting", None), ("found", None), ("citations", None), ("sentences", None), ("references", ())):
    if not Doc.has_extension(name):
        Doc.set_extension(name, default=default)


class RawTokenizer:
    """Tokens by blanks, brackets and the full stop at a word's end: a number such as 334/BKHCN-TĐC stays whole. The text is made NFC,
    blanks are kept."""

    def __init__(self, vocab: spacy.vocab.Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        return doc_of(self.vocab, nfc(text))


def doc_of(vocab: spacy.vocab.Vocab, text: str) -> Doc:
    """The tokens of a text that is NFC already; doc.text is the text, character for character."""
    found = _TOKEN.findall(text)
    return Doc(vocab, words=[word for word, _ in found], spaces=[bool(blank) for _, blank in found])


def _setting(doc: Doc) -> Setting:
    """The letter's setting; for a bare text one without a header."""
    if doc._.setting is None:
        doc._.setting = Setting(blocks(of_text(doc.text)), Header())
    setting: Setting = doc._.setting
    if not setting.folded:
        setting.folded = fold(setting.body.text)
    return setting


def _draw(doc: Doc, key: str, places: Sequence[tuple[int, int, str]], ids: Sequence[str] = ()) -> None:
    """Lay spans over offsets: doc.spans[key], exact to the letter; a token that one begins or ends in is split there."""
    spans = [doc.char_span(start, end, label=label) for start, end, label in places]
    inside = {at for span, (start, end, _) in zip(spans, places, strict=True) if span is None for at in (start, end)}
    if inside:
        _split(doc, inside)
        spans = [doc.char_span(start, end, label=label) for start, end, label in places]
    for span, id in zip(spans, ids, strict=False):
        if span is not None:
            span.id_ = id
    doc.spans[key] = [s for s in spans if s is not None]


def _split(doc: Doc, offsets: set[int]) -> None:
    """Split the tokens that an offset lies in; the spans drawn before stay where they are."""
    cuts: dict[int, list[int]] = {}
    starts: list[int] = doc.to_array(IDX).tolist()
    for at in sorted(offsets):
        index = bisect_right(starts, at) - 1
        if index >= 0 and starts[index] < at < starts[index] + len(doc[index]):
            cuts.setdefault(index, []).append(at - starts[index])
    if not cuts:
        return
    drawn = {key: [(s.start_char, s.end_char, s.label_, s.id_) for s in group] for key, group in doc.spans.items()}
    with doc.retokenize() as retokenizer:
        for index, inner in cuts.items():
            token, text = doc[index], doc[index].text
            parts = [text[a:b] for a, b in pairwise([0, *inner, len(text)])]
            retokenizer.split(token, parts, heads=[(token, n) for n in range(len(parts))])
    for key, group in drawn.items():
        doc.spans[key] = [doc.char_span(start, end, label=label, span_id=id) for start, end, label, id in group]


def numbers(doc: Doc) -> Doc:
    """Find document numbers in the raw text: doc._.found, doc.spans["numbers"]."""
    doc._.found = scan(_setting(doc).body.text)
    _draw(doc, "numbers", [(f.start, f.end, "SỐ") for f in doc._.found])
    return doc


def cite(doc: Doc) -> Doc:
    """Make citations of the numbers, of serials that stand alone, and of laws with a day: doc._.citations, doc.spans["citations"]."""
    setting, found = _setting(doc), doc._.found
    numbered = by_number.build(setting, found if isinstance(found, list) else _none())
    numbered += without_symbol.citations(setting, numbered)
    doc._.citations = sorted([*numbered, *laws.laws(setting, numbered)], key=lambda c: (c.start, c.tail))
    _draw(doc, "citations", [(c.start, c.end, c.doc_type or "VĂN BẢN") for c in doc._.citations])
    return doc


def _none() -> list[Found]:
    return []


def alias(doc: Doc) -> Doc:
    """Bind aliases and find where they and bare numbers stand for a document: more doc._.citations, doc.spans["aliases"]."""
    setting = _setting(doc)
    aliases.bind(setting, doc._.citations)
    more = aliases.mentions(setting, doc._.citations)
    _add(doc, more, "aliases", "TÊN TẮT")
    return doc


def refer(doc: Doc) -> Doc:
    """Find words that stand for documents named before: more doc._.citations, doc.spans["anaphora"]."""
    more = anaphora.mentions(_setting(doc), doc._.citations)
    _add(doc, more, "anaphora", "THAY THẾ")
    return doc


def _add(doc: Doc, more: list[Citation], key: str, label: str) -> None:
    doc._.citations = sorted([*doc._.citations, *more], key=lambda c: (c.start, c.tail))
    _draw(doc, key, [(c.start, c.end, label) for c in more])


def relate(doc: Doc) -> Doc:
    """Say how the letter stands to each document: doc._.references and doc.spans["references"], whose ids and offsets are the
    references'; the citations become doc.ents, labelled by relation; what is read of their clauses: doc.spans["predicates"],
    "polarity", "agents", "objects", "scopes"."""
    setting = _setting(doc)
    cited: list[Citation] = doc._.citations
    parted: list[Sentence] = sentences(setting.body, [c.start for c in cited])
    marks: list[phrases.Phrase] = []
    if cited:
        known = phrases.Phrases(doc, setting.body.text, _matcher())
        marks = relating.relate(setting, cited, parted, known)
        leading.lead(setting, cited, parted)
        leading.join(setting, cited, known)
    doc._.sentences = parted
    doc._.references = merging.gather(setting, cited, parted)
    found: tuple[Reference, ...] = doc._.references
    _draw(doc, "references", [(r.start or 0, r.end or 0, r.relation) for r in found], [r.id for r in found])
    shown = [doc.char_span(c.start, c.end, label=c.edges[-1].relation if c.edges else "mentions") for c in cited]
    spans: list[Span] = [s for s in shown if s is not None]
    doc.ents = filter_spans(spans)
    for group, key in _GROUPS.items():
        drawn = [doc.char_span(m.start, m.end, label=m.reads, alignment_mode="expand") for m in marks if m.group == group]
        doc.spans[key] = [span for span in drawn if span is not None]
    return doc


for step, function in zip(STEPS, (numbers, cite, alias, refer, relate), strict=True):
    Language.component(step, func=function)


@cache
def _matcher() -> PhraseMatcher:
    return phrases.matcher(reader().vocab)


@cache
def reader() -> Language:
    """The pipeline, built once: numbers, citations, aliases, anaphora, relations."""
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    nlp.tokenizer = RawTokenizer(phrases.with_forms(nlp.vocab))
    nlp.max_length = 20_000_000
    for step in STEPS:
        nlp.add_pipe(step)
    return nlp
