"""The commands trace and close: by directive, by province, all; as a table, a workbook, JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.pipeline.serve.conftest import SAMPLES, Type


@pytest.fixture
def own(congvan: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive of its own with the seed, so that a word said here is heard in no other test."""
    monkeypatch.setenv("CONGVAN_ARCHIVE", str(tmp_path / "own"))
    assert congvan("ingest", str(SAMPLES / "seed-digital.pdf")).code == 0


@pytest.mark.usefixtures("own")
def test_a_matter_is_closed_and_opened_again(congvan: Type) -> None:
    def standing(province: str) -> str:
        (one,) = json.loads(congvan("trace", "334/BKHCN-TĐC", "--province", province, "--json").out)["traces"]
        return str(one["standing"])

    assert standing("Thanh Hóa") == "ADDRESSED"
    said = congvan("close", "334 bkhcn tdc", "--province", "thanh hoa", "--by", "Lê Lan", "--date", "02/05/2021", "--note", "đã họp")
    assert said.code == 0
    assert "Thanh Hóa" in said.out and "02/05/2021" in said.out and "Lê Lan" in said.out
    assert standing("Thanh Hóa") == "CLOSED"
    shown = " ".join(congvan("trace", "334/BKHCN-TĐC", "--province", "Thanh Hóa").out.split())
    assert "Đã kết thúc" in shown and "kết thúc 02/05/2021, theo Lê Lan (đã họp)" in shown
    assert congvan("close", "334/BKHCN-TĐC", "--province", "Thanh Hóa", "--by", "Lê Lan", "--undo").code == 0
    assert standing("Thanh Hóa") == "ADDRESSED"
    assert congvan("close", "334/BKHCN-TĐC", "--province", "Thanh Hóa", "--undo").code == 2
    assert congvan("close", "334/BKHCN-TĐC", "--province", "Xứ Khác").code == 2
    assert congvan("close", "77/QĐ-XYZ", "--province", "Thanh Hóa").code == 3
