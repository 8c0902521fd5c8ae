"""What differs between two exports of one set, field by field: whether a change of structure changed what the program says.

    python -m benchmarks.parity BEFORE AFTER [--field PART] [--most 20] [--aside LIST]

BEFORE, AFTER: records or standings (JSON, a line each) or registers (CSV) of the same files. Rows are found again by what they are about:
a letter by its id, a standing by instruction and province, a line of a register by its letter; and what stands in lists by its number,
text or place in the list. Prints a count a field, then each difference; a field that no row had before is told once.
Files named in LIST (the yardstick's own, where it is here) are compared as well, but only counted: nothing of them is printed. Standings
and registers name no file, so the set's records beside them (`x-records.jsonl` beside `x-standings.jsonl`) tell which rows those are.
Ends with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.accuracy import YARDSTICK

ASIDE = YARDSTICK / "dev" / "real" / "aside.txt"
_ABSENT = "—"
Row = dict[str, Any]


class Difference(NamedTuple):
    """A value that is another. field: its path, without places in lists; where: the row and the whole path."""

    field: str
    where: str
    before: str
    after: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--field", default="", help="only fields whose path holds this")
    parser.add_argument("--most", type=int, default=20, help="differences to print a field; 0: counts alone")
    parser.add_argument("--aside", type=Path, default=ASIDE, help="names of files that are only counted")
    asked = parser.parse_args()
    aside = set(asked.aside.read_text(encoding="utf-8").split()) if asked.aside.is_file() else set()
    shown: list[Difference] = []
    hidden: Counter[str] = Counter()
    before, after = rows(asked.before), rows(asked.after)
    secret = marks(asked.before, aside) | marks(asked.after, aside)
    for key in {**before, **after}:
        pair = before.get(key, {}), after.get(key, {})
        found = [one for one in compared(key, *pair) if asked.field in one.field]
        if any(is_aside(row, aside, secret) for row in pair):
            hidden.update(one.field for one in found)
        else:
            shown += found
    told(shown, hidden, len(before), len(after), asked.most)
    return int(bool(shown or hidden))


def rows(path: Path) -> dict[str, Row]:
    """The rows of an export by what they are about."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        given: list[Row] = list(csv.DictReader(file)) if path.suffix == ".csv" else [json.loads(line) for line in file]
    seen: Counter[str] = Counter()
    found = {}
    for row in given:
        key = about(row)
        seen[key] += 1
        found[f"{key} ({seen[key]})" if seen[key] > 1 else key] = row
    return found


def about(row: Row) -> str:
    """What a row is about, as one key."""
    if isinstance(row.get("instruction"), dict):
        return " ".join(str(part) for part in (*row["instruction"].values(), row.get("province")))
    for name in ("id", "letter", "letter_id", "number"):
        if row.get(name):
            return str(row[name])
    return str(next(iter(row.values()), ""))


def marks(path: Path, aside: set[str]) -> set[str]:
    """Ids and numbers of the letters that are aside, out of the records beside an export. Raises FileNotFoundError where it needs them."""
    records = path.with_name(path.name.replace("standings", "records").replace("register", "records")).with_suffix(".jsonl")
    if not aside or not records.is_file():
        if aside and "real" in path.name:
            raise FileNotFoundError(f"{records}: it tells which rows are of files that are aside")
        return set()
    found = set()
    for line in records.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row.get("source", {}).get("file") in aside:
            found |= {row["id"], row["header"]["number"]} - {None}
    return found


def is_aside(row: Row, aside: set[str], secret: set[str]) -> bool:
    """Whether a row is of a file that is aside, or names its letter."""
    if (row.get("source") or {}).get("file") in aside:
        return True
    text = json.dumps(row, ensure_ascii=False)
    return any(mark in text for mark in secret)


def compared(key: str, before: Row, after: Row) -> Iterator[Difference]:
    """Each value that is another, by its path."""
    if not before or not after:
        yield Difference("row", key, "there" if before else _ABSENT, "there" if after else _ABSENT)
        return
    old, new = dict(values(before)), dict(values(after))
    for path in {**old, **new}:
        if (pair := (old.get(path, _ABSENT), new.get(path, _ABSENT)))[0] != pair[1]:
            yield Difference(".".join(part for part in path if not part.startswith("[")), f"{key} {'.'.join(path)}", *pair)


def values(given: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every value under its path; a list of plain values is one, a list of objects has a path for each."""
    if isinstance(given, dict):
        for name, value in given.items():
            yield from values(value, (*path, name))
    elif isinstance(given, list) and any(isinstance(one, dict) for one in given):
        seen: Counter[str] = Counter()
        for place, one in enumerate(given):
            name = str(next((one[key] for key in ("number", "text", "code", "kind") if one.get(key)), place))
            seen[name] += 1
            yield from values(one, (*path, f"[{name[:60]}#{seen[name]}]"))
    else:
        yield path, said(given)


def said(value: Any) -> str:
    """A value as it is compared and printed: no finer than a millionth."""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list):
        return json.dumps([said(one) for one in value], ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value


def told(shown: list[Difference], hidden: Counter[str], before: int, after: int, most: int) -> None:
    """Print the counts, then the differences of each field."""
    by_field: dict[str, list[Difference]] = defaultdict(list)
    for one in shown:
        by_field[one.field].append(one)
    print(f"rows: {before} before, {after} after; differences: {len(shown)}, and {hidden.total()} in files that are aside")
    for field in sorted({*by_field, *hidden}):
        found = by_field.get(field, [])
        new = found and all(one.before == _ABSENT for one in found) and field != "row"
        print(f"{len(found):>7} {hidden[field]:>6}  {field}{'  (was nowhere before)' if new else ''}")
    for field, found in sorted(by_field.items()):
        if field != "row" and all(one.before == _ABSENT for one in found):
            continue
        for one in found[:most]:
            print(f"\n{one.where}\n  - {one.before}\n  + {one.after}")
        if most and len(found) > most:
            print(f"\n… {len(found) - most} more of {field}")


if __name__ == "__main__":
    sys.exit(main())
