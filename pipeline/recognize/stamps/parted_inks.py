"""A sheet's inks one at a time, as marks of secrecy are looked for in them: red, blue, paler than print, all but red."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np

from pipeline.recognize.image.background import Pixels, darkest, normalize_background
from pipeline.recognize.image.frames import redness
from pipeline.recognize.ocr.engine import Gray

_SOFT = 0.35, 0.97  # of the paper's light: pale ink is kept
_BLACK = 90  # of a normalize_background sheet: what is print and not a pale stamp
_RED, _BLUE = 14, 20
_GAP, _WIDER = 5, 7  # pixels at 150 dpi: how wide a gap is drawn over, in coloured ink and in pale
_CAST = 12  # of 255: by how much blue outshines red in the shade of black print


class InkPlane(NamedTuple):
    """gray: dark on white; print_too: the letter's own print stands in it; known: 0 where print covers what else would be there, else 255;
    None where all is known."""

    gray: Gray
    print_too: bool
    known: Gray | None


def parted_inks(image: Pixels, dpi: int) -> Iterator[InkPlane]:
    """Yield the planes of a sheet, grey or RGB, those without print first."""
    enough = (4.0 / 25.4 * dpi) ** 2 / 4
    red = blue = None
    gray = darkest(image)
    if image.ndim == 3:
        red, blue = (
            ink if int(np.count_nonzero(ink > least)) > enough else None
            for ink, least in ((redness(image), _RED), (_blueness(image), _BLUE))
        )
        if red is not None:
            gray = np.ascontiguousarray(image[:, :, 0])  # a red seal is paper here, and what was stamped across it is not
    soft = normalize_background(gray, *_SOFT)
    known = _free_of_print(soft, dpi)
    if red is not None:
        yield InkPlane(_healed(_shown(red), known, _GAP), False, None)
    if blue is not None:
        under = _free_of_print(normalize_background(np.ascontiguousarray(image[:, :, 2]), *_SOFT), dpi)
        yield InkPlane(_healed(_shown(blue), under, _GAP), False, None)
    pale = np.asarray(cv2.bitwise_or(soft, cv2.bitwise_not(known)), np.uint8)
    yield InkPlane(_healed(pale, known, _WIDER), False, known)
    yield InkPlane(soft, True, None)


def _healed(gray: Gray, known: Gray, gap: int) -> Gray:
    """Ink drawn on over the gaps that print cuts into it, where it stands on both sides of them. gap: how wide they may be, pixels."""
    across = cv2.morphologyEx(gray, cv2.MORPH_OPEN, np.ones((gap, gap), np.uint8))
    return np.asarray(np.where(known == 0, across, gray), np.uint8)


def _shown(ink: Gray) -> Gray:
    return np.asarray(cv2.bitwise_not(cv2.convertScaleAbs(ink, alpha=4)), np.uint8)


def _blueness(image: Pixels) -> Gray:
    """By how much blue outshines the other channels: ink of a stamp or a pen; black and red give 0."""
    red, green, blue = cv2.split(image)
    return np.asarray(cv2.subtract(cv2.subtract(blue, cv2.max(red, green)), np.full_like(blue, _CAST)), np.uint8)


def _free_of_print(soft: Gray, dpi: int) -> Gray:
    """255 where no black print stands, nor the grey rims of its letters."""
    black = cv2.compare(soft, _BLACK, cv2.CMP_LT)
    reach = max(3, round(dpi / 60)) | 1
    return np.asarray(cv2.bitwise_not(cv2.dilate(black, np.ones((reach, reach), np.uint8))), np.uint8)
