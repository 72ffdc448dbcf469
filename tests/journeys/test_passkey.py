"""An officer's passkey, from set-up to an approval: the browser's own virtual device signs."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, screenshot, violations
from tests.journeys.panel import PASSWORD, inaccessible
from tests.web import office as offices
from tests.web.office import person
from unionbenefits.accounts.models import Passkey
from unionbenefits.audit.models import Entry
from unionbenefits.campaigns.models import GiftBatch
from unionbenefits.core import clock


@pytest.fixture
def office(transactional_db, settings):
    settings.SECOND_FACTOR_REQUIRED, settings.PROOF_MINUTES = True, 15
    found = offices.build()
    found.approver.set_password(PASSWORD)
    found.approver.save()
    return found


@pytest.fixture
def device(browser_page: Page):
    """A computer that knows its holder by finger."""
    devtools = browser_page.context.new_cdp_session(browser_page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return lambda: devtools.send("WebAuthn.getCredentials", made)["credentials"]


def test_officer_sets_up_a_passkey_signs_in_with_it_and_proves_an_approval(
    office, device, browser_page, monkeypatch
):
    page, officer = browser_page, office.approver
    office.applied([person(1), person(2)])
    batch = office.batch()
    page.set_viewport_size(DESK)
    origin = page.context.request.get("/healthz").url.removesuffix("/healthz")
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": origin}])

    page.goto("/admin/")
    page.get_by_label("Sign-in name").fill(officer.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    expect(page.get_by_text("Before anything else")).to_be_visible()
    page.get_by_role("link", name="Set up a passkey").click()
    page.get_by_label("Name of the passkey").fill("办公室电脑")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_text("The passkey is set up.")).to_be_visible()
    assert len(device()) == 1
    page.get_by_role("button", name="Make ten codes and show them").click()
    expect(page.locator(".se-codes li")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", name="Passkeys")).to_be_visible()
    assert inaccessible(page) == []
    screenshot(page, "security-my-sign-in")

    page.context.clear_cookies(name="sessionid")
    page.goto(f"/admin/batches/{batch.pk}/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("button", name="Approve this batch")).to_be_visible()
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + dt.timedelta(minutes=20))
    page.get_by_role("button", name="Approve this batch").click()
    expect(page.get_by_text("Please show that it is still you")).to_be_visible()
    page.set_viewport_size(PHONE)
    screenshot(page, "security-proof-390")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile(rf"/admin/batches/{batch.pk}/$"))
    expect(page.get_by_text("Approved. The batch can now be issued.")).to_be_visible()
    assert GiftBatch.objects.get(pk=batch.pk).approved_by == officer
    assert Passkey.objects.get().sign_count == device()[0]["signCount"]
    entries = Entry.objects.filter(actor=officer.audit_name).order_by("id").values_list("action", flat=True)
    assert list(entries) == [
        "user.sign_in", "user.passkey_add", "user.codes_make", "user.sign_in", "batch.approve",
    ]  # fmt: skip

    # The same question as a dialogue, where htmx asks for a part: afterwards what was pressed is pressed again.
    monkeypatch.setattr(clock, "now", lambda: now() + dt.timedelta(minutes=40))
    page.goto("/admin/my-sign-in/")
    page.evaluate(
        """() => {
            const form = document.querySelector("form[action$='/my-sign-in/end/']");
            form.setAttribute("hx-post", form.action);
            form.setAttribute("hx-target", "body");
            htmx.process(form);
        }"""
    )
    page.get_by_role("button", name="Sign out everywhere but here").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("dialog").get_by_label("Your password").fill(PASSWORD)
    assert violations(page, "[data-proof]", best_practice=False) == []
    page.get_by_label("Your password").press("Enter")
    expect(page.get_by_text("You are signed out everywhere but here.")).to_be_visible()
