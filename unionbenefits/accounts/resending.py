"""Notices that are in the text queue: sent again after a failure, taken back before they went."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from unionbenefits.accounts.actions import queue_sending
from unionbenefits.accounts.enums import SmsKind, SmsState
from unionbenefits.accounts.models import SmsMessage
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock

# An officer who presses the button has mended something: the news is worth as long as a new one.
WORTH_SENDING = dt.timedelta(days=3)


def send_again(*, by: Actor, messages: Collection[int]) -> int:
    """Queues failed notices once more under their keys, so that one which did arrive is not repeated; returns
    how many. Codes are never sent again: whoever still needs one asks for a new one.
    """
    until = clock.now() + WORTH_SENDING
    with act("sms.send_again", by=by) as doing:
        failed = list(
            SmsMessage.objects.select_for_update()
            .filter(pk__in=messages, kind=SmsKind.NOTICE, state=SmsState.FAILED)
            .order_by("pk")
        )
        for message in failed:
            message.state, message.tries, message.send_until = SmsState.QUEUED, 0, until
            message.save(update_fields=["state", "tries", "send_until"])
            queue_sending(message)
        doing.data = {"messages": len(failed)}
    return len(failed)


def take_back(*, messages: Collection[int]) -> set[int]:
    """Takes notices out of the queue that the gateway has not got; returns which. Each waits for a sending
    that is under way, and stays where that has succeeded. The caller's act tells the log.
    """
    with transaction.atomic():
        waiting = SmsMessage.objects.select_for_update().filter(
            pk__in=messages, kind=SmsKind.NOTICE, state=SmsState.QUEUED
        )
        keys = set(waiting.order_by("pk").values_list("pk", flat=True))
        SmsMessage.objects.filter(pk__in=keys).update(state=SmsState.TAKEN_BACK)
    return keys
