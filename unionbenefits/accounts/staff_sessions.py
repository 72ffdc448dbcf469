"""The session of a member of staff: when it began and was used, what proves who is there, when it ends.

Kept beside Django's own keys in the session. However somebody was signed in, `begin` ran (accounts.apps).
"""

import datetime as dt
from typing import Any, TypedDict, cast

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext as _

from unionbenefits.accounts import notices
from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal

_KEY = "staff"
# The time of the last page is written down at most this often: reading stays reading.
_SEEN_EVERY = 60


class _Held(TypedDict):
    """Times in seconds since the epoch. `factor`: the second factor that was shown, empty for none."""

    began: float
    seen: float
    proved: float
    factor: str
    rights: float


def begin(request: HttpRequest, **_signal: Any) -> None:
    """Starts the times of a session that was just signed in."""
    now = _now()
    request.session[_KEY] = _Held(began=now, seen=now, proved=now, factor="", rights=now)


def is_over(request: HttpRequest) -> bool:
    """Whether nobody asked for too long, it began too long ago, or it is no session of staff at all."""
    held = _held(request)
    if held is None:
        return True
    now, idle = _now(), settings.STAFF_IDLE_MINUTES * 60
    return (
        bool(idle and now - held["seen"] >= idle)
        or now - held["began"] >= settings.STAFF_SESSION_HOURS * 3600
    )


def touch(request: HttpRequest) -> None:
    """Notes that somebody is there."""
    held = _held(request)
    if held is not None and _now() - held["seen"] >= _SEEN_EVERY:
        request.session[_KEY] = held | {"seen": _now()}


def factor_shown(request: HttpRequest) -> str:
    """Which second factor was shown in this session; empty for none."""
    held = _held(request)
    return held["factor"] if held else ""


def is_fresh(request: HttpRequest) -> bool:
    """Whether the last proof is young enough for an approval, a reveal or an export."""
    held, minutes = _held(request), settings.PROOF_MINUTES
    return not minutes or (held is not None and _now() - held["proved"] < minutes * 60)


def prove(request: HttpRequest, *, factor: str = "") -> None:
    """Notes a proof of now under a new session key; with `factor`, that this second factor was shown."""
    held = _held(request)
    if held is not None:
        request.session.cycle_key()
        request.session[_KEY] = held | {"proved": _now(), "factor": factor or held["factor"]}


def follow_rights(request: HttpRequest, user: User) -> None:
    """After the person's rights changed: a new session key, and approvals ask for a proof again."""
    held = _held(request)
    changed = user.rights_changed_at
    if held is not None and changed is not None and held["rights"] < changed.timestamp():
        request.session.cycle_key()
        request.session[_KEY] = held | {"rights": _now(), "proved": 0.0}


def note_rights(users: list[int]) -> None:
    """What these users (keys) may do was just changed: their sessions follow at the next page."""
    User.objects.filter(pk__in=users).update(rights_changed_at=clock.now())


def end_by_other(*, by: Actor, user: User, reason: str) -> None:
    """As `end_sessions`, by an administrator. Raises Refusal `reason_missing`."""
    if not reason.strip():
        raise Refusal("reason_missing", _("Write why the person is signed out everywhere."))
    end_sessions(by=by, user=user, reason=reason.strip())


def end_sessions(*, by: Actor, user: User, reason: str = "") -> None:
    """Ends every session of `user` everywhere; the person is told where somebody else did it."""
    with act("user.sessions_end", by=by) as doing:
        next_round(user)
        if user.audit_name != by.audit_name:
            notices.tell(user, notices.SIGNED_OUT, by=by, reason=reason)
        doing.about, doing.data = user, ({"reason": reason[:200]} if reason else {})


def end_other_sessions(request: HttpRequest, user: User) -> None:
    """Ends one's own sessions everywhere but here; here the session key is new."""
    with transaction.atomic():
        end_sessions(by=user, user=user)
        keep_here(request, user)


def keep_here(request: HttpRequest, user: User) -> None:
    """Binds this session to the user as it now is, after a change that ended the others."""
    update_session_auth_hash(request, user)


def next_round(user: User) -> None:
    """Voids what sessions are bound to; within a verb's transaction."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])


def left(request: HttpRequest) -> dt.timedelta:
    """How long this session lasts at most."""
    held = _held(request)
    end = (held["began"] if held else _now()) + settings.STAFF_SESSION_HOURS * 3600
    return dt.timedelta(seconds=max(0.0, end - _now()))


def _held(request: HttpRequest) -> _Held | None:
    return cast("_Held | None", request.session.get(_KEY))


def _now() -> float:
    return clock.now().timestamp()
