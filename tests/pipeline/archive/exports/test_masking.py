"""Personal data taken out of what leaves the house: telephone numbers, e-mail, street addresses; and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.letter import Header, Letter, Source
from models.page import Box
from models.reference import PageBox, Reference
from pipeline.archive.exports.masking import masked, masked_text
from pipeline.office import open_office
from tests.pipeline.archive.invented import cite, hand_in, sheet, write


@pytest.mark.parametrize(
    "said",
    [
        "Quyết định số 36/QĐ-TTg ngày 11/01/2021",
        "Công văn số 0912345678/UBND-VX",
        "63 tỉnh, thành phố Hà Nội",
        "giai đoạn 2021-2030",
        "ngày 07 tháng 3 năm 2021, 12:30:45 +07:00",
        "Nghị định số 30/2020/NĐ-CP",
        "Điều 5 đường bộ",
        "kinh phí 1.250.000.000 đồng",
    ],
)
def test_what_is_no_persons_stays(said: str) -> None:
    assert masked_text(said) == said


def test_an_export_is_masked_in_text_and_fields(tmp_path: Path) -> None:
    told = ("0912 345 678", "van.mau@vidu.gov.vn", "số 12 đường Trần Mẫu", "(024) 3943 9999")
    body = f"Liên hệ ông A, ĐT: {told[0]}, thư: {told[1]}, tại {told[2]}, phường Xanh. Fax: {told[3]}."
    with open_office(tmp_path / "kho") as office:
        letter = sheet(
            "7/UBND-VX", subject=f"gọi {told[0]}", body=body, cites=[cite("36/QĐ-TTg", "2021-01-11")], recipients=[f"Ông A, {told[1]}"]
        )
        hand_in(office.archive, write(tmp_path / "in", "a.pdf", letter))
        for form in ("jsonl", "csv"):
            assert office.export(form, tmp_path / f"plain.{form}") == office.export(form, tmp_path / f"masked.{form}", mask=True) == 1
        (plain,) = office.archive.letters(with_text=True)
    text = (tmp_path / "plain.jsonl").read_text(encoding="utf-8")
    assert all(one in text for one in told)
    for form in ("jsonl", "csv"):
        text = (tmp_path / f"masked.{form}").read_text(encoding="utf-8-sig")
        assert not any(one in text for one in told)
        assert "[số điện thoại]" in text and "[thư điện tử]" in text
        assert "36/QĐ-TTg" in text and "7/UBND-VX" in text
    record = json.loads((tmp_path / "masked.jsonl").read_text(encoding="utf-8"))
    assert (record["id"], record["header"]["date"], record["source"]["sha256"]) == (plain.id, "2021-03-07", plain.source.sha256)
    assert masked(masked(plain)) == masked(plain)


def test_places_in_a_text_that_was_masked_are_not_told() -> None:
    sentence = "Theo số 0912 345 678, thực hiện Quyết định số 36/QĐ-TTg."
    words = "Quyết định số 36/QĐ-TTg"
    at = sentence.index(words)
    run = PageBox(page=1, box=Box(10, 10, 90, 20), start=at, end=at + len(words))
    reference = Reference(
        id="r1",
        start=at,
        end=at + len(words),
        boxes=(run,),
        number="36/QĐ-TTg",
        text=words,
        sentence=sentence,
        within=(at, at + len(words)),
    )
    source = Source(file="a.pdf", sha256="0" * 64, pages=(1, 1), kind="digital")
    letter = Letter(id="a-1", source=source, header=Header(), references=(reference,), text=(sentence,))
    (shown,) = masked(letter).references
    assert (shown.start, shown.end, shown.boxes) == (None, None, (PageBox(page=1, box=run.box),))
    assert shown.within is not None and shown.sentence[slice(*shown.within)] == words
    assert masked(letter.model_copy(update={"text": (words,)})).references[0].boxes == (run,)
