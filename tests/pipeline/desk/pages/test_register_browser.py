"""The register and search in Chromium: views, columns, a batch that is followed again, results by keyboard; a mark set by a slip."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pipeline.desk.conftest import PASSWORD, SAMPLE
from tests.waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
MENU = "summary:has-text('Bộ lọc đã lưu')"


def test_a_view_keeps_filter_order_and_columns_until_it_is_forgotten(page: Page) -> None:
    page.goto("/?province=Phú Yên&sort=date&order=up")
    page.click("summary:has-text('Cột')")
    page.check("#columns input[value=file]")
    page.keyboard.press("Escape")
    page.click(MENU)
    page.fill("#views input", "Phú Yên")
    page.keyboard.press("Enter")
    page.goto("/")
    page.click("summary:has-text('Cột')")
    page.uncheck("#columns input[value=file]")
    assert page.locator("#lines td.file").first.is_hidden()
    page.keyboard.press("Escape")
    page.click(MENU)
    page.click("#views a:has-text('Phú Yên')")
    page.wait_for_url("**province=**")
    assert page.locator("#lines td.number a").all_inner_texts() == [f"{n}/UBND-NC" for n in range(1, 8)]
    assert page.locator("#lines td.file").first.is_visible()
    page.click(MENU)
    page.click("#views .view button")
    page.wait_for_selector("#views .view", state="detached")
    page.reload()
    page.click(MENU)
    assert "Chưa lưu bộ lọc nào" in page.inner_text("#views")


def test_views_stay_in_the_browser_when_their_user_logs_out(page: Page) -> None:
    page.goto("/?province=Phú Yên")
    page.click(MENU)
    page.fill("#views input", "Phú Yên")
    page.keyboard.press("Enter")
    csrf = {"x-csrf-token": page.request.get("/api/session").json()["csrf"]}
    page.request.post("/api/users", data={"name": "lan", "password": PASSWORD, "role": "admin"}, headers=csrf)
    page.goto("/login")
    page.fill("[name=name]", "lan")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#lines")
    page.click("#leave")
    page.wait_for_selector("[name=password]")
    assert "Phú Yên" in page.evaluate("localStorage.getItem('views') ?? ''")


def test_on_a_phone_a_long_number_does_not_run_into_its_day(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    number, day = page.locator("#lines td.number a").first, page.locator("#lines td.date").first
    number.evaluate("(one) => { one.textContent = '2418/VPCP-KGVX'; }")
    boxes = number.bounding_box(), day.bounding_box()
    assert boxes[0] and boxes[1] and boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]


def test_a_batch_is_followed_when_the_page_is_opened_again(page: Page, tmp_path: Path) -> None:
    (tmp_path / "thu.pdf").write_text("no pdf at all", encoding="utf-8")
    page.goto("/")
    with page.expect_response("**/api/ingest") as handed:
        page.set_input_files("#files", [str(SAMPLE.with_name("invented-telegram.pdf")), str(tmp_path / "thu.pdf")])
    assert handed.value.status == 202
    page.wait_for_function("sessionStorage.getItem('batch')")
    page.goto("/")
    page.wait_for_selector("#taking-close:visible", timeout=120_000)
    assert page.locator("#taking-files .tag").all_inner_texts() == ["đã lưu", "từ chối"]
    assert page.inner_text("#taking-files .why").strip()
    assert page.evaluate("sessionStorage.getItem('batch')") is None


def test_what_is_found_is_gone_through_by_keyboard(page: Page) -> None:
    page.goto("/search?q=ubnd")
    page.focus("#find")
    number = "document.activeElement.textContent"
    found = page.locator(".hit .top a:first-child").all_inner_texts()
    assert len(found) > 2
    page.keyboard.press("ArrowDown")
    assert page.evaluate(number) == found[0]
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate(number) == found[1]
    page.keyboard.press("Enter")
    page.wait_for_url("**/letter/**")
    assert found[1] in page.inner_text("h1")


def test_a_clerk_gives_arrival_numbers_in_the_register_and_on_a_letter(page: Page) -> None:
    from playwright.sync_api import expect

    page.goto("/")
    arrivals = page.locator("#lines td.arrival b")
    assert page.locator("#arrive").is_hidden() and arrivals.count() == 0
    first, second = page.locator("#lines tbody tr").nth(1), page.locator("#lines tbody tr").nth(3)
    numbers = [one.locator("td.number").inner_text() for one in (first, second)]
    for one in (first, second):
        one.locator(".pick input").check()
    assert page.url.endswith("/")  # a click on the box opens no letter
    page.click("#arrive")
    assert "2 văn bản" in page.inner_text("#arriving-what")
    expect(page.locator("#arriving-first")).to_have_value("1")
    page.fill("#arriving-first", "mười")
    page.keyboard.press("Enter")
    page.wait_for_selector("#arriving #told:has-text('chữ số')")  # in front of the dialog's shade, and read out
    page.fill("#arriving-first", "825")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    # the one handed in first comes first: the list has the newest on top
    given = {
        row.locator("td.number").inner_text(): row.locator("td.arrival b").inner_text()
        for row in page.locator("#lines tbody tr:has(td.arrival b)").all()
    }
    assert given == {numbers[1]: "825", numbers[0]: "826"}
    assert page.locator("#lines tbody tr:has(td.arrival b) .pick input").count() == 0
    page.locator("#lines tbody tr").nth(0).locator("td.number a").click()
    page.wait_for_url("**/letter/**")
    page.click("#arrive")
    expect(page.locator("#arriving-first")).to_have_value("827")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("[data-field='arrival.number'] .value").inner_text() == "827"
    assert page.locator("#arrive").count() == 0
    # and takes it back, from its history
    page.click("#tab-history")
    assert "827" in page.inner_text("#part-history")


def test_secrecy_is_not_set_by_the_way(page: Page) -> None:
    page.goto("/search?q=1002/UBND-VX")
    page.click(".hit a >> nth=0")
    page.focus("[data-field=secrecy]")
    page.keyboard.press("Enter")
    page.select_option("[data-field=secrecy] select", "MẬT")
    page.click("h1")
    page.wait_for_selector("#sure[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("#sure:not([open])", state="attached")
    page.reload()
    assert page.inner_text("[data-field=secrecy] .value") == "" and page.locator("#sheets figure").count()


def test_secrecy_set_by_a_slip_is_taken_back_whole(page: Page) -> None:
    page.goto("/search?q=1002/UBND-VX")
    page.click(".hit a >> nth=0")
    page.focus("[data-field=secrecy]")
    page.keyboard.press("Enter")
    page.select_option("[data-field=secrecy] select", "MẬT")
    page.click("h1")
    page.click("#sure-yes")
    page.wait_for_selector("#told:has-text('Đã lưu')")
    page.reload()
    assert page.locator("#sheets").count() == 0
    page.click("#lift")
    page.wait_for_selector("#sure[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("#sure:not([open])", state="attached")
    page.click("#lift")
    page.click("#sure-yes")
    page.wait_for_selector("#told:has-text('đang đọc lại')")
    id = page.url.rpartition("/")[2]
    until(lambda: page.request.get(f"/api/letters/{id}").json()["header"]["subject"])
    page.reload()
    assert page.locator("#sheets figure").count() and page.inner_text("[data-field=secrecy] .value") == ""
