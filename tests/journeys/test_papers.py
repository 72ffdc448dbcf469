"""From an issued batch to paper in hand, and from the code on it to the answer at the hospital's desk."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import UnionFactory
from tests.journeys.conftest import DESK, in_thread, screenshot, violations
from tests.journeys.panel import inaccessible, sign_in
from tests.journeys.portal import speak, walk_in
from tests.journeys.test_panel import office  # noqa: F401 - office is a fixture
from tests.portal.conftest import cover, person as rider_named
from tests.web.office import person
from unionbenefits.access.export_models import Export
from unionbenefits.campaigns import actions
from unionbenefits.core import jobs


def test_officer_has_certificates_made_and_fetches_them(office, browser_page: Page, tmp_path):  # noqa: F811
    page = browser_page
    page.set_viewport_size(DESK)
    office.applied([person(1), person(2)])
    batch = actions.issue_batch(by=office.approver, batch=office.approved(office.batch())).batch
    sign_in(page, office.preparer)
    page.goto(f"/admin/batches/{batch.pk}/")
    screenshot(page, "papers-batch")
    page.get_by_role("button", name="Certificates of all").click()
    expect(page.get_by_text("Waiting", exact=True)).to_be_visible()
    assert inaccessible(page) == []
    in_thread(jobs.run_waiting)
    expect(page.get_by_role("link", name=re.compile("Download"))).to_be_visible()
    screenshot(page, "papers-exports")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download")).click()
    saved = tmp_path / "saved.pdf"
    download.value.save_as(saved)
    assert saved.read_bytes().startswith(b"%PDF")
    assert download.value.suggested_filename.startswith("保障凭证-")
    Export.objects.update(state="running", done=9000, total=20812)
    page.reload()
    expect(page.get_by_text("9,000 of 20,812")).to_be_visible()
    screenshot(page, "papers-exports-running")
    page.goto(f"/admin/figures/{batch.campaign_id}/presentations/")
    expect(page.get_by_role("link", name=re.compile("^Print"))).to_have_count(3)
    screenshot(page, "papers-presentations")
    assert inaccessible(page) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_worker_shows_the_code_and_the_desk_reads_the_answer(transactional_db, browser_page, language):
    page = browser_page
    worker = rider_named("陈𬭎䶮")
    worker.cover = cover(
        worker, starts=-100, given_by=UnionFactory(name="佛山市南海区快递物流行业工会联合会")
    )
    speak(page, language)
    walk_in(page, worker)
    page.goto("/")
    page.locator(".acts a[href^='/cover/']").click()
    code = page.locator("img.pass-code")
    expect(code).to_be_visible()
    # The page's own policy forbids a script as text in the page, so the picture is asked as a property.
    expect(code).to_have_js_property("complete", True)
    expect(code).not_to_have_js_property("naturalWidth", 0)
    page.locator("main a.link").click()
    expect(page.get_by_text("陈*䶮")).to_be_visible()
    screenshot(page, f"papers-check-{language}")
    assert violations(page) == []
    page.goto(page.url.replace("n=", "n=%E7%8E%8B"))
    expect(page.locator(".state-none")).to_be_visible()
    expect(page.get_by_text("陈*䶮")).to_have_count(0)
    screenshot(page, f"papers-forged-{language}")
