"""One-time codes by SMS: asking for one and proving it.

A code proves possession of a phone and nothing else (case C142): whom it opens is decided by the caller
before the code is made, from a document and a phone that belong to the same person, and looked at again when
it is used.
"""

import datetime as dt
import hmac
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from unionbenefits.accounts.enums import CodePurpose, SmsKind, SmsState
from unionbenefits.accounts.models import SmsCode, SmsMessage, Throttle
from unionbenefits.accounts.throttling import Limit, forget, hit
from unionbenefits.audit.actions import record
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock, jobs
from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.core.errors import Refusal

SEND_TASK = "accounts.send_message"
# A code is what somebody waits for with the phone in the hand: it goes before all other jobs.
SEND_PRIORITY = 100

# Long enough for a slow network and slow reading, short enough that a code seen on a lock screen is soon
# worthless.
CODE_LIFETIME = dt.timedelta(minutes=10)
# Counted on the code itself, from whatever address: five tries of a million leave a guess at 0.0005 %.
MAX_TRIES = 5

_HOUR, _DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
# Somebody who guesses documents for a phone, or phones for a document, is stopped soon (case C142: three,
# then locked for that pair); a person whose message is slow gets two more before a pause. A sign-in opens it
# again.
PAIR_LIMIT = Limit("code.pair", 3, dt.timedelta(minutes=30))
# A day's worth of codes for one phone or document allows 50 guesses in a million, and bounds what a
# prankster can send to a stranger. Nobody signs in more than ten times a day: a session lasts a shift.
PHONE_LIMITS = (Limit("code.phone.hour", 5, _HOUR), Limit("code.phone.day", 10, _DAY))
DOCUMENT_LIMITS = (Limit("code.document.hour", 5, _HOUR), Limit("code.document.day", 10, _DAY))
# Generous: a whole delivery station sits behind one address on a gift day, a mobile network puts thousands
# there. It bounds only the cost of a flood; the limits above guard the persons.
ADDRESS_LIMITS = (Limit("code.address.hour", 120, _HOUR), Limit("code.address.day", 1200, _DAY))

# Network logs are kept for at least six months (domain §6, 网络安全法); no longer than needed after that.
TRACES_KEPT = dt.timedelta(days=190)


# A message says which act its code allows, so that nobody is talked out of it for another.
TEXTS: dict[CodePurpose, str | Promise] = {
    CodePurpose.SIGN_IN: gettext_lazy(
        "%(code)s is your sign-in code. It works for 10 minutes. Give it to nobody."
    ),
    CodePurpose.NEW_PHONE: gettext_lazy(
        "%(code)s makes this number the one for your union benefits page. It works for 10 minutes. "
        "Show it only to the union officer in front of you."
    ),
    CodePurpose.OLD_PHONE: gettext_lazy(
        "%(code)s takes this number off your union benefits page. It works for 10 minutes. Give it to nobody."
    ),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed as the code of an attempt, and what that attempt must have been made for.

    `subject` and `phone_digest`, where given, must be those that the code was asked for.
    """

    token: uuid.UUID
    code: str
    purpose: CodePurpose = CodePurpose.SIGN_IN
    subject: str | None = None
    phone_digest: bytes | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A used code: whom it was made for, and the digests of what was typed when it was asked for."""

    subject: str
    document_digest: bytes
    phone_digest: bytes


class CodeOver(Refusal):
    """The attempt is used, expired, or never was."""

    def __init__(self, **details: Any) -> None:
        super().__init__("code_over", _("This code is no longer valid. Ask for a new one."), **details)


def request_code(
    *,
    subject: str,
    document: str,
    phone: str,
    address: str,
    by: Actor,
    purpose: CodePurpose = CodePurpose.SIGN_IN,
) -> uuid.UUID:
    """Makes a code and queues its message; returns the attempt that it is bound to.

    `subject` names whom it opens, empty for nobody: the same rows are written and the same job is queued
    then, but nothing is sent, and no digits open it. `document` and `phone` are normalised. The message is
    in the active language. Raises TooMany.
    """
    now = clock.now()
    token, digits = uuid.uuid4(), f"{secrets.randbelow(1_000_000):06}"
    made = SmsCode(
        token=token,
        purpose=purpose,
        subject=subject,
        document_digest=_digest(document, "document.number"),
        phone_digest=_digest(phone, "phone"),
        address_digest=_digest(address, "address"),
        code_digest=_code_digest(token, digits),
        created_at=now,
        expires_at=now + CODE_LIFETIME,
    )
    text = TEXTS[purpose] % {"code": digits}
    with transaction.atomic():
        _count(made, document=document, phone=phone, address=address)
        made.save(force_insert=True)
        queue_message(
            kind=SmsKind.CODE,
            phone=phone if subject else "",
            text=text if subject else "",
            send_until=made.expires_at,
            by=by,
        )
    return token


def queue_message(
    *, kind: SmsKind, phone: str, text: str, by: Actor, send_until: dt.datetime | None = None
) -> SmsMessage:
    """Stores a message and queues the job that sends it once the transaction has committed.

    Without a phone it is withheld: stored and queued like any other, never sent. `text` holds no personal
    data beyond a code.
    """
    message = SmsMessage.objects.create(
        kind=kind,
        phone=phone,
        text=text,
        state=SmsState.QUEUED if phone else SmsState.WITHHELD,
        made_by=by.audit_name,
        created_at=clock.now(),
        send_until=send_until,
    )
    queue_sending(message)
    return message


def queue_sending(message: SmsMessage, *, not_before: dt.datetime | None = None) -> None:
    """Queues the job that hands the message over, at once or from a time on."""
    jobs.enqueue(
        SEND_TASK,
        key=f"sms:{message.key}",
        priority=SEND_PRIORITY if message.kind == SmsKind.CODE else 0,
        not_before=not_before,
        message_id=message.pk,
    )


def verify_code(*, token: uuid.UUID, code: str, by: Actor) -> Proof:
    """Uses up the sign-in code of this attempt.

    Raises Refusal `code_wrong` (with the tries left), `code_burnt` after the fifth wrong one, `code_over`
    where it was used, has expired, never was, or was made for another purpose. The work and the answers are
    the same for an attempt that opens nobody.
    """
    return verify_codes(typed=[Typed(token, code)], by=by)[0]


def verify_codes(*, typed: Sequence[Typed], by: Actor, use: bool = True) -> list[Proof]:
    """Uses up all these codes or none: each counts its try, and where one is wrong the right ones stay good.

    With `use=False` all of them stay good: something is still to be confirmed. Raises the Refusal of the
    first wrong one, as `verify_code`; `details["purpose"]` says which that is.
    """
    with transaction.atomic():
        known = {
            code.token: code
            for code in SmsCode.objects.select_for_update()
            .filter(token__in=[one.token for one in typed])
            .order_by("token")
        }
        refusals = [_try(known.get(one.token), one, by) for one in typed]
        refusal = next(filter(None, refusals), None)
        if refusal is None:
            return [_proof(known[one.token], use=use) for one in typed]
    # Raised outside the transaction: the counted tries must stay.
    raise refusal


def purge_traces(*, by: Actor) -> int:
    """Removes codes, messages and counters that are past keeping; returns how many rows."""
    before = clock.now() - TRACES_KEPT
    with transaction.atomic():
        gone = [
            SmsCode.objects.filter(created_at__lt=before).delete()[0],
            SmsMessage.objects.filter(created_at__lt=before).delete()[0],
            Throttle.objects.filter(window_ends_at__lt=clock.now() - _DAY).delete()[0],
        ]
        if any(gone):
            record("accounts.purge_traces", by=by, codes=gone[0], messages=gone[1], throttles=gone[2])
    return sum(gone)


def _try(known: SmsCode | None, typed: Typed, by: Actor) -> Refusal | None:
    """Counts this try; returns what to refuse unless it opens the attempt."""
    named = {"purpose": typed.purpose}
    if known is None or not _is_meant(known, typed) or known.used_at or known.expires_at <= clock.now():
        return CodeOver(**named)
    if known.tries >= MAX_TRIES:
        return _burnt(**named)
    known.tries += 1
    known.save(update_fields=["tries"])
    right = hmac.compare_digest(bytes(known.code_digest), _code_digest(known.token, typed.code))
    if right and known.subject:
        return None
    left = MAX_TRIES - known.tries
    if left == 0:
        record("accounts.code_burnt", by=by, attempt=str(known.token))
        return _burnt(**named)
    return Refusal(
        "code_wrong",
        ngettext(
            "This code is not right. Look at the newest message again. You have %(left)s more try.",
            "This code is not right. Look at the newest message again. You have %(left)s more tries.",
            left,
        )
        % {"left": left},
        left=left,
        **named,
    )


def _is_meant(known: SmsCode, typed: Typed) -> bool:
    return (
        known.purpose == typed.purpose
        and typed.subject in (None, known.subject)
        and typed.phone_digest in (None, bytes(known.phone_digest))
    )


def _proof(known: SmsCode, *, use: bool) -> Proof:
    if use:
        known.used_at = clock.now()
        known.save(update_fields=["used_at"])
        forget(PAIR_LIMIT, _pair(known))
    return Proof(known.subject, bytes(known.document_digest), bytes(known.phone_digest))


def _count(made: SmsCode, *, document: str, phone: str, address: str) -> None:
    hit(
        [
            (PAIR_LIMIT, _pair(made)),
            *((limit, phone) for limit in PHONE_LIMITS),
            *((limit, document) for limit in DOCUMENT_LIMITS),
            *((limit, address) for limit in ADDRESS_LIMITS),
        ]
    )


def _burnt(**details: Any) -> Refusal:
    said = _("Five wrong codes: this one is now blocked. Ask for a new code.")
    return Refusal("code_burnt", said, **details)


def _digest(text: str, purpose: str) -> bytes:
    return keyring().digest(text, purpose)


def _code_digest(token: uuid.UUID, code: str) -> bytes:
    """Keyed, and bound to the attempt: a code read from a dump or meant for another attempt is worthless."""
    return _digest(f"{token}\x00{code}", "sms.code")


def _pair(code: SmsCode) -> str:
    return f"{bytes(code.document_digest).hex()}:{bytes(code.phone_digest).hex()}"
