"""Make a printed PDF look as a scanner delivers it: red seal, ink signature, a lamp that is uneven, a sheet slightly askew."""

from __future__ import annotations

import io
import math
import random
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DPI = 200
_RED, _INK = (200, 36, 52), (28, 46, 140)
_SANS = "/usr/share/fonts/truetype/croscore/Arimo-{}.ttf"
_HAND = "/usr/share/fonts/truetype/croscore/Tinos-Italic.ttf"


def _font(path: str, millimetres: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, round(millimetres / 25.4 * DPI))


def _mm(value: float) -> int:
    return round(value / 25.4 * DPI)


def stamp_on(paper: Image.Image, ink: Image.Image, x: float, y: float) -> None:
    """Multiply `ink` on `paper` with its upper left corner at (x, y) millimetres, so that what lies under it stays."""
    left, top = _mm(x), _mm(y)
    under = paper.crop((left, top, left + ink.width, top + ink.height))
    mixed = np.asarray(under, np.uint16) * np.asarray(ink, np.uint16) // 255
    paper.paste(Image.fromarray(mixed.astype(np.uint8)), (left, top))


def seal(text: str, rng: random.Random) -> Image.Image:
    """A round seal of 36 mm with a star, `text` on the upper arc."""
    side = _mm(36)
    image = Image.new("RGB", (side, side), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((3, 3, side - 4, side - 4), outline=_RED, width=_mm(0.9))
    draw.ellipse((_mm(5.5), _mm(5.5), side - _mm(5.5), side - _mm(5.5)), outline=_RED, width=_mm(0.4))
    middle = side / 2
    points = []
    for corner in range(10):
        reach, angle = _mm(6 if corner % 2 == 0 else 2.4), math.pi * corner / 5
        points.append((middle + reach * math.sin(angle), middle - reach * math.cos(angle)))
    draw.polygon(points, fill=_RED)
    for at, character in enumerate(text):
        turn = -70 + 140 * at / max(1, len(text) - 1)
        letter = Image.new("RGB", (side, side), "white")
        ImageDraw.Draw(letter).text((middle, _mm(1.3)), character, font=_font(_SANS.format("Bold"), 3.2), fill=_RED, anchor="mt")
        image = _darker(image, letter.rotate(-turn, fillcolor="white"))
    return image.rotate(rng.uniform(-14, 14), fillcolor="white")


def _darker(one: Image.Image, other: Image.Image) -> Image.Image:
    return Image.fromarray(np.minimum(np.asarray(one), np.asarray(other)))


def scribble(rng: random.Random) -> Image.Image:
    """A signature in blue ink, 42 by 18 mm."""
    width, height = _mm(42), _mm(18)
    image = Image.new("RGB", (width, height), "white")
    time = np.linspace(0, 1, 260)
    beats = [rng.uniform(2, 5) for _ in range(3)]
    x = width * (0.1 + 0.75 * time + 0.06 * np.sin(2 * math.pi * beats[0] * 2 * time))
    y = height * (0.5 + 0.3 * np.sin(2 * math.pi * beats[1] * time) * (1 - 0.6 * time) + 0.1 * np.cos(2 * math.pi * beats[2] * 2 * time))
    ImageDraw.Draw(image).line(list(zip(x.tolist(), y.tolist(), strict=True)), fill=_INK, width=_mm(0.5), joint="curve")
    return image


def arrival(office: str, number: str, day: str) -> Image.Image:
    """The ĐẾN stamp of 50 by 35 mm (Decree 30/2020, appendix IV): frame red, filled in by pen."""
    image = Image.new("RGB", (_mm(50), _mm(27)), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((2, 2, image.width - 3, image.height - 3), outline=_RED, width=_mm(0.6))
    plain, strong, pen = _font(_SANS.format("Regular"), 3.4), _font(_SANS.format("Bold"), 4.2), _font(_HAND, 4.4)
    draw.text((image.width / 2, _mm(1.6)), office, font=plain, fill=_RED, anchor="mt")
    draw.text((_mm(3), _mm(11)), "ĐẾN", font=strong, fill=_RED)
    draw.text((_mm(16), _mm(8.2)), "Số: .....................", font=plain, fill=_RED)
    draw.text((_mm(16), _mm(14.4)), "Ngày: ................", font=plain, fill=_RED)
    draw.text((_mm(3), _mm(20.6)), "Chuyển: .............................", font=plain, fill=_RED)
    draw.text((_mm(25), _mm(6)), number, font=pen, fill=_INK)
    draw.text((_mm(27), _mm(12.8)), day, font=pen, fill=_INK)
    return image


def _signed_at(page: pdfium.PdfPage, signer: str) -> tuple[float, float] | None:
    """Where the signer's name stands: millimetres of its middle from the left and of its top from above."""
    text = page.get_textpage()
    found = text.search(signer).get_next()
    if found is None or "Nơi nhận" not in text.get_text_range():
        return None
    left, _, _, top = text.get_charbox(found[0])
    right = text.get_charbox(found[0] + found[1] - 1)[2]
    return (left + right) / 2 / 72 * 25.4, (page.get_height() - top) / 72 * 25.4


def scan(
    source: Path, rng: random.Random, seals: list[tuple[str, str]], *, stamp: Image.Image | None = None, turn: int = 0
) -> list[Image.Image]:
    """Return the pages of `source` as scanned at 200 dpi. seals: (signer, text of the seal); turn: degrees the sheets lay turned."""
    out = []
    pdf = pdfium.PdfDocument(source)
    for at, page in enumerate(pdf):
        image = page.render(scale=DPI / 72).to_pil().convert("RGB")
        for signer, text in seals:
            spot = _signed_at(page, signer)
            if spot:
                stamp_on(image, scribble(rng), spot[0] - 20, spot[1] - 21)
                stamp_on(image, seal(text, rng), spot[0] - 42, spot[1] - 33)
        if stamp and at == 0:
            stamp_on(image, stamp, 128, 42)
        image = image.rotate(rng.uniform(-0.7, 0.7), resample=Image.Resampling.BICUBIC, fillcolor="white")
        pixels = np.asarray(image, np.float32)
        noise = np.random.default_rng(rng.randrange(2**31))
        pixels = pixels * (0.97 - 0.06 * np.linspace(0, 1, image.width)[None, :, None]) + 4
        pixels += noise.normal(0, 4, pixels.shape[:2])[..., None]
        image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.4))
        out.append(image.rotate(turn, expand=True) if turn else image)
    return out


def _jpeg(image: Image.Image, quality: int) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, dpi=(DPI, DPI))
    return Image.open(io.BytesIO(buffer.getvalue()))


def save(pages: list[Image.Image], target: Path, quality: int = 60) -> None:
    """Write the pages as the file name's ending says: PDF of JPEG images, TIFF of many pages, or one JPEG."""
    if target.suffix == ".jpg":
        pages[0].save(target, quality=quality, dpi=(DPI, DPI))
        return
    squeezed = [_jpeg(page, quality) for page in pages]
    if target.suffix == ".tif":
        squeezed[0].save(target, save_all=True, append_images=squeezed[1:], compression="jpeg", quality=quality, dpi=(DPI, DPI))
    else:
        squeezed[0].save(target, "PDF", save_all=True, append_images=squeezed[1:], resolution=DPI, quality=quality, title=target.stem)
