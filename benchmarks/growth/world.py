"""A world of invented letters, 27 a day from 2015 on: the n-th one is the same in a world of any size, and is made by itself.

Ministries instruct all provinces or one, committees carry it out and answer, and all cite what came shortly before. Every 97th letter is
another copy of one before it, every 500th bears a number that its issuer has given already that year. Two directives are special: one is
the ground of half of the first 10,000 letters, and on the other 600 letters act.
"""

from __future__ import annotations

import hashlib
import random
import re
from datetime import date as Date
from datetime import timedelta
from functools import cache, lru_cache

from models.letter import Header, Letter, Signer, Source, letter_id
from models.reference import Deadline, Reference, Relation
from rules.tables import rows

A_DAY, FIRST_DAY, OFFICE = 27, Date(2015, 1, 5), "Ủy ban nhân dân tỉnh Nghệ An"
YEAR = 10_000  # letters of about a year
GROUND, CITERS = 0, YEAR  # the letter on which half of the first so many rest
ACTED_ON, ACTING = 1, 2_000  # the letter on which 600 of the first so many act
_COPY, _COPY_OF, _TWICE, _TWICE_OF = 97, 50, 500, 270
_MINISTRIES = (
    ("Bộ Y tế", "BYT"),
    ("Bộ Tài chính", "BTC"),
    ("Bộ Nội vụ", "BNV"),
    ("Bộ Công Thương", "BCT"),
    ("Bộ Khoa học và Công nghệ", "BKHCN"),
)
_ALL = ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",)
_PASSED_ON: tuple[Relation, ...] = ("implements", "responds_to", "acknowledges", "mentions", "based_on")
_HELD_BY_ALL = ("khoa", "học", "công", "nghệ", "năng", "suất", "chất", "lượng", "kế", "hoạch", "triển", "khai", "thực", "hiện")


@cache
def _words() -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The syllables that letters are made of, and how often each comes."""
    found = [(row["word"], float(row["times"])) for row in rows("word_pairs") if re.fullmatch(r"\w+", row["word"])]
    return tuple(word for word, _ in found), tuple(times for _, times in found)


@cache
def _provinces() -> tuple[str, ...]:
    return tuple(row["old_name"] for row in rows("provinces"))


def _dice(n: int, what: str) -> random.Random:
    return random.Random(f"{what} {n}")


def day_of(n: int) -> Date:
    return FIRST_DAY + timedelta(days=n // A_DAY)


def is_copy(n: int) -> bool:
    """Whether the n-th letter is another copy of one before it."""
    return n > _COPY_OF and n % _COPY == _COPY - 1


def copied(n: int) -> int:
    """The letter of which the n-th is another copy: itself, for most."""
    return n - _COPY_OF if is_copy(n) else n


@lru_cache(maxsize=8192)
def header(n: int) -> Header:
    """The header of the n-th letter of the world."""
    n, dice = copied(n), _dice(copied(n), "header")
    day = day_of(n)
    serial = n - max(0, (Date(day.year, 1, 1) - FIRST_DAY).days * A_DAY) + 1
    subject = " ".join(dice.choices(*_words(), k=12))
    if n in (GROUND, ACTED_ON):
        return Header(
            issuer="Thủ tướng Chính phủ", number=("36/QĐ-TTg", "12/CT-TTg")[n], doc_type=("QĐ", "CT")[n], date=day, subject=subject,
            recipients=_ALL, signer=Signer(name="Người Ký"),
        )  # fmt: skip
    if n > _TWICE_OF and n % _TWICE == _TWICE - 1:
        before = header(n - _TWICE_OF)
        if before.date is not None and before.date.year == day.year:
            return before.model_copy(update={"date": day, "subject": subject})
    province = dice.choice(_provinces())
    if dice.random() < 0.3:
        name, symbol = dice.choice(_MINISTRIES)
        told = _ALL if dice.random() < 0.05 else (f"Ủy ban nhân dân tỉnh {province}",) if dice.random() < 0.3 else ("Bộ Tư pháp",)
        return Header(
            issuer=name, number=f"{serial}/{symbol}-{dice.choice(('VP', 'TCT', 'KHTC', 'PC'))}", doc_type="CV", date=day, subject=subject,
            recipients=told, signer=Signer(name="Người Ký"),
        )  # fmt: skip
    kind = dice.choice(("CV", "CV", "KH", "QĐ", "BC"))
    symbol = f"UBND-{dice.choice(('VX', 'KT', 'NC', 'TH'))}" if kind == "CV" else f"{kind}-UBND"
    told = dice.choice((("Bộ Y tế",), (f"Sở Y tế tỉnh {province}",), ()))
    return Header(
        issuer=f"Ủy ban nhân dân tỉnh {province}", number=f"{serial}/{symbol}", doc_type=kind, date=day, subject=subject, recipients=told,
        signer=Signer(name="Người Ký"),
    )  # fmt: skip


def sha256_of(n: int) -> str:
    return hashlib.sha256(f"growth {n}".encode()).hexdigest()


def id_of(n: int) -> str:
    return letter_id(sha256_of(n), 1)


def letter(n: int) -> Letter:
    """The n-th letter of the world, as it was read."""
    own, meant = header(n), copied(n)
    dice, spoilt = _dice(meant, "letter"), _dice(n, "scan")
    cited = [(at, dice.choice(_PASSED_ON)) for at in sorted({max(0, meant - 1 - int(dice.expovariate(1 / 200))) for _ in range(5)})]
    cited = [(at, relation) for at, relation in cited if 1 < at < meant]
    if 1 < meant < CITERS and dice.random() < 0.5:
        cited.append((GROUND, "based_on"))
    if 1 < meant < ACTING and own.issuer and own.issuer.startswith("Ủy ban") and dice.random() < 0.43:
        cited.append((ACTED_ON, "implements"))
    references, sentences = [], []
    for at, relation in cited:
        other = header(at)
        dated = dice.random() < 0.8
        text = f"văn bản số {other.number}" + (f" ngày {other.date:%d/%m/%Y}" if dated and other.date else "")
        sentence = f"Thực hiện {text} của {other.issuer} {' '.join(dice.choices(*_words(), k=15))}"
        references.append(
            Reference(
                number=other.number,
                date=other.date if dated else None,
                issuer=other.issuer,
                relation=relation,
                text=text,
                sentence=sentence,
            )
        )
        sentences.append(sentence)
    words = [*_HELD_BY_ALL, *dice.choices(*_words(), k=160)]
    if n != meant:  # the same sheet, scanned again
        words = [word for word in words if spoilt.random() > 0.01]
    pages = (" ".join(words[:80]), "\n".join([" ".join(words[80:]), *sentences]))
    due = own.recipients == _ALL and own.date
    sha256 = sha256_of(n)
    return Letter(
        id=id_of(n),
        source=Source(file=f"{n}.pdf", sha256=sha256, pages=(1, 2), kind="digital"),
        header=own,
        references=tuple(references),
        deadlines=(Deadline(date=own.date + timedelta(days=60), who=_ALL, what="báo cáo"),) if due and own.date else (),
        text=pages,
    )
