"""Ingest the world of traps into a fresh archive and tell which of its lines are right.

    python -m benchmarks.traps [--sheets FOLDER] [--all] [--draw]

--sheets: where the sheets are drawn, and kept for the next run; --draw: draw, and no more; --all: each line, not only the wrong ones.
Ends with 0 where all are right.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

import pipeline
from benchmarks.traps.comparing import Asked, Verdict, key
from benchmarks.traps.drawing import draw
from benchmarks.traps.world import expected, letters, traps
from models.skeleton import skeleton


def misread(asked: Asked) -> list[str]:
    """The letters whose number, day or issuer is not read as it is drawn: what is wrong of them may be the reading's fault."""
    out = []
    for id, drawn in letters().items():
        said = asked.letters[id].header
        if (key(said.number), said.date, skeleton(said.issuer or "")) != (key(drawn.number), drawn.day, skeleton(drawn.body_of.name)):
            out.append(f"{id}: {said.number}, {said.date}, {said.issuer}")
    return out


def judged(sheets: list[Path]) -> list[Verdict]:
    """The verdict on each line, from an archive that holds the sheets and nothing else. Tells what was misread."""
    with tempfile.TemporaryDirectory() as tmp, pipeline.open(Path(tmp) / "archive") as office:
        office.ingest(sheets)
        asked = Asked(office)
        lost = sorted(set(letters()) - set(asked.letters))
        if lost:
            raise SystemExit(f"not held: {', '.join(lost)}")
        for wrong in misread(asked):
            print(f"misread {wrong}")
        return [asked.verdict(line) for line in expected()]


def tell(verdicts: list[Verdict], *, each: bool) -> None:
    """Print a row a trap (how many of its lines, and of its twin's, are right), what is wrong, and the totals."""
    kinds = Counter((one.line.trap, one.line.side, one.right) for one in verdicts)

    def share(trap: str, side: str) -> str:
        good = kinds[trap, side, True]
        return f"{good}/{good + kinds[trap, side, False]}"

    print(f"{'trap':22}{'right':>7}{'twin':>7}")
    for trap, words in traps().items():
        print(f"{trap:22}{share(trap, 'trap'):>7}{share(trap, 'twin'):>7}  {words}")
    for one in verdicts:
        if each or not one.right:
            line, on = one.line, f" on {one.line.on}" if one.line.on else ""
            asked = f"{line.ask} {line.of} {line.about}{on}: {one.said}; is {line.value}: {line.why} [{line.section}]"
            print(f"{'right' if one.right else 'WRONG'} {line.trap} ({line.side}) {asked}")
    asks = Counter((one.line.ask, one.right) for one in verdicts)
    print("; ".join(f"{ask} {asks[ask, True]}/{asks[ask, True] + asks[ask, False]}" for ask in sorted({ask for ask, _ in asks})))
    whole = [trap for trap in traps() if all(one.right for one in verdicts if one.line.trap == trap)]
    good = sum(one.right for one in verdicts)
    print(f"{len(letters())} letters: {good} of {len(verdicts)} lines right; {len(whole)} of {len(traps())} traps with their twins whole")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheets", type=Path)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--draw", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as tmp:
        sheets = draw(asked.sheets or Path(tmp))
        if asked.draw:
            return 0
        verdicts = judged(sheets)
    tell(verdicts, each=asked.all)
    return 0 if all(one.right for one in verdicts) else 1


if __name__ == "__main__":
    raise SystemExit(main())
