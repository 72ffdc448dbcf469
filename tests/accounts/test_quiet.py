"""The quiet hours: a notice waits in the queue for the morning, a code goes at any hour."""

import datetime as dt

import pytest
from django.core.exceptions import ImproperlyConfigured
from procrastinate.contrib.django.models import ProcrastinateJob

from unionbenefits.accounts import delivery, resending
from unionbenefits.accounts.actions import queue_message
from unionbenefits.accounts.enums import SmsKind, SmsState
from unionbenefits.accounts.models import SmsMessage
from unionbenefits.accounts.quiet import held_until, quiet_hours
from unionbenefits.accounts.sms.errors import NotAccepted
from unionbenefits.audit.actors import System
from unionbenefits.core import clock

BY = System("test")
DAY = dt.datetime(2026, 3, 2, tzinfo=clock.SHANGHAI)


def time(text, day=0):
    hour, minute = map(int, text.split(":"))
    return DAY.replace(hour=hour, minute=minute) + dt.timedelta(days=day)


@pytest.fixture
def at(monkeypatch):
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def gateway(monkeypatch):
    """A gateway that keeps what it got, and refuses as long as `answers` says so."""

    class Kept(list):
        answers: list = []

        def send(self, *, phone, text, key):
            if self.answers:
                raise self.answers.pop(0)
            self.append(text)

    kept = Kept()
    kept.answers = []
    monkeypatch.setattr(delivery, "gateway", lambda: kept)
    return kept


def made(kind, text="news"):
    until = clock.now() + dt.timedelta(days=3)
    return queue_message(kind=kind, phone="13800138000", text=text, by=BY, send_until=until)


def state_of(message):
    message.refresh_from_db()
    return message.state


@pytest.mark.parametrize(
    ("hours", "now", "until"),
    [
        ("21:00-08:00", "07:59", ("08:00", 0)), ("21:00-08:00", "08:00", None), ("21:00-08:00", "20:59", None),
        ("21:00-08:00", "21:00", ("08:00", 1)), ("21:00-08:00", "00:00", ("08:00", 0)),
        ("12:00-13:30", "12:00", ("13:30", 0)), ("12:00-13:30", "13:30", None), ("09:00-09:00", "09:00", None),
    ],
)  # fmt: skip
def test_held_until_the_quiet_hours_end(settings, hours, now, until):
    settings.SMS_QUIET_HOURS = hours
    assert held_until(time(now)) == (time(*until) if until else None)


def test_quiet_hours_written_wrongly_stop_with_a_sentence(settings):
    settings.SMS_QUIET_HOURS = "nine to five"
    with pytest.raises(ImproperlyConfigured, match="21:00-08:00"):
        quiet_hours()


@pytest.mark.django_db
def test_at_night_a_notice_is_held_in_the_queue_and_a_code_goes(at, gateway):
    at(time("20:59"))
    notice, code = made(SmsKind.NOTICE), made(SmsKind.CODE, "code")
    ProcrastinateJob.objects.all().delete()
    at(time("21:00"))
    for message in (notice, code):
        delivery.send_message(message_id=message.pk)
    assert gateway == ["code"]
    assert (state_of(notice), notice.tries) == (SmsState.QUEUED, 0)
    assert list(ProcrastinateJob.objects.values_list("scheduled_at", flat=True)) == [time("08:00", 1)]
    at(time("08:00", 1))
    delivery.send_message(message_id=notice.pk)
    assert gateway == ["code", "news"]


@pytest.mark.django_db
def test_a_notice_outlasts_a_gateway_that_is_down_for_an_hour(at, gateway):
    at(time("10:00"))
    notice = made(SmsKind.NOTICE)
    ProcrastinateJob.objects.all().delete()
    gateway.answers = [NotAccepted("HTTP 503", final=False) for _ in range(delivery.MAX_TRIES)]
    for _time in range(delivery.MAX_TRIES - 1):
        with pytest.raises(NotAccepted):
            delivery.send_message(message_id=notice.pk)
    delivery.send_message(message_id=notice.pk)
    assert (state_of(notice), notice.error) == (SmsState.QUEUED, "HTTP 503")
    assert list(ProcrastinateJob.objects.values_list("scheduled_at", flat=True)) == [time("10:30")]
    at(time("10:30"))
    delivery.send_message(message_id=notice.pk)
    assert (state_of(notice), gateway) == (SmsState.SENT, ["news"])


@pytest.mark.django_db
def test_what_failed_for_good_is_sent_again_by_an_officer_and_a_code_never(at, gateway):
    at(time("10:00"))
    notice, code = made(SmsKind.NOTICE), made(SmsKind.CODE, "code")
    gateway.answers = [NotAccepted("HTTP 400", final=True) for _ in range(2)]
    for message in (notice, code):
        delivery.send_message(message_id=message.pk)
    assert [state_of(notice), state_of(code)] == [SmsState.FAILED, SmsState.FAILED]
    assert resending.send_again(by=BY, messages=[notice.pk, code.pk]) == 1
    delivery.send_message(message_id=notice.pk)
    assert (state_of(notice), gateway) == (SmsState.SENT, ["news"])


@pytest.mark.django_db
def test_what_is_taken_back_in_time_never_leaves(at, gateway):
    at(time("10:00"))
    gone, waiting = made(SmsKind.NOTICE, "gone"), made(SmsKind.NOTICE)
    delivery.send_message(message_id=gone.pk)
    assert resending.take_back(messages=[gone.pk, waiting.pk]) == {waiting.pk}
    delivery.send_message(message_id=waiting.pk)
    assert gateway == ["gone"]
    assert SmsMessage.objects.get(pk=waiting.pk).state == SmsState.TAKEN_BACK
