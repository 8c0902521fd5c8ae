"""D and Đ of codes and names told apart by their bar where two readers differ: the engine loses bars, ours sees what is usual."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence

from models.page import Line, Role
from models.skeleton import skeleton
from pipeline.recognize.image.background import Pixels
from pipeline.recognize.ocr.crossed import is_crossed
from pipeline.recognize.ocr.line_cut import strip
from pipeline.recognize.ocr.line_reader import LineLetter, LineWord
from rules.words.syllables import is_syllable

_CODE = re.compile(r"[A-ZĐ]{2,9}")
_NAME = re.compile(r"[DĐ][^\W\d_A-ZĐ]+")  # of a person: Dương and Đương are both usual enough
_SEEN = {True: 0.98, False: 0.9, None: 0.9}  # how sure the ink makes a letter; without it the other may stand as well
_OTHER = str.maketrans("DĐ", "ĐD")


def with_bars(words: Sequence[LineWord], line: Line, image: Pixels, unit: float) -> list[LineWord]:
    """The line reader's words with those letters as their ink says. line: as the engine read it; unit: points a pixel of the image."""
    said = line.text.replace(" ", "")
    begun = {(word.text[0], skeleton(word.text)) for word in line.words if line.role is Role.SIGNER and word.text}
    asked = [i for i, word in enumerate(words) if _is_disputed(word.text, said) or _is_begun_otherwise(word.text, begun)]
    made = strip(image, unit, line.words) if asked else None
    if made is None:
        return list(words)
    gray, left, step = made
    return [_seen(word, gray, left, step) if i in asked else word for i, word in enumerate(words)]


def _is_begun_otherwise(text: str, begun: Collection[tuple[str, str]]) -> bool:
    """Whether a word of a name is one that the engine has with D for Đ or the other way about. begun: its words' first letters, and all
    their letters without marks."""
    if not _NAME.fullmatch(text) or not is_syllable(text[0].translate(_OTHER) + text[1:]):
        return False
    return (text[0], skeleton(text)) not in begun and (text[0].translate(_OTHER), skeleton(text)) in begun


def _is_disputed(text: str, said: str) -> bool:
    """Whether a word has a code that the engine's line has with D for Đ or the other way about."""
    runs = [run for run in _CODE.findall(text) if re.search("[DĐ]", run) and not is_syllable(run)]
    return any(run not in said and run.replace("Đ", "D") in said.replace("Đ", "D") for run in runs)


def _seen(word: LineWord, gray: Pixels, left: float, step: float) -> LineWord:
    letters, other = [], ""
    for letter in word.letters:
        if letter.text not in ("D", "Đ"):
            letters.append(letter)
            other += letter.text
            continue
        crossed = is_crossed(gray, round(((letter.x0 + letter.x1) / 2 - left) / step))
        text = letter.text if crossed is None else "Đ" if crossed else "D"
        other += text.translate(_OTHER) if crossed is None else text
        letters.append(LineLetter(text, _SEEN[crossed], letter.x0, letter.x1))
    sure = math.prod(letter.confidence for letter in letters)
    text = "".join(letter.text for letter in letters)
    return LineWord(tuple(letters), sure, ((other, 1 - _SEEN[None]),) if other != text else ())
