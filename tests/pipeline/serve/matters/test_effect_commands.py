"""The command effect: one document and all, as a tree with sentences, JSON, and a workbook; and what it says of what is not held."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.pipeline.serve.conftest import SAMPLES, Type
from tests.pipeline.serve.test_trace_commands import sheets

AMENDED = "được sửa đổi (một phần) từ 18/11/2022 · 1456/QĐ-TTg · 18/11/2022 · Thủ tướng Chính phủ"


@pytest.fixture
def own(congvan: Type, known: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive of its own with decisions that begin, replace and amend."""
    monkeypatch.setenv("CONGVAN_ARCHIVE", str(tmp_path / "own"))
    names = ("seed-digital.pdf", "invented-amending-decision.pdf", "invented-binh-dinh-decision.pdf")
    assert congvan("ingest", *(str(SAMPLES / name) for name in names)).code == 0


def flat(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


@pytest.mark.usefixtures("own")
def test_one_document_with_the_words_that_decide_it(congvan: Type) -> None:
    said = congvan("effect", "1322 qd ttg", "--as-of", "01/01/2023")
    assert said.code == 0
    assert "Hết hiệu lực một phần" in said.out and AMENDED in flat(said.out)
    assert "“Sửa đổi, bổ sung một số điều của Quyết định số 1322/QĐ-TTg ngày 31 tháng 8 năm 2020" in flat(said.out)
    assert "Hết hiệu lực" not in congvan("effect", "1322/QĐ-TTg", "--as-of", "01/01/2022").out
    own = flat(congvan("effect", "1745/QĐ-UBND", "--as-of", "01/01/2023").out)
    assert "Còn hiệu lực · có hiệu lực từ 08/07/2021" in own and "“Điều 2. Quyết định này có hiệu lực kể từ ngày ký" in own
    ended = flat(congvan("effect", "902/QĐ-UBND", "--as-of", "01/01/2023").out)
    assert "Hết hiệu lực toàn bộ · hết hiệu lực từ 08/07/2021" in ended and "bị thay thế" in ended
    assert "Not yet in force" in congvan("effect", "1745/QĐ-UBND", "--as-of", "07/07/2021", "--lang", "en").out


@pytest.mark.usefixtures("own")
def test_as_json_and_as_a_workbook(congvan: Type, tmp_path: Path) -> None:
    (one,) = json.loads(congvan("effect", "902/QĐ-UBND", "--as-of", "01/01/2023", "--json").out)["effects"]
    assert (one["state"], one["ended"], one["event"]["deed"]) == ("ENDED", "2021-07-08", "replaced")
    assert (
        one["event"]["by"]["letter"]["number"] == "1745/QĐ-UBND" and "thay thế Quyết định số 902/QĐ-UBND" in one["event"]["by"]["sentence"]
    )
    target = tmp_path / "hieu-luc.xlsx"
    assert congvan("effect", "902/QĐ-UBND", "--lost", "--format", "xlsx", "-o", str(target)).code == 0
    book = sheets(target)
    assert list(book) == ["Hiệu lực", "Căn cứ", "Mất căn cứ"]
    (row,) = book["Hiệu lực"]
    assert (row["Tình trạng"], row["Theo văn bản"]) == ("Hết hiệu lực toàn bộ", "1745/QĐ-UBND")
    assert "thay thế Quyết định số 902/QĐ-UBND" in str(row["Câu làm bằng chứng"])


@pytest.mark.usefixtures("own")
def test_all_in_one_state_by_code_or_name(congvan: Type) -> None:
    day = ("--as-of", "01/01/2023", "--json")
    by_code = json.loads(congvan("effect", "--state", "ended", *day).out)
    by_name = json.loads(congvan("effect", "--all", "--state", "Hết hiệu lực toàn bộ", *day).out)
    assert by_code == by_name and [one["document"]["number"] for one in by_code["effects"]] == ["902/QĐ-UBND"]
    every = {one["document"]["number"]: one["state"] for one in json.loads(congvan("effect", "--all", *day).out)["effects"]}
    assert every["1745/QĐ-UBND"] == "IN_FORCE" and every["1002/UBND-VX"] == "UNKNOWN"
    assert "1745/QĐ-UBND" in congvan("effect", "--state", "in_force", "--as-of", "01/01/2023").out


def test_what_is_asked_wrongly_or_is_not_held(congvan: Type) -> None:
    assert congvan("effect", "99/QĐ-XYZ").code == 3
    assert congvan("effect").code == 2
    assert congvan("effect", "36/QĐ-TTg", "--all").code == 2
    assert "in_force (Còn hiệu lực)" in flat(congvan("effect", "--state", "hỏng").err)
