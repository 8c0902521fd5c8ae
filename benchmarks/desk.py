"""How fast the desk's pages answer over an archive of many letters, beside a plain page of the same app in the same run.

    python -m benchmarks.desk [--letters 100000] [--rounds 60] [--archive DIR]

The archive is invented (seeded, the same on every machine) and made once where DIR holds none. Prints how long it takes from the command
to the first page, then milliseconds, median and 95th percentile a page, asked one after another over HTTP from `congvan serve`, and the
mean of the server's processor time, which hardly depends on what else the machine does. An answer to a trace is kept until anything is
written: so something is written before each round, and the first answer after it is told apart from the next. What a province has open
is found over the whole archive by another process, after each write: once, at the end.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import time
from datetime import date as Date
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from models.letter import Evidence, Header, Letter, Signer, Source, letter_id
from models.page import Box
from models.reference import Reference
from pipeline.archive import open_archive
from pipeline.archive.tables.database import writing
from pipeline.archive.tables.letter_store import LetterStore
from rules.places.groups import provinces_on

ONSETS = "b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x".split(" ")  # noqa: SIM905
RIMES = "a ai an anh ao âm ân âu e ên i iên inh o oa oan ô ôi ông ơ ơi u ua uân ung uyên ư ưa ương".split(" ")  # noqa: SIM905
WORDS = tuple(onset + rime for rime in RIMES for onset in ONSETS)  # some are none; their number and lengths are what counts
BATCH = 2000


def invent(many: int) -> list[Letter]:
    """Letters of provinces, which carry out a directive each, and one in ten a letter of another; one in twenty is doubtful."""
    dice = random.Random(6)
    places = provinces_on(Date(2021, 1, 1))
    weights = [1 / (rank + 10) for rank in range(len(WORDS))]  # a few words are most of the text, as in any language
    made: list[Letter] = []
    directives: list[Letter] = []
    for n in range(many):
        day = Date(2016, 1, 1) + timedelta(days=n * 3500 // many)
        directs = n % 500 == 0
        place = dice.choice(places)
        issuer = "Thủ tướng Chính phủ" if directs else f"Ủy ban nhân dân tỉnh {place}"
        number = f"{n // 500 + 1}/QĐ-TTg" if directs else f"{n % 9000 + 1}/UBND-{dice.choice(('VX', 'NC', 'KT', 'TH'))}"
        cited = [] if directs else [dice.choice(directives[-20:]), *([made[-dice.randrange(1, 400) % len(made)]] if n % 10 == 1 else [])]
        refs = [
            Reference(
                number=one.header.number, date=one.header.date, issuer=one.header.issuer, relation="implements", target=one.id,
                text=f"văn bản số {one.header.number}", sentence=f"Thực hiện văn bản số {one.header.number}.",
            )
            for one in cited
        ]  # fmt: skip
        subject = " ".join(dice.choices(WORDS, weights, k=12))
        text = f"{subject}\n" + " ".join(dice.choices(WORDS, weights, k=250))
        sha = f"{n:020x}{'0' * 44}"
        sure = Evidence(page=1, box=Box(90, 80, 300, 96), raw=number, confidence=0.97)
        letter = Letter(
            id=letter_id(sha, 1), source=Source(file=f"{n}.pdf", sha256=sha, pages=(1, 1), kind="scan"), text=(text,),
            header=Header(issuer=issuer, number=number, doc_type="QĐ" if directs else "CV", date=day, subject=subject, place=place,
                          recipients=("Ủy ban nhân dân các tỉnh, thành phố",), signer=Signer(name=f"Người Ký {n % 97}"),
                          urgency="KHẨN" if n % 50 == 7 else None),
            evidence=dict.fromkeys(("issuer", "number", "date", "subject", "signer"), sure),
            review=("subject",) if n % 20 == 3 else (), references=tuple(refs),
        )  # fmt: skip
        made.append(letter)
        if directs:
            directives.append(letter)
    return made


def make(where: Path, many: int) -> None:
    """The archive, where there is none."""
    if (where / "archive.db").exists():
        return
    with open_archive(where) as archive:
        letters = invent(many)
        for start in range(0, many, BATCH):
            with writing(archive.engine) as connection:
                letter_store = LetterStore(connection)
                for letter in letters[start : start + BATCH]:
                    letter_store.put(letter, letter, ledger_id=None, quarantined=False)
            print(f"{start + BATCH}/{many}", end="\r", file=sys.stderr)


def timed(connection: http.client.HTTPConnection, path: str) -> tuple[float, str]:
    """Milliseconds of one page, and its text."""
    start = time.perf_counter()
    connection.request("GET", path, headers={"accept": "text/html"})
    answer = connection.getresponse()
    text = answer.read().decode()
    spent = (time.perf_counter() - start) * 1000
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    return spent, text


def main() -> None:
    """Make, serve, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--archive", type=Path, default=Path(".work/desk-bench"))
    asked = parser.parse_args()
    make(asked.archive, asked.letters)
    command = [str(Path(sys.executable).parent / "congvan"), "serve", "--port", "0", "--archive", str(asked.archive), "--lang", "en"]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={"COLUMNS": "300", "PATH": "/usr/bin:/bin"}) as server:
        assert server.stdout is not None
        found = re.search(r"127\.0\.0\.1:(\d+)", server.stdout.readline())
        assert found
        connection = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=300)
        try:
            timed(connection, "/")
            print(f"{'cold start, to the first register page':36} {time.perf_counter() - began:.2f} s")
            measure(connection, asked.rounds, asked.archive, server.pid)
        finally:
            server.terminate()


TRACES = [f"/trace?number={n}/Q%C4%90-TTg" for n in range(9, 99)]  # on each some 630 letters acted


def busy(pid: int) -> float:
    """Milliseconds of the processor that a process has had; counted in steps of some ten."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def measure(connection: http.client.HTTPConnection, rounds: int, archive: Path, pid: int) -> None:
    """Ask each page in turn, round by round, so that what else the machine does falls on all alike."""
    ids = re.findall(r'data-href="(/letter/[^"]+)"', timed(connection, "/")[1])
    following = re.search(r'rel="next" href="([^"]+)"', timed(connection, "/?sort=date")[1])
    assert following
    deep = following[1].replace("&amp;", "&")
    pages = {
        "plain page (the queue's shell)": ["/review"],
        "register": ["/"],
        "register by date, second page": [deep],
        "register of a province": [f"/?province={quote('Nghệ An')}"],
        "register, to be checked": ["/?review=yes"],
        "register, urgent": ["/?urgency=any"],
        "search, number": ["/search?q=36+ubnd"],
        "search, words": ["/search?q=" + quote(" ".join(WORDS[90:92]))],
        "search, words in a province": ["/search?q=" + quote(WORDS[120]) + "&province=" + quote("Nghệ An")],
        "letter": ids,
        "graph of a letter": [path.replace("/letter/", "/graph/") for path in ids],
        "trace, first answer after a write": TRACES,
        "trace, kept answer": TRACES,
        "queue (API)": ["/api/review"],
    }
    spent: dict[str, list[float]] = {name: [] for name in pages}
    worked: dict[str, float] = {}
    for paths in pages.values():
        timed(connection, paths[0])
    with open_archive(archive) as kept:
        for turn in range(rounds):
            kept.set("bench", str(turn))
            for name, paths in pages.items():
                before = busy(pid)
                spent[name].append(timed(connection, paths[turn % len(paths)])[0])
                worked[name] = worked.get(name, 0.0) + busy(pid) - before
        kept.set("bench", None)
    province = "/trace/province/NGHEAN"
    found, _ = timed(connection, f"/api{province}")
    before = busy(pid)
    spent["a province, kept answer"] = [timed(connection, province)[0] for _ in range(rounds)]
    worked["a province, kept answer"] = busy(pid) - before
    for name, times in spent.items():
        middle, late = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"{name:36} median {middle:7.1f} ms   95% {late:7.1f} ms   processor {worked[name] / rounds:6.1f} ms")
    print(f"a province, found anew: {found / 1000:.1f} s")


if __name__ == "__main__":
    main()
