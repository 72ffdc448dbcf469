"""What the journeys at the staff panel share: signing in, and looking at a page at every size."""

import re

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, screenshot, violations
from unionbenefits.accounts.models import User

PASSWORD = "a-good-password"
SMALL = {"width": 1024, "height": 768}


def sign_in(page: Page, officer: User, language: str = "en") -> None:
    """The officer is signed in and at home. One journey types name and password; the others walk past the door."""
    client = Client()
    client.force_login(officer)
    page.context.clear_cookies()
    page.goto("/healthz")
    origin = page.url.removesuffix("/healthz")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [
            {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": origin},
            {"name": "django_language", "value": language, "url": origin},
        ]
    )
    page.goto("/admin/")
    expect(page).to_have_url(re.compile(r"/admin/$"))


def inaccessible(page: Page) -> list[str]:
    """What axe finds wrong (WCAG 2.2 A and AA) in the part of the page that is ours."""
    return violations(page, "#content-main", best_practice=False)


def looked_at(page: Page, name: str, *sizes: dict[str, int], accessible: bool = True) -> None:
    """Usable by everybody, and nothing runs off a screen of these sizes (phone and desk); a picture of each.

    The rules of axe speak of the page, not of its size or language: one look of it is enough, `accessible`
    says whether this one is it. The page is left at the size it had.
    """
    if accessible:
        assert inaccessible(page) == [], name
    before = page.viewport_size
    for size in sizes or (PHONE, DESK):
        page.set_viewport_size(size)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name} is {wide} pixels too wide at {size['width']}"
        screenshot(page, f"panel-{name}-{size['width']}")
    page.set_viewport_size(before)
