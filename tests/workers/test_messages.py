"""Telling workers: once each, in the daytime, and never more than needed."""

import datetime as dt

import pytest

from tests.factories import WorkerFactory
from unionbenefits.accounts.models import SmsMessage
from unionbenefits.audit.actors import System
from unionbenefits.core import clock
from unionbenefits.workers.enums import ConsentKind, MessageKind
from unionbenefits.workers.messages import WORDS, Told, mark_read, may_text, said, send_texts, tell
from unionbenefits.workers.models import Consent, Message

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


def texts():
    return sorted((one.phone, one.text) for one in SmsMessage.objects.all())


def test_telling_twice_tells_once():
    one, other = WorkerFactory(), WorkerFactory()
    for _time in range(2):
        tell(kind=MessageKind.COVER_ISSUED, to=[issued(one), issued(other)])
    assert Message.objects.count() == 2


def test_every_kind_has_words_that_take_their_values():
    values = dict.fromkeys(
        ["first", "last", "from", "days", "number", "promised", "until", "missing", "reason"], "x"
    )
    assert set(WORDS) == set(MessageKind)
    for kind in MessageKind:
        words = said(Message(kind=kind, params=values))
        assert "%(" not in f"{words.heading}{words.text}{words.sms}"


def test_a_text_message_names_no_person_no_date_and_no_amount(at):
    worker = WorkerFactory(name="李风", phone="13800138000")
    tell(kind=MessageKind.COVER_ISSUED, to=[issued(worker)])
    assert send_texts(by=BY) == 1
    [(phone, text)] = texts()
    assert phone == "13800138000"
    assert "李风" not in text
    assert "2027" not in text
    assert "http://127.0.0.1:8000" in text


@pytest.mark.parametrize(
    ("hour", "day"), [(7, False), (8, True), (20, True), (21, False), (23, False), (0, False)]
)
def test_nobody_is_texted_at_night(hour, day):
    assert may_text(dt.datetime(2026, 3, 2, hour, 30, tzinfo=clock.SHANGHAI)) is day


def test_what_is_told_at_night_is_texted_in_the_morning(at):
    at(NOON.replace(hour=23))
    tell(kind=MessageKind.COVER_ISSUED, to=[issued(WorkerFactory(phone="13800138000"))])
    assert send_texts(by=BY) == 0
    at(NOON.replace(day=3, hour=8))
    assert send_texts(by=BY) == 1
    assert send_texts(by=BY) == 0


def test_read_stale_phoneless_and_unwilling_are_not_texted(at):
    read, stale, phoneless, unwilling = (WorkerFactory(phone=f"1380013800{n}") for n in range(4))
    type(phoneless).objects.filter(pk=phoneless.pk).update(phone=None, phone_digest=None)
    Consent.objects.create(
        worker=unwilling, kind=ConsentKind.MESSAGES, text_version="1", given_at=NOON, given_through="x",
        withdrawn_at=NOON,
    )  # fmt: skip
    tell(kind=MessageKind.COVER_ISSUED, to=[issued(each) for each in (read, stale, phoneless, unwilling)])
    mark_read(worker=read)
    Message.objects.filter(worker=stale).update(created_at=NOON - dt.timedelta(days=3, minutes=1))
    assert send_texts(by=BY) == 0
    assert not Message.objects.filter(text_wanted=True).exists()
    assert Message.objects.filter(worker=stale, read_at=None).exists()


def test_a_second_message_of_a_day_waits_unless_it_is_urgent(at):
    worker = WorkerFactory(phone="13800138000")
    tell(kind=MessageKind.COVER_ISSUED, to=[issued(worker), issued(worker, "coverage:2")])
    tell(
        kind=MessageKind.PAYMENT_RETURNED,
        to=[Told(worker.pk, "payment:1", {"number": "K1", "reason": "户名不符"})],
    )
    assert send_texts(by=BY) == 2
    at(NOON + dt.timedelta(days=1))
    assert send_texts(by=BY) == 1


def test_what_was_told_without_text_stays_in_the_portal_only(at):
    tell(kind=MessageKind.COVER_ISSUED, to=[issued(WorkerFactory())], text=False)
    assert send_texts(by=BY) == 0
    assert Message.objects.count() == 1
