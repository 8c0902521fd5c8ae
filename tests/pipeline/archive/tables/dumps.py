"""A small archive's database as SQL text, and back: one of each step is kept in steps/.

For a new step: `python -m tests.pipeline.archive.tables.dumps FOLDER > tests/pipeline/archive/tables/steps/NNNN.sql`.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.pipeline.archive.invented import MINISTRY, NGHE_AN, cite, hand_in, sheet, write

STEPS = Path(__file__).parent / "steps"
_SHADOWS = tuple(f"words_{part}" for part in ("data", "idx", "content", "docsize", "config"))


def dumped(file: Path) -> Iterator[str]:
    """The statements that make a database anew. The index of words is made by what was put into it."""
    with closing(sqlite3.connect(file)) as connection:
        made = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
        tables = [(name, sql) for kind, name, sql in made if kind == "table" and name not in _SHADOWS]
        for name, sql in tables:
            yield f"{sql};\n"
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            named = ", ".join(["rowid", *columns] if name == "words" else columns)
            quoted = ", ".join(f"quote({column})" for column in named.split(", "))
            for row in connection.execute(f"SELECT {quoted} FROM {name} ORDER BY rowid").fetchall():
                yield f"INSERT INTO {name} ({named}) VALUES ({', '.join(row)});\n"
        # triggers and indices last: they must not stand in the way of the rows
        yield from (f"{sql};\n" for kind, _, sql in made if kind != "table")


def laid_out(step: str, folder: Path) -> None:
    """Make the archive of a step, its originals included, in a new folder."""
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / "archive.db")) as connection:
        connection.executescript((STEPS / f"{step}.sql").read_text(encoding="utf-8"))
        files = connection.execute("SELECT sha256, file FROM originals").fetchall()
    held = json.loads((STEPS / "originals.json").read_text(encoding="utf-8"))
    for sha256, file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(held[sha256], encoding="utf-8")


def make(where: Path, inbox: Path) -> None:
    """Take the letters that every step's archive holds into an archive: a directive, its plan in two copies, a letter whose number
    only those tell that cite it, a secret one; and two corrections."""
    from pipeline.archive import open_archive

    first, asked = "Thủ tướng Chính phủ", "triển khai nhiệm vụ về tiêu chuẩn đo lường chất lượng năm 2021"
    everyone = "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"
    plan = sheet(
        "12/KH-UBND", NGHE_AN, "2021-03-05", "Kế hoạch nâng cao năng suất", doc_type="KH",
        cites=[cite("36/QĐ-TTg", "2021-01-11", first)],
        body="Hoà Bình là một trong các tỉnh cùng thực hiện nâng cao năng suất chất lượng sản phẩm.",
    )  # fmt: skip
    answer = {
        **cite("332/BKHCN-TĐC", "2021-02-01", MINISTRY, "responds_to"),
        "sentence": f"Thực hiện Công văn số 332/BKHCN-TĐC về việc {asked}.",
    }
    files = {
        "01.pdf": [
            sheet(
                "36/QĐ-TTg", first, "2021-01-11", "Kế hoạch tổng thể nâng cao năng suất", doc_type="QĐ", recipients=[everyone],
                body="Điều 4. Các cơ quan có liên quan thi hành.",
            )
        ],
        "02.pdf": [plan, "Phụ lục"],
        "03.pdf": [
            sheet(
                None, MINISTRY, "2021-02-01", asked, review=["number"], recipients=["Ủy ban nhân dân tỉnh Nghệ An"],
                body="Đề nghị Ủy ban nhân dân tỉnh báo cáo kết quả.",
            )
        ],
        "04.pdf": [sheet("700/UBND-VX", NGHE_AN, "2021-03-20", "báo cáo kết quả", cites=[answer])],
        "05.pdf": [sheet("701/UBND-VX", NGHE_AN, "2021-03-21", "đôn đốc các sở", cites=[cite("332/BKHCN-TĐC", None, MINISTRY)])],
        "06.pdf": [sheet("15/BC-UBND", NGHE_AN, "2021-04-01", "báo cáo mật", doc_type="BC", secrecy="MẬT", body="điều không được giữ")],
        "07.pdf": [plan.replace("Hoà Bình", "Hòa Bình"), "Phụ lục"],
    }  # fmt: skip
    with open_archive(where) as archive:
        archive.set("office", NGHE_AN)
        hand_in(archive, *(write(inbox, name, *pages) for name, pages in files.items()))
        ids = {letter.source.file: letter.id for letter in archive.letters()}
        archive.correct(ids["04.pdf"], "subject", "báo cáo kết quả thực hiện nhiệm vụ", "Lan")
        archive.correct(ids["01.pdf"], "progress", "Đã kết thúc ngày 30/06/2021", "Lan")


if __name__ == "__main__":
    made = Path(sys.argv[1]).absolute()
    make(made / "archive", made / "in")
    sys.stdout.writelines(one.replace(str(made), "") for one in dumped(made / "archive" / "archive.db"))
