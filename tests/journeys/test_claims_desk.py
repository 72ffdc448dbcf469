"""One claim through three pairs of hands: decided, reviewed, approved; papers turned and enlarged from the keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, screenshot
from tests.journeys.panel import SMALL, inaccessible, looked_at, sign_in
from tests.web import desk as desks
from unionbenefits.claims.models import Claim, Decision


@pytest.fixture
def office(transactional_db):
    return desks.build()


@pytest.fixture
def page(browser_page: Page) -> Page:
    browser_page.set_viewport_size(DESK)
    return browser_page


def box(page: Page) -> tuple[int, int]:
    """Width and height of the shown paper."""
    found = page.locator("[data-turned]").bounding_box()
    assert found is not None
    return round(found["width"]), round(found["height"])


def test_claim_is_decided_reviewed_and_approved_by_three_people(office, page: Page):
    claim, other = (
        office.desk.filed(invoice_no="FP1"),
        office.desk.filed(office.colleague(), invoice_no="FP1"),
    )
    sign_in(page, office.decider)
    page.get_by_role("link", name="Your turn 2").click()
    page.get_by_role("link", name=claim.worker.name).click()
    expect(page.get_by_role("heading", name="Your turn: decide")).to_be_visible()
    expect(page.get_by_text("5,600.00").first).to_be_visible()
    assert inaccessible(page) == []
    screenshot(page, "claims-desk-decide")

    picture = page.locator("[data-picture]")
    expect(page.locator("[data-turned].is-fitted")).to_be_visible()
    wide, high = box(page)
    assert wide > high
    page.keyboard.press("r")
    turned = box(page)
    assert turned[0] == wide
    assert turned[1] == pytest.approx(wide * wide / high, abs=2)
    page.keyboard.press("e")
    assert box(page) == (wide, high)
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert box(page)[0] == pytest.approx(wide * 2, abs=2)
    page.keyboard.press("0")
    assert box(page) == (wide, high)
    first = picture.get_attribute("src")
    page.keyboard.press("ArrowRight")
    expect(picture).not_to_have_attribute("src", first or "")
    expect(page.get_by_role("link", name="Hospital invoice")).to_have_attribute("aria-current", "true")
    page.keyboard.press("ArrowLeft")
    expect(picture).to_have_attribute("src", first or "")
    page.get_by_label("Note for your colleagues (optional)").fill("r+0")
    expect(page.get_by_label("Note for your colleagues (optional)")).to_have_value("r+0")
    assert box(page) == (wide, high)

    page.get_by_text("Mark as in order").first.click()
    page.get_by_label("Why is it in order?").first.fill("两人分摊一张发票")
    page.get_by_role("button", name="In order").first.click()
    expect(page.get_by_text("Marked as in order. It does not come up again.")).to_be_visible()
    page.get_by_role("button", name="Propose 5,600.00 元").click()
    expect(page.get_by_text("You decided this claim. Somebody else has to review it.")).to_be_visible()
    expect(page.get_by_role("button", name="Reviewed: it is right")).to_have_count(0)
    page.get_by_role("link", name="Next claim").click()
    expect(page).to_have_url(re.compile(rf"/claims-desk/{other.pk}/$"))

    sign_in(page, office.reviewer)
    page.goto("/admin/claims-desk/next/")
    assert inaccessible(page) == []
    page.get_by_role("button", name="Reviewed: it is right").click()
    expect(page.get_by_text("You reviewed this decision. A third person has to approve it.")).to_be_visible()

    sign_in(page, office.approver)
    page.goto("/admin/claims-desk/next/")
    screenshot(page, "claims-desk-approve")
    page.get_by_role("button", name="Approve 5,600.00 元").click()
    expect(page.get_by_role("link", name="Decision letter")).to_be_visible()
    assert inaccessible(page) == []
    screenshot(page, "claims-desk-approved")
    assert Decision.objects.get().state == "approved"


def test_facts_are_corrected_and_papers_shown_without_javascript(office, page: Page, live_server):
    claim = office.desk.filed(total="36000")
    context = page.context.browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport=DESK
    )
    plain = context.new_page()
    sign_in(plain, office.decider)
    plain.goto(f"/admin/claims-desk/{claim.pk}/")
    plain.get_by_role("link", name="Turn right").click()
    plain.get_by_role("link", name="Larger").click()
    expect(plain.locator(".cd-turn-1.cd-zoom-2 img")).to_be_visible()
    plain.get_by_role("link", name="Discharge summary").click()
    expect(plain.locator(".cd-turn-0.cd-zoom-1 img")).to_be_visible()
    plain.get_by_role("link", name="Correct the facts").click()
    plain.get_by_label("Total of the statement").fill("37,000.00")
    plain.get_by_label("Why is it corrected?").fill("结算单是三万七")
    plain.get_by_role("button", name="Compare old and new").click()
    expect(plain.get_by_text("By the rules 5,600.00 元 would then be paid.")).to_be_visible()
    plain.get_by_role("button", name="Confirm the correction").click()
    expect(plain.get_by_text("The statement adds up.")).to_be_visible()
    expect(plain.get_by_text("结算单是三万七")).to_be_visible()
    context.close()
    assert Claim.objects.get().version == 2


def test_desk_fits_every_screen_in_chinese(office, page: Page):
    claim = office.desk.filed(total="36000")
    office.decided(office.desk.filed(office.colleague()))
    sign_in(page, office.decider, "zh-hans")
    for name, address in (("list", ""), ("claim", f"{claim.pk}/"), ("correct", f"{claim.pk}/correct/")):
        page.goto(f"/admin/claims-desk/{address}")
        looked_at(page, f"claims-desk-{name}", DESK, SMALL, PHONE)
