"""A curious clerk tries six ways to see another unit, and learns from none of them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import in_thread, screenshot
from tests.journeys.panel import sign_in
from tests.journeys.test_panel import desk, office, upload
from tests.web.office import person
from unionbenefits.core import jobs
from unionbenefits.workers.models import Worker
from unionbenefits.workers.roster.states import RosterMode

__all__ = ["desk", "office"]

HIDDEN = person(77)


@pytest.fixture
def roster(office):
    """What the sibling district has: a roster that was taken over, and a person in it."""
    return office.applied(
        [HIDDEN],
        by=office.officers["sibling_officer"],
        enterprise=office.other_enterprise,
        mode=RosterMode.ADDITIONS,
        file_name="乙区名册.xlsx",
    )


def test_a_clerk_tries_six_ways_to_see_another_unit(office, roster, desk: Page):
    office.applied([person(1)])
    other, hidden = office.other_enterprise, Worker.objects.get(name=HIDDEN[0])
    secrets = [other.name, other.credit_code, "乙区", HIDDEN[2]]

    def nothing_told(way: str, *more: str) -> None:
        text = desk.content()
        assert [secret for secret in (*secrets, *more) if secret in text] == [], way

    sign_in(desk, office.clerk)
    # 1, 2: addresses with another's keys look like addresses of nothing.
    for way in (f"rosters/{roster.pk}/", f"people/{hidden.pk}/"):
        answer = desk.goto(f"/admin/{way}")
        assert answer is not None
        assert answer.status == 404, way
        nothing_told(way, HIDDEN[0], HIDDEN[1])
    # 3: the whole number, typed into the search of the register.
    desk.goto("/admin/workers/worker/")
    desk.locator("#searchbar").fill(HIDDEN[1])
    desk.locator("#searchbar").press("Enter")
    expect(desk).to_have_url(re.compile(r"\?.*q="))
    expect(desk.get_by_role("link", name=HIDDEN[0])).to_have_count(0)
    nothing_told("search", HIDDEN[0])
    screenshot(desk, "panel-clerk-finds-nobody")
    # 4: a filter of the address that no list offers.
    desk.goto(f"/admin/workers/membership/?enterprise__id__exact={other.pk}")
    nothing_told("filter", HIDDEN[0], HIDDEN[1])
    # 5: the history of the other enterprise.
    answer = desk.goto(f"/admin/enterprises/enterprise/{other.pk}/history/")
    assert answer is not None
    assert answer.status == 404
    nothing_told("history")
    # 6: the person in a roster of one's own, with another name, to be told who that is.
    desk.goto("/admin/")
    upload(desk, [person(77, 姓名="欧阳某某")])
    expect(desk.get_by_text("Waiting for its turn")).to_be_visible()
    in_thread(jobs.run_waiting)
    expect(desk.get_by_text("Rows that wait for a decision")).to_be_visible()
    nothing_told("roster", HIDDEN[0])
    screenshot(desk, "panel-clerk-learns-nothing")
