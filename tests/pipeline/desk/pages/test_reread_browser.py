"""Originals read anew from a page in Debian's Chromium: a span of days as it is written in Vietnam, watched to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_span_of_days_is_read_anew_and_watched_to_its_end(page: Page) -> None:
    page.goto("/admin/reread")
    page.fill("#since", "1/3/2030")
    page.fill("#until", "31/12/2031")
    page.click("button.main")
    page.wait_for_selector("text=0/0")
    report = page.request.get("/api/reread").json()["report"]
    assert (report["chosen"]["since"], report["chosen"]["until"], report["files"]) == ("2030-03-01", "2031-12-31", 0)
