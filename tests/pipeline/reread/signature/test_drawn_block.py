"""A digital letter whose signature block was pasted in as a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Dictionary, Name, Stream
from PIL import Image

from pipeline.acquire import take
from pipeline.extract.header import read_header
from pipeline.ingest.read_pages import read_pages as read
from tests.pipeline.conftest import DPI, MM, write

TEXT = [f"Sở Công Thương báo cáo kết quả công tác quý {n} năm 2021 của tỉnh như sau:" for n in range(12)]
LIST = ["Nơi nhận:", "- Như trên;", "- Lưu: VT, KH."]


def pasted(source: Path, target: Path, picture: Image.Image, x: float, y: float) -> Path:
    """The PDF with a picture set at x, y (points, of its lower left corner from the page's)."""
    document = pdfium.PdfDocument(source)
    page = document[0]
    thing = pdfium.PdfImage.new(document)
    thing.set_bitmap(pdfium.PdfBitmap.from_pil(picture))
    thing.set_matrix(pdfium.PdfMatrix().scale(picture.width / DPI * 72, picture.height / DPI * 72).translate(x, y))
    page.insert_obj(thing)
    page.gen_content()
    document.save(target)
    document.close()
    return target


def block() -> Image.Image:
    image = Image.new("RGB", (round(80 * MM), round(42 * MM)), (255, 255, 255))
    write(image, [(24, 3, "KT. GIÁM ĐỐC", True), (21, 9, "PHÓ GIÁM ĐỐC", True), (20, 34, "Nguyễn Văn Hùng", True)])
    return image


def test_a_signature_block_that_is_a_picture_is_read(typeset: Callable[..., Path], tmp_path: Path) -> None:
    plain = typeset([*TEXT, *LIST])
    assert read_header(list(read(take(plain)))).header.signer.name is None
    (page,) = read(take(pasted(plain, tmp_path / "pasted.pdf", block(), 320, 440)))
    signer = read_header([page]).header.signer
    assert (page.kind, signer.name, signer.capacity) == ("digital", "Nguyễn Văn Hùng", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"))


def test_a_signer_in_the_text_layer_stands_though_a_seal_is_a_picture(typeset: Callable[..., Path], tmp_path: Path) -> None:
    plain = typeset([*TEXT, *LIST, "", f"{'':100}GIÁM ĐỐC", "", f"{'':98}Lê Thị Tám"])
    seal = Image.new("RGB", (round(40 * MM), round(40 * MM)), (200, 30, 30))
    before = list(read(take(plain)))
    after = list(read(take(pasted(plain, tmp_path / "sealed.pdf", seal, 200, 420))))
    assert [line.text for line in after[0].lines] == [line.text for line in before[0].lines]


def signed(source: Path, target: Path, picture: Image.Image, x: float, y: float) -> Path:
    """The PDF with the picture shown by a signature's field at x, y (points, of its lower left corner from the page's)."""
    pdf = pikepdf.open(source)
    wide, high = (side / DPI * 72 for side in picture.size)
    drawn = Stream(pdf, picture.tobytes())
    drawn.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=picture.width, Height=picture.height, ColorSpace=Name.DeviceRGB, BitsPerComponent=8
    )
    shown = Stream(pdf, f"q {wide} 0 0 {high} 0 0 cm /Seal Do Q".encode())
    shown.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, wide, high], Resources=Dictionary(XObject=Dictionary(Seal=drawn))
    )
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T="Signature1", F=4, Rect=[x, y, x + wide, y + high], AP=Dictionary(N=shown)
    )
    held = pikepdf.Array([pdf.make_indirect(field)])
    pdf.pages[0].Annots, pdf.Root.AcroForm = held, Dictionary(Fields=held, SigFlags=3)
    pdf.save(target)
    return target


def sealed() -> Image.Image:
    image = Image.new("RGB", (round(70 * MM), round(26 * MM)), (255, 255, 255))
    write(image, [(20, 18, "Nguyễn Văn Hùng", True)])
    return image


@pytest.mark.parametrize("laid", [pasted, signed], ids=["a picture", "a signature's field"])
def test_a_name_under_a_typed_office_that_is_a_picture_is_read(
    laid: Callable[..., Path], typeset: Callable[..., Path], tmp_path: Path
) -> None:
    plain = typeset([*TEXT, *TEXT, LIST[0] + f"{'':75}GIÁM ĐỐC", *LIST[1:]])
    assert read_header(list(read(take(plain)))).header.signer.name is None
    (page,) = read(take(laid(plain, tmp_path / "laid.pdf", sealed(), 300, 200)))
    signer = read_header([page]).header.signer
    assert (page.kind, signer.name, signer.capacity) == ("digital", "Nguyễn Văn Hùng", ("GIÁM ĐỐC",))
