"""A sheet of pixels becomes a Page: cleaned, read once, turned upright and read again only on doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from models.page import Box, Page, Word
from models.skeleton import nfc
from pipeline.recognize.image.background import Pixels, finer, is_blank, raised, ready
from pipeline.recognize.image.deskew import recognize_deskewed
from pipeline.recognize.image.upended import upended
from pipeline.recognize.ocr.baselines import Piece, rows_of
from pipeline.recognize.ocr.engine import Engine, Gray, OcrWord
from pipeline.recognize.ocr.quality import is_syllable
from pipeline.recognize.page_reading import PageReading
from pipeline.recognize.pdf.pixels import Sheet
from pipeline.recognize.stamps.find import find_stamps, in_points, own_words
from pipeline.recognize.stamps.signature_boxes import part_widgets

SURE = 0.75  # mean confidence from which a sheet is taken to be upright
_FAINT_SURE, _FAINT_WORDS = 0.6, 12  # what a sheet too faint to be seen must read like
_STRIP = 0.3  # share of the sheet's height that is read to try an orientation
_CLEAR = 100, 0.4  # letters, and share of all that were read, from which a strip is surely upright: turned it reads as under a tenth
_LEVEL, _UPENDED = 0.4, 0.7  # share of a sheet's parts that stand on end: of one that lies level at most, of one on its side at least
_GAIN = 10  # letters by which a strip must read better than the sheet as it lies


def trust(seen: Sequence[OcrWord]) -> float:
    """Return 0 to 1: the mean confidence over letters, of words that can be read as words."""
    letters = [(len(s.text), s.confidence) for s in seen if any(c.isalnum() for c in s.text)]
    total = sum(n for n, _ in letters)
    return sum(n * c for n, c in letters) / total if total else 0.0


def turned(image: Pixels, quarter: int) -> Pixels:
    """Turn by quarters clockwise."""
    return np.ascontiguousarray(np.rot90(image, -quarter % 4))


def way_up(gray: Gray, dpi: int, engine: Engine, quarters: Sequence[int] = (0, 1, 2, 3)) -> tuple[int, float]:
    """Return how many quarters clockwise make the sheet upright, and how much better that reads than as it lies.

    quarters: which are tried, in this order; one that reads without doubt ends it, what was not read counts as nothing.
    """
    scores: dict[int, float] = {}
    for quarter in quarters:
        scores[quarter], clear = _strip_score(turned(gray, quarter), dpi, engine)
        if clear:
            break
    best = max(scores, key=lambda q: scores[q])
    return best, scores[best] - scores.get(0, 0.0)


def _sideways(seen: Sequence[OcrWord]) -> bool:
    """Tell whether words were read standing on end: tesseract finds columns of turned letters by itself, and says nothing of it."""
    words = [s for s in seen if len(s.text) >= 4]
    return sum(s.y1 - s.y0 > s.x1 - s.x0 for s in words) > 0.4 * len(words)


def _strip_score(gray: Gray, dpi: int, engine: Engine) -> tuple[float, bool]:
    """Read a strip where the ink is; what it is worth: letters in Vietnamese syllables, weighted by confidence; and whether it reads as
    only an upright one does: most of what was read is such letters."""
    height = gray.shape[0]
    ink = (gray < 128).sum(axis=1).astype(np.float64)
    size = max(1, int(height * _STRIP))
    sums = np.convolve(ink, np.ones(size), mode="valid")
    top = int(sums.argmax())
    seen = engine.recognize(np.ascontiguousarray(gray[top : top + size]), dpi)
    words = [s for s in seen if s.confidence > 0.5 and len(s.text) > 1 and is_syllable(s.text.strip(".,;:()-"))]
    worth = 0.0 if _sideways(seen) else sum(len(s.text) * s.confidence for s in words)
    return worth, worth > max(_CLEAR[0], _CLEAR[1] * sum(len(s.text) for s in seen))


def read_sheet(sheet: Sheet, number: int, engine: Engine, drawn_over: Sequence[Piece] = ()) -> PageReading:
    """Read a sheet of pixels. drawn_over: words known from signature widgets that lie over it, on the sheet as it is seen."""
    image, fine = finer(sheet.image, sheet.dpi)
    sheet = replace(sheet, image=image, dpi=fine)
    gray, dpi = ready(sheet.image, sheet.dpi)
    seen: list[OcrWord] | None = None
    if is_blank(gray, dpi):
        seen, faint = [], raised(sheet.image, sheet.dpi)
        if faint is not None:
            gray, dpi = faint
            seen = recognize_deskewed(gray, dpi, engine)
        # the back's print seen through thin paper is no letter: it reads as none
        if trust(seen) < _FAINT_SURE or sum(is_syllable(s.text) for s in seen) < _FAINT_WORDS:
            empty = Page(
                number=number,
                width=sheet.width,
                height=sheet.height,
                kind="scan" if sheet.damaged else "blank",
                damaged=sheet.damaged,
            )
            return PageReading(empty, lambda: sheet)
    quarter, read = _read_upright(gray, dpi, engine, seen)
    if quarter:
        sheet, gray = _turn(sheet, quarter), turned(gray, quarter)
    page = _page(sheet, number, quarter * 90, gray, read, engine, () if quarter else drawn_over)
    return PageReading(page, lambda: sheet)


def _read_upright(gray: Gray, dpi: int, engine: Engine, seen: Sequence[OcrWord] | None) -> tuple[int, Sequence[OcrWord]]:
    """Return how many quarters clockwise make a sheet upright, and what is read on it then. seen: what was read as it lies, if it was."""
    on_end = upended(gray, dpi)
    if seen is None and on_end > _UPENDED:  # as it lies it reads as nothing, and slowly
        quarter, gain = way_up(gray, dpi, engine, (1, 3))
        if gain > _GAIN and not _is_doubtful(read := recognize_deskewed(turned(gray, quarter), dpi, engine)):
            return quarter, read
    seen = recognize_deskewed(gray, dpi, engine) if seen is None else seen
    if _is_doubtful(seen):
        quarter, gain = way_up(gray, dpi, engine, (2, 0) if on_end < _LEVEL else (0, 1, 2, 3))
        if quarter and gain > _GAIN:
            return quarter, recognize_deskewed(turned(gray, quarter), dpi, engine)
    return 0, seen


def _is_doubtful(seen: Sequence[OcrWord]) -> bool:
    """Tell whether a sheet may have been read that does not stand upright."""
    return trust(seen) < SURE or len(seen) < 12 or _sideways(seen)


def _page(
    sheet: Sheet, number: int, rotation: int, gray: Gray, seen: Sequence[OcrWord], engine: Engine, drawn_over: Sequence[Piece]
) -> Page:
    """Part stamps from text, and make rows of what is text."""
    factor = sheet.image.shape[1] / gray.shape[1]
    found = find_stamps(sheet.image, sheet.dpi, seen, factor, engine)
    own = own_words(seen, factor, sheet.image, found)
    unit, fine = sheet.width / gray.shape[1], sheet.width / sheet.image.shape[1]  # points a pixel: of `gray`; of the sheet as it came
    over, signatures = part_widgets(drawn_over)
    pieces = [p for p in pieces_of(own, unit) if not any(_covers(w.word.box, p.word.box) for w in over)]
    rows = rows_of([*pieces, *over])
    stamps = [in_points(stamp, fine) for stamp, _ in found]
    return Page(
        number=number,
        width=sheet.width,
        height=sheet.height,
        kind="scan" if rows or stamps or sheet.damaged else "blank",
        rotation=rotation,
        lines=tuple(rows),
        stamps=(*stamps, *signatures),
        quality=trust(seen),
        damaged=sheet.damaged,
    )


def _covers(over: Box, under: Box) -> bool:
    x, y = under.middle
    return over.x0 <= x <= over.x1 and over.y0 - 2 <= y <= over.y1 + 2


def _turn(sheet: Sheet, quarter: int) -> Sheet:
    width, height = (sheet.height, sheet.width) if quarter % 2 else (sheet.width, sheet.height)
    return Sheet(turned(sheet.image, quarter), sheet.dpi, width, height, sheet.damaged)


def pieces_of(seen: Sequence[OcrWord], unit: float) -> list[Piece]:
    """Make pieces of what the engine saw. unit: points a pixel."""
    slope = skew_of(seen)
    rows: dict[int, list[OcrWord]] = {}
    for s in seen:
        rows.setdefault(s.line, []).append(s)
    pieces: list[Piece] = []
    for row, words in rows.items():
        base = median(s.y1 - slope * (s.x0 + s.x1) / 2 for s in words)
        for s in words:
            box = Box(s.x0 * unit, s.y0 * unit, s.x1 * unit, s.y1 * unit)
            pieces.append(Piece(Word(text=nfc(s.text), box=box, confidence=s.confidence), base * unit, row))
    return pieces


def skew_of(seen: Sequence[OcrWord]) -> float:
    """The sheet's slope (rise of y per x, pixels), the median over long lines; 0 where there are too few."""
    rows: dict[int, list[OcrWord]] = {}
    for s in seen:
        rows.setdefault(s.line, []).append(s)
    slopes: list[float] = []
    for words in rows.values():
        if len(words) >= 6:
            xs = np.array([(s.x0 + s.x1) / 2 for s in words])
            ys = np.array([s.y1 for s in words], float)
            slopes.append(float(np.polyfit(xs, ys, 1)[0]))
    return median(slopes) if len(slopes) >= 3 else 0.0
