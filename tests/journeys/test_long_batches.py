"""A draft thinned out and put forward to the first, then issued and undone in the background with a bar and a stop."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import in_thread
from tests.journeys.panel import looked_at, sign_in
from tests.journeys.test_panel import desk, office
from tests.web.office import person
from unionbenefits.backoffice.pages import batches, drafts, proposals, undoing
from unionbenefits.campaigns.actions import propose_revocation
from unionbenefits.campaigns.models import GiftBatch
from unionbenefits.core import jobs
from unionbenefits.plans.models import Coverage

__all__ = ["desk", "office"]


def test_officer_thins_out_a_draft_and_puts_the_first_forward(office, desk: Page):
    office.applied([person(order) for order in range(5)])
    allotment = office.allotment(copies=3)
    sign_in(desk, office.preparer)
    desk.goto(f"/admin/new-batch/{allotment.pk}/")
    expect(desk.get_by_role("button", name="Put the first 3 forward")).to_be_visible()
    looked_at(desk, "batch-scarce")
    desk.get_by_role("button", name=re.compile("Keep as a draft")).click()
    office.applied([person(8)])
    line = desk.locator("input[name=gift]").first
    line.check()
    desk.get_by_role("button", name="Take out").click()
    expect(desk.get_by_placeholder("Reason")).to_be_focused()
    desk.get_by_placeholder("Reason").fill("本人不愿参加")
    desk.get_by_role("button", name="Take out").click()
    expect(desk.get_by_text("Taken out: 1 lines.")).to_be_visible()
    expect(desk.get_by_text("New since the draft")).to_be_visible()
    expect(desk.locator(".pg-timeline")).to_contain_text("本人不愿参加")
    looked_at(desk, "draft")
    desk.get_by_role("button", name="Put the first 3 forward").click()
    expect(desk.get_by_text("Put forward as far as places and money reach.")).to_be_visible()
    assert GiftBatch.objects.get().copies == 3


@pytest.fixture
def many(monkeypatch):
    """Two lines are many."""
    for page in (batches, drafts, proposals, undoing):
        monkeypatch.setattr(page, "MANY", 2)


def test_a_large_batch_is_made_issued_stopped_and_undone_with_a_bar(office, desk: Page, many):
    office.applied([person(order) for order in range(3)])
    allotment = office.allotment()
    sign_in(desk, office.preparer)
    desk.goto(f"/admin/new-batch/{allotment.pk}/")
    desk.get_by_role("button", name="Put 3 workers forward").click()
    expect(desk.get_by_text("0 of 3 people judged and written down.")).to_be_visible()
    looked_at(desk, "batch-making")
    desk.get_by_role("button", name="Stop").click()
    expect(desk.get_by_text("Putting forward was stopped")).to_be_visible()
    in_thread(jobs.run_waiting)
    assert not GiftBatch.objects.exists()
    desk.get_by_role("link", name="Back to the preview").click()
    desk.get_by_role("button", name="Put 3 workers forward").click()
    in_thread(jobs.run_waiting)
    expect(desk.get_by_text("waits for another officer")).to_be_visible()
    batch = office.approved(GiftBatch.objects.get())
    sign_in(desk, office.approver)
    address = f"/admin/batches/{batch.pk}/"
    desk.goto(address)
    desk.get_by_role("button", name="Issue 3 coverages").click()
    expect(desk.get_by_text("0 of 3 workers covered.")).to_be_visible()
    expect(desk.get_by_role("button", name="Issue 3 coverages")).to_have_count(0)
    looked_at(desk, "batch-running")
    desk.get_by_role("button", name="Stop").click()
    expect(desk.get_by_text("The last issue was stopped")).to_be_visible()
    in_thread(jobs.run_waiting)
    assert not Coverage.objects.exists()
    desk.get_by_role("button", name="Issue 3 coverages").click()
    in_thread(jobs.run_waiting)
    expect(desk.get_by_text("Issued", exact=True).first).to_be_visible()
    assert Coverage.objects.count() == 3
    undo = propose_revocation(by=office.preparer, batch=batch, reason="名单有误")
    desk.goto(f"/admin/undo/{undo.pk}/")
    looked_at(desk, "undo-large")
    desk.get_by_role("button", name="Undo 3 gifts").click()
    expect(desk.get_by_text("0 of 3 covers ended.")).to_be_visible()
    in_thread(jobs.run_waiting)
    expect(desk.locator("#run")).to_have_count(0)
    assert Coverage.objects.filter(status="cancelled").count() == 3
    looked_at(desk, "batch-undone")
