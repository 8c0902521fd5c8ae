"""Whole worlds of the yardstick's generator, read without a fault: every edge and every pair that acted is found."""

import importlib
import sys
from pathlib import Path

import pytest

from models.letter import Letter
from models.reference import Reference
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace import trace_all
from tests.pipeline.link.by_hand import letter

BENCH = Path(__file__).parents[4] / "shared" / "bench"
pytestmark = pytest.mark.skipif(not (BENCH / "letterbench" / "world.py").is_file(), reason="the yardstick is not here")


def made(seed: int):
    sys.path.insert(0, str(BENCH))
    try:
        world_of = importlib.import_module("letterbench.world")
    finally:
        sys.path.remove(str(BENCH))
    world = world_of.World(seed, 6, 6)
    letters: dict[str, Letter] = {}
    for one in world.letters:
        references = tuple(
            Reference(
                number=r.number,
                date=r.date,
                issuer=r.issuer,
                doc_type=r.doc_type,
                relation=r.relation,
                text=r.text,
                sentence=next((p for p in one.body if r.text and r.text in p), ""),
            )
            for r in one.references
        )
        letters[one.id] = letter(
            f"{seed} {one.id}",
            one.number,
            one.date.isoformat(),
            one.issuer,
            *references,
            doc_type=one.doc_type,
            subject=one.subject,
            to=tuple(one.recipients),
            copies=tuple(one.copies),
            capacity=tuple(one.capacity),
            text="\n".join(one.body),
        )
    return world, letters, world_of.trace_truth(world)


@pytest.mark.parametrize("seed", [3, 11, 42])
def test_every_edge_and_every_pair(seed: int) -> None:
    world, letters, truth = made(seed)
    shelf = MemoryIndex(letters.values())
    resolved = {id: resolve(one, shelf) for id, one in letters.items()}
    wrong = [
        (id, wanted.number, said.target)
        for one in world.letters
        for id in [one.id]
        for wanted, said in zip(one.references, resolved[id].references, strict=True)
        if said.target != (letters[wanted.target].id if wanted.target else None)
    ]
    assert wrong == []
    known = {(t["number"], t["date"]) for t in truth}
    gold = {(t["number"], t["date"], province) for t in truth for province in t["acted"]}
    said = {
        (line.instruction.number, str(line.instruction.date), line.province)
        for line in trace_all(assemble(resolved.values()), max(one.date for one in world.letters))
        if line.acted and (line.instruction.number, str(line.instruction.date)) in known
    }
    assert said == gold
    assert gold
