"""The chain's chances are those that all ways of labelling give together."""

from __future__ import annotations

import math
from itertools import pairwise, product
from pathlib import Path

import pytest

from pipeline.layout.learned.chain import AFTER, LABELS, OTHER, chances


def table(path: Path, weights: dict[str, dict[str, int]]) -> Path:
    rows = {**{AFTER + label: {} for label in LABELS}, **weights}
    lines = ["\t".join(("feature", *LABELS))]
    lines += ["\t".join((name, *(str(of.get(label, 0)) for label in LABELS))) for name, of in rows.items()]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_chances_are_the_share_of_all_ways_to_label_a_page(tmp_path: Path) -> None:
    weights = {"a": {"number": 150, OTHER: -50}, "b": {"subject": 80, "number": 20}, AFTER + "number": {"subject": 120}}
    path = table(tmp_path / "weights.tsv", weights)
    lines = [["a"], ["b", "unheard of"], ["a", "b"]]

    def score(way: tuple[str, ...]) -> float:
        own = sum(weights[name].get(label, 0) for names, label in zip(lines, way, strict=True) for name in names if name in weights)
        return (own + sum(weights.get(AFTER + one, {}).get(then, 0) for one, then in pairwise(way))) / 100

    ways = {way: math.exp(score(way)) for way in product(LABELS, repeat=3)}
    found = chances(lines, path)
    for at in range(3):
        for column, label in enumerate(LABELS):
            share = sum(weight for way, weight in ways.items() if way[at] == label) / sum(ways.values())
            assert found[at, column] == pytest.approx(share)


def test_a_table_of_other_labels_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.tsv"
    path.write_text("feature\tnumber\tday\n", encoding="utf-8")
    with pytest.raises(ValueError, match="columns"):
        chances([["a"]], path)
