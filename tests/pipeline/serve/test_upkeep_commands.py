"""The commands that keep an archive safe, and those of its case files, as a person types them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.pipeline.serve.conftest import Type

SUBCOMMANDS = ("plan", "put", "take", "set", "list", "show", "propose")


@pytest.fixture
def own(congvan: Type, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the archive that may be harmed."""
    del congvan  # it has set the archive that all share
    where = shutil.copytree(archive, tmp_path / "own")
    monkeypatch.setenv("CONGVAN_ARCHIVE", str(where))
    return where


@pytest.mark.usefixtures("own")
def test_verify_tells_what_is_wrong_and_what_to_do_with_an_exit_code(congvan: Type, own: Path) -> None:
    whole = json.loads(congvan("verify", "--json").out)
    assert (whole["faults"], whole["exit_code"], whole["originals"], whole["letters"]) == ([], 0, 4, 6)
    kept = next(path for path in (own / "originals").rglob("*.pdf"))
    kept.unlink()
    vietnamese, english = congvan("verify"), congvan("verify", "--lang", "en")
    assert vietnamese.code == english.code == 41
    assert "congvan ingest --again" in " ".join(vietnamese.out.split())
    assert "mất tệp" in vietnamese.out and "missing" in english.out


@pytest.mark.usefixtures("own")
def test_history_tells_who_changed_what(congvan: Type) -> None:
    id = json.loads(congvan("show", "907/CĐ-TTg", "--json").out)["id"]
    assert congvan("correct", id, "place", "Huế", "--by", "Lan").code == 0
    (change,) = json.loads(congvan("history", "907/CĐ-TTg", "--json").out)
    assert (change["who"], change["field"], change["new"], change["id"]) == ("Lan", "place", "Huế", id)
    said = congvan("history", id)
    assert "Lan" in said.out and "Huế" in said.out
    assert "Chưa có thay đổi" in congvan("history", "1002/UBND-VX").out
    # whose archive it is was said at the start, and is in the history of all
    assert json.loads(congvan("history", "--json").out)[0]["field"] == "office"


@pytest.mark.usefixtures("own")
def test_backup_and_restore(congvan: Type, tmp_path: Path) -> None:
    file, again = tmp_path / "kho.tar", tmp_path / "again"
    saved = json.loads(congvan("backup", str(file), "--json").out)
    assert (saved["letters"], saved["missing"]) == (6, [])
    said = congvan("backup", str(file))
    assert said.code == 46 and "Traceback" not in said.err
    laid = json.loads(congvan("restore", str(file), str(again), "--json").out)
    assert laid["verify"]["faults"] == [] and laid["head"] == saved["head"]
    assert congvan("export", "--archive", str(again)).out == congvan("export").out
    assert congvan("restore", str(file), str(again)).code == 46
    assert congvan("restore", __file__, str(tmp_path / "third")).code == 47


@pytest.mark.usefixtures("own")
def test_retry_reads_what_failed_or_was_not_there(congvan: Type, tmp_path: Path, archive: Path) -> None:
    assert "Không có tệp nào" in congvan("retry").out
    missing = tmp_path / "late.pdf"
    assert congvan("ingest", str(missing)).code == 19
    (entry,) = json.loads(congvan("status", "--failed", "--json").out)
    assert entry["cause"] == "Vanished"
    shutil.copy(Path(__file__).parents[3] / "samples" / "letters" / "invented-telegram.pdf", missing)
    report = json.loads(congvan("retry", "--json").out)
    assert (report["duplicates"], report["refused"]) == (1, [])
    assert json.loads(congvan("status", "--failed", "--json").out) == []


@pytest.mark.usefixtures("own")
def test_case_files_from_plan_to_list(congvan: Type, tmp_path: Path) -> None:
    plan = tmp_path / "danh-muc.tsv"
    plan.write_text("Số và ký hiệu hồ sơ\tTiêu đề hồ sơ\tThời hạn bảo quản\n01.KH\tNăng suất\t20 năm\n\tlẻ\t5 năm\n", encoding="utf-8")
    said = json.loads(congvan("file", "plan", str(plan), "--year", "2021", "--by", "Lan", "--json").out)
    assert said["added"] == ["2021.01.KH"] and [one["row"] for one in said["problems"]] == [3]
    proposed = json.loads(congvan("file", "propose", "332/BKHCN-TĐC", "--json").out)
    assert len(proposed) == 1 and len(proposed[0]["letters"]) >= 2
    assert congvan("file", "put", "01.KH", *proposed[0]["letters"]).code == 0
    (one,) = json.loads(congvan("file", "list", "--json").out)
    assert (one["letters"], one["retention"]) == (len(proposed[0]["letters"]), "20 năm")
    shown = congvan("file", "show", "01.KH")
    assert "332/BKHCN-TĐC" in shown.out and "20 năm" in shown.out
    listed = tmp_path / "muc-luc.csv"
    assert congvan("file", "show", "01.KH", "-o", str(listed)).code == 0
    assert listed.read_text(encoding="utf-8-sig").startswith("STT,")
    assert "2021.01.KH" in congvan("show", "332/BKHCN-TĐC").out
    assert congvan("file", "put", "99", "332/BKHCN-TĐC").code == 49
    assert congvan("file", "put", "01.KH", "1002/UBND-VX").code == 51  # two provinces' letters bear it
    assert congvan("file", "set", "01.KH", "sheets", "nhiều").code == 59


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_the_commands_of_a_file_explain_themselves(congvan: Type, name: str) -> None:
    vietnamese, english = congvan("file", name, "--help"), congvan("file", name, "--help", "--lang", "en")
    assert vietnamese.code == english.code == 0
    assert "Cách dùng:" in vietnamese.out and "Usage:" in english.out
    assert "file." not in vietnamese.out.replace("congvan file", "").replace("01.TCCB", "")
