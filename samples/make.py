"""Typeset the sample sheets anew: python -m samples.make [NAME…]. For development only: its outputs are committed.

Needs the Debian packages chromium, fonts-croscore and fonts-freefont-ttf. `expected.jsonl` is written by hand from the sheets.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium

from samples.sheets import scanner
from samples.sheets.layout import Sheet, print_pdf, sheets, to_html

OUT = Path(__file__).parent / "letters"


class Scan(NamedTuple):
    """seals: signer to the seal's text; turn: degrees the sheet lay turned; arrival: office, number, day of the ĐẾN stamp."""

    seals: dict[str, str]
    turn: int = 0
    arrival: tuple[str, str, str] | None = None


_SEED = ["nghe-an", "ministry-332", "ministry-334"]
_MINISTRY = "BỘ KHOA HỌC VÀ CÔNG NGHỆ"
FILES: dict[str, tuple[list[str], Scan | None]] = {
    "seed-digital.pdf": (_SEED, None),
    "seed-scan.pdf": (_SEED, Scan({"Chu Hữu Bằng": "UBND TỈNH NGHỆ AN", "Lê Xuân Định": _MINISTRY})),
    "invented-quang-ngai-plan.pdf": (["quang-ngai"], None),
    "invented-ministry-reminder.pdf": (
        ["reminder"],
        Scan({"Đoàn Quốc Tường": _MINISTRY}, arrival=("UBND TỈNH HÀ TĨNH", "8342", "25/10/2021")),
    ),
    "invented-ha-tinh-report.tif": (["ha-tinh"], Scan({"Phan Đức Khiêm": "UBND TỈNH HÀ TĨNH"})),
    "invented-department-turned.pdf": (["department"], Scan({"Hồ Sỹ Cẩn": "SỞ KHOA HỌC VÀ CÔNG NGHỆ"}, turn=90)),
    "invented-binh-dinh-decision.pdf": (["binh-dinh"], None),
    "invented-amending-decision.pdf": (["amending"], None),
    "invented-phu-yen-same-number.pdf": (["phu-yen"], None),
    "invented-party-letter.pdf": (["party"], None),
    "invented-telegram.pdf": (["telegram"], None),
    "invented-invitation.jpg": (["invitation"], Scan({"Nguyễn Duy Thức": "UBND TỈNH NGHỆ AN"})),
    "invented-secret.pdf": (["secret"], Scan({"Đặng Thế Mỹ": "SỞ CÔNG THƯƠNG"})),
    "invented-government-office.pdf": (["office"], None),
}


def _print(parts: list[Sheet], target: Path) -> None:
    """Print the sheets one after the other into one PDF."""
    whole = pdfium.PdfDocument.new()
    with tempfile.TemporaryDirectory() as tmp:
        for at, sheet in enumerate(parts):
            one = Path(tmp) / f"{at}.pdf"
            print_pdf(to_html(sheet), one)
            whole.import_pages(pdfium.PdfDocument(one))
        whole.save(target)


def make(name: str) -> Path:
    """Write the file `name` of FILES under letters/ and return its path."""
    known = sheets("seed") | sheets("invented")
    keys, how = FILES[name]
    target = OUT / name
    if how is None:
        _print([known[key] for key in keys], target)
        return target
    with tempfile.TemporaryDirectory() as tmp:
        printed = Path(tmp) / "printed.pdf"
        _print([known[key] for key in keys], printed)
        stamp = scanner.arrival(*how.arrival) if how.arrival else None
        pages = scanner.scan(printed, random.Random(name), list(how.seals.items()), stamp=stamp, turn=how.turn)
        scanner.save(pages, target)
    return target


def main() -> None:
    OUT.mkdir(exist_ok=True)
    for name in sys.argv[1:] or list(FILES):
        print(f"{name}\t{make(name).stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
