"""What holds: the folders mirror the house; each test asserts what a reader could have said beforehand."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import argon2
import pytest

from pipeline.ingest import Stages
from tests import seen

Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """A folder that is costly to make, made once for all workers of this run: by its name and by what fills it. Leave it as it is."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent

    def made(name: str, fill: Callable[[Path], object]) -> Path:
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared / f"{name}.made").exists():
                shutil.rmtree(shared / name, ignore_errors=True)
                (shared / name).mkdir()
                fill(shared / name)
                (shared / f"{name}.made").touch()
        return shared / name

    return made


@pytest.fixture(scope="session")
def reading(once: Once) -> Stages:
    """The product's own stages, but that a file is recognized once a run, whoever takes it in."""
    return seen.stages(once("pages", lambda folder: None))


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[pytest.MonkeyPatch]:
    """Argon2 is slow by its nature: where it is not what is tried, it is quick."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(argon2, "PasswordHasher", partial(argon2.PasswordHasher, time_cost=1, memory_cost=64, parallelism=1))
        yield patch
