"""What reading a scanned page costs and how much of it is read: ours, plain pytesseract at 300 dpi, OCRmyPDF where it is found.

    python -m benchmarks.ocr [--files N] [--ocrmypdf PATH] [--json]

The same scans for each, by turns, in one process; CPU seconds of the process and its children; word recall as a bag of words against
the truth of dev/synthetic (`text`, a string a page). OCRmyPDF is asked as `ocrmypdf -l vie --force-ocr --sidecar`, as it is shipped and
once more with one job; it is best installed in an environment of its own (`pip install ocrmypdf==17.13.0`); without it it has no row.
trueocr (0.1.1, weights inside) has one where it can be imported (`pip install --no-deps --target FOLDER trueocr`, FOLDER on PYTHONPATH): a
peer to measure against and no part of us, for its weights come from elsewhere than its licence says.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import re
import resource
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.pages import BENCH
from models.skeleton import nfc
from pipeline.acquire import take
from pipeline.ingest.read_pages import read_pages

Reader = Callable[[Path], str]


def ours(path: Path) -> str:
    """Our reader's text, what stands in stamps included: the truth has the printed marks too."""
    pages = list(read_pages(take(path)))
    return "\n".join(page.text + "\n" + "\n".join(stamp.text for stamp in page.stamps) for page in pages)


def plain(path: Path) -> str:
    """pytesseract as most use it: a render at 300 dpi, its own defaults but for the language and one thread, as ours has."""
    import pypdfium2 as pdfium
    import pytesseract

    document = pdfium.PdfDocument(path)
    texts = [pytesseract.image_to_string(page.render(scale=300 / 72).to_pil(), lang="vie") for page in document]
    document.close()
    return "\n".join(texts)


def ocrmypdf(program: str, *more: str) -> Reader:
    """OCRmyPDF's sidecar text. It is left to choose its own threads: what this process set for itself does not reach it."""
    env = {name: value for name, value in os.environ.items() if name != "OMP_THREAD_LIMIT"}

    def run(path: Path) -> str:
        with tempfile.TemporaryDirectory() as folder:
            side, out = Path(folder) / "side.txt", Path(folder) / "out.pdf"
            command: list[str | Path] = [program, "-l", "vie", "--force-ocr", *more, "--sidecar", side, path, out]
            subprocess.run(command, check=True, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            return side.read_text(encoding="utf-8")

    return run


def trueocr() -> Reader:
    """trueocr's own reader of whole pages, loaded once, on one thread as ours; its lines in its own order, at the resolution of `plain`."""
    import pypdfium2 as pdfium

    model = importlib.import_module("trueocr").load_model(threads=1)

    def run(path: Path) -> str:
        document = pdfium.PdfDocument(path)
        texts = [model.predict(page.render(scale=300 / 72).to_pil().convert("RGB")).text for page in document]
        document.close()
        return "\n".join(texts)

    return run


def recall(read_text: str, truth: str) -> tuple[int, int]:
    """Return how many of the truth's words were read, as a bag of words, and how many there are."""
    held, wanted = (Counter(re.findall(r"\w+", nfc(text).lower())) for text in (read_text, truth))
    return sum((held & wanted).values()), sum(wanted.values())


def cpu() -> float:
    """CPU seconds so far, of this process and of children that have ended."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def scans(count: int, turned: bool) -> list[tuple[Path, str, int]]:
    """Scanned PDFs of the synthetic set, spread over its kinds: path, true text, pages. turned: sheets that lay askew in the feeder too."""
    rows = [json.loads(line) for line in (BENCH / "synthetic" / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    fit = [
        row for row in rows if row["kind"].startswith("scan") and row["file"].endswith(".pdf") and (turned or "turned" not in row["kind"])
    ]
    fit.sort(key=lambda row: (int(row["file"][:4]) * 37) % 101)
    chosen: list[tuple[Path, str, int]] = []
    for row in fit[:count]:
        pages = [text for letter in row["letters"] for text in letter["text"]]
        chosen.append((BENCH / "synthetic" / "files" / row["file"], "\n".join(pages), len(pages)))
    return chosen


def measure(readers: dict[str, Reader], sheets: list[tuple[Path, str, int]]) -> dict[str, dict[str, Any]]:
    """Read every file with every reader by turns. Returns, for each, CPU and wall seconds a page, and word recall."""
    sums: dict[str, list[float]] = {name: [0.0, 0.0, 0, 0] for name in readers}
    ours(sheets[0][0])  # models are loaded before the clock runs
    for number, (path, truth, _) in enumerate(sheets, start=1):
        for name, reader in readers.items():
            start, wall = cpu(), time.perf_counter()
            text = reader(path)
            sums[name][0] += cpu() - start
            sums[name][1] += time.perf_counter() - wall
            hit, all_words = recall(text, truth)
            sums[name][2] += hit
            sums[name][3] += all_words
        print(f"{number}/{len(sheets)} {path.name}", flush=True)
    pages = sum(count for _, _, count in sheets)
    return {
        name: {
            "cpu_s_per_page": round(total / pages, 2),
            "pages_per_s": round(pages / wall, 2),
            "word_recall": round(100 * hit / words, 2),
            "pages": pages,
        }
        for name, (total, wall, hit, words) in sums.items()
    }


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=16)
    parser.add_argument("--ocrmypdf", default=os.environ.get("OCRMYPDF") or shutil.which("ocrmypdf"))
    parser.add_argument("--turned", action="store_true", help="sheets turned by 90, 180 or 270 degrees too, which only ours sets upright")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if not BENCH.is_dir():
        raise SystemExit("the yardstick (../shared/bench) is not here: nothing to measure")
    readers: dict[str, Reader] = {"ours": ours, "pytesseract 300 dpi": plain}
    if asked.ocrmypdf:
        readers["OCRmyPDF"] = ocrmypdf(asked.ocrmypdf)
        readers["OCRmyPDF, one job"] = ocrmypdf(asked.ocrmypdf, "--jobs", "1")
    if importlib.util.find_spec("trueocr"):
        readers["trueocr"] = trueocr()
    found = measure(readers, scans(asked.files, asked.turned))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if asked.json:
        print(json.dumps({"readers": found, "peak_mb_of_this_process": round(peak)}, ensure_ascii=False))
        return
    print(f"\n{'reader':22}{'CPU s/page':>12}{'pages/s':>10}{'word recall':>13}")
    for name, row in found.items():
        print(f"{name:22}{row['cpu_s_per_page']:>12}{row['pages_per_s']:>10}{row['word_recall']:>12} %")
    print(f"peak memory of this process (ours and pytesseract's Python side): {peak:.0f} MB")


if __name__ == "__main__":
    main()
