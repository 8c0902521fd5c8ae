"""Read a set's files once and keep their pages, so that the later stages can be tried without reading again.

    python -m benchmarks.pages synthetic|real|unlabelled|FOLDER [--fresh] [--only NAME …]

Pages are kept under .work/pages/<sha256>.json.gz, a list of Page as JSON.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path

from models.intake import Intake
from models.page import Page
from pipeline.acquire import Refusal, take, walk
from pipeline.ingest.read_pages import read_pages

ROOT = Path(__file__).resolve().parent.parent
STORE = ROOT / ".work" / "pages"
BENCH = ROOT.parent / "shared" / "bench" / "dev"


def files(name: str) -> list[Path]:
    """The files of a set (synthetic, real, unlabelled) or of a folder."""
    folder = BENCH / name / "files"
    return [p for p in walk([folder if folder.is_dir() else Path(name)]) if isinstance(p, Path)]


def kept(intake: Intake) -> Path:
    """Where the pages of a file are kept."""
    return STORE / f"{intake.sha256}.json.gz"


def cached(path: Path, *, fresh: bool = False) -> list[Page]:
    """Return the pages of a file, read now only where they are not kept yet. Raises a Refusal."""
    intake = take(path)
    store = kept(intake)
    if store.is_file() and not fresh:
        return [Page.model_validate(p) for p in json.loads(gzip.decompress(store.read_bytes()))]
    pages = list(read_pages(intake))
    STORE.mkdir(parents=True, exist_ok=True)
    part = store.with_suffix(".part")
    part.write_bytes(gzip.compress(json.dumps([p.model_dump(mode="json") for p in pages], ensure_ascii=False).encode()))
    part.replace(store)
    return pages


def _each(paths: list[Path], fresh: bool) -> Iterator[tuple[Path, list[Page]]]:
    for path in paths:
        try:
            yield path, cached(path, fresh=fresh)
        except Refusal as refusal:
            print(f"{path.name}: {refusal.message('en')}")


def main() -> None:
    """Fill the store and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set")
    parser.add_argument("--fresh", action="store_true", help="read again what is kept")
    parser.add_argument("--only", nargs="*", default=[], help="names of files")
    parser.add_argument("--show", action="store_true", help="print the lines")
    asked = parser.parse_args()
    paths = [p for p in files(asked.set) if not asked.only or p.name in asked.only or p.stem in asked.only]
    start, count = time.perf_counter(), 0
    for path, pages in _each(paths, asked.fresh):
        count += len(pages)
        if asked.show:
            show(path, pages)
    print(f"{asked.set}: {len(paths)} files, {count} pages, {time.perf_counter() - start:.1f} s")


def show(path: Path, pages: list[Page]) -> None:
    """Print a file's pages line by line."""
    for page in pages:
        print(f"== {path.name} {page.number} {page.kind} turn {page.rotation} quality {page.quality:.2f} {' '.join(page.repairs)}")
        for line in page.lines:
            print(
                f"{line.box.x0:5.0f} {line.box.y0:5.0f} {line.box.x1:5.0f} {line.confidence:.2f} {line.role:10} {line.reading:8} "
                f"{line.text}"
            )
        for stamp in page.stamps:
            print(f"   [{stamp.kind} {tuple(round(v) for v in stamp.box)}] {stamp.text!r}")


if __name__ == "__main__":
    main()
