"""Sending one queued message, once: the work of the job. Notices wait for the end of the quiet hours."""

import datetime as dt

from django.db import transaction

from unionbenefits.accounts.actions import queue_sending
from unionbenefits.accounts.enums import SmsKind, SmsState
from unionbenefits.accounts.models import SmsMessage
from unionbenefits.accounts.quiet import held_until
from unionbenefits.accounts.sms import gateway
from unionbenefits.accounts.sms.errors import NotAccepted
from unionbenefits.core import clock

# With pauses of 2, 4, 8 and 16 seconds (core.jobs) this spans half a minute of a gateway being down; a code
# that comes later than that has been asked for again.
MAX_TRIES = 5
# A notice is worth waiting for a gateway that is down for longer, as long as it is of use (`send_until`).
PAUSE = dt.timedelta(minutes=30)


def send_message(*, message_id: int) -> None:
    """Hands the message to the gateway unless that was done, it is withheld or too late.

    The row is locked while it is sent: a second delivery of the job waits and then finds it done. A crash
    between the gateway's yes and our commit repeats the message under the same key, which the gateway drops.
    Raises NotAccepted where the job should try again.
    """
    with transaction.atomic():
        message = SmsMessage.objects.select_for_update().filter(pk=message_id).first()
        problem = _attempt(message) if message and message.state == SmsState.QUEUED else None
    if problem is not None and not problem.final:
        raise problem


def _attempt(message: SmsMessage) -> NotAccepted | None:
    now = clock.now()
    if message.send_until is not None and message.send_until <= now:
        _close(message, SmsState.FAILED, error=message.error or "too late")
        return None
    held = held_until(now) if message.kind == SmsKind.NOTICE else None
    if held is not None:
        queue_sending(message, not_before=held)
        return None
    message.tries += 1
    try:
        gateway().send(phone=message.phone, text=message.text, key=str(message.key))
    except NotAccepted as problem:
        return _told_no(message, problem, now)
    _close(message, SmsState.SENT)
    return None


def _told_no(message: SmsMessage, problem: NotAccepted, now: dt.datetime) -> NotAccepted:
    """Whether the job tries again at once, a notice again after a pause, or nobody any more."""
    state = SmsState.FAILED if problem.final else SmsState.QUEUED
    if not problem.final and message.tries % MAX_TRIES == 0:
        problem.final = True
        if message.kind != SmsKind.CODE and message.send_until and now + PAUSE < message.send_until:
            queue_sending(message, not_before=now + PAUSE)
        else:
            state = SmsState.FAILED
    _close(message, state, error=problem.reason)
    return problem


def _close(message: SmsMessage, state: SmsState, *, error: str = "") -> None:
    """Writes the outcome; the text of a code goes as soon as nobody needs it."""
    message.state = state
    message.error = error[:200]
    if state == SmsState.SENT:
        message.sent_at = clock.now()
    if state != SmsState.QUEUED and message.kind == SmsKind.CODE:
        message.text = ""
    message.save()
