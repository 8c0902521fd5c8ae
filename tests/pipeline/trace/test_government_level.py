"""Where an issuer sits: a province's committee is told from that of a city which bears the province's name."""

import pytest

from models.graph import Node
from pipeline.trace.government_level import government_level
from tests.pipeline.link.by_hand import day


@pytest.mark.parametrize(
    ("issuer", "on", "kind", "province"),
    [
        ("Ủy ban nhân dân tỉnh Sơn La", "2022-01-04", "committee", "Sơn La"),
        ("Ủy ban nhân dân thành phố Sơn La", "2022-01-04", "district", "Sơn La"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ LẠNG SƠN, TỈNH LẠNG SƠN", "2022-01-04", "district", "Lạng Sơn"),
        ("Ủy ban nhân dân thành phố Vinh, tỉnh Nghệ An", "2022-01-04", "district", "Nghệ An"),
        ("Ủy ban nhân dân thành phố Hà Nội", "2022-01-04", "committee", "Hà Nội"),
        ("Ủy ban nhân dân TP. Hồ Chí Minh", "2022-01-04", "committee", "Hồ Chí Minh"),
        ("Ủy ban nhân dân thành phố Thủ Đức, thành phố Hồ Chí Minh", "2022-01-04", "district", "Hồ Chí Minh"),
        ("Ủy ban nhân dân thành phố Huế", "2022-01-04", "district", "Thừa Thiên Huế"),
        ("Ủy ban nhân dân thành phố Huế", "2025-02-04", "committee", "Huế"),
    ],
)
def test_a_city_of_a_province_is_not_the_province(issuer: str, on: str, kind: str, province: str) -> None:
    found = government_level(Node(id="n", number="5/UBND-VX", date=day(on), issuer=issuer))
    assert (found.kind, found.province) == (kind, province)
