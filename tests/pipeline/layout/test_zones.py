"""Where a zone stands that is looked at again, when little of it was read."""

from __future__ import annotations

from models.page import Role
from pipeline.layout.zones import copies_zone, lone_name, signature_zone
from tests.pipeline.extract.header.build import line

BODY = line("triển khai thực hiện nghiêm túc, báo cáo kết quả về Bộ trước ngày 15", 86, 400, x1=541)
NAME = line("Thượng tướng Trần Văn Bình", 345, 520, confidence=0.8)


def test_a_name_with_room_for_a_signature_over_it_tells_where_the_foot_is() -> None:
    signed = signature_zone([BODY, NAME], 595, 842)
    listed = copies_zone([BODY, NAME], 595, 842)
    assert signed is not None and listed is not None
    assert signed.y0 < 420 < NAME.box.y1 < signed.y1 and signed.x0 < NAME.box.x0
    assert listed.x1 < NAME.box.x0 and listed.y0 < 420


def test_a_name_within_the_text_is_no_signature() -> None:
    over = line("qua đồng chí", 345, 506)
    assert lone_name([BODY, over, NAME], 595) is None
    assert lone_name([NAME, line(BODY.text, 86, 700, x1=541)], 595) is None
    assert lone_name([BODY, line("Bộ phận một cửa", 345, 520)], 595) is None


def test_no_line_of_the_head_is_the_name_at_the_foot() -> None:
    head = line("Tô Trình", 290, 143).model_copy(update={"role": Role.TYPE})
    signed = line("Thiếu trớng Lê Văn Dũng", 345, 748, confidence=0.8)
    assert lone_name([head], 595) is None
    assert lone_name([head, signed], 595) is signed


def test_a_list_without_its_filing_line_may_go_on_below() -> None:
    title, first = line("Nơi nhận:", 86, 600), line("- Như thành phần mời;", 86, 612)
    filed = line("- Lưu: VT.", 86, 624)
    whole, torn = copies_zone([BODY, title, first, filed], 595, 842), copies_zone([BODY, title, first], 595, 842)
    assert whole is not None and torn is not None
    assert whole.y1 < filed.box.y1 + 10
    assert torn.y1 > first.box.y1 + 2 * first.box.height
