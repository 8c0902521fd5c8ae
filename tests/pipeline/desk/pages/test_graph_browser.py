"""The graph in Debian's Chromium: opened, moved and read by mouse and by keyboard. Run by `make test-desk`."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.pipeline.desk.pages.browser import SIZES

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not on this machine")]
DIRECTIVE = "/graph/doc:36||QDTTG@2021-01-11@THUTUONGCHINHPHU"
NODE = "#picture .node[data-number='{}']"


def place(page: Page, number: str) -> tuple[float, float, float]:
    """The middle of a document on the screen, and its width, in pixels."""
    page.wait_for_timeout(100)  # the next frame shows what was asked for
    box = page.locator(NODE.format(number)).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["width"]


def test_the_graph_is_opened_and_read_by_keyboard(page: Page) -> None:
    page.goto(f"{DIRECTIVE}?open=-")
    page.wait_for_selector(NODE.format("36/QĐ-TTg") + ".lit")
    assert page.locator(NODE.format("1002/UBND-VX")).count() == 0
    page.focus(NODE.format("36/QĐ-TTg"))
    while page.evaluate("document.activeElement.dataset.number") != "332/BKHCN-TĐC":
        page.keyboard.press("j")
    before = place(page, "332/BKHCN-TĐC")
    page.keyboard.press("Enter")
    page.wait_for_selector(NODE.format("1002/UBND-VX") + ".fresh")
    after = place(page, "332/BKHCN-TĐC")
    assert max(abs(a - b) for a, b in zip(before[:2], after[:2], strict=True)) < 30, "what was opened stays where it was"
    assert page.evaluate("document.activeElement.dataset.number") == "332/BKHCN-TĐC"
    assert "open=" in page.url
    # its lines, one after another: each tells relation and sentence
    said = set()
    for _ in range(int(page.evaluate("document.querySelectorAll('#picture .edge.lit').length"))):
        page.keyboard.press("e")
        said.add(page.inner_text("#said"))
    assert any("332/BKHCN-TĐC → 36/QĐ-TTg" in one and "Quyết định số 36/QĐ-TTg" in one for one in said)
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.wait_for_selector(NODE.format("1002/UBND-VX"), state="detached")
    page.keyboard.press("o")
    page.wait_for_url("**/letter/**")
    assert "332/BKHCN-TĐC" in page.inner_text("h1")


def test_the_graph_is_moved_and_enlarged(page: Page) -> None:
    page.goto(DIRECTIVE)
    page.wait_for_selector(NODE.format("36/QĐ-TTg") + ".lit")
    page.focus(NODE.format("36/QĐ-TTg"))
    x, _, width = place(page, "36/QĐ-TTg")
    page.keyboard.press("ArrowRight")
    assert place(page, "36/QĐ-TTg")[0] < x
    page.keyboard.press("+")
    assert place(page, "36/QĐ-TTg")[2] > width * 1.1
    page.keyboard.press("0")
    fitting = place(page, "36/QĐ-TTg")
    page.mouse.move(400, 600)
    page.mouse.wheel(0, -400)
    assert place(page, "36/QĐ-TTg")[2] > fitting[2] * 1.5
    page.keyboard.press("0")
    box = page.locator("#picture").bounding_box()
    assert box is not None
    left, top = box["x"] + 4, box["y"] + 4  # where nothing is drawn
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + 80, top + 50, steps=5)
    page.mouse.up()
    moved = place(page, "36/QĐ-TTg")
    assert (round(moved[0] - fitting[0]), round(moved[1] - fitting[1])) == (80, 50)
    with page.expect_download() as kept:
        page.click("summary:has-text('Tải hình')")
        page.click("#graph-keep a:has-text('PNG')")
    assert kept.value.path().read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_graph_is_no_wider_than_the_screen(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    for path in (DIRECTIVE, "/graph"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
