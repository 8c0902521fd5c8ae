"""The package that an archive takes over: what goes, what does not and why, and that the files say what the archive knows."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2 as pdfium
import pytest

from pipeline.archive.tables.database import reading
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.ingest import Stages
from pipeline.office import Office, open_office
from pipeline.submit import FolderTaken, NotReady, fields, two_layers
from tests.pipeline.archive.invented import hand_in, sheet, write

ROOT = Path(__file__).parents[3]
LETTERS = ROOT / "samples" / "letters"
PLAN = (
    "Số và ký hiệu HS,Tiêu đề hồ sơ,Thời hạn bảo quản,Người lập hồ sơ\n01.VX,Hồ sơ năng suất,Vĩnh viễn,Văn thư\n02.VX,Hồ sơ khác,,Văn thư\n"
)


def filed(office: Office, folder: Path, puts: dict[str, list[str]]) -> None:
    """Give the office a file plan, and put letters into its files by their numbers."""
    (folder / "plan.csv").write_text(PLAN, encoding="utf-8")
    office.import_plan(folder / "plan.csv", year=2021, who="văn thư")
    for code, ids in puts.items():
        office.put(code, ids, who="văn thư")


@pytest.fixture(scope="module")
def taken_in(reading: Stages, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of three of the samples, filed; and of letters that lack something."""
    pytest.importorskip("ocrmypdf")
    folder = tmp_path_factory.mktemp("submit")
    with open_office(folder / "kho") as office:
        names = ("invented-department-turned.pdf", "invented-ha-tinh-report.tif", "seed-digital.pdf")
        office.ingest([LETTERS / name for name in names], stages=reading)
        mine = [letter.id for letter in office.archive.letters()]
        lost = write(folder / "in", "lost.pdf", sheet("5/UBND-VX", day="2021-05-05"))
        secret = write(folder / "in", "secret.pdf", sheet("6/UBND-NC", secrecy="MẬT"))
        loose = write(folder / "in", "loose.pdf", sheet("7/UBND-VX", day="2021-06-06"))
        kept = write(folder / "in", "kept.pdf", sheet("8/UBND-VX", day=None, subject=None))
        short = write(folder / "in", "short.pdf", sheet("9/UBND-VX"))
        hand_in(office.archive, lost, secret, loose, kept, short)
        by_number = {letter.header.number: letter.id for letter in office.archive.letters()}
        filed(
            office, folder, {"2021.01.VX": [*mine, by_number["5/UBND-VX"], by_number["8/UBND-VX"]], "2021.02.VX": [by_number["9/UBND-VX"]]}
        )
        original = office.archive.original(by_number["5/UBND-VX"])
        assert original is not None
        original.chmod(0o600)
        original.write_bytes(b"something else")
    return folder


@pytest.fixture(scope="module")
def package(taken_in: Path) -> Path:
    with open_office(taken_in / "kho") as office:
        office.submit(taken_in / "goi", organ="H41")
    return taken_in / "goi"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_letter_goes_or_is_listed_with_what_it_lacks(taken_in: Path, package: Path) -> None:
    with open_office(taken_in / "kho") as office:
        every = {letter.id for letter in office.archive.letters()}
    went = {one["id"] for one in json.loads((package / "manifest.json").read_text(encoding="utf-8"))["documents"]}
    left = {row["id"]: row for row in rows(package / "khong-nop.csv")}
    assert went | set(left) == every and not went & set(left)
    why = {row["Số, ký hiệu"]: row["Còn thiếu"] for row in left.values()}
    assert "mật" in why["6/UBND-NC"] and "chưa lập hồ sơ" in why["7/UBND-VX"] and "thời hạn bảo quản" in why["9/UBND-VX"]
    assert "thiếu ngày văn bản" in why["8/UBND-VX"] and "thiếu trích yếu" in why["8/UBND-VX"]
    assert "bản gốc" in why["5/UBND-VX"]
    assert len(went) >= 3


def test_each_file_is_a_pdf_a_of_two_layers(taken_in: Path, package: Path) -> None:
    import pikepdf

    with open_office(taken_in / "kho") as office:
        letters = {letter.id: letter for letter in office.archive.letters(with_text=True)}
    for one in json.loads((package / "manifest.json").read_text(encoding="utf-8"))["documents"]:
        path = package / "tai-lieu" / "2021.01.VX" / f"{one['docCode']}.pdf"
        with pikepdf.open(path) as document, document.open_metadata() as about:
            assert (about.get("pdfaid:part"), about.get("pdfaid:conformance")) == ("2", "B")
        letter = letters[one["id"]]
        first, last = letter.source.pages
        read = pdfium.PdfDocument(path)
        assert len(read) == last - first + 1 == one["pages"][1] - one["pages"][0] + 1
        text = " ".join(read[0].get_textpage().get_text_range().split())
        wanted = [word for word in letter.text[0].split() if len(word) > 3]
        assert sum(word in text for word in wanted) > 0.8 * len(wanted), path.name
        picture = list(read[0].get_objects(filter=[3]))
        assert picture or letter.source.kind == "digital"
        read.close()


def test_the_metadata_say_the_same_in_three_forms(package: Path) -> None:
    place = package / "sieu-du-lieu"
    documents = json.loads((place / "tai-lieu.json").read_text(encoding="utf-8"))
    assert [{name: str(value) for name, value in one.items()} for one in documents] == rows(place / "tai-lieu.csv")
    told = [{child.tag: child.text or "" for child in each} for each in ElementTree.parse(place / "tai-lieu.xml").getroot()]
    assert told == rows(place / "tai-lieu.csv")
    assert list(documents[0]) == list(fields.names("document")) and len(documents[0]) == 21
    by_number = {f"{one['codeNumber']}/{one['codeNotation']}": one for one in documents}
    letter = by_number["1002/UBND-VX"]
    assert (letter["issuedDate"], letter["typeName"], letter["maintenance"], letter["mode"]) == ("07/03/2021", "22", "01", "02")
    assert letter["organName"] == "Ủy ban nhân dân tỉnh Nghệ An"
    assert letter["docId"] == f"H41.{letter['docCode']}" and letter["docCode"].startswith("2021.01.VX.000000")
    (file,) = json.loads((place / "ho-so.json").read_text(encoding="utf-8"))
    assert len(file) == 18
    assert (file["fileCode"], file["title"], file["totalDoc"]) == ("2021.01.VX", "Hồ sơ năng suất", len(documents))
    assert [int(one["docCode"][-7:]) for one in documents] == list(range(1, len(documents) + 1))


def test_the_checksums_hold_and_name_every_file(package: Path) -> None:
    done = subprocess.run(["sha256sum", "--strict", "-c", "manifest-sha256.txt"], cwd=package, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    named = {line.split("  ", 1)[1] for line in (package / "manifest-sha256.txt").read_text(encoding="utf-8").splitlines()}
    there = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}
    assert there - named == {"manifest-sha256.txt"} and named <= there


def test_a_file_or_days_can_be_chosen(taken_in: Path) -> None:
    from datetime import date

    with open_office(taken_in / "kho") as office:
        done = office.submit(taken_in / "ngay", since=date(2021, 6, 1), until=date(2021, 6, 30))
        assert (done.letters, [one.letter.header.number for one in done.lacking]) == (0, ["7/UBND-VX"])
        done = office.submit(taken_in / "mot", file="2021.02.VX")
        assert (done.letters, [one.letter.header.number for one in done.lacking]) == (0, ["9/UBND-VX"])
        with pytest.raises(FolderTaken):
            office.submit(taken_in / "mot")


def test_where_ocrmypdf_is_not_installed_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(two_layers.importlib.util, "find_spec", lambda name: None)
    with open_office(tmp_path / "kho") as office, pytest.raises(NotReady) as caught:
        office.submit(tmp_path / "goi")
    assert "congvan[submit]" in caught.value.message() and "congvan[submit]" in caught.value.message("en")
    assert not (tmp_path / "goi").exists()


def test_a_package_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ocrmypdf")
    with open_office(tmp_path / "kho") as office:
        hand_in(office.archive, write(tmp_path / "in", "a.pdf", sheet("1/UBND-VX")))
        with reading(office.archive.engine) as connection:
            (letter,) = LetterStore(connection).all()
        filed(office, tmp_path, {"2021.01.VX": [letter.id]})

        def broken(*given: object) -> None:
            raise OSError("the disk is full")

        monkeypatch.setattr(two_layers, "make", broken)
        with pytest.raises(OSError, match="full"):
            office.submit(tmp_path / "goi")
    assert not (tmp_path / "goi").exists() and not list(tmp_path.glob(".goi*"))


@pytest.mark.parametrize(("said", "code"), [("Vĩnh viễn", "01"), ("20 năm", "05"), ("15 năm", "07"), (None, "")])
def test_a_retention_has_its_code(said: str | None, code: str) -> None:
    assert fields.maintenance(said) == code


@pytest.mark.parametrize(("type", "code"), [("CV", "22"), ("QĐ", "02"), ("KH", "10"), ("BC", "14"), ("TT", "32"), (None, "22")])
def test_a_type_has_its_code(type: str | None, code: str) -> None:
    assert fields.type_code(type) == code
