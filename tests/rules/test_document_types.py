"""What types of documents are called."""

from __future__ import annotations

from rules.document_types import type_names


def test_a_type_is_called_by_its_first_name_without_what_explains_it() -> None:
    assert type_names()["QĐ"] == "Quyết định" and type_names()["CT"] == "Chỉ thị"
    assert not any("(" in name for name in type_names().values())
