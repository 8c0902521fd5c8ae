"""From when and until when: the days that letters set for themselves and for what they end, as their words tell them and no further."""

from datetime import date
from typing import Any

import pytest

from models.letter import Header
from pipeline.extract.references import Findings, read_text
from pipeline.extract.references.text.body_text import of_text

HEAD = Header(issuer="Ủy ban nhân dân tỉnh Nghệ An", number="20/QĐ-UBND", doc_type="QĐ", date=date(2021, 3, 1))


def read(text: str) -> Findings:
    return read_text(of_text(text), HEAD)


def said(text: str) -> list[tuple[Any, ...]]:
    """(says, day: the printed one, "+N" from the letter's own, "with it" or null, "part" where it is of a part)."""
    found = []
    for one in read(text).effect:
        day = one.date or (f"+{one.after}" if one.after is not None else "with it" if one.with_letter else None)
        found.append((one.says, day, *(["part"] if one.scope == "part" else [])))
    return found


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Điều 3. Quyết định này có hiệu lực kể từ ngày ký.", [("from", "+0")]),
        ("Điều 3. Quyết định này có hiệu lực thi hành từ ngày ký ban hành.", [("from", "+0")]),
        ("Quyết định có hiệu lực kể từ ngày ký.", [("from", "+0")]),
        ("Điều 2. Hiệu lực thi hành: kể từ ngày ký.", [("from", "+0")]),
        ("Quyết định này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2025.", [("from", date(2025, 7, 1))]),
        ("Chỉ thị này có hiệu lực từ 0 giờ 00 phút ngày 01/4/2020.", [("from", date(2020, 4, 1))]),
        ("Quy chế này có hiệu lực từ 01/01/2022.", [("from", date(2022, 1, 1))]),
        ("Nghị định này có hiệu lực thi hành sau 45 ngày, kể từ ngày ký.", [("from", "+45")]),
        ("Quyết định này có hiệu lực sau 10 (mười) ngày kể từ ngày ban hành.", [("from", "+10")]),
        ("Thông tư này có hiệu lực sau 45 ngày kể từ ngày đăng Công báo.", [("from", None)]),
        ("Quyết định này có hiệu lực sau 5 ngày làm việc kể từ ngày ký.", [("from", None)]),
        ("Luật này có hiệu lực kể từ ngày được Quốc hội thông qua.", [("from", None)]),
        ("Chính sách tại Quyết định này được áp dụng đến hết ngày 31/12/2025.", [("until", date(2025, 12, 31))]),
        (
            "Kế hoạch này có hiệu lực từ ngày 01/01/2022 đến hết ngày 31/12/2025.",
            [("from", date(2022, 1, 1)), ("until", date(2025, 12, 31))],
        ),
        ("Thông báo này hết hiệu lực sau ngày 31/12/2025.", [("until", date(2025, 12, 31))]),
        ("Quyết định này hết hiệu lực thi hành kể từ ngày 01/01/2026.", [("ends", date(2026, 1, 1))]),
        ("Khoản 2 Điều 5 Quyết định này có hiệu lực từ ngày 01/01/2023.", [("from", date(2023, 1, 1), "part")]),
    ],
)
def test_of_the_letter_itself(text: str, right: list[tuple[Any, ...]]) -> None:
    assert said(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "Luật Đất đai (có hiệu lực từ ngày 01/8/2024) giao Ủy ban nhân dân tỉnh quy định.",
        "Luật số 72/2020/QH14 có hiệu lực từ ngày 01/01/2022.",
        "Văn bản này chưa có hiệu lực từ ngày 01/01/2022.",
        "Dự thảo dự kiến có hiệu lực từ ngày 01/01/2026.",
        "Bản án đã có hiệu lực pháp luật phải được thi hành.",
        "Giấy phép lái xe còn hiệu lực đến ngày thi.",
    ],
)
def test_what_is_not_said_of_the_letter_sets_nothing(text: str) -> None:
    assert said(text) == []


def test_its_words_page_and_sentence_come_with_it() -> None:
    (clause,) = read("Căn cứ Luật Đầu tư công.\nĐiều 3. Quyết định này có hiệu lực kể từ ngày ký.").effect
    assert clause.text == "có hiệu lực kể từ ngày ký"
    assert clause.sentence == "Điều 3. Quyết định này có hiệu lực kể từ ngày ký."
    assert clause.page == 1


def ended(text: str) -> list[tuple[Any, ...]]:
    """(says, day, numbers of the documents that it is said of)."""
    found = read(text)
    number = {one.id: one.number for one in found.references}
    return [(one.says, one.date or one.with_letter or one.after, [number[id] for id in one.of]) for one in found.effect]


def test_a_letter_that_begins_and_replaces_another_says_its_own_day() -> None:
    text = "Quyết định này có hiệu lực kể từ ngày 01/7/2025 và thay thế Quyết định số 19/2022/QĐ-UBND ngày 05/5/2022 của UBND tỉnh."
    assert ended(text) == [("from", date(2025, 7, 1), [])]
    turned = "Quyết định này thay thế Quyết định số 19/2022/QĐ-UBND ngày 05/5/2022 của UBND tỉnh và có hiệu lực kể từ ngày 01/7/2025."
    assert ended(turned) == [("from", date(2025, 7, 1), [])]


def test_the_day_of_what_it_ends() -> None:
    text = "Quyết định số 19/2022/QĐ-UBND ngày 05/5/2022 của UBND tỉnh hết hiệu lực kể từ ngày 01/7/2025."
    assert ended(text) == [("ends", date(2025, 7, 1), ["19/2022/QĐ-UBND"])]
    with_it = "Quyết định số 19/2022/QĐ-UBND ngày 05/5/2022 của UBND tỉnh hết hiệu lực kể từ ngày Quyết định này có hiệu lực."
    assert ended(with_it) == [("ends", True, ["19/2022/QĐ-UBND"])]
    plain = "Bãi bỏ Quyết định số 19/2022/QĐ-UBND ngày 05/5/2022 của UBND tỉnh kể từ ngày 01/7/2025."
    assert ended(plain) == [("ends", date(2025, 7, 1), ["19/2022/QĐ-UBND"])]


def test_each_of_a_list_ends_on_the_day_of_its_head() -> None:
    text = (
        "Bãi bỏ các văn bản sau đây, hết hiệu lực kể từ ngày 01/7/2025:\n"
        "1. Quyết định số 19/2022/QĐ-UBND ngày 05/5/2022 của UBND tỉnh;\n"
        "2. Quyết định số 7/2020/QĐ-UBND ngày 04/4/2020 của UBND tỉnh.\n"
        "Giao Sở Tài chính thực hiện Quyết định số 3/QĐ-UBND ngày 03/3/2020 của UBND tỉnh."
    )
    (clause,) = [one for one in ended(text) if one[2]]
    assert clause == ("ends", date(2025, 7, 1), ["19/2022/QĐ-UBND", "7/2020/QĐ-UBND"])


def test_a_suspension_with_its_end() -> None:
    text = "Tạm ngưng hiệu lực Quyết định số 19/2022/QĐ-UBND ngày 05/5/2022 của UBND tỉnh kể từ ngày 01/7/2025 đến hết ngày 31/12/2025."
    assert ended(text) == [("ends", date(2025, 7, 1), ["19/2022/QĐ-UBND"]), ("until", date(2025, 12, 31), ["19/2022/QĐ-UBND"])]


def test_a_suspension_or_an_extension_with_its_last_day_alone() -> None:
    text = "Ngưng hiệu lực Quyết định số 19/2022/QĐ-UBND ngày 05/5/2022 của UBND tỉnh đến hết ngày 31/12/2025."
    assert ended(text) == [("until", date(2025, 12, 31), ["19/2022/QĐ-UBND"])]
    longer = "Kéo dài thời gian thực hiện Quyết định số 19/2022/QĐ-UBND ngày 05/5/2022 của UBND tỉnh đến hết ngày 31/12/2025."
    assert ended(longer) == [("until", date(2025, 12, 31), ["19/2022/QĐ-UBND"])]


def test_the_article_that_a_clause_stands_in_is_no_part() -> None:
    assert said("Ủy viên Thư ký Điều 2. Quyết định này có hiệu lực kể từ ngày ký.") == [("from", "+0")]
