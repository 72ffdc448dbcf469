"""What became of text messages to workers: lists and counts for officers."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import override

from unionbenefits.accounts.enums import SmsState
from unionbenefits.core import clock
from unionbenefits.workers.enums import MessageKind
from unionbenefits.workers.message_words import SAMPLES, URGENT, WORDS, filled, text_of
from unionbenefits.workers.models import Message

SHOWN_DAYS = 30
WAITING, SPARED = "waiting", "spared"
# A text message with a Chinese letter in it holds 70 characters; of a longer one each part holds 67. The
# gateway's signature is Chinese, so this is true of English ones too.
ALONE, IN_PARTS = 70, 67
_OF_CLAIMS = frozenset(
    kind for kind in MessageKind if kind.value.startswith(("claim_", "appeal_", "payment_"))
)


def kinds_seen(sees_claims: bool) -> list[MessageKind]:
    """Kinds of which a list may speak: that a claim was decided says that somebody was in hospital."""
    return [kind for kind in MessageKind if sees_claims or kind not in _OF_CLAIMS]


def texts(messages: "QuerySet[Any]", state: str = "") -> "QuerySet[Any]":
    """Of messages in scope those of the last 30 days that were to be texted; of one state where it is named:
    an `SmsState`, `waiting` for the morning or the next day, or `spared` with a reason.
    """
    since = clock.now() - dt.timedelta(days=SHOWN_DAYS)
    found = messages.filter(created_at__gte=since).filter(
        Q(text_wanted=True) | Q(texted_at__isnull=False) | ~Q(not_texted="")
    )
    if state == WAITING:
        found = found.filter(text_wanted=True, texted_at__isnull=True)
    elif state == SPARED:
        found = found.exclude(not_texted="")
    elif state:
        # The second condition leads to an index: failed ones are few.
        found = found.filter(sms__state=state, texted_at__gte=since)
    return found.select_related("worker", "sms")


def state_of(message: Message) -> str:
    """The state of `texts` in which the message stands; `SmsState.SENT` where the trace is gone by now."""
    if message.not_texted:
        return SPARED
    if message.texted_at is None:
        return WAITING
    return message.sms.state if message.sms is not None else SmsState.SENT


@dataclass(frozen=True, slots=True)
class Said:
    """A template in one language: heading and text of the portal, the text message and its parts."""

    language: str
    heading: str
    text: str
    sms: str
    length: int
    parts: int


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of message: when it comes about, how it is said, whether it may be a second one on a day, and
    how many were texted in the last 30 days.
    """

    kind: MessageKind
    when: str | Promise
    said: tuple[Said, ...]
    urgent: bool
    texted: int


def templates(messages: "QuerySet[Any]") -> list[Template]:
    """Every kind, with counts of these messages, which are those in scope; one query."""
    since = clock.now() - dt.timedelta(days=SHOWN_DAYS)
    counted = messages.filter(texted_at__gte=since)
    texted = dict(counted.order_by().values_list("kind").annotate(rows=Count("pk")))
    return [
        Template(
            kind=kind,
            when=WORDS[kind].when,
            said=tuple(_said(kind, code) for code, _name in settings.LANGUAGES),
            urgent=kind in URGENT,
            texted=texted.get(kind.value, 0),
        )
        for kind in MessageKind
    ]


def _said(kind: MessageKind, language: str) -> Said:
    with override(language):
        words, sms = WORDS[kind], text_of(kind)
        return Said(
            language=language,
            heading=filled(words.heading, SAMPLES),
            text=filled(words.text, SAMPLES),
            sms=sms,
            length=len(sms),
            parts=parts_of(sms),
        )


def parts_of(text: str) -> int:
    """Into how many parts a network cuts the text, without the gateway's signature."""
    return 1 if len(text) <= ALONE else -(-len(text) // IN_PARTS)
