"""Words of a text layer that nobody sees: taken out of it, or the layer is somebody's OCR."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from models.page import Box, Word
from pipeline.recognize.ocr.baselines import Piece
from pipeline.recognize.pdf import seen_text
from pipeline.recognize.pdf.text_layer import Layer

OFF = 400.0  # points: what stands further right is not seen


@pytest.fixture(autouse=True)
def _covered(monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(document: Any, index: int, boxes: Sequence[Box]) -> list[bool]:
        return [box.x0 < OFF for box in boxes]

    monkeypatch.setattr(seen_text, "_may_hide", lambda page: True)
    monkeypatch.setattr(seen_text, "seen", shown)


def _read(seen: int, unseen: int) -> list[Piece]:
    """So many letters of either kind, in words of five."""
    found = [50.0] * (seen // 5) + [OFF + 50.0] * (unseen // 5)
    return [Piece(Word(text="giáng", box=Box(x, 100.0, x + 30, 112.0)), 110.0, 0) for x in found]


def test_of_two_readings_of_one_layer_only_what_is_seen_counts() -> None:
    layer = Layer(pieces=_read(60, 30), letters=90)
    for _ in ("PDFium", "pdfplumber"):
        seen_text.only_seen(None, None, 0, layer)
        assert (layer.letters, len(layer.pieces), layer.hidden) == (60, 12, 0.0)
        layer.pieces = _read(60, 30)


def test_a_layer_most_of_which_nobody_sees_is_hidden_and_left_whole() -> None:
    layer = Layer(pieces=_read(40, 60), letters=100)
    seen_text.only_seen(None, None, 0, layer)
    assert layer.hidden == pytest.approx(0.6)
    assert (layer.letters, len(layer.pieces)) == (100, 20)
