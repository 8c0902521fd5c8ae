"""Scans in every way that a PDF holds one, under a text layer that lies and is hidden in every way that text is: what is filed must come
from the pixels."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from fuzz.scan_pieces import FONT, HIGH, LINES, PIECES, TRUTH, WIDE, laid
from models.page import Page
from pipeline import recognize
from pipeline.acquire import take
from pipeline.recognize import OcrWord

HIDING = ("mode 3", "mode 7", "beneath", "white", "clipped", "transparent", "painted", "off the page", "in a form")
_OPEN = ("stencil", "outlines")  # what lies beneath is seen beside their ink
FRAMES = ("plain", "turned", "off the origin", "cropped")
LIE = "711"


class Lie(NamedTuple):
    """How the scan lies in the page, how the text is hidden, how the page lies, whether MẬT is stamped on the pixels."""

    pieces: str
    hiding: str
    frame: str
    marked: bool


class Blind:
    """An engine that sees the true number wherever pixels are read, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def recognize(self, image: Any, dpi: int, psm: int = 3) -> list[OcrWord]:
        """One line; nothing where the picture shows no ink."""
        self.asked += 1
        if int((image < 128).sum()) < 20:
            return []
        height, width = image.shape
        words = f"Số: {TRUTH}/STL-KH của Sở Thủy lợi kiểm tra hồ chứa nước".split()
        step = width // (len(words) + 1)
        return [OcrWord(word, step * at, height // 3, step * (at + 1) - 3, height // 3 + 20, 0.95, 0) for at, word in enumerate(words)]


def lies(count: int, seed: int = 1) -> list[Lie]:
    """So many, each piece and hiding in turn, the rest by lot."""
    lot = random.Random(seed)
    kinds = [(pieces, hiding) for pieces in PIECES for hiding in HIDING if pieces not in _OPEN or hiding not in ("beneath", "in a form")]
    lot.shuffle(kinds)
    return [Lie(*kinds[at % len(kinds)], lot.choice(FRAMES), lot.random() < 0.5) for at in range(count)]


def write(lie: Lie, target: Path) -> Path:
    """Write the PDF."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(WIDE, HIGH))
    page = document.pages[0]
    page.obj.Resources = Dictionary()
    scan = laid(document, page, lie.pieces, marked=lie.marked)
    text = _text(document, page, lie)
    beneath = lie.hiding in ("beneath", "painted", "in a form")
    content = [text, scan] if beneath else [scan, text]
    if lie.hiding == "painted":
        # the text is covered by white, and the scan lies on that
        content.insert(1, f"q 1 1 1 rg 0 0 {WIDE} {HIGH} re f Q\n")
    _framed(page, "".join(content), lie)
    document.save(target)
    return target


def _framed(page: Any, content: str, lie: Lie) -> None:
    box, turn, matrix = [0, 0, WIDE, HIGH], 0, "1 0 0 1 0 0"
    if lie.frame == "turned":
        box, turn, matrix = [0, 0, HIGH, WIDE], 90, f"0 1 -1 0 {HIGH} 0"
    elif lie.frame == "off the origin":
        box, matrix = [-200, -150, WIDE - 200, HIGH - 150], "1 0 0 1 -200 -150"
    page.obj.MediaBox = Array(box)
    if lie.frame == "cropped":
        page.obj.MediaBox = Array([-50, -50, WIDE + 50, HIGH + 50])
        page.obj.CropBox = Array([0, 0, WIDE, HIGH])
    if turn:
        page.obj.Rotate = turn
    page.contents_add(f"q {matrix} cm\n{content}\nQ".encode())


def _text(document: Any, page: Any, lie: Lie) -> str:
    """The layer that lies, line by line where the scan has it."""
    font = _font(document)
    page.obj.Resources.Font = Dictionary(F=font)
    setup = {"mode 3": "3 Tr", "mode 7": "7 Tr", "white": "1 1 1 rg", "transparent": "/T gs"}.get(lie.hiding, "")
    page.obj.Resources.ExtGState = Dictionary(T=Dictionary(Type=Name.ExtGState, ca=0, CA=0))
    clip = "0 0 0.01 0.01 re W n " if lie.hiding == "clipped" else ""
    away = 4000 if lie.hiding == "off the page" else 0
    lines = "".join(
        f"1 0 0 1 {20 + away} {HIGH - 36 - 26 * at} Tm <{line.format(LIE).encode('utf-16-be').hex()}> Tj\n" for at, line in enumerate(LINES)
    )
    text = f"q {clip}BT {setup} /F 13 Tf {lines}ET Q\n"
    if lie.hiding != "in a form":
        return text
    form = document.make_stream(
        text.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, WIDE, HIGH]), Resources=Dictionary(Font=Dictionary(F=font))
    )
    return f"q {page.add_resource(form, Name.XObject)} Do Q\n"


def _font(document: Any) -> Any:
    """A font whose codes are UTF-16: as scanners' programs name theirs, with no letters of its own."""
    units = sorted({ord(char) for line in LINES for char in line.format(LIE)})
    pairs = "\n".join(f"<{unit:04x}> <{unit:04x}>" for unit in units)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def 1 begincodespacerange <0000> <ffff> "
        f"endcodespacerange {len(units)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    data = Path(FONT.format("Regular")).read_bytes()
    glyphs = _glyphs(units)
    to_glyph = bytearray(2 * (max(units) + 1))
    for unit, glyph in glyphs.items():
        to_glyph[2 * unit : 2 * unit + 2] = glyph.to_bytes(2, "big")
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name.Tinos, Flags=4, FontBBox=Array([0, -200, 1000, 900]), ItalicAngle=0, Ascent=900,
        Descent=-200, CapHeight=660, StemV=80, FontFile2=document.make_stream(data),
    )  # fmt: skip
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Tinos, FontDescriptor=descriptor, DW=500,
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        CIDToGIDMap=document.make_stream(bytes(to_glyph)),
    )  # fmt: skip
    return document.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Tinos, Encoding=Name("/Identity-H"), DescendantFonts=Array([inner]),
            ToUnicode=document.make_stream(cmap.encode()),
        )
    )  # fmt: skip


def _glyphs(units: Sequence[int]) -> dict[int, int]:
    from fontTools.ttLib import TTFont

    table = TTFont(FONT.format("Regular")).getBestCmap()
    order = TTFont(FONT.format("Regular")).getReverseGlyphMap()
    return {unit: order[table[unit]] for unit in units if unit in table}


def first(path: Path, engine: Any) -> Page:
    """The file's page as it is recognized: stage 2 alone, for later ones doubt a number that the pixels deny."""
    return next(iter(recognize.read(take(path), engine=engine))).page


def run(count: int, seed: int = 1) -> tuple[int, Counter[str]]:
    """Have so many read, by an engine that knows the truth. Return how many, and those of which the lie was believed or nothing read."""
    faults = Counter[str]()
    with tempfile.TemporaryDirectory(prefix="congvan-lies-") as folder:
        for lie in lies(count, seed):
            page = first(write(lie, Path(folder) / "lie.pdf"), Blind())
            if LIE in page.text:
                faults[f"a hidden layer believed: {', '.join(lie[:3])}"] += 1
            elif TRUTH not in page.text:
                faults[f"the pixels not read: {', '.join(lie[:3])}"] += 1
    return count, faults
