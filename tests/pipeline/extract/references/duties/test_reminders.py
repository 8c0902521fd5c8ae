"""What a letter says is missing, and of whom; each way of words beside its harmless twin. The letters are invented."""

from __future__ import annotations

from datetime import date

import pytest

from models.letter import Header
from models.reference import Reminder
from pipeline.extract.references import read_text
from pipeline.extract.references.text.body_text import of_text

CITED = "Công văn số 41/BXD-QHKT ngày 10 tháng 3 năm 2022 của Bộ Xây dựng"


def said(text: str, subject: str = "quy hoạch nghĩa trang", doc_type: str = "CV", issuer: str = "Bộ Xây dựng") -> tuple[Reminder, ...]:
    header = Header(issuer=issuer, number="300/BXD-QHKT", doc_type=doc_type, date=date(2022, 8, 1), subject=subject)
    return read_text(of_text(text, subject), header).reminders


NAMED = {
    f"Đến nay, Bộ Xây dựng chưa nhận được báo cáo theo {CITED} của Ủy ban nhân dân các tỉnh: Hà Nam, Nam Định và Thái Bình.": (
        "Hà Nam", "Nam Định", "Thái Bình",
    ),
    "Tuy nhiên, Ủy ban nhân dân các tỉnh Hà Nam, Nam Định vẫn vắng báo cáo, đề nghị khẩn trương gửi.": ("Hà Nam", "Nam Định"),
    "Hiện còn 02 tỉnh chưa gửi báo cáo, gồm: Hà Nam, Nam Định.": ("Hà Nam", "Nam Định"),
    "Đến nay các tỉnh Lào Cai, Yên Bái đã gửi báo cáo; các tỉnh Hà Nam, Nam Định chưa gửi báo cáo.": ("Hà Nam", "Nam Định"),
    "Bộ Xây dựng đã nhận được báo cáo của Lào Cai, còn các tỉnh Hà Nam, Nam Định chưa có báo cáo.": ("Hà Nam", "Nam Định"),
    "Quá thời hạn, Bộ mới nhận được báo cáo của 61/63 địa phương; còn Hà Nam, Nam Định chưa có báo cáo.": ("Hà Nam", "Nam Định"),
    f"Theo {CITED}, hạn gửi báo cáo là 29/7/2022. Tuy nhiên, đến nay Ủy ban nhân dân tỉnh Hà Nam vẫn chưa thực hiện.": ("Hà Nam",),
    "Riêng Ủy ban nhân dân các tỉnh Hà Nam, Nam Định, Bộ Xây dựng chưa nhận được báo cáo.": ("Hà Nam", "Nam Định"),
    "Danh sách các địa phương chưa gửi báo cáo:\n1. Hà Nam\n2. Nam Định": ("Hà Nam", "Nam Định"),
    "Đến hết tháng 7, các tỉnh Tây Nguyên chưa ban hành kế hoạch.": ("Kon Tum", "Gia Lai", "Đắk Lắk", "Đắk Nông", "Lâm Đồng"),
    f"Đề nghị các địa phương sau đây chưa gửi báo cáo theo {CITED} khẩn trương thực hiện:\n1. Hà Nam\n2. Nam Định\n"
    "Báo cáo gửi về Bộ Xây dựng trước ngày 15/8/2022.": ("Hà Nam", "Nam Định"),
    "Bộ Xây dựng đôn đốc các địa phương, tình hình gửi báo cáo như sau:\nTT\nĐịa phương\nTình trạng\n1\nHà Nam\nChưa gửi\n2\nLào Cai\n"
    "Đã gửi\n3\nNam Định\nChưa gửi": ("Hà Nam", "Nam Định"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "names"), NAMED.items())
def test_those_that_it_names(text: str, names: tuple[str, ...]) -> None:
    found = said(text)
    assert [one.named for one in found] == [names]
    assert found[0].missing == ("plan" if "kế hoạch" in text else "report")


@pytest.mark.parametrize(
    "text",
    [
        "Bộ Xây dựng tiếp tục đôn đốc việc gửi báo cáo; trừ các tỉnh Lào Cai, Yên Bái đã gửi, đề nghị các địa phương còn lại gửi báo cáo.",
        "Ngoại trừ Lào Cai và Yên Bái, các địa phương khác đến nay chưa gửi báo cáo.",
        "Đến nay mới có các tỉnh Lào Cai, Yên Bái gửi báo cáo; các tỉnh còn lại chưa gửi báo cáo.",
        "Bộ mới chỉ nhận được báo cáo của Lào Cai, Yên Bái; đề nghị các địa phương khác khẩn trương gửi.",
        "Bộ chỉ nhận được báo cáo của các tỉnh Lào Cai, Yên Bái. Đề nghị các địa phương còn lại sớm báo cáo.",
    ],
)
def test_those_that_it_excepts(text: str) -> None:
    assert [(one.named, one.excepted) for one in said(text)] == [((), ("Lào Cai", "Yên Bái"))]


@pytest.mark.parametrize(
    "text",
    [
        f"Đến nay Bộ Xây dựng vẫn chưa nhận được đầy đủ báo cáo theo {CITED}.",
        "Bộ Xây dựng đôn đốc Ủy ban nhân dân các tỉnh, thành phố gửi báo cáo về Bộ.",
        "Đã quá thời hạn nhưng nhiều địa phương chưa gửi báo cáo.",
        "Nhắc lại để các địa phương gửi báo cáo: đến nay còn 12 tỉnh chưa báo cáo.",
    ],
)
def test_where_it_names_nobody(text: str) -> None:
    assert [(one.named, one.excepted, one.missing) for one in said(text)] == [((), (), "report")]


def test_a_subject_that_urges_is_enough() -> None:
    assert [one.missing for one in said("Đề nghị các địa phương thực hiện.", "đôn đốc gửi báo cáo quy hoạch nghĩa trang")] == ["report"]
    assert said("Đề nghị các địa phương thực hiện.", "tăng cường đôn đốc thu hồi nợ") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Giao Sở Xây dựng theo dõi, đôn đốc các đơn vị thực hiện, báo cáo Ủy ban nhân dân tỉnh.",
        "Các đơn vị chưa gửi hồ sơ thì gửi kèm theo báo cáo này.",
        "Trường hợp chưa có báo cáo, đề nghị nêu rõ lý do.",
        "Trên địa bàn còn nhiều hộ chưa có nhà ở, đề nghị các tỉnh quan tâm.",
        "Thường xuyên kiểm tra, đôn đốc việc thực hiện kế hoạch.",
        "Đường dây nóng đã nhận được báo cáo của các tỉnh Hà Nam, Nam Định.",
    ],
)
def test_what_reminds_of_nothing(text: str) -> None:
    assert said(text) == ()


def test_a_report_tells_what_is_missing_and_reminds_nobody() -> None:
    text = "Đến nay còn 05 tỉnh chưa gửi báo cáo, gồm: Hà Nam, Nam Định."
    assert said(text)
    assert said(text, doc_type="BC") == ()


def test_bodies_below_a_province_are_named_as_printed() -> None:
    text = "Đến nay các đơn vị sau chưa gửi báo cáo:\n1. Sở Y tế\n2. Ủy ban nhân dân huyện Chư Sê"
    found = said(text, issuer="Ủy ban nhân dân tỉnh Gia Lai")
    assert [one.named for one in found] == [("Sở Y tế", "Ủy ban nhân dân huyện Chư Sê")]


def test_the_references_of_its_words() -> None:
    found = said(f"Căn cứ Luật Quy hoạch ngày 24 tháng 11 năm 2017.\nĐến nay còn nhiều tỉnh chưa gửi báo cáo theo {CITED}.")
    assert [one.of for one in found] == [("r2",)]
