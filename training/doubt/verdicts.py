"""What the yardstick's scorer says of our records: right or wrong by field, and which letters are one office's.

It runs the scorer's own functions, which alone read the truth. Files that are set aside are never looked at.
"""

from __future__ import annotations

import importlib
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

YARDSTICK = Path(__file__).resolve().parents[2].parent / "shared" / "bench"
Record = dict[str, Any]


@cache
def scorer() -> Any:
    """The yardstick's module. Raises ModuleNotFoundError where the yardstick is not here."""
    sys.path.append(str(YARDSTICK))
    try:
        return importlib.import_module("letterbench.score")
    finally:
        sys.path.remove(str(YARDSTICK))


def place(name: str) -> Path:
    """The folder of a set: of the yardstick's by its name ("real"), of another, built alike (truth.jsonl, files/), by its path."""
    return Path(name) if "/" in name else YARDSTICK / "dev" / name


def files(name: str) -> Path:
    """The folder of a set's files."""
    return place(name) / "files"


@cache
def aside() -> frozenset[str]:
    """The names of the files that are set aside."""
    listed = YARDSTICK / "dev" / "real" / "aside.txt"
    return frozenset(listed.read_text(encoding="utf-8").split()) if listed.is_file() else frozenset()


@cache
def truth(name: str) -> tuple[Record, ...]:
    """The scorer's rows of a set, a file each, those set aside left out."""
    return tuple(row for row in scorer().read(place(name) / "truth.jsonl") if row["file"] not in aside())


def verdicts(name: str, records: Sequence[Record]) -> dict[str, dict[str, bool]]:
    """Return by a record's id which of its fields are right; fields that the truth is unsure of are left out, and letters too many."""
    held: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        held[record["source"]["file"]].append(record)
    found: dict[str, dict[str, bool]] = {}
    for row in truth(name):
        for gold, record in scorer().pair_letters(row["letters"], held[row["file"]]):
            if record is not None:
                unsure = {field.split(".")[0] for field in gold.get("unsure") or []}
                right = scorer().verdicts(gold, record["header"])
                found[record["id"]] = {field: bool(ok) for field, ok in right.items() if field not in unsure}
    return found


def figures(name: str, records: Sequence[Record], reviews: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """The scorer's shares (0 to 1) over all of a set, with the fields that `reviews` names by record id in review."""
    asked = [{**record, "review": list(reviews[record["id"]])} for record in records]
    scored: dict[str, float] = scorer().figures(scorer().score(truth(name), asked)["ALL"])
    return scored


def offices(name: str, beside: Sequence[str] = ()) -> dict[str, str]:
    """Return by file the office that its letters are of: one name for all that hang together, in the sets beside it too.

    Letters of one file, of one body, of a body and the one over it, and of two bodies that bear the same abbreviation under one parent
    (a school that was renamed) are one office's.
    """
    leads: dict[str, str] = {}

    def lead(key: str) -> str:
        while leads.setdefault(key, key) != key:
            key = leads[key]
        return key

    rows = [(one, row) for one in sorted({name, *beside}) for row in truth(one)]
    issuers = {scorer().body(letter["issuer"]) for _, row in rows for letter in row["letters"]}
    for one, row in rows:
        for letter in row["letters"]:
            body, parent = scorer().body(letter["issuer"]), scorer().body(letter["issuer_parent"])
            symbol = scorer().number(letter["number"]).split("/")[-1].split("-")
            same = [
                f"file {one} {row['file']}",
                *([parent] if parent in issuers else []),
                *(f"{parent}: {part}" for part in symbol if parent and len(part) > 2),
            ]
            for other in same:
                leads[lead(other)] = lead(body)
    return {row["file"]: lead(f"file {name} {row['file']}") for row in truth(name)}
