"""Score the stages in minutes, without an archive: cached pages, split, parse, resolve in memory, score, trace.

    python -m benchmarks.quick SET [--show FIELD] [--files 0007 0012] [--no-trace]

SET: synthetic, real, unlabelled, or a folder with `files/` (and `truth.jsonl`, `trace.json`). Pages come from `benchmarks.pages`,
so that recognition is paid for once. Writes `.work/quick-<set>.jsonl` and `.work/quick-<set>-standings.jsonl`.
A stage that has not landed yet is said so and passed over. Only the scorer reads the truth.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from models.intake import Intake, Span
from models.letter import Letter
from models.page import Page

HERE = Path(__file__).resolve().parent
YARDSTICK = HERE.parent.parent / "shared" / "bench"
WORK = HERE.parent / ".work"


def stage(name: str, verb: str) -> Any:
    """A stage's face, or null where it has not landed."""
    try:
        return getattr(importlib.import_module(name), verb)
    except (ImportError, AttributeError) as gone:
        print(f"not landed: {name}.{verb} ({gone})", file=sys.stderr)
        return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set")
    parser.add_argument("--show", help="list the misses of this field (or 'all')")
    parser.add_argument("--files", nargs="*", default=[], help="only files whose names hold one of these")
    parser.add_argument("--no-trace", action="store_true")
    asked = parser.parse_args()
    folder = Path(asked.set) if "/" in asked.set else YARDSTICK / "dev" / asked.set
    name = folder.name
    if not (folder / "files").is_dir():
        print(f"{folder / 'files'} is not here")
        return 0
    began = time.monotonic()
    files = [f for f in sorted((folder / "files").iterdir()) if not asked.files or any(part in f.name for part in asked.files)]
    letters = read(files)
    print(f"{len(files)} files, {len(letters)} letters in {time.monotonic() - began:.1f} s", file=sys.stderr)
    letters = link(letters)
    WORK.mkdir(exist_ok=True)
    records = WORK / f"quick-{name}.jsonl"
    records.write_text("".join(json.dumps(letter.record(), ensure_ascii=False) + "\n" for letter in letters), encoding="utf-8")
    if (folder / "truth.jsonl").is_file():
        score("letterbench.score", truth(folder, asked.files), records, *(["--show", asked.show] if asked.show else []))
    if (folder / "trace.json").is_file() and not asked.no_trace:
        standings = WORK / f"quick-{name}-standings.jsonl"
        if trace(letters, standings):
            score("letterbench.trace", folder / "trace.json", standings)
    return 0


def read(files: Sequence[Path]) -> list[Letter]:
    """Files become letters by the stages up to parsing, from pages read before."""
    cached, take = stage("benchmarks.pages", "cached"), stage("pipeline.acquire", "take")
    split, parse = stage("pipeline.segment", "split"), stage("pipeline.extract", "parse")
    if cached is None or parse is None:
        return []
    letters: list[Letter] = []
    for file in files:
        try:
            pages: list[Page] = list(cached(file))
        except Exception as gone:
            print(f"no pages of {file.name}: {gone!r} (run benchmarks.pages first)", file=sys.stderr)
            continue
        try:
            intake = take(file) if take is not None else by_hand(file, pages)
            spans = split(pages) if split is not None else [Span(first=1, last=len(pages))]
            letters += [parse(intake, pages, span) for span in spans]
        except Exception:
            print(f"FAILED {file.name}:\n{traceback.format_exc(limit=-4)}", file=sys.stderr)
    return letters


def by_hand(file: Path, pages: Sequence[Page]) -> Intake:
    content = file.read_bytes()
    kind = {".pdf": "pdf", ".tif": "tiff", ".tiff": "tiff", ".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png"}[file.suffix.lower()]
    return Intake.model_validate(
        {"path": file, "name": file.name, "sha256": sha256(content).hexdigest(), "size": len(content), "kind": kind, "pages": len(pages)}
    )


def link(letters: Sequence[Letter]) -> list[Letter]:
    """References find their letters among those read."""
    shelf_of, resolve, copy_of = stage("pipeline.link", "MemoryIndex"), stage("pipeline.link", "resolve"), stage("pipeline.link", "copy_of")
    if shelf_of is None:
        return list(letters)
    shelf = shelf_of(letters)
    for letter in letters:
        shelf.put(letter.model_copy(update={"copy_of": copy_of(letter, shelf)}))
    settle = stage("pipeline.link", "settle") or list
    settled: list[Letter] = settle(resolve(letter, shelf) for letter in shelf.letters.values())
    return settled


def trace(letters: Sequence[Letter], standings: Path) -> bool:
    """Write a line for each instruction and province; false where the trace has not landed."""
    assemble, trace_all = stage("pipeline.link", "assemble"), stage("pipeline.trace", "trace_all")
    if assemble is None or trace_all is None:
        return False
    days = [letter.header.date for letter in letters if letter.header.date]
    if not days:
        return False
    graph = assemble(letters)
    lines = (json.dumps(line.record(), ensure_ascii=False) for line in trace_all(graph, max(days)))
    standings.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return True


def truth(folder: Path, parts: Sequence[str]) -> Path:
    """The yardstick's truth, of the chosen files alone."""
    if not parts:
        return folder / "truth.jsonl"
    chosen = WORK / f"quick-{folder.name}-truth.jsonl"
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    chosen.write_text("".join(f"{line}\n" for line in lines if any(part in json.loads(line)["file"] for part in parts)), encoding="utf-8")
    return chosen


def score(module: str, *arguments: str | Path) -> None:
    sys.stdout.flush()
    subprocess.run([sys.executable, "-m", module, *map(str, arguments)], env={**os.environ, "PYTHONPATH": str(YARDSTICK)}, check=False)


if __name__ == "__main__":
    sys.exit(main())
