"""Scans of which a part is lost: read as far as they go, and told; whole ones are not."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Dictionary, Name
from PIL import Image, ImageOps

import pipeline
from models.repair import DoubtKind
from pipeline.acquire import Damaged
from pipeline.recognize.image.damage import is_damaged
from pipeline.recognize.pdf.pixels import of_pdf, scan_of

Make = Callable[[], Image.Image]
SIX = {"issuer", "number", "date", "subject", "recipients", "signer"}
END = b"\xff\xd9"


def jpeg(image: Image.Image, **more: int | bool) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=80, dpi=(200, 200), **more)
    return out.getvalue()


def without_middle(data: bytes) -> bytes:
    return data[: len(data) * 4 // 10] + data[len(data) * 6 // 10 :]


def overwritten(data: bytes) -> bytes:
    noise = np.random.default_rng(5).integers(0, 255, len(data) // 5).astype(np.uint8).tobytes()
    start = len(data) * 4 // 10
    return data[:start] + noise + data[start + len(noise) :]


def cut_short(data: bytes) -> bytes:
    return data[: len(data) * 6 // 10]


def ended(data: bytes) -> bytes:
    return cut_short(data) + END


def in_pdf(path: Path, data: bytes, image: Image.Image, coding: str, **more: object) -> Path:
    """A PDF of one page that the picture covers, its coded data as they are given."""
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(image.width * 0.36, image.height * 0.36))
        colours = Name.DeviceRGB if image.mode == "RGB" else Name.DeviceGray
        picture = document.make_stream(
            data, Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height, ColorSpace=colours,
            BitsPerComponent=1 if image.mode == "1" else 8, Filter=Name(f"/{coding}"), **more,
        )  # fmt: skip
        page = document.pages[0].obj
        page.Resources = Dictionary(XObject=Dictionary(X=picture))
        page.Contents = document.make_stream(f"q {image.width * 0.36} 0 0 {image.height * 0.36} 0 0 cm /X Do Q".encode())
        document.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return path


@pytest.mark.parametrize("how", [without_middle, overwritten, cut_short, ended])
@pytest.mark.parametrize("written", [{}, {"progressive": True}, {"restart_marker_rows": 4}], ids=["plain", "progressive", "restarts"])
def test_a_jpeg_of_which_a_part_is_lost(sheet: Make, how: Callable[[bytes], bytes], written: dict[str, bool]) -> None:
    data = jpeg(sheet(), **written)
    assert not is_damaged(data, "jpeg")
    assert is_damaged(how(data), "jpeg")


def test_a_jpeg_that_only_lacks_its_end_or_is_padded_is_whole(sheet: Make) -> None:
    data = jpeg(sheet())
    assert not is_damaged(data[:-2], "jpeg")
    assert not is_damaged(data[:-2] + bytes(5) + END, "jpeg")
    assert not is_damaged(data + b"what a telephone adds: a film", "jpeg")


def test_a_zlib_stream(sheet: Make) -> None:
    data = zlib.compress(sheet().tobytes())
    assert not is_damaged(data, "flate")
    assert not is_damaged(data[:-4], "flate"), "its check sum alone is missing"
    assert is_damaged(cut_short(data), "flate") and is_damaged(overwritten(data), "flate")


def test_a_picture_with_a_hole_is_read_and_every_field_asked(sheet: Make, tmp_path: Path) -> None:
    data = jpeg(sheet())
    (tmp_path / "hole.jpg").write_bytes(ended(data))
    (letter,) = pipeline.read(tmp_path / "hole.jpg")
    assert letter.header.number == "417/STL-KH"  # the head came through
    assert set(letter.review) >= SIX
    assert "number: part of the picture of page 1 is lost" in letter.evidence["number"].repairs
    assert letter.evidence["number"].doubts == (DoubtKind.DAMAGED,)


def test_a_picture_cut_short_without_an_end_is_refused(sheet: Make, tmp_path: Path) -> None:
    (tmp_path / "cut.jpg").write_bytes(cut_short(jpeg(sheet())))
    with pytest.raises(Damaged):
        pipeline.read(tmp_path / "cut.jpg")


@pytest.mark.parametrize("how", [without_middle, overwritten, cut_short])
def test_a_jpeg_with_a_hole_inside_a_pdf(sheet: Make, tmp_path: Path, how: Callable[[bytes], bytes]) -> None:
    (letter,) = pipeline.read(in_pdf(tmp_path / "hole.pdf", how(jpeg(sheet())), sheet(), "DCTDecode"))
    assert set(letter.review) >= SIX


def test_a_zlib_stream_cut_short_inside_a_pdf(sheet: Make, tmp_path: Path) -> None:
    gray = sheet().convert("L")
    (letter,) = pipeline.read(in_pdf(tmp_path / "hole.pdf", cut_short(zlib.compress(gray.tobytes())), gray, "FlateDecode"))
    assert set(letter.review) >= SIX


def test_fax_data_torn_in_the_middle(sheet: Make, tmp_path: Path) -> None:
    fax, out = sheet().convert("L").point(lambda v: 255 if v > 150 else 0).convert("1"), BytesIO()
    fax.save(out, "TIFF", compression="group4", tiffinfo={278: fax.height})
    tags = Image.open(out).tag_v2  # type: ignore[attr-defined]
    data = out.getvalue()[tags[273][0] : tags[273][0] + tags[279][0]]
    form = Dictionary(K=-1, Columns=fax.width, Rows=fax.height, BlackIs1=tags[262] == 1)
    (whole,) = pipeline.read(in_pdf(tmp_path / "whole.pdf", data, fax, "CCITTFaxDecode", DecodeParms=form))
    (torn,) = pipeline.read(in_pdf(tmp_path / "torn.pdf", without_middle(data), fax, "CCITTFaxDecode", DecodeParms=form))
    assert "number" not in whole.review
    assert set(torn.review) >= SIX


def test_a_picture_that_cannot_be_unpacked_is_no_blank_page(sheet: Make, tmp_path: Path) -> None:
    fax = sheet().convert("1")
    (letter,) = pipeline.read(in_pdf(tmp_path / "empty.pdf", b"\x00" * 400, fax, "JBIG2Decode"))
    assert set(letter.review) >= SIX


def test_a_damaged_page_behind_the_first_puts_the_foot_in_doubt_alone(sheet: Make, tmp_path: Path) -> None:
    first = in_pdf(tmp_path / "1.pdf", jpeg(sheet().crop((0, 0, 1654, 900))), sheet().crop((0, 0, 1654, 900)), "DCTDecode")
    rest = sheet().crop((0, 900, 1654, 2339))
    second = in_pdf(tmp_path / "2.pdf", overwritten(jpeg(rest)), rest, "DCTDecode")
    with pikepdf.open(first) as document, pikepdf.open(second) as other:
        document.pages.extend(other.pages)
        document.save(tmp_path / "both.pdf", stream_decode_level=pikepdf.StreamDecodeLevel.none)
    (letter,) = pipeline.read(tmp_path / "both.pdf")
    assert "signer" in letter.review and "copies" in letter.review
    assert "number" not in letter.review and "date" not in letter.review


def test_a_jpeg_is_unpacked_once_and_told_whole(sheet: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = sheet()
    path = in_pdf(tmp_path / "whole.pdf", jpeg(image), image, "DCTDecode")
    with pdfium.PdfDocument(path) as document:
        scan = scan_of(document[0])
        assert scan is not None
        once = scan.thing.get_bitmap(render=False).to_numpy()[:, :, ::-1]
        monkeypatch.setattr(type(scan.thing), "get_bitmap", None)  # PDFium is not asked to unpack it as well
        read = of_pdf(document[0], path, 1, scan, drawn=False)
    assert not read.damaged
    assert np.abs(read.image.astype(int) - once.astype(int)).max() <= 2  # two readers of JPEG round colours alike, or nearly


def test_a_jpeg_whose_numbers_stand_the_other_way_round_is_left_to_pdfium(sheet: Make, tmp_path: Path) -> None:
    image = sheet().convert("L")
    path = in_pdf(tmp_path / "turned.pdf", jpeg(ImageOps.invert(image)), image, "DCTDecode", Decode=[1, 0])
    with pdfium.PdfDocument(path) as document:
        read = of_pdf(document[0], path, 1, scan_of(document[0]), drawn=False)
    assert read.image.mean() > 200
