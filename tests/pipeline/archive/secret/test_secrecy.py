"""Quarantine: of a file with a secret sheet the archive holds register lines and nothing else, whenever the secrecy is found out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.ledger import State
from pipeline.archive import Archive, NotAField, correcting, open_archive
from pipeline.archive.books.registers import register
from pipeline.archive.correcting import Asked
from pipeline.archive.exports.formats import ExportFormat, export
from pipeline.archive.people.corrections import Correction, now
from pipeline.archive.people.corrections import write as write_correction
from pipeline.archive.rereading import rounds
from pipeline.archive.safety.backups import backup
from pipeline.archive.safety.verification import verify
from pipeline.archive.secret import quarantine
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.ledger import LIFTED
from pipeline.archive.tables.letter_store import LetterStore
from tests.pipeline.archive.invented import MINISTRY, cite, hand_in, sheet, write

SENTENCE = "vanhxuyen kiemtra đột xuất"
SUBJECT = "kehoachrieng trọng điểm"
PERSON = "Trần Bímật Văn"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return open_archive(tmp_path / "archive")


def traces(folder: Path, *wanted: str) -> list[str]:
    """The files of a folder that hold one of these words, in any of the forms that text is written in."""
    found = []
    forms = [form for word in wanted for form in (word.encode(), word.encode("utf-16-le"), json.dumps(word)[1:-1].encode())]
    for path in folder.rglob("*"):
        if path.is_file() and any(form in path.read_bytes() for form in forms):
            found.append(path.name)
    return found


def secret(**more: object) -> str:
    return sheet(
        "7/BC-UBND", subject=SUBJECT, doc_type="BC", body=SENTENCE, signer={"name": PERSON}, recipients=["Nơi nhận kínđáo"],
        review=["subject"], cites=[cite("9/CT-TTg", "2021-01-01")], **more,  # type: ignore[arg-type]
    )  # fmt: skip


WORDS = ("vanhxuyen", "kiemtra", "kehoachrieng", "Bímật", "kínđáo", "9/CT-TTg")


def test_nothing_of_a_secret_file_is_kept(archive: Archive, tmp_path: Path) -> None:
    marked = sheet("8/UBND-NC", secrecy="TỐI MẬT", subject=SUBJECT)
    bundle = write(tmp_path / "in", "tep.pdf", secret(), "trang hai " + SENTENCE, marked)
    assert hand_in(archive, bundle) == [State.QUARANTINED]
    archive.close()
    assert traces(archive.root, *WORDS) == []
    assert not list((archive.root / "originals").rglob("*.pdf"))
    assert not archive.search("vanhxuyen") and not archive.search("kehoachrieng")
    first, second = archive.letters(with_text=True)
    assert (first.header.number, second.header.number, second.header.secrecy) == ("7/BC-UBND", "8/UBND-NC", "TỐI MẬT")
    assert first.header.subject is None and not any(first.text) and not first.references and not first.evidence
    assert archive.original(first.id) is None


def test_its_register_line_says_so(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, write(tmp_path / "in", "a.pdf", secret(secrecy="MẬT", arrival={"number": "12", "date": "2021-03-09"})))
    with reading(archive.engine) as connection:
        (line,) = register(connection, "incoming", None).to_dict("records")
        assert len(register(connection, "follow-up", None)) == 0
    assert (line["Số đến"], line["Số, ký hiệu văn bản"]) == ("12", "7/BC-UBND")
    assert line["Tên loại và trích yếu nội dung văn bản"] == "Báo cáo"
    assert line["Ghi chú"].startswith("MẬT")


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_its_export_has_neither_text_nor_subject(archive: Archive, tmp_path: Path, format: ExportFormat) -> None:
    hand_in(archive, write(tmp_path / "in", "a.pdf", secret(secrecy="MẬT")))
    assert export(archive.letters(with_text=True), format, tmp_path / "out") == 1
    written = (tmp_path / "out").read_text(encoding="utf-8")
    assert "7/BC-UBND" in written and "MẬT" in written
    assert not any(word in written for word in WORDS)


def test_secrecy_that_a_person_adds_takes_all_out_again(archive: Archive, tmp_path: Path) -> None:
    others = [write(tmp_path / "in", f"{n}.pdf", sheet(f"{n}/UBND-KT", body=f"văn bản thường số {n}")) for n in range(20, 30)]
    bundle = write(tmp_path / "in", "tep.pdf", secret(), sheet("8/UBND-NC", MINISTRY, body=SENTENCE))
    citing = write(tmp_path / "in", "z.pdf", sheet("40/UBND-KT", cites=[cite("7/BC-UBND", "2021-03-07")]))
    hand_in(archive, *others, bundle, citing)
    (letter,) = archive.find("7/BC-UBND")
    archive.correct(letter.id, "subject", SUBJECT + " sửa", "văn thư")
    assert traces(archive.root, "vanhxuyen")
    after = archive.correct(letter.id, "secrecy", "MẬT", "văn thư")
    assert (after.header.secrecy, after.header.subject) == ("MẬT", None)
    archive.close()
    assert traces(archive.root, *WORDS) == []
    assert {entry.state for entry in archive.status()} == {State.STORED, State.QUARANTINED}
    assert [change.new for change in archive.corrections(letter.id)] == [None, "MẬT"]
    assert len(archive.search("văn bản thường")) == 10
    # who cites its number still finds its register line
    assert archive.find("40/UBND-KT")[0].references[0].target == letter.id


def test_a_stop_between_marking_and_taking_out_is_made_good(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, write(tmp_path / "in", "a.pdf", secret()))
    (letter,) = archive.find("7/BC-UBND")
    # as if the machine had stopped right after the correction was written
    with writing(archive.engine) as connection:
        write_correction(connection, Correction(letter.id, "secrecy", None, "MẬT", "văn thư", now()))
        marked = letter.model_copy(update={"header": letter.header.model_copy(update={"secrecy": "MẬT"})})
        LetterStore(connection).put(letter, marked, ledger_id=None, quarantined=False)
    archive.tidy()
    archive.close()
    assert traces(archive.root, *WORDS) == []


def test_nothing_of_it_waits_for_the_letters_that_cite_it(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise RuntimeError

    hand_in(archive, write(tmp_path / "in", "a.pdf", secret()))
    (letter,) = archive.letters()
    monkeypatch.setattr(correcting, "settle_rest", stopped)
    monkeypatch.setattr(quarantine, "settle_rest", stopped)
    with pytest.raises(RuntimeError):
        archive.correct_all([Asked(letter.id, "number", "7/BC-UBND", "A"), Asked(letter.id, "secrecy", "MẬT", "A")])
    archive.close()
    assert traces(archive.root, *WORDS) == [] and not list((archive.root / "originals").rglob("*.pdf"))


def test_a_secret_letter_takes_no_correction_beyond_its_line(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, write(tmp_path / "in", "a.pdf", secret(secrecy="MẬT")))
    (letter,) = archive.find("7/BC-UBND")
    with pytest.raises(NotAField):
        archive.correct(letter.id, "subject", SUBJECT, "văn thư")
    assert archive.correct(letter.id, "number", "17/BC-UBND", "văn thư").header.number == "17/BC-UBND"
    assert traces(archive.root, "kehoachrieng") == []


def test_secrecy_that_a_person_lifts_has_the_file_read_again(archive: Archive, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "a.pdf", secret(secrecy="MẬT"))
    hand_in(archive, path)
    (letter,) = archive.find("7/BC-UBND")
    archive.correct(letter.id, "secrecy", None, "lãnh đạo")
    assert [entry.state for entry in archive.status()] == [State.FAILED]
    assert hand_in(archive, path) == [State.STORED]
    (again,) = archive.find("7/BC-UBND")
    assert (again.header.secrecy, again.header.subject) == (None, SUBJECT)
    assert archive.search("vanhxuyen")


def test_a_secret_files_name_is_in_nothing_that_leaves_the_archive(archive: Archive, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "kehoachrieng-2021.pdf", secret(secrecy="MẬT"))
    assert hand_in(archive, path) == [State.QUARANTINED]
    with writing(archive.engine) as connection:
        rounds.named(connection, "Lan", [path.name])
    (letter,) = archive.letters()
    assert letter.source.file == "mật.pdf"
    forms: list[ExportFormat] = ["jsonl", "csv", "parquet", "edxml"]
    for form in forms:
        export(archive.letters(with_text=True), form, tmp_path / f"out.{form}")
    backup(archive.engine, archive.root, tmp_path / "out.tar")
    left = [one for one in traces(tmp_path, "kehoachrieng") if one not in ("archive.db", "archive.db-wal", path.name)]
    assert left == []


def test_names_that_earlier_versions_kept_in_register_lines_are_taken_out(archive: Archive, tmp_path: Path) -> None:
    hand_in(archive, write(tmp_path / "in", "a.pdf", secret(secrecy="MẬT")))
    (letter,) = archive.letters()
    named = letter.model_copy(update={"source": letter.source.model_copy(update={"file": "kehoachrieng.pdf"})})
    with writing(archive.engine) as connection:
        LetterStore(connection).put(named, named, ledger_id=None, quarantined=True)
    archive.tidy()
    assert [one.source.file for one in archive.letters()] == ["mật.pdf"]
    assert verify(archive.engine, archive.root).faults == []
    archive.close()
    assert traces(archive.root, "kehoachrieng") == []


def test_a_mark_that_is_taken_back_has_the_file_read_anew(archive: Archive, tmp_path: Path) -> None:
    path = write(tmp_path / "in", "a.pdf", secret())
    hand_in(archive, path)
    (letter,) = archive.letters()
    (change,) = archive.correct_all([Asked(letter.id, "secrecy", "MẬT", "Lan")])
    assert [entry.state for entry in archive.status()] == [State.QUARANTINED]
    archive.take_back(letter.id, [change], "Hoa")
    assert [(entry.state, entry.cause) for entry in archive.status()] == [(State.FAILED, LIFTED)]
    assert hand_in(archive, path) == [State.STORED]
    assert archive.letter(letter.id).header == letter.header
