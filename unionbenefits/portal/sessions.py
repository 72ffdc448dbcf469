"""The session of a signed-in worker: begun with a new key, ended when idle, when old, and by one tap.

One browser session belongs to one person: signing in as a worker ends whatever was there before, an officer's
session at the staff panel included.
"""

from typing import TypedDict, cast

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from unionbenefits.core import clock
from unionbenefits.core.addresses import client_address
from unionbenefits.core.masking import mask_address
from unionbenefits.portal.devices import device_of
from unionbenefits.workers import sign_ins
from unionbenefits.workers.enums import SignInEnd
from unionbenefits.workers.models import Worker
from unionbenefits.workers.sign_ins import ABSOLUTE_END, IDLE_END

# The time of the last page is written down at most this often: reading stays reading.
_SEEN_EVERY = 60.0

_KEY = "worker"


class _Held(TypedDict):
    worker: int
    sign_in: int
    began: float
    seen: float


def begin(request: HttpRequest, worker: Worker) -> None:
    """Signs the worker in on this browser, under a new session key and with nothing kept from before."""
    _leave(request, SignInEnd.REPLACED)
    made = sign_ins.begin(
        worker=worker,
        device=device_of(request.headers.get("User-Agent", "")),
        address=mask_address(client_address(request)),
    )
    now = clock.now().timestamp()
    request.session[_KEY] = _Held(worker=worker.pk, sign_in=made.pk, began=now, seen=now)


def end(request: HttpRequest) -> None:
    """Signs out: the session and everything in it is gone, here and in the database."""
    _leave(request, SignInEnd.SIGNED_OUT)


def end_elsewhere(request: HttpRequest, worker: Worker) -> int:
    """Signs the worker out everywhere but here; returns how many sessions that ended."""
    return sign_ins.end_all(by=worker, worker=worker, why=SignInEnd.ELSEWHERE, spare=here(request))


def end_everywhere(request: HttpRequest, worker: Worker) -> None:
    """Signs the worker out everywhere, here too."""
    sign_ins.end_all(by=worker, worker=worker, why=SignInEnd.ELSEWHERE)
    request.session.flush()


def here(request: HttpRequest) -> int:
    """The sign-in that this browser holds; 0 for none."""
    held = _held(request)
    return 0 if held is None else held.get("sign_in", 0)


def current_worker(request: HttpRequest) -> Worker | None:
    """The signed-in worker. Ends a session that is over, was ended from elsewhere, or whose phone left the
    person's file (C142).
    """
    held = _held(request)
    if held is None:
        return None
    over = _over(held)
    worker = None if over else sign_ins.signed_in(sign_in=here(request), worker=held["worker"])
    if worker is None:
        _leave(request, over or SignInEnd.PHONE)
        messages.info(request, _("You were signed out to protect your data. Please sign in again."))
        return None
    now = clock.now().timestamp()
    if now - held["seen"] >= _SEEN_EVERY:
        request.session[_KEY] = held | {"seen": now}
        sign_ins.seen(sign_in=held["sign_in"])
    return worker


def holder(request: HttpRequest) -> int | None:
    """The key of the worker whose session this browser holds, whether it is still open or not."""
    held = _held(request)
    return None if held is None else held["worker"]


def _held(request: HttpRequest) -> _Held | None:
    return cast("_Held | None", request.session.get(_KEY))


def _over(held: _Held) -> SignInEnd | None:
    """Why the session is over by the clock; None while it is not."""
    now = clock.now().timestamp()
    if now - held["began"] >= ABSOLUTE_END.total_seconds():
        return SignInEnd.OLD
    return SignInEnd.IDLE if now - held["seen"] >= IDLE_END.total_seconds() else None


def _leave(request: HttpRequest, why: SignInEnd) -> None:
    """Empties the session under a new key; what it was signed in with is over."""
    if here(request):
        sign_ins.end(sign_in=here(request), why=why)
    request.session.flush()
