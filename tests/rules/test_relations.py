"""What relations are called."""

from __future__ import annotations

from rules.relations import relation_name


def test_a_relation_has_a_name_in_both_languages() -> None:
    assert relation_name("based_on") == "căn cứ" and relation_name("based_on", "en") == "based on"


def test_of_the_finer_names_its_own_is_taken_and_what_the_table_lacks_stays() -> None:
    assert relation_name("implements") == "thực hiện / triển khai" and relation_name("no_such") == "no_such"
