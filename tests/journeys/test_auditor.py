"""An auditor verifies what a district did: a batch's history, the log, the head of the chain on paper and back."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.panel import SMALL, looked_at, sign_in
from tests.journeys.test_panel import desk, office
from tests.web.office import person
from unionbenefits.audit.actions import record
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.heads import current_head
from unionbenefits.workers.models import IdentityDocument

__all__ = ["desk", "office"]


def test_an_auditor_verifies_a_batch_and_keeps_the_head_of_the_log(office, desk: Page):
    office.applied([person(1), person(2)])
    batch = office.approved()
    sign_in(desk, office.officers["auditor"])

    desk.goto(f"/admin/campaigns/giftbatch/{batch.pk}/history/")
    expect(desk.get_by_role("heading", name="Approved the gift batch")).to_be_visible()
    expect(desk.get_by_text(office.approver.username).first).to_be_visible()
    looked_at(desk, "history")
    desk.get_by_role("link", name="Entry in the audit log").first.click()
    expect(desk.get_by_role("heading", name="Place in the chain")).to_be_visible()
    looked_at(desk, "audit-entry", PHONE)

    desk.get_by_role("link", name="Audit log", exact=True).click()
    desk.get_by_label("Act", exact=True).select_option("batch.approve")
    desk.get_by_role("button", name="Show", exact=True).click()
    expect(desk.locator("tbody tr")).to_have_count(1)
    expect(desk.locator("tbody")).to_contain_text("Approved the gift batch")
    looked_at(desk, "audit-log", SMALL)

    desk.get_by_role("link", name="Head of the log").last.click()
    kept = current_head()
    expect(desk.get_by_text(kept.groups[0])).to_be_visible()
    looked_at(desk, "chain-head", PHONE)
    with desk.context.expect_page() as opened:
        desk.get_by_role("button", name="Print for safe keeping").click()
    opened.value.close()
    record("union.change", by=SYSTEM)
    desk.get_by_label("Position and hash from the paper").fill(f"{kept.position} {' '.join(kept.groups)}")
    desk.get_by_role("button", name="Check", exact=True).click()
    expect(desk.get_by_text("The kept head stands", exact=True)).to_be_visible()
    desk.get_by_label("Position and hash from the paper").fill(f"{kept.position} {'0' * 64}")
    desk.get_by_role("button", name="Check", exact=True).click()
    expect(desk.get_by_text("The kept head does not stand")).to_be_visible()


def test_a_hidden_number_is_shown_for_a_reason_and_examined_by_the_superior(office, desk: Page):
    office.applied([person(1)])
    found = IdentityDocument.objects.get()
    sign_in(desk, office.preparer)
    desk.goto(f"/admin/reveal/document/{found.pk}/")
    expect(desk.get_by_text(found.number)).to_have_count(0)
    looked_at(desk, "reveal", PHONE)
    desk.get_by_label("To put a roster or a record right").check()
    desk.get_by_label("In a few words").fill("与身份证核对")
    desk.get_by_role("button", name="Show for one minute").click()
    expect(desk.get_by_text(found.number)).to_be_visible()
    looked_at(desk, "reveal-shown", PHONE)
    sign_in(desk, office.officers["province_officer"])
    desk.get_by_role("link", name=re.compile("Unusual looks at hidden data")).click()
    expect(desk.get_by_text("No work on this person is at hand")).to_be_visible()
    looked_at(desk, "unusual-looks", PHONE)
    desk.get_by_label("What you found").fill("已核实")
    desk.get_by_role("button", name="Mark as examined").click()
    expect(desk.get_by_text("Nothing unusual", exact=True)).to_be_visible()
