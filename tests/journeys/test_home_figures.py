"""The home of an officer of many: the page stands first, its figures come behind it."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, in_thread
from tests.journeys.panel import sign_in
from tests.web import office as offices
from tests.web.office import person
from unionbenefits.backoffice.pages import cover


@pytest.fixture
def office(transactional_db):
    return offices.build()


def test_figures_of_many_people_come_behind_the_page(office, browser_page: Page, monkeypatch):
    in_thread(lambda: office.applied([person(order) for order in range(3)]))
    cache.clear()
    monkeypatch.setattr(cover, "FEW", 2)
    browser_page.set_viewport_size(DESK)
    sign_in(browser_page, office.preparer)
    stats = browser_page.locator(".pg-stats")
    expect(stats.get_by_text("Workers at your units")).to_be_visible()
    expect(stats.locator(".pg-stat-value").first).to_have_text("3")
    expect(stats.get_by_text("Not covered today")).to_be_visible()
    expect(browser_page.get_by_role("link", name=office.enterprise.name)).to_be_visible()
    expect(browser_page.locator("#cover-units")).to_have_count(1)
