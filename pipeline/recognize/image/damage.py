"""Pictures of which a part is lost: coded data that are cut short, overwritten or torn out of the middle.

Every decoder fills such a hole with something (grey, white, letters that slid to another place) and says nothing.
"""

from __future__ import annotations

import zlib
from typing import Literal

Coding = Literal["jpeg", "flate"]

_END = b"\xff\xd9"  # EOI
_PADDING = 8  # bytes of nothing before the end mark that a careless writer left over
_CHUNK = 1024 * 1024


def is_damaged(data: bytes, coding: Coding) -> bool:
    """Whether coded pixels cannot be unpacked whole. data: a JPEG file, or a zlib stream."""
    return unpacked(data) is None if coding == "jpeg" else _flate(data)


def unpacked(data: bytes) -> bytes | None:
    """Return a JPEG's pixels, row by row, its colours red, green, blue; None where it cannot be unpacked whole; none (empty) where it is of
    a kind that cannot be unpacked here, damaged or not."""
    end = data.rfind(_END)
    # a stream within a PDF often lacks its end mark, and no pixel
    body = data[:end] if end > 0 else data
    for _ in range(_PADDING):
        pixels = _without_complaint(body + _END)
        if pixels is not None or body[-1:] not in (b"\x00", b"\xff"):
            return pixels
        body = body[:-1]
    return None


def _without_complaint(jpeg: bytes) -> bytes | None:
    """A JPEG's pixels where libjpeg has nothing to say against it; qpdf, unlike Pillow and PDFium, tells what it says."""
    import pikepdf

    with pikepdf.new() as holder:
        stream = holder.make_stream(jpeg, Filter=pikepdf.Name.DCTDecode)
        try:
            return bytes(stream.read_bytes(pikepdf.StreamDecodeLevel.all))
        except pikepdf.DataDecodingError:
            return None
        except (pikepdf.PdfError, RuntimeError, ValueError):
            return b""  # of a kind that it does not unpack: whoever reads the picture says what is wrong with it


def _flate(data: bytes) -> bool:
    unpack = zlib.decompressobj()
    try:
        for at in range(0, len(data), _CHUNK):
            unpack.decompress(data[at : at + _CHUNK])
        # where only the check sum is missing, what stands for it is wrong, and all the data were there
        while not unpack.eof:
            unpack.decompress(bytes(4))
            if not unpack.unconsumed_tail:
                break
    except zlib.error as error:
        return "data check" not in str(error)
    return not unpack.eof
