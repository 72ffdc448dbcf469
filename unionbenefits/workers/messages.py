"""Telling workers in the portal, and what they have read. `workers.texting` sends the text messages."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from unionbenefits.core import clock
from unionbenefits.workers.enums import MessageKind
from unionbenefits.workers.message_words import WORDS, Words, filled
from unionbenefits.workers.models import Message, Worker

AT_ONCE = 2_000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Told:
    """One worker to tell something about `about` (such as coverage:12), with the values of the words."""

    worker_id: int
    about: str
    params: dict[str, Any] = field(default_factory=dict)


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
    values = {name: _shown(value) for name, value in message.params.items()}
    heading, text, sms = (filled(one, values) for one in (words.heading, words.text, words.sms))
    return Words(heading, text, sms, words.when)


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
