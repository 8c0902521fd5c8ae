"""Marks set on letters that a face has without them: hats, horns, dots and tones, placed by what the letter's own pixels show."""

from __future__ import annotations

import unicodedata
from collections.abc import Set
from typing import NamedTuple

import numpy as np
from PIL import ImageDraw, ImageFont

Rng = np.random.Generator
Spot = tuple[float, float]

_GRAVE, _ACUTE, _TILDE, _HOOK = "\u0300", "\u0301", "\u0303", "\u0309"
_HAT, _BREVE, _HORN, _DOT, _BAR = "\u0302", "\u0306", "\u031b", "\u0323", "-"
_TONES = {_GRAVE, _ACUTE, _TILDE, _HOOK}
_INK = 60  # of 255


class Style(NamedTuple):
    """How a line's marks are drawn, pixels. stroke, size: of a mark; lean: of capitals; gap: over the letter; high: a small letter's
    height; aside: a tone stands beside the hat, not over it."""

    stroke: float
    size: float
    lean: float
    gap: float
    high: float
    aside: bool


class Letter(NamedTuple):
    """A letter that was drawn. at: its left end on the base line; text: the letter; drawn: the character of the file that draws it."""

    pencil: ImageDraw.ImageDraw
    font: ImageFont.FreeTypeFont
    at: tuple[int, int]
    text: str
    drawn: str


class _Place(NamedTuple):
    """Where a letter's ink stands. crown, foot: the middle of its upper and its lower third; ends: of the upper third, then of all."""

    left: float
    top: float
    width: float
    crown: float
    foot: float
    ends: tuple[float, float, float]


def parted(c: str, held: Set[str]) -> tuple[str, str]:
    """A letter that a face has (`held`: all of them), and the marks that must be added to it; a bar is "-".

    >>> parted("ậ", {"a", "â"})
    ('â', '\u0323')
    """
    if c in held or c == " ":
        return c, ""
    if c in "đĐ":
        return ("d" if c == "đ" else "D"), _BAR
    letters = unicodedata.normalize("NFD", c)
    first, marks = letters[0], letters[1:]
    for mark in marks:  # one mark that the face has composed
        whole = unicodedata.normalize("NFC", first + mark)
        if len(whole) == 1 and whole in held:
            return whole, marks.replace(mark, "", 1)
    return first, marks


def style_of(rng: Rng, font: ImageFont.FreeTypeFont, em: int, x: str, o: str) -> Style:
    """A style for a line in a face. x, o: how the face's file has these letters."""
    high = max(4.0, float(-font.getbbox(x, anchor="ls")[1]))
    stem = float(np.asarray(font.getmask(o, mode="L")).sum()) / 255 / (3.0 * high)
    return Style(
        stroke=float(np.clip(stem * rng.uniform(0.6, 1.2), 0.03 * em, 0.12 * em)),
        size=high * rng.uniform(0.4, 0.75),
        lean=rng.uniform(0.0, 0.5),
        gap=high * rng.uniform(0.05, 0.3),
        high=high,
        aside=bool(rng.random() < 0.55),
    )


def add(rng: Rng, letter: Letter, marks: str, style: Style) -> None:
    """Draw the marks round the letter."""
    place = _placed(letter)
    if place is None:
        return
    x = place.crown + rng.normal(0.05, 0.05) * style.size
    if letter.text in "iyjl" or letter.text.isupper():
        x += style.lean * 0.2 * style.size
    y = place.top - style.gap + rng.normal(0, 0.05) * style.size
    if letter.text == "i" and _TONES & set(marks):  # the tone stands in the dot's place
        y = letter.at[1] - style.high - style.gap
        dot = (place.left, place.top - 2, place.left + place.width, round(letter.at[1] - style.high * 1.12))
        letter.pencil.rectangle(dot, fill=0)
    hat = letter.text in "âêôÂÊÔăĂ"
    for mark in sorted(marks, key=lambda m: m in _TONES):
        if mark == _DOT:
            _dot(rng, letter, place, style)
        elif mark == _BAR:
            _bar(rng, letter, place, style)
        elif mark == _HORN:
            s = style.size * rng.uniform(0.35, 0.6)
            right, top = place.ends[1], place.top
            _curve(letter, [(right - 0.2 * s, top + 0.35 * s), (right + 0.5 * s, top + 0.1 * s), (right + 0.75 * s, top - 0.6 * s)], style)
        elif mark in (_HAT, _BREVE):
            deep = _hat(rng, letter, mark, (x, y), style)
            hat, y = style.aside, y if style.aside else y - deep - style.gap
        elif hat and mark != _TILDE and style.aside:
            _tone(rng, letter, mark, (x + style.size * 0.55, y - style.size * 0.25), style)
        else:
            _tone(rng, letter, mark, (x, y - (style.size * 0.1 if hat else 0)), style)


def _placed(letter: Letter) -> _Place | None:
    core, (dx, dy) = letter.font.getmask2(letter.drawn, mode="L", anchor="ls")
    mask = np.asarray(core, np.uint8).reshape(core.size[::-1])
    if not mask.size or mask.max() < _INK:
        return None
    left, top = letter.at[0] + dx, letter.at[1] + dy
    rows = np.flatnonzero(mask.max(1) > _INK)
    third = max(2, (rows[-1] - rows[0] + 1) // 3)
    crown = np.flatnonzero(mask[rows[0] : rows[0] + third].max(0) > _INK)
    body = mask[: max(1, letter.at[1] - top)] if letter.at[1] > top else mask  # what hangs below the base line carries no dot
    foot = np.flatnonzero(body[-max(2, len(body) // 3) :].max(0) > _INK)
    whole = np.flatnonzero(mask.max(0) > _INK)
    middle = left + float(np.mean(crown))
    return _Place(
        left=left,
        top=top + float(rows[0]),
        width=mask.shape[1],
        crown=middle,
        foot=left + float(foot[0] + foot[-1]) / 2 if len(foot) else middle,
        ends=(left + float(whole[0]), left + float(crown[-1]), left + float(whole[-1])),
    )


def _dot(rng: Rng, letter: Letter, place: _Place, style: Style) -> None:
    r, tail = max(1.0, style.stroke * 0.75), letter.text == "y"
    x = place.foot + rng.normal(0, 0.08) * style.size + (0.6 * style.size if tail else 0)
    y = letter.at[1] + style.gap + r + (0 if tail else 0.1 * style.size)
    letter.pencil.ellipse((x - r, y - r, x + r, y + r), fill=255)


def _bar(rng: Rng, letter: Letter, place: _Place, style: Style) -> None:
    great = letter.text == "D"
    y = (letter.at[1] + place.top) / 2 if great else letter.at[1] - style.high * rng.uniform(1.25, 1.5)
    x, half = place.ends[0 if great else 2], style.size * rng.uniform(0.35, 0.6)
    _line(letter, [(x - half, y), (x + half * 0.9, y)], style)


def _hat(rng: Rng, letter: Letter, mark: str, at: Spot, style: Style) -> float:
    """Draw a hat or a breve; return how high it is."""
    (x, y), half, deep = at, style.size * 0.45, style.size * rng.uniform(0.3, 0.45)
    if mark == _HAT:
        _line(letter, [(x - half, y), (x, y - deep), (x + half, y)], style)
    else:
        _curve(letter, [(x - half, y - deep), (x, y + 0.7 * deep), (x + half, y - deep)], style)
    return deep


def _tone(rng: Rng, letter: Letter, mark: str, at: Spot, style: Style) -> None:
    """A tone's stroke, whose foot stands at `at`."""
    (x, y), s, rise = at, style.size * rng.uniform(0.8, 1.15), rng.uniform(0.45, 0.8)
    if mark == _ACUTE:
        _line(letter, [(x - 0.2 * s, y), (x + 0.35 * s, y - rise * s)], style)
    elif mark == _GRAVE:
        _line(letter, [(x + 0.2 * s, y), (x - 0.35 * s, y - rise * s)], style)
    elif mark == _TILDE:
        _line(
            letter, [(x + 0.5 * s * t, y - 0.22 * s + 0.16 * s * float(np.sin(np.pi * t))) for t in np.linspace(-1, 1, 9).tolist()], style
        )
    else:
        top = y - 0.75 * s
        _curve(letter, [(x - 0.22 * s, top + 0.08 * s), (x + 0.45 * s, top - 0.15 * s), (x + 0.02 * s, top + 0.5 * s)], style)
        _line(letter, [(x + 0.05 * s, top + 0.36 * s), (x, y)], style)


def _line(letter: Letter, spots: list[Spot], style: Style) -> None:
    letter.pencil.line(spots, fill=255, width=max(1, round(style.stroke)), joint="curve")


def _curve(letter: Letter, spots: list[Spot], style: Style) -> None:
    """A bent stroke through the pull of its middle point."""
    t = np.linspace(0, 1, 10)[:, None]
    a, b, c = (np.array([spot]) for spot in spots)
    _line(letter, [(float(x), float(y)) for x, y in (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c], style)
