"""A rider files from the phone: two photos at once, interrupted and gone on with, sent twice, one claim.

Looked at here are the pages as they are only on the way; as they stand test_portal_pages looks at them.
"""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from tests.claims.scene import photo
from tests.factories import UnionFactory
from tests.journeys.conftest import screenshot
from tests.journeys.portal import enter, look, walk_in
from tests.journeys.test_portal import sms_file
from tests.portal.conftest import cover, person
from unionbenefits.claims.models import Claim, Paper
from unionbenefits.core import clock

__all__ = ["sms_file"]


@pytest.fixture
def rider(transactional_db):
    worker = person("陈建国")
    worker.cover = cover(
        worker, starts=-100, given_by=UnionFactory(name="佛山市南海区快递物流行业工会联合会")
    )
    return worker


def days_ago(days: int) -> str:
    return (clock.today() - dt.timedelta(days=days)).isoformat()


def pictures(*seeds: int):
    return [
        {"name": f"IMG_{seed}.jpg", "mimeType": "image/jpeg", "buffer": photo(seed, (1200, 900))}
        for seed in seeds
    ]


def go_on(page) -> None:
    page.locator(".go-on .button").first.click()


def take(page, kind: str, *seeds: int) -> None:
    """Chooses photos; they go off by themselves."""
    slot = page.locator(f"#paper-{kind}")
    slot.locator("[data-taps] input[multiple]").set_input_files(pictures(*seeds))
    shown(page, kind, len(seeds))


def shown(page, kind: str, count: int) -> None:
    """So many papers are there, and their previews are real pictures."""
    expect(page.locator(f"#paper-{kind} .sheet")).to_have_count(count)
    for preview in page.locator(f"#paper-{kind} .sheet img").all():
        preview.scroll_into_view_if_needed()
        page.wait_for_function("(picture) => picture.naturalWidth === 320", arg=preview.element_handle())


def test_a_claim_is_filed_from_the_phone_once(browser_page, rider, sms_file):
    page = browser_page
    walk_in(page, rider)
    page.goto("/claims/new/")
    look(page, "filing-start")
    page.locator("main form .button").dblclick()
    expect(page).to_have_url(re.compile(r"/step/1/$"))
    page.locator("[name=hospital]").fill("佛山市第一人民医院（测试）")
    page.locator("[name=admitted]").fill(days_ago(20))
    page.locator("[name=discharged]").fill(days_ago(30))
    go_on(page)
    expect(page.locator(".field-wrong").first).to_be_visible()
    look(page, "filing-stay-wrong")
    page.locator("[name=discharged]").fill(days_ago(12))
    go_on(page)
    figures(page)
    papers(page, rider, sms_file)
    account(page)
    check(page)


def figures(page) -> None:
    """The parts don't make the total at first."""
    expect(page).to_have_url(re.compile(r"/step/2/$"))
    for name, amount in (
        ("total", "37000"),
        ("pooled_fund", "26000"),
        ("supplementary", "2,000"),
        ("self_paid", "700"),
    ):
        page.locator(f"[name={name}]").fill(amount)
    page.locator("[name=own_expense]").fill("2000.00")
    page.emulate_media(color_scheme="dark")
    look(page, "filing-figures-dark")
    page.emulate_media(color_scheme="light")
    go_on(page)
    expect(page.locator(".doubt")).to_be_visible()
    look(page, "filing-figures-doubt")
    page.locator("[name=self_paid]").fill("7000")
    expect(page.locator("[data-sum]")).to_have_class(re.compile("sum-fits"))
    go_on(page)


def papers(page, rider, sms_file) -> None:
    """Interrupted after the statement; gone on with after signing in anew."""
    expect(page).to_have_url(re.compile(r"/step/3/$"))
    look(page, "filing-papers-empty")
    take(page, "statement", 1, 2)
    page.context.clear_cookies()
    page.goto("/")
    enter(page, rider, sms_file)
    page.goto("/claims/new/")
    page.get_by_role("link", name=re.compile("Go on with it|继续填写")).click()
    expect(page).to_have_url(re.compile(r"/step/3/$"))
    page.route("**/papers/", lambda route: route.abort(), times=1)
    page.locator("#paper-invoice [data-taps] input[multiple]").set_input_files(pictures(3))
    expect(page.locator("#paper-invoice [data-going] .wrong")).to_be_visible()
    screenshot(page, "filing-papers-lost")
    page.locator("#paper-invoice [data-going] button").click()
    shown(page, "invoice", 1)
    take(page, "discharge", 4)
    go_on(page)


def account(page) -> None:
    expect(page).to_have_url(re.compile(r"/step/4/$"))
    page.locator("[value=other]").check()
    look(page, "filing-account-other")
    page.locator("[value=self]").check()
    page.locator("[name=account]").fill("6222 0000 0000 0000 014")
    page.locator("[name=bank_name]").fill("中国工商银行佛山分行")
    go_on(page)
    expect(page.locator(".doubt")).to_be_visible()
    look(page, "filing-account-doubt")
    page.locator("[name=account]").fill("9999990000000000014")
    go_on(page)


def check(page) -> None:
    """Sent without agreeing first, then twice in a row."""
    expect(page).to_have_url(re.compile(r"/step/5/$"))
    page.emulate_media(color_scheme="dark")
    look(page, "filing-check-dark")
    page.emulate_media(color_scheme="light")
    page.locator("#send .button").click()
    expect(page.locator("#send-wrong")).to_be_visible()
    page.locator("[name=consent]").check()
    page.locator("#send .button").dblclick()
    expect(page).to_have_url(re.compile(r"/sent/$"))
    [claim] = Claim._default_manager.all()
    assert (claim.state, str(claim.self_paid)) == ("filed", "7000.00")
    assert Paper._default_manager.filter(claim=claim).count() == 4
