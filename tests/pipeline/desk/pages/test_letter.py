"""A letter's page: who signed and whether it is whole, its case file, its other copies, an equal number, what its file carries besides."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC
from datetime import date as Date
from datetime import datetime as Datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert

import pipeline
from models.letter import Header, Letter, Source, letter_id
from models.reference import Reference
from models.signature import Signature
from pipeline.archive.books import case_files
from pipeline.archive.tables import schema
from pipeline.archive.tables.database import writing
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.desk.access.user_store import FILE
from pipeline.desk.app import application
from pipeline.desk.view.letter_fields import field_name
from tests.pipeline.desk.conftest import HERE, log_in

ISSUER = "Ủy ban nhân dân tỉnh Phú Yên"
AT = Datetime(2022, 3, 1, 8, 30, tzinfo=UTC)
WHOLE = Signature(by="Lê Thị Hoa", organization=ISSUER, at=AT, timestamped=True, state="whole", trusted=True)
GAZETTE = Signature(by="Cổng thông tin <b>điện tử</b>", state="added", role="publisher")
CHANGED = Signature(organization=ISSUER, at=AT, state="changed", trusted=False)


def one(n: int, **more: object) -> Letter:
    sha = f"{n:020x}" + "0" * 44
    header = Header(issuer=ISSUER, number="87/QĐ-UBND", doc_type="QĐ", date=Date(2022, 3, n % 28 or 28), subject=f"quyết định thứ {n}")
    carries = ("embedded file", "JavaScript", "something new") if n == 1 else ()
    source = Source(file=f"{n}.pdf", sha256=sha, pages=(1, 1), kind="digital", carries=carries)
    return Letter.model_validate({"id": letter_id(sha, 1), "source": source, "header": header, "text": ("x",), **more})


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A desk of four decisions of one number and year: one signed, a copy of it, another, and one under quarantine."""
    first = one(1, signatures=(WHOLE, GAZETTE, CHANGED))
    letters = [first, one(2, copy_of=first.id), one(3), one(4)]
    with pipeline.open(tmp_path / "archive") as office, writing(office.archive.engine) as connection:
        for letter in letters:
            LetterStore(connection).put(letter, letter, ledger_id=None, quarantined=letter is letters[3])
        file = {"code": "2022.01.TH", "notation": "01.TH", "title": "Quyết định <năm> 2022", "position": 1}
        connection.execute(insert(schema.case_files).values(**file))
        case_files.put(connection, "2022.01.TH", [first.id], "lan")
    with TestClient(application(pipeline.open(tmp_path / "archive")), base_url=HERE, follow_redirects=False) as made:
        yield made


def title(client: TestClient, n: int) -> str:
    """What stands over the fields of a letter."""
    page = client.get(f"/letter/{one(n).id}")
    assert page.status_code == 200
    return page.text.partition('<header class="card title">')[2].partition("</header>")[0]


def test_each_signature_says_who_when_and_how_it_stands(client: TestClient) -> None:
    said = title(client, 1).split('<span class="tag ')[1:]
    marks = [(part.partition('"')[0], part) for part in said if "Chữ ký số" in part]
    assert [kind for kind, _ in marks] == ["good", "good", "refused"]
    whole, gazette, changed = (part for _, part in marks)
    assert "Lê Thị Hoa" in whole and ISSUER in whole and "01/03/2022" in whole and "có dấu thời gian" in whole
    assert "tệp nguyên vẹn từ khi ký" in whole and "chứng thư được tin cậy" in whole and "cơ quan công bố" not in whole
    assert "không phải của cơ quan ban hành" in gazette and "&lt;b&gt;" in gazette and "chưa xét chứng thư" in gazette
    assert "tệp đã bị sửa sau khi ký" in changed and "theo đồng hồ máy ký" in changed
    assert "Chữ ký số" not in title(client, 3)


def test_a_letter_says_in_which_case_file_it_lies(client: TestClient) -> None:
    assert "2022.01.TH" in title(client, 1) and "Quyết định &lt;năm&gt; 2022" in title(client, 1)
    assert "Hồ sơ" not in title(client, 3)


def test_every_kind_of_change_has_its_line_in_the_history(client: TestClient) -> None:
    assert "<b>Hồ sơ</b>" in client.get(f"/letter/{one(1).id}").text
    assert field_name("reference:36/QĐ-TTg:target", "vi") == "Viện dẫn 36/QĐ-TTg · văn bản được dẫn"
    assert field_name("reference:r3 36/QĐ-TTg:target", "vi") == "Viện dẫn 36/QĐ-TTg · văn bản được dẫn"
    assert field_name("reference:36/QĐ-TTg:date", "en") == "Cites 36/QĐ-TTg · Date"
    assert field_name("some new one", "vi") == "some new one"


def test_copies_and_equal_numbers_are_told_apart(client: TestClient) -> None:
    first, copy, other, secret = (one(n).id for n in range(1, 5))
    assert f'Bản khác: <a href="/letter/{copy}">2.pdf</a>' in title(client, 1)
    assert f'Bản khác của <a href="/letter/{first}">1.pdf</a>' in title(client, 2)
    for n, its in ((1, other), (2, other), (3, first)):
        warning = title(client, n).partition("Trùng số, ký hiệu")[2].partition("</p>")[0]
        assert f'href="/letter/{its}"' in warning and f'href="/letter/{copy}"' not in warning
    # who is cleared is warned of the secret one too
    assert f'href="/letter/{secret}"' in title(client, 3).partition("Trùng số, ký hiệu")[2]


def test_what_the_file_carries_is_told_in_words(client: TestClient) -> None:
    assert "tệp đính kèm bên trong, mã JavaScript, something new" in title(client, 1)
    assert "JavaScript" not in title(client, 3)


@pytest.fixture
def often(tmp_path: Path) -> Iterator[TestClient]:
    """A desk of a decision that seventy letters cite, one of them under quarantine."""
    cited = one(1)
    ref = Reference(number="87/QĐ-UBND", date=Date(2022, 3, 1), relation="implements", text="Quyết định số 87/QĐ-UBND", target=cited.id)
    with pipeline.open(tmp_path / "archive") as office, writing(office.archive.engine) as connection:
        LetterStore(connection).put(cited, cited, ledger_id=None, quarantined=False)
        for n in range(2, 72):
            header = Header(issuer=ISSUER, number=f"{n}/UBND-VX", date=Date(2023, 1, n % 9 + 1) if n % 7 else None)
            letter = one(n, header=header, references=(ref,))
            LetterStore(connection).put(letter, letter, ledger_id=None, quarantined=n == 5)
    with TestClient(application(pipeline.open(tmp_path / "archive")), base_url=HERE, follow_redirects=False) as made:
        yield made


def test_those_that_cite_a_letter_come_in_pages_by_day(often: TestClient) -> None:
    path, found, cursor = f"/api/letters/{one(1).id}/cited-by", [], ""
    while True:
        page = often.get(path, params={"limit": 13, **({"cursor": cursor} if cursor else {})}).json()
        found += page["items"]
        assert 0 < len(page["items"]) <= 13
        if page["next"] is None:
            break
        cursor = page["next"]
    assert len(found) == len({item["id"] for item in found}) == 70
    days = [item["date"] for item in found]
    known = [day for day in days if day]
    assert known == sorted(known) and None in days and days[: len(known)] == known, "by day, what has none last"
    assert all(ref["relation"] == "implements" for item in found for ref in item["references"])
    assert often.get(path, params={"cursor": "x"}).status_code == 400
    shown = often.get(f"/letter/{one(1).id}").text.partition('id="part-cited"')[2].partition("</section>")[0]
    assert shown.count("<blockquote>") == 60 and "và 10 văn bản nữa" in shown


def test_a_secret_letter_is_not_among_those_that_cite(often: TestClient, tmp_path: Path, people: Path) -> None:
    shutil.copy2(people, tmp_path / "archive" / FILE)
    for name, many in (("cleared", 70), ("reader", 69)):
        often.cookies.clear()
        assert log_in(often, name) == 303
        assert len(often.get(f"/api/letters/{one(1).id}/cited-by?limit=200").json()["items"]) == many
        assert f"và {many - 60} văn bản nữa" in often.get(f"/letter/{one(1).id}").text
