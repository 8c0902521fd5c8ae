"""Scans of an invented letter: upright and turned, stamped, blank, faxed; by each engine."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from models.page import Page
from pipeline.acquire import Damaged, take
from pipeline.ingest.read_pages import read_pages as read
from pipeline.recognize import read as recognized
from pipeline.recognize.image.background import raised
from pipeline.recognize.ocr.engine import PAGE, Engine, Gray, OcrWord, Pytesseract, Tesserocr, default_engine

FONTS = Path("/usr/share/fonts/truetype/croscore")
MM = 200 / 25.4

Make = Callable[[], Image.Image]
Keep = Callable[..., Path]
Read = Callable[[Path], list[Page]]


def faxed(image: Image.Image) -> Image.Image:
    """Black and white, as a fax sends it."""
    return image.convert("L").point(lambda v: 255 if v > 150 else 0)


def sealed(image: Image.Image, middle: tuple[float, float], rings: tuple[tuple[float, int], ...], ink: tuple[int, int, int]) -> Image.Image:
    """Press a round seal over what is printed: ink darkens, it does not cover. middle, radii: mm; widths: pixels."""
    layer = Image.new("RGB", image.size, "white")
    x, y = (v * MM for v in middle)
    for radius, width in rings:
        r = radius * MM
        ImageDraw.Draw(layer).ellipse((x - r, y - r, x + r, y + r), outline=ink, width=width)
    return ImageChops.multiply(image, layer)


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


@pytest.mark.parametrize("engine", [Tesserocr, Pytesseract])
def test_both_engines_keep_the_columns_apart(sheet: Make, keep: Keep, engine: type[Engine]) -> None:
    if engine is Tesserocr:
        pytest.importorskip("tesserocr")
    page = next(read(take(keep(sheet())), engine=engine()))
    lines = texts(page)
    for whole in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 417/STL-KH",
        "GIÁM ĐỐC",
        "- Lưu: VT, KH.",
        "Nơi nhận:",
    ):
        assert whole in lines, lines
    assert "Đại Hòa, ngày 05 tháng 3 năm 2022" in lines
    assert (page.kind, page.rotation, page.number) == ("scan", 0, 1)
    number = next(line for line in page.lines if line.text.startswith("Số:"))
    assert abs(number.box.x0 - 32 / 25.4 * 72) < 4 and abs(number.box.y1 - 43.5 / 25.4 * 72) < 6
    assert all(0 <= w.confidence <= 1 for line in page.lines for w in line.words)


class Blind:
    """An engine that sees nothing."""

    def recognize(self, image: Gray, dpi: int, psm: int = PAGE) -> list[OcrWord]:
        return []


def test_a_broken_later_frame_of_a_moving_picture_is_not_looked_at(tmp_path: Path) -> None:
    frames = io.BytesIO()
    first, second = Image.new("L", (800, 1100), 255), Image.new("L", (800, 1100), 200)
    first.save(frames, "PNG", save_all=True, append_images=[second])
    whole = frames.getvalue()
    at = whole.index(b"fdAT") - 4
    (tmp_path / "a.png").write_bytes(whole[:at] + (2).to_bytes(4, "big") + b"fdAT\0\0" + bytes(4) + whole[-12:])
    assert [page.number for page in (found.page for found in recognized(take(tmp_path / "a.png"), engine=Blind()))] == [1]


def test_a_page_that_cannot_be_turned_to_is_a_damaged_file(tmp_path: Path) -> None:
    pages = [Image.new("L", (800, 1100), 255) for _ in range(2)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    intake = take(tmp_path / "a.tif")
    data = (tmp_path / "a.tif").read_bytes()
    second = int.from_bytes(data[4:8], "little")
    count = int.from_bytes(data[second : second + 2], "little")
    link = second + 2 + 12 * count  # the place of the second page's directory
    (tmp_path / "a.tif").write_bytes(data[:link] + (len(data) - 1).to_bytes(4, "little") + data[link + 4 :])
    with pytest.raises(Damaged):
        list(recognized(intake, engine=Blind()))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_sheet_is_set_upright(sheet: Make, keep: Keep, read_pages: Read, turn: int) -> None:
    page = read_pages(keep(sheet().rotate(turn, expand=True)))[0]
    assert page.rotation == turn  # PIL turns anticlockwise: as much clockwise makes it upright
    assert page.height > page.width
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in texts(page)


@pytest.mark.parametrize(("turn", "most"), [(90, 3), (180, 3), (270, 4)])
def test_a_turned_sheet_is_read_no_oftener_than_it_takes(sheet: Make, keep: Keep, turn: int, most: int) -> None:
    shown: list[int] = []

    class Counting:
        def recognize(self, image: Gray, dpi: int, psm: int = PAGE) -> list[OcrWord]:
            shown.append(psm)
            return default_engine().recognize(image, dpi, psm)

    page = next(recognized(take(keep(sheet().rotate(turn, expand=True))), engine=Counting())).page
    assert page.rotation == turn
    assert shown.count(PAGE) <= most  # as it lies (not on its side), a strip or two, and upright


def test_a_red_arrival_stamp_is_parted_from_the_letter(sheet: Make, arrival: Callable[..., None], keep: Keep, read_pages: Read) -> None:
    image = sheet()
    arrival(image, (22, 50), "1386", "9/3/22")
    page = read_pages(keep(image))[0]
    (stamp,) = page.stamps
    assert stamp.kind == "arrival"
    assert {"Số: 1386", "Ngày: 9/3/22"} <= {line.text for line in stamp.lines}
    assert not any("1386" in text or "9/3/22" in text for text in texts(page))
    assert "Số: 417/STL-KH" in texts(page)


def test_a_grey_arrival_stamp_is_parted_too(sheet: Make, arrival: Callable[..., None], keep: Keep, read_pages: Read) -> None:
    image = sheet()
    arrival(image, (22, 50), "1386", "9/3/22")
    page = read_pages(keep(image.convert("L")))[0]
    assert [stamp.kind for stamp in page.stamps] == ["arrival"]
    assert "Số: 1386" in {line.text for line in page.stamps[0].lines}
    assert not any("1386" in text for text in texts(page))


@pytest.mark.parametrize(
    ("words", "kind", "tilt"), [("HỎA TỐC", "urgency", 0), ("HỎA TỐC", "urgency", 12), ("KHẨN", "urgency", 0), ("TỐI MẬT", "secrecy", 0)]
)
@pytest.mark.parametrize("red", [True, False])
def test_framed_marks(sheet: Make, keep: Keep, read_pages: Read, words: str, kind: str, tilt: int, red: bool) -> None:
    image = sheet()
    ink = (210, 30, 40) if red else (25, 25, 25)
    letters = ImageFont.truetype(str(FONTS / "Tinos-Bold.ttf"), 44)
    mark = Image.new("RGB", (round(letters.getlength(words)) + 50, 80), "white")
    draw = ImageDraw.Draw(mark)
    draw.rectangle((3, 3, mark.width - 4, mark.height - 4), outline=ink, width=5)
    draw.text((25, 14), words, font=letters, fill=ink)
    mark = mark.rotate(tilt, expand=True, fillcolor="white")
    image.paste(mark, (round(28 * MM), round(51 * MM)))
    page = read_pages(keep(image))[0]
    assert [(s.kind, s.lines[0].text) for s in page.stamps] == [(kind, words)]
    assert words not in "\n".join(texts(page))


def test_a_red_seal_does_not_hide_the_signer(sheet: Make, keep: Keep, read_pages: Read) -> None:
    image = sealed(sheet(), (120, 142), ((18.0, 8), (12.5, 4)), (205, 45, 55))
    page = read_pages(keep(image))[0]
    assert "Trần Thị Mẫu" in texts(page)


def test_a_name_stamped_in_red_is_read(sheet: Make, keep: Keep, read_pages: Read) -> None:
    image = sheet()
    draw = ImageDraw.Draw(image)
    draw.rectangle((110 * MM, 146 * MM, 180 * MM, 160 * MM), fill=(250, 249, 246))
    draw.text((122 * MM, 150 * MM), "Trần Thị Mẫu", font=ImageFont.truetype(str(FONTS / "Tinos-Bold.ttf"), 36), fill=(205, 40, 50))
    page = read_pages(keep(image))[0]
    assert "Trần Thị Mẫu" in texts(page)


def test_a_black_seal_over_the_name(sheet: Make, keep: Keep, read_pages: Read) -> None:
    image = sealed(sheet(), (116, 139), ((17.5, 7), (16.5, 3), (11.5, 4)), (15, 15, 15))
    page = read_pages(keep(faxed(image)))[0]
    assert any("Thị Mẫu" in text for text in texts(page)), texts(page)


def test_a_blank_back_is_told_without_the_engine(keep: Keep, replay: type) -> None:
    paper = np.random.default_rng(7).normal(244, 4, (2339, 1654)).clip(0, 255).astype(np.uint8)
    paper[30:60, 0:25] = 20  # a shadow at the sheet's edge
    engine = replay()
    page = next(read(take(keep(Image.fromarray(paper))), engine=engine))
    assert (page.kind, page.lines, engine.asked) == ("blank", (), 0)


def test_a_sheet_with_one_short_line_is_not_blank(keep: Keep, read_pages: Read) -> None:
    image = Image.new("RGB", (1654, 2339), "white")
    ImageDraw.Draw(image).text((600, 300), "PHỤ LỤC II", font=ImageFont.truetype(str(FONTS / "Tinos-Bold.ttf"), 38), fill="black")
    assert texts(read_pages(keep(image))[0]) == ["PHỤ LỤC II"]


def test_a_fax_is_read(sheet: Make, keep: Keep, read_pages: Read) -> None:
    page = read_pages(keep(faxed(sheet())))[0]
    assert "Độc lập - Tự do - Hạnh phúc" in texts(page)


def test_frames_of_a_tiff_are_pages(sheet: Make, tmp_path: Path, read_pages: Read) -> None:
    blank = Image.new("L", (1654, 2339), 250)
    sheet().convert("L").save(tmp_path / "t.tif", save_all=True, append_images=[blank], dpi=(200, 200))
    first, second = read_pages(tmp_path / "t.tif")
    assert (first.kind, second.kind, second.number) == ("scan", "blank", 2)
    assert round(first.width) == round(1654 * 72 / 200)


@pytest.mark.parametrize("letters", [70, 120, 300])
def test_faint_print_is_made_black_and_its_paper_white(letters: int) -> None:
    gray = np.full((2339, 1654), 255, np.uint8)
    for at in range(letters):
        x, y = 150 + at % 40 * 33, 200 + at // 40 * 60
        gray[y : y + 24, x : x + 16] = 220
    held = raised(gray, 200)
    assert held is not None and held[1] == 200
    faint = held[0]
    assert faint[0, 0] > 240 and faint[212, 158] < 20
