"""Held rows settled at the desk: by mouse, from the keyboard, by two officers, without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import resident_number
from tests.journeys.conftest import DESK, in_thread, screenshot
from tests.journeys.panel import SMALL, inaccessible, looked_at, sign_in
from tests.journeys.test_panel import desk, office
from tests.web.office import person
from unionbenefits.core import jobs
from unionbenefits.workers.models import RowDecision, Worker
from unionbenefits.workers.roster.states import RosterState

__all__ = ["desk", "office"]


def held_rows() -> list[tuple]:
    """Rows that wait for decisions of every sort."""
    return [
        person(11),
        person(12, 姓名="王芳（小）"),
        person(13, 姓名="刘芳（大）"),
        person(14, 手机号码="19900000014/19900000015"),
        person(15, 入会日期="03/04/2025"),
        person(16, 姓名="陈?六"),
        person(1, 证件号码=resident_number(501)),
        person(2, 姓名="欧阳别人"),
        person(17, 证件号码=resident_number(17)[:17] + "A"),
    ]


@pytest.fixture
def roster(office):
    office.applied([person(1), person(2)])
    return office.judged(held_rows())


def test_officer_decides_row_by_row_and_confirms(office, desk: Page, roster):
    sign_in(desk, office.preparer)
    desk.goto(f"/admin/rosters/{roster.pk}/")
    expect(desk.get_by_text("Perhaps a known worker")).to_be_visible()
    expect(desk.locator(".pg-sides")).to_have_count(2)
    assert inaccessible(desk) == []
    screenshot(desk, "panel-deciding")
    row = desk.get_by_role("rowgroup", name=re.compile("王芳"))
    row.get_by_role("button", name="Accept as written").click()
    expect(desk.get_by_text("Last decision:")).to_be_visible()
    expect(row).to_have_count(0)
    desk.get_by_role("button", name="Undo").click()
    expect(desk.get_by_role("rowgroup", name=re.compile("王芳"))).to_be_visible()
    phone = desk.get_by_label("Right value: mobile number")
    phone.select_option(index=2)
    desk.locator("tbody", has=phone).get_by_role("button", name="Take this value").click()
    expect(phone).to_have_count(0)
    assert inaccessible(desk) == []
    desk.get_by_role("button", name="Confirm and take over 2 rows").click()
    expect(desk.get_by_text("Taking the confirmed rows over")).to_be_visible()
    in_thread(jobs.run_waiting)
    expect(desk.get_by_text("Taken over.", exact=True)).to_be_visible()
    assert Worker.objects.count() == 4


def test_keyboard_walks_through_rows_and_presses_letters(office, desk: Page, roster):
    sign_in(desk, office.preparer)
    desk.goto(f"/admin/rosters/{roster.pk}/?show=hold")
    desk.keyboard.press("j")
    expect(desk.locator("[data-desk]").first).to_be_focused()
    desk.keyboard.press("w")
    expect(desk.get_by_text("Last decision:")).to_be_visible()
    expect(desk.locator("[data-desk]").first).to_be_focused()
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    desk.keyboard.press("x")
    expect(desk.locator(".pg-last")).to_contain_text("Left out")
    assert list(RowDecision.objects.values_list("row", "choice")) == [(3, "written"), (4, "left_out")]
    desk.keyboard.press("v")
    expect(desk.get_by_label("Right value: mobile number")).to_be_focused()


def test_second_officer_sees_decisions_and_a_confirmation_seen_before_is_stale(office, desk: Page, roster):
    sign_in(desk, office.preparer)
    desk.goto(f"/admin/rosters/{roster.pk}/")
    office_two = desk.context.browser.new_context(base_url=desk.url.split("/admin")[0], viewport=DESK)
    other = office_two.new_page()
    sign_in(other, office.approver)
    other.goto(f"/admin/rosters/{roster.pk}/")
    other.get_by_role("rowgroup", name=re.compile("王芳")).get_by_role(
        "button", name="Accept as written"
    ).click()
    expect(other.get_by_text("Last decision:")).to_be_visible()
    desk.get_by_role("button", name="Confirm and take over 1 row").click()
    expect(desk.get_by_text("It has to be judged again before confirming.")).to_be_visible()
    expect(desk.get_by_text(str(office.approver)).first).to_be_visible()
    desk.get_by_role("rowgroup", name=re.compile("刘芳")).get_by_role(
        "button", name="Accept as written"
    ).click()
    desk.get_by_role("button", name="Confirm and take over 3 rows").click()
    expect(desk.get_by_text("Taking the confirmed rows over")).to_be_visible()
    in_thread(jobs.run_waiting)
    expect(desk.get_by_text("Taken over.", exact=True)).to_be_visible()
    office_two.close()
    roster.refresh_from_db()
    assert roster.state == RosterState.APPLIED


def test_deciding_many_at_once_shows_how_many_first(office, desk: Page, roster):
    sign_in(desk, office.preparer)
    desk.goto(f"/admin/rosters/{roster.pk}/")
    kind = desk.get_by_role("listitem").filter(has_text="Name not as on the card")
    kind.get_by_role("link", name="Leave all out…").click()
    expect(desk.get_by_text("This settles 2 rows on hold.")).to_be_visible()
    assert inaccessible(desk) == []
    screenshot(desk, "panel-deciding-many")
    desk.get_by_role("button", name="Leave all out: 2 rows").click()
    expect(desk.get_by_text("2 rows are no longer on hold.")).to_be_visible()


def test_rows_settled_after_the_roster_was_applied(office, desk: Page):
    roster = office.applied(held_rows()[:3])
    sign_in(desk, office.preparer)
    desk.goto(f"/admin/rosters/{roster.pk}/")
    desk.get_by_role("rowgroup", name=re.compile("王芳")).get_by_role(
        "button", name="Accept as written"
    ).click()
    expect(desk.get_by_role("button", name="Take over 1 settled row")).to_be_visible()
    screenshot(desk, "panel-deciding-later")
    desk.get_by_role("button", name="Take over 1 settled row").click()
    expect(desk.get_by_text("The settled rows were taken over.")).to_be_visible()
    expect(desk.get_by_role("button", name="Take over 1 settled row")).to_have_count(0)
    assert Worker.objects.count() == 2


def test_decisions_work_without_javascript(office, desk: Page, roster, live_server):
    context = desk.context.browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport=DESK
    )
    page = context.new_page()
    sign_in(page, office.preparer)
    page.goto(f"/admin/rosters/{roster.pk}/?show=hold&code=name_not_as_on_card")
    page.get_by_role("button", name="Accept as written").first.click()
    expect(page.get_by_text("Last decision:")).to_be_visible()
    assert "code=name_not_as_on_card" in page.url
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_text("Last decision:")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_desk_fits_the_screen_in_both_languages(office, desk: Page, roster, language):
    sign_in(desk, office.approver, language)
    pages = {
        "desk": f"rosters/{roster.pk}/?show=hold",
        "desk-many": f"rosters/{roster.pk}/decide-all/?about=name_not_as_on_card&choice=left_out",
        "pairs": "decided-pairs/",
    }
    for name, address in pages.items():
        desk.goto(f"/admin/{address}")
        looked_at(desk, f"{name}-{language}", DESK, SMALL, accessible=language == "zh-hans")
