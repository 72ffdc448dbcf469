"""An officer files for a worker: found, filled in with the estimate growing beside it, papers, signed, sent."""

import re

from playwright.sync_api import Page, expect

from tests.claims.scene import ACCOUNT, photo
from tests.journeys.conftest import DESK, screenshot
from tests.journeys.panel import inaccessible, sign_in
from tests.journeys.test_claims_desk import PHONE, office  # noqa: F401 - a fixture
from unionbenefits.claims.models import Claim

ENTRIES = {
    "Hospital": "测试人民医院",
    "Admitted on": "2026-03-10",
    "Discharged on": "2026-03-18",
    "Total of the statement": "37,000.00",
    "Paid by the pooled fund": "28000",
    "Own expense": "2000",
    "Bank account": ACCOUNT,
    "Bank": "测试银行",
}


def test_an_officer_files_for_a_worker_without_a_phone(office, browser_page: Page):  # noqa: F811
    page = browser_page
    page.set_viewport_size(DESK)
    sign_in(page, office.officers["union_officer"])
    page.goto("/admin/claim-filing/")
    page.get_by_role("searchbox").fill(office.desk.worker.name)
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="File a claim", exact=True).click()
    page.get_by_label("Has no smartphone, or cannot use one").check()
    assert inaccessible(page) == []
    page.get_by_role("button", name="Begin the claim").click()

    for label, text in ENTRIES.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Self-paid within the insured costs", exact=True).fill("7000")
    page.get_by_label("Self-paid within the insured costs", exact=True).press("Tab")
    expect(page.locator("#filing-side").get_by_text("5,600.00").first).to_be_visible()
    assert Claim.objects.get().bank_name == "测试银行"
    files = [{"name": f"{at}.jpg", "mimeType": "image/jpeg", "buffer": photo(at)} for at in (1, 2)]
    page.get_by_label("Insurance settlement statement").set_input_files(files)
    page.get_by_label("Hospital invoice").set_input_files({**files[0], "buffer": photo(3)})
    page.get_by_label("Discharge summary").set_input_files({**files[0], "buffer": photo(4)})
    page.get_by_role("button", name="Add the chosen files").click()
    expect(page.get_by_role("heading", name="Complete")).to_be_visible()
    assert inaccessible(page) == []
    screenshot(page, "claim-for-worker")
    page.set_viewport_size(PHONE)
    screenshot(page, "claim-for-worker-phone")
    page.get_by_label("The worker signed this declaration on paper").check()
    page.get_by_role("button", name="Send the claim").click()
    expect(page).to_have_url(re.compile("/filed/$"))
    claim = Claim.objects.get()
    assert (claim.state, claim.filed_through, claim.papers.count()) == ("filed", "officer", 4)
    expect(page.get_by_text(claim.number).first).to_be_visible()
    assert inaccessible(page) == []
