"""An archive learns from its letters whatever the order in which they came, and looks again where what it knew was put right."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from models.letter import Letter
from models.repair import KnownKind
from pipeline.archive import Archive, open_archive
from pipeline.archive.known.confirming import learn
from pipeline.archive.safety.verification import verify
from pipeline.archive.storing import store
from pipeline.archive.tables import ledger
from pipeline.archive.tables.database import writing
from pipeline.ingest import read_file
from tests.pipeline.archive.invented import STAGES, hand_in, sheet, write

HEALTH = "Sở Y tế tỉnh Phú Lương"
NAME, MISREAD = "Đào Hữu Thắng", "Đào Hữu Thăng"


def scan(number: str, name: str | None, day: str = "2021-03-05", **more: object) -> str:
    return sheet(
        number, HEALTH, day, f"việc thứ {number}", place="Phú Lương", scanned=True, signer={"name": name, "title": "Giám đốc"}, **more
    )  # type: ignore[arg-type]


WORLD = {
    "first": scan("1/SYT-NVY", NAME, "2021-01-04"),
    "last": scan("9/SYT-NVY", NAME, "2021-12-30"),
    "faint": scan("5/SYT-NVY", NAME, review=["signer"]),
    "one reader": scan(
        "6/SYT-NVY", MISREAD, review=["signer"], evidence={"signer": {"page": 1, "confidence": 0.9, "readings": [MISREAD, NAME]}}
    ),
    "misread": scan("7/SYT-NVY", MISREAD, review=["signer"]),
    "another": scan("8/SYT-NVY", "Lê Hữu Chiến", review=["signer"]),
}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return open_archive(tmp_path / "archive")


def filled(archive: Archive, folder: Path, names: list[str]) -> None:
    hand_in(archive, *(write(folder, f"{name}.pdf", WORLD[name]) for name in names))


def by_name(archive: Archive) -> dict[str, Letter]:
    return {letter.source.file.removesuffix(".pdf"): letter for letter in archive.letters(with_text=True)}


def test_a_batch_is_confirmed_mended_and_asked_about(archive: Archive, tmp_path: Path) -> None:
    filled(archive, tmp_path / "in", list(WORLD))
    held = by_name(archive)
    assert {name: (letter.header.signer.name, letter.review) for name, letter in held.items()} == {
        "first": (NAME, ()), "last": (NAME, ()), "faint": (NAME, ()), "one reader": (NAME, ()), "misread": (MISREAD, ("signer",)),
        "another": ("Lê Hữu Chiến", ("signer",)),
    }  # fmt: skip
    proposed = held["misread"].evidence["signer"].known
    assert proposed is not None
    assert (proposed.kind, proposed.value, proposed.letters) == (KnownKind.PROPOSED, NAME, 2)
    assert proposed.by == (held["first"].id, held["last"].id)
    assert held["one reader"].evidence["signer"].repairs[-1].startswith(f"known to the archive: {MISREAD} → {NAME} (2 × {HEALTH}")
    assert held["one reader"].evidence["signer"].readings == (MISREAD, NAME)
    assert verify(archive.engine, archive.root).faults == []


def test_what_a_damaged_page_lost_no_other_letter_knows(archive: Archive, tmp_path: Path) -> None:
    lost = {"page": 1, "confidence": 0.4, "doubts": ["damaged"]}
    torn = write(tmp_path / "in", "torn.pdf", scan("4/SYT-NVY", NAME, review=["signer"], evidence={"signer": lost}))
    filled(archive, tmp_path / "in", ["first", "last"])
    hand_in(archive, torn)
    assert by_name(archive)["torn"].review == ("signer",)


def test_the_order_of_arrival_and_the_size_of_batches_do_not_matter(tmp_path: Path) -> None:
    ends = []
    for seed in range(4):
        names = list(WORLD)
        random.Random(seed).shuffle(names)
        with open_archive(tmp_path / f"archive {seed}") as archive:
            for start in range(0, len(names), seed + 1):
                filled(archive, tmp_path / "in", names[start : start + seed + 1])
            ends.append({name: letter.record() for name, letter in by_name(archive).items()})
    assert ends[0]["faint"]["review"] == [] and all(end == ends[0] for end in ends)


def test_learning_twice_changes_nothing_and_what_a_stop_left_is_learned_the_next_time(archive: Archive, tmp_path: Path) -> None:
    for name, page in WORLD.items():
        # stored, and stopped before the archive learned of it
        path = write(tmp_path / "in", f"{name}.pdf", page)
        found = read_file(path, STAGES)
        with writing(archive.engine) as connection:
            row = ledger.claim(connection, ledger.mark(path), found.intake.sha256, "test")
        claimed = ledger.ClaimedFile(row, "test", path, found.intake.sha256, "pdf", 1)
        store(archive.engine, archive.root, archive.linker, claimed, found.letters)
    assert by_name(archive)["faint"].review == ("signer",)
    learn(archive.engine, archive.linker)
    once = by_name(archive)
    assert once["faint"].review == ()
    learn(archive.engine, archive.linker)
    assert by_name(archive) == once


def test_where_the_evidence_is_put_right_what_it_confirmed_is_asked_about_again(archive: Archive, tmp_path: Path) -> None:
    filled(archive, tmp_path / "in", list(WORLD))
    archive.correct(by_name(archive)["first"].id, "signer.name", "Phan Đình Tuệ", "Lan")
    held = by_name(archive)
    assert {name: held[name].review for name in ("faint", "one reader")} == {"faint": ("signer",), "one reader": ("signer",)}
    assert held["one reader"].header.signer.name == MISREAD
    assert "signer" not in held["misread"].evidence
    assert verify(archive.engine, archive.root).faults == []


def test_where_the_evidence_is_of_another_issuer_after_all_it_counts_no_more(archive: Archive, tmp_path: Path) -> None:
    filled(archive, tmp_path / "in", list(WORLD))
    archive.correct(by_name(archive)["last"].id, "issuer", "Sở Y tế tỉnh Đại An", "Lan")
    assert by_name(archive)["faint"].review == ("signer",)


def test_what_a_person_says_is_known_at_once_and_stands_over_what_is_known(archive: Archive, tmp_path: Path) -> None:
    filled(archive, tmp_path / "in", ["faint", "misread"])
    archive.correct(by_name(archive)["faint"].id, "signer.name", NAME, "Lan")
    known = by_name(archive)["misread"].evidence["signer"].known
    assert known is not None and (known.kind, known.value, known.letters) == (KnownKind.PROPOSED, NAME, 1)
    archive.correct(by_name(archive)["misread"].id, "signer.name", MISREAD, "Lan")
    held = by_name(archive)["misread"]
    assert (held.header.signer.name, held.review, held.evidence) == (MISREAD, (), {})
    assert verify(archive.engine, archive.root).faults == []


def test_what_was_mended_is_no_evidence(archive: Archive, tmp_path: Path) -> None:
    filled(archive, tmp_path / "in", ["first", "last", "faint", "one reader"])
    known = by_name(archive)["faint"].evidence["signer"].known
    assert known is not None and known.letters == 2


def test_a_letter_that_is_gone_bears_nothing_out(archive: Archive, tmp_path: Path) -> None:
    filled(archive, tmp_path / "in", list(WORLD))
    archive.correct(by_name(archive)["first"].id, "secrecy", "MẬT", "Lan")
    learn(archive.engine, archive.linker)
    assert by_name(archive)["faint"].review == ("signer",)
    assert verify(archive.engine, archive.root).faults == []


def test_an_archive_of_before_learns_from_what_it_holds(archive: Archive, tmp_path: Path) -> None:
    filled(archive, tmp_path / "in", list(WORLD))
    with writing(archive.engine) as connection:
        connection.exec_driver_sql("DELETE FROM attested")
        connection.exec_driver_sql("DELETE FROM vouchers")
        connection.exec_driver_sql("INSERT INTO attested (letter, state) SELECT id, 0 FROM letters")
    learn(archive.engine, archive.linker)
    assert by_name(archive)["faint"].evidence["signer"].known is not None
