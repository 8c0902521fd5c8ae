"""Who gets a copy (box 9b): the items under Nơi nhận, as printed."""

from __future__ import annotations

import re

from models.page import Word
from models.skeleton import nfc
from pipeline.extract.header.evidence import evidence, trust
from pipeline.extract.header.role_zones import FootZones
from pipeline.extract.header.values import Value
from pipeline.layout import Row
from rules import cues
from rules.copies import repaired
from rules.thresholds import threshold
from rules.words.syllables import is_syllable


def _tidy(text: str) -> str:
    text = repaired(cues.undashed(nfc(text).strip()))
    text = re.sub(r"[\s;:,./\\|*_~'\"`-]+$", "", text).strip(" -~_'*|\"")
    return (
        f"{text})" if text.rfind("(") > text.rfind(")") and text[-1:].isalnum() else text
    )  # the end of a list's widest line is lost first


def _unspecked(item: Row) -> str:
    """A row's text without the specks before its dash and behind its last word: what was hardly read and holds next to no letters."""
    words = [word for word in item.words if word.text.strip("_")]
    first = next((at for at, word in enumerate(words) if cues.dash(word.text)), 0)
    first = 0 if any(map(str.isalnum, "".join(word.text for word in words[:first]))) else first
    while len(words) > first + 1 and _is_speck(words[-1], words[-2]):
        words.pop()
    return " ".join(nfc(" ".join(word.text.strip("_") for word in words[first:])).split())


def _is_speck(word: Word, before: Word) -> bool:
    signs = sum(map(str.isalnum, word.text))
    if re.fullmatch(r"[-–—]", word.text):
        return cues.closed(before.text)  # a hyphen at a line's end may go on in the next
    hardly = word.confidence < threshold("copies_word")
    return hardly and 4 * signs < len(word.text) and not (signs == 0 and cues.closed(word.text))  # "/h)" lost its "t"


def _words(text: str) -> int:
    """How many words of a text can be one: a syllable, or an abbreviation."""
    return sum(len(run) > 1 and (run.isupper() or is_syllable(run)) for run in re.findall(r"(?<!\w)[^\W\d_]+(?!\w)", text))


def _is_doubtful(item: Row) -> bool:
    """Whether two readers differ on a row, or one of its words was hardly read."""
    weak = any(sum(map(str.isalnum, word.text)) > 1 and word.confidence < threshold("copies_word") for word in item.words)
    return weak or (item.line.agreed is not None and item.line.agreed < threshold("copies_agreed"))


def read_copies(foot: FootZones, scanned: bool) -> Value[tuple[str, ...]]:
    """Every item in order, joined over line ends, without dash and closing mark."""
    if foot.head is None and not foot.copies:
        return Value((), evidence([], 0.6))
    items: list[tuple[str, bool]] = []
    used: list[Row] = []
    dashes = sum(bool(cues.dash(item.text)) for item in foot.copies)
    filed = False
    for item in foot.copies:
        text = _unspecked(item)
        if item.confidence < 0.45 and sum(char.isalpha() for char in text) < 5:
            continue
        if cues.match("own_heading", cues.undashed(item.bare)) and not re.search(r":\s*\w", text):
            continue
        dash = bool(cues.dash(text))
        start = dash or not items or cues.closed(items[-1][0]) or (dashes == 0 and text[:1].isupper() and len(text) > 3)
        # after the filing line only noise and the typist's mark stand without a dash
        if filed and not dash and start and dashes and (sum(char.isalpha() for char in text) < 6 or _words(text) < 2):
            continue
        if start:
            items.append((text, dash))
        else:
            items[-1] = (_join(items[-1][0], text), items[-1][1])
        filed = filed or bool(cues.match("filing", cues.undashed(item.bare)))
        used.append(item)
    said = tuple(text for text in (_tidy(text) for text, _ in items) if sum(char.isalnum() for char in text) >= 2)
    sure = min(0.97, 0.3 + 0.7 * trust(used)) if scanned else 0.97
    if scanned and any(map(_is_doubtful, used)):
        sure = min(sure, threshold("mark_doubt"))
    if not filed:
        sure *= 0.7
    return Value(said, evidence([*([foot.head] if foot.head else []), *used], (sure if foot.head else 0.7 * sure) if said else 0.2))


def _join(before: str, after: str) -> str:
    return f"{before}{after}" if before.endswith("-") and not before.endswith(" -") else f"{before} {after}"


def filing_units(copies: tuple[str, ...]) -> tuple[str, ...]:
    """The units named in the filing line: "Lưu: VT, TĐC" → ("TĐC",)."""
    for item in copies:
        bare = cues.in_list("filing_lead").sub("", item)
        if bare != item:
            return tuple(word for word in re.findall(r"[\w&.]+", re.sub(r"\(.*?\)", " ", bare)) if word.upper() != "VT" and len(word) > 1)
    return ()
