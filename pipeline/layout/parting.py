"""A sheet that holds two pages side by side (two copied onto one, a booklet laid open) parted into its pages."""

from __future__ import annotations

from models.page import Box, Line, Page, Stamp, Word
from models.skeleton import skeleton
from rules import cues

_WIDE = 1.15  # width by height from which a sheet may hold two pages
_MIDDLE = 0.40, 0.60  # shares of the width between which the pages part
_APART = 0.3  # share of the width by which the two mottos stand apart
_HEAD = 0.5  # share of the height that holds both mottos
_CROSSING = 0.01  # share of the words that may lie across the gutter: a fold's shadow, a stroke
_LINES = 3  # rows that a page of a booklet has at least


def parted(page: Page) -> tuple[Page, ...]:
    """Return the pages of a sheet in their order, each with boxes of its own; the sheet itself where it is one page.

    page: as it was recognized. Each part's `left` tells where it begins on the sheet (points), its `part` its order there, from 1.
    """
    if page.width < _WIDE * page.height:
        return (page,)
    mottos = sorted(x for line in page.lines if line.box.y0 < _HEAD * page.height for x in _mottos(line))
    if len(mottos) > 1 and mottos[-1] - mottos[0] >= _APART * page.width:
        gutter = _gutter(page, mottos[0], mottos[-1])
        return (page,) if gutter is None else (_part(page, 1, 0.0, gutter), _part(page, 2, gutter, page.width))
    if not mottos or mottos[0] < page.width / 2:
        return (page,)
    # a booklet laid open: its first page stands at the right, its last at the left, and no line runs over the fold
    gutter = _gutter(page, 0.0, mottos[0], crossing=0.0)
    if gutter is None or sum(line.box.x0 < gutter for line in page.lines) < _LINES:
        return (page,)
    return _part(page, 1, gutter, page.width), _part(page, 2, 0.0, gutter)


def _mottos(line: Line) -> list[float]:
    """Where mottos begin on a row, points."""
    bares = [skeleton(word.text) for word in line.words]
    return [line.words[at].box.x0 for at in range(len(bares)) if cues.match("motto_words", " ".join(bares[at : at + 3]))]


def _gutter(page: Page, left: float, right: float, crossing: float = _CROSSING) -> float | None:
    """The x between `left` and `right`, near the sheet's middle, that hardly a word lies across; None where there is none."""
    words = [word.box for line in page.lines for word in line.words]
    low, high = (share * page.width for share in _MIDDLE)
    best: tuple[int, float, float] | None = None
    for step in range(41):
        x = low + (high - low) * step / 40
        if left < x < right:
            over = sum(box.x0 < x - 1 and box.x1 > x + 1 for box in words)
            best = min(best or (over, page.width, x), (over, abs(x - page.width / 2), x))
    return best[2] if best and best[0] <= crossing * len(words) else None


def _part(page: Page, order: int, left: float, right: float) -> Page:
    rows = [_within(line, left, right) for line in page.lines]
    stamps = [_moved(stamp, left) for stamp in page.stamps if left <= stamp.box.middle[0] < right]
    lines = tuple(line for line in rows if line is not None)
    told = {"lines": lines, "stamps": tuple(stamps), "width": right - left, "left": left, "part": order}
    return page.model_copy(update=told | {"kind": page.kind if lines or stamps else "blank"})


def _within(line: Line, left: float, right: float) -> Line | None:
    words = tuple(_shifted(word, left) for word in line.words if left <= word.box.middle[0] < right)
    return line.model_copy(update={"words": words}) if words else None


def _shifted(word: Word, left: float) -> Word:
    return word.model_copy(update={"box": _moved_box(word.box, left)})


def _moved_box(box: Box, left: float) -> Box:
    return box._replace(x0=box.x0 - left, x1=box.x1 - left)


def _moved(stamp: Stamp, left: float) -> Stamp:
    lines = tuple(line.model_copy(update={"words": tuple(_shifted(word, left) for word in line.words)}) for line in stamp.lines)
    return stamp.model_copy(update={"box": _moved_box(stamp.box, left), "lines": lines})
