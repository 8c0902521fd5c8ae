"""Labelled letters beside the yardstick's: a folder built like a set of it, whose letters are of the same offices."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.doubt import verdicts

pytestmark = pytest.mark.skipif(not verdicts.YARDSTICK.is_dir(), reason="the yardstick is not here")


def letter(number: str, issuer: str, parent: str | None = None) -> dict[str, object]:
    return {"number": number, "issuer": issuer, "issuer_parent": parent, "pages": [1, 1]}


def a_set(folder: Path, **letters: dict[str, object]) -> str:
    folder.mkdir()
    rows = [{"file": f"{name}.pdf", "letters": [one]} for name, one in letters.items()]
    (folder / "truth.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(folder)


def test_an_office_is_one_s_in_all_sets(tmp_path: Path) -> None:
    own = a_set(tmp_path / "a", one=letter("1/SYT", "Sở Y tế tỉnh An Giang"), two=letter("7/TB", "Trường Đại học Tây Đô"))
    beside = a_set(tmp_path / "b", one=letter("7/P-TC", "Phòng Tài chính", "Sở Y tế tỉnh An Giang"), two=letter("7/HD", "Hội Khuyến học"))
    office, other = verdicts.offices(own, (own, beside)), verdicts.offices(beside, (own, beside))
    assert office["one.pdf"] == other["one.pdf"]
    assert len({office["one.pdf"], office["two.pdf"], other["two.pdf"]}) == 3
    assert verdicts.files(own) == tmp_path / "a" / "files"
