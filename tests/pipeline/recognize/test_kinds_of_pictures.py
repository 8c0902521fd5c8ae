"""Kinds of pictures that letters come as: each is read as the plain sheet is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image, ImageDraw

import pipeline
from models.page import Page
from pipeline.recognize.pdf.pixels import of_pdf, of_picture, scan_of

Make = Callable[[], Image.Image]
Pixels = np.ndarray


def is_read(path: Path) -> None:
    (letter,) = pipeline.read(path)
    header = letter.header
    assert (header.number, header.date) == ("417/STL-KH", date(2022, 3, 5))
    assert header.issuer == "Sở Thủy lợi tỉnh Đại Hòa"
    assert header.signer.name == "Trần Thị Mẫu"


def inked_in_alpha(image: Image.Image) -> Image.Image:
    """Black everywhere, and seen where there is ink."""
    black = Image.new("RGBA", image.size, "black")
    black.putalpha(image.convert("L").point(lambda v: 255 - v))
    return black


def grey_of_16_bits(image: Image.Image) -> Image.Image:
    return Image.fromarray((np.asarray(image.convert("L")).astype(np.uint16)) * 257)


SAVED = {
    "ink in the alpha channel": inked_in_alpha,
    "ink in the alpha channel, grey": lambda image: inked_in_alpha(image).convert("LA"),
    "sixteen bits": grey_of_16_bits,
    "twelve bits in sixteen": lambda image: Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 16),
}


@pytest.mark.parametrize("kind", SAVED.values(), ids=list(SAVED))
def test_a_png(sheet: Make, tmp_path: Path, kind: Callable[[Image.Image], Image.Image]) -> None:
    kind(sheet()).save(tmp_path / "a.png", dpi=(200, 200))
    is_read(tmp_path / "a.png")


def fax(image: Image.Image) -> Image.Image:
    """1728 dots across at 204 dpi, lines at 98 dpi, as a standard fax sends them."""
    return image.convert("L").resize((1687, 1146), Image.Resampling.BOX).point(lambda v: 255 if v > 140 else 0).convert("1")


def test_a_standard_fax_is_drawn_out(sheet: Make, tmp_path: Path) -> None:
    fax(sheet()).save(tmp_path / "fax.tif", compression="group3", dpi=(204, 98))
    with Image.open(tmp_path / "fax.tif") as picture:
        seen = of_picture(picture, tmp_path / "fax.tif", 1)
    assert (seen.width, seen.height) == pytest.approx((595, 842), abs=3)
    (letter,) = pipeline.read(tmp_path / "fax.tif")
    assert (letter.header.number, letter.header.date) == ("417/STL-KH", date(2022, 3, 5))


def in_pdf(path: Path, image: Image.Image, *, mask: Image.Image | None = None, size: tuple[float, float] = (595, 842)) -> Path:
    """A PDF whose page a picture covers, with a mask through which it is seen."""
    with pikepdf.new() as document:
        document.add_blank_page(page_size=size)

        def stream(of: Image.Image, colours: Name) -> pikepdf.Object:
            return document.make_stream(
                of.tobytes(),
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=of.width,
                Height=of.height,
                ColorSpace=colours,
                BitsPerComponent=8,
            )

        picture = stream(image, Name.DeviceRGB if image.mode == "RGB" else Name.DeviceGray)
        if mask is not None:
            picture.SMask = stream(mask, Name.DeviceGray)
        page = document.pages[0].obj
        page.Resources = Dictionary(XObject=Dictionary(X=picture))
        page.Contents = document.make_stream(f"q {size[0]} 0 0 {size[1]} 0 0 cm /X Do Q".encode())
        document.save(path)
    return path


def test_ink_in_a_mask_of_a_pdf(sheet: Make, tmp_path: Path) -> None:
    ink = sheet().convert("L").point(lambda v: 255 - v)
    is_read(in_pdf(tmp_path / "a.pdf", Image.new("L", ink.size, 0), mask=ink))


def test_a_picture_of_uneven_resolution_in_a_pdf(sheet: Make, tmp_path: Path, read_pages: Callable[[Path], list[Page]]) -> None:
    flat = sheet().convert("L")
    path = in_pdf(tmp_path / "a.pdf", flat.resize((flat.width, flat.height // 2), Image.Resampling.BOX))
    is_read(path)
    (line,) = [line for line in read_pages(path)[0].lines if "417" in line.text]
    assert line.box.y1 == pytest.approx(119, abs=3)


def dark(image: Image.Image) -> Image.Image:
    """Taken in the evening: a third of the light, falling off to one corner, with the sensor's grain."""
    pixels = np.asarray(image).astype(np.float32)
    y, x = np.mgrid[0 : 1 : complex(pixels.shape[0]), 0 : 1 : complex(pixels.shape[1])]
    light = 0.42 - 0.2 * (0.6 * x + 0.4 * y)
    grain = np.random.default_rng(3).normal(0, 2.5, pixels.shape)
    return Image.fromarray((pixels * light[..., None] + grain).clip(0, 255).astype(np.uint8))


def curved(image: Image.Image) -> Image.Image:
    """A leaf of a bound volume: lines bend down towards the back."""
    pixels = np.asarray(image)
    height, width = pixels.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    bend = 22 * (1 - x / width) ** 2
    return Image.fromarray(cv2.remap(pixels, x, y - bend, cv2.INTER_LINEAR, borderValue=(250, 249, 246)))


def held(image: Image.Image) -> Image.Image:
    """On a dark table, with a thumb over its edge."""
    table = Image.new("RGB", (image.width + 160, image.height + 200), (70, 52, 40))
    table.paste(image, (80, 100))
    draw = ImageDraw.Draw(table)
    draw.ellipse((-90, 1350, 190, 1560), fill=(205, 160, 135))
    draw.ellipse((table.width - 190, 1500, table.width + 110, 1720), fill=(200, 152, 128))
    return table


PHOTOS = {"dark": dark, "curved": curved, "a hand on it": held}


@pytest.mark.parametrize("kind", PHOTOS.values(), ids=list(PHOTOS))
def test_a_photo(sheet: Make, tmp_path: Path, kind: Callable[[Image.Image], Image.Image]) -> None:
    kind(sheet()).save(tmp_path / "a.jpg", quality=88)
    is_read(tmp_path / "a.jpg")


def test_a_plan_of_a_square_metre_is_drawn_smaller(tmp_path: Path) -> None:
    import pypdfium2 as pdfium

    plan = Image.new("L", (900, 1270), 255)
    ImageDraw.Draw(plan).rectangle((100, 100, 600, 900), outline=0)
    for name, path in (
        ("scan", in_pdf(tmp_path / "scan.pdf", plan.resize((4500, 6350)), size=(2384, 3370))),
        ("drawn", tmp_path / "d.pdf"),
    ):
        if name == "drawn":
            with pikepdf.new() as document:
                document.add_blank_page(page_size=(2384, 3370))
                document.pages[0].obj.Contents = document.make_stream(b"100 100 2000 3000 re S")
                document.save(path)
        document = pdfium.PdfDocument(path)
        page = document[0]
        seen = of_pdf(page, path, 1, scan_of(page), drawn=False)
        document.close()
        assert seen.image.shape[0] * seen.image.shape[1] <= 20_500_000, name
        assert seen.image.shape[1] / seen.dpi * 72 == pytest.approx(2384, rel=0.01)


def test_the_whole_range_of_grey_is_kept(tmp_path: Path) -> None:
    """Sixteen bits are shared out over eight, not cut off."""
    levels = np.linspace(0, 65535, 256, dtype=np.uint16)[None].repeat(8, axis=0)
    out = BytesIO()
    Image.fromarray(levels).save(out, "PNG")
    with Image.open(out) as picture:
        seen = of_picture(picture, tmp_path / "a.png", 1).image
    assert abs(seen[0].astype(int) - np.arange(256)).max() <= 1
