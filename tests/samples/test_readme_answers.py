"""What the README shows of the questions that come next is what the commands say of the samples, word for word."""

from __future__ import annotations

import re
import shlex

import pytest

from pipeline.office import Office
from pipeline.serve.cli import run
from tests.samples.conftest import SAMPLES

NEXT = ("effect", "timeline", "programme", "trace --units")
README = (SAMPLES.parent / "README.md").read_text(encoding="utf-8")


def shown() -> dict[str, list[str]]:
    """By command line what stands under it, in pieces parted by lines that say "…"."""
    found: dict[str, list[str]] = {}
    for block in re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, _, said = part.partition("\n")
            if line.startswith(tuple(f"congvan {name}" for name in NEXT)) and said.strip():
                found[line] = [flat(piece) for piece in re.split(r"^…$", said, flags=re.MULTILINE) if piece.strip()]
    return found


def flat(text: str) -> str:
    """The words, without the lines of the tree and the ends of the lines."""
    return " ".join(re.sub(r"[│├└─]", " ", text).split())


def test_each_question_is_shown() -> None:
    assert {line.split()[1] for line in shown()} == {"effect", "timeline", "programme", "trace"}


@pytest.mark.parametrize("line", sorted(shown()))
def test_the_answer_is_the_real_one(line: str, office: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVAN_ARCHIVE", str(office.where))
    monkeypatch.setenv("CONGVAN_LANG", "en")
    monkeypatch.setenv("COLUMNS", "112")
    capsys.readouterr()
    assert run(shlex.split(line)[1:]) == 0
    said = flat(capsys.readouterr().out)
    at = 0
    for piece in shown()[line]:  # in their order
        at = said.find(piece, at)
        assert at >= 0, piece
        at += len(piece)
