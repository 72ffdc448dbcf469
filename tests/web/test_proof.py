"""A proof of who is there before approvals, reveals and exports: asked once in a while, and nothing typed is lost."""

import datetime as dt

import pytest
from django.http import HttpResponse
from django.urls import reverse

from tests.accounts.test_second_factor import NOON, code_at
from unionbenefits.accounts.second_factor import confirm_app, new_secret
from unionbenefits.audit.models import Entry
from unionbenefits.backoffice.pages.base import page
from unionbenefits.backoffice.pages.urls import urlpatterns
from unionbenefits.core import clock

pytestmark = pytest.mark.django_db
PASSWORD = "lantern-river-orange-47"

# Approvals and what follows from them, what is laid open, what leaves the house, and the sign-in itself.
ASKS = {
    "batch_approve", "batch_issue", "undo_confirm", "override_allow", "claim_approve", "payment_check", "payment_file",
    "payment_submit", "batch_certificates", "batch_signoff", "passkey_add", "passkey_change", "factor_app", "recovery_codes", "sessions_end", "staff_sign_in",
    "phone_code", "phone_take_back",
}  # fmt: skip


@pytest.fixture
def officer(office, client, monkeypatch, settings):
    """The second officer of the office, signed in twenty minutes ago where proofs last fifteen."""
    settings.PROOF_MINUTES = 15
    user = office.approver
    user.set_password(PASSWORD)
    user.save()
    monkeypatch.setattr(clock, "now", lambda: NOON)
    client.force_login(user)
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(minutes=20))
    return user


def test_the_pages_that_ask_are_these():
    assert {pattern.name for pattern in urlpatterns if pattern.callback.asks_proof} >= ASKS


def test_approval_waits_for_a_proof_and_then_goes_through_as_it_was_sent(office, officer, client):
    office.applied([("陈甲", "440699199003070010", "19900000001", "快递员", "2025-03-01")])
    batch = office.batch()
    address = reverse("admin:batch_approve", args=[batch.pk])
    sent = {"digest": batch.digest, "note": ["一", "二 & <b>"]}
    asked = client.post(address, sent)
    assert asked.status_code == 403
    assert asked.context["kept"] == [("digest", batch.digest), ("note", "一"), ("note", "二 & <b>")]
    page = asked.content.decode()
    assert '<input type="hidden" name="note" value="二 &amp; &lt;b&gt;">' in page
    assert f'action="{address}"' in page
    batch.refresh_from_db()
    assert batch.state == "put_forward"
    wrong = client.post(address, {**sent, "proof_password": "wrong"})
    assert (wrong.status_code, wrong.context["kept"]) == (403, asked.context["kept"])
    key = client.session.session_key
    assert client.post(address, {**sent, "proof_password": PASSWORD}).status_code == 302
    batch.refresh_from_db()
    assert batch.state == "approved"
    assert client.session.session_key != key
    # The proof serves what comes within the quarter of an hour.
    assert client.post(reverse("admin:batch_issue", args=[batch.pk])).status_code == 302
    assert Entry.objects.filter(action="user.proof_failed").count() == 1


def test_code_of_the_app_proves_and_a_recovery_code_does_not(officer, client):
    sealed = new_secret()
    confirm_app(by=officer, sealed=sealed, code=code_at(sealed, 20 * 60))
    address = reverse("admin:sessions_end")
    assert client.post(address, {"proof_code": "000000"}).status_code == 403
    assert client.post(address, {"proof_code": code_at(sealed, 20 * 60)}).status_code == 403
    assert client.post(address, {"proof_code": code_at(sealed, 20 * 60 + 30)}).status_code == 302


def test_guessing_in_the_middle_of_work_is_stopped(officer, client):
    address = reverse("admin:sessions_end")
    for _try in range(5):
        client.post(address, {"proof_password": "wrong"})
    stopped = client.post(address, {"proof_password": PASSWORD})
    assert (stopped.status_code, "12:35" in stopped.context["refusal"]) == (403, True)


def test_part_that_htmx_asks_for_gets_a_dialogue_and_goes_on_after_it(officer, client):
    htmx = {"HX-Request": "true"}
    asked = client.post(reverse("admin:sessions_end"), {"x": "y"}, headers=htmx)
    over = {name: asked.headers[name] for name in ("HX-Retarget", "HX-Reswap", "HX-Reselect", "X-Proof")}
    assert (asked.status_code, over) == (
        200,
        {"HX-Retarget": "body", "HX-Reswap": "beforeend", "HX-Reselect": "[data-proof]", "X-Proof": "asked"},
    )
    assert "<dialog" in asked.content.decode()
    proof = reverse("admin:proof")
    assert "<dialog" in client.post(proof, {"proof_password": "wrong"}, headers=htmx).content.decode()
    proved = client.post(proof, {"proof_password": PASSWORD}, headers=htmx)
    assert (proved.headers["HX-Trigger"], proved.content) == ("proved", b"")
    assert client.post(reverse("admin:sessions_end"), {"x": "y"}, headers=htmx).status_code == 302


def test_page_with_a_file_asks_before_it_opens(officer, client, settings, rf, monkeypatch):
    view = page(fresh="first")(lambda request: HttpResponse("open"))
    request = rf.get("/admin/somewhere/?a=1")
    request.user, request.session = officer, client.session
    asked = view(request)
    assert (asked.status_code, asked.context_data["kept"]) == (403, [("wanted", "/admin/somewhere/?a=1")])
    proof, sent = reverse("admin:proof"), {"wanted": "/admin/somewhere/?a=1"}
    wrong = client.post(proof, {**sent, "proof_password": "wrong"})
    assert (wrong.status_code, wrong.context["kept"]) == (403, list(sent.items()))
    assert client.post(proof, {**sent, "proof_password": PASSWORD}).headers["Location"] == sent["wanted"]
    request.session = client.session
    assert view(request).content == b"open"
    away = client.post(proof, {"wanted": "https://elsewhere.example/", "proof_password": PASSWORD})
    assert away.headers["Location"] == "/admin/"


def test_nothing_is_asked_where_proofs_are_switched_off_or_fresh(officer, client, settings, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(minutes=14))
    assert client.post(reverse("admin:sessions_end")).status_code == 302
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(minutes=25))
    assert client.post(reverse("admin:sessions_end")).status_code == 403
    settings.PROOF_MINUTES = 0
    assert client.post(reverse("admin:sessions_end")).status_code == 302
