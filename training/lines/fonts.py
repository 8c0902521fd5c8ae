"""The typefaces that lines are drawn with: office faces that hold Vietnamese, from Debian packages, used at training time only."""

from __future__ import annotations

from functools import cache

import numpy as np
from fontTools.ttLib import TTFont

from training.digits import fonts
from training.lines.alphabet import CLASSES

Rng = np.random.Generator

# family -> its weight, and the files of regular, bold, italic, bold italic
_FAMILIES: dict[str, tuple[float, tuple[str, str, str, str]]] = {
    "Tinos": (40, ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf")),  # fonts-croscore: Times New Roman's widths
    "Liberation": (6, ("LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "LiberationSerif-Italic.ttf", "LiberationSerif-BoldItalic.ttf")),
    "FreeSerif": (12, ("FreeSerif.ttf", "FreeSerifBold.ttf", "FreeSerifItalic.ttf", "FreeSerifBoldItalic.ttf")),
    "Termes": (10, ("texgyretermes-regular.otf", "texgyretermes-bold.otf", "texgyretermes-italic.otf", "texgyretermes-bolditalic.otf")),
    "Libertine": (3, ("LinLibertine_R.otf", "LinLibertine_RB.otf", "LinLibertine_RI.otf", "LinLibertine_RB.otf")),
    "Gentium": (2, ("GentiumPlus-Regular.ttf", "GentiumPlus-Bold.ttf", "GentiumPlus-Italic.ttf", "GentiumPlus-BoldItalic.ttf")),
    "Charis": (3, ("CharisSIL-Regular.ttf", "CharisSIL-Bold.ttf", "CharisSIL-Italic.ttf", "CharisSIL-BoldItalic.ttf")),
    "DejaVu Serif": (3, ("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSerif-Italic.ttf", "DejaVuSerif-BoldItalic.ttf")),
    "DejaVu Serif Condensed": (2, ("DejaVuSerifCondensed.ttf", "DejaVuSerifCondensed-Bold.ttf", "DejaVuSerifCondensed-Italic.ttf", "DejaVuSerifCondensed-BoldItalic.ttf")),
    "Arimo": (7, ("Arimo-Regular.ttf", "Arimo-Bold.ttf", "Arimo-Italic.ttf", "Arimo-BoldItalic.ttf")),
    "FreeSans": (2, ("FreeSans.ttf", "FreeSansBold.ttf", "FreeSansOblique.ttf", "FreeSansBoldOblique.ttf")),
    "DejaVu Sans": (2, ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf")),
    "Roboto": (2, ("Roboto-Regular.ttf", "Roboto-Bold.ttf", "Roboto-Italic.ttf", "Roboto-BoldItalic.ttf")),
    "Roboto Condensed": (1, ("RobotoCondensed-Regular.ttf", "RobotoCondensed-Bold.ttf", "RobotoCondensed-Italic.ttf", "RobotoCondensed-BoldItalic.ttf")),
    "Noto Sans": (2, ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf", "NotoSans-BoldItalic.ttf")),
    "Andika": (1, ("Andika-Regular.ttf", "Andika-Bold.ttf", "Andika-Italic.ttf", "Andika-BoldItalic.ttf")),
    "Cousine": (2, ("Cousine-Regular.ttf", "Cousine-Bold.ttf", "Cousine-Italic.ttf", "Cousine-BoldItalic.ttf")),
    "FreeMono": (1, ("FreeMono.ttf", "FreeMonoBold.ttf", "FreeMonoOblique.ttf", "FreeMonoBoldOblique.ttf")),
}  # fmt: skip
# never trained on: what drawn lines are checked with
HELD_OUT: dict[str, tuple[float, tuple[str, str, str, str]]] = {
    "Noto Serif": (4, ("NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf", "NotoSerif-Italic.ttf", "NotoSerif-BoldItalic.ttf")),
    "Gentium Book": (3, ("GentiumBookPlus-Regular.ttf", "GentiumBookPlus-Bold.ttf", "GentiumBookPlus-Italic.ttf", "GentiumBookPlus-BoldItalic.ttf")),
    "Junicode": (2, ("JunicodeTwoBeta-Regular.otf", "JunicodeTwoBeta-Bold.otf", "JunicodeTwoBeta-Italic.otf", "JunicodeTwoBeta-BoldItalic.otf")),
    "Lato": (2, ("Lato-Regular.ttf", "Lato-Bold.ttf", "Lato-Italic.ttf", "Lato-BoldItalic.ttf")),
}  # fmt: skip


@cache
def _held(held_out: bool) -> tuple[list[tuple[str, str, str, str]], np.ndarray]:
    files = fonts._files()
    here = [(w, f) for w, f in (HELD_OUT if held_out else _FAMILIES).values() if all(n in files for n in f)]
    if not here:
        raise FileNotFoundError("no office faces: install the Debian packages that training/lines/prepare.sh names")
    weights = np.array([w for w, _ in here], float)
    return [f for _, f in here], weights / weights.sum()


def choose(rng: Rng, held_out: bool, italic: bool | None = None) -> str:
    """A face's file name: its family by weight, then regular, bold, italic or both."""
    families, weights = _held(held_out)
    family = families[int(rng.choice(len(families), p=weights))]
    if italic is True:
        return family[2 if rng.random() < 0.8 else 3]
    return family[int(rng.choice(4, p=[0.5, 0.27, 0.17, 0.06]))]


@cache
def lacking(face: str) -> frozenset[str]:
    """The reader's characters that a face cannot draw."""
    cmap = TTFont(str(fonts._files()[face]), lazy=True).getBestCmap()
    return frozenset(c for c in CLASSES if ord(c) not in cmap)
