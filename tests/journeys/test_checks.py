"""An approver replays the past under new terms, and a third person looks again at what was drawn."""

import datetime as dt
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.factories import PlanVersionFactory, PostFactory, UserFactory
from tests.journeys.conftest import DESK, in_thread
from tests.journeys.panel import looked_at, sign_in
from tests.web import desk as desks
from unionbenefits.access.roles import Role
from unionbenefits.claims.actions.looking import draw_looks, set_look_rule
from unionbenefits.claims.models import Replay, SecondLook
from unionbenefits.core import clock, jobs


@pytest.fixture
def office(transactional_db):
    found = desks.build()
    found.officers["second_reviewer"] = PostFactory(
        role=Role.CLAIMS_REVIEWER, union=found.district, user=UserFactory()
    ).user
    for month in (2, 4, 6):
        days = {"admitted": f"2026-0{month}-03", "discharged": f"2026-0{month}-09", "settled": ""}
        found.approved(found.desk.filed(**days))
    return found


@pytest.fixture
def page(browser_page: Page) -> Page:
    browser_page.set_viewport_size(DESK)
    return browser_page


def test_approver_sees_what_new_terms_would_have_paid(office, page: Page):
    PlanVersionFactory(
        plan=office.desk.coverage.plan,
        number=2,
        valid_from=dt.date(2027, 1, 1),
        waiting_days=0,
        rates=[Decimal("0.75"), Decimal("0.75"), Decimal("0.10")],
        deductible=Decimal("300.00"),
    )
    sign_in(page, office.approver)
    page.goto("/admin/replays/")
    looked_at(page, "replays-empty")
    page.get_by_role("button", name="Decide again").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    looked_at(page, "replay-waiting")
    in_thread(jobs.run_waiting)
    expect(page.get_by_text("What changes")).to_be_visible()
    expect(page.get_by_role("link", name="Pays less 1")).to_be_visible()
    looked_at(page, "replay-done")
    page.get_by_role("link", name="Pays now 1").click()
    expect(page.get_by_text("10 % of it, for stay no. 3 of the period")).to_be_visible()
    page.goto("/admin/replays/")
    looked_at(page, "replays")
    assert Replay.objects.get().changed == 3


def test_a_third_person_looks_again_at_what_was_drawn(office, page: Page):
    set_look_rule(by=office.approver, share=Decimal("1.00"), at_least=0, up_to=Decimal("9000.00"))
    assert draw_looks(by=office.approver, day=clock.today() + dt.timedelta(days=7)) == 2
    sign_in(page, office.reviewer)
    page.goto("/admin/second-looks/")
    expect(page.get_by_text("You had a part in this claim").first).to_be_visible()
    sign_in(page, office.officers["second_reviewer"])
    page.goto("/admin/second-looks/")
    looked_at(page, "second-looks")
    page.get_by_role("button", name="It was right").first.click()
    page.get_by_placeholder("What was wrong").first.fill("发票缺一页")
    page.get_by_role("button", name="It was wrong").first.click()
    expect(page.get_by_text("Written down as wrong")).to_be_visible()
    page.get_by_role("link", name="Wrong 1").click()
    expect(page.get_by_text("发票缺一页")).to_be_visible()
    looked_at(page, "second-looks-wrong")
    assert set(SecondLook.objects.values_list("verdict", flat=True)) == {"right", "wrong"}
