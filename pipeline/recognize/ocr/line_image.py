"""A line cut from a page, as the line reader takes it: 32 pixels high, ink 1, paper 0."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.recognize.ocr.engine import Gray

HEIGHT = 32  # pixels
STEP = 4  # pixels of width a step of the reader's scores
_PAPER, _INK = 85, 1  # percentiles of grey taken as paper and as ink
_LEAST = 40  # grey levels between them, below which a crop is taken to be paper


def line_image(crop: Gray) -> NDArray[np.float32]:
    """Return a crop (grey, dark on light) as the reader takes it: HEIGHT rows, width divisible by STEP, 0 paper to 1 ink."""
    high, wide = crop.shape
    width = max(STEP * 2, round(wide * HEIGHT / high))
    gray = cv2.resize(crop, (width, HEIGHT), interpolation=cv2.INTER_AREA if high > HEIGHT else cv2.INTER_LINEAR)
    ink, paper = np.percentile(gray, [_INK, _PAPER])
    image = np.clip((paper - gray.astype(np.float32)) / max(_LEAST, paper - ink), 0, 1).astype(np.float32)
    return np.pad(image, ((0, 0), (0, -width % STEP)))
