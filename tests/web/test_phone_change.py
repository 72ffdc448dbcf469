"""A worker at the counter whose phone changed: found by document, checked, code from the new phone (C142)."""

import datetime as dt
import re

import pytest
from django.test import Client

from tests.factories import (
    IdentityDocumentFactory,
    MembershipFactory,
    UserFactory,
    WorkerFactory,
    resident_number,
)
from tests.portal.test_sign_in import is_signed_in
from unionbenefits.accounts.models import SmsCode, SmsMessage
from unionbenefits.audit.models import Entry
from unionbenefits.backoffice.pages import phone_change
from unionbenefits.core import clock
from unionbenefits.workers import phone_watch
from unionbenefits.workers.models import PhoneChange, Worker
from unionbenefits.workers.querysets import phone_digest

pytestmark = pytest.mark.django_db
OLD, NEW = "13800138000", "13600136000"
NUMBER, ELSEWHERE = resident_number(1), resident_number(2)
CHECKED = {"check": "original", "why": "lost", "detail": "", "phone": NEW, "again": "136 0013 6000"}


def newest_code():
    return re.search(r"\d{6}", SmsMessage.objects.latest("id").text)[0]


def member(enterprise, number, phone=OLD, name="李风"):
    worker = WorkerFactory(name=name, phone=phone)
    IdentityDocumentFactory(worker=worker, number=number)
    MembershipFactory(worker=worker, enterprise=enterprise)
    return worker


@pytest.fixture
def worker(office):
    return member(office.enterprise, NUMBER)


@pytest.fixture
def desk(office, sign_in):
    """The officer's browser, in English."""
    client = sign_in(office.preparer)
    client.cookies["django_language"] = "en"
    return client


def at(worker, name=""):
    return f"/admin/phone-change/{worker.pk}/{name}"


def sent(desk, worker, **given):
    """The document found, the check and the new number written down."""
    desk.post("/admin/phone-change/", {"document": NUMBER})
    return desk.post(at(worker), CHECKED | given)


def on_file(worker):
    return Worker.objects.get(pk=worker.pk).phone


def test_lost_phone_from_the_counter_to_the_sign_in(office, desk, worker, said):
    phone = Client()
    phone.post("/sign-in/", {"document": NUMBER, "phone": OLD})
    phone.post("/sign-in/code/", {"code": newest_code()})
    assert is_signed_in(phone)
    assert desk.post("/admin/phone-change/", {"document": f" {NUMBER[:6]} {NUMBER[6:]}"}).url == at(worker)
    page = desk.get(at(worker)).content.decode()
    assert [piece in page for piece in ("李风", "138****8000", OLD, NUMBER)] == [True, True, False, False]
    assert desk.post(at(worker), CHECKED).url == at(worker, "code/")
    assert SmsMessage.objects.latest("id").phone == NEW
    assert on_file(worker) == OLD
    answer = desk.post(at(worker, "code/"), {"code": newest_code()}, follow=True)
    assert said(answer) == [
        "The number is changed. 李风 signs in with 136****6000 from now on; the old number was told."
    ]
    made = PhoneChange.objects.get()
    assert (made.officer, made.check_made, made.reason) == (
        office.preparer,
        "original",
        "The old phone was lost or stolen",
    )
    assert not is_signed_in(phone)
    assert SmsMessage.objects.latest("id").phone == OLD
    phone.post("/sign-in/", {"document": NUMBER, "phone": NEW})
    phone.post("/sign-in/code/", {"code": newest_code()})
    assert is_signed_in(phone)
    assert len(phone.get("/sign-ins/").context["changes"]) == 1
    acts = Entry.objects.filter(object_id=str(worker.pk), object_type="workers.worker").order_by("pk")
    assert list(acts.values_list("action", "actor")) == [
        ("portal.sign_in", f"worker:{worker.pk}"),
        ("worker.end_sign_ins", office.preparer.audit_name),
        ("worker.change_phone", office.preparer.audit_name),
        ("portal.sign_in", f"worker:{worker.pk}"),
    ]


def test_only_the_whole_number_of_a_person_in_scope_finds(office, desk, worker):
    member(office.other_enterprise, ELSEWHERE, "13900139000")
    unknown = resident_number(3)
    answers = [desk.post("/admin/phone-change/", {"document": number}) for number in (ELSEWHERE, unknown)]
    assert {answer.status_code for answer in answers} == {422}
    bodies = {
        re.sub(r'value="\w+"', "", answer.content.decode()).replace(ELSEWHERE, "").replace(unknown, "")
        for answer in answers
    }
    assert len(bodies) == 1
    for typed in ("李风", NUMBER[:10], OLD):
        assert desk.post("/admin/phone-change/", {"document": typed}).status_code == 422


def test_pages_open_only_for_whom_the_document_found(office, desk, worker, monkeypatch):
    other = member(office.enterprise, ELSEWHERE, "13900139000", "何静")
    assert desk.get(at(worker)).url == "/admin/phone-change/"
    sent(desk, worker)
    for address in (at(other), at(other, "code/")):
        assert desk.post(address, CHECKED | {"code": newest_code()}).url == "/admin/phone-change/"
    monkeypatch.setattr(phone_change, "FOUND_FOR", dt.timedelta())
    assert desk.post(at(worker, "code/"), {"code": newest_code()}).url == "/admin/phone-change/"
    assert {on_file(worker), on_file(other)} == {OLD, "13900139000"}


def test_what_is_missing_or_wrong_is_said_at_its_field(desk, worker):
    desk.post("/admin/phone-change/", {"document": NUMBER})
    for given, field in [
        ({"check": ""}, "check"),
        ({"why": ""}, "why"),
        ({"why": "other"}, "detail"),
        ({"phone": "1360013600"}, "phone"),
        ({"again": "13600136001"}, "again"),
        ({"phone": OLD, "again": OLD}, "phone"),
    ]:
        answer = desk.post(at(worker), CHECKED | given)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field]), given
    assert SmsCode.objects.count() == 0


def test_wrong_code_changes_nothing_and_a_new_one_can_be_sent(desk, worker, said):
    sent(desk, worker)
    wrong = f"{(int(newest_code()) + 1) % 1_000_000:06}"
    for tries in range(5):
        answer = desk.post(at(worker, "code/"), {"code": wrong})
        assert list(answer.context["form"].errors) == ["code"], tries
    assert "blocked" in answer.content.decode()
    assert on_file(worker) == OLD
    again = desk.post(at(worker, "code/"), {"act": "again"}, follow=True)
    assert said(again) == ["A new code is on its way. The old one no longer works."]
    desk.post(at(worker, "code/"), {"code": newest_code()})
    assert on_file(worker) == NEW


def test_a_number_of_somebody_else_asks_who_uses_it_now(office, desk, worker):
    member(office.other_enterprise, ELSEWHERE, NEW, "王雨晴")
    sent(desk, worker)
    code = newest_code()
    answer = desk.post(at(worker, "code/"), {"code": code})
    assert list(answer.context["form"].errors) == ["shared"]
    assert "王雨晴" not in answer.content.decode()
    desk.post(at(worker, "code/"), {"code": code, "shared": "on"})
    assert on_file(worker) == NEW
    assert PhoneChange.objects.get().shared


def test_what_was_typed_lies_sealed_in_the_session(desk, worker):
    sent(desk, worker)
    held = str(dict(desk.session.items()))
    assert [piece for piece in (NEW, NUMBER, OLD) if piece in held] == []


def changed(worker, officer, hours=2, phone=NEW, **given):
    """A change so many hours after midnight of yesterday."""
    midnight = clock.start_of_day(clock.now()) - dt.timedelta(days=1)
    values = (
        {"through": "officer", "check_made": "original", "reason": "旧手机丢失"}
        if officer
        else {"through": "worker"}
    )
    return PhoneChange.objects.create(
        worker=worker, officer=officer, changed_at=midnight + dt.timedelta(hours=hours),
        new_digest=phone_digest(phone), **(values | given),
    )  # fmt: skip


def test_superior_sees_the_most_unusual_officer_first(office, desk, worker):
    busy, quiet, odd = UserFactory(name="忙"), UserFactory(name="静"), UserFactory(name="夜")
    for n in range(11):
        changed(worker, busy, hours=10, phone=f"137{n:08}")
    changed(worker, quiet, hours=10)
    other = member(office.enterprise, ELSEWHERE, None)
    for one in (worker, other):
        changed(one, odd, hours=23, phone="13500135000")
    elsewhere = member(office.other_enterprise, resident_number(3), None)
    changed(elsewhere, quiet, hours=23)
    tallies = phone_watch.tallies(
        PhoneChange.objects.exclude(worker=elsewhere), {phone_digest("13500135000")}
    )
    page = desk.get("/admin/phone-changes/").context
    assert [(one.officer, one.changes, len(one.notable)) for one in page["tallies"]] == [
        (odd, 2, 2), (busy, 11, 1), (quiet, 1, 0),
    ]  # fmt: skip
    assert page["tallies"] == tallies
    assert [row.is_several for row in page["rows"].rows[:2]] == [True, True]


def test_unusual_changes_wait_for_a_superior_until_examined(office, desk, worker, said):
    busy = UserFactory()
    night = changed(worker, busy, hours=23)
    changed(worker, busy, hours=10, phone="13700000000")
    changed(worker, office.preparer, hours=23, phone="13700000001")
    changed(member(office.other_enterprise, ELSEWHERE, None), busy, hours=23, phone="13700000002")
    assert [row.pk for row in desk.get("/admin/phone-changes/").context["waiting"]] == [night.pk]
    assert "Unusual changes of phones" in desk.get("/admin/").content.decode()
    answer = desk.post(f"/admin/phone-changes/{night.pk}/examined/", follow=True)
    assert said(answer) == ["Written down: you have examined it."]
    assert answer.context["waiting"] == []
    night.refresh_from_db()
    assert night.examined_by == office.preparer
    assert "Unusual changes of phones" not in desk.get("/admin/").content.decode()
    own = PhoneChange.objects.get(officer=office.preparer)
    refused = desk.post(f"/admin/phone-changes/{own.pk}/examined/", follow=True)
    assert said(refused) == ["You made this change yourself: a colleague has to look at it."]


def test_eleven_on_one_day_all_wait(office, worker):
    busy = UserFactory()
    for n in range(11):
        changed(worker, busy, hours=10, phone=f"137{n:08}")
    waiting = phone_watch.to_examine(PhoneChange.objects.all(), office.preparer)
    assert waiting.count() == 11
    PhoneChange.objects.latest("pk").delete()
    assert waiting.all().count() == 0


def test_list_takes_as_many_queries_for_three_as_for_one(office, desk, worker, django_assert_num_queries):
    changed(worker, office.approver)
    desk.get("/admin/phone-changes/")
    with django_assert_num_queries(10):
        desk.get("/admin/phone-changes/")
    for n in range(2):
        changed(member(office.enterprise, resident_number(10 + n), None), UserFactory(), phone=f"137{n:08}")
    with django_assert_num_queries(10):
        desk.get("/admin/phone-changes/")


def test_an_objection_puts_the_former_number_back(office, desk, worker, said):
    Worker.objects.filter(pk=worker.pk).update(phone=NEW, phone_digest=phone_digest(NEW))
    own = changed(worker, office.preparer, old_phone=OLD)
    assert "take-back" not in desk.get("/admin/phone-changes/").content.decode()
    refused = desk.post(f"/admin/phone-changes/{own.pk}/take-back/", {"reason": "本人到场"})
    assert (refused.status_code, on_file(worker)) == (422, NEW)
    own.delete()
    made = changed(worker, office.approver, old_phone=OLD)
    assert f"/admin/phone-changes/{made.pk}/take-back/" in desk.get("/admin/phone-changes/").content.decode()
    assert desk.post(f"/admin/phone-changes/{made.pk}/take-back/", {"reason": ""}).status_code == 422
    answer = desk.post(f"/admin/phone-changes/{made.pk}/take-back/", {"reason": "本人到场"}, follow=True)
    assert said(answer) == ["The former number is back on file. Every session was ended."]
    assert on_file(worker) == OLD


def test_the_list_is_honest_when_empty(desk):
    assert "No phone was changed yet" in desk.get("/admin/phone-changes/").content.decode()
