"""Examples to fit by: each field of each letter of a set with its features, and whether the scorer calls it right."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.pages import cached
from models.page import Page
from pipeline.acquire import Refusal, take, walk
from pipeline.extract import own_pages
from pipeline.extract.doubt import FITTED, features
from pipeline.extract.header import read_header
from pipeline.layout import relabel
from pipeline.segment import split
from training.doubt.verdicts import Record, aside, files, offices, verdicts


class Example(NamedTuple):
    """A field of a letter. letter: the record's id; office: whose it is; rule: how sure its own reader is, 0 to 1."""

    letter: str
    office: str
    field: str
    features: dict[str, float]
    rule: float
    right: bool


class Examples(NamedTuple):
    """A set's records, without what is in review for its chance, and the examples that were made of them."""

    name: str
    records: tuple[Record, ...]
    fields: tuple[Example, ...]


def gather(name: str, kept: Sequence[Path] = (), beside: Sequence[str] = ()) -> Examples:
    """Read a set ("real", "synthetic", the path of a folder) and judge it. kept: folders with pages read before, as <sha256>.json.gz;
    others are read now; beside: sets whose letters may be of the same offices."""
    records: list[Record] = []
    seen: dict[str, dict[str, tuple[dict[str, float], float]]] = {}
    for path in sorted(item for item in walk([files(name)]) if isinstance(item, Path) and item.name not in aside()):
        try:
            pages = [relabel(page) for page in pages_of(path, kept)]
        except Refusal:
            continue
        for span in split(pages):
            reading = read_header(own_pages(pages, span), span.annex)
            letter = f"{path.name} {span.first} {span.order}"
            source = {"file": path.name, "pages": [span.first, span.last]}
            header = reading.header.model_dump(mode="json")
            asked = [field for field in reading.review if reading.examined is None or field not in FITTED]
            records.append({"id": letter, "source": source, "header": header, "review": asked, "references": []})
            if reading.examined is not None:
                sure = reading.examined.evidence
                seen[letter] = {field: (features(field, reading.examined), sure[field].confidence) for field in FITTED if field in sure}
    right, office = verdicts(name, records), offices(name, beside)
    held = {record["id"]: record["source"]["file"] for record in records}
    found = [
        Example(letter, office[held[letter]], field, values, rule, right[letter][field])
        for letter, fields in seen.items()
        for field, (values, rule) in fields.items()
        if field in right.get(letter, {})
    ]
    return Examples(name, tuple(records), tuple(found))


def gathered(kept: Sequence[Path] = (), beside: Sequence[Path] = ()) -> tuple[Examples, Examples, tuple[Example, ...]]:
    """Return the real letters, the drawn ones, and the examples of the folders of labelled letters beside them."""
    others = [str(folder.resolve()) for folder in beside]
    further = [one for name in others for one in gather(name, kept, ("real", *others)).fields]
    return gather("real", kept, others), gather("synthetic", kept), tuple(further)


def pages_of(path: Path, kept: Sequence[Path]) -> list[Page]:
    digest = take(path).sha256
    for folder in kept:
        store = folder / f"{digest}.json.gz"
        if store.is_file():
            return [Page.model_validate(page) for page in json.loads(gzip.decompress(store.read_bytes()))]
    return cached(path)
