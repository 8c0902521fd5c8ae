"""Tone marks spoiled and mended: letters with a text layer, as typed, lose marks as a scan's reader loses them; are they given back?

    python -m benchmarks.marks real|synthetic [--share 0.05] [--seed 1] [--show N]

Prints, of the words of fields (issuer, subject, addressees, copies) and of whole texts: spoiled, mended right, mended wrong, left, and
left but asked about; and words that nobody spoiled and that were changed all the same, in ten thousand. Files set aside are left out.
"""

from __future__ import annotations

import argparse
import random
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

import pipeline
from models.letter import Letter
from models.skeleton import nfc, skeleton
from rules.words.marks import letters, mark_fault, plain
from rules.words.mending import mended, own_pairs
from rules.words.syllables import is_syllable
from rules.words.usage import words_of

YARDSTICK = Path(__file__).resolve().parents[2] / "shared" / "bench" / "dev"
_LEAST = 200  # characters of a page that has a text layer
_TONES = ("", *"\u0300\u0301\u0303\u0309\u0323")
_MARKS = {"a": ("", "\u0302", "\u0306"), "e": ("", "\u0302"), "o": ("", "\u0302", "\u031b"), "u": ("", "\u031b"), "d": ("", "\u0335")}


def spoiled(word: str, by: random.Random) -> str:
    """A word with the marks of one of its letters misread: small slips far more often than large ones."""
    own = letters(word)
    places = [at for at, one in enumerate(own) if one.letter in "aeiouyd"]
    ways: list[tuple[float, int, tuple[str, str]]] = []
    for at in places:
        for mark in _MARKS.get(own[at].letter, ("",)):
            for tone in _TONES if own[at].letter != "d" else ("",):
                other = own[at]._replace(mark=mark, tone=tone)
                if other != own[at]:
                    ways.append((0.02 ** mark_fault(other, own[at]), at, (mark, tone)))
    if not ways:
        return word
    (_, at, (mark, tone)) = by.choices(ways, [weight for weight, _, _ in ways])[0]
    out = []
    for place, one in enumerate(own):
        marks = (mark, tone) if place == at else (one.mark, one.tone)
        base = "đ" if one.letter == "d" and marks[0] else one.letter
        out.append(base + ("" if base == "đ" else marks[0]) + marks[1])
    text = unicodedata.normalize("NFC", "".join(out))
    return "".join(c.upper() if w.isupper() else c for c, w in zip(text, plain(word), strict=False)) if len(text) == len(word) else word


def typed(path: Path) -> bool:
    """Whether each page of a PDF has a text layer: the rest would only be read to be put aside."""
    if path.suffix != ".pdf":
        return False
    pages = pypdfium2.PdfDocument(path)
    return all(len(page.get_textpage().get_text_range()) > _LEAST for page in pages)


def fields(letter: Letter) -> Iterator[str]:
    """The fields in which marks are mended."""
    head = letter.header
    yield from (text for text in (head.issuer, head.subject, *head.recipients, *head.copies) if text)


def tried(texts: list[str], others: list[str], share: float, by: random.Random, count: Counter[str], seen: list[str]) -> None:
    """Spoil and mend these texts of a letter, and count what came of each word. others: the letter's other lines, spoiled likewise."""
    own = own_pairs(_spoiled(text, share, by) for text in others)
    for text in texts:
        read = _spoiled(text, share, by)
        told = mended(read, own)
        for true, was, now in zip(words_of(text), words_of(read), words_of(told.text), strict=True):
            count["words"] += 1
            same = plain(now.text) == plain(true.text)
            if was.text == true.text:
                count["changed"] += not same
            else:
                count["spoiled"] += 1
                count["right" if same else "left" if now.text == was.text else "wrong"] += 1
            count["asked"] += not same and bool(told.open)
            if not same and now.text != was.text:
                seen.append(f"{true.text} read {was.text} made {now.text}: {read}")
        count["asked in vain"] += bool(told.open) and plain(told.text) == plain(text)
        count["texts"] += 1


def _spoiled(text: str, share: float, by: random.Random) -> str:
    out = nfc(text)
    for word in reversed(words_of(out)):
        if is_syllable(word.text) and len(word.text) > 1 and by.random() < share:
            out = f"{out[: word.start]}{spoiled(word.text, by)}{out[word.end :]}"
    return out


def main() -> None:
    """Print the table."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("set")
    ask.add_argument("--share", type=float, default=0.05)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--show", type=int, default=0)
    asked = ask.parse_args()
    aside = YARDSTICK / asked.set / "aside.txt"
    apart = set(aside.read_text(encoding="utf-8").split()) if aside.is_file() else set()
    files = [path for path in sorted((YARDSTICK / asked.set / "files").iterdir()) if path.name not in apart and path.stem not in apart]
    found = [one for path in files if typed(path) for one in pipeline.read(path) if one.source.kind == "digital"]
    for what in ("fields", "texts"):
        by, count, seen = random.Random(asked.seed), Counter[str](), list[str]()
        for one in found:
            lines = [line for page in one.text for line in page.splitlines()]
            texts = list(fields(one)) if what == "fields" else lines
            named = {skeleton(text) for text in texts} if what == "fields" else set()
            tried(texts, [line for line in lines if skeleton(line) not in named], asked.share, by, count, seen)
        spoilt, whole = count["spoiled"] or 1, count["words"] - count["spoiled"] or 1
        print(f"{asked.set} {what}: {len(found)} letters, {count['words']} words, {count['spoiled']} spoiled: "
              f"right {100 * count['right'] / spoilt:.1f} %, wrong {100 * count['wrong'] / spoilt:.1f} %, "
              f"left {100 * count['left'] / spoilt:.1f} %; "
              f"whole ones changed {1e4 * count['changed'] / whole:.1f} in 10000; "
              f"asked of those not right {count['asked']}, texts asked in vain {count['asked in vain']} of {count['texts']}")  # fmt: skip
        for line in seen[: asked.show]:
            print(f"  {line[:200]}")


if __name__ == "__main__":
    main()
