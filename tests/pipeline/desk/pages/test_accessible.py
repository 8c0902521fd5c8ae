"""axe-core finds no serious fault on any page: at a desk's and a phone's width, in both languages. Run by `make test-desk`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import pytest

from pipeline.desk.access.user_store import FILE, Users
from tests.pipeline.desk.conftest import PASSWORD
from tests.pipeline.desk.pages.browser import CHROMIUM, SIZES, serving
from tests.pipeline.desk.routes import LOOKED_AT, Route

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser
WORST = ("serious", "critical")
# what a page is asked, so that it has something to show; each is looked at by itself, beside the page asked nothing
ASKED: dict[str, list[dict[str, str]]] = {
    "/": [{"province": "Phú Yên", "review": "no"}, {"province": "nowhere"}],
    "/search": [{"q": "36 qd ttg"}, {"q": "ubnd"}, {"q": "nothing of the sort"}],
    "/trace": [{"number": "36/QĐ-TTg"}, {"number": "99999/QĐ-TTg"}],
    "/graph": [{"number": "36/QĐ-TTg"}],
    "/trace/tree": [{"number": "36/QĐ-TTg"}],
    "/ledger": [{"state": "stored"}],
}


class Seen(NamedTuple):
    """A desk that is looked at. address; id: of a letter with a sheet; doubtful: of one with doubtful fields; state: an admin's cookies."""

    browser: Browser
    address: str
    id: str
    doubtful: str
    state: Any


@pytest.fixture(scope="module")
def seen(made: Path, people: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """A desk with users, and an admin who has logged in."""
    from playwright import sync_api as api

    folder = tmp_path_factory.mktemp("accessible")
    shutil.copytree(made, folder / "archive")
    shutil.copy2(people, folder / "archive" / FILE)
    Users(folder / "archive" / FILE).change("admin", cleared=True)
    with serving(folder / "archive", folder / "log") as address, api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(base_url=address)
        page = context.new_page()
        page.goto("/login")
        page.fill("[name=name]", "admin")
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("#lines")
        letters = page.request.get("/api/letters?limit=200").json()["items"]
        of = {one["number"]: one["id"] for one in letters}
        yield Seen(browser, address, of["1002/UBND-VX"], of["21/UBND-VX"], context.storage_state())
        browser.close()


def faults(page: Page) -> list[str]:
    """What axe-core finds that is serious, each with where it stands."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{one['impact']} {one['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
            for one in found if one["impact"] in WORST for node in one["nodes"]]  # fmt: skip


def looked_at(seen: Seen, lang: str = "vi", login: bool = False) -> BrowserContext:
    """A browser's window. axe-core is put into its pages by the browser itself; the policy stays as it is everywhere else."""
    state = None if login else seen.state
    context = seen.browser.new_context(base_url=seen.address, bypass_csp=True, storage_state=state, reduced_motion="reduce")
    context.add_cookies([{"name": "congvan_lang", "value": lang, "url": seen.address}])
    return context


def at_each_size(page: Page) -> Iterator[str]:
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        yield f"{width} x {height}"


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("route", LOOKED_AT, ids=lambda one: one.path)
def test_no_page_has_a_serious_fault(seen: Seen, route: Route, lang: str) -> None:
    context = looked_at(seen, lang, login=route.path == "/login")
    page = context.new_page()
    places = [route.at(id=seen.id)]
    if "{id}" in route.path:
        places.append(route.at(id=seen.doubtful))
    places += [f"{places[0]}?{urlencode(query)}" for query in ASKED.get(route.path, [])]
    found = {}
    for place in places:
        page.goto(place)
        page.wait_for_load_state("networkidle")
        assert page.get_attribute("html", "lang") == lang, f"{place} is no page of the desk"
        for size in at_each_size(page):
            bad = faults(page)
            if (wide := page.evaluate("document.documentElement.scrollWidth")) > int(size.split()[0]):
                bad.append(f"the page is {wide} wide")
            if bad:
                found[f"{place} {size}"] = bad
    context.close()
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)


def test_what_opens_on_a_page_has_no_serious_fault(seen: Seen) -> None:
    context = looked_at(seen)
    page = context.new_page()
    page.goto("/")
    for size in at_each_size(page):
        page.keyboard.press("?")
        page.wait_for_selector("#keys:visible")
        assert faults(page) == [], size
        page.keyboard.press("Escape")
        for menu in page.query_selector_all("details.menu summary"):
            if menu.is_visible():
                menu.click()
                assert faults(page) == [], size
                menu.click()
    page.goto(f"/letter/{seen.doubtful}")
    for size in at_each_size(page):
        for tab in "12345":
            page.keyboard.press(f"Alt+{tab}")
            assert faults(page) == [], (tab, size)
        page.keyboard.press("Alt+1")
        page.focus("[data-field=subject]")
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-field=subject] textarea:focus")
        assert faults(page) == [], size
        page.keyboard.press("Escape")
    context.close()


def test_a_sample_check_has_no_serious_fault_while_it_is_read_and_judged(seen: Seen) -> None:
    context = looked_at(seen)
    page = context.new_page()
    page.goto("/admin/spot-check")
    page.fill("#size", "3")
    page.click("button.main")
    page.wait_for_selector("#typed:focus")
    for size in at_each_size(page):
        assert faults(page) == [], size
    page.click("#nothing")
    page.wait_for_selector("#judging:visible")
    for size in at_each_size(page):
        assert faults(page) == [], size
    page.click("[data-judge=mistyped]")
    page.wait_for_selector("#reading:visible")
    page.click("[data-send='/api/spot-check/end']")
    page.wait_for_selector("tbody")
    for size in at_each_size(page):
        assert faults(page) == [], size
    context.close()
