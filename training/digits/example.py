"""Invented letters' heads with a serial and a day by hand, for the tests: pictures and the words that an engine would have seen on them.

python -m training.digits.example tests/pipeline/recognize/written
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

from training.digits import fonts
from training.digits.hand import Hand, choose, write

DPI = 200
WIDTH, HEIGHT = 1654, 400  # pixels: A4's width, and its head
_DOT = DPI / 72


class Head:
    """A head being drawn, RGB; words: text and box in points of each printed word."""

    def __init__(self, rng: np.random.Generator, paper: tuple[int, int, int]) -> None:
        self.image = np.full((HEIGHT, WIDTH, 3), paper, np.float32)
        self.rng = rng
        self.lines: list[list[tuple[str, list[float]]]] = []

    def ink(self, mask: np.ndarray, x: float, top: float, colour: tuple[int, int, int]) -> None:
        y, x = int(top), int(x)
        place = self.image[y : y + mask.shape[0], x : x + mask.shape[1]]
        share = (mask[: place.shape[0], : place.shape[1]].astype(np.float32) / 255)[..., None]
        place[:] = place * (1 - share) + np.array(colour, np.float32) * share

    def printed(self, text: str, x: float, base: float, face: str, points: float, *, new: bool = True) -> float:
        """Print words from x (points) on a base line; returns where they end."""
        if new or not self.lines:
            self.lines.append([])
        size = round(points * _DOT)
        for word in text.split():
            mask, row = fonts.text(face, size, word)
            top = base * _DOT - row
            self.ink(mask, x * _DOT, top, (35, 35, 40))
            self.lines[-1].append((word, [x, top / _DOT, x + mask.shape[1] / _DOT, (top + mask.shape[0]) / _DOT]))
            x += mask.shape[1] / _DOT + points * 0.25
        return x

    def written(self, text: str, x: float, base: float, hand: Hand, colour: tuple[int, int, int]) -> float:
        mask, row = write(self.rng, hand, text)
        self.ink(mask, x * _DOT, base * _DOT - row, colour)
        return x + mask.shape[1] / _DOT

    def worn(self) -> np.ndarray:
        soft = cv2.GaussianBlur(self.image, (0, 0), 0.6) + self.rng.normal(0, 4, self.image.shape)
        return np.clip(soft, 0, 255).astype(np.uint8)


def head(seed: int, serial: str, symbol: str, day: tuple[str, str], *, dotted: bool = False, seal: bool = False, junk: str = "") -> Head:
    """Draw one head. day: with its month, both by hand; dotted: leaders in the gap; seal: a red ring over the number; junk: what an
    engine made of the serial.
    """
    rng = np.random.default_rng(seed)
    drawn = Head(rng, (250, 249, 244))
    cap = 13 * _DOT * 0.66
    hand = choose(rng, cap, kind="strokes")
    blue = (45, 60, 140)
    drawn.printed("UBND TỈNH NAM GIANG", 85, 48, "Tinos-Regular.ttf", 12)
    drawn.printed("SỞ Y TẾ", 125, 63, "Tinos-Bold.ttf", 12)
    drawn.printed("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 290, 48, "Tinos-Bold.ttf", 12)
    drawn.printed("Độc lập - Tự do - Hạnh phúc", 330, 63, "Tinos-Bold.ttf", 13)
    base = 92.0
    x = drawn.printed("Số:", 95, base, "Tinos-Regular.ttf", 13)
    gap = x
    x = drawn.written(serial, x + 2, base, hand, blue) + 4
    if junk:
        drawn.lines[-1].append((junk, [gap, base - 10, x, base + 1]))
    if dotted:
        for dot in np.arange(gap, x, 2.4):
            cv2.circle(drawn.image, (int(dot * _DOT), int(base * _DOT)), 1, (60, 60, 60), -1)
    drawn.printed(symbol, x, base, "Tinos-Regular.ttf", 13, new=False)
    x = drawn.printed("Nam Giang, ngày", 320, base, "Tinos-Italic.ttf", 13)
    x = drawn.written(day[0], x, base, hand, blue) + 3
    x = drawn.printed("tháng", x, base, "Tinos-Italic.ttf", 13, new=False)
    x = drawn.written(day[1], x, base, hand, blue) + 3
    drawn.printed("năm 2022", x, base, "Tinos-Italic.ttf", 13, new=False)
    if seal:
        cv2.circle(drawn.image, (int(150 * _DOT), int(80 * _DOT)), 75, (215, 60, 60), 4)
    return drawn


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    for name, drawn in {
        "suffix": head(3, "226A", "/SYT-NVY", ("07", "12"), junk="22bA"),
        "dotted": head(8, "1945", "/KH-SYT", ("23", "10"), dotted=True, junk="†9†5"),
        "seal": head(21, "318", "/QĐ-SYT", ("16", "5"), seal=True),
    }.items():
        cv2.imwrite(str(out / f"{name}.jpg"), drawn.worn()[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, 75])
        (out / f"{name}.json").write_text(json.dumps(drawn.lines, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
