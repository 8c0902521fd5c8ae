"""Where the original of a secret letter goes: nowhere, or into a folder that only its owner may enter; never lost on the way."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from models.ledger import State
from pipeline.archive.books.registers import register
from pipeline.archive.secret import vault
from pipeline.archive.tables import originals
from pipeline.archive.tables.database import reading
from pipeline.office import Office, open_office
from tests.pipeline.archive.invented import hand_in, sheet, write


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(tmp_path / "kho")


def secret(folder: Path, name: str = "mat.pdf", number: str = "7/BC-UBND") -> Path:
    return write(folder, name, sheet(number, secrecy="MẬT", body="nội dung kín"))


def test_by_default_it_stays_where_it_was(office: Office, tmp_path: Path) -> None:
    path = secret(tmp_path / "in")
    assert office.keep_secret() == ("keep", tmp_path / "kho-mat")
    assert hand_in(office.archive, path) == [State.QUARANTINED]
    assert path.exists() and not (tmp_path / "kho-mat").exists()


def test_it_is_moved_with_every_other_copy_of_the_same_bytes(office: Office, tmp_path: Path) -> None:
    office.keep_secret("move")
    path = secret(tmp_path / "in")
    data = path.read_bytes()
    assert hand_in(office.archive, path) == [State.QUARANTINED]
    (kept,) = (tmp_path / "kho-mat").iterdir()
    assert not path.exists() and kept.read_bytes() == data
    assert (stat.S_IMODE(kept.stat().st_mode), stat.S_IMODE(kept.parent.stat().st_mode)) == (0o400, 0o700)
    again = secret(tmp_path / "in", "again.pdf")
    hand_in(office.archive, again)
    office.archive.tidy()
    assert not again.exists() and list((tmp_path / "kho-mat").iterdir()) == [kept]


def test_other_bytes_under_its_path_are_left_alone(office: Office, tmp_path: Path) -> None:
    path = secret(tmp_path / "in")
    hand_in(office.archive, path)
    write(tmp_path / "in", "mat.pdf", sheet("8/UBND-VX"))
    elsewhere = write(tmp_path / "out", "x.pdf", sheet("9/UBND-VX"))
    office.keep_secret("move")
    office.archive.tidy()
    assert path.exists() and elsewhere.exists()


def test_a_link_is_not_followed_out_of_the_folder(office: Office, tmp_path: Path) -> None:
    path = secret(tmp_path / "in")
    hand_in(office.archive, path)
    path.rename(tmp_path / "elsewhere.pdf")
    path.symlink_to(tmp_path / "elsewhere.pdf")
    office.keep_secret("move")
    office.archive.tidy()
    assert (tmp_path / "elsewhere.pdf").exists()


def test_secrecy_found_out_later_moves_the_archives_own_copy(office: Office, tmp_path: Path) -> None:
    office.keep_secret("move")
    path = write(tmp_path / "in", "a.pdf", sheet("7/BC-UBND", body="nội dung kín"))
    hand_in(office.archive, path)
    path.unlink()
    (letter,) = office.letter("7/BC-UBND")
    office.correct(letter.id, "secrecy", "TỐI MẬT", "văn thư")
    (kept,) = (tmp_path / "kho-mat").iterdir()
    assert originals.fingerprint(kept) == letter.source.sha256
    assert not list((tmp_path / "kho" / "originals").rglob("*.pdf"))


@pytest.mark.parametrize("inside", [True, False])
def test_a_folder_that_cannot_be_closed_is_refused(office: Office, tmp_path: Path, inside: bool) -> None:
    (tmp_path / "a file").touch()
    with pytest.raises(vault.NotLocked) as caught:
        office.keep_secret("move", office.where / "mat" if inside else tmp_path / "a file")
    assert "--secret-folder" in caught.value.message() and "--secret-folder" in caught.value.message("en")
    assert office.keep_secret().way == "keep"


def test_where_the_folder_fails_later_the_only_copy_is_not_erased(office: Office, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "a.pdf", sheet("7/BC-UBND", body="nội dung kín"))
    office.keep_secret("move", tmp_path / "khoa")
    hand_in(office.archive, path)
    path.unlink()
    (tmp_path / "khoa").rmdir()
    (tmp_path / "khoa").touch()
    (letter,) = office.letter("7/BC-UBND")
    office.correct(letter.id, "secrecy", "MẬT", "văn thư")
    (entry,) = office.status()
    assert entry.state == State.QUARANTINED and "--secret-folder" in (entry.why() or "")
    assert len([p for p in (tmp_path / "kho" / "originals").rglob("*") if p.is_file()]) == 1
    (tmp_path / "khoa").unlink()
    office.archive.tidy()
    assert [p for p in (tmp_path / "kho" / "originals").rglob("*") if p.is_file()] == []
    assert len(os.listdir(tmp_path / "khoa")) == 1  # noqa: PTH208


def test_the_register_of_secret_letters_has_them_and_none_else(office: Office, tmp_path: Path) -> None:
    both = write(
        tmp_path / "in", "tep.pdf", sheet("8/UBND-NC", secrecy="TUYỆT MẬT", subject="chuyện kín"), sheet("9/UBND-NC", subject="kín")
    )
    hand_in(office.archive, secret(tmp_path / "in"), write(tmp_path / "in", "b.pdf", sheet("10/UBND-VX")), both)
    with reading(office.archive.engine) as connection:
        lines = register(connection, "secret", None).to_dict("records")
    assert [(one["Số, ký hiệu văn bản"], one["Mức độ mật"]) for one in lines] == [
        ("7/BC-UBND", "MẬT"), ("8/UBND-NC", "TUYỆT MẬT"), ("9/UBND-NC", ""),
    ]  # fmt: skip
    assert "kín" not in str(lines)
    assert lines[2]["Ghi chú"] == "Cùng tệp với văn bản mật"
