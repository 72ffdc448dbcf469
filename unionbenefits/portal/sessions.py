"""The session of a signed-in worker: begun with a new key, ended when idle, when old, and by one tap.

One browser session belongs to one person: signing in as a worker ends whatever was there before, an officer's
session at the staff panel included.
"""

import datetime as dt
from typing import TypedDict, cast

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from unionbenefits.core import clock
from unionbenefits.workers.models import Worker
from unionbenefits.workers.queries import worker_signed_in

# A shift's worth. A phone that was lent or lost opens nothing tomorrow.
ABSOLUTE_END = dt.timedelta(hours=8)
# Long enough to fetch a hospital statement from the other room, short enough for a shared phone.
IDLE_END = dt.timedelta(minutes=30)
# The time of the last page is written down at most this often: reading stays reading.
_SEEN_EVERY = dt.timedelta(minutes=1)

_KEY = "worker"


class _Held(TypedDict):
    worker: int
    phone: str
    began: float
    seen: float


def begin(request: HttpRequest, worker: Worker) -> None:
    """Signs the worker in on this browser, under a new session key and with nothing kept from before."""
    request.session.flush()
    now = clock.now().timestamp()
    request.session[_KEY] = _Held(
        worker=worker.pk, phone=bytes(worker.phone_digest or b"").hex(), began=now, seen=now
    )


def end(request: HttpRequest) -> None:
    """Signs out: the session and everything in it is gone, here and in the database."""
    request.session.flush()


def current_worker(request: HttpRequest) -> Worker | None:
    """The signed-in worker. Ends a session that is over or whose phone left the person's file (C142)."""
    held = _held(request)
    if held is None:
        return None
    worker = None
    if _is_open(held):
        worker = worker_signed_in(worker_id=held["worker"], phone_digest=bytes.fromhex(held["phone"]))
    if worker is None:
        end(request)
        messages.info(request, _("You were signed out to protect your data. Please sign in again."))
        return None
    now = clock.now().timestamp()
    if now - held["seen"] >= _SEEN_EVERY.total_seconds():
        request.session[_KEY] = held | {"seen": now}
    return worker


def _held(request: HttpRequest) -> _Held | None:
    return cast("_Held | None", request.session.get(_KEY))


def _is_open(held: _Held) -> bool:
    now = clock.now().timestamp()
    return (
        now - held["began"] < ABSOLUTE_END.total_seconds() and now - held["seen"] < IDLE_END.total_seconds()
    )
