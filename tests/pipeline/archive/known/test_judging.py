"""What an archive knows of signers, issuers and symbols holds for that issuer, these days and this office, and no further."""

from __future__ import annotations

from datetime import date as Date
from typing import Any

import pytest

from models.repair import Known, KnownKind
from pipeline.archive.known.attestations import Attestation, Told, Trust
from pipeline.archive.known.judging import judged

HEALTH, ELSEWHERE = "Sở Y tế tỉnh Phú Lương", "Sở Y tế tỉnh Đại An"
NAME, MISREAD, OFFICE = "Đào Hữu Thắng", "Đào Hữu Thăng", "GIAM DOC"
DOUBT, SURE, PERSON = Trust


def told(value: str | None, trust: Trust = SURE, *readings: str) -> Told:
    return Told(value=value, trust=trust, readings=readings)


def letter(id: str, signer: Told | str | None = None, **more: Any) -> Attestation:
    """A letter of the health office, of 5 March 2021 but for what is said."""
    said = {
        "document": id, "day": Date(2021, 3, 5), "place": "Phú Lương", "issuer": told(HEALTH), "office": OFFICE,
        "number": told(f"{id}/SYT-NVY"), "symbol": "SYT-NVY", "body": "SYT",
    }  # fmt: skip
    return Attestation(letter=id, signer=told(signer) if isinstance(signer, str) else signer or Told(), **{**said, **more})


def known(name: str = NAME, count: int = 2, **more: Any) -> list[Attestation]:
    """Letters that tell of a signer, from 1 January to 1 July 2021, so that what was in doubt on 5 March was in his days."""
    days = [Date(2021, 1, 1), Date(2021, 7, 1), *(Date(2021, 2, day) for day in range(1, count - 1))]
    return [letter(f"1{n}", name, **{"day": day, **more}) for n, day in enumerate(days[:count])]


def of(one: Attestation, *others: Attestation) -> dict[str, Known]:
    """What is made of the first of these letters."""
    return judged([*others, one]).get(one.letter, {})


def kind(one: Attestation, *others: Attestation, field: str = "signer") -> KnownKind | None:
    made = of(one, *others).get(field)
    return made and made.kind


def test_a_name_in_doubt_that_says_what_is_known_is_confirmed_by_the_letters_that_tell_it() -> None:
    made = of(letter("7", told(NAME, DOUBT)), *known(count=3))["signer"]
    assert (made.kind, made.value, made.issuer, made.letters) == (KnownKind.CONFIRMED, NAME, HEALTH, 3)
    assert (made.first, made.last, made.by) == (Date(2021, 1, 1), Date(2021, 7, 1), ("10", "12", "11"))


def test_a_name_that_differs_by_a_mark_is_proposed_and_mended_only_where_one_reader_said_it() -> None:
    assert kind(letter("7", told(MISREAD, DOUBT)), *known()) is KnownKind.PROPOSED
    assert kind(letter("7", told(MISREAD, DOUBT, "Đào Hữu Thăng", "Đào Hữu Thắng")), *known()) is KnownKind.MENDED
    assert kind(letter("7", told(MISREAD, DOUBT, "Đào Hữu Thăng", "Đào Hữu Thảng")), *known()) is KnownKind.PROPOSED


def test_a_name_in_doubt_that_lacks_a_letter_is_proposed_one_that_is_another_is_not() -> None:
    assert kind(letter("7", told("Đào Hữu Thắg", DOUBT)), *known()) is KnownKind.PROPOSED
    assert kind(letter("7", told("Lê Hữu Chiến", DOUBT)), *known()) is None


@pytest.mark.parametrize(
    "others",
    [
        known(count=1),
        known(document="one letter and its copy"),
        known(issuer=told(ELSEWHERE)),
        known(issuer=told(HEALTH, DOUBT)),
        [letter("10", told(NAME, DOUBT)), letter("11", told(NAME, DOUBT))],
        known(day=None),
    ],
    ids=["one letter", "copies", "another issuer", "issuer in doubt", "themselves in doubt", "days in doubt"],
)
def test_what_is_not_known_confirms_nothing(others: list[Attestation]) -> None:
    assert of(letter("7", told(NAME, DOUBT)), *others) == {}
    assert of(letter("7", told(MISREAD, DOUBT)), *others) == {}


def test_what_a_person_said_once_is_known() -> None:
    said = letter("10", told(NAME, PERSON))
    assert kind(letter("7", told(NAME, DOUBT)), said) is KnownKind.CONFIRMED


def test_a_signer_confirms_nothing_before_his_first_day_and_after_his_last() -> None:
    for day in (Date(2020, 12, 31), Date(2021, 7, 2)):
        assert of(letter("7", told(NAME, DOUBT), day=day), *known()) == {}
        # he may have signed near these days, and a person is asked
        assert kind(letter("7", told(MISREAD, DOUBT, MISREAD, NAME), day=day), *known()) is KnownKind.PROPOSED
    for day in (Date(2019, 7, 2), Date(2023, 7, 2), None):
        assert of(letter("7", told(NAME, DOUBT), day=day), *known()) == {}
        assert of(letter("7", told(MISREAD, DOUBT, MISREAD, NAME), day=day), *known()) == {}


def test_a_signer_in_an_office_that_he_is_not_known_to_hold_is_not_confirmed() -> None:
    assert of(letter("7", told(NAME, DOUBT), office="CHU TICH HOI DONG"), *known()) == {}
    assert of(letter("7", told(NAME, DOUBT), office=""), *known()) == {}


def test_a_sure_reading_of_a_scan_is_asked_about_where_many_letters_tell_otherwise_and_no_clear_one_is() -> None:
    assert of(letter("7", MISREAD), *known(count=3)) == {}
    assert kind(letter("7", MISREAD), *known(count=5)) is KnownKind.PROPOSED
    assert of(letter("7", MISREAD, scanned=False), *known(count=5)) == {}
    assert of(letter("7", told(MISREAD, PERSON)), *known(count=5)) == {}
    assert of(letter("7", "Lê Hữu Chiến"), *known(count=5)) == {}


def test_of_two_known_names_that_differ_by_a_mark_none_is_taken_unless_it_far_outweighs_a_misreading() -> None:
    twice = [letter(f"2{n}", MISREAD) for n in range(2)]
    assert of(letter("7", told(NAME, DOUBT)), *known(count=5), *twice) == {}
    assert kind(letter("7", told(NAME, DOUBT)), *known(count=10), *twice) is KnownKind.CONFIRMED
    assert kind(twice[0], *known(count=10), twice[1]) is KnownKind.PROPOSED
    clear = [one.model_copy(update={"scanned": False}) for one in twice]
    assert of(letter("7", told(NAME, DOUBT)), *known(count=10), *clear) == {}


def test_an_issuer_in_doubt_is_confirmed_by_its_symbol_and_its_place_or_signer() -> None:
    seen = told(HEALTH, DOUBT)
    assert kind(letter("7", issuer=seen), *known(), field="issuer") is KnownKind.CONFIRMED
    assert kind(letter("7", NAME, issuer=seen, place=None), *known(), field="issuer") is KnownKind.CONFIRMED
    assert of(letter("7", issuer=seen, place=None), *known()) == {}
    assert of(letter("7", NAME, issuer=seen, body="STP"), *known()) == {}


def test_an_issuer_without_its_place_is_proposed_with_the_one_that_symbol_and_place_tell() -> None:
    others = [letter(f"3{n}", issuer=told(ELSEWHERE), place="Đại An") for n in range(2)]
    made = of(letter("7", issuer=told("Sở Y tế", DOUBT), place="Đại An"), *known(), *others)
    assert (made["issuer"].kind, made["issuer"].value) == (KnownKind.PROPOSED, ELSEWHERE)
    assert of(letter("7", issuer=told("Sở Y tế", DOUBT), place=None), *known(), *others) == {}
    both = [one.model_copy(update={"place": "Đại An"}) for one in known()]
    assert of(letter("7", issuer=told("Sở Y tế", DOUBT), place="Đại An"), *both, *others) == {}


def test_a_signer_is_known_of_an_issuer_that_was_itself_confirmed_not_of_one_that_is_only_proposed() -> None:
    made = of(letter("7", told(NAME, DOUBT), issuer=told(HEALTH, DOUBT)), *known())
    assert {field: one.kind for field, one in made.items()} == {"issuer": KnownKind.CONFIRMED, "signer": KnownKind.CONFIRMED}
    made = of(letter("7", told(NAME, DOUBT), issuer=told("Sở Y tế", DOUBT)), *known())
    assert {field: one.kind for field, one in made.items()} == {"issuer": KnownKind.PROPOSED}


@pytest.mark.parametrize(
    ("usual", "read"), [("TB-DCT", "TB-ĐCT"), ("QĐ-ĐUK", "QĐ-DUK"), ("SYT-P01", "SYT-PO1"), ("BTC-TCI", "BTC-TC1"), ("SYT-I0", "SYT-1O")]
)
def test_a_symbol_that_the_issuers_letters_spell_otherwise(usual: str, read: str) -> None:
    own = [letter(f"4{n}", number=told(f"4{n}/{usual}"), symbol=usual) for n in range(4)]

    def seen(trust: Trust, *readings: str) -> Attestation:
        return letter("195", number=told(f"195/{read}", trust, *readings), symbol=read)

    made = of(seen(SURE), *own)["number"]
    assert (made.kind, made.read, made.value) == (KnownKind.PROPOSED, f"195/{read}", f"195/{usual}")
    assert kind(seen(SURE, f"Số: 195/{read}", f"Số: 195/{usual}"), *own, field="number") is KnownKind.MENDED
    assert kind(seen(DOUBT), *own[:2], field="number") is KnownKind.PROPOSED
    assert of(seen(SURE), *own[:3]) == {}
    assert of(seen(SURE).model_copy(update={"scanned": False}), *own) == {}
    assert of(seen(PERSON), *own) == {}


def test_another_symbol_of_the_issuer_is_its_own() -> None:
    own = [letter(f"4{n}", number=told(f"4{n}/SYT-NVY"), symbol="SYT-NVY") for n in range(9)]
    assert of(letter("7", number=told("7/SYT-NVD", DOUBT), symbol="SYT-NVD"), *own) == {}


def test_the_body_over_an_issuer_is_known_too() -> None:
    own = [letter(f"5{n}", parent=told("Ủy ban nhân dân tỉnh Phú Lương")) for n in range(2)]
    seen = told("Ủy ban nhân dân tỉnh Phú Lượng", DOUBT)
    assert kind(letter("7", parent=seen), *own, field="issuer_parent") is KnownKind.PROPOSED
