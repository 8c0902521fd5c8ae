"""Layers of a PDF that are off: what nobody sees is not read, whatever turns them off and whatever they hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from pikepdf import Array, Dictionary, Name, Operator

import pipeline
from pipeline.acquire import take
from pipeline.recognize.pdf.hidden_layers import shown
from pipeline.recognize.pdf.text_layer import read_layer

Settings = Callable[[pikepdf.Object, pikepdf.Object], Dictionary]
SHOW = b"BT /F1 12 Tf 100 700 Td (Draft) Tj ET\n"
PLAIN = b"BT /F1 12 Tf 100 600 Td (Letter) Tj ET\n"


class Drawn:
    """A PDF of one page with two groups, `one` and `two`, of which the settings say what is on."""

    def __init__(self, settings: Settings) -> None:
        self.document = pikepdf.new()
        self.document.add_blank_page(page_size=(595, 842))
        self.page = self.document.pages[0].obj
        self.one, self.two = (self.document.make_indirect(Dictionary(Type=Name.OCG, Name=name)) for name in ("one", "two"))
        groups = Dictionary(OCGs=Array([self.one, self.two]), D=settings(self.one, self.two))
        self.document.Root.OCProperties = groups
        font = self.document.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        self.resources = Dictionary(Font=Dictionary(F1=font))
        self.page.Resources = Dictionary(self.resources)

    def form(self, content: bytes, **more: object) -> pikepdf.Object:
        """A form on the whole page."""
        return self.document.make_stream(
            content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]), Resources=Dictionary(self.resources), **more
        )

    def content(self, content: bytes) -> None:
        self.page.Contents = self.document.make_stream(content)

    def words(self, path: Path) -> list[str]:
        """What is read of it."""
        self.document.save(path)
        document = pdfium.PdfDocument(shown(take(path)))
        try:
            document.init_forms()
            layer = read_layer(document, document[0], 0)
            return [piece.word.text for piece in (*layer.pieces, *layer.widgets)]
        finally:
            document.close()


def off(one: pikepdf.Object, two: pikepdf.Object) -> Dictionary:
    return Dictionary(OFF=Array([one]))


def usage(view: str) -> Settings:
    """Both on or off by the settings, otherwise by what the group says of its use on a screen."""

    def settings(one: pikepdf.Object, two: pikepdf.Object) -> Dictionary:
        one.Usage = Dictionary(View=Dictionary(ViewState=Name(f"/{view}")))
        use = Dictionary(Event=Name.View, Category=Array([Name.View]), OCGs=Array([one]))
        return Dictionary(OFF=Array([one] if view == "ON" else []), AS=Array([use]))

    return settings


def printing(one: pikepdf.Object, two: pikepdf.Object) -> Dictionary:
    one.Usage = Dictionary(Print=Dictionary(PrintState=Name.OFF))
    return Dictionary(AS=Array([Dictionary(Event=Name.Print, Category=Array([Name.Print]), OCGs=Array([one]))]))


@pytest.mark.parametrize(
    ("settings", "seen"),
    [
        (off, False),
        (lambda one, two: Dictionary(BaseState=Name.OFF), False),
        (lambda one, two: Dictionary(BaseState=Name.OFF, ON=Array([two])), False),
        (lambda one, two: Dictionary(BaseState=Name.OFF, ON=Array([one])), True),
        (lambda one, two: Dictionary(OFF=Array([two])), True),
        (lambda one, two: Dictionary(), True),
        (usage("OFF"), False),
        (usage("ON"), True),
        (printing, True),
    ],
    ids=["off", "all off", "other on", "this on", "other off", "nothing said", "not on screens", "on screens", "not on paper"],
)
def test_what_a_group_s_state_is(tmp_path: Path, settings: Settings, seen: bool) -> None:
    drawn = Drawn(settings)
    drawn.page.Resources.Properties = Dictionary(G=drawn.one)
    drawn.content(b"/OC /G BDC\n" + SHOW + b"EMC\n" + PLAIN)
    assert drawn.words(tmp_path / "a.pdf") == (["Draft", "Letter"] if seen else ["Letter"])


@pytest.mark.parametrize(
    ("membership", "seen"),
    [
        (lambda one, two: Dictionary(OCGs=one), False),
        (lambda one, two: Dictionary(OCGs=Array([one, two])), True),
        (lambda one, two: Dictionary(OCGs=Array([one, two]), P=Name.AllOn), False),
        (lambda one, two: Dictionary(OCGs=Array([one, two]), P=Name.AnyOff), True),
        (lambda one, two: Dictionary(OCGs=Array([one, two]), P=Name.AllOff), False),
        (lambda one, two: Dictionary(OCGs=Array([])), True),
        (lambda one, two: Dictionary(VE=Array([Name.Not, one])), True),
        (lambda one, two: Dictionary(VE=Array([Name.And, two, Array([Name.Not, two])])), False),
        (lambda one, two: Dictionary(VE=Array([Name.Or, one, two]), OCGs=one), True),
    ],
    ids=["of one", "any on", "all on", "any off", "all off", "of none", "not", "and", "or"],
)
def test_memberships_of_groups(tmp_path: Path, membership: Settings, seen: bool) -> None:
    drawn = Drawn(off)
    member = membership(drawn.one, drawn.two)
    member.Type = Name.OCMD
    drawn.page.Resources.Properties = Dictionary(G=drawn.document.make_indirect(member))
    drawn.content(b"/OC /G BDC\n" + SHOW + b"EMC\n" + PLAIN)
    assert drawn.words(tmp_path / "a.pdf") == (["Draft", "Letter"] if seen else ["Letter"])


def test_a_part_of_a_hidden_part_is_hidden_too_and_what_follows_is_not(tmp_path: Path) -> None:
    drawn = Drawn(off)
    drawn.page.Resources.Properties = Dictionary(G=drawn.one, H=drawn.two)
    drawn.content(b"/OC /G BDC\n/P BMC\n/OC /H BDC\n" + SHOW + b"EMC\nEMC\n" + SHOW + b"EMC\n" + PLAIN)
    assert drawn.words(tmp_path / "a.pdf") == ["Letter"]


def test_lines_after_a_hidden_one_keep_their_places(tmp_path: Path) -> None:
    drawn = Drawn(off)
    drawn.page.Resources.Properties = Dictionary(G=drawn.one)
    drawn.content(b"BT /F1 12 Tf 20 TL 100 700 Td (Over) Tj /OC /G BDC (Draft) ' EMC (Under) ' ET\n")
    drawn.document.save(tmp_path / "a.pdf")
    document = pdfium.PdfDocument(shown(take(tmp_path / "a.pdf")))
    placed = [(piece.word.text, round(piece.base)) for piece in read_layer(document, document[0], 0).pieces]
    document.close()
    assert placed == [("Over", 142), ("Under", 182)]


@pytest.mark.parametrize("deep", [False, True])
def test_a_hidden_form(tmp_path: Path, deep: bool) -> None:
    drawn = Drawn(off)
    draft = drawn.form(SHOW, OC=drawn.one)
    if deep:
        outer = drawn.form(b"/X Do\n" + PLAIN)
        outer.Resources.XObject = Dictionary(X=draft)
        drawn.page.Resources.XObject = Dictionary(Y=outer)
        drawn.content(b"/Y Do\n")
    else:
        drawn.page.Resources.XObject = Dictionary(X=draft)
        drawn.content(b"/X Do\n" + PLAIN)
    assert drawn.words(tmp_path / "a.pdf") == ["Letter"]


def test_hidden_parts_of_a_form(tmp_path: Path) -> None:
    drawn = Drawn(off)
    form = drawn.form(b"/OC /G BDC\n" + SHOW + b"EMC\n" + PLAIN)
    form.Resources.Properties = Dictionary(G=drawn.one)
    drawn.page.Resources.XObject = Dictionary(X=form)
    drawn.content(b"/X Do\n")
    assert drawn.words(tmp_path / "a.pdf") == ["Letter"]


def test_a_hidden_annotation(tmp_path: Path) -> None:
    drawn = Drawn(off)
    draft, letter = (
        drawn.document.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 595, 842]), F=4, AP=Dictionary(N=drawn.form(text)), **layer)
        )
        for text, layer in ((SHOW, {"OC": drawn.one}), (PLAIN, {}))
    )
    drawn.page.Annots = Array([draft, letter])
    assert drawn.words(tmp_path / "a.pdf") == ["Letter"]


def test_a_hidden_picture_is_no_scan(tmp_path: Path) -> None:
    drawn = Drawn(off)
    picture = drawn.document.make_stream(
        b"\x00", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8, ColorSpace=Name.DeviceGray, OC=drawn.one
    )
    drawn.page.Resources.XObject = Dictionary(X=picture)
    drawn.content(b"q 595 0 0 842 0 0 cm /X Do Q\n" + PLAIN)
    drawn.document.save(tmp_path / "a.pdf")
    document = pdfium.PdfDocument(shown(take(tmp_path / "a.pdf")))
    kinds = [thing.type for thing in document[0].get_objects()]
    document.close()
    assert kinds == [pdfium_c.FPDF_PAGEOBJ_TEXT]


def test_a_file_without_hidden_layers_is_read_as_it_is(tmp_path: Path) -> None:
    drawn = Drawn(lambda one, two: Dictionary(ON=Array([one, two])))
    drawn.document.save(tmp_path / "a.pdf")
    assert shown(take(tmp_path / "a.pdf")) == tmp_path / "a.pdf"


def test_a_draft_in_a_hidden_layer_lends_a_letter_nothing(typeset: Callable[..., Path], tmp_path: Path) -> None:
    letter = [
        "SỞ THỦY LỢI TỈNH ĐẠI HÒA          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 417/STL-KH                     Đại Hòa, ngày 05 tháng 3 năm 2022",
        "V/v kiểm tra hồ chứa nước",
        "Kính gửi: Ủy ban nhân dân các huyện, thành phố.",
        "Sở Thủy lợi đề nghị Ủy ban nhân dân các huyện, thành phố kiểm tra toàn bộ hồ chứa./.",
    ]
    draft = [line.replace("417", "888").replace("05 tháng 3", "28 tháng 2").replace("hồ chứa", "bản nháp") for line in letter]
    below = typeset(draft).rename(tmp_path / "draft.pdf")
    with pikepdf.open(typeset(letter)) as document, pikepdf.open(below) as other:
        group = document.make_indirect(Dictionary(Type=Name.OCG, Name="DuThao"))
        document.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))
        form = document.copy_foreign(other.pages[0].as_form_xobject())
        form.OC = group
        page = document.pages[0]
        name = page.add_resource(form, Name.XObject)
        steps = [([], Operator("q")), ([name], Operator("Do")), ([], Operator("Q"))]
        page.contents_add(pikepdf.unparse_content_stream(steps))
        document.save(tmp_path / "both.pdf")
    (read,) = pipeline.read(tmp_path / "both.pdf")
    assert (read.header.number, str(read.header.date), read.header.subject) == ("417/STL-KH", "2022-03-05", "kiểm tra hồ chứa nước")
