"""Officers at their desks: a roster with faults from upload to register, a gift batch from preview to certificate."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, in_thread, screenshot
from tests.journeys.panel import PASSWORD, SMALL, inaccessible, looked_at, sign_in
from tests.web import office as offices
from tests.web.office import person, workbook
from unionbenefits.core import jobs
from unionbenefits.plans.models import Coverage
from unionbenefits.workers.models import Worker

WRONG_NUMBER = "440699199003070010"


@pytest.fixture
def office(transactional_db):
    found = offices.build()
    found.clerk.set_password(PASSWORD)
    found.clerk.save()
    return found


@pytest.fixture
def desk(browser_page: Page) -> Page:
    browser_page.set_viewport_size(DESK)
    return browser_page


def upload(page: Page, rows: list[tuple]) -> None:
    page.get_by_role("link", name="Upload a roster").first.click()
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "十一月新增.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(rows)}
    )
    page.get_by_role("button", name="Upload and check").click()


def test_clerk_uploads_a_roster_with_faults_and_confirms_the_good_rows(office, desk):
    rows = [person(1), person(2), person(3, 证件号码=WRONG_NUMBER), person(4, 姓名="")]
    sign_in(desk, office.clerk)
    upload(desk, rows)
    expect(desk.get_by_text("Waiting for its turn")).to_be_visible()
    screenshot(desk, "panel-roster-progress")
    in_thread(jobs.run_waiting)
    expect(desk.get_by_text("What happens when you confirm")).to_be_visible()
    expect(desk.get_by_text("Rows that wait for a decision")).to_be_visible()
    desk.get_by_role("link", name=re.compile("^Rejected")).click()
    expect(desk.get_by_text("The name is missing.")).to_be_visible()
    expect(desk.get_by_text(WRONG_NUMBER)).to_have_count(0)
    assert inaccessible(desk) == []
    screenshot(desk, "panel-roster-review")
    desk.get_by_role("link", name="New 2").click()
    expect(desk.get_by_role("rowheader", name="2", exact=True)).to_be_visible()
    desk.get_by_role("button", name="Confirm and take over 2 rows").click()
    expect(desk.get_by_text("Taking the confirmed rows over")).to_be_visible()
    in_thread(jobs.run_waiting)
    expect(desk.get_by_text("Taken over.", exact=True)).to_be_visible()
    screenshot(desk, "panel-roster-applied")
    assert set(Worker.objects.values_list("name", flat=True)) == {person(1)[0], person(2)[0]}


def test_second_officer_approves_and_issues_what_the_first_put_forward(office, desk):
    office.applied([person(order) for order in range(1, 8)])
    office.allotment()
    sign_in(desk, office.preparer)
    desk.get_by_role("link", name="New gift batch").first.click()
    desk.get_by_role("link", name="Preview").click()
    expect(desk.get_by_text("665.00").first).to_be_visible()
    assert inaccessible(desk) == []
    screenshot(desk, "panel-batch-preview")
    desk.get_by_role("button", name="Put 7 workers forward").click()
    expect(desk.get_by_text("You put it forward yourself.")).to_be_visible()
    expect(desk.get_by_role("button", name="Approve this batch")).to_have_count(0)

    sign_in(desk, office.approver)
    desk.get_by_role("link", name="Gift batches to approve").click()
    desk.get_by_role("rowheader").get_by_role("link").click()
    expect(desk.get_by_role("button", name="Approve this batch")).to_be_visible()
    assert inaccessible(desk) == []
    screenshot(desk, "panel-batch-approve")
    desk.get_by_role("button", name="Approve this batch").click()
    desk.get_by_role("button", name="Issue 7 coverages").click()
    expect(desk.get_by_text("Issued: 7 coverages, 665.00 元.")).to_be_visible()
    assert inaccessible(desk) == []
    screenshot(desk, "panel-batch-issued")
    assert Coverage.objects.count() == 7

    desk.get_by_role("link", name="Figures of the campaign").click()
    expect(desk).to_have_url(re.compile(r"/admin/figures/"))
    assert inaccessible(desk) == []
    screenshot(desk, "panel-figures")


def test_batch_returned_with_a_reason_shows_it_to_the_preparer(office, desk):
    office.applied([person(1)])
    batch = office.batch()
    sign_in(desk, office.approver)
    desk.goto(f"/admin/batches/{batch.pk}/")
    desk.get_by_text("Return it with a reason").click()
    desk.get_by_label("What should the preparer mend?").fill("请核对证件号码")
    desk.get_by_role("button", name="Return the batch").click()
    sign_in(desk, office.preparer)
    desk.goto(f"/admin/batches/{batch.pk}/")
    expect(desk.get_by_text("请核对证件号码").first).to_be_visible()


def test_clerk_works_without_javascript(office, desk, live_server):
    context = desk.context.browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport=DESK
    )
    page = context.new_page()
    page.goto("/admin/login/")
    context.add_cookies([{"name": "django_language", "value": "en", "url": live_server.url}])
    page.locator("#id_username").fill(office.clerk.username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    upload(page, [person(1), person(2, 姓名="")])
    in_thread(jobs.run_waiting)
    expect(page.get_by_text("What happens when you confirm")).to_be_visible()
    page.get_by_role("button", name="Confirm and take over 1 row").click()
    in_thread(jobs.run_waiting)
    expect(page.get_by_text("Taken over.", exact=True)).to_be_visible()
    screenshot(page, "panel-roster-without-javascript")
    context.close()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_fits_the_screen_in_both_languages(office, desk, language):
    office.applied([person(order) for order in range(1, 8)])
    roster = office.judged([person(1), person(9), person(10, 姓名="")])
    allotment = office.allotment()
    batch = office.batch(allotment)
    sign_in(desk, office.approver, language)
    pages = {
        "home": "",
        "rosters": "rosters/",
        "upload": "roster-upload/",
        "review": f"rosters/{roster.pk}/",
        "sheets": f"rosters/{roster.pk}/sheets/",
        "batches": "batches/",
        "choose": "new-batch/",
        "preview": f"new-batch/{allotment.pk}/",
        "batch": f"batches/{batch.pk}/",
        "figures": f"figures/{allotment.campaign_id}/",
    }
    for name, address in pages.items():
        answer = desk.goto(f"/admin/{address}")
        assert answer is not None
        assert answer.status == 200, name
        looked_at(desk, f"{name}-{language}", DESK, SMALL, accessible=language == "zh-hans")
