"""Text layers in the encodings of before Unicode: TCVN3 (.VnTime), VNI (VNI-Times), and the gha (ƣ) that some fonts give for ư."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.recognize.ocr.quality import worth
from rules.tables import rows

_HYPHEN = re.compile("(?<=[A-Z0-9§¡-¦])\u00ad(?=[A-Z0-9§¡-¦])|^\u00ad$")  # TCVN3's small ư has a soft hyphen's code: no ư between capitals
_ALIEN = re.compile(
    "[\u00a1-\u00ff](?<![ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý\u00ad])"
)  # what old encodings put for letters, and Vietnamese never writes
_LEAST, _GAIN = 0.85, 0.15  # a decoding that no font's name vouches for must be this good, and this much better


@cache
def _table(encoding: str) -> dict[str, str]:
    return {
        "".join(chr(int(point[2:], 16)) for point in row["code"].split()): row["letter"]
        for row in rows("encodings")
        if row["encoding"] == encoding
    }


@cache
def _pattern(encoding: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_table(encoding), key=len, reverse=True))))


def decode(text: str, encoding: str, *, capitals: bool = False) -> str:
    """Return a text of "TCVN3", "VNI" or "gha" in Unicode. capitals: the font draws small letters as capitals (.VnTimeH).

    >>> decode("Uû ban nh©n d©n", "TCVN3")
    'Uỷ ban nhân dân'
    """
    if encoding == "TCVN3":
        text = _HYPHEN.sub("-", text)
    table = _table(encoding)
    plain = _pattern(encoding).sub(lambda found: table[found[0]], text)
    return plain.upper() if capitals else plain


def of_font(name: str) -> str | None:
    """The encoding that a font's name tells, subset prefix ("ABCDEF+") and all; None for others."""
    bare = name.split("+")[-1].lower()
    if bare.startswith((".vn", "vntime", "vnarial", "_vn")):
        return "TCVN3"
    return "VNI" if bare.startswith(("vni-", "vni ")) else None


def draws_capitals(name: str) -> bool:
    """Tell the TCVN3 fonts that draw small letters as capitals: their family names end in H (.VnTimeH)."""
    bare = re.split(r"[,\-]", name.split("+")[-1])[0]
    return of_font(name) == "TCVN3" and bare.endswith("H")


def mend(words: Sequence[str], fonts: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return the words in Unicode, and what was mended ("TCVN3 decoded"), nothing where nothing was.

    fonts: the font's name of each word. A font's own name is certain; without one, a decoding is taken where it alone makes Vietnamese.
    """
    mended = [decode(w, e, capitals=draws_capitals(f)) if (e := of_font(f)) else w for w, f in zip(words, fonts, strict=True)]
    repairs = [f"{e} decoded" for e in ("TCVN3", "VNI") if any(of_font(f) == e for f in set(fonts))]
    if not repairs:
        as_is = worth(words)
        for encoding in ("TCVN3", "VNI") if as_is < _LEAST and any(_ALIEN.search(w) for w in words) else ():
            tried = [decode(w, encoding) for w in words]
            if worth(tried) >= max(_LEAST, as_is + _GAIN):
                mended, repairs = tried, [f"{encoding} decoded"]
                break
    if any("\u01a3" in w or "\u01a2" in w for w in mended):
        mended = [decode(w, "gha") for w in mended]
        repairs.append("ƣ read as ư")
    return mended, tuple(repairs)
