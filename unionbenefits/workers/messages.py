"""Telling workers: in the portal at once, by text message in the daytime and only where it is still news.

The words of every kind stand here, in both languages through the catalogues. A text message says that there
is something to read and where, never what: it is seen on lock screens and on the phones of others.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy as _, override

from unionbenefits.accounts.actions import queue_message
from unionbenefits.accounts.enums import SmsKind
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.workers.enums import ConsentKind, MessageKind
from unionbenefits.workers.models import Consent, Message, Worker

# Nobody is woken for a gift (Shanghai time, the first hour included, the second not).
TEXT_HOURS = (8, 21)
# Later than this it is no news; the portal still has it.
STALE_AFTER = dt.timedelta(days=3)
# What cannot wait for tomorrow when something else was texted today.
URGENT = frozenset({MessageKind.CLAIM_ASKED, MessageKind.PAYMENT_RETURNED, MessageKind.PHONE_CHANGED})
AT_ONCE = 2_000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Told:
    """One worker to tell something about `about` (such as coverage:12), with the values of the words."""

    worker_id: int
    about: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """A message of a kind: heading and text for the portal, and the text message. `%(name)s` take params."""

    heading: str | Promise
    text: str | Promise
    sms: str | Promise


WORDS: dict[MessageKind, Words] = {
    MessageKind.COVER_ISSUED: Words(
        _("Cover was given to you"),
        _("It holds from %(first)s to %(last)s. Keep this page: it shows what it pays and how to claim."),
        _("Your union gave you medical mutual-aid cover. See it at %(url)s"),
    ),
    MessageKind.COVER_ENDED: Words(
        _("Your cover was withdrawn"),
        _("It no longer holds from %(from)s on. Ask your union if you think this is a mistake."),
        _("Your medical mutual-aid cover has changed. Read more at %(url)s"),
    ),
    MessageKind.COVER_LAPSING: Words(
        _("Your cover ends soon"),
        _("It ends on %(last)s, in %(days)s days. Ask your union whether it will be continued."),
        _("Your medical mutual-aid cover ends soon. Read more at %(url)s"),
    ),
    MessageKind.NEVER_OPENED: Words(
        _("You have cover that you may not know of"),
        _("If you have to go to hospital, part of what you pay yourself can be paid back."),
        _("You have medical mutual-aid cover from your union. See what it pays at %(url)s"),
    ),
    MessageKind.CLAIM_FILED: Words(
        _("We have your claim %(number)s"),
        _("You will hear from us by %(promised)s."),
        _("We have your claim. You can follow it at %(url)s"),
    ),
    MessageKind.CLAIM_ASKED: Words(
        _("Your claim %(number)s needs something from you"),
        _("Please add what is missing by %(until)s: %(missing)s"),
        _("Your claim needs something from you. Please look at %(url)s"),
    ),
    MessageKind.CLAIM_UNANSWERED: Words(
        _("The day to answer about your claim %(number)s has passed"),
        _(
            "We asked for it by %(until)s and now decide with what we have. "
            "Tell your union if you still have papers."
        ),
        _("The day to answer about your claim has passed. Read more at %(url)s"),
    ),
    MessageKind.CLAIM_DECIDED: Words(
        _("Your claim %(number)s is decided"),
        _("Open the claim to see the amount and how it was worked out."),
        _("Your claim is decided. See it at %(url)s"),
    ),
    MessageKind.CLAIM_REOPENED: Words(
        _("Your claim %(number)s is looked at again"),
        _("You will hear from us once it is decided anew. What was paid to you stays with you until then."),
        _("Your claim is looked at again. Follow it at %(url)s"),
    ),
    MessageKind.CLAIM_APPEALED: Words(
        _("We have your appeal on claim %(number)s"),
        _("Somebody who had no part in the first decision will look at it."),
        _("We have your appeal. You can follow it at %(url)s"),
    ),
    MessageKind.APPEAL_DECIDED: Words(
        _("Your appeal on claim %(number)s is decided"),
        _("Open the claim to read the answer."),
        _("Your appeal is decided. Read the answer at %(url)s"),
    ),
    MessageKind.PAYMENT_SENT: Words(
        _("The payment for claim %(number)s is on its way"),
        _("The bank usually needs one or two working days."),
        _("A payment to you is on its way. See it at %(url)s"),
    ),
    MessageKind.PAYMENT_PAID: Words(
        _("The payment for claim %(number)s has arrived"),
        _("The bank has confirmed it."),
        _("A payment to you has arrived. See it at %(url)s"),
    ),
    MessageKind.PAYMENT_RETURNED: Words(
        _("The payment for claim %(number)s came back"),
        _("The bank could not pay it: %(reason)s. Please check your name and account number."),
        _("A payment to you came back. Please check your bank account at %(url)s"),
    ),
    MessageKind.PHONE_CHANGED: Words(
        _("Your phone number was changed"),
        _("From now on you sign in with the new number. Tell your union at once if this was not you."),
        _("The phone number of your union benefits page was changed. Not you? Tell your union at once."),
    ),
}


def tell(*, kind: MessageKind, to: Iterable[Told], text: bool = True) -> int:
    """Puts the message into each worker's portal, and marks it for a text message unless `text` is False.

    Telling again what was told (same worker, kind and `about`) changes nothing. Returns how many were asked.
    Call it in a job for many: it writes a row for each.
    """
    told, now, left = 0, clock.now(), iter(to)
    while some := list(islice(left, AT_ONCE)):
        Message.objects.bulk_create(
            [
                Message(
                    worker_id=one.worker_id,
                    kind=kind,
                    about=one.about,
                    params=one.params,
                    created_at=now,
                    text_wanted=text,
                )
                for one in some
            ],
            ignore_conflicts=True,
        )
        told += len(some)
    return told


def said(message: Message) -> Words:
    """The words of a message with its values filled in, in the active language.

    A value that has words of its own per language is a mapping of them; a day is written out.
    """
    words = WORDS[MessageKind(message.kind)]
    values = {"url": settings.PUBLIC_URL} | {name: _shown(value) for name, value in message.params.items()}
    return Words(words.heading % values, words.text % values, words.sms % values)


def _shown(value: Any) -> Any:
    if isinstance(value, dict):
        return value.get(get_language()) or value.get(settings.LANGUAGE_CODE, "")
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date_format(dt.date.fromisoformat(value), gettext("j F Y"))
    return value


def latest(worker: Worker, limit: int) -> list[Message]:
    """The worker's messages, the newest first."""
    return list(Message.objects.filter(worker=worker)[:limit])


def has_news(worker: Worker) -> bool:
    """Whether something waits to be read."""
    return Message.objects.filter(worker=worker, read_at__isnull=True).exists()


def mark_read(*, worker: Worker) -> int:
    """Everything the worker was told so far has been seen by now; returns how many were new."""
    return Message.objects.filter(worker=worker, read_at__isnull=True).update(read_at=clock.now())


def may_text(now: dt.datetime) -> bool:
    """Whether it is daytime in Shanghai."""
    first, after = TEXT_HOURS
    return first <= clock.local(now).hour < after


def send_texts(*, by: Actor, limit: int = 500) -> int:
    """Hands up to `limit` waiting messages to the text queue; returns how many text messages that makes.

    Nothing at night. What was read in the portal meanwhile, is stale, or goes to somebody without a phone or
    without consent is marked as dealt with and not sent; a second message on the same day waits for the next,
    unless it is urgent. Several workers of this job never take the same rows.
    """
    now = clock.now()
    if not may_text(now):
        return 0
    with transaction.atomic():
        waiting = list(
            Message.objects.filter(text_wanted=True, texted_at__isnull=True)
            .select_for_update(skip_locked=True)
            .order_by("id")[:limit]
        )
        spared, due = _sorted_out(waiting, now)
        for message, phone in due:
            with override(settings.LANGUAGE_CODE):
                queue_message(
                    kind=SmsKind.NOTICE,
                    phone=phone,
                    text=str(said(message).sms),
                    by=by,
                    send_until=now + STALE_AFTER,
                )
        Message.objects.filter(pk__in=[one.pk for one in spared]).update(text_wanted=False)
        Message.objects.filter(pk__in=[one.pk for one, _phone in due]).update(texted_at=now)
    return len(due)


def _sorted_out(
    waiting: Sequence[Message], now: dt.datetime
) -> tuple[list[Message], list[tuple[Message, str]]]:
    """Those that need no text message, and those that get one now with their phones; the rest wait."""
    workers = {one.worker_id for one in waiting}
    phones = dict(Worker.objects.filter(pk__in=workers).values_list("pk", "phone"))
    refused = _refused(workers)
    today = set(
        Message.objects.filter(worker__in=workers, texted_at__gte=clock.start_of_day(now)).values_list(
            "worker_id", flat=True
        )
    )
    spared, due = [], []
    for message in waiting:
        phone = phones.get(message.worker_id)
        if (
            message.read_at
            or now - message.created_at > STALE_AFTER
            or not phone
            or message.worker_id in refused
        ):
            spared.append(message)
        elif message.worker_id not in today or message.kind in URGENT:
            today.add(message.worker_id)
            due.append((message, phone))
    return spared, due


def _refused(workers: set[int]) -> set[int]:
    """Those who withdrew their consent to text messages and did not give it again."""
    last: dict[int, bool] = {}
    given = Consent.objects.filter(worker__in=workers, kind=ConsentKind.MESSAGES).order_by("given_at", "id")
    for worker, withdrawn in given.values_list("worker_id", "withdrawn_at"):
        last[worker] = withdrawn is not None
    return {worker for worker, withdrawn in last.items() if withdrawn}
