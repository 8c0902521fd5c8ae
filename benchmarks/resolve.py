"""What it costs to resolve one letter among 1,000 and among 100,000 held.

    python -m benchmarks.resolve [--small 1000] [--large 100000]

Letters are made up: an archive that takes in 27 a day (1,000 are its first weeks, 100,000 its first ten years), a ministry's for every
thirty provincial ones; every number recurs each year.
The same letters are resolved at both sizes; the median of seven rounds is told, and large / small (to be no more than 1.3).
The same through an archive: `benchmarks.archive`.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256

from models.letter import Header, Letter, Source, letter_id
from models.reference import Reference
from pipeline.link import Candidates, MemoryIndex, resolve
from rules.places.groups import provinces_on

ROUNDS, ASKED = 7, 400
_A_YEAR = 27 * 365


def made(count: int) -> list[Letter]:
    """`count` letters, 27 a day; the first ones are the same whatever the count."""
    places, letters = provinces_on(date(2021, 1, 1)), []
    for n in range(count):
        day = date(2012, 1, 1) + timedelta(days=n // 27)
        fingerprint = sha256(str(n).encode()).hexdigest()
        if n % 30 == 0:
            issuer, number = "Bộ Khoa học và Công nghệ", f"{n % _A_YEAR + 1}/BKHCN-TĐC"
        else:
            issuer, number = f"Ủy ban nhân dân tỉnh {places[n % 63]}", f"{n % _A_YEAR + 1}/UBND-VX"
        cited = letters[n // 30 * 30] if n % 30 else None
        references = [
            Reference(number=f"{n % 2200 + 1}/QĐ-TTg", date=day - timedelta(days=40), issuer="Thủ tướng Chính phủ", relation="implements")
        ]
        if cited is not None:
            head = cited.header
            references += [
                Reference(number=head.number, date=head.date, issuer=head.issuer, relation="acknowledges"),
                # a typist's symbol: the near misses of that day are looked through
                Reference(number=(head.number or "").replace("BKHCN", "BKHHCN"), date=head.date, issuer=head.issuer, relation="mentions"),
            ]
            if n % 10 == 0:  # most letters lend their first mention's day to the later ones
                references.append(Reference(number=head.number, relation="mentions"))
        letters.append(
            Letter(
                id=letter_id(fingerprint, 1),
                source=Source(file=f"{n}.pdf", sha256=fingerprint, pages=(1, 1), kind="digital"),
                header=Header(issuer=issuer, number=number, date=day, doc_type="CV", subject=f"triển khai nhiệm vụ số {n}"),
                references=tuple(references),
                text=(f"{issuer} {number} nhiệm vụ {n}",),
            )
        )
    return letters


def cost(asked: Sequence[Letter], held: Candidates) -> float:
    """Seconds a letter: the median of the rounds, the first of which is thrown away."""
    rounds = []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter()
        for letter in asked:
            resolve(letter, held)
        rounds.append((time.perf_counter() - began) / len(asked))
    return statistics.median(rounds[1:])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=100_000)
    asked = parser.parse_args()
    letters = made(asked.large)
    sample = letters[: asked.small][-ASKED:]
    costs = []
    for size in (asked.small, asked.large):
        costs.append(cost(sample, MemoryIndex(letters[:size])))
        print(f"{size:>8,} held: {costs[-1] * 1000:.3f} ms a letter")
    print(f"large / small: {costs[1] / costs[0]:.2f} (to be no more than 1.30)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
