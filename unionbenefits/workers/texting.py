"""Text messages out of what workers were told: outside the quiet hours, where it is still news, and never
more than needed.

Everything that waits for one worker makes one text message: it leads to the page where all of it stands.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import override

from unionbenefits.accounts.actions import queue_message
from unionbenefits.accounts.enums import SmsKind
from unionbenefits.accounts.quiet import held_until
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.workers.enums import ConsentKind, MessageKind, NotTexted
from unionbenefits.workers.message_words import MERGED_SMS, OF_COVER, URGENT, filled, text_of
from unionbenefits.workers.models import Consent, FirstOpening, Message, Worker

# Later than this it is no news; the portal still has it.
STALE_AFTER = dt.timedelta(days=3)
# Rows of a transaction, and rows looked at in one run of the job (every five minutes, a minute of work):
# some 1.5 million in the open hours of a day, more than a gateway takes.
BLOCK, IN_A_RUN = 500, 10_000


@dataclass(frozen=True, slots=True)
class _Person:
    """What decides whether a text message reaches a worker."""

    phone: str | None
    died: bool
    refused: bool
    opened_at: dt.datetime | None


def send_texts(*, by: Actor, limit: int = IN_A_RUN) -> int:
    """Makes text messages of up to about `limit` waiting messages; returns how many text messages.

    None in the quiet hours: they wait. What needs none (see `NotTexted`) is marked with the reason. Whoever
    got the day's number already waits for the next day; what is urgent may go beyond it, up to a number of
    its own. Several workers of this job never take the same rows.
    """
    made, looked_at, behind = 0, 0, 0
    while looked_at < limit and held_until(clock.now()) is None:
        with transaction.atomic():
            block = list(_waiting(clock.now()).filter(pk__gt=behind)[: min(BLOCK, limit - looked_at)])
            if not block:
                break
            behind, looked_at = block[-1].pk, looked_at + len(block)
            made += _text(block, by)
    return made


def _open() -> "QuerySet[Message]":
    waiting = Message.objects.filter(text_wanted=True, texted_at__isnull=True)
    return waiting.select_for_update(skip_locked=True, of=("self",)).order_by("id")


def _waiting(now: dt.datetime) -> "QuerySet[Message]":
    """Of whoever may still get one today. Messages that went together count once."""
    sent = Message.objects.filter(
        worker=OuterRef("worker"), texted_at__gte=clock.start_of_day(now)
    ).order_by()
    times = sent.values("worker").annotate(times=Count("texted_at", distinct=True)).values("times")
    return (
        _open()
        .annotate(today=Coalesce(Subquery(times), Value(0)))
        .filter(
            Q(today__lt=settings.SMS_A_DAY) | Q(kind__in=list(URGENT), today__lt=settings.SMS_A_DAY_URGENT)
        )
    )


def _text(block: Sequence[Message], by: Actor) -> int:
    """One text message for each worker of the block, of everything that waits for that worker."""
    workers = {message.worker_id for message in block}
    people, now = _people(workers), clock.now()
    waiting: dict[int, list[Message]] = defaultdict(list)
    spared: dict[NotTexted, list[int]] = defaultdict(list)
    for message in _open().filter(worker__in=workers):
        reason = _needless(message, people[message.worker_id], now)
        if reason is None:
            waiting[message.worker_id].append(message)
        else:
            spared[reason].append(message.pk)
    for reason, keys in spared.items():
        Message.objects.filter(pk__in=keys).update(text_wanted=False, not_texted=reason)
    for worker, messages in waiting.items():
        sms = queue_message(
            kind=SmsKind.NOTICE,
            phone=people[worker].phone or "",
            text=_words(messages),
            by=by,
            send_until=now + STALE_AFTER,
        )
        Message.objects.filter(pk__in=[one.pk for one in messages]).update(texted_at=now, sms=sms)
    return len(waiting)


def _needless(message: Message, person: _Person, now: dt.datetime) -> NotTexted | None:
    """Why the message needs no text message, or could not have one."""
    opened = message.kind in OF_COVER and person.opened_at and person.opened_at >= message.created_at
    reasons: list[tuple[Any, NotTexted]] = [
        (message.read_at, NotTexted.READ),
        (opened, NotTexted.OPENED),
        (now - message.created_at > STALE_AFTER, NotTexted.STALE),
        (person.died, NotTexted.DIED),
        (not person.phone, NotTexted.NO_PHONE),
        (person.refused, NotTexted.REFUSED),
    ]
    return next((reason for applies, reason in reasons if applies), None)


def _words(messages: Sequence[Message]) -> str:
    """What is urgent in its own words, one kind of news in its own, several in words for all."""
    with override(settings.LANGUAGE_CODE):
        urgent = [one for one in messages if one.kind in URGENT]
        if urgent or len({one.kind for one in messages}) == 1:
            return text_of(MessageKind((urgent or messages)[0].kind))
        return filled(MERGED_SMS, {})


def _people(workers: set[int]) -> dict[int, _Person]:
    refused, opened = _refused(workers), dict(_opened(workers))
    rows = Worker.objects.filter(pk__in=workers).values_list("pk", "phone", "died_on")
    return {pk: _Person(phone, died is not None, pk in refused, opened.get(pk)) for pk, phone, died in rows}


def _opened(workers: set[int]) -> Any:
    return FirstOpening.objects.filter(worker__in=workers).values_list("worker_id", "first_at")


def _refused(workers: set[int]) -> set[int]:
    """Those who withdrew their consent to text messages and did not give it again."""
    last: dict[int, bool] = {}
    given = Consent.objects.filter(worker__in=workers, kind=ConsentKind.MESSAGES).order_by("given_at", "id")
    for worker, withdrawn in given.values_list("worker_id", "withdrawn_at"):
        last[worker] = withdrawn is not None
    return {worker for worker, withdrawn in last.items() if withdrawn}
