"""The text boxes of digital signatures: "Ký bởi … Cơ quan … Thời gian ký …", drawn by a widget or printed on the sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from models.page import Box, Line, Reading, Stamp
from models.skeleton import skeleton
from pipeline.recognize.ocr.baselines import Piece, number_rows, parted_rows

_SIGNED = re.compile(r"\b(KY BOI|NGUOI KY|KY SO BOI|DIGITALLY SIGNED|SIGNED BY|SIGNATURE VALID|DUOC KY BOI)\b")
_WHEN = re.compile(r"\b(THOI GIAN KY|NGAY KY|GIO KY|SIGNING TIME|DATE:)|\+07[:'.]?00|\d{1,2}:\d{2}:\d{2}")
_MORE = re.compile(r"^(CO QUAN|EMAIL|E-MAIL|CHUC VU|TO CHUC|LY DO|DIA DIEM|REASON|LOCATION)\s*[:;.]|\S@\S|\.GOV\.VN\b")
_ALONE = re.compile(r"\b(KY BOI|NGUOI KY|THOI GIAN KY|KY SO BOI|DIGITALLY SIGNED BY)\s*:|\d{1,2}:\d{2}:\d{2}\W{0,3}\+ ?07")
_LEAST = 2


def is_signature(text: str) -> bool:
    """Tell whether a text is that of a digital signature's box: it says who signed, when, and with what address; two of these."""
    flat = skeleton(text)
    return sum(bool(rule.search(flat)) for rule in (_SIGNED, _WHEN, _MORE)) >= _LEAST or bool(_ALONE.search(flat))


def take_signatures(lines: Sequence[Line]) -> tuple[list[Line], list[Stamp]]:
    """Part the lines of digital signatures' boxes from the letter's own."""
    cues = [i for i, line in enumerate(lines) if _cue(line)]
    if not cues:
        return list(lines), []
    gone: set[int] = set()
    stamps: list[Stamp] = []
    for start in cues:
        if start in gone:
            continue
        group = _grown(lines, start, gone)
        if not is_signature("\n".join(lines[i].text for i in group)):
            continue
        gone.update(group)
        stamps.append(boxed([lines[i] for i in sorted(group, key=lambda i: lines[i].box.y0)]))
    return [line for i, line in enumerate(lines) if i not in gone], stamps


def part_widgets(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Stamp]]:
    """Part what signature widgets say about the signature from what they say for the letter: its number, its day.

    The pieces that are the letter's come back with rows of their own.
    """
    if not pieces:
        return [], []
    number_rows(pieces)
    lines, stamps = take_signatures(parted_rows(pieces))
    boxes = {word.box for line in lines for word in line.words}
    own = [replace(p, reading=Reading.WIDGET, row=-1 - p.row) for p in pieces if p.word.box in boxes]
    return own, stamps


def boxed(lines: Sequence[Line]) -> Stamp:
    """Make the stamp that holds these lines."""
    box: Box = lines[0].box
    for line in lines[1:]:
        box = box.union(line.box)
    confidence = sum(line.confidence for line in lines) / len(lines)
    return Stamp(kind="digital_signature", box=box, lines=tuple(lines), confidence=confidence)


def _cue(line: Line) -> bool:
    flat = skeleton(line.text)
    return len(line.words) <= 14 and any(rule.search(flat) for rule in (_SIGNED, _WHEN, _MORE))


def _grown(lines: Sequence[Line], start: int, gone: set[int]) -> set[int]:
    """Gather the lines close above and below that begin at the same x: a box is set tight and flush left."""
    group = {start}
    while True:
        box = lines[start].box
        for i in group:
            box = box.union(lines[i].box)
        tall = min(lines[i].box.height for i in group)
        more = {
            i
            for i, line in enumerate(lines)
            if i not in group and i not in gone and _beside(line.box, box, tall) and line.box.height < 1.8 * tall + 2
        }
        if not more:
            return group
        group |= more


def _beside(box: Box, group: Box, tall: float) -> bool:
    near = min(abs(box.y0 - group.y1), abs(group.y0 - box.y1)) < 0.75 * tall or (box.y0 < group.y1 and group.y0 < box.y1)
    return near and abs(box.x0 - group.x0) < 1.5 * tall
