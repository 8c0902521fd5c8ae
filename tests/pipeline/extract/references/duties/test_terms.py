"""Deadlines and assignments, one phrase a row; the letter is of 1 March 2021 and arrived on 5 March 2021, a Friday."""

from __future__ import annotations

from datetime import date

import pytest

from models.letter import Arrival, Header
from pipeline.extract.references import Findings, read_text
from pipeline.extract.references.text.body_text import of_text

HEADER = Header(
    issuer="Ủy ban nhân dân tỉnh Nghệ An", number="77/UBND-VX", doc_type="CV", date=date(2021, 3, 1), arrival=Arrival(date=date(2021, 3, 5))
)


def read(text: str) -> Findings:
    return read_text(of_text(text), HEADER)


DUE = {
    "Gửi kế hoạch về Bộ trước ngày 15 tháng 5 năm 2021.": date(2021, 5, 15),
    "Gửi kế hoạch về Bộ trước ngày 15/5/2021.": date(2021, 5, 15),
    "Gửi kế hoạch về Bộ trước ngày 15/5.": date(2021, 5, 15),
    "Gửi kế hoạch về Bộ trước ngày 15/01.": date(2022, 1, 15),
    "Gửi báo cáo chậm nhất ngày 30/6/2021.": date(2021, 6, 30),
    "Gửi báo cáo chậm nhất vào ngày 05 tháng 4 năm 2021.": date(2021, 4, 5),
    "Gửi báo cáo chậm nhất đến 16 giờ 00 ngày 18/7/2021.": date(2021, 7, 18),
    "Gửi báo cáo trước 16 giờ ngày 05/4/2021.": date(2021, 4, 5),
    "Hoàn thành trong tháng 4/2021.": date(2021, 4, 30),
    "Hoàn thành trong quý II/2021.": date(2021, 6, 30),
    "Hoàn thành trong năm 2021.": date(2021, 12, 31),
    "Gửi báo cáo trong thời hạn 10 ngày kể từ ngày nhận được văn bản này.": date(2021, 3, 15),
    "Gửi báo cáo trong thời hạn 10 ngày làm việc kể từ ngày nhận được văn bản này.": date(2021, 3, 19),
    "Gửi báo cáo trong thời hạn 15 ngày kể từ ngày ký văn bản này.": date(2021, 3, 16),
    "Đăng ký tham dự đến hết ngày 05/12/2021.": date(2021, 12, 5),
    "Hạn cuối cùng nộp hồ sơ là ngày 31/5/2021.": date(2021, 5, 31),
    "Gửi báo cáo trước ngày mùng 5 tháng 4.": date(2021, 4, 5),
    "Gửi báo cáo chậm nhất là 15/4/2021.": date(2021, 4, 15),
    "Hoàn thành trước 30 tháng 4 năm 2021.": date(2021, 4, 30),
    "Gửi báo cáo trước ngày 15 tháng sau.": date(2021, 4, 15),
    "Gửi báo cáo không muộn hơn ngày 15/4/2021.": date(2021, 4, 15),
    "Thời hạn nộp hồ sơ đến ngày 15/4/2021.": date(2021, 4, 15),
    "Thời hạn gửi báo cáo: 15/4/2021.": date(2021, 4, 15),
    "Gửi về Bộ vào ngày 15 tháng 4 năm 2021.": date(2021, 4, 15),
    "Hoàn thành trước tháng 5/2021.": date(2021, 4, 30),
    "Hoàn thành trước quý III năm 2021.": date(2021, 6, 30),
    "Gửi báo cáo đến hết tháng 6.": date(2021, 6, 30),
    "Hoàn thành trước năm 2022.": date(2021, 12, 31),
    "Hoàn thành trong 6 tháng đầu năm 2021.": date(2021, 6, 30),
    "Gửi báo cáo chậm nhất sau 05 ngày làm việc kể từ ngày nhận được văn bản này.": date(2021, 3, 12),
    "Gửi báo cáo không quá 07 ngày, kể từ ngày ký.": date(2021, 3, 8),
    "Gửi báo cáo trong vòng 01 tháng kể từ ngày ký.": date(2021, 4, 1),
    "Gửi báo cáo trong vòng mười ngày kể từ ngày ký.": date(2021, 3, 11),
    "Gửi báo cáo chậm nhất vào trước ngày 15/4/2021.": date(2021, 4, 15),
    "Báo cáo số liệu đến hết ngày 31/3/2021 trước ngày 15/4/2021.": date(2021, 4, 15),
    "Gửi báo cáo trước ngày 15/4/2021 để Bộ tổng hợp, báo cáo Chính phủ trước ngày 30/4/2021.": date(2021, 4, 15),
}


@pytest.mark.parametrize(("text", "day"), DUE.items())
def test_due(text: str, day: date) -> None:
    assert [d.date for d in read(text).deadlines] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "Báo cáo trước ngày 15/12 hằng năm.",
        "Báo cáo trước ngày 20 tháng 11 hàng năm.",
        "Báo cáo hằng năm trước 15/12.",
        "Định kỳ hằng năm, trước ngày 15 tháng 12, gửi báo cáo về Bộ.",
    ],
)
def test_yearly_term_has_no_day(text: str) -> None:
    assert [d.date for d in read(text).deadlines] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Khẩn trương, kịp thời triển khai thực hiện.",
        "Thực hiện từ năm 2021, giai đoạn 2021-2030.",
        "Đăng ký từ ngày 01/5/2021 đến hết ngày 05/5/2021.",
        "Dự án được phê duyệt trước ngày 01/7/2021 thì tiếp tục thực hiện.",
        "UBND tỉnh đã báo cáo trước ngày 15/01/2020.",
        "Xây dựng kế hoạch 5 năm, hằng năm thực hiện nhiệm vụ.",
    ],
)
def test_no_term(text: str) -> None:
    assert read(text).deadlines == ()


def test_who_owes_it_stands_in_the_head_of_the_list() -> None:
    told = read(
        "Bộ Y tế đề nghị Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương quan tâm chỉ đạo một số nội dung sau:\n"
        "1. Gửi kế hoạch về Bộ Y tế trước ngày 15/5/2021."
    ).deadlines
    assert told[0].who == ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",)
    assert told[0].what == "Gửi kế hoạch về Bộ Y tế"


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính triển khai.", [("Sở Y tế", "chủ trì"), ("Sở Tài chính", "phối hợp")]),
        ("Giao Sở Y tế, Sở Tài chính chủ trì triển khai.", [("Sở Y tế", "chủ trì"), ("Sở Tài chính", "chủ trì")]),
        ("Yêu cầu Sở Nội vụ tham mưu ban hành.", [("Sở Nội vụ", "tham mưu")]),
        ("Sở Y tế là cơ quan đầu mối theo dõi, tổng hợp kết quả.", [("Sở Y tế", "đầu mối theo dõi, tổng hợp")]),
        ("Điều 2. Sở Y tế chủ trì, phối hợp với các cơ quan liên quan hướng dẫn.", [("Sở Y tế", "chủ trì")]),
        ("1. Sở Y tế\n- Chủ trì, phối hợp với Sở Tài chính bố trí kinh phí.", [("Sở Y tế", "chủ trì"), ("Sở Tài chính", "phối hợp")]),
        ("Đề nghị các đơn vị quan tâm.", []),
    ],
)
def test_given(text: str, given: list[tuple[str, str]]) -> None:
    assert [(a.to.removesuffix(" tỉnh Nghệ An"), a.role) for a in read(text).assignments] == given


def test_two_days_of_one_sentence_ask_for_two_things() -> None:
    found = read("Các tỉnh gửi kế hoạch trước ngày 15/4/2021 và báo cáo kết quả trước ngày 15/12/2021.").deadlines
    assert [(d.date, d.deliverable, d.who) for d in found] == [
        (date(2021, 4, 15), "plan", ("Các tỉnh",)),
        (date(2021, 12, 15), "report", ("Các tỉnh",)),
    ]


def test_a_day_counted_from_an_unknown_receipt_has_no_date() -> None:
    unstamped = HEADER.model_copy(update={"arrival": None})
    text = "Gửi báo cáo trong vòng 10 ngày kể từ ngày nhận được văn bản này."
    assert [d.date for d in read_text(of_text(text), unstamped).deadlines] == [None]


KINDS = {
    "Ban hành kế hoạch thực hiện trước ngày 15/5/2021.": "plan",
    "Xây dựng kế hoạch, báo cáo Bộ trước ngày 15/5/2021.": "plan",
    "Gửi kế hoạch về Bộ trước ngày 15/5/2021.": "plan",
    "Gửi báo cáo kết quả thực hiện kế hoạch về Bộ trước ngày 15/5/2021.": "report",
    "Triển khai Kế hoạch và báo cáo kết quả trước ngày 15/5/2021.": "report",
    "Gửi kế hoạch và báo cáo kết quả năm 2020 trước ngày 15/5/2021.": "report",
    "Gửi danh sách cán bộ tham dự trước ngày 15/5/2021.": "report",
    "Có ý kiến bằng văn bản trước ngày 15/5/2021.": "report",
    "Hoàn thành việc sửa chữa cầu trước ngày 15/5/2021.": "other",
}


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_what_a_day_asks_for(text: str, kind: str) -> None:
    assert [d.deliverable for d in read(text).deadlines] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân tỉnh sẽ hoàn thành trước ngày 15/5/2021.",
        "Ủy ban nhân dân tỉnh cam kết gửi báo cáo trước ngày 15/5/2021.",
        "Tại Công văn số 12/BYT-DP ngày 01 tháng 02 năm 2021, Bộ Y tế đã đề nghị gửi báo cáo trước ngày 15/5/2021.",
        "Theo Công văn số 12/BYT-DP ngày 01 tháng 02 năm 2021 của Bộ Y tế, trong đó yêu cầu các tỉnh báo cáo trước ngày 15/5/2021.",
    ],
)
def test_a_day_that_the_sender_sets_himself_or_quotes_is_none(text: str) -> None:
    assert read(text).deadlines == ()


@pytest.mark.parametrize(
    "text",
    [
        "Tại Công văn số 12/BYT-DP ngày 01 tháng 02 năm 2021, Bộ Y tế đã đề nghị các địa phương tăng cường kiểm tra; nay yêu cầu "
        "các đơn vị gửi báo cáo trước ngày 15/5/2021.",
        "Thực hiện Công văn số 12/BYT-DP ngày 01 tháng 02 năm 2021 của Bộ Y tế, yêu cầu các đơn vị báo cáo trước ngày 15/5/2021.",
        "Để kịp tổng hợp, đề nghị các đơn vị sẽ gửi báo cáo trước ngày 15/5/2021.",
    ],
)
def test_a_day_beside_a_quotation_is_one(text: str) -> None:
    assert [d.date for d in read(text).deadlines] == [date(2021, 5, 15)]


def test_a_report_sets_nobody_a_day() -> None:
    report = HEADER.model_copy(update={"doc_type": "BC"})
    text = "Hoàn thành việc nâng cấp trước ngày 15/5/2021."
    assert read_text(of_text(text), report).deadlines == ()
    assert read(text).deadlines != ()


WHO = {
    "Đề nghị Ủy ban nhân dân các tỉnh, thành phố có biển gửi báo cáo trước ngày 15/5/2021.": "Ủy ban nhân dân các tỉnh, thành phố có biển",
    "Yêu cầu các sở, ban, ngành gửi báo cáo trước ngày 15/5/2021.": "các sở, ban, ngành",
    "Đề nghị Ủy ban nhân dân các tỉnh Tây Nguyên:\n1. Ban hành kế hoạch trước ngày 15/5/2021.": "Ủy ban nhân dân các tỉnh Tây Nguyên",
    "Đề nghị Ủy ban nhân dân các tỉnh:\n1. Bố trí kinh phí trước ngày 15/5/2021.": "Ủy ban nhân dân các tỉnh",
}


@pytest.mark.parametrize(("text", "who"), WHO.items())
def test_who_owes_it_with_all_that_narrows_a_group(text: str, who: str) -> None:
    assert [d.who for d in read(text).deadlines] == [(who,)]


def given(text: str, **header: object) -> list[tuple[str, str, date | None]]:
    found = read_text(of_text(text), HEADER.model_copy(update=header)).assignments
    return [(one.to.removesuffix(" tỉnh Nghệ An"), one.role, one.due) for one in found]


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("Ủy ban nhân dân tỉnh giao Sở Giao thông vận tải kiểm tra cầu phao.", ["Sở Giao thông vận tải"]),
        ("Yêu cầu các sở, ban, ngành khẩn trương thực hiện.", ["các sở, ban, ngành"]),
        ("Giao Sở Y tế, Ủy ban nhân dân huyện Kỳ Sơn rà soát.", ["Sở Y tế", "Ủy ban nhân dân huyện Kỳ Sơn"]),
        ("Yêu cầu Sở Y tế:\n1. Rà soát trạm y tế.\n2. Báo cáo kết quả.", ["Sở Y tế", "Sở Y tế"]),
        ("2. Sở Nội vụ\n- Hướng dẫn các đơn vị.", ["Sở Nội vụ"]),
        ("Ủy ban nhân dân tỉnh yêu cầu:\n1. Sở Y tế rà soát trạm y tế.", ["Sở Y tế"]),
    ],
)
def test_a_duty_without_a_role_is_given_too(text: str, to: list[str]) -> None:
    assert given(text) == [(one, "thực hiện", None) for one in to]


@pytest.mark.parametrize(
    "text",
    [
        "Giáo viên và học sinh các trường được nghỉ trong những ngày có bão.",
        "Hệ thống giao thông các huyện thông suốt.",
        "Bộ Ngoại giao các nước đã trao đổi.",
        "Hồ sơ đã bàn giao các đơn vị quản lý.",
        "Nhiệm vụ được giao các sở thực hiện tốt.",
        "Theo đề nghị của Sở Y tế, phối hợp là cần thiết.",
        "Ủy ban nhân dân tỉnh đã giao Sở Y tế rà soát từ năm 2020.",
        "Đề nghị Bộ Y tế xem xét, hỗ trợ kinh phí.",
        "2. Sở Nội vụ\n- Danh mục thiết bị.",
        "Bộ Ngoại giao chủ trì đón đoàn.",
        "Căn cứ Nghị định số 71/2020/NĐ-CP ngày 30 tháng 6 năm 2020. Giáo viên các trường được nghỉ theo quy định.",
    ],
)
def test_these_words_give_nobody_anything(text: str) -> None:
    assert given(text) == []


def test_a_report_gives_nothing_that_bears_no_role() -> None:
    assert given("Yêu cầu các sở, ban, ngành khẩn trương thực hiện.", doc_type="BC") == []


def test_by_when_it_is_to_be_done() -> None:
    text = (
        "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính tham mưu kế hoạch, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/4/2021; "
        "giao Sở Nội vụ rà soát biên chế. Giao Sở Xây dựng kiểm tra nhà ở, hoàn thành trong tháng 5/2021."
    )
    assert given(text) == [
        ("Sở Y tế", "chủ trì", date(2021, 4, 15)),
        ("Sở Tài chính", "phối hợp", date(2021, 4, 15)),
        ("Sở Nội vụ", "thực hiện", None),
        ("Sở Xây dựng", "thực hiện", date(2021, 5, 31)),
    ]


def test_the_addressees_are_given_nothing_by_their_own_lines() -> None:
    text = "- Sở Y tế tỉnh Nghệ An;\n- Phối hợp thực hiện tốt."
    assert given(text, recipients=("Sở Y tế tỉnh Nghệ An",)) == []
    assert given(text) == [("Sở Y tế", "thực hiện", None)]
