"""The text round a hit, with the words that were found marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.letter import Letter
from models.skeleton import nfc
from pipeline.archive.search import query
from pipeline.archive.tables.letter_rows import number_code
from pipeline.archive.tables.search_folding import folded

ON, OFF = "\ue000", "\ue001"
_AROUND = 90  # characters of a snippet on either side of a hit


def snippet(letter: Letter, pages: Sequence[str], terms: Sequence[str], number: query.Number | None) -> str:
    """Text round the place where most of the words stand near each other, each marked; the subject where they stand in none of the text."""
    lines = [*pages, letter.header.subject or ""]
    if number and number.codes:
        sentences = [r.sentence or r.text for r in letter.references if r.number and _same(r.number, number)]
        lines = [*sentences, *lines]
    best, most = "", 0
    for line in lines:
        plain = nfc(line)
        hits = _hits(plain, terms)
        if not hits:
            continue
        at, seen = _densest(hits)
        if seen > most:
            best, most = _window(plain, hits, at), seen
        if most == len(set(terms)):
            break
    return best or (letter.header.subject or "")


def _same(cited: str, number: query.Number) -> bool:
    return number_code(cited) in number.codes


def _hits(plain: str, terms: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where whole words of `terms` stand: first and last place, and the word. `folded` keeps places."""
    wanted, found, at = set(terms), [], 0
    low = folded(plain)
    while at < len(low):
        if not (low[at].isalnum()):
            at += 1
            continue
        end = at
        while end < len(low) and low[end].isalnum():
            end += 1
        if low[at:end] in wanted:
            found.append((at, end, low[at:end]))
        at = end
    return found


def _densest(hits: Sequence[tuple[int, int, str]]) -> tuple[int, int]:
    """The first place of the window that holds most different words, and how many."""
    best, at = 0, hits[0][0]
    for i, (start, _, _) in enumerate(hits):
        seen = set()
        for begin, _, word in hits[i:]:
            if begin - start > 2 * _AROUND:
                break
            seen.add(word)
        if len(seen) > best:
            best, at = len(seen), start
    return at, best


def _window(plain: str, hits: Sequence[tuple[int, int, str]], at: int) -> str:
    start, end = max(0, at - _AROUND), min(len(plain), at + 2 * _AROUND)
    while start > 0 and not plain[start - 1].isspace():
        start -= 1
    while end < len(plain) and not plain[end].isspace():
        end += 1
    parts, last = [], start
    for begin, stop, _ in hits:
        if start <= begin and stop <= end:
            parts += [plain[last:begin], ON, plain[begin:stop], OFF]
            last = stop
    shown = " ".join("".join([*parts, plain[last:end]]).split())
    return f"{'… ' if start else ''}{shown}{' …' if end < len(plain) else ''}"
