"""Hostile files, written byte by byte: what a person who means harm, or a broken program, may put into a folder."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image

Maker = Callable[[], bytes]


def pdf(*objects: bytes, root: int = 1, xref: bool = True, tail: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, with a table that is right; or none, so that a reader must search."""
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    if not xref:
        return out + b"trailer<</Size %d/Root %d 0 R>>\n%%%%EOF\n" % (len(objects) + 1, root) + tail
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % at for at in offsets)
    return out + table + b"trailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, len(out)) + tail


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n" % (len(data), entries) + data + b"\nendstream"


CATALOG, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"


def page_with(content: bytes, *more: bytes) -> bytes:
    return pdf(CATALOG, PAGES, PAGE, content, *more)


def zeros(count: int) -> bytes:
    """So many zero bytes (whole MiB), deflated, without deflating them all: a block that stands by itself, over and over."""
    packer = zlib.compressobj(9)
    chunk = bytes(1 << 20)
    first = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * ((count >> 20) - 1) + packer.flush()[:-4] + struct.pack(">HH", count % 65521, 1)


def flate_bomb() -> bytes:
    """A page of 8 GiB of content in 8 MB."""
    return page_with(stream(zeros(8 << 30), b"/Filter/FlateDecode"))


def nested_bomb() -> bytes:
    """Deflated three times over: 400 bytes that unfold to 1 GiB."""
    return page_with(stream(zlib.compress(zlib.compress(zeros(1 << 30))), b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"))


def image_bomb() -> bytes:
    """A page that shows an image of 40,000 by 40,000 pixels."""
    image = b"/Type/XObject/Subtype/Image/Width 40000/Height 40000/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode"
    return page_with(stream(b"595 0 0 842 0 0 cm /X Do"), stream(zeros(1 << 24), image))


def small_image_bomb() -> bytes:
    """The same, shown as small as a stamp: it does not cover the page."""
    image = b"/Type/XObject/Subtype/Image/Width 65000/Height 65000/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
    return page_with(stream(b"40 0 0 20 100 700 cm /X Do"), stream(zeros(1 << 24), image))


def huge_jpeg2000() -> bytes:
    """A page whose image is JPEG 2000 that says it is 60,000 pixels wide and tall, in one tile."""
    size = struct.pack(">HIIIIIIIIH", 0, 60000, 60000, 0, 0, 60000, 60000, 0, 0, 1) + b"\x07\x01\x01"
    code = b"\xff\x4f\xff\x51" + struct.pack(">H", len(size) + 2) + size + b"\xff\x52\x00\x0c\x00\x00\x00\x01\x00\x05\x04\x04\x00\x00"
    code += b"\xff\x5c\x00\x13\x40" + bytes(16) + b"\xff\x90\x00\x0a\x00\x00\x00\x00\x00\x0e\x00\x01\xff\x93\xff\xd9"
    image = b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/JPXDecode"
    return page_with(stream(b"595 0 0 842 0 0 cm /X Do"), stream(code, image))


def jpeg2000_alone() -> bytes:
    """The same picture as a file of its own."""
    data = huge_jpeg2000()
    return data[data.index(b"\xff\x4f\xff\x51") : data.index(b"\xff\xd9") + 2]


def form_loop() -> bytes:
    """A form that draws itself, and another that draws it twice."""
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 5 0 R/Y 6 0 R>>>>"
    return page_with(stream(b"/X Do"), stream(b"/X Do /Y Do /Y Do", head), stream(b"/X Do /X Do", head))


def form_tree() -> bytes:
    """Thirty forms, each drawing the next one twice: a billion drawings of a line."""
    forms = [
        stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>" % (number + 1))
        for number in range(5, 35)
    ]
    return page_with(stream(b"/X Do"), *forms, stream(b"0 0 m 9 9 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]"))


def xref_loop() -> bytes:
    """A table whose /Prev is itself."""
    body = pdf(CATALOG, PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>")
    at = int(body.rsplit(b"startxref\n", 1)[1].split()[0])
    return body.replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Prev %d>>" % at)


def object_loop() -> bytes:
    """Objects that are each other."""
    return pdf(CATALOG, b"3 0 R", b"2 0 R")


def length_loop() -> bytes:
    """A stream whose length is the stream."""
    return page_with(b"<</Length 4 0 R>>\nstream\nq Q\nendstream")


def page_tree_loop() -> bytes:
    """A page tree whose child is its root, and which says that it has a page."""
    return pdf(CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 1>>")


def wide_page_tree() -> bytes:
    """Twelve nodes that hold each other ten times over: it says ten billion pages."""
    nodes = [b"<</Type/Pages/Kids[" + b"%d 0 R " % (at + 1) * 10 + b"]/Count 2147483647>>" for at in range(2, 14)]
    return pdf(CATALOG, *nodes, b"<</Type/Page/MediaBox[0 0 595 842]>>")


def deep_arrays() -> bytes:
    """A hundred thousand arrays in each other."""
    return pdf(CATALOG, PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/X" + b"[" * 100_000 + b"]" * 100_000 + b">>")


def object_stream_loop() -> bytes:
    """An object stream that says it lies within itself."""
    return pdf(CATALOG, PAGES, PAGE, stream(b"4 0 5 0 <<>> <<>>", b"/Type/ObjStm/N 2/First 8/Extends 4 0 R"), xref=False)


def huge_page() -> bytes:
    """A page of a hundred million points a side."""
    return pdf(
        CATALOG, PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100000000 100000000]/Contents 4 0 R>>", stream(b"0 0 m 9e7 9e7 l S")
    )


def font_loop() -> bytes:
    """A Type 3 font whose glyph is written in the font."""
    font = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 6 0 R>>/Encoding<</Differences[97/a]>>"
    font += b"/FirstChar 97/LastChar 97/Widths[9]/Resources<</Font<</F 5 0 R>>>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    text = b"BT /F 12 Tf 100 700 Td (aaaa) Tj ET"
    return pdf(CATALOG, PAGES, page, stream(text), font, stream(b"9 0 d0 " + text))


def tiff(tags: dict[int, tuple[int, int, int]], *, following: int = 0) -> bytes:
    """A little-endian TIFF of one directory: tag → type, count, value."""
    entries = b"".join(struct.pack("<HHII", tag, *value) for tag, value in sorted(tags.items()))
    return b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", len(tags)) + entries + struct.pack("<I", following) + bytes(64)


_SMALL = {256: (4, 1, 8), 257: (4, 1, 8), 258: (3, 1, 8), 259: (3, 1, 1), 262: (3, 1, 1), 273: (4, 1, 8), 278: (4, 1, 8), 279: (4, 1, 64)}


def tiff_bomb() -> bytes:
    return tiff({**_SMALL, 256: (4, 1, 100_000), 257: (4, 1, 100_000)})


def tiff_loop() -> bytes:
    """A directory that follows itself."""
    return tiff(_SMALL, following=8)


def tiff_many_tags() -> bytes:
    """A strip table of four billion entries."""
    return tiff({**_SMALL, 273: (4, 0xFFFFFFF0, 8), 279: (4, 0xFFFFFFF0, 8)})


def tiff_deflate_bomb() -> bytes:
    """A strip that unfolds to far more than its picture."""
    data = zeros(1 << 30)
    head = tiff({**_SMALL, 259: (3, 1, 8), 273: (4, 1, 200), 279: (4, 1, len(data))})
    return head + bytes(200 - len(head)) + data


def png_bomb() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 32_000, 32_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zeros(1 << 28)) + chunk(b"IEND", b"")


def jpeg_bomb() -> bytes:
    """A JPEG that says it is 65,500 pixels wide and tall."""
    buffer = io.BytesIO()
    Image.new("L", (16, 16), 255).save(buffer, "JPEG")
    data = bytearray(buffer.getvalue())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", 65_500, 65_500)
    return bytes(data)


def png_text_bomb() -> bytes:
    """A small picture with a note that unfolds to a gigabyte."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    buffer = io.BytesIO()
    Image.new("L", (16, 16), 255).save(buffer, "PNG")
    data = buffer.getvalue()
    return data[:33] + chunk(b"zTXt", b"Comment\x00\x00" + zeros(1 << 30)) + data[33:]


def plain_page(extra: bytes = b"") -> bytes:
    return pdf(CATALOG + b"", PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>", tail=extra)


def with_zip() -> bytes:
    """A PDF that is a ZIP archive too."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("../../tmp/congvan-slipped", "x")
    return plain_page(buffer.getvalue() + b"%%EOF\n")


def with_markup() -> bytes:
    """A PDF that a browser takes for a page with a script."""
    return b"<!doctype html><script>alert(1)</script><!--\n" + plain_page() + b"-->"


def with_script(mark: Path) -> bytes:
    """A PDF that runs a script and a program when it is opened, and holds another file."""
    catalog = b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R/AcroForm<</Fields[]/XFA 6 0 R>>"
    catalog += b"/Names<</JavaScript<</Names[(a) 4 0 R]>>/EmbeddedFiles<</Names[(x.exe) 5 0 R]>>>>>>"
    script = b'<</S/JavaScript/JS(app.launchURL\\("file:///bin/touch"\\);this.exportDataObject\\({cName:"x.exe",nLaunch:2}\\))'
    script += b"/Next<</S/Launch/F(/bin/touch)/Unix<</F(/bin/touch)/P(" + str(mark).encode() + b")>>>>>>"
    file = b"<</Type/Filespec/F(x.exe)/UF(x.exe)/EF<</F 7 0 R>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/AA<</O 4 0 R>>>>"
    return pdf(catalog, PAGES, page, script, file, stream(b"<xdp/>"), stream(b"MZ" + bytes(60), b"/Type/EmbeddedFile"))


BOMBS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        flate_bomb, nested_bomb, image_bomb, small_image_bomb, huge_jpeg2000, form_loop, form_tree, xref_loop, object_loop, length_loop,
        page_tree_loop, wide_page_tree, deep_arrays, object_stream_loop, huge_page, font_loop, tiff_bomb, tiff_loop, tiff_many_tags,
        tiff_deflate_bomb, png_bomb, jpeg_bomb, png_text_bomb, jpeg2000_alone, with_zip, with_markup,
    )
}  # fmt: skip
