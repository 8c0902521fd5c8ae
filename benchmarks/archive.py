"""How the archive behaves as it grows: `python -m benchmarks.archive [--letters 100000] [--where FOLDER]`.

Fills an archive with invented letters, 27 a day, and measures at 1,000 (the first weeks) and at the full number (100,000: ten years)
what storing, resolving, searching and tracing one letter cost (the median, milliseconds, and the ratio). Letters are linked in memory
and written in large transactions: neither reading files nor filling is measured here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

from models.letter import Header, Letter, Signer, Source, letter_id
from models.reference import Reference
from pipeline.archive import Archive, Filters, open_archive
from pipeline.archive.graph.relinking import settle, shorts
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.extract.older_records import brought_up
from pipeline.link import MemoryIndex, copy_of, resolve
from rules.tables import rows

SMALL, SAMPLE, A_DAY = 1_000, 200, 27
_WORDS = "khoa học công nghệ năng suất chất lượng kế hoạch triển khai thực hiện chương trình quốc gia nông thôn y tế giáo dục đầu tư"
_SYLLABLES = re.findall(r"\S+", _WORDS)
_MINISTRIES = (
    ("Bộ Y tế", "BYT"),
    ("Bộ Tài chính", "BTC"),
    ("Bộ Nội vụ", "BNV"),
    ("Bộ Công Thương", "BCT"),
    ("Bộ Khoa học và Công nghệ", "BKHCN"),
)


def invented(count: int, seed: int = 1) -> Iterable[Letter]:
    """`count` letters of 63 provinces and some ministries, 27 a day; each cites earlier ones."""
    dice = random.Random(seed)
    provinces = [row["old_name"] for row in rows("provinces")]
    before: list[Letter] = []
    for n in range(count):
        day = Date(2015, 1, 1) + timedelta(days=n // A_DAY)
        if dice.random() < 0.3:
            issuer, symbol = dice.choice(_MINISTRIES)
            symbol = f"{symbol}-{dice.choice(('VP', 'TCT', 'KHTC', 'PC'))}"
        else:
            issuer, symbol = f"Ủy ban nhân dân tỉnh {dice.choice(provinces)}", f"UBND-{dice.choice(('VX', 'KT', 'NC', 'TH'))}"
        sha256 = hashlib.sha256(f"{seed}-{n}".encode()).hexdigest()
        cited = [before[-1 - min(int(dice.expovariate(1 / 200)), len(before) - 1)] for _ in range(min(5, len(before)))]
        references = tuple(
            Reference(
                number=c.header.number, date=c.header.date if dice.random() < 0.8 else None, issuer=c.header.issuer, relation="implements"
            )
            for c in cited
        )
        text = " ".join(dice.choices(_SYLLABLES, k=600)) + "".join(f" văn bản số {r.number}" for r in references)
        letter = Letter(
            id=letter_id(sha256, 1),
            source=Source(file=f"{n}.pdf", sha256=sha256, pages=(1, 2), kind="digital"),
            header=Header(
                issuer=issuer, number=f"{dice.randint(1, 4000)}/{symbol}", doc_type="CV", date=day,
                subject=" ".join(dice.choices(_SYLLABLES, k=12)), signer=Signer(name="Người Ký"),
            ),
            references=references,
            text=(text[: len(text) // 2], text[len(text) // 2 :]),
        )  # fmt: skip
        letter = brought_up(letter)  # with all that is stored when a letter is read
        before = [*before[-2000:], letter]
        yield letter


def fill(archive: Archive, letters: list[Letter], batch: int = 2_000) -> None:
    """Store letters that are linked among themselves already: what ingest ends with, without its asking the archive for each."""
    shelf = MemoryIndex(letters)
    for letter in letters:
        if first := copy_of(letter, shelf):
            shelf.put(letter.model_copy(update={"copy_of": first}))
    for start in range(0, len(letters), batch):
        with writing(archive.engine) as connection:
            letter_store = LetterStore(connection)
            for letter in letters[start : start + batch]:
                letter_store.put(letter, resolve(shelf.letters[letter.id], shelf), ledger_id=None, quarantined=False)


def median(run: Callable[[Letter], object], letters: list[Letter]) -> float:
    """The median milliseconds of `run` over letters; one pass before it warms what is cached."""
    spent = []
    for at, letter in enumerate([*letters, *letters]):
        begun = time.perf_counter()
        run(letter)
        if at >= len(letters):
            spent.append((time.perf_counter() - begun) * 1000)
    return statistics.median(spent)


def measure(archive: Archive, last: list[Letter]) -> dict[str, float]:
    """What each question costs, over some of the letters held."""

    def resolved(letter: Letter) -> object:
        with reading(archive.engine) as connection:
            return resolve(letter, LetterStore(connection))

    def stored(letter: Letter) -> None:
        with writing(archive.engine) as connection:
            letter_store = LetterStore(connection)
            letter_store.put(letter, letter, ledger_id=None, quarantined=False)
            settle(letter_store, shorts(letter_store, [letter.id]), archive.linker)

    return {
        "resolve one letter (5 references)": median(resolved, last),
        "store one letter and settle": median(stored, last),
        "letter by id": median(lambda letter: archive.letter(letter.id), last),
        "search a number": median(lambda letter: archive.search(str(letter.header.number)), last),
        "search three words, one day": median(
            lambda letter: archive.search("khoa học quốc", Filters(since=letter.header.date, until=letter.header.date)), last[:20]
        ),
        "who cites it": median(lambda letter: archive.citing([letter.id]), last),
        "graph, depth 2": median(lambda letter: archive.around(archive.keys(str(letter.header.number)), 2), last[:20]),
    }


def main() -> None:
    """Measure, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--letters", type=int, default=100_000)
    asked.add_argument("--where", type=Path)
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = options.where or Path(folder)
        found: dict[int, dict[str, float]] = {}
        for count in (SMALL, options.letters):
            with open_archive(where / str(count)) as archive:
                letters = list(invented(count))
                begun = time.perf_counter()
                if len(archive) < count:
                    fill(archive, letters)
                filled = time.perf_counter() - begun
                found[count] = measure(archive, random.Random(2).sample(letters[-count // 2 :], SAMPLE))
                found[count]["seconds to fill"] = filled
        if options.json:
            print(json.dumps(found, indent=1))
            return
        print(f"| milliseconds | {SMALL:,} letters | {options.letters:,} letters | ratio |\n|---|--:|--:|--:|")
        for name, small in found[SMALL].items():
            large = found[options.letters][name]
            print(f"| {name} | {small:.2f} | {large:.2f} | {large / small:.2f} |")


if __name__ == "__main__":
    main()
