"""Whether a longer file costs a worker more memory: `python -m benchmarks.memory [--digital 100 1900] [--scans 12 120]`.

The seed's sheets, repeated into one file of so many pages, are ingested by one worker into a fresh archive; each length in a process
of its own, since the machine tells only the greatest memory that the children of a process ever had. Prints a table: MB of the worker
and of the program that waits for it, pages a second.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2

import pipeline
from pipeline.ingest import Pace

SHEETS = Path(__file__).parent.parent / "samples" / "letters"
SOURCES = {"digital": SHEETS / "seed-digital.pdf", "scan": SHEETS / "seed-scan.pdf"}


def repeated(source: Path, pages: int, where: Path) -> Path:
    """A file of `pages` pages, the sheets of `source` over and over."""
    sheets, whole = pypdfium2.PdfDocument(source), pypdfium2.PdfDocument.new()
    while len(whole) < pages:
        whole.import_pages(sheets, list(range(min(len(sheets), pages - len(whole)))))
    whole.save(where)
    return where


def measure(kind: str, pages: int) -> dict[str, float]:
    """Ingest one file of so many pages; what it took."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        file = repeated(SOURCES[kind], pages, where / "long.pdf")
        began = time.monotonic()
        with pipeline.open(where / "archive") as office:
            report = office.ingest([file], pace=Pace(workers=1))
        seconds = time.monotonic() - began
    if report.pages != pages:
        raise SystemExit(f"{kind}, {pages} pages: {report}")
    worker, parent = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF))
    return {"letters": report.letters, "worker_mb": worker, "parent_mb": parent, "pages_a_second": round(pages / seconds, 1)}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--digital", type=int, nargs="*", default=[100, 1900])
    asked.add_argument("--scans", type=int, nargs="*", default=[12, 120])
    asked.add_argument("--one", nargs=2, metavar=("KIND", "PAGES"), help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.one:
        print(json.dumps(measure(options.one[0], int(options.one[1]))))
        return
    print("| sheets | pages in the file | letters | worker, MB | program, MB | pages a second |\n|---|--:|--:|--:|--:|--:|")
    for kind, lengths in (("digital", options.digital), ("scan", options.scans)):
        for pages in lengths:
            command = [sys.executable, "-m", "benchmarks.memory", "--one", kind, str(pages)]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            print(
                f"| {kind} | {pages:,} | {found['letters']} | {found['worker_mb']} | {found['parent_mb']} | {found['pages_a_second']} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
