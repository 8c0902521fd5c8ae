"""Each setting is documented, read from the environment when it is asked for, and from nowhere else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.settings import BadSetting, limits, settings, wanted_language
from pipeline.settings.declared import PREFIX, Limits, Settings, handed_down, means, variable

ROOT = Path(__file__).parents[3]
ROW = re.compile(
    r"^\| `(?P<variable>[A-Z_]+)` \| (?P<default>[^|]*) \| (?P<unit>[^|]*) \| (?P<vi>[^|]*) \| (?P<en>[^|]*) \|$", re.MULTILINE
)


def documented() -> list[tuple[str, ...]]:
    """The rows of the page: variable, default, unit, meaning in Vietnamese and in English."""
    return ROW.findall((ROOT / "docs" / "settings.md").read_text(encoding="utf-8"))


def declared() -> list[tuple[str, ...]]:
    """The same, of the fields."""
    rows = []
    for name, field in Settings.model_fields.items():
        one = means(name)
        default = (
            " / ".join(one.without) if one.without else f"`{str(field.default).lower() if field.annotation is bool else field.default}`"
        )
        rows.append((variable(name), default, one.unit or "–", one.vi, one.en))
    return rows


def test_the_page_lists_every_setting_and_no_other() -> None:
    assert sorted(documented()) == sorted(declared())


def test_every_setting_that_is_null_says_what_holds_instead() -> None:
    assert [name for name, field in Settings.model_fields.items() if (field.default is None) != (means(name).without is not None)] == []


def test_no_other_variable_of_ours_is_named_in_the_product_or_its_pages() -> None:
    pages = [*(ROOT / "docs").glob("*.md"), *ROOT.glob("README*.md"), ROOT / "Makefile", *(ROOT / "setup").iterdir()]
    texts = [*(ROOT / "pipeline").rglob("*.py"), *(ROOT / "pipeline").rglob("*.tsv"), *pages]
    named = {name for path in texts for name in re.findall(rf"\b{PREFIX}[A-Z_]+[A-Z]\b", path.read_text(encoding="utf-8"))}
    # the browser tests' own, and the training's
    assert named - {variable(name) for name in Settings.model_fields} <= {"CONGVAN_BROWSER", "CONGVAN_FONTS", "CONGVAN_BENCH_KEEP"}


def test_nothing_else_asks_the_environment() -> None:
    asks = re.compile(r"\b(environb?|getenv|putenv)\b")
    allowed = {"settings", "launcher"}
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for top in ("models", "rules", "pipeline")
        for path in (ROOT / top).rglob("*.py")
        if path.relative_to(ROOT).parts[1] not in allowed
        for line in path.read_text(encoding="utf-8").splitlines()
        if asks.search(line)
    ]
    assert found == []


def test_importing_sets_nothing() -> None:
    script = """
import importlib, os, pkgutil
before = dict(os.environ)
import pipeline
for one in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
    if "migrations" not in one.name and "ocrmypdf" not in one.name:
        importlib.import_module(one.name)
changed = {name for name in {*before, *os.environ} if before.get(name) != os.environ.get(name)}
raise SystemExit(", ".join(sorted(name for name in changed if name.startswith(("CONGVAN", "OMP", "ORT")))) or 0)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_they_are_read_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVAN_MAX_PAGES", "7")
    monkeypatch.setenv("CONGVAN_TRUST", "")
    assert limits() == Limits(max_pages=7)
    assert (settings().max_pages, settings().trust) == (7, None)
    monkeypatch.delenv("CONGVAN_MAX_PAGES")
    assert limits() == Limits()


def test_the_language_asked_for_early_is_the_one_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVAN_LANG", "en_GB")
    assert wanted_language() == settings().lang == "en_GB"


@pytest.mark.parametrize(("name", "value"), [("CONGVAN_MAX_PAGES", "many"), ("CONGVAN_LOG_LEVEL", "loud"), ("CONGVAN_MEMORY", "-1")])
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting) as told:
        settings()
    assert all(f"{name}={value}" in told.value.message(lang) for lang in ("vi", "en"))


def test_a_password_is_not_handed_down_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVAN_PASSWORD", "mat khau 2021")
    assert "CONGVAN_PASSWORD" not in handed_down() and "mat khau" not in repr(settings())
    assert handed_down()["CONGVAN_TRUST"] and not handed_down()["CONGVAN_LANG"]
