"""`congvan audit`: lots are drawn and told, none of their values; what was read comes out as the office's own share with its interval."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import pipeline
from models.letter import Letter
from pipeline.archive.spot_checks.outcomes import Outcome
from pipeline.office import Office
from tests.pipeline.serve.conftest import Type


@pytest.fixture
def own(archive: Path, tmp_path: Path, congvan: Type, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the archive, which commands work on."""
    shutil.copytree(archive, tmp_path / "own")
    monkeypatch.setenv("CONGVAN_ARCHIVE", str(tmp_path / "own"))
    return tmp_path / "own"


def held(letter: Letter, field: str) -> str:
    head, _, part = field.partition(".")
    value = letter.header.model_dump(mode="json")[head]
    value = value[part] if part else value
    return "\n".join(value) if isinstance(value, list) else str(value)


def read_all(office: Office, wrong: int) -> None:
    """Read what was drawn as the archive has it, but the first `wrong` ones otherwise; the next one nobody can read."""
    position = 0
    while (check := office.spot_check(who="lan")) is not None:
        item = check.next
        assert item is not None
        position += 1
        if position == wrong + 1:
            office.answer_spot_check(item.position, None, who="lan")
        elif position <= wrong:
            office.answer_spot_check(item.position, "", who="lan")
            office.judge_spot_check(item.position, Outcome.WRONG, None, who="lan")
        else:
            office.answer_spot_check(item.position, held(office.archive.letter(item.letter), item.field), who="lan")


def test_lots_are_drawn_gone_on_with_and_come_out_as_a_share(congvan: Type, own: Path) -> None:
    assert "congvan audit --sample" in congvan("audit").out
    drawn = congvan("audit", "--sample", "10", "--seed", "lá thăm", "--who", "lan")
    assert drawn.code == 0 and "10" in drawn.out and "lá thăm" in drawn.out and "/admin/spot-check" in drawn.out
    again = json.loads(congvan("audit", "--sample", "20", "--who", "lan", "--json").out)
    assert (again["open"]["size"], again["open"]["seed"], again["open"]["next"]["held"], again["results"]) == (10, "lá thăm", None, [])
    assert "0/10" in congvan("audit", "--who", "lan").out
    with pipeline.open(own) as office:
        read_all(office, wrong=1)
    said = congvan("audit", "--who", "lan")
    assert said.code == 0 and "Sai" in said.out and "Cơ quan ban hành" in said.out and "lan" in said.out
    (result,) = json.loads(congvan("audit", "--json").out)["results"]
    assert (result["size"], result["read"], result["wrong"], result["unreadable"]) == (10, 9, 1, 1)
    assert 0 < result["low"] < result["share"] < result["high"] < 1
    assert f"{result['share'] * 100:.1f}".replace(".", ",") + " %" in said.out
    assert f"{result['share'] * 100:.1f} %" in congvan("audit", "--lang", "en").out


def test_a_check_is_ended_before_its_end(congvan: Type, own: Path) -> None:
    assert "Không có lượt nào" in congvan("audit", "--end").out
    congvan("audit", "--sample", "5")
    said = congvan("audit", "--end")
    assert said.code == 0 and "chưa đọc 5" in said.out
    assert json.loads(congvan("audit", "--json").out)["open"] is None


def test_an_archive_that_holds_nothing_sure_says_so(congvan: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVAN_ARCHIVE", str(tmp_path / "empty"))
    said = congvan("audit", "--sample", "5")
    assert said.code == 0 and "chưa có trường nào chắc chắn" in said.out


@pytest.mark.parametrize("typed", [("--seed", "x"), ("--end", "--sample", "5"), ("--sample", "0")])
def test_what_does_not_go_together_is_told(congvan: Type, own: Path, typed: tuple[str, ...]) -> None:
    said = congvan("audit", *typed)
    assert said.code == 2 and said.out == "" and "Lệnh chưa đúng" in said.err
