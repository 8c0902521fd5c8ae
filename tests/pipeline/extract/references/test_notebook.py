"""The pipeline as a notebook sees it: registered steps, spans to draw, and a step of one's own."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.extract.references import reader

TEXT = (
    "Thực hiện Quyết định số 36/QĐ - TTg ngày 11 tháng 01 năm 2021 của Thủ tướng Chính phủ "
    "(sau đây gọi tắt là Quyết định 36), các đơn vị báo cáo."
)


def test_steps_are_registered_by_name() -> None:
    names = ["congvan_numbers", "congvan_citations", "congvan_aliases", "congvan_anaphora", "congvan_relations"]
    assert reader().pipe_names == names
    assert all(Language.has_factory(name) for name in names)


def test_text_gives_spans_entities_and_references() -> None:
    doc = reader()(TEXT)
    assert doc.text == TEXT
    assert [s.text for s in doc.spans["numbers"]] == ["36/QĐ - TTg"]
    assert doc.spans["citations"][0].text.startswith("Quyết định số 36/QĐ - TTg ngày 11")
    assert [e.label_ for e in doc.ents] == ["implements"] + ["mentions"] * (len(doc.ents) - 1)
    assert [(r.number, r.relation) for r in doc._.references] == [("36/QĐ-TTg", "implements")]


def test_the_parts_of_a_clause_are_drawn() -> None:
    doc = reader()("Ủy ban nhân dân tỉnh chưa triển khai thực hiện Chỉ thị số 21/CT-TTg; bãi bỏ khoản 2 Quyết định số 5/QĐ-UBND.")
    drawn = {key: [(s.text, s.label_) for s in doc.spans[key]] for key in ("predicates", "polarity", "agents", "objects", "scopes")}
    assert drawn == {
        "predicates": [("triển khai thực hiện", "implements"), ("bãi bỏ", "repeals")],
        "polarity": [("chưa", "denied")],
        "agents": [("Ủy ban nhân dân tỉnh", "self")],
        "objects": [("Chỉ thị số 21/CT-TTg", "implements"), ("Quyết định số 5/QĐ-UBND", "mentions")],
        "scopes": [("khoản", "part")],
    }


def test_number_inside_a_token_is_found() -> None:
    assert [r.number for r in reader()("(theo36/QĐ-TTg)")._.references] == []
    assert [r.number for r in reader()("(36/QĐ-TTg;1322/QĐ-TTg)")._.references] == ["36/QĐ-TTg", "1322/QĐ-TTg"]


def test_a_component_of_ones_own_can_follow() -> None:
    @Language.component("count_for_test")
    def count(doc: Doc) -> Doc:
        doc.user_data["count"] = len(doc._.references)
        return doc

    nlp = reader()
    nlp.add_pipe("count_for_test", last=True)
    try:
        assert nlp(TEXT).user_data["count"] == 1
    finally:
        nlp.remove_pipe("count_for_test")
