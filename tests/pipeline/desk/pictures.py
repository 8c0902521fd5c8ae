"""The desk's pages as pictures, over the samples: those of docs/ (`make desk-pictures`), or every page into a folder, to be looked at."""

from __future__ import annotations

import io
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from playwright.sync_api import sync_playwright

import pipeline
from pipeline.ingest import Pace
from tests.pipeline.desk.conftest import SAMPLE
from tests.pipeline.desk.pages.browser import CHROMIUM, SIZES, serving
from tests.pipeline.desk.routes import LOOKED_AT

if TYPE_CHECKING:
    from playwright.sync_api import Page

MOST = 200_000  # bytes of a picture
DOCS = Path(__file__).parents[3] / "docs"
ASKED = {"/search": "?q=36+qd+ttg", "/trace": "?number=36/QĐ-TTg", "/graph": "?number=36/QĐ-TTg", "/trace/tree": "?number=36/QĐ-TTg"}


def few(whole: Image.Image, colours: int) -> Image.Image:
    """A picture in so many colours, a quarter of them for what is no grey: the few red dots of a stamp would be lost among the greys."""
    dots = np.asarray(whole)
    bright = dots[np.ptp(dots, axis=2) > 40].reshape(1, -1, 3)
    own = Image.fromarray(bright if bright.size else dots[:1]).quantize(colours // 4, method=Image.Quantize.MEDIANCUT)
    greys = whole.quantize(colours - colours // 4, method=Image.Quantize.MEDIANCUT)
    palette = Image.new("P", (1, 1))
    palette.putpalette([*(greys.getpalette() or [])[: 3 * (colours - colours // 4)], *(own.getpalette() or [])[: 3 * (colours // 4)]])
    return whole.quantize(palette=palette, dither=Image.Dither.NONE)


def keep(page: Page, target: Path) -> None:
    """What the window shows, in few colours."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    whole = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for colours in (256, 128, 64, 32):
        few(whole, colours).save(target, optimize=True)
        if target.stat().st_size < MOST:
            break
    sys.stdout.write(f"{target} {target.stat().st_size // 1024} kB\n")


def documented(page: Page, id: str) -> None:
    """The pictures of docs/desk.md."""
    page.goto("/")
    keep(page, DOCS / "desk-register.png")
    page.goto(f"/letter/{id}")
    page.wait_for_selector("#sheets rect", state="attached")
    page.focus("[data-field=number]")
    keep(page, DOCS / "desk-letter.png")
    page.goto("/review")
    page.wait_for_selector("#card:visible")
    keep(page, DOCS / "desk-queue.png")
    page.goto("/search?q=36+qd+ttg")
    keep(page, DOCS / "desk-search.png")
    page.goto("/trace?number=36/QĐ-TTg")
    page.click("a.tile:has-text('Nghệ An')")
    page.evaluate("scrollTo(0, 0)")
    keep(page, DOCS / "desk-trace.png")
    page.goto(f"/graph/{id}")
    keep(page, DOCS / "desk-graph.png")


def everything(page: Page, id: str, folder: Path) -> None:
    """Every page at both sizes."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for route in LOOKED_AT:
            page.goto(route.at(id=id) + ASKED.get(route.path, ""))
            keep(page, folder / f"{re.sub(r'[^a-z]+', '-', route.path).strip('-') or 'register'}-{width}.png")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as own:
        with pipeline.open(Path(own) / "archive") as office:
            office.office = "Ủy ban nhân dân tỉnh Nghệ An"
            office.ingest(SAMPLE.parent, pace=Pace(workers=1))
        with serving(Path(own) / "archive", Path(own) / "log") as address, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page(base_url=address, viewport={"width": SIZES[0][0], "height": SIZES[0][1]}, reduced_motion="reduce")
            letters = page.request.get("/api/letters?limit=200").json()["items"]
            id = next(one["id"] for one in letters if one["number"] == "1002/UBND-VX" and one["province"] == "Nghệ An")
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
                everything(page, id, folder)
            else:
                documented(page, id)
            browser.close()


if __name__ == "__main__":
    main()
