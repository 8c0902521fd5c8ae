"""edXML: every field of the header is read back from the packet as the record has it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from models.letter import Header, Letter, Signer, Source, letter_id
from models.number import printed
from models.reference import Assignment, Deadline, Reference
from pipeline.archive.exports.edxml import EDXML, OWN, as_edxml, code, document_id, organ_id
from pipeline.archive.exports.formats import export

NGHE_AN, MOST = "Ủy ban nhân dân tỉnh Nghệ An", "Bộ Khoa học và Công nghệ"
SHA = "ab" * 32
LETTER = Letter(
    id=letter_id(SHA, 2),
    source=Source(file="một tệp.pdf", sha256=SHA, pages=(2, 6), kind="scan", annex_pages=(5, 6)),
    header=Header(
        issuer=NGHE_AN, issuer_parent="Cấp trên của <UBND> & ai đó", number="1002/UBND-VX", doc_type="CV", place="Nghệ An",
        date=date(2021, 3, 7), subject="triển khai “Chương trình” <A & B>", recipients=("Sở Y tế tỉnh Nghệ An", MOST),
        copies=("Như trên", "Bộ KHCN", "Lưu: VT-UB"), urgency="THƯỢNG KHẨN",
        signer=Signer(name="Chu Văn An", title="Phó Chánh Văn phòng", capacity=("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG")),
    ),
    references=(
        Reference(number="332/BKHCN-TĐC", date=date(2021, 2, 23), issuer=MOST, relation="responds_to", target="x-1"),
        Reference(number="36/QĐ-TTg", relation="implements"),
    ),
    deadlines=(Deadline(date=date(2021, 5, 1)), Deadline(date=date(2021, 4, 15)), Deadline(date=None)),
    text=("Trang một\x0c có <dấu> &", "trang hai"),
)  # fmt: skip


def header(letter: Letter) -> ElementTree.Element:
    found = ElementTree.fromstring(as_edxml(letter).encode()).find(f".//{{{EDXML}}}MessageHeader")
    assert found is not None
    return found


def texts(to: ElementTree.Element, path: str) -> list[str | None]:
    return [one.text for one in to.findall("/".join(f"{{{EDXML}}}{part}" for part in path.split("/")))]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("From/OrganId", ["H41"]),
        ("From/OrganizationInCharge", ["Cấp trên của <UBND> & ai đó"]),
        ("From/OrganName", [NGHE_AN]),
        ("To/OrganName", ["Sở Y tế tỉnh Nghệ An", MOST]),
        ("To/OrganId", [None, "G06"]),
        ("Code/CodeNumber", ["1002"]),
        ("Code/CodeNotation", ["UBND-VX"]),
        ("PromulgationInfo/Place", ["Nghệ An"]),
        ("PromulgationInfo/PromulgationDate", ["2021/03/07"]),
        ("DocumentType/TypeDetail", ["CV"]),
        ("DocumentType/TypeName", ["Công văn"]),
        ("Subject", ["triển khai “Chương trình” <A & B>"]),
        ("Content", ["Trang một  có <dấu> &\ntrang hai"]),
        ("SignerInfo/Competence", ["TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG"]),
        ("SignerInfo/Position", ["Phó Chánh Văn phòng"]),
        ("SignerInfo/FullName", ["Chu Văn An"]),
        ("DueDate", ["2021/04/15"]),
        ("ToPlaces/Place", ["Như trên", "Bộ KHCN", "Lưu: VT-UB"]),
        ("OtherInfo/Priority", ["2"]),
        ("OtherInfo/SphereOfPromulgation", [None]),
        ("OtherInfo/PromulgationAmount", [None]),
        ("OtherInfo/PageAmount", ["5"]),
        ("OtherInfo/Appendixes/Appendix", ["Phụ lục: trang 4-5"]),
        ("ResponseFor/OrganId", ["G06"]),
        ("ResponseFor/Code", ["332/BKHCN-TĐC"]),
        ("ResponseFor/PromulgationDate", ["2021/02/23"]),
        ("ResponseFor/DocumentId", ["G06,2021/02/23,332/BKHCN-TĐC"]),
        ("SteeringType", ["2"]),
        ("DocumentId", ["H41,2021/03/07,1002/UBND-VX"]),
    ],
)
def test_every_field_is_read_back(path: str, said: list[str | None]) -> None:
    assert texts(header(LETTER), path) == said


def test_all_references_stand_in_our_own_element() -> None:
    found = header(LETTER).findall(f"{{{OWN}}}References/{{{OWN}}}Reference")
    assert [(one.get("relation"), one.get("target"), texts(one, "Code")) for one in found] == [
        ("responds_to", "x-1", ["332/BKHCN-TĐC"]), ("implements", None, ["36/QĐ-TTg"]),
    ]  # fmt: skip


def test_the_file_is_named_with_its_fingerprint() -> None:
    root = ElementTree.fromstring(as_edxml(LETTER).encode())
    body = root.find(f".//{{{EDXML}}}edXMLManifest/{{{EDXML}}}Reference")
    assert body is not None
    assert (texts(body, "ContentId"), texts(body, "AttachmentName")) == ([f"cid:{SHA}"], ["một tệp.pdf"])
    assert texts(body, "ContentType") == ["application/pdf"]


def test_what_the_sheet_does_not_carry_is_empty_and_nothing_is_guessed() -> None:
    bare = header(Letter(id=LETTER.id, source=LETTER.source.model_copy(update={"annex_pages": None}), header=Header()))
    for path in (
        "From/OrganId",
        "From/OrganName",
        "Code/CodeNumber",
        "PromulgationInfo/PromulgationDate",
        "Subject",
        "Content",
        "DocumentId",
    ):
        assert texts(bare, path) == [None]
    for path in ("To", "DueDate", "ResponseFor", "ToPlaces/Place", "OtherInfo/Appendixes/Appendix"):
        assert texts(bare, path) == []
    assert texts(bare, "DocumentId") == [None]
    assert (texts(bare, "SteeringType"), texts(bare, "OtherInfo/Priority")) == (["0"], ["0"])
    assert bare.find(f"{{{OWN}}}References") is None


def test_a_letter_that_assigns_is_a_steering_one() -> None:
    given = Letter(id=LETTER.id, source=LETTER.source, header=Header(), assignments=(Assignment(to="Sở Y tế", role="chủ trì"),))
    assert texts(header(given), "SteeringType") == ["1"]


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("30/2020/NĐ-CP", ("30", "2020/NĐ-CP")), ("30c/NQ-CP", ("30c", "NQ-CP")), ("15-KL/TW", ("15", "KL/TW")),
        ("/UBND-NC", ("", "/UBND-NC")), (None, ("", "")),
    ],
)  # fmt: skip
def test_a_number_in_its_two_parts(number: str | None, parts: tuple[str, str]) -> None:
    assert code(printed(number)) == parts


def test_codes_of_bodies_as_of_the_day() -> None:
    day = date(2021, 3, 7)
    assert organ_id("Ủy ban nhân dân thành phố Hà Nội", day) == "H26"
    assert organ_id("Văn phòng Chính phủ", day) == "G22"
    # a department's is not in any table, and after the mergers no province's is
    assert organ_id("Sở Y tế tỉnh Nghệ An", day) == ""
    assert organ_id(NGHE_AN, date(2025, 8, 1)) == ""
    assert document_id(NGHE_AN, None, "1/UBND-VX") == ""


def test_a_folder_with_a_file_for_each_letter(tmp_path: Path) -> None:
    other = LETTER.model_copy(update={"id": letter_id("cd" * 32, 1)})
    assert export([LETTER, other], "edxml", tmp_path / "ra") == 2
    files = sorted((tmp_path / "ra").iterdir())
    assert [file.name for file in files] == sorted(f"1002-UBND-VX_2021-03-07_{one.id}.edxml" for one in (LETTER, other))
    assert {ElementTree.parse(file).getroot().tag for file in files} == {f"{{{EDXML}}}edXML"}
