"""Names of persons: titles before them, and a surname read twice."""

from __future__ import annotations

import pytest

from rules.persons.names import bare_name, read_name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Nhà báo Lê Thị Lan", "Lê Thị Lan"),
        ("Hòa thượng Thích Tâm Minh", "Thích Tâm Minh"),
        ("Linh mục Trần Văn Bình", "Trần Văn Bình"),
        ("Lương y Hồ Văn Nam", "Hồ Văn Nam"),
        ("tá Hồ Văn Nam", "Hồ Văn Nam"),
    ],
)
def test_what_one_is_called_is_no_part_of_a_name(printed: str, name: str) -> None:
    assert bare_name(printed) == name


def test_a_surname_that_was_read_twice_stands_once_and_is_told() -> None:
    said = read_name("Lê Lê Văn Bình")
    assert said is not None
    assert said[0] == "Lê Văn Bình"
    assert said[2]
