"""Where words of a PDF page stand on the page as it is seen, whatever its boxes; and letters that nobody sees, or that stand twice."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest

from pipeline.acquire import take
from pipeline.recognize.pdf.hidden_layers import shown
from pipeline.recognize.pdf.text_layer import read_layer

SHOW = "BT /F1 12 Tf {colour} {x} {y} Td ({text}) Tj ET\n"


def written(path: Path, content: str, *, pages: str = "/MediaBox [0 0 595 842]", page: str = "") -> Path:
    """A PDF of one page, written by hand. pages, page: entries of the page tree's node, which are inherited, and of the page itself."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [3 0 R] /Count 1 {pages} >>",
        f"<< /Type /Page /Parent 2 0 R {page} /Contents 4 0 R /Resources << /Font << /F1 {font} >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}endstream",
    ]
    out = "%PDF-1.7\n"
    offsets = []
    for number, part in enumerate(parts, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out += f"xref\n0 5\n0000000000 65535 f \n{table}trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    path.write_text(out, encoding="ascii")
    return path


def words(path: Path) -> list[tuple[str, float, float]]:
    """Each word with where its base line begins, points from the top left of the page as it is seen."""
    document = pdfium.PdfDocument(path)
    try:
        layer = read_layer(document, document[0], 0)
        return [(piece.word.text, piece.word.box.x0, piece.word.box.y1) for piece in layer.pieces]
    finally:
        document.close()


@pytest.mark.parametrize(
    ("pages", "page", "x", "y"),
    [
        ("/MediaBox [0 0 595 842]", "", 100, 742),
        ("/MediaBox [-50 -70 545 772]", "", 50, 672),
        ("/MediaBox [595 842 0 0]", "", 100, 742),
        ("/MediaBox [0 0 1000 1000]", "/CropBox [0 0 595 842]", 100, 742),
        ("/MediaBox [0 0 595 842] /CropBox [-100 -100 700 900]", "", 100, 742),
    ],
    ids=["inherited", "negative origin", "reversed", "own crop", "crop larger than the page"],
)
def test_words_stand_a_hundred_points_from_the_page_s_corner(tmp_path: Path, pages: str, page: str, x: float, y: float) -> None:
    ((text, left, foot),) = words(written(tmp_path / "a.pdf", SHOW.format(colour="", x=x, y=y, text="Here"), pages=pages, page=page))
    assert text == "Here" and left == pytest.approx(100, abs=2) and foot == pytest.approx(100, abs=2)


def test_a_turned_page_is_measured_as_it_is_seen(tmp_path: Path) -> None:
    content = "BT /F1 12 Tf 0 -1 1 0 495 742 Tm (Here) Tj ET\n"  # 100 points from the right edge, which comes to lie on top
    ((text, left, foot),) = words(written(tmp_path / "a.pdf", content, pages="/MediaBox [0 0 595 842] /Rotate 270"))
    assert text == "Here" and left == pytest.approx(100, abs=2) and foot == pytest.approx(100, abs=2)


def test_user_space_of_two_points_a_unit_is_measured_in_points(tmp_path: Path) -> None:
    content = "BT /F1 6 Tf 50 371 Td (Here) Tj ET\n"
    path = written(tmp_path / "a.pdf", content, pages="/MediaBox [0 0 297.5 421]", page="/UserUnit 2")
    document = pdfium.PdfDocument(shown(take(path)))
    ((word, box),) = [(piece.word.text, piece.word.box) for piece in read_layer(document, document[0], 0).pieces]
    assert document[0].get_size() == pytest.approx((595, 842))
    document.close()
    assert word == "Here" and box.x0 == pytest.approx(100, abs=2) and box.y1 == pytest.approx(100, abs=2)


def test_letters_outside_the_crop_box_are_not_read(tmp_path: Path) -> None:
    both = SHOW.format(colour="", x=100, y=800, text="Cut") + SHOW.format(colour="", x=100, y=600, text="Kept")
    path = written(tmp_path / "a.pdf", both, page="/CropBox [0 0 595 742]")
    assert [text for text, _, _ in words(path)] == ["Kept"]


def test_invisible_letters_among_visible_ones_are_not_read(tmp_path: Path) -> None:
    both = SHOW.format(colour="3 Tr", x=100, y=700, text="Ghost") + SHOW.format(colour="0 Tr", x=100, y=650, text="Visible letters")
    assert [text for text, _, _ in words(written(tmp_path / "a.pdf", both))] == ["Visible", "letters"]


def test_a_layer_that_stands_twice_a_little_apart_is_read_once(tmp_path: Path) -> None:
    hidden = SHOW.format(colour="3 Tr", x=101.5, y=701, text="Hall of records")
    both = SHOW.format(colour="0 Tr", x=100, y=700, text="Hall of records") + hidden
    assert [text for text, _, _ in words(written(tmp_path / "a.pdf", both))] == ["Hall", "of", "records"]


def test_letters_drawn_twice_are_read_once(tmp_path: Path) -> None:
    twice = SHOW.format(colour="", x=100, y=700, text="Hall") + SHOW.format(colour="", x=100.3, y=700, text="Hall")
    assert [text for text, _, _ in words(written(tmp_path / "a.pdf", twice))] == ["Hall"]


def test_white_letters_are_not_read(tmp_path: Path) -> None:
    both = SHOW.format(colour="1 1 1 rg", x=100, y=700, text="Unseen") + SHOW.format(colour="0 0 0 rg", x=100, y=650, text="Seen")
    assert [text for text, _, _ in words(written(tmp_path / "a.pdf", both))] == ["Seen"]
