"""A rider whose phone is gone: at the union's counter and on the new phone; and signing out from everywhere."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import MembershipFactory
from tests.journeys.conftest import DESK, in_thread, screenshot
from tests.journeys.panel import looked_at, sign_in
from tests.journeys.portal import enter, received_code, speak, walk_in
from tests.portal.conftest import cover, person
from tests.web import office as offices
from unionbenefits.core import jobs

NEW = "13600136000"


@pytest.fixture
def sms_file(settings, tmp_path):
    settings.SMS_BACKEND, settings.SMS_FILE = "file", tmp_path / "sms.log"
    return settings.SMS_FILE


@pytest.fixture
def rider(transactional_db):
    worker = person("陈建国")
    cover(worker, starts=-100)
    return worker


@pytest.fixture
def another(browser_page: Page, live_server):
    """Opens a second browser at the given size, as another device would."""
    opened = []

    def open_one(**given) -> Page:
        context = browser_page.context.browser.new_context(base_url=live_server.url, locale="zh-CN", **given)
        context.set_default_timeout(10_000)
        opened.append(context)
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()


def told(sms_file, phone: str) -> list[str]:
    """The messages that arrived on this phone."""
    in_thread(jobs.run_waiting)
    lines = [json.loads(line) for line in sms_file.read_text(encoding="utf-8").splitlines()]
    return [line["text"] for line in lines if line["phone"] == phone]


def test_lost_phone_from_the_counter_to_the_own_page(browser_page, another, rider, sms_file):
    office = offices.build()
    MembershipFactory(worker=rider, enterprise=office.enterprise)
    thief, desk = browser_page, another(viewport=DESK)
    walk_in(thief, rider)
    thief.goto("/")
    expect(thief.get_by_text("陈建国")).to_be_visible()

    sign_in(desk, office.preparer)
    desk.goto("/admin/phone-change/")
    desk.get_by_label("Document number").fill(rider.number)
    desk.get_by_role("button", name="Find the worker").click()
    expect(desk.get_by_text("138****8000")).to_be_visible()
    desk.get_by_label("Original document seen, photo compared with the person").check()
    desk.get_by_label("The old phone was lost or stolen").check()
    desk.get_by_label("New mobile phone number").fill(NEW)
    desk.get_by_label("The new number once more").fill(NEW)
    looked_at(desk, "phone-start")
    desk.get_by_role("button", name="Send a code to the new phone").click()
    expect(desk.get_by_label("Code from the message")).to_be_visible()
    desk.get_by_label("Code from the message").fill(received_code(sms_file))
    looked_at(desk, "phone-code", accessible=False)
    desk.get_by_role("button", name="Change the number").click()
    expect(desk.get_by_text("The number is changed.")).to_be_visible()

    thief.reload()
    expect(thief.locator("input[name=document]")).to_be_visible()
    assert "12351" in told(sms_file, rider.phone)[-1]

    rider.phone = NEW
    own = another(viewport=thief.viewport_size)
    speak(own, "en")
    own.goto("/")
    own.get_by_role("link", name="New phone number? Here is what to do").click()
    expect(own.get_by_role("heading", name="My phone number has changed")).to_be_in_viewport()
    enter(own, rider, sms_file)
    own.goto("/sign-ins/")
    expect(own.get_by_text("Changed at the union by an officer who saw your document")).to_be_visible()
    screenshot(own, "portal-sign-ins-after-a-change")

    sign_in(desk, office.approver)
    desk.goto("/admin/phone-changes/")
    looked_at(desk, "phone-changes")
    desk.get_by_role("link", name="Take back").first.click()
    desk.get_by_label("Who objected, and how you made sure").fill("本人持身份证到场，原号码已补卡")
    desk.get_by_role("button", name="Put the former number back").click()
    expect(desk.get_by_text("The former number is back on file.")).to_be_visible()
    own.reload()
    expect(own.locator("input[name=document]")).to_be_visible()


def test_signing_out_everywhere_reaches_the_other_phone(browser_page, another, rider):
    android = (
        "Mozilla/5.0 (Linux; Android 13; M2012K11AC) AppleWebKit/537.36 Chrome/118.0 Mobile Safari/537.36"
    )
    mine, lent = browser_page, another(viewport=browser_page.viewport_size, user_agent=android)
    for page in (mine, lent):
        speak(page, "en")
        walk_in(page, rider)
    lent.goto("/")
    expect(lent.get_by_text("陈建国")).to_be_visible()
    mine.goto("/sign-ins/")
    screenshot(mine, "portal-sign-ins")
    mine.get_by_role("button", name="Sign out all other devices").click()
    expect(mine.get_by_role("status")).to_have_text("Signed out on 1 other device. You stay signed in here.")
    lent.reload()
    expect(lent.locator("input[name=document]")).to_be_visible()
    mine.get_by_role("button", name="Sign out everywhere, here too").click()
    expect(mine.get_by_role("status")).to_have_text("You are signed out everywhere, here too.")
    mine.goto("/")
    expect(mine.locator("input[name=document]")).to_be_visible()
    assert re.search("/$", mine.url)
