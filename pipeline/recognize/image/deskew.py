"""A sheet that went askew through the scanner: how far, and the engine shown it straight."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.recognize.image.background import roughly_scaled
from pipeline.recognize.ocr.engine import Engine, Gray, OcrWord

_LOOK_DPI = 50  # a whole part of what scanners make: quick to bring down to
_WIDEST = 8.0  # degrees
_LEAST = 2.0  # degrees: the engine copes with less by itself, and a turned picture is a little blurred
_STRIP = 8  # pixels
_GAIN = 1.5  # how much sharper the rows must stand when set straight


def _sharpness(strips: NDArray[np.float32], middles: NDArray[np.float64], degrees: float) -> float:
    """How sharply rows of ink stand apart from the white between them, when turned so many degrees.

    strips: the ink of each row of upright strips of the sheet, (rows, strips); middles: where these stand, pixels from the sheet's middle.
    A strip is so narrow that turning it is to move it up or down.
    """
    height, many = strips.shape
    down = middles * math.tan(math.radians(degrees))  # how far below each row that lies which comes to lie there
    whole = np.floor(down)
    part = (down - whole).astype(np.float32)
    above = np.clip(np.arange(height + 1)[:, None] + whole.astype(np.int64), -1, height) + 1
    within = np.pad(strips, ((1, 1), (0, 0))).ravel().take(above * many + np.arange(many))
    rows = within[:-1] @ (1 - part) + within[1:] @ part
    return float((np.diff(rows) ** 2).sum())


def skew(gray: Gray, dpi: int) -> float:
    """Return by how many degrees anticlockwise the sheet must be turned to stand straight; 0 below 2 degrees, and on doubt.

    gray: ink dark on white paper. The angle at which the rows of ink stand sharpest (projection profile; Postl 1986).
    """
    small, _ = roughly_scaled(gray, dpi, _LOOK_DPI)
    starts = np.arange(0, small.shape[1], _STRIP)
    strips = np.add.reduceat((255 - small.astype(np.float32)) / 255, starts, axis=1)
    middles = (starts + np.append(starts[1:], small.shape[1]) - small.shape[1]) / 2
    lies = _sharpness(strips, middles, 0.0)
    best, at = lies, 0.0
    for step, span in ((1.0, _WIDEST), (0.2, 0.8)):
        middle = at
        if step < 1 and abs(middle) + span < _LEAST:
            break
        for n in range(-round(span / step), round(span / step) + 1):
            found = _sharpness(strips, middles, middle + n * step)
            if found > best:
                best, at = found, middle + n * step
    return at if abs(at) >= _LEAST and best >= lies * _GAIN else 0.0


def recognize_deskewed(gray: Gray, dpi: int, engine: Engine) -> list[OcrWord]:
    """Let the engine see the sheet straight; the words' boxes are on the sheet as it lies.

    Shown a sheet three degrees askew, tesseract drops whole paragraphs without a word.
    """
    degrees = skew(gray, dpi)
    if not degrees:
        return engine.recognize(gray, dpi)
    height, width = gray.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    # the turned sheet is larger: no corner may be cut off
    rad = math.radians(abs(degrees))
    wide, high = math.ceil(width * math.cos(rad) + height * math.sin(rad)), math.ceil(width * math.sin(rad) + height * math.cos(rad))
    turn[:, 2] += ((wide - width) / 2, (high - height) / 2)
    straight = np.asarray(cv2.warpAffine(gray, turn, (wide, high), flags=cv2.INTER_LANCZOS4, borderValue=255), np.uint8)
    back = cv2.invertAffineTransform(turn)
    return [_lying(seen, back) for seen in engine.recognize(straight, dpi)]


def _lying(seen: OcrWord, back: NDArray[np.float64]) -> OcrWord:
    """A word's box where its middle stands on the sheet as it lies."""
    x, y = back @ np.array([(seen.x0 + seen.x1) / 2, (seen.y0 + seen.y1) / 2, 1.0])
    wide, high = (seen.x1 - seen.x0) / 2, (seen.y1 - seen.y0) / 2
    return seen._replace(x0=round(x - wide), y0=round(y - high), x1=round(x + wide), y1=round(y + high))
