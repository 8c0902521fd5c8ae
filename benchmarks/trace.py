"""What the trace of one directive costs on which thousands of letters acted: seconds of processor time, and where they go.

    python -m benchmarks.trace [--letters 5000] [--profile]

The directive tells all provinces; committees carry it out, assign, plan and report, half of them over a letter of their ministry. The first
trace in a process also reads tables and makes patterns; the next one is held against the aim.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import pstats
import random
import re
import tempfile
import time
from collections.abc import Iterator
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

import pipeline
from benchmarks.growth.filling import put_all
from models.letter import Header, Letter, Signer, Source, letter_id
from models.reference import Assignment, Deadline, Reference, Relation
from pipeline.extract.older_records import brought_up
from rules.tables import rows

TARGET = 1.0  # seconds
DIRECTIVE, ISSUER = "36/QĐ-TTg", "Thủ tướng Chính phủ"
_WORDS = "khoa học công nghệ năng suất chất lượng kế hoạch triển khai thực hiện chương trình quốc gia nông thôn"
_SYLLABLES = re.findall(r"\S+", _WORDS)


def letters(count: int, seed: int = 1) -> Iterator[Letter]:
    """The directive, twenty letters of a ministry on it, and `count` letters that act on one of these."""
    dice = random.Random(seed)
    provinces = [row["old_name"] for row in rows("provinces")]
    first = Date(2021, 1, 11)
    due = (Deadline(date=first + timedelta(days=200), who=("Ủy ban nhân dân các tỉnh",), what="báo cáo kết quả"),)
    told = ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",)
    yield _letter("directive", DIRECTIVE, first, ISSUER, "QĐ", recipients=told, deadlines=due)
    guides = [f"{n}/BKHCN-TĐC" for n in range(300, 320)]
    for n, number in enumerate(guides):
        cited = Reference(number=DIRECTIVE, date=first, issuer=ISSUER, doc_type="Quyết định", relation="guides")
        on = first + timedelta(days=n + 1)
        yield _letter(number, number, on, "Bộ Khoa học và Công nghệ", "CV", cited, recipients=told)
    for n in range(count):
        body = f"Ủy ban nhân dân tỉnh {provinces[n % len(provinces)]}"
        kind = dice.choice(("CV", "KH", "QĐ", "BC"))
        number = f"{n + 1}/UBND-VX" if kind == "CV" else f"{n + 1}/{kind}-UBND"
        relation: Relation = "responds_to" if kind == "BC" else dice.choice(("implements", "acknowledges"))
        at = dice.randrange(len(guides))
        direct = n % 2 == 0
        cited = Reference(
            number=DIRECTIVE if direct else guides[at], date=first if direct else first + timedelta(days=at + 1),
            issuer=ISSUER if direct else "Bộ Khoa học và Công nghệ", doc_type="Quyết định" if direct else "Công văn", relation=relation,
            sentence=f"Thực hiện {' '.join(dice.choices(_SYLLABLES, k=30))}",
        )  # fmt: skip
        given = (Assignment(to="Sở Khoa học và Công nghệ", role="chủ trì", what=" ".join(dice.choices(_SYLLABLES, k=20))),)
        yield _letter(str(n), number, first + timedelta(days=30 + n % 700), body, kind, cited, assignments=given)


def _letter(name: str, number: str, on: Date, issuer: str, kind: str, *cited: Reference, **more: object) -> Letter:
    fingerprint = hashlib.sha256(name.encode()).hexdigest()
    about = " ".join(random.Random(name).choices(_SYLLABLES, k=14))
    head = Header(
        issuer=issuer, number=number, doc_type=kind, date=on, subject=about, recipients=more.pop("recipients", ()),
        signer=Signer(name="Người Ký", capacity=("CHỦ TỊCH",)),
    )  # fmt: skip
    source = Source(file=f"{fingerprint[:8]}.pdf", sha256=fingerprint, pages=(1, 1), kind="digital")
    made = {"id": letter_id(fingerprint, 1), "source": source, "header": head, "references": cited, "text": (f"{number} {about}",), **more}
    return brought_up(Letter.model_validate(made))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=5_000)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, pipeline.open(Path(folder)) as office:
        put_all(office.archive, list(letters(asked.letters)))
        on = Date(2023, 6, 1)
        began = time.process_time()
        office.trace(DIRECTIVE, as_of=on)
        first = time.process_time() - began
        profiler = cProfile.Profile()
        if asked.profile:
            profiler.enable()
        began = time.process_time()
        found = office.trace(DIRECTIVE, as_of=on)
        spent = time.process_time() - began
        if asked.profile:
            profiler.disable()
            pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)
    acted = sum(len(one.letters) for one in found)
    print(f"{asked.letters} letters, {len(found)} standings that name {acted}: {spent:.2f} s, the first time {first:.2f} s (aim: {TARGET})")
    return 0 if spent <= TARGET or asked.profile else 1


if __name__ == "__main__":
    raise SystemExit(main())
