"""Where a worker is signed in: written down at sign-in, looked up at every page, ended from anywhere."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from unionbenefits.accounts.actions import TRACES_KEPT
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.workers.enums import Device, SignInEnd
from unionbenefits.workers.models import SignIn, Worker
from unionbenefits.workers.openings import note_opening

# A shift's worth. A phone that was lent or lost opens nothing tomorrow.
ABSOLUTE_END = dt.timedelta(hours=8)
# Long enough to fetch a hospital statement from the other room, short enough for a shared phone.
IDLE_END = dt.timedelta(minutes=30)

_SIGNED_IN = """
SELECT w.id, w.name, w.phone_digest
FROM workers_signin s
JOIN workers_worker w ON w.id = s.worker_id AND w.phone_digest = s.phone_digest
WHERE s.id = %s AND s.worker_id = %s AND s.ended_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A sign-in as its owner sees it; `end` says in words why it is over, and is empty while it is open."""

    sign_in: SignIn
    is_here: bool
    end: str

    @property
    def is_open(self) -> bool:
        """Whether it still opens pages."""
        return not self.end


def begin(*, worker: Worker, device: Device, address: str) -> SignIn:
    """Writes down that this worker has just signed in. `address` is masked by the caller."""
    now = clock.now()
    note_opening(worker=worker)
    return SignIn.objects.create(
        worker=worker,
        phone_digest=bytes(worker.phone_digest or b""),
        device=device,
        address=address,
        began_at=now,
        seen_at=now,
    )


def signed_in(*, sign_in: int, worker: int) -> Worker | None:
    """The worker of an open sign-in, unless the phone that opened it is no longer theirs (case C142).

    Every page of a worker asks this, so it loads no more than a page greets with: other fields, such as the
    sealed phone, come when they are asked for.
    """
    return next(iter(Worker.objects.raw(_SIGNED_IN, [sign_in, worker])), None)


def seen(*, sign_in: int) -> None:
    """Notes that a page was opened now."""
    SignIn.objects.filter(pk=sign_in).update(seen_at=clock.now())


def end(*, sign_in: int, why: SignInEnd) -> bool:
    """Ends one sign-in; False where it was over."""
    return _end(SignIn.objects.filter(pk=sign_in), why) == 1


def end_all(*, by: Actor, worker: Worker, why: SignInEnd, spare: int | None = None) -> int:
    """Ends every session of the worker at once, `spare` excepted; returns how many were open.

    For “sign out everywhere”, a changed phone, a person who was merged into another or erased.
    """
    with act("worker.end_sign_ins", by=by) as doing:
        ended = _end(SignIn.objects.filter(worker=worker).exclude(pk=spare), why)
        doing.about = worker
        doing.data = {"ended": ended, "why": why.value}
    return ended


def recent(worker: Worker, *, here: int, limit: int) -> list[Place]:
    """The worker's sign-ins, the newest first."""
    found = SignIn.objects.filter(worker=worker).order_by("-pk")[:limit]
    return [Place(one, one.pk == here, _ended(one, worker)) for one in found]


def purge(*, by: Actor) -> int:
    """Removes sign-ins that are past keeping (half a year, domain §6); returns how many."""
    old = SignIn.objects.filter(began_at__lt=clock.now() - TRACES_KEPT)
    if not old.exists():
        return 0
    with act("worker.purge_sign_ins", by=by) as doing:
        gone = old.delete()[0]
        doing.data = {"removed": gone}
    return gone


def _end(which: "QuerySet[SignIn]", why: SignInEnd) -> int:
    return which.filter(ended_at__isnull=True).update(ended_at=clock.now(), end=why)


def _ended(one: SignIn, worker: Worker) -> str:
    """Why it is over. Nobody writes down the end of a session that was simply left."""
    now = clock.now()
    if one.ended_at is not None:
        return one.get_end_display()
    if bytes(one.phone_digest) != bytes(worker.phone_digest or b""):
        return str(SignInEnd.PHONE.label)
    if now - one.seen_at >= IDLE_END:
        return str(SignInEnd.IDLE.label)
    return str(SignInEnd.OLD.label) if now - one.began_at >= ABSOLUTE_END else ""
