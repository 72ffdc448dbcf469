"""Erasing a person (PIPL art. 47): obstacles first, vouchers sealed apart, everything else overwritten.

What accounting law keeps (会计档案管理办法 2015: vouchers 30 years) is taken out of the register into one
sealed text that no screen opens; the ledger, decisions' amounts, history and the audit chain stay valid. Each
app says in its own `erasing.py` what stands in the way, what a voucher is, and how its rows are overwritten.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.models import Erasure, IdentityDocument, Worker


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a person cannot be erased now, and until when if that is known."""

    code: str
    text: str | Promise
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Voucher:
    """Something paid or given to the person on a day, as an auditor must be able to read it."""

    day: dt.date
    facts: dict[str, Any] = field(repr=False)


Obstacles = Callable[[int], Iterable[Obstacle]]
Vouchers = Callable[[int], Iterable[Voucher]]
Eraser = Callable[[int], None]
_obstacles: list[Obstacles] = []
_vouchers: list[Vouchers] = []
_erasers: list[Eraser] = []


def stands_in_the_way(found: Obstacles) -> Obstacles:
    """Registers what looks for obstacles."""
    _obstacles.append(found)
    return found


def is_voucher(found: Vouchers) -> Vouchers:
    """Registers what reads vouchers; called before anything is erased."""
    _vouchers.append(found)
    return found


def erases(eraser: Eraser) -> Eraser:
    """Registers what overwrites an app's rows of the worker, within the transaction of the erasure."""
    _erasers.append(eraser)
    return eraser


def obstacles_to(worker_id: int) -> list[Obstacle]:
    """Everything that stands in the way, in words. Empty where the person can be erased."""
    return [one for look in _obstacles for one in look(worker_id)]


def kept_until(vouchers: Iterable[Voucher]) -> dt.date | None:
    """Until when the vouchers have to be kept; None where there are none.

    Counted from the end of the year of the last one (会计档案管理办法 art. 14).
    """
    days = [one.day for one in vouchers]
    return dt.date(max(days).year + settings.RETENTION["voucher_years"], 12, 31) if days else None


def vouchers_of(worker_id: int) -> list[Voucher]:
    """What was paid or given to the person, by the apps that know."""
    return sorted((one for read in _vouchers for one in read(worker_id)), key=lambda one: one.day)


def erase(*, by: Actor, worker: Worker, reason: str) -> Erasure:
    """Overwrites the person everywhere, history included, so that the number can be enrolled anew.

    Erased already = nothing. Raises Refusal `reason_missing`, or `erasure_held` with `details["obstacles"]`
    while cover, claims, payments or an open campaign need the person.
    """
    if not reason.strip():
        raise Refusal("reason_missing", _("Write down why."))
    with act("worker.erase", by=by) as doing:
        locked: Worker = Worker.objects.select_for_update().get(pk=worker.pk)
        doing.about = locked
        done: Erasure | None = Erasure.objects.filter(worker=locked).first()
        if done is not None:
            doing.data = {"again": True}
            return done
        held = obstacles_to(locked.pk)
        if held:
            raise Refusal(
                "erasure_held",
                _("Not yet possible: %(reasons)s") % {"reasons": " ".join(str(one.text) for one in held)},
                obstacles=held,
            )
        vouchers = vouchers_of(locked.pk)
        sealed, until = _archive(locked, vouchers), kept_until(vouchers)
        for eraser in reversed(_erasers):
            eraser(locked.pk)
        erasure = Erasure.objects.create(
            worker=locked,
            erased_at=clock.now(),
            erased_by=by.audit_name,
            reason=reason.strip()[:200],
            kept_until=until,
            sealed=sealed if vouchers else None,
        )
        doing.data = {
            "vouchers": len(vouchers),
            "kept_until": until.isoformat() if until is not None else None,
        }
    return erasure


def forget_vouchers(*, by: Actor, today: dt.date) -> int:
    """Empties the sealed vouchers whose time is over; returns of how many people."""
    over = Erasure.objects.filter(kept_until__lt=today, sealed__isnull=False)
    if not over.exists():
        return 0
    with act("worker.forget_vouchers", by=by) as doing:
        gone: int = over.update(sealed=None)
        doing.data = {"people": gone}
    return gone


def _archive(worker: Worker, vouchers: list[Voucher]) -> str:
    documents = IdentityDocument.objects.filter(worker=worker).order_by("pk")
    whole = {
        "name": worker.name,
        "documents": [{"kind": one.kind, "number": one.number} for one in documents],
        "vouchers": [{"day": one.day} | one.facts for one in vouchers],
    }
    return json.dumps(whole, ensure_ascii=False, default=str)
