"""Tesseract asked through pytesseract: by options alone, and with what the launcher gives every child."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from pipeline.recognize.ocr.engine import OcrWord, Pytesseract

_PROGRAM = """#!/bin/sh
[ "$1" = --version ] && echo "tesseract 5.3.0" && exit
env > "{here}/env"
echo "$@" > "{here}/arguments"
printf '5\\t1\\t1\\t1\\t1\\t1\\t4\\t6\\t30\\t12\\t91\\tSố\\n' > "$2.tsv"
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program named tesseract, first of all, that writes down its arguments and surroundings into a folder and says one word."""
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(_PROGRAM.format(here=tmp_path), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def test_it_has_the_launcher_s_surroundings_and_no_file_of_options(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONPATH", "GS_LIB", "PERL5LIB"):
        monkeypatch.setenv(name, ".")
    monkeypatch.setenv("LD_LIBRARY_PATH", "")
    (word,) = Pytesseract().recognize(np.full((80, 200), 255, np.uint8), 200)
    assert word == OcrWord("Số", 4, 6, 34, 18, 0.91, 0)
    names = {line.partition("=")[0] for line in (told / "env").read_text(encoding="utf-8").splitlines()}
    assert not names & {"PYTHONPATH", "GS_LIB", "PERL5LIB", "LD_LIBRARY_PATH"} and "PATH" in names
    said = (told / "arguments").read_text(encoding="utf-8").split()
    assert Path(said[said.index("--tessdata-dir") + 1]).is_absolute()
    assert not any(one in ("tsv", "txt") for one in said[2:])
