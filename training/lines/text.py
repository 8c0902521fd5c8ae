"""What drawn lines say: phrases of the tables, of our own screens and samples, of a registry where one is at hand, and of a grammar."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path

import numpy as np

from rules.words import syllables
from training.lines.alphabet import known

Rng = np.random.Generator
Part = tuple[str, bool]  # a run of text, and whether it is written by pen

_ROOT = Path(__file__).parents[2]
_PHRASES = Path(__file__).with_name("phrases.tsv")
_REGISTRY = _ROOT.parent / "shared" / "bench" / "dev" / "registry.tsv"
_ENDS = ["", ".", ";", ",", ":", "./."]
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


@cache
def _listed(kind: str) -> tuple[str, ...]:
    """The phrases of one kind in phrases.tsv; {s} a number, {d} a day, {u} a unit, {n} a small number, {y} a year, {p} some words."""
    rows = csv.DictReader(_PHRASES.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(row["phrase"] for row in rows if row["kind"] == kind)


def _one(rng: Rng, kind: str) -> str:
    return str(rng.choice(_listed(kind)))


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@cache
def phrases() -> tuple[str, ...]:
    """Vietnamese phrases of two words and more, from what lies in the checkout; the same list wherever the same files are."""
    found: dict[str, None] = {}
    for path in [*sorted((_ROOT / "rules").glob("*.tsv")), *sorted((_ROOT / "pipeline").rglob("*.tsv"))]:
        for row in csv.reader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
            for cell in row:
                if _vietnamese(cell) and not re.search(r"[\\^{}|<>]", cell):
                    found.setdefault(_clean(cell.replace("¦", ";")))
    for path in [_ROOT / "README.vi.md", *sorted((_ROOT / "samples").rglob("*.txt")), *sorted((_ROOT / "samples").rglob("*.py"))]:
        for line in path.read_text(encoding="utf-8").splitlines():
            for run in re.findall(r"[^\"`*#|{}\\<>\[\]=_]{12,}", line):
                if _vietnamese(run):
                    found.setdefault(_clean(run))
    if _REGISTRY.is_file():
        for row in csv.DictReader(_REGISTRY.read_text(encoding="utf-8").splitlines(), delimiter="\t"):
            found.setdefault(_clean(row["subject"]))
    return tuple(p for p in found if len(p.split()) >= 2)


def _vietnamese(text: str) -> bool:
    return bool(re.search("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỷỹỵÀ-ỹ]", text)) and " " in text


@cache
def _names() -> tuple[list[str], np.ndarray, list[str]]:
    rows = list(csv.DictReader((_ROOT / "rules" / "person_names.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    surnames = [r for r in rows if r["kind"] == "surname"]
    weight = np.array([float(r["per_mille"] or 1) for r in surnames]) ** 0.5
    return [r["syllable"] for r in surnames], weight / weight.sum(), [r["syllable"] for r in rows if r["kind"] != "surname"]


@cache
def _rimes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(o for o in syllables._ONSETS), tuple(sorted(syllables._RIMES))


def syllable(rng: Rng) -> str:
    """A syllable of the grammar, with a tone it can bear: what keeps the reader looking at marks instead of guessing words."""
    onsets, rimes = _rimes()
    rime = str(rng.choice(rimes))
    stopped = rime.endswith(("c", "p", "t", "ch"))
    tone = str(rng.choice(["\u0301", "\u0323"] if stopped else list(_TONES)))
    text = unicodedata.normalize("NFD", rime)
    # the mark goes on the vowel that bears the hat, else on the last but one of an open run of three, else on the first of the last two
    spots = [i for i, c in enumerate(text) if c in "aeiouy"]
    hats = [i for i in spots if i + 1 < len(text) and text[i + 1] in "\u0302\u0306\u031b"]
    at = (hats or spots)[-1] if hats or len(spots) < 2 or rime[-1] not in "aeiouy" else spots[-2]
    while at + 1 < len(text) and text[at + 1] in "\u0302\u0306\u031b":
        at += 1
    return str(rng.choice(onsets)) + unicodedata.normalize("NFC", text[: at + 1] + tone + text[at + 1 :])


def name(rng: Rng) -> str:
    """A person's name."""
    surnames, weight, others = _names()
    words = [
        str(rng.choice(surnames, p=weight)),
        *(str(rng.choice(others)) for _ in range(int(rng.choice([1, 2, 3], p=[0.2, 0.65, 0.15])))),
    ]
    return " ".join(words)


def stamped_name(rng: Rng) -> str:
    """What a name stamp says: a name, at times with a degree or rank before it; also syllables of the grammar, lest names be guessed."""
    draw = rng.random()
    said = name(rng) if draw < 0.62 else _cased(rng, _run(rng, 4)) if draw > 0.85 else ""
    said = said or " ".join(syllable(rng).capitalize() for _ in range(int(rng.integers(2, 5))))
    degree = str(rng.choice(["TS. ", "ThS. ", "PGS.TS. ", "BS. ", "Ths. ", "TS.", "Đại tá ", "Ks. "]))
    said = degree * (rng.random() < 0.07) + (said.upper() if rng.random() < 0.04 else said)
    return said if known(said) else name(rng)


def serial(rng: Rng) -> str:
    """A document's number, with its symbol."""
    digits = str(rng.integers(1, 10 ** int(rng.choice([1, 2, 3, 4, 5], p=[0.08, 0.3, 0.32, 0.26, 0.04]))))
    if rng.random() < 0.15:
        digits = digits.zfill(2)
    body, unit, kind = _one(rng, "body"), _one(rng, "unit"), _one(rng, "type")
    if rng.random() < 0.25:
        body, unit = code(rng), code(rng)
    year = f"/{rng.integers(1990, 2027)}" if rng.random() < 0.25 else ""
    tail = str(
        rng.choice(
            [
                f"{kind}-{body}",
                f"{body}-{unit}",
                f"{body}",
                f"{kind}/{body}",
                f"{kind}-{body}-{unit}",
                f"{body}({unit})",
                f"{kind}-{body}.{unit}",
            ],
            p=[0.42, 0.34, 0.05, 0.05, 0.05, 0.04, 0.05],
        )
    )
    return digits + year + str(rng.choice(["/", "-"], p=[0.95, 0.05])) + tail


def code(rng: Rng) -> str:
    """A unit's symbol that no table has: capitals in no order, D as often as Đ, and at times a figure or two ("C04", "PA05")."""
    letters = "".join(str(c) for c in rng.choice(list("ABCDĐGHKLMNOPQRSTUVXYDĐ"), int(rng.integers(1, 5))))
    figures = str(rng.integers(0, 100)).zfill(int(rng.integers(1, 3))) if rng.random() < 0.4 else ""
    return letters + figures


def day(rng: Rng) -> str:
    """A day in figures or in words."""
    d, m, y = int(rng.integers(1, 32)), int(rng.integers(1, 13)), int(rng.integers(1990, 2027))
    ways = (
        f"{d:02}/{m:02}/{y}",
        f"{d}/{m}/{y}",
        f"{d:02}-{m:02}-{y}",
        f"ngày {d:02} tháng {m:02} năm {y}",
        f"ngày {d} tháng {m} năm {y}",
        f"{d}.{m}.{y}",
    )
    return str(ways[int(rng.choice(6, p=[0.3, 0.25, 0.05, 0.2, 0.15, 0.05]))])


def _run(rng: Rng, most: int) -> str:
    """Words in a row out of the phrases."""
    held = phrases()
    words: list[str] = []
    size = int(rng.integers(1, most + 1))
    while len(words) < size:
        more = held[int(rng.integers(len(held)))].split()
        begin = int(rng.integers(len(more)))
        words += more[begin : begin + size - len(words)]
        if rng.random() < 0.2:
            words.append(syllable(rng))
    if rng.random() < 0.25:
        rng.shuffle(words)
    return " ".join(words)


def _cased(rng: Rng, text: str) -> str:
    draw = rng.random()
    return text.upper() if draw < 0.28 else text[:1].upper() + text[1:] if draw < 0.5 else text.title() if draw < 0.55 else text


def _filled(rng: Rng, pattern: str) -> str:
    found = {
        "s": serial(rng),
        "d": day(rng),
        "u": _one(rng, "unit"),
        "n": str(rng.integers(1, 60)),
        "y": str(rng.integers(1995, 2030)),
        "p": _run(rng, 4),
    }
    return re.sub(r"\{(\w)\}", lambda m: found[m[1]], pattern)


def parts(rng: Rng) -> list[Part]:
    """A line's text in runs, each printed or written by pen; together 1 to about 90 characters that the reader knows."""
    while True:
        out = [(_clean_ends(t), pen) for t, pen in _some(rng) if t]
        said = "".join(t for t, _ in out)
        if said.strip() and said == said.strip() and known(said) and len(said) <= 90:
            return out


def _clean_ends(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _some(rng: Rng) -> list[Part]:
    kind = rng.random()
    if kind < 0.30:
        return [
            (_cased(rng, _run(rng, 9 if rng.random() < 0.7 else 18)) + str(rng.choice(_ENDS, p=[0.5, 0.14, 0.14, 0.12, 0.06, 0.04])), False)
        ]
    if kind < 0.40:
        return [(_cased(rng, " ".join(syllable(rng) for _ in range(int(rng.integers(1, 6))))), False)]
    if kind < 0.52:
        return _number_line(rng)
    if kind < 0.59:
        return _day_line(rng)
    if kind < 0.68:
        return [
            (
                _filled(rng, _one(rng, "citing")) + " " + _run(rng, 3) if rng.random() < 0.4 else _filled(rng, _one(rng, "citing")).strip(),
                False,
            )
        ]
    if kind < 0.76:
        dash = str(rng.choice(["- ", "-", "– ", "", "+ "], p=[0.65, 0.12, 0.08, 0.1, 0.05]))
        item = _filled(rng, _one(rng, "copy")) if rng.random() < 0.75 else _run(rng, 5)
        return [(dash + item + str(rng.choice(_ENDS, p=[0.1, 0.15, 0.55, 0.1, 0.05, 0.05])), False)]
    if kind < 0.84:
        named = name(rng)
        return [
            (
                named.upper()
                if rng.random() < 0.2
                else (str(rng.choice(["TS. ", "Thượng tá ", "PGS.TS. ", "Đại tá "])) if rng.random() < 0.08 else "") + named,
                False,
            )
        ]
    if kind < 0.88:
        return [(_one(rng, "capacity"), False)]
    if kind < 0.90:
        return [(_one(rng, "motto"), False)]
    if kind < 0.94:
        return [("V/v " + _run(rng, 7) if rng.random() < 0.5 else "Kính gửi: " + _run(rng, 5), False)]
    if kind < 0.97:
        return [(_figures(rng), False)]
    quoted = _run(rng, 4)
    return [
        (
            str(
                rng.choice(
                    [
                        f"“{quoted}”",
                        f"({quoted})",
                        f'"{quoted}"',
                        f"{quoted}; {quoted}",
                        f"[{quoted}]",
                        f"{quoted}…",
                        f"{quoted} & {quoted}",
                    ]
                )
            ),
            False,
        )
    ]


def _number_line(rng: Rng) -> list[Part]:
    whole = serial(rng)
    label = str(rng.choice(["Số: ", "Số:", "Số ", "Số : ", ""], p=[0.6, 0.12, 0.1, 0.08, 0.1]))
    digits = re.match(r"\d+", whole)
    assert digits is not None
    if label and rng.random() < 0.5:
        space = " " if rng.random() < 0.4 else ""
        return [(label.rstrip() + " ", False), (digits[0], True), (space + whole[digits.end() :], False)]
    return [(label + whole, False)]


def _day_line(rng: Rng) -> list[Part]:
    place = (
        _run(rng, 2).title()
        if rng.random() < 0.5
        else str(rng.choice(["Hà Nội", "Nghệ An", "Gia Lai", "Đồng Nai", "Thừa Thiên Huế", "TP. Hồ Chí Minh", "Bắc Giang", "Cần Thơ"]))
    )
    d, m, y = int(rng.integers(1, 32)), int(rng.integers(1, 13)), int(rng.integers(1994, 2027))
    shown_d, shown_m = (f"{d:02}", f"{m:02}") if rng.random() < 0.6 else (str(d), str(m))
    pen = rng.random() < 0.5
    return [(f"{place}, ngày ", False), (shown_d, pen), (" tháng ", False), (shown_m, pen and rng.random() < 0.7), (f" năm {y}", False)]


def _figures(rng: Rng) -> str:
    n = int(rng.integers(1, 10**6))
    item = str(rng.choice(["I.", "II.", "III.", "IV.", "V.", "VI.", "1.", "a)", "b)", "đ)", "-", "*"])) + " " + _run(rng, 4)
    money, share, phone = f"{n:,}".replace(",", "."), f"{n / 100:.2f}".replace(".", ","), f"0{n % 10**4:04}.{n:06}"[:12]
    ways = (money, share, phone, f"{n % 1000}%", f"+ {n % 500} m²", f"{n % 90}°", f"{n % 60}a", f"II.{n % 9}", item)
    return str(ways[int(rng.integers(len(ways)))])
