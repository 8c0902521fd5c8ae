"""A page of a browser over a desk that is served; whatever it complains of fails the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pipeline.desk.pages.browser import CHROMIUM, serving

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page

NO_SHEET = "502 (Bad Gateway)"  # an invented letter's file is text, and has no sheet to be drawn


@pytest.fixture
def address(archive: Path, tmp_path: Path) -> Iterator[str]:
    """Where a copy of the archive is served."""
    with serving(archive, tmp_path / "log") as found:
        yield found


def grave(said: ConsoleMessage) -> bool:
    """Whether what the browser tells of a page is a complaint."""
    return said.type == "error" and NO_SHEET not in said.text


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    """A page of a browser; whatever it complains of fails the test."""
    from playwright import sync_api as api

    complaints: list[str] = []
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(base_url=address, viewport={"width": 1366, "height": 768})
        made = context.new_page()
        made.set_default_timeout(120_000)
        made.on("pageerror", lambda error: complaints.append(str(error)))
        made.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
        made.on("console", lambda said: complaints.append(f"{said.location['url']} {said.text}") if grave(said) else None)
        made.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else complaints.append(asked.url))
        pressed = made.keyboard.press

        def press(key: str, **more: float) -> None:
            # nobody types before the page is there: its scripts run before it is told to be loaded
            made.wait_for_load_state("domcontentloaded")
            pressed(key, **more)

        made.keyboard.press = press  # type: ignore[assignment, method-assign]
        yield made
        browser.close()
    assert complaints == []
