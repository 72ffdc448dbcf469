"""The whole way of a worker on a phone that runs no scripts: in, cover, calculator, certificate, a claim with its papers."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.claims.scene import photo
from tests.journeys.conftest import PHONE
from tests.journeys.portal import enter
from tests.journeys.test_portal import rider, sms_file
from unionbenefits.claims.models import Claim
from unionbenefits.core import clock

__all__ = ["rider", "sms_file"]


@pytest.fixture
def page(live_server, browser: Browser, browser_page: Page):
    """A page that runs no scripts, beside the one that `browser_page` cleans up after."""
    context = browser.new_context(
        base_url=live_server.url, viewport=PHONE, locale="zh-CN", java_script_enabled=False
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def go_on(page: Page, step: int) -> None:
    page.locator(".go-on .button").first.click()
    expect(page).to_have_url(re.compile(rf"/step/{step}/$"))


def test_everything_but_the_bar_of_an_upload_works(page, rider, sms_file):
    enter(page, rider, sms_file)
    expect(page.get_by_role("heading", level=1)).to_have_text("您有保障")
    page.goto("/how-much/")
    for name, amount in {
        "total": "37000",
        "insurance": "28000",
        "self_paid": "7000",
        "own_expense": "2000",
    }.items():
        page.locator(f"[name={name}]").fill(amount)
    page.locator("main form .button").click()
    expect(page.locator(".answer-amount")).to_contain_text("5,600")
    page.goto(f"/cover/{rider.cover.certificate_no}/")
    expect(page.locator("img.pass-code")).to_be_visible()
    expect(page.locator("[data-keep]")).to_be_hidden()
    file_a_claim(page)
    [claim] = Claim._default_manager.all()
    assert (claim.state, claim.papers.count()) == ("filed", 3)


def file_a_claim(page: Page) -> None:
    page.goto("/claims/new/")
    page.locator("main form .button").click()
    expect(page).to_have_url(re.compile(r"/step/1/$"))
    page.locator("[name=hospital]").fill("佛山市第一人民医院（测试）")
    for name, days in (("admitted", 20), ("discharged", 12)):
        page.locator(f"[name={name}]").fill((clock.today() - dt.timedelta(days=days)).isoformat())
    go_on(page, 2)
    for name, amount in {
        "total": "37000",
        "pooled_fund": "28000",
        "self_paid": "7000",
        "own_expense": "2000",
    }.items():
        page.locator(f"[name={name}]").fill(amount)
    go_on(page, 3)
    for seed, kind in enumerate(("statement", "invoice", "discharge"), start=1):
        slot = page.locator(f"#paper-{kind}")
        slot.locator("[data-plain] input").first.set_input_files(
            {"name": f"IMG_{seed}.jpg", "mimeType": "image/jpeg", "buffer": photo(seed, (600, 450))}
        )
        slot.locator("[data-plain] .button").first.click()
        expect(page.locator(f"#paper-{kind} .sheet")).to_have_count(1)
    go_on(page, 4)
    page.locator("[name=account]").fill("9999990000000000014")
    page.locator("[name=bank_name]").fill("中国工商银行佛山分行")
    go_on(page, 5)
    page.locator("[name=consent]").check()
    page.locator("#send .button").click()
    expect(page).to_have_url(re.compile(r"/sent/$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
