"""Drawn lines worn like scans, then brought to the recognizer's input by the product's own `ink_of`."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.recognize.digits.ink import HEIGHT, ink_of
from training.digits import fonts
from training.digits.hand import Rng
from training.digits.sheet import DOT, Sheet


def worn(rng: Rng, sheet: Sheet) -> np.ndarray:
    """Wear a drawn line like a scan: neighbours, red ghosts, skew, resolution, blur, uneven light, noise, JPEG, 1-bit; then as input."""
    ink = np.ascontiguousarray(sheet.ink)
    tall, wide = ink.shape
    if rng.random() < 0.3:  # the rule under the issuer's name, or the line above
        y = int(sheet.base - rng.uniform(15, 21) * DOT)
        if rng.random() < 0.6:
            cv2.line(
                ink,
                (int(rng.uniform(0, wide * 0.5)), y),
                (int(rng.uniform(wide * 0.5, wide)), y + int(rng.normal(0, 2))),
                230,
                int(rng.integers(2, 6)),
            )
        else:
            mask, _ = fonts.text(
                "Tinos-Bold.ttf" if rng.random() < 0.7 else "Tinos-Regular.ttf",
                52,
                str(rng.choice(["SỞ NỘI VỤ", "TỈNH", "Hạnh phúc", "ỦY BAN NHÂN DÂN"])),
            )
            _blend(ink, mask, int(rng.uniform(-40, wide * 0.7)), y - mask.shape[0] + int(rng.uniform(0, 4) * DOT), 0.9)
    if rng.random() < 0.25:  # the line below
        mask, _ = fonts.text(
            "Tinos-Regular.ttf", 50, str(rng.choice(["V/v triển khai thực hiện", "V/v hướng dẫn", "về việc", "QUYẾT ĐỊNH"]))
        )
        _blend(ink, mask, int(rng.uniform(-30, wide * 0.5)), int(sheet.base + rng.uniform(3.5, 8) * DOT), 0.9)
    if rng.random() < 0.12:  # a seal's ring or a stamp's frame, mostly lifted with its red
        ghost = rng.uniform(30, 130) if rng.random() < 0.8 else 230
        cv2.ellipse(
            ink,
            (int(rng.uniform(0, wide)), int(rng.uniform(-100, tall + 100))),
            (int(rng.uniform(60, 220)),) * 2,
            0,
            0,
            360,
            ghost,
            int(rng.integers(2, 7)),
        )
    if rng.random() < 0.06:  # a fold or a scanner's streak
        x = int(rng.uniform(0, wide))
        cv2.line(ink, (x, 0), (x + int(rng.normal(0, 3)), tall), float(rng.uniform(60, 255)), int(rng.integers(1, 4)))
    if rng.random() < 0.6:
        ink = _bent(rng, ink)
    paper = rng.uniform(190, 255)
    black = rng.uniform(10, 90)
    grey = paper - (paper - black) * (ink / 255)
    dpi = float(rng.choice([100, 120, 150, 200, 250, 300], p=[0.07, 0.09, 0.2, 0.34, 0.1, 0.2])) * rng.uniform(0.93, 1.07)
    grey = cv2.resize(grey, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA)
    if rng.random() < 0.6:
        grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.4, 1.1))
    if rng.random() < 0.3:
        grey = grey * np.linspace(1, rng.uniform(0.8, 1.0), grey.shape[1], dtype=np.float32)[None]
    if rng.random() < 0.2:
        grey = paper - (paper - grey) * rng.uniform(0.35, 0.8)  # faded
    if rng.random() < 0.55:
        grey = grey + rng.normal(0, rng.uniform(2, 14), grey.shape).astype(np.float32)
    if rng.random() < 0.3 and not sheet.faint:  # a fax, or a 1-bit scan
        black = float(np.percentile(grey, 1))  # of what has faded too
        cut = paper - (paper - black) * rng.uniform(0.25, 0.6)
        grey = np.where(grey < cut, 0.0, 255.0).astype(np.float32)
        if rng.random() < 0.4:
            specks = rng.random(grey.shape) < rng.uniform(0.0005, 0.006)
            grey[specks] = 255 - grey[specks]
    grey = np.clip(grey, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        _, packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 90))])
        grey = cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)
    out = ink_of(grey.astype(np.float32))
    assert out.shape[0] == HEIGHT
    return (out * 255).astype(np.uint8)


def _blend(ink: np.ndarray, mask: np.ndarray, x: int, y: int, darkness: float) -> None:
    tall, wide = ink.shape
    y0, y1, x0, x1 = max(0, y), min(tall, y + mask.shape[0]), max(0, x), min(wide, x + mask.shape[1])
    if y1 > y0 and x1 > x0:
        place = ink[y0:y1, x0:x1]
        np.maximum(place, mask[y0 - y : y1 - y, x0 - x : x1 - x].astype(np.float32) * darkness, out=place)


def _bent(rng: Rng, ink: np.ndarray) -> np.ndarray:
    """Skew by up to about 1.5 degrees and bend softly."""
    tall, wide = ink.shape
    ys, xs = np.mgrid[0:tall, 0:wide].astype(np.float32)
    skew = np.tan(np.radians(rng.normal(0, 0.6)))
    grid = rng.normal(0, rng.uniform(0.3, 1.6), (2, 3, max(3, wide // 60))).astype(np.float32)
    dx, dy = (cv2.resize(g, (wide, tall), interpolation=cv2.INTER_CUBIC) for g in grid)
    across, down = (xs + dx).astype(np.float32), (ys + dy + (xs - wide / 2) * skew).astype(np.float32)
    return cv2.remap(ink, across, down, cv2.INTER_LINEAR, borderValue=0)
