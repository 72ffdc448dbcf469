"""“My data”: masked until asked for, told from whom and who looked, changed, copied, agreed to, asked to go."""

import io
import json
import re
import zipfile

import pytest
from django.urls import reverse

from tests.factories import EnterpriseFactory, MembershipFactory, UserFactory
from tests.factories.claims import ACCOUNT
from tests.portal.conftest import newest_code, sign_in
from unionbenefits.accounts.models import SmsMessage
from unionbenefits.audit.models import Entry
from unionbenefits.claims import actions
from unionbenefits.workers import data_requests
from unionbenefits.workers.enums import ConsentKind, RequestField
from unionbenefits.workers.models import BankAccount, Consent, DataRequest, Roster, Worker

pytestmark = pytest.mark.django_db
ODD = "6222020000000000001"


@pytest.fixture
def mine(client, rider):
    """李风, signed in, in English, on the roster of 示例快递."""
    client.cookies["django_language"] = "en"
    user = UserFactory()
    enterprise = EnterpriseFactory(name="示例快递")
    roster = Roster.objects.create(
        enterprise=enterprise, file_name="a.xlsx", file_sha256="0" * 64, uploaded_by=user,
        uploaded_at="2026-03-05T10:00+08:00",
    )  # fmt: skip
    MembershipFactory(worker=rider, enterprise=enterprise, source=roster)
    sign_in(client, rider)
    return rider


def said(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_values_are_masked_until_asked_for_and_the_look_is_logged(
    client, mine, django_assert_max_num_queries
):
    with django_assert_max_num_queries(16):
        masked = said(client.get("/my-data/"))
    assert "138****8000" in masked
    assert mine.number not in masked
    assert "示例快递 Name, document, phone and work, in a list · 5 March 2026" in masked
    assert "Nobody so far." in masked
    full = said(client.post("/my-data/"))
    assert mine.number in full
    assert "13800138000" in full
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.actor, entry.object_id) == (
        "portal.show_own",
        f"worker:{mine.pk}",
        str(mine.pk),
    )


def test_a_look_of_an_officer_stands_there_by_role(client, mine):
    Entry.objects.create(
        at="2026-11-25T10:00+08:00", actor="staff:chen", action="worker.reveal", object_type="workers.worker",
        object_id=str(mine.pk), data={"field": "phone", "role": "union_officer"},
    )  # fmt: skip
    page = said(client.get("/my-data/"))
    assert "Phone number Union officer · 2026-11-25 10:00" in page
    assert "chen" not in page


def account(client, **change):
    given = {
        "holder": "李风",
        "account": ACCOUNT,
        "bank_name": "测试银行",
        "claims": "on",
        "agree": "on",
    } | change
    return client.post("/my-data/account/", given)


def test_an_account_is_written_down_used_and_deleted(client, mine):
    draft = actions.start_draft(by=mine, worker=mine, key="7b6d52a2-6f2c-4e53-b3c1-9f5f5d1a0a11")
    assert "has to be in your own name" in said(account(client, holder="王五"))
    assert "Please agree" in said(account(client, agree=""))
    odd = account(client, account=ODD)
    assert "check digit" in said(odd)
    seen = re.search(r'name="seen" value="(\w+)"', odd.content.decode())[1]
    assert account(client, account=ODD, seen=seen).status_code == 302
    kept = BankAccount.objects.get()
    assert (kept.account, kept.worker) == (ODD, mine)
    draft.refresh_from_db()
    assert draft.account == ODD
    later = actions.start_draft(by=mine, worker=mine, key="7b6d52a2-6f2c-4e53-b3c1-9f5f5d1a0a12")
    assert (later.account, later.payee_name) == (ODD, "李风")
    assert client.post("/my-data/account/delete/").status_code == 302
    assert not BankAccount.objects.exists()
    assert Consent.objects.get(kind=ConsentKind.BANK).withdrawn_at is not None
    events = BankAccount.pgh_event_model.objects.values_list("account", flat=True)
    assert set(events) == {""}


def test_the_phone_changes_with_codes_on_both(client, mine):
    assert (
        client.post("/my-data/phone/", {"phone": "13900139555"}).headers["Location"]
        == "/my-data/phone/codes/"
    )
    old = newest_code()
    new = re.search(r"\d{6}", SmsMessage.objects.order_by("-pk")[1].text)[0]
    wrong = said(
        client.post(
            "/my-data/phone/codes/", {"old-code": old, "new-code": "000000" if new != "000000" else "1"}
        )
    )
    assert "not right" in wrong
    done = client.post("/my-data/phone/codes/", {"old-code": old, "new-code": new})
    assert done.headers["Location"] == "/sign-in/"
    assert Worker.objects.get(pk=mine.pk).phone == "13900139555"
    assert client.get("/my-data/").headers["Location"] == "/"


def test_consents_are_read_withdrawn_and_given_again(client, mine):
    page = said(client.get("/my-data/consents/messages/"))
    assert "no text messages from us any more" in page
    client.post("/my-data/consents/messages/", {"do": "withdraw"})
    assert Consent.objects.get(worker=mine).withdrawn_at is not None
    client.post("/my-data/consents/messages/", {"do": "give"})
    assert Consent.objects.filter(worker=mine, withdrawn_at=None).count() == 1
    assert "not given this consent" in said(
        client.post("/my-data/consents/medical/", {"do": "withdraw"}, follow=True)
    )
    assert client.get("/my-data/consents/other/").status_code == 404


def test_the_copy_holds_everything_for_machines_and_people(client, mine):
    account(client)
    answer = client.post("/my-data/copy/")
    assert "no-store" in answer.headers["Cache-Control"]
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    whole = json.loads(packed.read("my-data.json"))
    assert whole["person"]["name"] == "李风"
    assert [one["number"] for one in whole["documents"]] == [mine.number]
    assert whole["bank_account"]["account"] == ACCOUNT
    assert [one["certificate"] for one in whole["cover"]] == [mine.cover.certificate_no]
    assert packed.read("my-data.pdf").startswith(b"%PDF")
    assert Entry.objects.filter(action="portal.copy_own", object_id=str(mine.pk)).count() == 1


def test_a_correction_is_asked_for_answered_and_read(client, mine):
    odd = client.post(
        "/my-data/correction/", {"field": "number", "wanted": mine.number.replace("1990", "1991")}
    )
    assert "typing error" in said(odd)
    client.post("/my-data/correction/", {"field": "name", "wanted": "李凤"})
    asked = DataRequest.objects.get()
    assert (asked.field, asked.wanted, asked.state) == (RequestField.NAME, "李凤", "open")
    data_requests.grant_correction(by=UserFactory(), request=asked, answer="已按身份证改好", value="李凤")
    assert "已按身份证改好" in said(client.get("/my-data/"))
    assert Worker.objects.get(pk=mine.pk).name == "李凤"
    assert mine.messages.filter(kind="request_decided").count() == 1


def test_erasure_is_asked_for_and_taken_back(client, mine):
    page = said(client.get("/my-data/erasure/"))
    assert f"The cover {mine.cover.certificate_no} runs until" in page
    assert "Please read what goes" in said(client.post("/my-data/erasure/", {}))
    client.post("/my-data/erasure/", {"understood": "on"})
    asked = DataRequest.objects.get()
    client.post(reverse("portal:my_request_back", args=[asked.pk]))
    asked.refresh_from_db()
    assert asked.state == "taken_back"
