"""End to end: the sample sheets come out as was written down by hand from them, printed or scanned."""

from __future__ import annotations

import json
import re
from collections import Counter
from difflib import SequenceMatcher
from typing import Any

import pytest

from models.letter import Letter
from models.skeleton import skeleton
from pipeline.office import Office
from tests.samples.conftest import EXPECTED, SAMPLES, STANDINGS

DIGITAL = [name for name, row in EXPECTED.items() if row["source"]["kind"] == "digital"]
SCANNED = [name for name, row in EXPECTED.items() if row["source"]["kind"] == "scan" and not row["header"]["secrecy"]]
EXACT = ("issuer", "issuer_parent", "number", "doc_type", "place", "date", "urgency", "secrecy", "arrival")
WORDED = ("subject", "directing_authority")
LISTS = ("recipients", "copies")


def near(said: str | None, meant: str | None) -> bool:
    """Whether a scan was read as it stands: 95 % of the characters, and the same digits."""
    if not said or not meant:
        return said == meant
    same_digits = re.findall(r"\d+", said) == re.findall(r"\d+", meant)
    return same_digits and SequenceMatcher(None, skeleton(said), skeleton(meant), autojunk=False).ratio() >= 0.95


def relations(rows: list[dict[str, Any]], names: dict[str, str] | None = None) -> set[tuple[Any, ...]]:
    """What is compared of references: what they cite, how, its day, and which letter they lead to. A mention beside more is left aside."""
    found: dict[tuple[Any, ...], set[str]] = {}
    for row in rows:
        target = row["target"] if names is None else names.get(row["target"] or "")
        found.setdefault((row["number"] or row["doc_type"], row["date"], target), set()).add(row["relation"])
    return {(*cited, how) for cited, hows in found.items() for how in (hows - {"mentions"} or hows)}


def test_every_letter_of_the_samples_is_held_once(office: Office, held: dict[str, Letter]) -> None:
    assert set(held) == set(EXPECTED)
    assert len(office.archive) == len(EXPECTED)


def test_no_sheet_is_refused(office: Office) -> None:
    assert [(entry.path, entry.reason) for entry in office.status(failed=True)] == []


@pytest.mark.parametrize("name", EXPECTED)
def test_pages_and_annex(held: dict[str, Letter], name: str) -> None:
    source, meant = held[name].source, EXPECTED[name]["source"]
    assert list(source.pages) == meant["pages"]
    assert (list(source.annex_pages) if source.annex_pages else None) == meant["annex_pages"]
    assert source.kind == meant["kind"]


@pytest.mark.parametrize("name", [*DIGITAL, *SCANNED])
@pytest.mark.parametrize("field", EXACT)
def test_field(held: dict[str, Letter], name: str, field: str) -> None:
    assert held[name].header.model_dump(mode="json")[field] == EXPECTED[name]["header"][field]


@pytest.mark.parametrize("name", DIGITAL)
@pytest.mark.parametrize("field", [*WORDED, *LISTS, "signer"])
def test_worded_field_of_a_printed_letter(held: dict[str, Letter], name: str, field: str) -> None:
    assert held[name].header.model_dump(mode="json")[field] == EXPECTED[name]["header"][field]


@pytest.mark.parametrize("name", SCANNED)
@pytest.mark.parametrize("field", WORDED)
def test_worded_field_of_a_scan(held: dict[str, Letter], name: str, field: str) -> None:
    assert near(getattr(held[name].header, field), EXPECTED[name]["header"][field]), getattr(held[name].header, field)


@pytest.mark.parametrize("name", SCANNED)
@pytest.mark.parametrize("field", LISTS)
def test_list_of_a_scan(held: dict[str, Letter], name: str, field: str) -> None:
    said, meant = getattr(held[name].header, field), EXPECTED[name]["header"][field]
    assert len(said) == len(meant) and all(near(a, b) for a, b in zip(said, meant, strict=True)), said


@pytest.mark.parametrize("name", SCANNED)
def test_signer_of_a_scan(held: dict[str, Letter], name: str) -> None:
    signer, meant = held[name].header.signer, EXPECTED[name]["header"]["signer"]
    assert signer.name == meant["name"]
    assert [skeleton(line) for line in signer.capacity] == [skeleton(line) for line in meant["capacity"]]


@pytest.mark.parametrize("name", [*DIGITAL, *SCANNED])
def test_references(held: dict[str, Letter], names: dict[str, str], name: str) -> None:
    said = [ref.model_dump(mode="json") for ref in held[name].references]
    assert relations(said, names) == relations(EXPECTED[name]["references"])


@pytest.mark.parametrize("name", [*DIGITAL, *SCANNED])
def test_deadlines(held: dict[str, Letter], name: str) -> None:
    assert Counter(str(one.date) for one in held[name].deadlines if one.date) == Counter(one["date"] for one in EXPECTED[name]["deadlines"])


@pytest.mark.parametrize("name", [name for name, row in EXPECTED.items() if row["assignments"]])
def test_assignments(held: dict[str, Letter], name: str) -> None:
    said = {(one.to, one.role) for one in held[name].assignments}
    assert {(one["to"], one["role"]) for one in EXPECTED[name]["assignments"]} <= said


@pytest.mark.parametrize("name", [*DIGITAL, *SCANNED])
def test_every_field_that_was_read_says_where_it_stood(held: dict[str, Letter], name: str) -> None:
    letter = held[name]
    for field in ("issuer", "number", "date", "subject"):
        stood = letter.evidence[field]
        assert letter.source.pages[0] <= stood.page <= letter.source.pages[1]
        assert stood.raw and stood.box and stood.box.x0 < stood.box.x1 and stood.box.y0 < stood.box.y1


@pytest.mark.parametrize("name", ["S2", "S2b"])
def test_the_capacity_lost_under_the_seal_is_asked_for(held: dict[str, Letter], name: str) -> None:
    assert "signer" in held[name].review


@pytest.mark.parametrize(
    ("name", "field", "raw"), [("S2", "number", "TDC"), ("S3", "signer", "THỦ TRƯỞNG"), ("S3", "signer", "KT BỘ TRƯỞNG")]
)
def test_a_typists_fault_is_mended_in_the_open(held: dict[str, Letter], name: str, field: str, raw: str) -> None:
    stood = held[name].evidence[field]
    assert raw in stood.raw
    assert stood.repairs


def test_the_raw_spelling_stays_in_the_citation(held: dict[str, Letter]) -> None:
    texts = [ref.text for ref in held["S1"].references if ref.relation == "acknowledges"]
    assert all("BKHHCN" in text for text in texts) and len(texts) == 2


def test_a_second_copy_is_known_as_one(held: dict[str, Letter]) -> None:
    for name in ("S1", "S2", "S3"):
        pair = {held[name].copy_of, held[f"{name}b"].copy_of}
        assert pair in ({None, held[name].id}, {None, held[f"{name}b"].id})


def test_the_secret_letter_is_a_line_in_the_register_and_no_more(office: Office, held: dict[str, Letter]) -> None:
    secret = held["MAT"]
    assert (secret.header.secrecy, secret.header.number, str(secret.header.date)) == ("MẬT", "09/BC-SCT", "2021-12-14")
    assert not any(secret.text) and secret.header.subject is None
    assert office.search("phổ biến quy định công chức tủ bảo quản") == []
    kept = [path.name for path in office.where.rglob("*") if path.is_file() and path.suffix in (".pdf", ".jpg", ".tif")]
    assert not any(name.startswith(secret.source.sha256[:16]) for name in kept)


@pytest.mark.parametrize("row", STANDINGS, ids=lambda row: skeleton(f"{row['instruction']['number']} {row['province']}"))
def test_standing(office: Office, names: dict[str, str], row: dict[str, Any]) -> None:
    asked = (row["instruction"]["number"], row["province"])
    found = [trace for trace in office.trace_all() if (trace.instruction.number, trace.province) == asked]
    assert len(found) == 1
    said = json.loads(json.dumps(found[0].record()))
    said["letters"] = list(dict.fromkeys(names.get(one, one) for one in said["letters"]))
    said["path"] = [names.get(one, one) for one in said["path"]]
    for key, value in row.items():
        if key == "flags":
            assert set(value) <= set(said["flags"])
        else:
            assert said[key] == value, key


def test_the_department_does_not_speak_for_its_province(office: Office, names: dict[str, str]) -> None:
    (found,) = office.trace("36/QĐ-TTg", "Nghệ An")
    assert [names[one] for one in found.letters] == ["S1"]
    assert [names[one.letter] for one in found.departments] == ["SKHCN"]


def test_one_number_of_two_provinces_stays_two_letters(office: Office, names: dict[str, str]) -> None:
    found = {names[letter.id] for letter in office.letter("1002 ubnd vx")}
    assert found == {"S1", "PY"}


@pytest.mark.parametrize("typed", ["1002/UBND-VX", "so 1002/ubnd-vx", "1002 ubnd vx", "1002UBNDVX"])
def test_a_number_however_typed_comes_first(office: Office, typed: str) -> None:
    hits = office.search(typed)
    exact = [hit.letter.header.number for hit in hits if hit.exact]
    assert exact == ["1002/UBND-VX"] * 3
    assert all(hit.exact for hit in hits[:3])


@pytest.mark.parametrize("typed", ["36 qd ttg", "36/QĐ-TTG", "quyet dinh so 36/qd-ttg"])
def test_a_document_not_held_is_found_through_those_that_cite_it(office: Office, names: dict[str, str], typed: str) -> None:
    assert {names[hit.letter.id] for hit in office.search(typed)} >= {"S2", "QN", "HT", "VPCP"}


def test_words_are_found_with_or_without_marks(office: Office, names: dict[str, str]) -> None:
    with_marks = {names[hit.letter.id] for hit in office.search("đuối nước trẻ em")}
    without = {names[hit.letter.id] for hit in office.search("duoi nuoc tre em")}
    assert with_marks == without == {"PY"}


def test_filters_narrow(office: Office, names: dict[str, str]) -> None:
    assert {names[hit.letter.id] for hit in office.search("", type="kế hoạch")} == {"QN"}
    assert {names[hit.letter.id] for hit in office.search("", province="Nghệ An", type="GM")} == {"GM"}


def test_the_registers_hold_each_document_once(office: Office) -> None:
    outgoing = office.register("outgoing")
    assert len(outgoing) == 2  # 1002/UBND-VX and the invitation
    incoming = office.register("incoming")
    assert "8342" in incoming.astype(str).to_csv()  # the ĐẾN stamp's number


def test_a_second_run_does_nothing(office: Office) -> None:
    before = len(office.archive)
    report = office.ingest(SAMPLES / "letters")
    assert (report.known, report.letters, len(office.archive)) == (report.files, 0, before)
