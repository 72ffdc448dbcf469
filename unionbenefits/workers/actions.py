"""What officers change about a person on file, beyond rosters: the standing that gifts ask for."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.scope import Scope
from unionbenefits.workers.documents import tidy_number
from unionbenefits.workers.enums import BasicInsurance, RetirementTrack, Sex
from unionbenefits.workers.models import IdentityDocument, Worker
from unionbenefits.workers.querysets import number_digest

STANDING = frozenset({"basic_insurance", "real_name_checked_on", "retirement_track"})
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Checked:
    """What a list of real-name checks did: people changed, already so, numbers of nobody in scope."""

    changed: int
    unchanged: int
    unknown: tuple[str, ...]


def set_standing(*, by: Actor, worker: Worker, **values: Any) -> Worker:
    """Basic insurance, day of the real-name check, a woman's retirement track; only those named change.

    Raises TypeError for another name, Refusal `insurance_unknown`, `track_unknown`, `track_of_a_man` or
    `date_in_future`.
    """
    unknown = values.keys() - STANDING
    if unknown:
        raise TypeError(f"Not of a worker's standing: {sorted(unknown)}")
    with act("worker.set_standing", by=by) as doing:
        locked: Worker = Worker.objects.select_for_update(no_key=True).get(pk=worker.pk)
        changed = {name: value for name, value in values.items() if getattr(locked, name) != value}
        before = {name: _told(getattr(locked, name)) for name in changed}
        for name, value in changed.items():
            setattr(locked, name, value)
        _check(locked)
        if changed:
            locked.save(update_fields=list(changed))
        doing.about = locked
        doing.data = {"before": before, "after": {name: _told(value) for name, value in changed.items()}}
    return locked


def record_real_name_checks(*, by: Actor, scope: Scope, checks: Mapping[str, dt.date]) -> Checked:
    """Notes the day of the real-name check (粤工惠) for many people at once, by document number.

    Numbers of nobody in scope are given back and change nothing: whether such a person exists elsewhere is
    not told (invariant 9). A later day on file stays. Raises Refusal `date_in_future`.
    """
    if any(day > clock.today() for day in checks.values()):
        raise _future()
    by_digest = {number_digest(tidy_number(number).number): number for number in checks}
    with act("worker.record_real_name_checks", by=by) as doing:
        found = _holders(list(by_digest), scope)
        due = {worker: checks[by_digest[digest]] for digest, worker in found.items()}
        changed = _write(due)
        unknown = tuple(number for digest, number in by_digest.items() if digest not in found)
        doing.data = {"changed": changed, "unchanged": len(due) - changed, "unknown": len(unknown)}
    return Checked(changed, len(due) - changed, unknown)


def _holders(digests: list[bytes], scope: Scope) -> dict[bytes, int]:
    """The workers in scope who hold a live document with one of these numbers."""
    found: dict[bytes, int] = {}
    for start in range(0, len(digests), _AT_ONCE):
        held = IdentityDocument.objects.in_scope(scope).filter(
            number_digest__in=digests[start : start + _AT_ONCE], retired_at__isnull=True
        )
        found.update(
            (bytes(digest), worker) for digest, worker in held.values_list("number_digest", "worker_id")
        )
    return found


def _write(due: Mapping[int, dt.date]) -> int:
    """Locks by key, writes those whose day is later than the one on file; returns how many."""
    people = list(
        Worker.objects.select_for_update(no_key=True)
        .filter(pk__in=due)
        .order_by("pk")
        .only("pk", "real_name_checked_on")
    )
    changed = []
    for person in people:
        day = due[person.pk]
        if person.real_name_checked_on is None or person.real_name_checked_on < day:
            person.real_name_checked_on = day
            changed.append(person)
    Worker.objects.bulk_update(changed, ["real_name_checked_on"], batch_size=2000)
    return len(changed)


def _check(worker: Worker) -> None:
    if worker.basic_insurance not in ("", *BasicInsurance.values):
        raise Refusal("insurance_unknown", _("Choose the basic insurance from the list."))
    if worker.retirement_track not in ("", *RetirementTrack.values):
        raise Refusal("track_unknown", _("Choose the retirement track from the list."))
    if worker.retirement_track and worker.sex == Sex.MALE:
        raise Refusal("track_of_a_man", _("The two tracks are of women. Leave it empty for a man."))
    if worker.real_name_checked_on is not None and worker.real_name_checked_on > clock.today():
        raise _future()


def _future() -> Refusal:
    return Refusal("date_in_future", _("The day of the real-name check lies in the future."))


def _told(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
