"""The typefaces and the written digits that training draws with: Debian packages, used at training time only."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

# where font packages lie: the system's folders, or one that packages were unpacked into (CONGVAN_FONTS)
PLACES = [Path(p) for p in (os.environ.get("CONGVAN_FONTS", ""), "/usr/share/fonts", "/usr/share/texmf/fonts/opentype") if p]

HANDS = [  # Debian package -> files
    "BecauseWeBuild-Regular.otf", "BecauseWeLearn-Regular.otf", "BecauseWeOrganize-Regular.otf", "BecauseWeMentor-Regular.otf",
    "BecauseWeConnect-Regular.otf", "BecauseWeCreate-Regular.otf",  # fonts-bwht, OFL
    "Ecolier-court.ttf", "KaushanScript-Regular.otf", "Rufscript010.ttf", "Delphine.ttf", "TomsonTalks.ttf", "Humor-Sans.ttf",
    "KleeOne-Regular.ttf", "KleeOne-SemiBold.ttf", "setofont.ttf", "kiloji.ttf", "kiloji_b.ttf", "YOzRE_.ttf", "YOzRE_i.ttf",
    "YOzREF.ttf", "ComicNeue-Regular.otf", "ComicNeue-Italic.otf", "ComicNeue-Bold.otf", "Isabella.ttf", "Kristi.ttf", "GFSGazis.otf",
    "femkeklaver.ttf", "LeckerliOne-Regular.ttf", "YOzRC_.ttf", "YOzRCF.ttf",
]  # fmt: skip
HELD_OUT = ["DancingScript-Regular.otf", "Breip.ttf", "breipfont.ttf", "dkg.ttf", "dkgIt.ttf", "dkgBd.ttf", "SteveHand.ttf"]
PRINT = ["Tinos-Regular.ttf", "FreeSerif.ttf"]
PRINT_BOLD = ["Tinos-Bold.ttf", "FreeSerifBold.ttf"]
PRINT_ITALIC = ["Tinos-Italic.ttf", "FreeSerifItalic.ttf"]
PRINT_OTHER = [
    "Arimo-Regular.ttf", "Arimo-Bold.ttf", "FreeSans.ttf", "Cousine-Regular.ttf", "FreeMono.ttf", "FreeMonoBold.ttf",
    "GNUTypewriter.ttf", "OCRB.otf",
]  # fmt: skip
NUMBERING = [  # of numbering stamps
    "Arimo-Regular.ttf", "Arimo-Bold.ttf", "FreeSans.ttf", "FreeSansBold.ttf", "Cousine-Bold.ttf", "FreeSerifBold.ttf", "OCRB.otf",
    "GNUTypewriter.ttf", "Jura-SemiBold.otf",
]  # fmt: skip


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for place in PLACES:
        for path in sorted(place.rglob("*.[ot]tf")):
            found.setdefault(path.name, path)
    return found


def available(names: list[str]) -> list[str]:
    """Those of `names` that are installed and have ten digits; raises FileNotFoundError where none is."""
    held = list(_with_digits(tuple(names)))
    if not held:
        raise FileNotFoundError(
            f"none of {names} under {[str(p) for p in PLACES]}: install the Debian packages that make train-digits names"
        )
    return held


@lru_cache(maxsize=64)
def _with_digits(names: tuple[str, ...]) -> tuple[str, ...]:
    """A face without digits draws blanks, or one and the same box for each."""
    held = []
    for name in names:
        if name in _files():
            masks = [text(name, 48, d)[0] for d in "0123456789"]
            if all(m.max() > 128 and m.shape[0] > 12 for m in masks) and len({m.tobytes() for m in masks}) == 10:
                held.append(name)
    return tuple(held)


@lru_cache(maxsize=512)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_files()[name]), size)


@lru_cache(maxsize=8192)
def text(name: str, size: int, string: str) -> tuple[np.ndarray, int]:
    """Return a word's mask (0 to 255, tight to the left and right) and the row of its base line."""
    face = font(name, size)
    x0, y0, x1, y1 = face.getbbox(string, anchor="ls")
    image = Image.new("L", (max(1, x1 - x0), max(1, y1 - y0)), 0)
    ImageDraw.Draw(image).text((-x0, -y0), string, fill=255, font=face, anchor="ls")
    return np.asarray(image), -int(y0)


@lru_cache(maxsize=1)
def written() -> dict[str, list[np.ndarray]]:
    """scikit-learn's digits (8 x 8, written by people), enlarged and sharpened to masks 64 pixels high."""
    import cv2
    from sklearn.datasets import load_digits  # type: ignore[import-not-found,import-untyped,unused-ignore]

    data = load_digits()
    out: dict[str, list[np.ndarray]] = {str(d): [] for d in range(10)}
    for image, digit in zip(data.images, data.target, strict=True):
        big = cv2.resize((image / 16).astype(np.float32), (64, 64), interpolation=cv2.INTER_CUBIC)
        big = np.clip((cv2.GaussianBlur(big, (0, 0), 2.0) - 0.38) / 0.2, 0, 1)
        columns = np.flatnonzero(big.max(0) > 0.3)
        if len(columns):
            out[str(digit)].append((big[:, columns[0] : columns[-1] + 1] * 255).astype(np.uint8))
    return out
