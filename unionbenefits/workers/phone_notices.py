"""Telling a phone that it no longer opens its owner's page.

An officer at the counter, the owner, or a list of an enterprise may have put another number on file. Whoever
did it, the old phone hears of it: it is the only one that can object (case C142).
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _, override

from unionbenefits.accounts.actions import queue_message
from unionbenefits.accounts.enums import SmsKind
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock, jobs
from unionbenefits.workers import messages
from unionbenefits.workers.enums import MessageKind
from unionbenefits.workers.models import Message, Worker

OLD_PHONE_TEXT = _(
    "This number no longer opens your union benefits page: it was taken off your file. Not you? "
    "Tell your union or call 12351 at once."
)
TASK = "workers.tell_old_phones"
AT_ONCE = 200
# What cannot be read in three days is no news any more.
_TOLD_WITHIN = dt.timedelta(days=3)
# History rows of a person looked at to find the number before.
_ROWS = 50


def tell_old_phone(*, by: Actor, phone: str) -> None:
    """A text message to a number that no longer opens the page: what happened and where to object.

    It may be about a stolen page, so it goes at night too, whatever was agreed about other messages.
    """
    with override(settings.LANGUAGE_CODE):
        text = str(OLD_PHONE_TEXT)
    queue_message(kind=SmsKind.ALERT, phone=phone, text=text, by=by, send_until=clock.now() + _TOLD_WITHIN)


def queue_old_phones(*, about: str, workers: Sequence[int]) -> None:
    """Queues, in the current transaction, the telling of these workers, whose phones it has just replaced.

    `about` names the act, such as roster:12; nobody is told twice of the same.
    """
    for start in range(0, len(workers), AT_ONCE):
        some: list[Any] = [*workers[start : start + AT_ONCE]]
        jobs.enqueue(TASK, key=f"{TASK}:{about}:{some[0]}", about=about, workers=some)


def tell_old_phones(*, by: Actor, about: str, workers: Sequence[int]) -> int:
    """Tells each of them in the portal, and the number that the history knows before the present one.

    Returns how many numbers were told. May run twice: who was told of this act is left out.
    """
    told = 0
    for worker in Worker.objects.filter(pk__in=workers).order_by("pk"):
        with transaction.atomic():
            known = Message.objects.filter(worker=worker, kind=MessageKind.PHONE_CHANGED, about=about)
            if known.exists():
                continue
            messages.tell(kind=MessageKind.PHONE_CHANGED, to=[messages.Told(worker.pk, about)], text=False)
            former = _former(worker)
            if former:
                tell_old_phone(by=by, phone=former)
                told += 1
    return told


def _former(worker: Worker) -> str | None:
    """The number on file before the present one."""
    history: Any = apps.get_model("workers", "WorkerEvent")._default_manager
    rows = history.filter(pgh_obj_id=worker.pk).order_by("-pgh_id")[:_ROWS]
    present = bytes(worker.phone_digest or b"")
    found: str | None = next((row.phone for row in rows if bytes(row.phone_digest or b"") != present), None)
    return found
