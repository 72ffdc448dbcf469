"""What the log tells a person about the own sign-in."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from unionbenefits.accounts.models import User
from unionbenefits.audit.models import Entry

_SHOWN = 12
_IN, _FAILED = "user.sign_in", "user.sign_in_failed"


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in or failed try: when, from where (an address), with what (empty: it failed)."""

    at: dt.datetime
    where: str
    factor: str


def recent_sign_ins(user: User) -> list[SignIn]:
    """The newest sign-ins and failed tries of a member of staff, from the audit log."""
    mine = Q(object_type=user._meta.label_lower, object_id=str(user.pk), action__in=(_IN, _FAILED))
    return [
        SignIn(
            at=entry.at,
            where=entry.origin.removeprefix("address:"),
            factor=str(entry.data.get("with", "")) if entry.action == _IN else "",
        )
        for entry in Entry.objects.filter(mine).order_by("-id")[:_SHOWN]
    ]
