"""Days, extensions, corrections, reminders and groups as letters word them, from their words to the flags. All letters are invented."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest

from models.letter import Header, Letter, Source, letter_id
from models.trace import Trace
from pipeline.extract.references import read_text
from pipeline.extract.references.text.body_text import of_text
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace import trace

NUMBER = "512/BGDĐT-GDTrH"
MINISTRY = "Bộ Giáo dục và Đào tạo"
X = f"Công văn số {NUMBER} ngày 02 tháng 02 năm 2023 của {MINISTRY}"
ALL = ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",)
REPORT = "Đề nghị Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương báo cáo kết quả về Bộ trước ngày 31/3/2023."
FIRST, LATER = date(2023, 3, 31), date(2023, 4, 15)


def read(number: str, on: str, issuer: str, text: str, subject: str = "", to: tuple[str, ...] = ALL, **more: object) -> Letter:
    """A letter of these words, without its sheet."""
    fingerprint = sha256(f"{number} {text}".encode()).hexdigest()
    header = Header.model_validate(
        {"issuer": issuer, "number": number, "doc_type": "CV", "date": on, "subject": subject or None, "recipients": to, **more}
    )
    found = read_text(of_text(text, subject or None), header)
    return Letter(
        id=letter_id(fingerprint, 1), source=Source(file=f"{number}.pdf", sha256=fingerprint, pages=(1, 1), kind="digital"), header=header,
        references=found.references, deadlines=found.deadlines, assignments=found.assignments, reminders=found.reminders,
        obligations=(), instructs=bool(found.assignments), text=(text,),
    )  # fmt: skip


def asked(text: str = REPORT, to: tuple[str, ...] = ALL, **more: object) -> Letter:
    return read(NUMBER, "2023-02-02", MINISTRY, text, "dạy thêm, học thêm", to, **more)


def after(text: str, on: str = "2023-03-20", subject: str = "", to: tuple[str, ...] = ALL) -> Letter:
    return read("901/BGDĐT-GDTrH", on, MINISTRY, text.replace("{X}", X), subject, to)


def of_province(name: str, doc_type: str, on: str, text: str, to: str = MINISTRY) -> Letter:
    number = f"77/{doc_type}-UBND" if doc_type != "CV" else "77/UBND-VX"
    return read(number, on, f"Ủy ban nhân dân tỉnh {name}", text.replace("{X}", X), "", (to,), doc_type=doc_type)


def of(*letters: Letter, province: str = "Gia Lai", as_of: str = "2023-04-05") -> Trace:
    shelf = MemoryIndex(letters)
    graph = assemble(resolve(one, shelf) for one in letters)
    meant = next(id for id, node in graph.nodes.items() if node.number == NUMBER)
    return trace(graph, meant, province, date.fromisoformat(as_of))


BOTH = (
    "Bộ Giáo dục và Đào tạo đề nghị Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương:\n"
    "1. Xây dựng phương án quản lý dạy thêm, học thêm trước ngày 15/3/2023.\n2. Báo cáo kết quả thực hiện về Bộ chậm nhất ngày 30/6/2023."
)
PLAN = "Thực hiện {X}, Ủy ban nhân dân tỉnh Gia Lai ban hành Kế hoạch như sau:\n1. Rà soát."
DONE = "Thực hiện {X}, Ủy ban nhân dân tỉnh Gia Lai báo cáo kết quả như sau: đã rà soát."


def test_a_plan_and_a_report_each_by_its_day() -> None:
    both, plan = asked(BOTH), of_province("Gia Lai", "KH", "2023-03-01", PLAN, "Các sở, ban, ngành")
    report = of_province("Gia Lai", "BC", "2023-06-20", DONE)
    assert (of(both, as_of="2023-03-20").due, of(both, as_of="2023-03-20").flags) == (date(2023, 3, 15), ("OVERDUE",))
    assert (of(both, plan, as_of="2023-03-20").due, of(both, plan, as_of="2023-03-20").flags) == (date(2023, 6, 30), ())
    assert of(both, plan, as_of="2023-07-20").flags == ("OVERDUE",)
    assert (of(both, plan, report, as_of="2023-07-20").due, of(both, plan, report, as_of="2023-07-20").flags) == (date(2023, 6, 30), ())


MOVES = [
    "Để các địa phương có thêm thời gian, Bộ Giáo dục và Đào tạo thống nhất lùi thời hạn gửi báo cáo nêu tại {X} đến hết ngày 15/4/2023.",
    "Thời hạn gửi báo cáo tại {X} được lùi đến ngày 15/4/2023.",
    "Bộ cho phép các địa phương gửi báo cáo chậm nhất đến ngày 15/4/2023 (thay vì ngày 31/3/2023 như đã nêu tại {X}).",
    "Thời gian gửi báo cáo quy định tại {X} được thay đổi thời hạn như sau: trước ngày 15/4/2023.",
    "Bộ thông báo điều chỉnh thời hạn gửi báo cáo tại {X} thành ngày 15/4/2023.",
    "Bộ gia hạn thời gian gửi báo cáo theo {X} thêm 15 ngày.",
    "Thời hạn gửi báo cáo theo {X} được kéo dài đến ngày 15/4/2023.",
    "Các địa phương chưa gửi báo cáo theo {X} được phép gửi chậm nhất đến hết ngày 15/4/2023.",
    "Bộ Giáo dục và Đào tạo cho phép các địa phương báo cáo nội dung theo {X} trước ngày 15/4/2023.",
    "Về đề nghị gia hạn của một số tỉnh, Bộ có ý kiến: đồng ý lùi thời hạn gửi báo cáo theo {X} đến ngày 15/4/2023.",
    'Do lỗi đánh máy, Bộ Giáo dục và Đào tạo xin đính chính tại {X}: thời hạn báo cáo ghi là "trước ngày 31/3/2023" nay sửa thành "trước '
    'ngày 15/4/2023".',
]
KEEPS = [
    "Bộ đề nghị các tỉnh thực hiện đúng thời hạn nêu tại {X}, không xem xét lùi thời hạn đến ngày 15/4/2023.",
    "Bộ không cho phép các địa phương báo cáo nội dung theo {X} sau ngày 15/4/2023.",
    "Không gia hạn thời gian gửi báo cáo theo {X}; sau ngày 15/4/2023 Bộ sẽ tổng hợp, báo cáo Thủ tướng Chính phủ.",
    "Bộ nhận được văn bản của tỉnh Kon Tum đề nghị lùi thời hạn gửi báo cáo theo {X} sang ngày 15/4/2023. Bộ không nhất trí.",
    "Bộ Giáo dục và Đào tạo gia hạn thời gian gửi báo cáo theo {X} cho các tỉnh bị ảnh hưởng của bão đến ngày 15/4/2023.",
]


@pytest.mark.parametrize("text", MOVES)
def test_a_day_is_moved_from_that_letters_day_on(text: str) -> None:
    assert (of(asked(), after(text)).due, of(asked(), after(text)).flags) == (LATER, ())
    assert of(asked(), after(text), as_of="2023-03-10").due == FIRST
    assert of(asked(), after(text), as_of="2023-05-05").flags == ("OVERDUE",)


@pytest.mark.parametrize("text", KEEPS)
def test_what_is_refused_or_of_a_group_that_nobody_knows_moves_nothing(text: str) -> None:
    assert (of(asked(), after(text)).due, of(asked(), after(text)).flags) == (FIRST, ("OVERDUE",))


def test_a_province_that_asks_for_more_time_has_none() -> None:
    text = "Ủy ban nhân dân tỉnh Gia Lai đề nghị Bộ xem xét cho phép lùi thời hạn gửi báo cáo theo {X} sang ngày 15/4/2023."
    found = of(asked(), of_province("Gia Lai", "CV", "2023-03-20", text))
    assert (found.due, found.flags) == (FIRST, ("OVERDUE",))


@pytest.mark.parametrize(
    "text",
    [
        "Bộ đồng ý cho Ủy ban nhân dân tỉnh Kon Tum được kéo dài thời gian gửi báo cáo theo {X} đến ngày 15/4/2023.",
        "Căn cứ tình hình thực tế, thời hạn gửi báo cáo theo {X} được gia hạn tới ngày 15 tháng 4 năm 2023 đối với tỉnh Kon Tum.",
        "Bộ nhất trí với đề nghị của Ủy ban nhân dân tỉnh Kon Tum về việc gửi báo cáo theo {X} muộn hơn, chậm nhất là ngày 15/4/2023.",
        "Sau khi xem xét, Bộ thống nhất thời gian Ủy ban nhân dân tỉnh Kon Tum gửi báo cáo theo {X} chậm nhất là ngày 15/4/2023.",
        "Bộ đồng ý với đề xuất của Ủy ban nhân dân tỉnh Kon Tum, thời hạn gửi báo cáo theo {X} là ngày 15/4/2023.",
        "Bộ đồng ý về nguyên tắc để tỉnh Kon Tum nộp báo cáo nêu tại {X} muộn hơn, hạn chót là ngày 15/4/2023.",
        "Riêng tỉnh Kon Tum, Bộ gia hạn gửi báo cáo theo {X} đến ngày 15/4/2023; các tỉnh khác thực hiện đúng thời hạn.",
        "Bộ gia hạn thời gian gửi báo cáo theo {X} cho Ủy ban nhân dân các tỉnh Tây Nguyên, Bình Phước đến ngày 15/4/2023.",
    ],
)
def test_for_whom_a_day_is_moved(text: str) -> None:
    assert of(asked(), after(text), province="Kon Tum").due == LATER
    assert of(asked(), after(text), province="Nghệ An").due == FIRST


NAMED = [
    "Thực hiện {X}, đến nay vẫn vắng báo cáo của các địa phương: Gia Lai, Kon Tum, TP. Cần Thơ. Đề nghị khẩn trương gửi báo cáo.",
    "Yêu cầu các địa phương có tên dưới đây gửi ngay báo cáo theo {X} còn thiếu: Gia Lai, Kon Tum.",
    "Các tỉnh còn nợ báo cáo theo {X}: Gia Lai, Kon Tum.",
    "Qua theo dõi {X}, đến ngày 05/4/2023 Bộ mới nhận được báo cáo của 61/63 tỉnh; còn 02 tỉnh chưa gửi là Gia Lai và Kon Tum.",
    "Phê bình Ủy ban nhân dân các tỉnh: Kon Tum, Gia Lai chậm gửi báo cáo theo {X}.",
    "Các địa phương chậm báo cáo theo {X} gồm: Kon Tum; Gia Lai; Đắk Lắk.",
    "Hiện nay, 02 tỉnh (Gia Lai, Kon Tum) chưa có báo cáo theo {X}.",
    "Tính đến ngày 08/4/2023, tỉnh Kon Tum và tỉnh Gia Lai vẫn chưa báo cáo kết quả theo yêu cầu tại {X}.",
    "Đến nay còn 02 tỉnh chưa gửi báo cáo theo {X} (danh sách kèm theo).\nDANH SÁCH\nCác tỉnh chưa gửi báo cáo\n"
    "1. Tỉnh Gia Lai\n2. Tỉnh Kon Tum",
    "Theo dõi việc thực hiện {X}, đề nghị các tỉnh chưa gửi báo cáo có tên sau đây khẩn trương thực hiện:\nSTT\nTỉnh\nBáo cáo\n1\nGia Lai\n"
    "Chưa có\n2\nNghệ An\nĐã có",
    "Đến nay, ngoài các tỉnh Nghệ An, Hà Tĩnh, các địa phương khác chưa gửi báo cáo theo {X}.",
    "Bộ hoan nghênh các tỉnh Nghệ An, Hà Tĩnh đã gửi báo cáo theo {X}, đồng thời đôn đốc các tỉnh còn lại sớm gửi báo cáo.",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_reminder_flags_gia_lai_and_not_nghe_an(text: str) -> None:
    reminder = after(text, "2023-04-10")
    assert "REMINDED" in of(asked(), reminder, as_of="2023-04-12").flags
    assert "REMINDED" not in of(asked(), reminder, province="Nghệ An", as_of="2023-04-12").flags


def test_a_reminder_that_names_nobody() -> None:
    text = (
        "Ngày 02/02/2023, Bộ Giáo dục và Đào tạo đã có Công văn số 512/BGDĐT-GDTrH đề nghị báo cáo kết quả về Bộ trước ngày 31/3/2023. "
        "Tuy nhiên, hiện vẫn còn một số địa phương chưa thực hiện. Bộ đề nghị các địa phương chưa báo cáo khẩn trương gửi về Bộ trước ngày "
        "20/4/2023."
    )
    reminder = after(text, "2023-04-10", "đôn đốc báo cáo")
    report = of_province("Gia Lai", "BC", "2023-04-05", DONE)
    assert (of(asked(), reminder, as_of="2023-04-12").due, of(asked(), reminder, as_of="2023-04-12").flags) == (
        FIRST,
        ("REMINDED", "OVERDUE"),
    )
    assert of(asked(), reminder, report, as_of="2023-04-12").flags == ()


@pytest.mark.parametrize(
    "text",
    [
        "Tiếp theo {X}, Bộ bổ sung biểu mẫu báo cáo. Một số trường chưa có giáo viên phụ trách, đề nghị các địa phương quan tâm.",
        "Bộ cảm ơn các tỉnh Nghệ An, Hà Tĩnh đã gửi báo cáo theo {X} đúng hạn.",
        "Đơn vị nào chậm gửi báo cáo theo {X} thì người đứng đầu chịu trách nhiệm.",
    ],
)
def test_what_reminds_nobody(text: str) -> None:
    assert "REMINDED" not in of(asked(), after(text, "2023-04-10"), as_of="2023-04-12").flags


def test_days_that_are_no_deadline_of_the_letter() -> None:
    received = "Đề nghị Ủy ban nhân dân các tỉnh báo cáo về Bộ trong thời hạn 20 ngày kể từ ngày nhận được Công văn này."
    assert of(asked(received), as_of="2023-12-01").flags == ("NO_DEADLINE",)
    assert of(asked(received.replace("nhận được", "ký"))).due == date(2023, 2, 22)
    own = "Đề nghị Ủy ban nhân dân các tỉnh rà soát. Bộ Giáo dục và Đào tạo sẽ tổ chức kiểm tra trước ngày 30/5/2023."
    assert of(asked(own), as_of="2023-12-01").flags == ("NO_DEADLINE",)
    quoted = (
        "Thực hiện Công văn số 88/VPCP-KGVX ngày 20 tháng 01 năm 2023 của Văn phòng Chính phủ, trong đó yêu cầu Bộ Giáo dục và Đào tạo báo "
        "cáo Thủ tướng Chính phủ trước ngày 15/3/2023, Bộ đề nghị Ủy ban nhân dân các tỉnh báo cáo trước ngày 28/02/2023."
    )
    assert of(asked(quoted), as_of="2023-02-20").due == date(2023, 2, 28)


def test_groups_and_lists_tell_whom_they_name() -> None:
    north = asked("Đề nghị báo cáo trước ngày 30/5/2023.", ("Ủy ban nhân dân các tỉnh miền núi phía Bắc",))
    assert of(north, province="Lào Cai").standing.name == "ADDRESSED"
    assert of(north).standing.name == "NOT_ADDRESSED"
    copies = ("Như trên", "UBND các tỉnh: Gia Lai, Kon Tum (để phối hợp)", "Lưu: VT")
    listed = asked("Yêu cầu chấn chỉnh việc dạy thêm.", ("Sở Giáo dục và Đào tạo các tỉnh",), copies=copies)
    assert of(listed).standing.name == "ADDRESSED"
    assert of(listed, province="Nghệ An").standing.name == "NOT_ADDRESSED"


@pytest.mark.parametrize("does", ["di dời người dân khỏi vùng nguy hiểm", "bàn giao tài liệu", "niêm yết giá"])
@pytest.mark.parametrize("who", ["các địa phương", "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"])
def test_whatever_a_group_is_told_to_do_its_name_ends_before_it(who: str, does: str) -> None:
    text = f"Bộ Giáo dục và Đào tạo yêu cầu {who} {does}; báo cáo Bộ kết quả trước ngày 31/3/2023."
    assert of(asked(text)).due == FIRST


def test_what_narrows_a_group_is_part_of_its_name() -> None:
    text = "Bộ Giáo dục và Đào tạo yêu cầu các địa phương có đông học sinh nội trú báo cáo Bộ kết quả trước ngày 31/3/2023."
    assert of(asked(text)).due is None


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Ủy ban nhân dân tỉnh Kon Tum nhận được {X}. Sau khi rà soát, Ủy ban nhân dân tỉnh báo cáo như sau: có 12 trung tâm.", "REPORTED"),
        ("Ủy ban nhân dân tỉnh Kon Tum nhận được {X}. Ủy ban nhân dân tỉnh báo cáo như sau: có 12 trung tâm.", "REPORTED"),
        ("Ủy ban nhân dân tỉnh Kon Tum nhận được {X}. Ủy ban nhân dân tỉnh sẽ báo cáo sau: chưa đủ số liệu.", "RECEIVED"),
        ("Ủy ban nhân dân tỉnh Kon Tum nhận được {X}. Sở Giáo dục và Đào tạo báo cáo như sau: có 12 trung tâm.", "RECEIVED"),
    ],
)
def test_who_receives_and_reports_in_the_next_sentence(text: str, standing: str) -> None:
    assert of(asked(), of_province("Kon Tum", "CV", "2023-03-20", text), province="Kon Tum").standing.name == standing


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương trong tháng 3 năm 2023 ban hành kế hoạch.", [("2023-03-31", "plan")]),
        ("Ủy ban nhân dân các tỉnh trước ngày 15/4/2023 báo cáo Bộ.", [("2023-04-15", "report")]),
        (
            "Ủy ban nhân dân các tỉnh trong tháng 3 năm 2023 ban hành kế hoạch; trước ngày 15/4/2023 báo cáo Bộ kết quả.",
            [("2023-03-31", "plan"), ("2023-04-15", "report")],
        ),
        ("Ủy ban nhân dân các tỉnh trong tháng 3 năm 2023 ban hành 12 kế hoạch.", []),
    ],
)
def test_a_day_before_what_is_owed(text: str, found: list[tuple[str, str]]) -> None:
    assert [(str(one.date), one.deliverable) for one in asked(text).deadlines] == found
