"""The command line over an archive of the printed samples, taken in once by `congvan ingest` itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partialmethod
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.ingest import Stages
from pipeline.office import Office
from pipeline.serve.cli import run
from tests.conftest import Once

SAMPLES = Path(__file__).parents[3] / "samples" / "letters"
TAKEN = ("seed-digital.pdf", "invented-quang-ngai-plan.pdf", "invented-phu-yen-same-number.pdf", "invented-telegram.pdf")


class Said(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str


Type = Callable[..., Said]


@pytest.fixture(scope="session")
def archive(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of Nghệ An's committee with four files."""

    def fill(folder: Path) -> None:
        for name in TAKEN:
            shutil.copy(SAMPLES / name, folder)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CONGVAN_LOG", str(folder / "congvan.log"))
            where = folder / "archive"
            assert run(["init", "--office", "Ủy ban nhân dân tỉnh Nghệ An", "--archive", str(where)]) == 0
            assert run(["ingest", "--archive", str(where), *(str(folder / name) for name in TAKEN)]) == 0

    where = tmp_path_factory.mktemp("serve") / "archive"
    shutil.copytree(once("serve", fill) / "archive", where)
    return where


@pytest.fixture
def known(reading: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command `ingest` recognizes no file anew that was met in this run."""
    monkeypatch.setattr(Office, "ingest", partialmethod(Office.ingest, stages=reading))


@pytest.fixture
def congvan(archive: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Type:
    """Carry out a command line on that archive."""
    monkeypatch.setenv("CONGVAN_ARCHIVE", str(archive))
    monkeypatch.setenv("CONGVAN_LOG", str(tmp_path / "congvan.log"))
    monkeypatch.setenv("COLUMNS", "140")  # as in a pipe, whatever the terminal that the tests run in
    monkeypatch.delenv("CONGVAN_LANG", raising=False)

    def type_in(*arguments: str) -> Said:
        capsys.readouterr()
        code = run(list(arguments))
        return Said(code, *capsys.readouterr())

    return type_in


@pytest.fixture
def empty(congvan: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands work on an archive of their own, in which nothing is held."""
    monkeypatch.setenv("CONGVAN_ARCHIVE", str(tmp_path / "own"))
