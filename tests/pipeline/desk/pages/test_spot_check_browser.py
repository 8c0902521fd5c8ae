"""A sample check in Debian's Chromium: read from the crop, typed, judged, gone on with; what is typed is never a key of the desk's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.pipeline.desk.api.test_spot_checks import held

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def begin(page: Page, size: int) -> None:
    page.goto("/admin/spot-check")
    page.fill("#size", str(size))
    page.click("button.main")
    page.wait_for_selector("#typed:focus")


def asked(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.request.get("/api/spot-check").json()["open"]["next"]
    return found


def truth(page: Page) -> str:
    """What the archive holds of the field that is asked."""
    return held(page.request, asked(page))  # type: ignore[arg-type]


def test_fields_are_read_typed_and_judged(page: Page) -> None:
    begin(page, 3)
    page.wait_for_selector("#crop[src*='/image.jpg']")
    assert truth(page).split("\n")[0] not in page.inner_text("main")
    page.fill("#typed", truth(page))
    page.keyboard.press("Enter")
    page.wait_for_selector("#done:text-is('1')")
    assert page.input_value("#typed") == "" and page.evaluate("document.activeElement.id") == "typed"
    # letters that are keys elsewhere go where they are typed, and Shift+Enter begins a line
    page.keyboard.type("gs/?gc 123")
    page.keyboard.press("Shift+Enter")
    assert page.input_value("#typed") == "gs/?gc 123\n" and page.url.endswith("/admin/spot-check")
    page.fill("#typed", "01/02/1999" if asked(page)["field"].endswith("date") else "khác hẳn")
    page.keyboard.press("Enter")
    page.wait_for_selector("#judging:visible")
    assert page.inner_text("#held") and page.evaluate("document.activeElement.id") == "differs"
    # a key pressed once too often judges nothing
    page.keyboard.press("Enter")
    page.keyboard.type("123")
    assert page.is_visible("#judging") and asked(page)["outcome"] == "differs"
    # it stays to be judged after a stop
    page.reload()
    page.wait_for_selector("#judging:visible")
    page.click("[data-judge=mistyped]")
    page.wait_for_selector("#done:text-is('2')")
    page.click("#unreadable")
    page.wait_for_selector("text=Khoảng 95 %")
    assert "Gõ nhầm 1" in page.inner_text("main") and "không đọc được 1" in page.inner_text("main")


def test_where_the_archive_is_wrong_it_is_put_right_and_nothing_is_sent_empty(page: Page) -> None:
    begin(page, 9)
    while asked(page)["field"] != "subject":
        at = asked(page)["position"]
        page.click("#unreadable")
        page.wait_for_selector(f"#done:text-is('{at}')")
    letter = asked(page)["letter"]
    page.keyboard.press("Enter")
    page.wait_for_selector(".toast.bad")
    assert asked(page)["outcome"] is None
    page.click("#nothing")
    page.wait_for_selector("#judging:visible")
    page.fill("#value", "ý kiến khác")
    page.click("[data-judge=wrong]")
    page.wait_for_selector("#reading:visible")
    assert page.request.get(f"/api/letters/{letter}").json()["header"]["subject"] == "ý kiến khác"
    page.click("text=Kết thúc tại đây")
    page.wait_for_selector("text=Khoảng 95 %")
