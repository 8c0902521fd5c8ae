"""How large the streams of a PDF become when they are unpacked: a few kilobytes may be gigabytes, and a page of them shows nothing.

ISO 32000-1, 7.4: filters. Pictures have their own limit, in pixels.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf

from pipeline.acquire.refusals import Swollen

_CHUNK = 1 << 16
_RATIO = 1032  # no deflated byte becomes more
_OTHERS = 64  # what is reckoned of run lengths and LZW, which are not unpacked here
_FLATE = ("/FlateDecode", "/Fl")
_TEXTUAL: dict[str, Callable[[bytes], bytes]] = {
    "/ASCIIHexDecode": lambda data: binascii.unhexlify(data.split(b">")[0].translate(None, b" \t\r\n\f\0")),
    "/ASCII85Decode": lambda data: base64.a85decode(data.split(b"~>")[0]),
}
_TEXTUAL |= {"/AHx": _TEXTUAL["/ASCIIHexDecode"], "/A85": _TEXTUAL["/ASCII85Decode"]}
_PIXELS = ("/DCTDecode", "/DCT", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode", "/CCF")


def hold(path: Path, file: BinaryIO, limit: int) -> None:
    """Raise Swollen where a stream of an open PDF, a picture's aside, would become more than `limit` bytes."""
    file.seek(0)
    try:
        with pikepdf.open(file) as document:
            streams = (one for one in document.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") != pikepdf.Name.Image)
            swollen = any(_swells(one, limit) for one in streams)
    except Exception:  # whatever is wrong with it is told by those who read it
        return
    if swollen:
        raise Swollen(path, limit=limit)


class _Enough(Exception):
    """It is larger than it may be."""


def _swells(stream: Any, limit: int) -> bool:
    named = stream.get("/Filter")
    filters = [str(one) for one in (named if isinstance(named, pikepdf.Array) else [named]) if one is not None]
    most = int(stream.get("/Length", limit)) * (_RATIO if len(filters) == 1 else _RATIO**2)
    if not filters or most <= limit or set(filters) & set(_PIXELS):
        return False
    try:
        return _larger(iter([stream.read_raw_bytes()]), filters, limit)
    except _Enough:
        return True
    except (RuntimeError, ValueError, zlib.error):
        return False


def _larger(data: Iterator[bytes], filters: Iterable[str], limit: int) -> bool:
    for name in filters:
        if name in _FLATE:
            data = _inflated(data, limit)
        elif name in _TEXTUAL:
            data = iter([_TEXTUAL[name](b"".join(data))])
        else:
            return sum(map(len, data)) * _OTHERS > limit
    size = 0
    for piece in data:
        size += len(piece)
        if size > limit:
            return True
    return False


def _inflated(data: Iterator[bytes], limit: int) -> Iterator[bytes]:
    unpack, size = zlib.decompressobj(), 0
    for piece in data:
        while piece:
            found = unpack.decompress(piece, _CHUNK)
            size += len(found)
            if size > limit:
                raise _Enough
            yield found
            piece = unpack.unconsumed_tail
