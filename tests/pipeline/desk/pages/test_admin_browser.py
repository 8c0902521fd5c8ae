"""Administration in Debian's Chromium: a user changed, a token shown once; verify, a backup and a reading anew watched to their end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.access.accounts import UserRole
from pipeline.desk.access.user_store import Users
from tests.pipeline.desk.conftest import PASSWORD
from tests.pipeline.desk.pages.browser import CHROMIUM, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def boss(archive: Path, users: Users, tmp_path: Path) -> Iterator[Page]:
    """A page of an administrator who is logged in."""
    api = pytest.importorskip("playwright.sync_api")
    users.change("admin", cleared=True)
    with serving(archive, tmp_path / "log") as address, api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(base_url=address, locale="vi-VN")
        page.set_default_timeout(120_000)
        page.goto("/login")
        page.fill("[name=name]", "admin")
        page.fill("[name=password]", PASSWORD)
        page.click("button.main")
        page.wait_for_url(f"{address}/")
        yield page
        browser.close()


def test_a_user_is_changed_by_the_button_of_the_line(boss: Page, users: Users) -> None:
    boss.goto("/admin/users")
    line = boss.locator("tr:has(th:text-is('clerk'))")
    assert line.locator("button.main").is_hidden()
    line.locator("select").select_option("archivist")
    line.locator("button.main").click()
    boss.wait_for_function("document.querySelector('tr:nth-child(3) select').selectedOptions[0].defaultSelected")
    assert users.get("clerk").role is UserRole.archivist
    own = boss.locator("tr:has(th:text-is('admin'))")
    own.locator("[name=active]").uncheck()
    own.locator("button.main").click()
    boss.wait_for_selector(".toast.bad:has-text('quản trị cuối cùng')")
    assert users.get("admin").active


def test_a_token_is_shown_once(boss: Page, users: Users) -> None:
    boss.goto("/admin/users")
    line = boss.locator("tr:has(th:text-is('reader'))")
    line.locator("text=Cấp mã mới").click()
    line.locator("[name=label]").fill("máy quét")
    line.locator("[data-token] button").click()
    boss.wait_for_selector("#token:not([hidden])")
    secret = boss.inner_text("#token code")
    person = users.of_token(secret)
    assert person is not None and person.name == "reader"
    boss.reload()
    assert secret not in boss.content() and "máy quét" in boss.inner_text("table")


def test_verify_and_a_backup_are_watched_to_their_end(boss: Page, archive: Path) -> None:
    boss.goto("/admin/verify")
    boss.click("button.main")
    boss.wait_for_selector("text=Kho nguyên vẹn")
    boss.goto("/admin/backups")
    boss.click("text=Sao lưu ngay")
    boss.wait_for_selector("td.file")
    name = boss.inner_text("td.file")
    with boss.expect_download() as coming:
        boss.click("text=Tải về")
    assert Path(coming.value.path()).read_bytes() == (archive.parent / "archive-backups" / name).read_bytes()


def test_a_span_of_days_is_read_anew_and_watched_to_its_end(boss: Page) -> None:
    boss.goto("/admin/reread")
    boss.fill("#since", "1/3/2030")
    boss.fill("#until", "31/12/2031")
    boss.click("button.main")
    boss.wait_for_selector("text=0/0")
    report = boss.request.get("/api/reread").json()["report"]
    assert (report["chosen"]["since"], report["chosen"]["until"], report["files"]) == ("2030-03-01", "2031-12-31", 0)
