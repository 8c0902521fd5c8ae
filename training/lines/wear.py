"""What paper, ink, copiers, scanners and cameras make of a drawn line."""

from __future__ import annotations

import cv2
import numpy as np

Rng = np.random.Generator


def worn(rng: Rng, ink: np.ndarray, em: int) -> np.ndarray:
    """Return a drawing (0 paper to 1 ink) as a scan in grey (0 to 255, dark on light). em: the print's size, pixels."""
    ink = _print(rng, ink, em)
    shade = rng.uniform(0.72, 1.0)
    paper = np.full(ink.shape, 255 * shade, np.float32)
    if rng.random() < 0.25:  # light that falls off
        paper *= np.linspace(rng.uniform(0.75, 1), rng.uniform(0.75, 1), ink.shape[1])[None, :]
    if rng.random() < 0.12:  # the back's print
        back = np.roll(ink[:, ::-1], int(rng.integers(0, ink.shape[1])), 1)
        back = np.roll(back, int(rng.integers(-em, em)), 0)
        paper *= 1 - cv2.GaussianBlur(back, (0, 0), 0.8 + em / 30) * rng.uniform(0.05, 0.3)
    gray = paper * (1 - ink * rng.uniform(0.75, 1.0))
    gray = _seen(rng, gray, em)
    draw = rng.random()
    if draw < 0.26:
        gray = _two_tone(rng, gray)
    if rng.random() < 0.18:  # streaks of a scanner, folds
        for _ in range(int(rng.integers(1, 4))):
            tone = rng.choice([rng.uniform(0, 120), rng.uniform(200, 255)])
            if rng.random() < 0.6:
                x = int(rng.integers(0, gray.shape[1]))
                cv2.line(gray, (x, 0), (x + int(rng.integers(-2, 3)), gray.shape[0]), float(tone), 1)
            else:
                y = int(rng.integers(0, gray.shape[0]))
                cv2.line(gray, (0, y), (gray.shape[1], y + int(rng.integers(-3, 4))), float(tone), 1)
    out = np.clip(gray, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        ok, data = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(18, 92))])
        out = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE) if ok else out
    return out


def _print(rng: Rng, ink: np.ndarray, em: int) -> np.ndarray:
    """Ink that ran, thinned or broke."""
    draw = rng.random()
    if draw < 0.12 and em > 22:
        ink = cv2.erode(ink, np.ones((2, 2), np.uint8))
    elif draw < 0.26:
        ink = cv2.dilate(ink, np.ones((2, 2), np.uint8) if em < 40 or rng.random() < 0.6 else np.ones((3, 3), np.uint8))
    if rng.random() < 0.2:  # toner that did not hold
        grain = cv2.resize(rng.random((max(1, ink.shape[0] // 3), max(1, ink.shape[1] // 3)), np.float32), ink.shape[::-1])
        ink = ink * np.clip((grain - rng.uniform(0.02, 0.3)) * 6, 0, 1)
    if rng.random() < 0.12:  # specks
        spots = rng.random(ink.shape, np.float32) < rng.uniform(0.0003, 0.004)
        ink = np.maximum(ink, cv2.dilate(spots.astype(np.float32), np.ones((2, 2), np.uint8)) * rng.uniform(0.4, 1))
    return ink


def _seen(rng: Rng, gray: np.ndarray, em: int) -> np.ndarray:
    """Out of focus, moved, coarse, noisy."""
    if rng.random() < 0.55:
        gray = cv2.GaussianBlur(gray, (0, 0), float(rng.uniform(0.3, 0.045 * em + 0.3)))
    if rng.random() < 0.05:
        size = int(rng.integers(2, max(3, em // 10)))
        gray = cv2.blur(gray, (size, 1) if rng.random() < 0.5 else (1, size))
    if rng.random() < 0.3:  # fewer dots a line, unequal as a fax's are
        share = max(rng.uniform(0.35, 0.9), 11 / em)
        if share < 1:
            down = (
                max(4, round(gray.shape[1] * share)),
                max(4, round(gray.shape[0] * share * (rng.uniform(0.6, 1) if rng.random() < 0.25 else 1))),
            )
            small = cv2.resize(gray, down, interpolation=cv2.INTER_AREA if rng.random() < 0.6 else cv2.INTER_NEAREST)
            if rng.random() < 0.3:
                small = _two_tone(rng, small)
            gray = cv2.resize(small, gray.shape[::-1], interpolation=cv2.INTER_LINEAR if rng.random() < 0.7 else cv2.INTER_NEAREST)
    if rng.random() < 0.4:
        gray = gray + rng.standard_normal(gray.shape, np.float32) * np.float32(rng.uniform(2, 18))
    return gray


def _two_tone(rng: Rng, gray: np.ndarray) -> np.ndarray:
    """Black and white by one threshold, as scanners and faxes make it."""
    ink, paper = np.percentile(gray, [0.5, 85])
    level = ink + (paper - ink) * rng.uniform(0.35, 0.78)
    noise = rng.standard_normal(gray.shape, np.float32) * np.float32(rng.uniform(0, 14)) if rng.random() < 0.5 else np.float32(0)
    return np.where(gray + noise < level, np.float32(0), np.float32(255)).astype(np.float32)
