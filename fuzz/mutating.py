"""Samples spoilt on purpose: flipped, cut, spliced, headed wrongly, with numbers that no program expects. The same for the same seed."""

from __future__ import annotations

import io
import random
import re
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

_LETTERS = Path(__file__).resolve().parent.parent / "samples" / "letters"
_HEADS = (
    b"%PDF-1.7\n", b"II*\x00\x08\x00\x00\x00", b"MM\x00*\x00\x00\x00\x08", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", b"\x89PNG\r\n\x1a\n",
    b"PK\x03\x04", b"<html>", b"MZ", b"\x00\x00\x00\x0cjP  \r\n\x87\n",
)  # fmt: skip
_NUMBERS = (b"0", b"-1", b"2147483647", b"2147483648", b"4294967295", b"99999999999999999999", b"1e309", b"0.0000001")
_WORDS = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_PIECES = (
    b"/Prev 9",
    b"/Kids[2 0 R]",
    b"/Length 4 0 R",
    b"/Filter[/FlateDecode/FlateDecode/LZWDecode]",
    b"/Rotate 7",
    b"obj",
    b"endobj",
    b"<<",
    b"[",
)


@cache
def samples() -> tuple[bytes, ...]:
    """Small files of every kind that is read: the invented letters' first pages, and their pictures at 50 dpi."""
    found = []
    for path in sorted(_LETTERS.glob("*.pdf")):
        source = pdfium.PdfDocument(path)
        one = pdfium.PdfDocument.new()
        one.import_pages(source, [0])
        buffer = io.BytesIO()
        one.save(buffer)
        if len(buffer.getvalue()) < 120_000:
            found.append(buffer.getvalue())
        if len(found) % 3 == 0:
            picture = source[0].render(scale=50 / 72).to_pil().convert("RGB")
            found += [_as(picture, "JPEG"), _as(picture.convert("L"), "PNG"), _as(picture, "PDF")]
            found += [_as(picture, "TIFF", compression=way) for way in ("raw", "tiff_lzw", "jpeg")]
            found += [
                _as(picture.convert("1"), "TIFF", compression="group4"),
                _as(picture.convert("L"), "TIFF", compression="tiff_deflate"),
            ]
            found.append(_as(picture, "TIFF", save_all=True, append_images=[picture.convert("L")] * 2))
    return tuple(found)


def _as(picture: Image.Image, form: str, **how: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **how)
    return buffer.getvalue()


def mutants(seed: int, count: int) -> Iterator[bytes]:
    """So many spoilt files."""
    lot = random.Random(seed)
    for _ in range(count):
        data = bytearray(lot.choice(samples()))
        for _ in range(lot.choice((1, 1, 2, 3, 8))):
            lot.choice(_WAYS)(data, lot)
        yield bytes(data[:400_000])


def _flip(data: bytearray, lot: random.Random) -> None:
    for _ in range(lot.choice((1, 4, 32, 256))):
        if data:
            data[lot.randrange(len(data))] ^= 1 << lot.randrange(8)


def _cut(data: bytearray, lot: random.Random) -> None:
    if data:
        del data[lot.randrange(len(data)) :]
        if lot.random() < 0.5:
            data += lot.choice((b"\n%%EOF\n", b"\xff\xd9", b"\x00\x00\x00\x00IEND\xaeB`\x82"))


def _splice(data: bytearray, lot: random.Random) -> None:
    other = lot.choice(samples())
    start = lot.randrange(len(other))
    at = lot.randrange(len(data) + 1)
    data[at : at + lot.choice((0, 64, 4096))] = other[start : start + lot.choice((8, 512, 20_000))]


def _head(data: bytearray, lot: random.Random) -> None:
    head = lot.choice(_HEADS)
    data[: len(head) if lot.random() < 0.7 else 0] = head


def _again(data: bytearray, lot: random.Random) -> None:
    if data:
        start = lot.randrange(len(data))
        data[start:start] = data[start : start + lot.choice((4, 200, 5000))] * lot.choice((1, 3, 20))


def _number(data: bytearray, lot: random.Random) -> None:
    spots = [m.span() for m in re.finditer(rb"(?<![\w.])\d+(?![\w.])", bytes(data[:60_000]))]
    if spots:
        start, end = lot.choice(spots)
        data[start:end] = lot.choice(_NUMBERS)


def _word(data: bytearray, lot: random.Random) -> None:
    if len(data) > 8:
        # headers and tables are at the ends
        at = lot.randrange(min(len(data) - 4, 400)) if lot.random() < 0.6 else lot.randrange(len(data) - 4)
        value = lot.choice(_WORDS)
        data[at : at + 4] = struct.pack(lot.choice(("<I", ">I")), value)


def _swap(data: bytearray, lot: random.Random) -> None:
    names = [m.span() for m in re.finditer(rb"/[A-Za-z]+|\d+ 0 R", bytes(data[:60_000]))]
    if len(names) > 1:
        (a, b), (c, d) = lot.sample(names, 2)
        one, two = bytes(data[a:b]), bytes(data[c:d])
        first, second = ((a, b, two), (c, d, one)) if a > c else ((c, d, one), (a, b, two))
        for start, end, put in (first, second):
            data[start:end] = put


def _insert(data: bytearray, lot: random.Random) -> None:
    at = lot.randrange(len(data) + 1)
    data[at:at] = lot.choice(_PIECES) * lot.choice((1, 1, 50))


_WAYS = (_flip, _flip, _cut, _splice, _head, _again, _number, _number, _word, _word, _swap, _insert)
