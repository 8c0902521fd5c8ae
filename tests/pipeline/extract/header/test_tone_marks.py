"""Tone marks of a scan's head, mended and named; a text layer is as it was typed."""

from __future__ import annotations

from pipeline.extract.header.evidence import evidence
from pipeline.extract.header.tone_marks import mend_line, mend_list
from pipeline.extract.header.values import Value


def test_what_was_mended_is_named_with_what_was_read() -> None:
    value = mend_line("subject", Value("kiểm tra an toàn thực phám", evidence([], 0.9)), {})
    assert value.value == "kiểm tra an toàn thực phẩm"
    assert value.evidence is not None
    assert value.evidence.repairs == ("tone marks: phám → phẩm",)
    assert value.sure == 0.9


def test_a_word_that_may_be_another_is_asked_about() -> None:
    value = mend_list("copies", Value(("Như trên", "Các Thử trưởng"), evidence([], 0.95)), {})
    assert value.value[0] == "Như trên"
    assert value.evidence is not None
    assert value.sure == 0.6
    assert any("Thử → Th" in note for note in value.evidence.repairs)


def test_what_is_right_keeps_its_evidence() -> None:
    value = Value(("Sở Y tế", "Lưu: VT, TĐC"), evidence([], 0.95))
    assert mend_list("copies", value, {}) is value


def test_nothing_read_stays_nothing() -> None:
    value: Value[str | None] = Value(None, evidence([], 0.2))
    assert mend_line("issuer", value, {}) is value


def test_a_roman_figure_is_mended_and_named() -> None:
    value = mend_list("copies", Value(("Như mục lI", "Lưu: VT"), evidence([], 0.95)), {})
    assert value.value == ("Như mục II", "Lưu: VT")
    assert value.evidence is not None
    assert value.evidence.repairs == ("confusion: lI → II",)
