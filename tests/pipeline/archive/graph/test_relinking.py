"""Whatever order files come in, and whatever is taken out or put right on the way, the archive ends the same."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.graph import Graph
from models.letter import CITED, Letter
from pipeline.archive import Archive, open_archive
from pipeline.link import MemoryIndex, assemble, copy_of, resolve, settle
from tests.pipeline.archive.invented import HA_TINH, MINISTRY, NGHE_AN, cite, hand_in, sheet, write

PM = "Thủ tướng Chính phủ"
BODY = "triển khai kế hoạch tổng thể nâng cao năng suất dựa trên nền tảng khoa học công nghệ và đổi mới sáng tạo tại các địa phương"
DIRECTIVE = cite("36/QĐ-TTg", "2021-01-11", PM)
UNREAD = "phát triển kinh tế rừng bền vững gắn với chế biến gỗ trên địa bàn các huyện miền núi phía tây"
WORLD = {
    "directive": sheet("36/QĐ-TTg", PM, "2021-01-11", "phê duyệt kế hoạch", doc_type="QĐ"),
    "last year's": sheet("36/QĐ-TTg", PM, "2020-01-11", "việc khác hẳn", doc_type="QĐ"),
    "ministry": sheet("332/BKHCN-TĐC", MINISTRY, "2021-02-23", BODY, cites=[cite("36/QĐ-TTg", "2021-01-11", PM)]),
    "ministry, scanned again": sheet("332/BKHCN-TĐC", MINISTRY, "2021-02-23", BODY, body="mờ", cites=[DIRECTIVE]),
    "ministry, enclosed": sheet("332/BKHCN-TĐC", MINISTRY, "2021-02-23", BODY, body="bản sao kèm theo", cites=[DIRECTIVE]),
    "province": sheet("1002/UBND-VX", NGHE_AN, "2021-03-07", cites=[cite("332/BKHCN-TĐC", "2021-02-23", MINISTRY, "acknowledges")]),
    "province, misread": sheet("1002/UBND-VX", HA_TINH, "2021-03-07", cites=[cite("332/BKHCN-TDC", "2021-02-23", MINISTRY)]),
    "dateless": sheet("1100/UBND-VX", NGHE_AN, "2021-04-01", cites=[cite("1002/UBND-VX"), cite("36/QĐ-TTg")]),
    "two of one number": sheet("87/QĐ-UBND", NGHE_AN, "2021-05-05", "bổ nhiệm cán bộ phòng tài vụ", doc_type="QĐ"),
    "the other": sheet("87/QĐ-UBND", NGHE_AN, "2021-05-05", "giao đất làm trường mẫu giáo", body="khác", doc_type="QĐ"),
    "number unread": sheet(None, NGHE_AN, "2021-07-01", UNREAD, doc_type="KH", review=["number"]),
    "tells its number": sheet(
        "500/UBND-VX", NGHE_AN, "2021-08-01", cites=[{**cite("45/KH-UBND", "2021-07-01", NGHE_AN), "sentence": f"Kế hoạch số 45 {UNREAD}"}]
    ),
    "cites it in short": sheet("600/UBND-VX", NGHE_AN, "2021-09-01", cites=[cite("45/KH-UBND")]),
    "cites one of two": sheet("90/UBND-VX", NGHE_AN, "2021-06-01", cites=[cite("87/QĐ-UBND", "2021-05-05", NGHE_AN)]),
    "prints no symbol": sheet("9/UBND-VX", HA_TINH, "2021-06-01", cites=[cite("332", "2021-02-23", MINISTRY), cite("332", None, MINISTRY)]),
    "off by a day": sheet("92/UBND-VX", HA_TINH, "2021-06-01", cites=[cite("36/QĐ-TTg", "2021-01-12", PM)]),
    "a ministry that is no more": sheet("2207/BNN-TY", "Bộ Nông nghiệp và Phát triển nông thôn", "2025-02-10"),
    "names its heir": sheet(
        "93/UBND-NN", HA_TINH, "2025-03-20", cites=[cite("2207/BNNMT-TY", "2025-02-10", "Bộ Nông nghiệp và Môi trường")]
    ),
}  # fmt: skip


def state(archive: Archive) -> list[Letter]:
    return sorted(archive.letters(with_text=True), key=lambda letter: letter.id)


def filled(folder: Path, order: list[str]) -> Archive:
    archive = open_archive(folder / "archive")
    hand_in(archive, *(write(folder / "in", f"{name}.pdf", WORLD[name]) for name in order))
    return archive


def test_the_world_settles_as_it_should(tmp_path: Path) -> None:
    archive = filled(tmp_path, list(WORLD))
    by_file = {letter.source.file.removesuffix(".pdf"): letter for letter in archive.letters()}
    copies = sorted((by_file[name] for name in WORLD if name.startswith("ministry")), key=lambda letter: letter.id)
    assert [letter.copy_of for letter in copies] == [None, copies[0].id, copies[0].id]
    assert by_file["province"].references[0].target == copies[0].id
    assert by_file["province, misread"].references[0].target == copies[0].id
    assert copies[1].references[0].target == by_file["directive"].id
    assert by_file["the other"].copy_of is None and by_file["two of one number"].copy_of is None
    # its number is told by the letter that names its subject; so the one that cites it in short finds it too
    unread = by_file["number unread"]
    assert unread.header.number is None
    assert by_file["tells its number"].references[0].target == unread.id == by_file["cites it in short"].references[0].target
    assert unread.id in {letter.id for letter in archive.around(["45||KHUBND"], 0)}
    ambiguous = by_file["cites one of two"].references[0]
    assert ambiguous.target is None
    assert set(ambiguous.candidates) == {by_file["two of one number"].id, by_file["the other"].id}
    alone, dateless = by_file["prints no symbol"].references
    assert (alone.target, dateless.candidates) == (copies[0].id, (copies[0].id,))
    assert by_file["off by a day"].references[0].candidates == (by_file["directive"].id,)
    assert by_file["names its heir"].references[0].candidates == (by_file["a ministry that is no more"].id,)
    asked = {"cites one of two", "prints no symbol", "off by a day", "names its heir"}
    assert {name for name, letter in by_file.items() if CITED in letter.review} == asked | {"dateless"}


@cache
def in_the_first_order() -> tuple[list[Letter], Graph]:
    with tempfile.TemporaryDirectory() as folder:
        archive = filled(Path(folder), list(WORLD))
        found = state(archive), assemble(archive.letters())
        archive.close()
        return found


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(list(WORLD)))
def test_any_order_gives_the_same_letters_and_graph(order: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        second = filled(Path(folder), order)
        letters, graph = in_the_first_order()
        assert state(second) == letters
        assert assemble(second.letters()) == graph
        # and it is what link itself says of all of them at once
        shelf = MemoryIndex(letter.model_copy(update={"copy_of": None}) for letter in state(second))
        for letter in list(shelf.letters.values()):
            shelf.put(letter.model_copy(update={"copy_of": copy_of(letter, shelf)}))
        assert settle(resolve(shelf.letters[letter.id], shelf) for letter in state(second)) == state(second)
        second.close()


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(list(WORLD)), st.sampled_from(["ministry", "directive", "province", "two of one number", "tells its number"]))
def test_what_is_put_wrong_and_right_again_leaves_no_trace(order: list[str], name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = filled(Path(folder), order)
        before = [letter.model_dump(exclude={"evidence", "review"}) for letter in state(archive)]
        letter = next(letter for letter in archive.letters() if letter.source.file == f"{name}.pdf")
        archive.correct(letter.id, "number", "5/XYZ-ABC", "A")
        assert [letter.model_dump(exclude={"evidence", "review"}) for letter in state(archive)] != before
        archive.correct(letter.id, "number", letter.header.number, "A")
        assert [letter.model_dump(exclude={"evidence", "review"}) for letter in state(archive)] == before
        archive.close()
