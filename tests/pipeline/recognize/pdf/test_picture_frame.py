"""Where the number stands on the page as it is seen, whatever way its picture lies on the PDF page: within two points."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from models.page import Box, Page, Role
from tests.pipeline.conftest import MM, font

Make = Callable[[], Image.Image]
WIDE, TALL = 595.0, 842.0
PX = 595 / round(210 * MM)  # points a pixel of the sheet that fills a page


class Lying(NamedTuple):
    """How a sheet lies on its page. boxes: entries of the page; above: of the node over it, which are inherited; content: steps before the
    pictures; at: where the sheet is seen, points from the top left of the page as it is seen, and what it is scaled by; cut: how many
    pictures it comes as, across and down; form: whether they lie in a form that is drawn at half its size."""

    boxes: str = ""
    above: str = "/MediaBox [0 0 595 842]"
    content: str = "1 0 0 1 0 0 cm"
    at: tuple[float, float, float] = (0.0, 0.0, 1.0)
    cut: tuple[int, int] = (1, 1)
    form: bool = False


KINDS = {
    "inherited box": Lying(),
    "nine tenths of the page": Lying(content="0.9 0 0 0.9 40 30 cm", at=(40, 842 * 0.1 - 30, 0.9)),
    "reaches over the page": Lying(content="1.1 0 0 1.1 -20 -50 cm", at=(-20, 842 - 1.1 * 842 + 50, 1.1)),
    "strips": Lying(cut=(1, 7)),
    "tiles": Lying(cut=(3, 4)),
    "tiles of nine tenths": Lying(content="0.9 0 0 0.9 40 30 cm", at=(40, 842 * 0.1 - 30, 0.9), cut=(2, 3)),
    "within a form": Lying(form=True),
    "strips within a form": Lying(form=True, cut=(1, 5)),
    "negative origin": Lying(boxes="/MediaBox [-100 -200 495 642]", content="1 0 0 1 -100 -200 cm"),
    "reversed box": Lying(boxes="/MediaBox [595 842 0 0]"),
    "crop box": Lying(boxes="/MediaBox [0 0 800 1000] /CropBox [100 50 695 892]", content="1 0 0 1 100 50 cm"),
    "cropped into": Lying(boxes="/CropBox [20 0 595 822]", at=(-20, -20, 1.0)),
    "crop box larger": Lying(boxes="/CropBox [-50 -50 700 900]"),
    "turned 90": Lying(boxes="/MediaBox [0 0 842 595] /Rotate 90", content="0 1 -1 0 842 0 cm"),
    "turned 180": Lying(boxes="/Rotate 180", content="-1 0 0 -1 595 842 cm"),
    "turned 270, inherited": Lying(above="/MediaBox [0 0 842 595] /Rotate 270", content="0 -1 1 0 0 595 cm"),
    "turned by minus 90, off the origin": Lying(boxes="/MediaBox [30 60 872 655] /Rotate -90", content="0 -1 1 0 30 655 cm"),
    "two points a unit": Lying(boxes="/MediaBox [0 0 297.5 421] /UserUnit 2", content="0.5 0 0 0.5 0 0 cm"),
}  # fmt: skip


def laid(path: Path, image: Image.Image, way: Lying) -> Path:
    """A PDF of one page with the sheet on it, pictures of JPEG."""
    across, down = way.cut
    with pikepdf.new() as document:
        steps, pictures = [], Dictionary()
        for row in range(down):
            for column in range(across):
                x0, x1 = (round(image.width * at / across) for at in (column, column + 1))
                y0, y1 = (round(image.height * at / down) for at in (row, row + 1))
                data = BytesIO()
                image.crop((x0, y0, x1, y1)).save(data, "JPEG", quality=90)
                pictures[f"/I{row}x{column}"] = document.make_stream(
                    data.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=x1 - x0, Height=y1 - y0, ColorSpace=Name.DeviceRGB,
                    BitsPerComponent=8, Filter=Name.DCTDecode,
                )  # fmt: skip
                wide, tall = WIDE / image.width, TALL / image.height
                place = f"{(x1 - x0) * wide:.4f} 0 0 {(y1 - y0) * tall:.4f} {x0 * wide:.4f} {TALL - y1 * tall:.4f} cm"
                steps.append(f"q {place} /I{row}x{column} Do Q")
        content, resources = "\n".join(steps), Dictionary(XObject=pictures)
        if way.form:
            drawn = document.make_stream(
                f"2 0 0 2 0 0 cm\n{content}".encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1190, 1684]),
                Resources=resources, Matrix=Array([0.5, 0, 0, 0.5, 0, 0]),
            )  # fmt: skip
            content, resources = "/F Do", Dictionary(XObject=Dictionary(F=drawn))
        document.add_blank_page()
        page = document.pages[0].obj
        del page.MediaBox
        for node, entries in ((document.Root.Pages, way.above), (page, way.boxes)):
            for name, value in pikepdf.Object.parse(f"<< {entries} >>".encode()).items():
                node[name] = value
        page.Resources = resources
        page.Contents = document.make_stream(f"q {way.content}\n{content} Q".encode())
        document.save(path)
    return path


def number_on_the_sheet() -> Box:
    """The ink of "Số: 417/STL-KH" as it is printed 32 mm from the left and 38 mm from the top, points of the sheet."""
    left, top, right, foot = font(12.5).getbbox("Số: 417/STL-KH")
    return Box(*(PX * value for value in (32 * MM + left, 38 * MM + top, 32 * MM + right, 38 * MM + foot)))


@pytest.mark.parametrize("way", KINDS.values(), ids=list(KINDS))
def test_the_number_s_box_is_where_it_is_seen(sheet: Make, tmp_path: Path, read_pages: Callable[[Path], list[Page]], way: Lying) -> None:
    (page,) = read_pages(laid(tmp_path / "a.pdf", sheet(), way))
    (line,) = [line for line in page.lines if line.role is Role.NUMBER]
    assert line.text.replace(" ", "").endswith("417/STL-KH")
    on_sheet, (x, y, size) = number_on_the_sheet(), way.at
    seen = Box(x + size * on_sheet.x0, y + size * on_sheet.y0, x + size * on_sheet.x1, y + size * on_sheet.y1)
    off = [abs(one - other) for one, other in zip(line.box, seen, strict=True)]
    assert max(off[0], off[2], off[3]) < 2, (line.box, seen)  # the accents' height is the engine's to tell
    assert off[1] < 4
