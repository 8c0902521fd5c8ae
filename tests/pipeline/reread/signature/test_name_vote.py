"""The signer's name voted out of several looks at it, on invented lines and sheets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from models.page import Line, Page, Reading
from pipeline.layout.zones import copies_zone, signature_zone
from pipeline.reread.looks import inside
from pipeline.reread.signature.name_vote import voted
from tests.pipeline.conftest import MM, write
from tests.pipeline.extract.header.build import line

Read = Callable[[Path], list[Page]]
Make = Callable[[], Image.Image]
Keep = Callable[..., Path]


def at(text: str, x0: float = 400, confidence: float = 0.9, y0: float = 500) -> Line:
    return line(text, x0, y0, confidence=confidence)


def name_of(*readings: Line) -> str | None:
    found = voted([[reading] for reading in readings], 450)
    return found.line.text if found else None


def test_each_syllable_is_what_most_looks_can_mean() -> None:
    assert name_of(at("tê Hoàng Mẫn"), at("LÁ Hoàng Mẫn"), at("Lê Hoàng Mẫu", confidence=0.5)) == "Lê Hoàng Mẫn"


def test_a_surname_that_one_look_alone_has_is_kept() -> None:
    whole, torn = at("Trần Quốc Khánh"), line("Quốc Khánh", 400 + 5 * 5.7, 500, confidence=0.9)
    assert name_of(torn, whole, torn) == "Trần Quốc Khánh"


def test_a_letter_that_the_seal_covers_is_told_by_its_ink() -> None:
    """A word that begins late in its place lost its first letter: no An where others read a letter before it."""
    full, late = at("Lê zấn Sáng"), Line(words=(*at("Lê").words, *line("ấn Sáng", 400 + 4 * 5.7 + 4, 500, confidence=0.9).words))
    assert name_of(full, late, late) == "Lê Tấn Sáng"


def test_titles_and_junk_before_the_name_are_left_out() -> None:
    assert name_of(at("PGS.TS. Lê Văn Tám"), at("PGS:TS. Lê Văn Tám")) == "Lê Văn Tám"
    assert name_of(at("S8> Lê Văn Tám"), line("Lê Văn Tám", 400 + 4 * 5.7, 500, confidence=0.9)) == "Lê Văn Tám"


def test_a_degree_read_behind_junk_is_no_surname() -> None:
    looks = (
        "TS-LS. Nguyễn Tiến Lâm",
        "TS-LS. Nguyễn Tiên Lâm",
        "TS-LS, Äguyễn Tiến Lâm",
        "T§-LS. Nguyễn Tiến Lâm",
        "- TS-LS. Nguyễn Tiến Lâm",
    )
    assert name_of(*map(at, looks)) == "Nguyễn Tiến Lâm"


def test_a_piece_of_a_rank_is_no_surname_where_other_looks_read_the_rank() -> None:
    whole = at("Thượng tá Vũ Văn Tám")
    piece = line("tà Vu Văn Tám", 400 + 7 * 5.7, 500, confidence=0.8)
    small = line("ã Vủ Văn Tám", 400 + 8 * 5.7, 500, confidence=0.9)
    assert name_of(whole, at("THượng tả Vũ Văn Tám"), piece, small, small, small) == "Vũ Văn Tám"


def test_a_syllable_that_every_look_begins_with_a_small_letter_lost_its_first() -> None:
    torn, whole = voted([[at("Lê tân Sáng")], [at("Lê tân Sáng")]], 450), voted([[at("Lê tân Sáng")], [at("Lê Tân Sáng")]], 450)
    assert torn is not None and torn.sure <= 0.5
    assert whole is not None and whole.line.text == "Lê Tân Sáng" and whole.sure > 0.5


def test_a_syllable_that_one_look_read_between_the_others_is_of_the_name() -> None:
    whole, first, end = at("Nguyễn Thí Lê Dung", confidence=0.75), at("Nguyễn"), line("Lê Dung", 400 + 11 * 5.7, 500, confidence=0.9)
    torn = Line(words=(*first.words, *end.words))
    assert name_of(torn, torn, torn, torn, torn, whole) == "Nguyễn Thị Lê Dung"


def test_a_word_of_the_seal_is_no_surname() -> None:
    torn, of_seal = at("đa Văn Lâm", confidence=0.5), line("KIÊN", 400, 500, x1=413, confidence=0.9)
    assert name_of(torn, *[of_seal] * 5, at("Hà Văn Lâm", confidence=0.4)) == "Hà Văn Lâm"


def test_an_office_is_no_name() -> None:
    assert name_of(at("PHÓ THỦ TƯỚNG"), at("PHÓ-THÚ TƯỚNG")) is None


def test_what_stands_over_the_floor_is_no_name() -> None:
    assert voted([[at("Lê Văn Tám", y0=400)]], 450) is None


def test_the_note_keeps_what_each_look_read() -> None:
    found = voted([[at("Nguyên Văn Tám")], [at("Nguyễn Văn Tám")]], 450)
    assert found is not None
    assert found.line.reading is Reading.NAME_VOTE
    assert set(found.line.readings) == {"Nguyên Văn Tám", "Nguyễn Văn Tám"}


def ring(image: Image.Image, middle: tuple[float, float], *radii: float) -> Image.Image:
    """An opaque red seal's rings (mm): black print under them is gone."""
    draw = ImageDraw.Draw(image)
    for radius in radii:
        x, y = middle
        draw.ellipse(((x - radius) * MM, (y - radius) * MM, (x + radius) * MM, (y + radius) * MM), outline=(215, 35, 45), width=5)
    return image


@pytest.mark.parametrize("name", ["Lê Tấn Sáng", "Phạm Ngọc Thường", "Trần Thị Kim Chi"])
def test_an_opaque_seal_over_the_name_s_head(sheet: Make, keep: Keep, read_pages: Read, name: str) -> None:
    image = sheet()
    ImageDraw.Draw(image).rectangle((110 * MM, 146 * MM, 180 * MM, 160 * MM), fill=(250, 249, 246))
    write(image, [(122, 150, name, True)])
    page = read_pages(keep(ring(image, (113, 138), 18.0, 17.0, 12.5)))[0]
    assert name in [found.text for found in page.lines]


def test_the_signature_stands_beside_a_list_known_by_its_filing_line_alone() -> None:
    lines = [line("- Như trên;", 86, 540), line("- Lưu: VT, TH.", 86, 555), line("Lê Văn Tám", 400, 600)]
    copies = copies_zone(lines, 595, 842)
    block = signature_zone(lines, 595, 842, copies)
    assert block is not None and copies is not None
    assert inside(lines[2].box, block) and not inside(lines[1].box, block)
    assert signature_zone(lines[:2], 595, 842) is None
