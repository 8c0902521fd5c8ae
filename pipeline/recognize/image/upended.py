"""Whether a sheet lies on its side: by its ink alone, before anything is read."""

from __future__ import annotations

import numpy as np

from pipeline.recognize.image.background import roughly_scaled
from pipeline.recognize.ocr.engine import Gray

_LOOK_DPI = 50
_PART = 64  # pixels: an inch and a quarter, with five lines of print or so
_INKED = 6.0, 120.0  # mean ink of a part that is print, of 255: neither paper nor a picture


def upended(gray: Gray, dpi: int) -> float:
    """Return the share of a sheet's printed parts, 0 to 1, whose lines stand on end; 0 where nothing is printed.

    gray: ink dark on white paper. Across its lines ink comes and goes more sharply than along them; tables, seals and signatures are
    outvoted.
    """
    small, _ = roughly_scaled(gray, dpi, _LOOK_DPI)
    high, wide = (size // _PART for size in small.shape)
    parts = 255 - small[: high * _PART, : wide * _PART].astype(np.float32).reshape(high, _PART, wide, _PART)
    down = (np.diff(parts.sum(axis=3), axis=1) ** 2).sum(axis=1)
    across = (np.diff(parts.sum(axis=1), axis=2) ** 2).sum(axis=2)
    ink = parts.mean(axis=(1, 3))
    printed = (ink > _INKED[0]) & (ink < _INKED[1])
    return float((across > down)[printed].mean()) if printed.any() else 0.0
