"""Changing the phone that opens a worker's page: at the union with the document in hand, or by oneself.

A phone proves possession of a phone and nothing else (case C142). So whoever changes it shows both who one
is (a document in front of an officer, or the old phone) and that one holds the new phone (a code that was
sent to it). The old phone is told, the act is logged with the officer, and every session ends.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from unionbenefits.accounts.actions import Typed, request_code, verify_codes
from unionbenefits.accounts.enums import CodePurpose
from unionbenefits.accounts.models import User
from unionbenefits.accounts.throttling import Limit, hit
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.workers import messages, sign_ins
from unionbenefits.workers.enums import DocumentCheck, MessageKind, PhoneChangedBy, SignInEnd
from unionbenefits.workers.models import PhoneChange, Worker
from unionbenefits.workers.phone_notices import tell_old_phone
from unionbenefits.workers.phones import is_mobile
from unionbenefits.workers.querysets import phone_digest

# A busy desk on a gift day; an officer who needs more is looked at first.
OFFICER_LIMIT = Limit("phone_change.officer.day", 30, dt.timedelta(days=1))
# The old number is known for so long, to be put back when its holder objects.
TAKEN_BACK_WITHIN = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Code:
    """The attempt that a code was sent for, and the digits that came back."""

    token: uuid.UUID
    digits: str


def ask_new_phone_code(*, by: Actor, worker: Worker, phone: str, address: str) -> uuid.UUID:
    """Sends a code to the new phone; returns the attempt, for `change_phone(new=…)`.

    `phone` is normalised (11 digits), `address` where the request comes from. Raises Refusal `phone_invalid`
    or `phone_same`, TooMany for the phone, the person, the address, and for an officer who changes very many.
    """
    if not is_mobile(phone):
        raise Refusal("phone_invalid", _("Type the 11 digits of a mainland mobile phone."))
    _differs(worker, phone)
    if isinstance(by, User):
        hit([(OFFICER_LIMIT, by.audit_name)])
    return _ask(by=by, worker=worker, phone=phone, address=address, purpose=CodePurpose.NEW_PHONE)


def ask_old_phone_code(*, by: Actor, worker: Worker, address: str) -> uuid.UUID:
    """Sends a code to the phone on file; returns the attempt, for `change_phone(old=…)`.

    Raises Refusal `phone_missing` where there is none, TooMany.
    """
    if not worker.phone:
        raise Refusal("phone_missing", _("There is no phone on file. Go to your union with your document."))
    return _ask(by=by, worker=worker, phone=worker.phone, address=address, purpose=CodePurpose.OLD_PHONE)


def change_phone(
    *,
    by: Worker | User,
    worker: Worker,
    phone: str,
    new: Code,
    old: Code | None = None,
    check: DocumentCheck | None = None,
    reason: str = "",
    shared: bool = False,
) -> PhoneChange:
    """Makes `phone` (11 digits, normalised) the worker's, ends all sessions, tells the old phone.

    Two ways. `by` the worker: codes on both phones, `new` and `old`; nothing else. `by` an officer, who has
    made sure that the worker is in scope: `new`, the `check` of the person's document, a `reason`, and
    `shared=True` where another person on file gave the same number and the officer confirmed that this one
    uses it now (the rule `phone_used_by_another` of rosters; the other's file stays as it is).

    The codes are used up only if all are right. Raises Refusal `code_wrong`, `code_burnt`, `code_over` (with
    `details["purpose"]`: CodePurpose.NEW_PHONE or OLD_PHONE), `old_code_missing`, `check_missing`,
    `reason_missing`, `phone_same`, `phone_used_by_another`; PermissionError for another worker.
    """
    through = _way(by, worker, old, check, reason)
    _differs(worker, phone)
    others = Worker.objects.with_phone(phone).exclude(pk=worker.pk).exists()
    doubtful = others and through == PhoneChangedBy.OFFICER and not shared
    _prove(by=by, worker=worker, phone=phone, new=new, old=old, use=not doubtful)
    if doubtful:
        # Told only to somebody with the code in hand: nobody learns from here which numbers are on file.
        raise Refusal(
            "phone_used_by_another",
            _("The mobile number belongs to another worker. Confirm who uses it now."),
        )
    with act("worker.change_phone", by=by) as doing:
        locked: Worker = Worker.objects.select_for_update(no_key=True).get(pk=worker.pk)
        _differs(locked, phone)
        change: PhoneChange = PhoneChange.objects.create(
            worker=locked,
            through=through,
            officer=by if isinstance(by, User) else None,
            check_made=check or "",
            reason=reason.strip(),
            changed_at=clock.now(),
            old_phone=locked.phone,
            new_digest=phone_digest(phone),
            shared=others,
        )
        _write(by=by, worker=locked, phone=phone, change=change)
        doing.about = locked
        doing.data = {"change": change.pk, "through": through.value, "check": change.check_made}
    return change


def take_back(*, by: User, change: PhoneChange, reason: str) -> PhoneChange:
    """Puts the former number back where its holder objects, and ends every session of the new one.

    By another officer than the one who made the change, who has made sure that the person is in scope.
    Raises Refusal `reason_missing`, `taken_back_already`, `own_change`, `old_phone_gone` (wiped after
    TAKEN_BACK_WITHIN, or there was none), `phone_changed_again`.
    """
    if not reason.strip():
        raise Refusal("reason_missing", _("Write down who objected, and how you made sure."))
    with act("worker.take_back_phone", by=by) as doing:
        worker: Worker = Worker.objects.select_for_update(no_key=True).get(pk=change.worker_id)
        locked: PhoneChange = PhoneChange.objects.select_for_update().get(pk=change.pk)
        former = _former(by, worker, locked)
        locked.taken_back_at, locked.taken_back_by = clock.now(), by
        locked.taken_back_reason = reason.strip()
        locked.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason"])
        _write(by=by, worker=worker, phone=former, change=locked, about="back")
        doing.about = worker
        doing.data = {"change": locked.pk}
    return locked


def examine(*, by: User, change: PhoneChange) -> PhoneChange:
    """A superior has looked at an unusual change and asked the officer; it no longer waits for anybody.

    Somebody else than the officer, who has made sure that the person is in scope. Examining again changes
    nothing. Raises Refusal `own_change`.
    """
    if change.officer_id == by.pk:
        raise Refusal("own_change", _("You made this change yourself: a colleague has to look at it."))
    with act("worker.examine_phone_change", by=by) as doing:
        locked: PhoneChange = PhoneChange.objects.select_for_update().get(pk=change.pk)
        if locked.examined_at is None:
            locked.examined_at, locked.examined_by = clock.now(), by
            locked.save(update_fields=["examined_at", "examined_by"])
        doing.about, doing.data = locked, {"change": locked.pk}
    return locked


def forget_old_phones(*, by: Actor) -> int:
    """Wipes the former numbers of changes that can no longer be taken back; returns how many."""
    past = PhoneChange.objects.filter(old_phone__isnull=False, changed_at__lt=clock.now() - TAKEN_BACK_WITHIN)
    with act("worker.forget_old_phones", by=by) as doing:
        doing.data = {"wiped": past.update(old_phone=None)}
    return int(doing.data["wiped"])


def _former(by: User, worker: Worker, change: PhoneChange) -> str:
    """The number to put back, once nothing speaks against it."""
    if change.taken_back_at is not None:
        raise Refusal("taken_back_already", _("This change was taken back already."))
    if change.officer_id == by.pk:
        raise Refusal("own_change", _("You made this change yourself: a colleague has to take it back."))
    if change.old_phone is None:
        raise Refusal(
            "old_phone_gone",
            _("The former number is no longer kept. Change the phone with the document in hand instead."),
        )
    if bytes(worker.phone_digest or b"") != bytes(change.new_digest):
        raise Refusal(
            "phone_changed_again", _("The number was changed again since. Look at the newest change.")
        )
    former: str = change.old_phone
    return former


def _ask(*, by: Actor, worker: Worker, phone: str, address: str, purpose: CodePurpose) -> uuid.UUID:
    # Counted by person and purpose in place of a document, so that it never eats up the tries of sign-in.
    return request_code(
        subject=str(worker.pk),
        document=f"{purpose}:{worker.pk}",
        phone=phone,
        address=address,
        by=by,
        purpose=purpose,
    )


def _way(
    by: Worker | User, worker: Worker, old: Code | None, check: DocumentCheck | None, reason: str
) -> PhoneChangedBy:
    if isinstance(by, Worker):
        if by.pk != worker.pk:
            raise PermissionError("a worker changes only the own phone")
        if old is None:
            raise Refusal("old_code_missing", _("Type the code that was sent to the phone on file."))
        return PhoneChangedBy.WORKER
    if check is None:
        raise Refusal("check_missing", _("Say how you checked the document."))
    if not reason.strip():
        raise Refusal("reason_missing", _("Write down why the number changes."))
    return PhoneChangedBy.OFFICER


def _prove(*, by: Actor, worker: Worker, phone: str, new: Code, old: Code | None, use: bool) -> None:
    """Looks at the codes, which must have been sent to these phones for this worker, and uses them up."""
    whom = str(worker.pk)
    typed = [Typed(new.token, new.digits, CodePurpose.NEW_PHONE, whom, phone_digest(phone))]
    if old is not None:
        on_file = bytes(worker.phone_digest or b"")
        typed.insert(0, Typed(old.token, old.digits, CodePurpose.OLD_PHONE, whom, on_file))
    verify_codes(typed=typed, by=by, use=use)


def _differs(worker: Worker, phone: str) -> None:
    if bytes(worker.phone_digest or b"") == phone_digest(phone):
        raise Refusal("phone_same", _("This number is on file already. There is nothing to change."))


def _write(*, by: Actor, worker: Worker, phone: str, change: PhoneChange, about: str = "") -> None:
    """The new number on file, sessions ended, told in the portal and to the phone that lost it."""
    former = worker.phone
    worker.phone, worker.phone_digest = phone, phone_digest(phone)
    worker.save(update_fields=["phone", "phone_digest"])
    sign_ins.end_all(by=by, worker=worker, why=SignInEnd.PHONE)
    told = messages.Told(worker.pk, f"phonechange:{change.pk}{about}")
    messages.tell(kind=MessageKind.PHONE_CHANGED, to=[told], text=False)
    if former:
        tell_old_phone(by=by, phone=former)
