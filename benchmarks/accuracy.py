"""Score the whole way of a file: ingest a set into a fresh archive, export, let the yardstick's scorer compare it with the truth.

    python -m benchmarks.accuracy [synthetic] [real] [--note "what changed"]
    python -m benchmarks.accuracy --folds      what is fitted, scored on letters that it was not fitted on (benchmarks/folds.py)

Writes `benchmarks/RESULTS.md` (the last full tables, and a row a run) from `benchmarks/history.tsv`.
A set that is absent is skipped and said so.
Only the scorer reads the truth.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import pipeline

HERE = Path(__file__).parent
YARDSTICK = HERE.parent.parent / "shared" / "bench"
HISTORY = HERE / "history.tsv"
TABLES = HERE / "tables"
COLUMNS = [
    "day", "commit", "set", "kind", "letters", "split", "six", "silent", "asked", "number", "date", "issuer",
    "subject", "recipients", "signer",
    "ref_f1", "ref_relation", "edge_p", "edge_r", "trace_f1", "trace_p", "seconds", "worker_mb", "note",
]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=["synthetic", "real"])
    parser.add_argument("--note", default="")
    parser.add_argument("--folds", action="store_true", help="cross-validated figures of what is fitted, on real letters without the aside")
    parser.add_argument("--kept", nargs="*", type=Path, default=[], help="of --folds: folders with pages read before (<sha256>.json.gz)")
    parser.add_argument("--beside", nargs="*", type=Path, default=[], help="of --folds: folders of further labelled letters")
    asked = parser.parse_args()
    if asked.folds:
        from benchmarks import folds

        folds.main(asked.kept, beside=asked.beside)
        return 0
    rows: list[dict[str, object]] = []
    for name in asked.sets:
        folder = YARDSTICK / "dev" / name
        if not folder.is_dir():
            print(f"{name}: {folder} is not here, skipped")
            continue
        rows += score_set(name, folder, asked.note)
    if rows:
        keep(rows)
        (HERE / "RESULTS.md").write_text(results(), encoding="utf-8")
        print(f"written: {HERE / 'RESULTS.md'}")
    return 0


def score_set(name: str, folder: Path, note: str) -> list[dict[str, object]]:
    """Ingest `folder/files` into a fresh archive and score it. Returns a row a kind of file."""
    with tempfile.TemporaryDirectory() as tmp:
        began = time.monotonic()
        with pipeline.open(Path(tmp) / "archive") as office:
            report = office.ingest([folder / "files"])
            records, standings = Path(tmp) / "records.jsonl", Path(tmp) / "standings.jsonl"
            office.export("jsonl", records)
            standings.write_text("".join(json.dumps(t.record(), ensure_ascii=False) + "\n" for t in office.trace_all()), encoding="utf-8")
        seconds = time.monotonic() - began
        table = scorer("letterbench.score", folder / "truth.jsonl", records)
        figures = json.loads(scorer("letterbench.score", folder / "truth.jsonl", records, "--json"))
        trace = scorer("letterbench.trace", folder / "trace.json", standings) if (folder / "trace.json").is_file() else ""
        kept = os.environ.get("CONGVAN_BENCH_KEEP")
        if kept:
            shutil.copy(records, Path(kept) / f"{name}-records.jsonl")
            shutil.copy(standings, Path(kept) / f"{name}-standings.jsonl")
    heaviest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(table, trace, f"{report.files} files, {report.pages} pages, {seconds:.0f} s, {heaviest} MB the heaviest worker", sep="\n")
    TABLES.mkdir(exist_ok=True)
    (TABLES / f"{name}.txt").write_text(table + trace, encoding="utf-8")
    traced = json.loads(trace.splitlines()[0]) if trace else {}
    common = {
        "day": date.today().isoformat(),
        "commit": commit(),
        "set": name,
        "seconds": round(seconds),
        "worker_mb": heaviest,
        "note": note,
    }
    out: list[dict[str, object]] = []
    for kind, row in figures.items():
        shares = {k: round(100 * v, 1) if k != "letters" and v is not None else v for k, v in row.items()}
        ends = {"trace_f1": traced.get("f1", ""), "trace_p": traced.get("precision", "")} if kind == "ALL" else {}
        out.append({**common, "kind": kind, **{k: v for k, v in shares.items() if k in COLUMNS}, **ends})
    return out


def scorer(module: str, *args: object) -> str:
    """Run a module of the yardstick and return what it prints."""
    env = {**os.environ, "PYTHONPATH": str(YARDSTICK)}
    return subprocess.run([sys.executable, "-m", module, *map(str, args)], env=env, check=True, capture_output=True, text=True).stdout


def commit() -> str:
    """The commit that was scored, with a + where the tree was not clean."""
    run = subprocess.run(["git", "describe", "--always", "--dirty=+"], cwd=HERE, capture_output=True, text=True, check=False)
    return run.stdout.strip() or "unknown"


def keep(rows: list[dict[str, object]]) -> None:
    """Append rows to the history."""
    fresh = not HISTORY.exists()
    with HISTORY.open("a", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, delimiter="\t", restval="", lineterminator="\n")
        if fresh:
            table.writeheader()
        table.writerows(rows)


def results() -> str:
    """The page: the last table of each set, then a row for each run."""
    lines = [
        "# Results",
        "",
        "Made by `make bench` (`python -m benchmarks.accuracy`): each set ingested into a fresh archive, exported, and compared",
        "with the truth by the yardstick's own scorer. Shares in per cent. `six`: all of issuer, number, date, subject, recipients",
        "and signer right on one letter; `silent`: wrong and not in `review`; `asked`: in `review`.",
        "",
    ]
    for path in sorted(TABLES.glob("*.txt")):
        lines += [f"## {path.stem}", "", "```", path.read_text(encoding="utf-8").rstrip(), "```", ""]
    for path in sorted(TABLES.glob("*.md")):  # what the other benchmarks printed, with the command
        lines += [path.read_text(encoding="utf-8").rstrip(), ""]
    lines += ["## Runs", ""]
    with HISTORY.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["kind"] in ("ALL", "digital*", "scan*")]
    shown = [
        "day",
        "commit",
        "set",
        "kind",
        "split",
        "six",
        "silent",
        "asked",
        "number",
        "ref_f1",
        "edge_p",
        "edge_r",
        "trace_f1",
        "seconds",
        "worker_mb",
        "note",
    ]
    lines += ["| " + " | ".join(shown) + " |", "|" + " --- |" * len(shown)]
    lines += ["| " + " | ".join(row[c] for c in shown) + " |" for row in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
