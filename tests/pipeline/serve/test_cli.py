"""The command line as a person types it: answers, JSON, languages, and failures in one line."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest

from models.ledger import IngestReport
from pipeline.ingest import Interrupted
from pipeline.office import Office
from pipeline.serve import invocation
from tests.pipeline.serve.conftest import SAMPLES, Type

COMMANDS = (
    "init", "ingest", "watch", "retry", "status", "search", "show", "correct",
    "cite", "trace", "close", "graph", "register", "export", "history", "audit", "verify", "backup", "restore", "serve", "user",
)  # fmt: skip


def test_help_lists_every_command_in_vietnamese(congvan: Type) -> None:
    said = congvan("--help")
    assert said.code == 0
    assert all(f" {name} " in said.out for name in COMMANDS)
    assert "Cách dùng:" in said.out and "Nghị định 30/2020/NĐ-CP" in said.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_both_languages(congvan: Type, name: str) -> None:
    vietnamese, english = congvan(name, "--help"), congvan(name, "--help", "--lang", "en")
    assert vietnamese.code == english.code == 0
    assert "Cách dùng:" in vietnamese.out and "Usage:" in english.out
    for said in (vietnamese, english):
        assert "--json" in said.out and "--archive" in said.out
        assert f"{name}." not in said.out  # no key is left untranslated


def test_search_puts_the_number_typed_first(congvan: Type) -> None:
    hits = json.loads(congvan("search", "1002 ubnd vx", "--json").out)
    assert [hit["letter"]["header"]["number"] for hit in hits[:2]] == ["1002/UBND-VX"] * 2
    assert [hit["exact"] for hit in hits[:2]] == [True, True]


def test_search_is_narrowed_by_issuer_province_type_and_day(congvan: Type) -> None:
    def found(*filters: str) -> set[str]:
        return {hit["letter"]["header"]["number"] for hit in json.loads(congvan("search", "", *filters, "--json").out)}

    assert found("--province", "Phú Yên") == {"1002/UBND-VX"}
    assert found("--type", "công điện") == {"907/CĐ-TTg"}
    assert found("--issuer", "bo khoa hoc") == {"332/BKHCN-TĐC", "334/BKHCN-TĐC"}
    assert found("--from", "08/03/2021", "--to", "12/04/2021") == {"1002/UBND-VX", "95/KH-UBND"}


def test_a_number_that_is_only_cited_comes_first_with_who_cites_it(congvan: Type) -> None:
    first, *rest = json.loads(congvan("search", "36/QĐ-TTg", "--json").out)
    assert (first["letter"], first["exact"], first["cited_only"]["number"]) == (None, True, "36/QĐ-TTg")
    assert {by["number"] for by in first["cited_only"]["cited_by"]} == {"332/BKHCN-TĐC", "95/KH-UBND"}
    assert {hit["letter"]["header"]["number"] for hit in rest} >= {"332/BKHCN-TĐC", "95/KH-UBND"}
    shown = " ".join(congvan("search", "36/QĐ-TTg").out.split())
    assert "được viện dẫn, chưa có trong kho" in shown
    assert shown.startswith("36/QĐ-TTg · 11/01/2021 · Thủ tướng Chính phủ: được viện dẫn")


def test_nothing_found_is_said(congvan: Type) -> None:
    said = congvan("search", "xyzzy")
    assert said.code == 0 and "xyzzy" in said.out


def test_days_are_shown_as_they_are_written_in_vietnam(congvan: Type) -> None:
    said = congvan("show", "907/CĐ-TTg")
    assert "10/09/2021" in said.out and "2021-09-10" not in said.out


def test_show_tells_fields_evidence_and_references_both_ways(congvan: Type) -> None:
    said = congvan("show", "332 bkhcn tdc")
    assert said.code == 0
    assert "seed-digital.pdf" in said.out and "36/QĐ-TTg" in said.out
    (record,) = [json.loads(congvan("show", "332/BKHCN-TĐC", "--json").out)]
    assert {one["number"] for one in record["cited_by"]} == {"1002/UBND-VX", "95/KH-UBND"}
    assert record["evidence"]["number"]["box"]


def test_a_number_of_two_letters_shows_both(congvan: Type) -> None:
    records = json.loads(congvan("show", "1002/UBND-VX", "--json").out)
    assert {one["header"]["place"] for one in records} == {"Nghệ An", "Phú Yên"}


def test_trace_shows_who_acted_by_which_letter_with_the_sentence(congvan: Type) -> None:
    said = congvan("trace", "36/QĐ-TTg")
    assert said.code == 0
    words = " ".join(said.out.replace("│", " ").split())
    assert "Nghệ An" in words and "1002/UBND-VX" in words and "332/BKHCN-TĐC" in words
    assert "tại các văn bản nêu trên" in words


def test_no_evidence_is_said_in_those_words_and_never_not_acted(congvan: Type) -> None:
    vietnamese = " ".join(congvan("trace", "36/QĐ-TTg").out.split())
    english = " ".join(congvan("trace", "36/QĐ-TTg", "--lang", "en").out.split())
    assert "chưa có bằng chứng trong kho" in vietnamese and "no evidence held" in english
    for said in (vietnamese, english):
        assert "chưa thực hiện" not in said and "not acted" not in said
    assert "Thanh Hóa" in vietnamese


def test_trace_all_is_a_line_for_each_instruction_and_province(congvan: Type) -> None:
    rows = [json.loads(line) for line in congvan("trace", "--all", "--format", "jsonl").out.splitlines()]
    pairs = [(row["instruction"]["number"], row["province"]) for row in rows]
    assert len(set(pairs)) == len(pairs)
    acted = {pair for pair, row in zip(pairs, rows, strict=True) if row["acted"] and pair[1] == "Nghệ An"}
    assert acted == {(number, "Nghệ An") for number in ("36/QĐ-TTg", "1322/QĐ-TTg", "332/BKHCN-TĐC", "334/BKHCN-TĐC")}
    assert all(row["standing"] != "NOT_ADDRESSED" for row in rows)


def test_trace_of_a_province_and_its_report(congvan: Type) -> None:
    said = json.loads(congvan("trace", "--province", "quang ngai", "--json").out)
    assert {one["province"] for one in said["traces"]} == {"Quảng Ngãi"}
    total = said["report"][-1]
    assert sum(total[cell] for cell in ("done_in_time", "done_late", "open_in_time", "open_late", "void")) == len(said["traces"])
    assert total["done_in_time"] == 2  # the plan, for 36/QĐ-TTg and for 332/BKHCN-TĐC


def test_trace_on_an_earlier_day_knows_nothing_later(congvan: Type) -> None:
    said = json.loads(congvan("trace", "36/QĐ-TTg", "--as-of", "01/03/2021", "--json").out)
    assert not any(one["acted"] for one in said["traces"])


def test_graph_in_every_format(congvan: Type, tmp_path: Path) -> None:
    shown = json.loads(congvan("graph", "36/QĐ-TTg").out)
    assert {"332/BKHCN-TĐC", "1002/UBND-VX", "95/KH-UBND"} <= {node["number"] for node in shown["nodes"]}
    assert congvan("graph", "36/QĐ-TTg", "--format", "dot").out.startswith("digraph")
    assert "graphml" in ElementTree.fromstring(congvan("graph", "36/QĐ-TTg", "--format", "graphml").out).tag
    picture = tmp_path / "tree.svg"
    assert congvan("graph", "36/QĐ-TTg", "--format", "svg", "-o", str(picture)).code == 0
    assert "svg" in ElementTree.fromstring(picture.read_text(encoding="utf-8")).tag


def test_a_graph_of_one_of_two_letters_of_a_number(congvan: Type) -> None:
    newest = congvan("graph", "1002/UBND-VX")
    assert "Phú Yên" in newest.err and "Nghệ An" in newest.err
    other = next(one for one in json.loads(congvan("show", "1002/UBND-VX", "--json").out) if one["header"]["place"] == "Nghệ An")
    chosen = congvan("graph", other["id"])
    assert chosen.err == ""
    nodes = {node["number"] for node in json.loads(chosen.out)["nodes"]}
    assert {"1002/UBND-VX", "332/BKHCN-TĐC", "334/BKHCN-TĐC"} <= nodes
    assert "57/BC-SGDĐT" not in nodes  # what the letter of Phú Yên cites


def test_registers_in_every_format(congvan: Type, tmp_path: Path) -> None:
    assert "1002/UBND-VX" in congvan("register", "--book", "outgoing").out
    table = list(csv.reader(io.StringIO(congvan("register", "--book", "incoming", "--format", "csv").out)))
    assert len(table) == 1 + 5 and table[0][0] == "Ngày đến"
    sheet = tmp_path / "so.xlsx"
    assert congvan("register", "--book", "follow-up", "--format", "xlsx", "-o", str(sheet)).code == 0
    assert openpyxl.load_workbook(sheet).active is not None


def test_export_in_every_format(congvan: Type, tmp_path: Path) -> None:
    lines = congvan("export").out.splitlines()
    assert len(lines) == 6 and {"id", "header", "references", "source"} <= set(json.loads(lines[0]))
    assert len(list(csv.DictReader(io.StringIO(congvan("export", "--format", "csv").out)))) == 6
    target = tmp_path / "letters.parquet"
    assert congvan("export", "--format", "parquet", "-o", str(target)).code == 0
    assert len(pd.read_parquet(target)) == 6
    assert congvan("export", "--format", "parquet").code == 2


def test_export_for_exchange_and_as_a_graph(congvan: Type, tmp_path: Path) -> None:
    assert congvan("export", "--format", "edxml").code == 2
    assert congvan("export", "--format", "edxml", "-o", str(tmp_path / "packets")).code == 0
    packets = sorted((tmp_path / "packets").glob("*.edxml"))
    assert len(packets) == 6
    one = next(path for path in packets if path.name.startswith("332-BKHCN-TDC_2021-02-23_"))
    assert congvan("show", "332/BKHCN-TĐC", "--format", "edxml").out == one.read_text(encoding="utf-8")
    # two letters of one number: a person says which
    said = congvan("show", "1002/UBND-VX", "--format", "edxml")
    assert said.code == 2 and "Phú Yên" in said.err and "Nghệ An" in said.err
    whole = json.loads(congvan("export", "--format", "jsonld").out)
    assert {"36/QĐ-TTg", "1002/UBND-VX"} <= {one.get("number") for one in whole["@graph"]}
    assert "graphml" in ElementTree.fromstring(congvan("export", "--format", "graphml").out).tag
    assert json.loads(congvan("graph", "36/QĐ-TTg", "--format", "jsonld").out)["@context"]["implements"]


def test_status_tells_of_every_file(congvan: Type) -> None:
    entries = json.loads(congvan("status", "--json").out)
    assert {entry["state"] for entry in entries} == {"stored"} and len(entries) == 4
    assert json.loads(congvan("status", "--failed", "--json").out) == []


@pytest.mark.usefixtures("empty")
def test_a_second_ingest_is_a_no_op_and_a_bad_file_does_not_stop_the_rest(congvan: Type, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    good, bad = str(SAMPLES / "invented-telegram.pdf"), str(tmp_path / "empty.pdf")
    first = json.loads(congvan("ingest", bad, good, "--json").out)
    assert (first["files"], first["letters"], len(first["refused"]), first["exit_code"]) == (2, 1, 1, 0)
    again = congvan("ingest", good, "--json")
    assert json.loads(again.out)["known"] == 1


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(("content", "code"), [(b"", 11), (b"hello, this is no letter", 12)])
def test_the_exit_code_says_why_where_nothing_was_taken(congvan: Type, tmp_path: Path, content: bytes, code: int) -> None:
    (tmp_path / "bad.pdf").write_bytes(content)
    said = congvan("ingest", str(tmp_path / "bad.pdf"))
    assert said.code == code
    assert "Hãy" in said.out  # the reason, and what to do
    (entry,) = json.loads(congvan("ingest", str(tmp_path / "bad.pdf"), "--json").out)["refused"]
    assert entry["path"].endswith("bad.pdf") and entry["reason"] and entry["reason_en"]


NOT_HELD = [[name, "77/QĐ-XYZ"] for name in ("show", "trace", "graph")]
TYPED_WRONG = [["serch"], ["show"], ["search", "a", "--from", "x"], ["trace"]]


@pytest.mark.parametrize(("typed", "code"), [*((one, 3) for one in NOT_HELD), *((one, 2) for one in TYPED_WRONG)])
def test_a_failure_is_one_line_and_no_traceback(congvan: Type, typed: list[str], code: int) -> None:
    said = congvan(*typed)
    assert said.code == code
    assert "Traceback" not in said.out + said.err
    assert len(said.err.split("\n\n")) == 1 and "congvan" in said.err


def test_an_unforeseen_failure_names_the_log_and_keeps_its_traceback_there(
    congvan: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> object:
        raise RuntimeError("đứt dây")

    monkeypatch.setattr(invocation.Invocation, "office", property(broken))
    said = congvan("status")
    assert said.code == 1
    assert "Traceback" not in said.err and "congvan.log" in said.err.replace("\n", "")
    assert "Traceback" in (tmp_path / "congvan.log").read_text(encoding="utf-8")


@pytest.mark.usefixtures("empty")
def test_ctrl_c_tells_what_was_done_and_how_to_go_on(congvan: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> IngestReport:
        raise Interrupted(IngestReport(files=9, letters=4))

    monkeypatch.setattr(Office, "ingest", stopped)
    said = congvan("ingest", str(SAMPLES))
    assert said.code == 130
    assert "Văn bản" in said.out and "4" in said.out and "tiếp tục" in said.err


def test_an_archive_that_cannot_be_opened_is_told(congvan: Type, tmp_path: Path) -> None:
    where = tmp_path / "file"
    where.write_text("no folder")
    said = congvan("status", "--archive", str(where))
    assert said.code not in (0, 1) and "Traceback" not in said.err and str(where.name) in said.err


def test_the_installed_command_speaks_utf8_in_a_plain_locale(archive: Path, tmp_path: Path) -> None:
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LC_ALL": "C", "CONGVAN_ARCHIVE": str(archive)}
    command = [sys.executable, "-m", "pipeline.serve.cli", "search", "907"]
    run = subprocess.run(command, env=bare, capture_output=True, check=False, cwd=Path(__file__).parents[3])
    assert run.returncode == 0, run.stderr.decode()
    assert "CĐ-TTg" in run.stdout.decode("utf-8")
