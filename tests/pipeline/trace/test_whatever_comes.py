"""What holds of any graph: a denial raises nothing, and the order in which letters arrive changes nothing."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.letter import Letter
from models.trace import Standing
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace import trace_all
from tests.pipeline.link.by_hand import cites, letter

ISSUERS = (
    "Thủ tướng Chính phủ",
    "Bộ Y tế",
    "Ủy ban nhân dân tỉnh Gia Lai",
    "Chủ tịch Ủy ban nhân dân tỉnh Gia Lai",
    "Sở Y tế tỉnh Gia Lai",
    "Ủy ban nhân dân tỉnh Nghệ An",
)
TYPES = ("CV", "KH", "BC", "QĐ", "CT")
RELATIONS = ("implements", "responds_to", "acknowledges", "follows_up", "guides", "amends", "replaces", "encloses", "mentions", "based_on")
DENIED = ("denied", "postponed", "stopped", "asked")
TO = ("Ủy ban nhân dân tỉnh Gia Lai", "Ủy ban nhân dân tỉnh Nghệ An")
FIRST = date(2022, 1, 3)

numbers = st.integers(0, 4)
said = st.tuples(
    numbers,
    st.sampled_from(RELATIONS),
    st.sampled_from(("affirmed", "affirmed", *DENIED)),
    st.sampled_from(("self", "self", "other")),
    st.sampled_from(("whole", "whole", "part", "words")),
)
written = st.tuples(
    st.sampled_from(ISSUERS), st.sampled_from(TYPES), st.integers(0, 5), st.booleans(), st.lists(said, max_size=3)
)  # fmt: skip
worlds = st.lists(written, min_size=3, max_size=5)


def letters(world: list) -> list[Letter]:
    def number(at: int) -> str:
        return f"{at + 1}/{world[at][1]}-X"

    def day(at: int) -> str:
        return str(FIRST + timedelta(days=world[at][2]))

    return [
        letter(
            str(at),
            number(at),
            day(at),
            issuer,
            *(
                cites(number(to), day(to), world[to][0], relation, polarity=polarity, agent=agent, scope=scope, sentence=f"{relation} {to}")
                for to, relation, polarity, agent, scope in references
                if to < len(world) and to != at
            ),
            doc_type=kind,
            to=TO if told else (),
        )
        for at, (issuer, kind, _, told, references) in enumerate(world)
    ]


def standings(held: list[Letter]) -> dict[tuple[str | None, str], tuple]:
    shelf = MemoryIndex(held)
    made = assemble(resolve(one, shelf) for one in shelf.letters.values())
    return {(line.instruction.number, line.province): tuple(line.record().items()) for line in trace_all(made, date(2023, 1, 1))}


def proved(held: list[Letter]) -> dict[tuple[str | None, str], Standing]:
    return {key: Standing[dict(line)["standing"]] for key, line in standings(held).items()}


@settings(max_examples=120, deadline=None)
@given(worlds, st.randoms(use_true_random=False))
def test_any_order_of_letters_gives_the_same_trace(world: list, dice) -> None:
    held = letters(world)
    mixed = list(held)
    dice.shuffle(mixed)
    assert str(standings(held)) == str(standings(mixed))


@settings(max_examples=200, deadline=None)
@given(worlds, st.data())
def test_a_denial_never_raises_what_is_said_of_its_own_deed(world: list, data: st.DataObject) -> None:
    """Of any affirmed reference of action by a body of a province; what ends another letter is aside, for that gives back what it took."""
    held = letters(world)
    places = [
        (at, k)
        for at, one in enumerate(held)
        for k, r in enumerate(one.references)
        if r.relation not in ("replaces", "acknowledges", "encloses") and "tỉnh" in (one.header.issuer or "")
    ]
    if not places:
        return
    at, k = data.draw(st.sampled_from(places))
    references = list(held[at].references)
    if (references[k].polarity, references[k].agent) != ("affirmed", "self"):
        return
    before = proved(held)
    references[k] = references[k].model_copy(update={"polarity": data.draw(st.sampled_from(DENIED))})
    held[at] = held[at].model_copy(update={"references": tuple(references)})
    after = proved(held)
    for key, standing in after.items():
        # that it says so proves that it was received, and no more
        assert standing <= max(before.get(key, Standing.NOT_ADDRESSED), Standing.RECEIVED)
