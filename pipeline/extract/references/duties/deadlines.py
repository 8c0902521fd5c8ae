"""By when something is owed: the phrases of rules/deadlines.tsv, with who owes what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.reference import Deadline, Reference
from pipeline.extract.references.duties import assignees, duty_phrases, moved_days, terms
from pipeline.extract.references.duties.deliverables import deliverable
from pipeline.extract.references.find.citation import Setting
from pipeline.extract.references.text.sentences import Sentence, sentences

_COMRADES = re.compile(r"\s+(?:cac dong chi\s+)?")
_OF_OTHERS = re.compile(r"\W*(?:(?:tai|theo|thuc hien|tiep theo|can cu|ngay|truoc do|vua qua)\b|trong\b)")
_SPACE = re.compile(r",?\s+(?:phai |can |de nghi )?")
_STOP = re.compile(r"[;\n]|\.(?:\s|$)")
_PURPOSE = re.compile(r"\W*(?:de|nham)\s")  # "… trước ngày 15/4 để Bộ tổng hợp, báo cáo Chính phủ trước ngày 30/4"
_SELF_SET = ("BC", "TTr")  # types that oblige nobody: a day in them is one that the sender sets himself


def deadlines(setting: Setting, references: Sequence[Reference] = ()) -> dict[int, Deadline]:
    """The letter's deadlines by where they stand in the running text, in order; a recurring or unanchored one has no date.

    None is one in the past at signing, one that the sender sets himself, or one that he only quotes of another document.
    """
    found = terms.terms(setting)
    parted = sentences(setting.body, sorted({*(one.start for one in found), *moved_days.sentences_of_interest(setting)}))
    moved = moved_days.moved(setting, parted, references)
    out = {start: one for start, _, one in moved}
    last = 0
    for term in found:
        sentence = next((one for one in parted if one.start <= term.start < one.end), None)
        first = max(last, sentence.start if sentence else max(0, term.start - 200))
        own_words = 0 < last == first and _PURPOSE.match(setting.folded, last, term.start)
        last = term.end
        if any(a <= term.start < b for a, b, _ in moved) or own_words:
            continue
        if sentence and _of_nobody(setting, sentence, term.start, references):
            continue
        out[term.start] = _deadline(setting, term, first, sentence)
    return {start: out[start] for start in sorted(out)}


def _of_nobody(setting: Setting, sentence: Sentence, start: int, references: Sequence[Reference]) -> bool:
    """Whether a day at `start` is one that the sender sets himself, or tells of what was asked before or is asked of him."""
    told = list(duty_phrases.orders(setting, sentence.start, start))
    if setting.header.doc_type in _SELF_SET:
        return True
    if duty_phrases.first(setting, "own", sentence.start, start) and not told:
        return True
    if moved_days.refused(setting, sentence):
        return True
    said = duty_phrases.first(setting, "said", sentence.start, start)
    cited = any(one.start is not None and sentence.start <= one.start < start for one in references)
    if said is None or not (cited or _OF_OTHERS.match(setting.folded, sentence.start)):
        return False
    # "Tại Công văn số …, Bộ đã đề nghị …; nay yêu cầu các tỉnh báo cáo trước ngày …": what is told after it is new
    if moved_days.speaks(setting, said.end, start) > said.end:
        return False
    return not any(re.search(r";|\bnay\s*$", setting.folded[said.end : one.start]) for one in told)


def _deadline(setting: Setting, term: terms.Term, first: int, sentence: Sentence | None) -> Deadline:
    """The deadline of a term; first: where the words on it begin, in its sentence or after the term before it."""
    text = setting.body.text
    who, what_from = _who(setting, first, term.start)
    if not who and sentence is not None:
        who = _who(setting, sentence.start, first)[0] or _told_above(setting, sentence.paragraph)
    what_to = term.start
    if (behind := _behind(setting, max(what_from, first), term)) is not None:
        what_from, what_to = behind
    what = re.sub(r"\s+", " ", text[what_from:what_to]).strip(" ,;:-+.)")
    what = re.sub(r"^(?:\d{1,2}(?:\.\d+)*[.)]|[a-zđ]\)|[-+•])\s*", "", what)
    return Deadline(
        date=term.day, who=who, what=what[-300:], text=re.sub(r"\s+", " ", text[term.start : term.end]).strip(),
        page=setting.body.page_at(term.start), deliverable=deliverable(setting, what_from, term.end if what_to == term.start else what_to),
    )  # fmt: skip


def _behind(setting: Setting, first: int, term: terms.Term) -> tuple[int, int] | None:
    """Where the words on what is owed stand behind its day: "trong tháng 4 năm 2022 ban hành kế hoạch; trước ngày 10/12 báo cáo Bộ …"."""
    start = max(first, setting.folded.rfind(";", first, term.start) + 1)
    space = _SPACE.match(setting.folded, term.end)
    verbs = (duty_phrases.at(setting, group, space.end(), term.end + 80) for group in ("make", "send")) if space else ()
    if not any(verbs) or any(duty_phrases.first(setting, group, start, term.start) for group in ("make", "send", "report", "plan")):
        return None
    stop = _STOP.search(setting.folded, term.end)
    return term.end, stop.start() if stop else len(setting.folded)


def _who(setting: Setting, first: int, start: int) -> tuple[tuple[str, ...], int]:
    """Who owes it, from the sentence's words before the phrase, and where the words on what is owed begin."""
    for told in reversed(list(duty_phrases.orders(setting, first, start))):
        space = _COMRADES.match(setting.folded, told.end, start)
        named, end = assignees.at(setting, space.end() if space else told.end, start)
        if named:
            return named, end
    lead = re.compile(r"[\W\d]*(?:[a-z]\)\s*)?").match(setting.folded, first, start)
    named, end = assignees.at(setting, lead.end() if lead else first, start)
    return (named, end) if named else ((), first)


def _told_above(setting: Setting, paragraph: int) -> tuple[str, ...]:
    """Who the head of a list asks ("… đề nghị Ủy ban nhân dân các tỉnh … một số nội dung sau:")."""
    for above in reversed(setting.body.paragraphs[max(0, paragraph - 12) : paragraph]):
        if setting.body.text[above.end - 1 : above.end] != ":":
            continue
        for told in reversed(list(duty_phrases.orders(setting, above.start, above.end))):
            named, _ = assignees.at(setting, told.end + 1, above.end)
            if named:
                return named
    return ()
