"""Telling workers: once each, outside the quiet hours, and never more than needed."""

import datetime as dt

import pytest

from tests.factories import WorkerFactory
from unionbenefits.accounts.models import SmsMessage
from unionbenefits.audit.actors import System
from unionbenefits.core import clock
from unionbenefits.workers.enums import ConsentKind, MessageKind, NotTexted
from unionbenefits.workers.message_words import WORDS
from unionbenefits.workers.messages import Told, mark_read, said, tell
from unionbenefits.workers.models import Consent, FirstOpening, Message
from unionbenefits.workers.openings import note_opening
from unionbenefits.workers.texting import send_texts

pytestmark = pytest.mark.django_db
BY = System("messages")
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=clock.SHANGHAI)
COVER = {"first": "2026-03-01", "last": "2027-02-28"}


@pytest.fixture
def at(monkeypatch):
    def move(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    move(NOON)
    return move


def issued(worker, about="coverage:1"):
    return Told(worker.pk, about, COVER)


def returned(worker, number="1"):
    return Told(worker.pk, f"payment:{number}", {"number": "K1", "reason": "户名不符"})


def texts():
    return sorted((one.phone, one.text) for one in SmsMessage.objects.all())


def test_telling_twice_tells_once():
    one, other = WorkerFactory(), WorkerFactory()
    for _time in range(2):
        tell(kind=MessageKind.COVER_ISSUED, to=[issued(one), issued(other)])
    assert Message.objects.count() == 2


def test_what_is_told_at_night_is_texted_in_the_morning(at):
    at(NOON.replace(hour=23))
    tell(kind=MessageKind.COVER_ISSUED, to=[issued(WorkerFactory(phone="13800138000"))])
    assert send_texts(by=BY) == 0
    at(NOON.replace(day=3, hour=8))
    assert send_texts(by=BY) == 1
    assert send_texts(by=BY) == 0


def test_what_needs_no_text_message_says_why(at):
    reasons = ["read", "opened", "stale", "no_phone", "refused", "died"]
    people = {reason: WorkerFactory(phone=f"1380013800{n}") for n, reason in enumerate(reasons)}
    told = people["no_phone"]
    type(told).objects.filter(pk=told.pk).update(phone=None, phone_digest=None)
    type(told).objects.filter(pk=people["died"].pk).update(died_on=NOON.date())
    Consent.objects.create(
        worker=people["refused"], kind=ConsentKind.MESSAGES, text_version="1", given_at=NOON, given_through="x",
        withdrawn_at=NOON,
    )  # fmt: skip
    tell(kind=MessageKind.COVER_ISSUED, to=[issued(each) for each in people.values()])
    mark_read(worker=people["read"])
    note_opening(worker=people["opened"])
    Message.objects.filter(worker=people["stale"]).update(created_at=NOON - dt.timedelta(days=3, minutes=1))
    assert send_texts(by=BY) == 0
    said_why = {row.worker_id: row.not_texted for row in Message.objects.filter(text_wanted=False)}
    assert said_why == {person.pk: NotTexted(reason) for reason, person in people.items()}
    assert Message.objects.filter(worker=people["stale"], read_at=None).exists()


def test_first_opening_stays_what_it_was(at):
    worker = WorkerFactory()
    note_opening(worker=worker)
    at(NOON + dt.timedelta(days=1))
    note_opening(worker=worker)
    assert FirstOpening.objects.get(worker=worker).first_at == NOON


def test_everything_that_waits_for_a_worker_makes_one_text_message(at):
    worker = WorkerFactory(phone="13800138000")
    tell(kind=MessageKind.COVER_ISSUED, to=[issued(worker)])
    tell(kind=MessageKind.COVER_LAPSING, to=[Told(worker.pk, "coverage:1:30", COVER | {"days": 30})])
    assert send_texts(by=BY) == 1
    [(_phone, text)] = texts()
    assert "http://127.0.0.1:8000" in text
    assert text not in {str(said(one).sms) for one in Message.objects.all()}
    assert len(set(Message.objects.values_list("sms", "texted_at"))) == 1


def test_a_second_message_of_a_day_waits_unless_it_is_urgent(at):
    worker = WorkerFactory(phone="13800138000")
    tell(kind=MessageKind.COVER_ISSUED, to=[issued(worker)])
    assert send_texts(by=BY) == 1
    tell(kind=MessageKind.COVER_LAPSING, to=[Told(worker.pk, "coverage:1:30", COVER | {"days": 30})])
    assert send_texts(by=BY) == 0
    tell(kind=MessageKind.PAYMENT_RETURNED, to=[returned(worker)])
    at(NOON + dt.timedelta(minutes=5))
    # The urgent one takes the other with it: one text message, in the words of what is urgent.
    assert send_texts(by=BY) == 1
    urgent = Message.objects.get(kind=MessageKind.PAYMENT_RETURNED)
    assert SmsMessage.objects.latest("pk").text == said(urgent).sms
    assert not Message.objects.filter(texted_at=None).exists()


def test_also_what_is_urgent_ends_somewhere_in_a_day(at, settings):
    worker = WorkerFactory(phone="13800138000")
    sent = []
    for order in range(settings.SMS_A_DAY_URGENT + 1):
        at(NOON + dt.timedelta(minutes=order))
        tell(kind=MessageKind.PAYMENT_RETURNED, to=[returned(worker, order)])
        sent.append(send_texts(by=BY))
    assert sent == [1] * settings.SMS_A_DAY_URGENT + [0]
    at(NOON + dt.timedelta(days=1))
    assert send_texts(by=BY) == 1


def test_people_who_had_theirs_today_keep_nobody_else_waiting(at):
    first = WorkerFactory(phone="13800138000")
    tell(kind=MessageKind.COVER_ISSUED, to=[issued(first)])
    send_texts(by=BY)
    tell(kind=MessageKind.COVER_LAPSING, to=[Told(first.pk, "coverage:1:30", COVER | {"days": 30})])
    tell(kind=MessageKind.COVER_ISSUED, to=[issued(WorkerFactory(phone="13900139000"))])
    assert send_texts(by=BY, limit=1) == 1


def test_what_was_told_without_text_stays_in_the_portal_only(at):
    tell(kind=MessageKind.COVER_ISSUED, to=[issued(WorkerFactory())], text=False)
    assert send_texts(by=BY) == 0
    assert Message.objects.count() == 1


def test_a_text_message_takes_no_value_but_the_address():
    """Lock screens and shared phones: whatever a template of a text message says of a person, it could leak."""
    assert set(WORDS) == set(MessageKind)
    everything = dict.fromkeys(
        ["first", "last", "from", "days", "number", "promised", "until", "missing", "reason", "name"], "泄露X"
    )
    for kind in MessageKind:
        words = said(Message(kind=kind, params=everything))
        assert "%(" not in f"{words.heading}{words.text}{words.sms}{words.when}"
        assert "泄露X" not in words.sms
        # No amount, no day, no number of anything: digits are the address's.
        assert not [part for part in words.sms.replace("http://127.0.0.1:8000", "") if part.isdigit()], kind
