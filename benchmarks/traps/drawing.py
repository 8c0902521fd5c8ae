"""Draw the world's letters as sheets: one PDF a letter, printed, or scanned where its row says so. Needs chromium, as the samples do."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import pypdfium2 as pdfium

from benchmarks.traps.world import Drawn, letters, long_day
from samples.sheets import scanner
from samples.sheets.layout import Sheet, print_pdf, to_html

ADDRESSED = (None, "BÁO CÁO", "TỜ TRÌNH")  # forms that bear "Kính gửi"; all others tell in Nơi nhận
BATCH = 12
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Dương")
_MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Quang", "Xuân", "Hữu", "Ngọc", "Thanh", "Mạnh")
_GIVEN = ("Khải", "Thảo", "Lâm", "Tuyết", "Phong", "Hạnh", "Dũng", "Trúc", "Việt", "Nhung", "Bình", "Sơn", "Hiền", "Lộc")


def signer(letter: Drawn) -> str:
    """An invented name, the same for all letters of a body."""
    seed = crc32(f"{letter.by} {letter.body_of.name}".encode())
    return f"{_FAMILY[seed % 12]} {_MIDDLE[seed // 12 % 10]} {_GIVEN[seed // 120 % 14]}"


def sheet(letter: Drawn) -> Sheet:
    """The letter as a sheet of Decree 30/2020, appendix I; the Party's as its rules have it."""
    kind, party = letter.type, letter.by == "party"
    *above, last = letter.body
    marked = last if last.startswith("<") else last.removesuffix(".") + "./."
    told = [f"- {one};" for one in letter.to] if kind not in ADDRESSED else ["- Như trên;"]
    listed = tuple(letter.to) if len(letter.to) < 2 else (*(f"- {one};" for one in letter.to[:-1]), f"- {letter.to[-1]}.")
    return Sheet(
        name=letter.number,
        heads=list(letter.body_of.heads),
        bold=letter.body_of.bold,
        number=letter.number,
        label="Số " if party else "Luật số: " if kind == "LUẬT" else "Số: ",
        motto=["ĐẢNG CỘNG SẢN VIỆT NAM", ""] if party else None,
        place_date=f"{letter.body_of.place}, {long_day(letter.day)}",
        about=letter.about,
        type_line=kind or "",
        to=listed if kind in ADDRESSED else (),
        body=[*above, marked],
        copies=[*told, "- Lưu: VT."],
        capacity=list(letter.body_of.capacity),
        signer=signer(letter),
    )


def _printed(some: Sequence[Drawn], folder: Path) -> list[Path]:
    """Print letters by one start of the browser, which is what takes the time, and part them: a page each; else in halves."""
    pages = [to_html(sheet(one)) for one in some]
    parts = [page.partition("<body>")[2].removesuffix("</body></html>") for page in pages]
    style = (
        "" if len(some) == 1 else "<style>.letter + .letter { page-break-before: always; } @page { @top-center { content: none; } }</style>"
    )
    inner = "".join(f"<div class=letter>{part}</div>" for part in parts)
    together = folder / "together.pdf"
    print_pdf(f"{pages[0].partition('<body>')[0]}{style}<body>{inner}</body></html>", together)
    whole = pdfium.PdfDocument(together)
    out = [folder / f"{one.id}.pdf" for one in some]
    if len(some) == 1:
        together.replace(out[0])
    elif len(whole) != len(some):
        half = len(some) // 2
        return [*_printed(some[:half], folder), *_printed(some[half:], folder)]
    else:
        for at, path in enumerate(out):
            alone = pdfium.PdfDocument.new()
            alone.import_pages(whole, [at])
            alone.save(path)
    return out


def draw(folder: Path) -> list[Path]:
    """Draw each letter that is not yet in `folder`, as <id>.pdf, and return all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [one for one in letters().values() if not (folder / f"{one.id}.pdf").exists()]
    with tempfile.TemporaryDirectory() as tmp:
        for start in range(0, len(missing), BATCH):
            some = missing[start : start + BATCH]
            for letter, printed in zip(some, _printed(some, Path(tmp)), strict=True):
                target = folder / f"{letter.id}.pdf"
                if letter.scan:
                    scanner.save(scanner.scan(printed, random.Random(letter.id), []), target, quality=75)
                else:
                    target.write_bytes(printed.read_bytes())
    return [folder / f"{id}.pdf" for id in letters()]
