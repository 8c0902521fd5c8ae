"""The documents round one: a page at a time, every one reached, nothing that is not for who asks."""

from __future__ import annotations

from pathlib import Path

import pytest

import pipeline
from pipeline.archive.graph.ego_graph import COUNTED, LINKS, PAGE, EgoGraph, NoSuchNode, ego_graph
from pipeline.archive.tables.database import reading
from tests.pipeline.archive.invented import cite, hand_in, sheet, write

PM, DAY = "Thủ tướng Chính phủ", "2021-01-11"
MANY = 2 * PAGE + 5
SECRET, OPEN = "9/BC-UBND", "500/UBND-VX"


def day_of(n: int) -> str:
    return f"2022-{n % 12 + 1:02}-{n % 28 + 1:02}"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directive that many letters cite, one of them secret; two decisions of one number and day that nobody holds."""
    folder = tmp_path_factory.mktemp("vicinity")
    directive = [cite("36/QĐ-TTg", DAY, PM)]
    sheets = [sheet("36/QĐ-TTg", PM, DAY, doc_type="QĐ", cites=[cite("72/2020/QH14", "2020-11-17", "Quốc hội", "based_on")])]
    sheets += [sheet(f"{n}/UBND-VX", day=day_of(n), cites=directive) for n in range(1, MANY)]
    sheets += [sheet(SECRET, doc_type="BC", day="2022-05-05", secrecy="MẬT", cites=directive)]
    sheets += [sheet(OPEN, day="2023-01-01", cites=[*directive, cite(SECRET, "2022-05-05", "Ủy ban nhân dân tỉnh Nghệ An", "mentions")])]
    for place in ("Hà Tĩnh", "Phú Yên"):
        body = f"Ủy ban nhân dân tỉnh {place}"
        sheets += [sheet(f"61{len(place)}/UBND-TH", body, "2024-03-01", cites=[cite("88/KH-UBND", "2024-02-01", body)])]
    with pipeline.open(folder / "archive") as office:
        hand_in(office.archive, *(write(folder / "in", f"{n}.pdf", one) for n, one in enumerate(sheets)))
    return folder / "archive"


def around(archive: Path, number: str, opened: list[str] | None = None, **how: bool | int) -> EgoGraph:
    with pipeline.open(archive) as office, reading(office.archive.engine) as connection:
        held = office.archive.find(number)
        return ego_graph(connection, held[0].id if held else number, opened or [], **how)  # type: ignore[arg-type]


def numbers(part: EgoGraph) -> list[str]:
    return [str(node.number) for node in part.graph.nodes.values()]


def test_a_directive_brings_a_page_and_says_how_many_are_left(archive: Path) -> None:
    part = around(archive, "36/QĐ-TTg")
    assert len(part.graph.nodes) == PAGE + 2, "itself, what it cites, and a page of those that cite it"
    assert part.left[part.centre] == MANY - PAGE
    days = sorted(str(node.date) for node in part.graph.nodes.values() if node.number and node.number.endswith("UBND-VX"))
    assert days == sorted(day_of(n) for n in range(1, MANY))[:PAGE], "the oldest come first"


def test_opened_on_it_brings_every_document_once(archive: Path) -> None:
    part = around(archive, "36/QĐ-TTg", secret=False)
    opened: list[str] = []
    while part.left[part.centre]:
        opened.append(part.centre)
        assert len(opened) < MANY
        part = around(archive, "36/QĐ-TTg", opened)
    assert sorted(numbers(part)) == sorted([f"{n}/UBND-VX" for n in range(1, MANY)] + [OPEN, "36/QĐ-TTg", "72/2020/QH14"])
    assert {edge.reference.sentence for edge in part.graph.edges} == {"Theo 36/QĐ-TTg.", "Theo 72/2020/QH14."}


def test_a_picture_holds_no_more_than_its_most(archive: Path) -> None:
    part = around(archive, "36/QĐ-TTg", most=7)
    assert len(part.graph.nodes) <= 7 and part.left[part.centre] > MANY - 7


def test_what_is_only_cited_can_stand_in_the_middle(archive: Path) -> None:
    law = next(node.id for node in around(archive, "36/QĐ-TTg").graph.nodes.values() if node.number == "72/2020/QH14")
    part = around(archive, law)
    assert part.centre == law and sorted(numbers(part)) == ["36/QĐ-TTg", "72/2020/QH14"] and part.left[law] == 0


def test_equal_numbers_of_two_issuers_stay_apart(archive: Path) -> None:
    mine = around(archive, "617/UBND-TH")
    stub = next(id for id in mine.graph.nodes if id.startswith("doc:88"))
    assert sorted(numbers(around(archive, stub))) == ["617/UBND-TH", "88/KH-UBND"]


def test_a_secret_letter_is_neither_shown_nor_counted(archive: Path) -> None:
    # a letter that cites it openly says so; that it is held is for the cleared alone
    for secret in (False, True):
        cited = next(node for node in around(archive, OPEN, secret=secret).graph.nodes.values() if node.number == SECRET)
        assert cited.held == secret
    whole = around(archive, SECRET, secret=True)
    assert sorted(numbers(whole)) == sorted([SECRET, OPEN]), "nothing of what it cites is kept"
    with pytest.raises(NoSuchNode):
        around(archive, SECRET)


@pytest.mark.parametrize("id", ["", "nothing", "doc:", "doc:1|x", "doc:1||QD@yesterday@A", "doc:1||QD@@A", "doc:LUAT@@"])
def test_what_is_none_is_told(archive: Path, id: str) -> None:
    with pytest.raises(NoSuchNode):
        around(archive, id or "-")


def test_others_that_are_none_are_passed_over(archive: Path) -> None:
    assert numbers(around(archive, "36/QĐ-TTg", ["nothing", "doc:x"])) == numbers(around(archive, "36/QĐ-TTg"))
    assert COUNTED > MANY and LINKS > MANY
