"""The panel's pages of requests about own data and of retention."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from psycopg.types.range import DateRange

from tests.factories import (
    CoverageFactory,
    EnterpriseFactory,
    IdentityDocumentFactory,
    MembershipFactory,
    PostFactory,
    UserFactory,
    resident_number,
)
from unionbenefits.access.roles import Role
from unionbenefits.accounts.models import SmsMessage
from unionbenefits.core import clock
from unionbenefits.workers import data_requests
from unionbenefits.workers.enums import RequestField
from unionbenefits.workers.models import Erasure, IdentityDocument, RetentionRun, Roster, Worker

pytestmark = pytest.mark.django_db
WRONG, RIGHT = resident_number(611), resident_number(612)


@pytest.fixture
def person(client):
    """Somebody with a wrong number, and their union's officer at the panel, in English."""
    call_command("sync_roles")
    document = IdentityDocumentFactory(number=WRONG)
    membership = MembershipFactory(worker=document.worker)
    user = UserFactory()
    PostFactory(user=user, union=membership.enterprise.union, role=Role.UNION_OFFICER)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    document.worker.document = document
    return document.worker


def decide(client, asked, **given):
    return client.post(reverse("admin:data_request", args=[asked.pk]), {"answer": "看过了"} | given)


def test_a_number_is_put_right_from_the_document(client, person):
    asked = data_requests.ask_correction(by=person, worker=person, field=RequestField.NUMBER, wanted=RIGHT)
    listed = client.get(reverse("admin:data_request_list")).content.decode()
    assert reverse("admin:data_request", args=[asked.pk]) in listed
    page = client.get(reverse("admin:data_request", args=[asked.pk])).content.decode()
    assert RIGHT not in page
    assert WRONG not in page
    given = {"outcome": "grant", "document": person.document.pk}
    other = decide(client, asked, **given, value=resident_number(613))
    assert (other.status_code, "wrote another number" in other.content.decode()) == (422, True)
    taken = IdentityDocumentFactory(number=RIGHT)
    refused = decide(client, asked, **given, value=RIGHT)
    assert (refused.status_code, "another person on file" in refused.content.decode()) == (409, True)
    asked.refresh_from_db()
    assert asked.state == "open"
    taken.delete()
    assert decide(client, asked, **given, value=RIGHT).status_code == 302
    live = IdentityDocument.objects.filter(worker=person, retired_at=None)
    assert [one.number for one in live] == [RIGHT]


def test_a_person_is_erased_once_nothing_stands_in_the_way(client, person):
    Worker.objects.filter(pk=person.pk).update(phone="13800138123", phone_digest=b"x" * 32)
    cover = CoverageFactory(worker=person, period=DateRange(dt.date(2026, 1, 1), dt.date(2027, 1, 1)))
    asked = data_requests.ask_erasure(by=person, worker=person)
    page = client.get(reverse("admin:data_request", args=[asked.pk])).content.decode()
    assert f"The cover {cover.certificate_no} runs until 2026-12-31." in page
    held = decide(client, asked, outcome="grant")
    assert (held.status_code, Erasure.objects.count()) == (409, 0)
    past = DateRange(dt.date(2025, 1, 1), dt.date(2026, 1, 1))
    type(cover).objects.update(period=past, live_period=past)
    assert decide(client, asked, outcome="grant").status_code == 302
    assert Worker.objects.get(pk=person.pk).name == "—"
    assert (Erasure.objects.get().worker_id, SmsMessage.objects.get().phone) == (person.pk, "13800138123")
    listed = client.get(reverse("admin:data_request_list"), {"state": "granted"})
    assert listed.status_code == 200


def test_another_unions_request_is_not_there_and_a_refusal_is_told(client, person):
    stranger = IdentityDocumentFactory().worker
    theirs = data_requests.ask_erasure(by=stranger, worker=stranger)
    assert decide(client, theirs, outcome="refuse").status_code == 404
    asked = data_requests.ask_erasure(by=person, worker=person)
    assert decide(client, asked, outcome="refuse", answer="").status_code == 422
    assert decide(client, asked, outcome="refuse").status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.answer, person.messages.count()) == ("refused", "看过了", 1)


def test_retention_is_shown_and_run_by_hand(client, person):
    admin = UserFactory()
    top = person.memberships.get().enterprise.union
    PostFactory(user=admin, union=top, role=Role.ADMINISTRATOR)
    client.force_login(admin)
    Roster.objects.create(
        enterprise=EnterpriseFactory(), file_name="a.xlsx", file_sha256="0" * 64, state="judged",
        uploaded_by=admin, uploaded_at=clock.now() - dt.timedelta(days=2),
    )  # fmt: skip
    page = client.get(reverse("admin:retention")).content.decode()
    assert "Remove 1 thing" in page
    assert "No run yet" in page
    client.post(reverse("admin:retention"), {})
    assert RetentionRun.objects.count() == 0
    client.post(reverse("admin:retention"), {"confirmed": "1"})
    assert RetentionRun.objects.get().counts["roster_previews"] == 1
    assert "Nothing is past keeping." in client.get(reverse("admin:retention")).content.decode()
