"""Pages whose print is smaller or larger than a letter's (a sheet saved at the wrong resolution), seen as if it were of its size.

Decree 30/2020, app. I: print is 12 to 14 points. What is measured in points on a page holds where its print has these.
"""

from __future__ import annotations

from statistics import median

from models.page import Box, Line, Page

_USUAL = 11.3  # points: the middle height of the boxes of a letter's words
_NEAR = (0.85, 1.2)  # of it: no other size
_SHEETS = (595.3, 841.9)  # points: the width of a page of A4, upright and across
_ODD = 0.08  # by so much at least a page differs from these that was saved at a wrong resolution
_FEWEST = 20  # words from which a page's size is told


def print_scale(page: Page) -> float:
    """How many times as large as a letter's the page's print is, 1 where it is near that, the page is of A4, or does not tell."""
    if any(abs(page.width / width - 1) < _ODD for width in _SHEETS):
        return 1.0
    heights = [word.box.height for line in page.lines for word in line.words if len(word.text) > 2 and word.confidence > 0.7]
    if len(heights) < _FEWEST:
        return 1.0
    scale = median(heights) / _USUAL
    return 1.0 if scale <= 0 or _NEAR[0] < scale < _NEAR[1] else scale


def resized(page: Page, by: float) -> Page:
    """The page with all that its lines measure `by` times as large."""
    size = {"width": page.width * by, "height": page.height * by, "left": page.left * by}
    return page.model_copy(update={**size, "lines": tuple(resized_line(line, by) for line in page.lines)})


def resized_line(line: Line, by: float) -> Line:
    """A line, likewise."""
    words = tuple(word.model_copy(update={"box": Box(*(v * by for v in word.box))}) for word in line.words)
    return line.model_copy(update={"words": words, "base": None if line.base is None else line.base * by})
