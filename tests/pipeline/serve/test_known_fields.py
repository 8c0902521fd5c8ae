"""`congvan show` says what the archive knows of a field, in the person's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.archive import open_archive
from pipeline.serve.cli import run
from tests.pipeline.archive.invented import hand_in, sheet, write


def test_show_says_which_letters_bear_a_name_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONGVAN_LOG", str(tmp_path / "congvan.log"))
    monkeypatch.setenv("COLUMNS", "400")
    health, name = "Sở Y tế tỉnh Phú Lương", "Đào Hữu Thắng"
    read = {"31": (name, "2021-01-04"), "35": ("Đào Hữu Thăng", "2021-03-05"), "39": (name, "2021-12-30")}
    with open_archive(tmp_path / "archive") as archive:
        for serial, (signer, day) in read.items():
            review = [] if signer == name else ["signer"]
            page = sheet(f"{serial}/SYT-NVY", health, day, f"việc {serial}", signer={"name": signer}, review=review)
            hand_in(archive, write(tmp_path / "in", f"{serial}.pdf", page))

    def shown(*options: str) -> str:
        assert run([*options, "show", "35/SYT-NVY", "--archive", str(tmp_path / "archive")]) == 0
        return " ".join(capsys.readouterr().out.split())

    assert f"Kho đã biết: {name} ký 2 văn bản của {health}, từ 04/01/2021 đến 30/12/2021." in shown()
    assert f"The archive knows: {name} signed 2 letters of {health}" in shown("--lang", "en")
