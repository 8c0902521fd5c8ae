"""A clerk's day: the samples dropped in, read, put right, searched, traced. Run by `make test-desk`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import pipeline
from tests.pipeline.archive.invented import hand_in, sheet, write
from tests.pipeline.desk.conftest import FILE_NAME, SAMPLE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
SAMPLES = sorted(path for path in SAMPLE.parent.iterdir() if path.suffix in (".pdf", ".tif", ".jpg"))
SENTENCE = "Ngày 11 tháng 01 năm 2021, Thủ tướng Chính phủ đã ký Quyết định số 36/QĐ-TTg"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of two invented letters of yesterday, with two doubtful fields each."""
    with pipeline.open(tmp_path / "archive") as office:
        office.office = "Ủy ban nhân dân tỉnh Nghệ An"
        sheets = [sheet(number, review=["subject", "place"], place="Vinh") for number in ("11/UBND-NC", "12/UBND-NC")]
        hand_in(office.archive, *(write(tmp_path, f"{place}.pdf", text) for place, text in enumerate(sheets)))
    return tmp_path / "archive"


def drop(page: Page, files: list[Path]) -> None:
    """Drag files over the page and let them go, as the browser itself tells it."""
    data = {"items": [], "files": [str(one) for one in files], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for what in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": what, "x": 600, "y": 400, "data": data})
        if what == "dragOver":
            assert page.locator("body.dropping").count() == 1
    assert page.locator("body.dropping").count() == 0


def test_a_clerks_day(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert page.locator("#lines tbody tr").count() == 2

    # the samples are dropped in, with a file that is none and one that is there twice, and come one after another
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / FILE_NAME).write_text("no pdf at all", encoding="utf-8")
    (tmp_path / "in" / "lai.pdf").write_bytes(SAMPLE.read_bytes())
    drop(page, [*SAMPLES, tmp_path / "in" / FILE_NAME, tmp_path / "in" / "lai.pdf"])
    page.wait_for_selector("#taking-files li:nth-child(2)")
    assert page.locator("#taking-files li").count() == len(SAMPLES) + 2
    page.wait_for_selector("#taking-files .tag.stored, #taking-files .tag.refused", timeout=300_000)
    assert page.locator("#taking-close:visible").count() == 0, "the first is told while the others are read"
    page.wait_for_selector("#taking-close:visible", timeout=300_000)
    rows = page.eval_on_selector_all("#taking-files li", "rows => rows.map(row => [...row.children].map(part => part.textContent))")
    became = {name: (state, why) for name, state, why in rows}
    assert became[FILE_NAME][0] == "từ chối" and len(became[FILE_NAME][1]) > 10
    assert became["invented-secret.pdf"][0] == "mật, cách ly"
    assert {became[one.name][0] for one in SAMPLES if one.name != "invented-secret.pdf"} | {became["lai.pdf"][0]} == {"đã lưu", "trùng"}
    page.click("#taking-close")
    page.wait_for_load_state("networkidle")
    assert "907/CĐ-TTg" in page.inner_text("#lines") and "418/BC-UBND" in page.inner_text("#lines")

    # a letter is opened and a field put right, all from the keyboard
    page.keyboard.press("/")
    page.keyboard.type("907/cd ttg")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit")
    page.focus(".hit a >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sheets rect", state="attached")
    page.keyboard.press("ArrowDown")
    for _ in range(40):
        if page.evaluate("document.activeElement.dataset.field") == "place":
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("Hà Nội, phố Hàng Bài")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-field=place].saved")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.inner_text("[data-field=place] .value") == "Hà Nội, phố Hàng Bài"

    # a careless number, its trace, a province, and the sentence behind it
    page.keyboard.press("/")
    page.keyboard.type("36 qd ttg")
    page.keyboard.press("Enter")
    page.wait_for_selector(".hit")
    assert page.inner_text(".hit a >> nth=0") == "36/QĐ-TTg"
    page.focus(".hit a >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_selector("a.tile")
    assert page.locator("a.tile").count() == 63
    page.click("a.tile:has-text('Nghệ An')")
    said = " ".join(page.inner_text(":target").split())
    assert "1002/UBND-VX" in said and SENTENCE in said
    page.click(":target a:has-text('1002/UBND-VX') >> nth=0")
    page.wait_for_load_state("networkidle")
    assert "1002/UBND-VX" in page.inner_text("h1")

    # the queue: a field said to be right, one left for later and come back to, one typed anew
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_selector("#card:visible")
    queue = page.request.get("/api/review?limit=100").json()["items"]
    first = [(one["number"], one["field"]) for one in queue[:3]]
    assert first == [("11/UBND-NC", "subject"), ("11/UBND-NC", "place"), ("12/UBND-NC", "subject")]
    page.wait_for_selector("#right:enabled")
    page.keyboard.press("Enter")
    settled(page, len(queue) - 1)
    page.keyboard.press("PageDown")
    page.wait_for_selector("#whose:has-text('12/UBND-NC')")
    page.keyboard.press("PageUp")
    page.wait_for_selector("#whose:has-text('11/UBND-NC')")
    page.wait_for_selector("#right:enabled")
    page.keyboard.type("cửa Lò")
    page.keyboard.press("Enter")
    settled(page, len(queue) - 2)
    assert page.request.get(f"/api/letters/{queue[0]['letter']}").json()["header"]["place"] == "cửa Lò"

    # the other language, and back
    page.goto("/")
    page.click("a[hreflang=en]")
    assert page.get_attribute("html", "lang") == "en" and "Register" in page.inner_text("nav >> nth=0")
    assert "907/CĐ-TTg" in page.inner_text("#lines")
    page.goto("/ledger?state=refused")
    english, name = page.inner_text("table >> nth=0"), FILE_NAME.partition("'")[0]  # a browser sends a quote as %22
    assert name in english
    page.click("a[hreflang=vi]")
    assert page.get_attribute("html", "lang") == "vi" and "state=refused" in page.url
    assert name in page.inner_text("table >> nth=0") and page.inner_text("table >> nth=0") != english


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until something holds; the pages' policy lets no other's script look for it."""
    for _ in range(3000):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it has not come")


def settled(page: Page, left: int) -> None:
    """Wait until so many doubtful fields are left."""
    until(page, lambda: len(page.request.get("/api/review?limit=100").json()["items"]) == left)
