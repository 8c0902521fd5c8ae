"""A scan made ready to be read: red ink out, specks out, paper levelled, down to the resolution that is read best and cheapest."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.recognize.image.streaks import without_streaks
from pipeline.recognize.ocr.engine import Gray

cv2.setNumThreads(1)  # a process a core: threads inside one only contend

Pixels: TypeAlias = NDArray[np.uint8]  # height × width (grey) or height × width × 3 (RGB)

READ_DPI = 200
_COARSE = 1400  # pixels of its long side: a sheet that has fewer (A4 at 120 dpi) is made finer
_THIN_BLACK, _THIN_WHITE = 0.5, 0.97  # as _BLACK and _WHITE, of a coarse or faint sheet: its strokes are all grey
_INKED, _PALE = 200, 50  # of paper's 255: a place that is no darker has no ink; what a sheet's ink is lighter than that is pale
_FINE_DPI = 250
_RED_LIFT = 0.6
_LEVEL_CELL = 8
_BLACK, _WHITE = 0.30, 0.80
_HALF, _EVEN, _SAME = 0.505, 0.65, 0.995  # when an image is brought down: what is taken for a half; from where on two neighbours stand
# for all pixels about evenly; what is taken for the same
_FAINTEST, _PRINT = 235, 60  # light of the faintest print, of 255; how many letters or words of it are a sheet's


def without_red(image: Pixels) -> Gray:
    """Return the grey image in which red ink is paper: the red channel, lifted where red outshines green and blue."""
    if image.ndim == 2:
        return image
    red, green, blue = cv2.split(image)
    excess = cv2.subtract(red, cv2.max(green, blue))
    return np.asarray(cv2.addWeighted(red, 1.0, excess, _RED_LIFT, 0), np.uint8)


def darkest(image: Pixels) -> Gray:
    """Return, at each pixel, the darkest of its colours: ink of any colour is dark in it."""
    if image.ndim == 2:
        return image
    red, green, blue = cv2.split(image)
    return np.asarray(cv2.min(cv2.min(red, green), blue), np.uint8)


def lightest(image: Pixels) -> Gray:
    """Return, at each pixel, the lightest of its colours: red and blue ink are light in it, black is not."""
    if image.ndim == 2:
        return image
    red, green, blue = cv2.split(image)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)


def normalize_background(gray: Gray, black: float = _BLACK, white: float = _WHITE) -> Gray:
    """Divide by the local paper level and stretch, so that paper is white and ink is black wherever the lamp was weak.

    black, white: what share of the paper's light is taken for all black and for all white.
    """
    return _stretched(_levelled(gray), black, white)


def _stretched(levelled: Gray, black: float, white: float) -> Gray:
    table = np.clip((np.arange(256) / 255 - black) / (white - black) * 255, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(levelled, table), np.uint8)


def _levelled(gray: Gray) -> Gray:
    """Divide by the local paper level: white paper is 255."""
    height, width = gray.shape
    small = cv2.resize(gray, (max(1, width // _LEVEL_CELL), max(1, height // _LEVEL_CELL)), interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 21)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(gray, np.maximum(paper, 1), scale=255.0), np.uint8)


def _is_pale(levelled: Gray) -> bool:
    """Tell print that is thin or faint: by the darkest pixel of each place with ink, in the middle, of every fourth strip."""
    strip, cell = 4 * _LEVEL_CELL, _LEVEL_CELL
    down, across = levelled.shape[0] // strip, levelled.shape[1] // cell
    cells = levelled[: down * strip, : across * cell].reshape(down, strip, across, cell)[:, :cell].min((1, 3), initial=255)
    inked = cells[cells < _INKED]
    return inked.size > 0 and bool(np.median(inked) > _PALE)


def is_bilevel(image: Pixels) -> bool:
    """Tell a fax or line-art scan (black and white only) from a grey one, by a sample of rows."""
    if image.ndim != 2:
        return False
    rows = image[:: max(1, image.shape[0] // 64)]
    return bool(((rows < 8) | (rows > 247)).mean() > 0.999)


def softened(gray: Gray) -> Gray:
    """Return a black and white scan with grey edges in place of stairs: on those the engine was taught."""
    return np.asarray(cv2.GaussianBlur(gray, (3, 3), 0.8), np.uint8)


def clear(gray: Gray) -> Gray:
    """Return a cut-out (red ink out of it) as the engine is to see it: levelled, or softened where it is black and white."""
    return softened(gray) if is_bilevel(gray) else normalize_background(gray)


def ready(image: Pixels, dpi: int) -> tuple[Gray, int]:
    """Return the image as the engine is to see it and its dpi: never scaled up, at most `READ_DPI`."""
    gray = without_red(image)
    if is_bilevel(gray):
        gray = softened(gray)
    else:
        if dpi >= _FINE_DPI:
            gray = np.asarray(cv2.medianBlur(gray, 3), np.uint8)
        even = _levelled(gray)
        gray = _stretched(even, _BLACK, _WHITE)
        # of a blank back only what is printed on its front would be brought out
        if _is_pale(even) and not is_blank(gray, dpi):
            gray = _stretched(even, _THIN_BLACK, _THIN_WHITE)
    gray, dpi = scaled(gray, dpi, READ_DPI)
    return without_streaks(gray), dpi


def finer(image: Pixels, dpi: int) -> tuple[Pixels, int]:
    """Return a coarse sheet (grey or RGB) as one of `READ_DPI` with its thin strokes made dark, and its dpi; others as they are."""
    if max(image.shape[:2]) >= _COARSE or dpi >= READ_DPI:
        return image, dpi
    planes = [image] if is_bilevel(image) else [normalize_background(plane, _THIN_BLACK, _THIN_WHITE) for plane in cv2.split(image)]
    factor = READ_DPI / dpi
    return np.asarray(cv2.resize(cv2.merge(planes), None, fx=factor, fy=factor, interpolation=cv2.INTER_LINEAR), np.uint8), READ_DPI


def scaled(gray: Pixels, dpi: int, target: int) -> tuple[Pixels, int]:
    """Return the image brought down to `target` dpi by area averaging; unchanged where it is not finer."""
    if dpi <= target * 1.05:
        return gray, dpi
    factor = target / dpi
    size = (max(1, round(gray.shape[1] * factor)), max(1, round(gray.shape[0] * factor)))
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8), target


def roughly_scaled(gray: Pixels, dpi: int, target: int) -> tuple[Pixels, int]:
    """Return the image brought down as `scaled` does, at a fifth of its cost: for looking where things stand, not for reading."""
    if dpi <= target * 1.05:
        return gray, dpi
    factor = target / dpi
    size = (max(1, round(gray.shape[1] * factor)), max(1, round(gray.shape[0] * factor)))
    while factor <= _HALF:  # halving costs a twentieth of averaging over areas that are no whole pixels
        gray = np.asarray(cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
        factor *= 2
    if factor < _SAME:
        way = cv2.INTER_LINEAR if factor > _EVEN else cv2.INTER_AREA
        gray = np.asarray(cv2.resize(gray, size, interpolation=way), np.uint8)
    return gray, target


def sized(gray: Gray, dpi: int, target: int) -> tuple[Gray, int]:
    """Return the image brought down to `target` dpi as `scaled` does, made larger too where it is at least 20 dpi coarser."""
    if dpi > target or abs(dpi - target) < 20:
        return scaled(gray, dpi, target)
    return np.asarray(cv2.resize(gray, None, fx=target / dpi, fy=target / dpi, interpolation=cv2.INTER_CUBIC), np.uint8), target


def raised(image: Pixels, dpi: int) -> tuple[Gray, int] | None:
    """Return a sheet that looks blank with its faint print made black, and its dpi; None where too little stands on it to be print.

    image: the sheet as it came: what is as pale as its print is white once it was made ready for darker ink.
    """
    gray = without_red(image)
    gray = softened(gray) if is_bilevel(gray) else normalize_background(gray, _THIN_BLACK, _THIN_WHITE)
    gray, dpi = scaled(gray, dpi, READ_DPI)
    small, at = scaled(gray, dpi, 75)
    edge = max(1, round(0.35 * at))
    inner = small[edge:-edge, edge:-edge]
    dark = float(np.percentile(inner, 0.5)) if inner.size else 255.0
    if dark > _FAINTEST:
        return None
    count, _, stats, _ = cv2.connectedComponentsWithStats(((inner < (dark + 255) / 2) * 255).astype(np.uint8), connectivity=8)
    if sum(s[cv2.CC_STAT_AREA] >= 6 for s in stats[1:count]) < _PRINT:
        return None
    black = float(np.percentile(gray, 1))
    if black > _FAINTEST:
        black = dark  # less than a hundredth of the sheet is ink
    table = np.clip((np.arange(256) - black) / (250 - black) * 255, 0, 255).astype(np.uint8)
    return without_streaks(np.asarray(cv2.LUT(gray, table), np.uint8)), dpi


def is_blank(gray: Gray, dpi: int) -> bool:
    """Tell a blank back from a written sheet: hardly any ink off the margins once single specks and edge shadows are gone."""
    small, at = roughly_scaled(gray, dpi, 75)
    edge = max(1, round(0.35 * at))
    inner = small[edge:-edge, edge:-edge]
    if inner.size == 0:
        return True
    ink = cv2.compare(inner, 150, cv2.CMP_LT)
    areas = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:, cv2.CC_STAT_AREA]
    solid = areas[areas >= 6]
    return len(solid) < 12 and bool(solid.sum() < inner.size * 0.00055)
