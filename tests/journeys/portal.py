"""What the journeys on a worker's phone share: signing in, and looking at a page at every size."""

import json
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, in_thread, screenshot, violations
from tests.portal.conftest import sign_in
from unionbenefits.core import jobs

# WCAG 2.2 asks for 24 CSS pixels; a thumb in a glove on a moving bike wants more.
THUMB = 44
_SMALL = """least => [...document.querySelectorAll("a, button, input:not([type=hidden]), summary, select, textarea")]
    .filter(each => each.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}))
    .map(each => [each, each.closest("label, .button") || each])
    .filter(([each, target]) => !each.matches(".skip, .unseen")
        && Math.round(target.getBoundingClientRect().height) < least)
    .map(([each, target]) => `${target.outerHTML.slice(0, 100)} ${target.getBoundingClientRect().height}`)"""
# A word cut off at its box's edge: what is in it is wider than it, and cannot be scrolled to.
_CUT = """() => [...document.querySelectorAll("body *")].filter(each => each.scrollWidth > each.clientWidth + 1
    && each.clientWidth > 1 && getComputedStyle(each).overflowX === "hidden").map(each => each.outerHTML.slice(0, 100))"""


def received_code(sms_file: Path) -> str:
    """What the phone shows after the jobs have run."""
    in_thread(jobs.run_waiting)
    last = json.loads(sms_file.read_text(encoding="utf-8").splitlines()[-1])
    return re.search(r"\d{6}", last["text"])[0]


def ask_for_code(page: Page, worker: Any) -> None:
    page.goto("/")
    page.locator("input[name=document]").fill(worker.number)
    page.locator("input[name=phone]").fill(worker.phone)
    page.locator("main form .button").click()
    expect(page).to_have_url(re.compile("/sign-in/code/$"))


def enter(page: Page, worker: Any, sms_file: Path) -> None:
    """The whole way in, through the door."""
    ask_for_code(page, worker)
    page.locator("input[name=code]").fill(received_code(sms_file))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\d/$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def walk_in(page: Page, worker: Any) -> None:
    """Past the door: signed in, with no page opened yet. The journeys of signing in go through it."""
    client = Client()
    sign_in(client, worker)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": origin(page)}])


def speak(page: Page, language: str) -> None:
    """Pages come in this language from now on."""
    page.context.add_cookies([{"name": "django_language", "value": language, "url": origin(page)}])


def origin(page: Page) -> str:
    """Where the site is; opens a page of it if none is open."""
    if not page.url.startswith("http"):
        page.goto("/healthz")
    return re.match(r"https?://[^/]+", page.url)[0]


def overflows(page: Page) -> bool:
    """Whether one would have to scroll sideways."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def look(page: Page, name: str, *, accessible: bool = True) -> None:
    """On the phone and on a desk a picture, and nothing that sticks out; on the phone also with letters twice as large,
    and targets that a thumb hits; nothing wrong for people with disabilities.

    The rules of axe speak of the page, not of its size or language: one look of it is enough, `accessible`
    says whether this one is it; another language has a picture at the phone's size only. The page is left at that size.
    """
    page.set_viewport_size(DESK)
    if accessible:
        screenshot(page, f"{name}-desk")
    assert not overflows(page), f"{name} on a desk"
    page.set_viewport_size(PHONE)
    screenshot(page, f"{name}-phone")
    assert not overflows(page), f"{name} on a phone"
    found = violations(page) if accessible else []
    assert found == [], f"{name}: {found}"
    if not accessible:
        return
    assert page.evaluate(_SMALL, THUMB) == [], name
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not overflows(page), f"{name} with letters twice as large"
    assert page.evaluate(_CUT) == [], f"{name} with letters twice as large"
    page.evaluate("document.documentElement.style.fontSize = ''")
