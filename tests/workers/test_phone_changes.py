"""Changing the phone that opens a worker's page: cases C140 and C142, issue 7."""

import datetime as dt
import re

import pytest
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories import IdentityDocumentFactory, UserFactory, WorkerFactory, resident_number
from tests.web import office as offices
from unionbenefits.accounts import delivery
from unionbenefits.accounts.enums import CodePurpose
from unionbenefits.accounts.models import SmsMessage
from unionbenefits.accounts.throttling import TooMany, hit
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import System
from unionbenefits.audit.models import Entry
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.workers import phone_changes, phone_notices, sign_ins
from unionbenefits.workers.enums import Device, DocumentCheck, MessageKind
from unionbenefits.workers.models import Message, PhoneChange, SignIn, Worker
from unionbenefits.workers.phone_changes import Code
from unionbenefits.workers.phone_history import BY_LIST, HOW, TAKEN_BACK, phone_events
from unionbenefits.workers.querysets import phone_digest

pytestmark = pytest.mark.django_db
OLD, NEW, ADDRESS = "13800138000", "13600136000", "198.51.100.7"


@pytest.fixture
def worker():
    made = WorkerFactory(name="李风", phone=OLD)
    IdentityDocumentFactory(worker=made, number=resident_number(1))
    return made


@pytest.fixture
def officer():
    return UserFactory()


def newest_code():
    return re.search(r"\d{6}", SmsMessage.objects.latest("id").text)[0]


def code_on(phone, worker, by):
    """Has a code sent to the phone, and reads it there."""
    if phone == worker.phone:
        token = phone_changes.ask_old_phone_code(by=by, worker=worker, address=ADDRESS)
    else:
        token = phone_changes.ask_new_phone_code(by=by, worker=worker, phone=phone, address=ADDRESS)
    assert SmsMessage.objects.latest("id").phone == phone
    return Code(token, newest_code())


def wrong(code):
    return Code(code.token, f"{(int(code.digits) + 1) % 1_000_000:06}")


def change(worker, by, **given):
    at_the_desk = {"check": DocumentCheck.ORIGINAL, "reason": "旧手机丢失"} if by != worker else {}
    return phone_changes.change_phone(by=by, worker=worker, **({"phone": NEW} | at_the_desk | given))


def refusal_of(work, **given):
    with pytest.raises(Refusal) as caught:
        work(**given)
    return caught.value


def on_file(worker):
    return Worker.objects.get(pk=worker.pk).phone


def test_officer_changes_it_and_everybody_is_told(worker, officer):
    open_one = sign_ins.begin(worker=worker, device=Device.ANDROID, address="198.51.*.*")
    made = change(worker, officer, new=code_on(NEW, worker, officer))
    assert on_file(worker) == NEW
    assert (made.officer, made.check_made, made.reason, made.old_phone) == (
        officer,
        "original",
        "旧手机丢失",
        OLD,
    )
    assert sign_ins.signed_in(sign_in=open_one.pk, worker=worker.pk) is None
    assert SignIn.objects.get().end == "phone"
    told = SmsMessage.objects.latest("id")
    assert (told.phone, told.kind) == (OLD, "alert")
    assert "12351" in told.text
    assert [piece for piece in (NEW, OLD, "李风", "13600", resident_number(1)) if piece in told.text] == []
    assert Message.objects.get(worker=worker).kind == MessageKind.PHONE_CHANGED
    assert not Message.objects.get(worker=worker).text_wanted
    entry = Entry.objects.get(action="worker.change_phone")
    assert (entry.actor, entry.object_id) == (officer.audit_name, str(worker.pk))
    assert entry.data == {"change": made.pk, "through": "officer", "check": "original"}


def test_worker_changes_it_with_codes_on_both_phones(worker):
    old, new = code_on(OLD, worker, worker), code_on(NEW, worker, worker)
    made = change(worker, worker, old=old, new=new)
    assert on_file(worker) == NEW
    assert (made.through, made.officer, made.check_made) == ("worker", None, "")


def test_one_wrong_code_changes_nothing_and_keeps_the_right_one_good(worker):
    old, new = code_on(OLD, worker, worker), code_on(NEW, worker, worker)
    refused = refusal_of(change, worker=worker, by=worker, old=old, new=wrong(new))
    assert (refused.code, refused.details["purpose"]) == ("code_wrong", CodePurpose.NEW_PHONE)
    refused = refusal_of(change, worker=worker, by=worker, old=wrong(old), new=new)
    assert (refused.code, refused.details["purpose"]) == ("code_wrong", CodePurpose.OLD_PHONE)
    assert on_file(worker) == OLD
    change(worker, worker, old=old, new=new)
    assert on_file(worker) == NEW


def test_code_is_bound_to_the_phone_the_person_and_the_purpose(worker, officer):
    """C140: a code for phone A is none for phone B; one for another person or act is none either."""
    other = WorkerFactory(phone="13900139000")
    new = code_on(NEW, worker, officer)
    for given in [
        {"worker": worker, "phone": "13700137000", "new": new},
        {"worker": other, "phone": NEW, "new": new},
        {"worker": worker, "phone": NEW, "new": code_on(OLD, worker, worker)},
    ]:
        assert refusal_of(change, by=officer, **given).code == "code_over"
    assert {on_file(worker), on_file(other)} == {OLD, "13900139000"}
    change(worker, officer, new=new)
    assert refusal_of(change, worker=other, by=officer, new=new, shared=True).code == "code_over"


def test_an_officer_says_how_the_document_was_checked_and_why(worker, officer):
    new = code_on(NEW, worker, officer)
    assert refusal_of(change, worker=worker, by=officer, new=new, check=None).code == "check_missing"
    assert refusal_of(change, worker=worker, by=officer, new=new, reason=" ").code == "reason_missing"
    change(worker, officer, new=new)


def test_a_worker_changes_only_the_own_and_only_with_the_old_phone(worker):
    other = WorkerFactory(phone="13900139000")
    new = code_on(NEW, worker, worker)
    assert refusal_of(change, worker=worker, by=worker, new=new).code == "old_code_missing"
    with pytest.raises(PermissionError):
        phone_changes.change_phone(by=other, worker=worker, phone=NEW, new=new, old=new)
    assert on_file(worker) == OLD


def test_a_number_of_somebody_else_is_confirmed_first_and_stays_on_the_others_file(worker, officer):
    """C142, the rule of rosters: shared phones exist, recycled ones too; the document tells them apart."""
    other = WorkerFactory(phone=NEW)
    new = code_on(NEW, worker, officer)
    assert refusal_of(change, worker=worker, by=officer, new=wrong(new)).code == "code_wrong"
    assert refusal_of(change, worker=worker, by=officer, new=new).code == "phone_used_by_another"
    assert change(worker, officer, new=new, shared=True).shared
    assert {on_file(worker), on_file(other)} == {NEW}


@pytest.mark.parametrize(("phone", "code"), [(OLD, "phone_same"), ("075786286628", "phone_invalid")])
def test_a_number_that_changes_nothing_gets_no_code(worker, officer, phone, code):
    ask = phone_changes.ask_new_phone_code
    assert refusal_of(ask, by=officer, worker=worker, phone=phone, address=ADDRESS).code == code
    assert SmsMessage.objects.count() == 0


def test_an_officer_who_changes_very_many_is_stopped_for_the_day(officer):
    def ask(phone):
        phone_changes.ask_new_phone_code(by=officer, worker=WorkerFactory(), phone=phone, address=ADDRESS)

    for _ in range(29):
        hit([(phone_changes.OFFICER_LIMIT, officer.audit_name)])
    ask("13700000001")
    with pytest.raises(TooMany):
        ask("13700000002")
    assert SmsMessage.objects.count() == 1


def test_the_old_phone_is_told_at_night_too(worker, officer, monkeypatch, settings, tmp_path):
    settings.SMS_BACKEND, settings.SMS_FILE = "file", tmp_path / "sms.log"
    night = clock.start_of_day(clock.now()) + dt.timedelta(hours=23)
    monkeypatch.setattr(clock, "now", lambda: night)
    change(worker, officer, new=code_on(NEW, worker, officer))
    delivery.send_message(message_id=SmsMessage.objects.latest("id").pk)
    assert OLD in settings.SMS_FILE.read_text(encoding="utf-8")


def test_messages_say_what_their_code_allows(worker, officer):
    with translation.override("en"):
        code_on(NEW, worker, officer)
        new = SmsMessage.objects.latest("id").text
        code_on(OLD, worker, worker)
        old = SmsMessage.objects.latest("id").text
    assert "makes this number the one" in new
    assert "takes this number off" in old


def test_a_first_phone_needs_no_old_one(officer):
    nobody_yet = WorkerFactory(phone=None)
    made = change(nobody_yet, officer, new=code_on(NEW, nobody_yet, officer))
    assert made.old_phone is None
    assert PhoneChange.objects.count() == 1
    assert SmsMessage.objects.filter(kind="alert").count() == 0


def take_back(change, by, reason="原号码持有人到场，已核对身份证"):
    return phone_changes.take_back(by=by, change=change, reason=reason)


def test_another_officer_puts_the_former_number_back(worker, officer):
    made = change(worker, officer, new=code_on(NEW, worker, officer))
    thief = sign_ins.begin(worker=Worker.objects.get(pk=worker.pk), device=Device.ANDROID, address="*")
    colleague = UserFactory()
    assert refusal_of(take_back, change=made, by=officer).code == "own_change"
    assert refusal_of(take_back, change=made, by=colleague, reason="").code == "reason_missing"
    taken = take_back(made, colleague)
    assert (on_file(worker), taken.taken_back_by) == (OLD, colleague)
    assert sign_ins.signed_in(sign_in=thief.pk, worker=worker.pk) is None
    assert SmsMessage.objects.latest("id").phone == NEW
    assert refusal_of(take_back, change=made, by=colleague).code == "taken_back_already"
    assert [str(event.how) for event in phone_events(worker, limit=9)] == [
        str(TAKEN_BACK),
        str(HOW["officer"]),
    ]


def test_only_the_newest_change_is_taken_back_and_only_while_the_number_is_kept(worker, officer, monkeypatch):
    first = change(worker, officer, new=code_on(NEW, worker, officer))
    worker.refresh_from_db()
    second = change(worker, officer, phone="13500135000", new=code_on("13500135000", worker, officer))
    colleague = UserFactory()
    assert refusal_of(take_back, change=first, by=colleague).code == "phone_changed_again"
    assert phone_changes.forget_old_phones(by=officer) == 0
    later = clock.now() + phone_changes.TAKEN_BACK_WITHIN + dt.timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert phone_changes.forget_old_phones(by=officer) == 2
    assert refusal_of(take_back, change=second, by=colleague).code == "old_phone_gone"
    assert set(PhoneChange.objects.values_list("old_phone", flat=True)) == {None}


def test_worker_reads_how_the_number_changed(worker, officer):
    change(worker, officer, new=code_on(NEW, worker, officer))
    worker.refresh_from_db()
    old, new = code_on(NEW, worker, worker), code_on(OLD, worker, worker)
    change(worker, worker, phone=OLD, old=old, new=new)
    with act("roster.apply", by=officer):
        Worker.objects.filter(pk=worker.pk).update(phone=NEW, phone_digest=phone_digest(NEW))
    told = {event.how for event in phone_events(worker, limit=9)}
    assert told == {BY_LIST, HOW["worker"], HOW["officer"]}


def test_a_phone_that_a_list_replaces_hears_of_it_once():
    """C142 from the other side: an enterprise that puts its own number on file does not do so unseen."""
    office = offices.build()
    row = ("李风", resident_number(1), OLD, "外卖配送员", "2026-01-05")
    office.applied([row])
    assert ProcrastinateJob.objects.filter(task_name=phone_notices.TASK).count() == 0
    roster = office.applied([(*row[:2], NEW, *row[3:])])
    job = ProcrastinateJob.objects.get(task_name=phone_notices.TASK)
    worker = Worker.objects.get()
    assert worker.phone == NEW
    assert job.args == {"about": f"roster:{roster.pk}", "workers": [worker.pk]}
    for _ in range(2):
        phone_notices.tell_old_phones(by=System("test"), **job.args)
    assert [(sms.phone, sms.kind) for sms in SmsMessage.objects.all()] == [(OLD, "alert")]
    assert Message.objects.get(worker=worker).about == f"roster:{roster.pk}"
