"""Count a file's pages and hold them against the limits, from headers alone: no page is decoded here."""

from __future__ import annotations

import os
import struct
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, UnidentifiedImageError

from models.intake import FileKind
from pipeline.acquire import inflation
from pipeline.acquire.refusals import Damaged, Locked, TooManyPages, TooManyPixels
from pipeline.settings.declared import Limits

_TAIL = 16 * 1024  # bytes at a file's end in which its end mark is looked for


def pages_of(path: Path, file: BinaryIO, kind: FileKind, size: int, limits: Limits) -> int:
    """Return how many pages the open file has. Raises Damaged, Locked, TooManyPages, TooManyPixels."""
    counters: dict[FileKind, Callable[[Path, BinaryIO, int, Limits], int]] = {"pdf": _pdf, "tiff": _tiff, "jpeg": _jpeg, "png": _png}
    return counters[kind](path, file, size, limits)


def _tail(file: BinaryIO, size: int) -> bytes:
    file.seek(max(0, size - _TAIL))
    return file.read(_TAIL)


def _pdf(path: Path, file: BinaryIO, size: int, limits: Limits) -> int:
    if b"%%EOF" not in _tail(file, size):
        raise Damaged(path, what="PDF: %%EOF")
    inflation.hold(path, file, limits.max_unpacked)  # before PDFium unpacks its pages
    file.seek(0)
    try:
        document = pdfium.PdfDocument(file)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise Locked(path) from error
        raise Damaged(path, what="PDF: xref") from error
    try:
        pages = len(document)
        if pages == 0:
            raise Damaged(path, what="PDF: 0 trang/pages")
        if pages > limits.max_pages:
            raise TooManyPages(path, pages=pages, limit=limits.max_pages)
        for index in {0, pages - 1}:
            try:
                document[index].close()
            except pdfium.PdfiumError as error:
                raise Damaged(path, what=f"PDF: trang/page {index + 1}") from error
    finally:
        document.close()
    return pages


def _open(path: Path, file: BinaryIO, kind: str) -> Image.Image:
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(file, formats=[kind])
    except Image.DecompressionBombError as error:  # Pillow's own guard, far above ours
        raise TooManyPixels(path, page=1, width="?", height="?", limit=Image.MAX_IMAGE_PIXELS) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Damaged(path, what=kind) from error


def _hold(path: Path, page: int, size: tuple[int, int], limits: Limits) -> None:
    if size[0] * size[1] > limits.max_pixels:
        raise TooManyPixels(path, page=page, width=size[0], height=size[1], limit=limits.max_pixels)
    if min(size) < 1:
        raise Damaged(path, what="0 px")


def _jpeg(path: Path, file: BinaryIO, size: int, limits: Limits) -> int:
    _hold(path, 1, _open(path, file, "JPEG").size, limits)
    if b"\xff\xd9" not in _tail(file, size):
        raise Damaged(path, what="JPEG: EOI")
    return 1


def _png(path: Path, file: BinaryIO, size: int, limits: Limits) -> int:
    _hold(path, 1, _open(path, file, "PNG").size, limits)
    if b"IEND" not in _tail(file, size):
        raise Damaged(path, what="PNG: IEND")
    if not _pictured(file, size):
        raise Damaged(path, what="PNG: IDAT")
    return 1


def _pictured(file: BinaryIO, size: int) -> bool:
    """Whether a PNG holds the picture itself, and not only later frames of a moving one: Pillow shows black where it does not."""
    at = 8
    while at + 12 <= size:
        file.seek(at)
        length, name = struct.unpack(">I4s", file.read(8))
        if name == b"IDAT":
            return True
        at += 12 + length
    return False


_STRIPS, _STRIP_BYTES, _TILES, _TILE_BYTES = 273, 279, 324, 325  # TIFF 6.0, sections 3 and 15


def _tiff(path: Path, file: BinaryIO, size: int, limits: Limits) -> int:
    image = _open(path, file, "TIFF")
    page = 0
    while True:
        page += 1
        if page > limits.max_pages:
            raise TooManyPages(path, pages=f"> {limits.max_pages}", limit=limits.max_pages)
        _hold(path, page, image.size, limits)
        tags = image.tag_v2  # type: ignore[attr-defined]
        for at, length in ((_STRIPS, _STRIP_BYTES), (_TILES, _TILE_BYTES)):
            for start, count in zip(tags.get(at, ()), tags.get(length, ()), strict=False):
                if start + count > size:
                    raise Damaged(path, what=f"TIFF: trang/page {page}")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                image.seek(page)
        except EOFError:
            return page
        except Image.DecompressionBombError as error:
            raise TooManyPixels(path, page=page + 1, width="?", height="?", limit=Image.MAX_IMAGE_PIXELS) from error
        except (OSError, SyntaxError, ValueError, KeyError) as error:
            raise Damaged(path, what=f"TIFF: trang/page {page + 1}") from error


def unchanged(file: BinaryIO, before: os.stat_result) -> bool:
    """Tell whether the open file is still as it was when it was first looked at."""
    now = os.fstat(file.fileno())
    return (now.st_size, now.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
