"""Names stamped in script faces: letters that a face lacks put together of a letter and its marks, the line leant, pressed and inked."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from training.digits import fonts
from training.lines.marks import Letter, add, parted, style_of

Rng = np.random.Generator

_TABLE = Path(__file__).with_name("scripts.tsv")
_OLDER = dict(
    zip(
        "\U0001d49d\U0001d4a0\U0001d4a1\U0001d4a3\U0001d4a4\U0001d4a7\U0001d4a8\U0001d4ad\U0001d4ba\U0001d4bc\U0001d4c4",
        "ℬℰℱℋℐℒℳℛℯℊℴ",
        strict=True,
    )
)
_MIXED = 0.2  # how often capitals are of another face than small letters
_ROOM = 1.0  # em above and below the letters: swashes and marks


class Face(NamedTuple):
    """A face of stamps. letters: where its script letters lie: plain, script or bold (mathematical scripts), or it has capitals alone."""

    file: str
    letters: str


@cache
def _held(held_out: bool) -> tuple[list[Face], np.ndarray]:
    """The faces at hand to train with, or those that only checks are drawn with, and the share of each."""
    rows = csv.DictReader(_TABLE.read_text(encoding="utf-8").splitlines(), delimiter="\t")
    use = "check" if held_out else "train"
    here = [(Face(r["file"], r["letters"]), float(r["weight"])) for r in rows if r["use"] == use and r["file"] in fonts._files()]
    weights = np.array([w for _, w in here])
    return [f for f, _ in here], weights / weights.sum()


def choose(rng: Rng, held_out: bool) -> tuple[Face, Face] | None:
    """A face, and that of the capitals, most often the same; None where none is installed."""
    faces, weights = _held(held_out)
    if not faces:
        return None
    small, great = (faces[int(rng.choice(len(faces), p=weights))] for _ in range(2))
    while small.letters == "capitals":
        small = faces[int(rng.choice(len(faces), p=weights))]
    return small, great if rng.random() < _MIXED or great.letters == "capitals" else small


@cache
def _glyphs(face: Face) -> dict[str, str]:
    """What a face can draw: each character, and the character of the file that draws it."""
    held = TTFont(str(fonts._files()[face.file]), lazy=True).getBestCmap()
    if face.letters == "plain":
        return {chr(c): chr(c) for c in held}
    begin = {"script": 0x1D49C, "bold": 0x1D4D0}.get(face.letters)
    out = {} if begin is None else {chr(c): chr(c) for c in held if c < 128}
    for at, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"):
        drawn = c if begin is None else _OLDER.get(chr(begin + at), chr(begin + at))
        if ord(drawn) in held:
            out[c] = drawn
    return out


@cache
def _font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts._files()[face.file]), size, layout_engine=ImageFont.Layout.BASIC)


def laid(rng: Rng, text: str, chosen: tuple[Face, Face], em: int) -> tuple[np.ndarray, int] | None:
    """A line's mask (0 to 255) with room above and below, and the row of its base line; None where its faces lack a letter.

    chosen: the face, and that of the capitals.
    """
    own = rng.random() < 0.6  # letters that a face has composed are drawn so
    plain: list[tuple[Face, str, str, str]] = []  # face, letter, how the file has it, marks
    for c in text:
        for face in dict.fromkeys((chosen[1] if c.isupper() else chosen[0], chosen[0])):
            held = _glyphs(face)
            letter, marks = parted(c, held.keys() if own else {x for x in held if ord(x) < 128 or x in "ĐđƠơƯư"})
            if letter in held:
                plain.append((face, letter, held[letter], marks))
                break
        else:
            return None
    pad = round(_ROOM * em)
    spread = rng.uniform(-0.03, 0.12) * em if rng.random() < 0.3 else 0.0
    if chosen[0].letters != "plain":
        spread -= rng.uniform(0.0, 0.09) * em  # letters of formulas stand apart
    glyphs = _glyphs(chosen[0])
    style = style_of(rng, _font(chosen[0], em), em, glyphs["x"], glyphs["o"])
    x, base = float(2 * pad), pad + round(0.8 * em)
    width = round(sum(_font(face, em).getlength(drawn) + max(0.0, spread) for face, _, drawn, _ in plain)) + 5 * pad
    image = Image.new("L", (width, em + 2 * pad), 0)
    pencil = ImageDraw.Draw(image)
    for at, (face, letter, drawn, marks) in enumerate(plain):
        font = _font(face, em)
        pencil.text((round(x), base), drawn, fill=255, font=font, anchor="ls")
        if marks:
            add(rng, Letter(pencil, font, (round(x), base), letter, drawn), marks, style)
        after = plain[at + 1] if at + 1 < len(plain) else None
        kern = font.getlength(drawn + after[2]) - font.getlength(after[2]) if after and after[0] == face else font.getlength(drawn)
        x += kern + (spread if letter != " " else 0.0)
    return _pressed(rng, np.array(image), em, base), base


def _pressed(rng: Rng, sheet: np.ndarray, em: int, base: int) -> np.ndarray:
    """The face leant, narrowed, thickened, its strokes bent a little, as one cut of a face differs from the next."""
    high, wide = sheet.shape
    lean, across = rng.normal(0, 0.12), float(np.exp(rng.normal(-0.12, 0.2)))
    matrix = np.array([[across, -lean, max(0.0, lean) * base + 2], [0, 1, 0]], np.float32)
    matrix[0, 2] = lean * base + abs(lean) * high / 2
    out = cv2.warpAffine(sheet, matrix, (round(wide * across + abs(lean) * high) + 4, high), flags=cv2.INTER_LINEAR)
    size = max(2, round(em * rng.uniform(0.03, 0.08)))
    window = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    if rng.random() < 0.4:
        out = cv2.dilate(out, window)
    if rng.random() < 0.5:
        coarse = rng.normal(0, 1, (2, max(2, high // max(4, em // 2)), max(2, out.shape[1] // max(4, em // 2)))).astype(np.float32)
        move = [cv2.resize(c, out.shape[::-1], interpolation=cv2.INTER_CUBIC) * rng.uniform(0.005, 0.035) * em for c in coarse]
        ys, xs = np.indices(out.shape, np.float32)
        out = cv2.remap(out, xs + move[0], ys + move[1], cv2.INTER_LINEAR)
    return out


def inked(rng: Rng, ink: np.ndarray, em: int) -> np.ndarray:
    """What a rubber stamp leaves (0 to 1): more at one side than the other, ragged, run, or printed twice a little apart."""
    if rng.random() < 0.5:
        coarse = rng.random((3, max(3, ink.shape[1] // max(1, em)))).astype(np.float32)
        ink = ink * (1 - cv2.resize(coarse, ink.shape[::-1], interpolation=cv2.INTER_CUBIC) * rng.uniform(0.1, 0.6))
    if rng.random() < 0.25:  # edges that ran or did not take
        soft = cv2.GaussianBlur(ink, (0, 0), em * rng.uniform(0.015, 0.04))
        noise = cv2.GaussianBlur(rng.standard_normal(ink.shape, np.float32), (0, 0), max(0.6, em * 0.02))
        ink = np.clip((soft + noise * rng.uniform(0.1, 0.35) - rng.uniform(0.1, 0.3)) * rng.uniform(1.5, 4), 0, 1) * max(
            0.3, float(ink.max())
        )
    if rng.random() < 0.06:
        ink = np.maximum(ink, np.roll(ink, (int(rng.integers(-2, 3)), int(rng.integers(1, 4))), (0, 1)) * rng.uniform(0.2, 0.6))
    return np.clip(ink, 0, 1).astype(np.float32)
