"""What happened to a worker's phone number, for the worker to read: when, and how, never by whom by name."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.workers.enums import PhoneChangedBy
from unionbenefits.workers.models import PhoneChange, Worker

HOW: dict[str, str | Promise] = {
    PhoneChangedBy.OFFICER: _("Changed at the union by an officer who saw your document"),
    PhoneChangedBy.WORKER: _("Changed by you, with codes on both phones"),
}
TAKEN_BACK = _("The former number was put back by an officer of your union")
BY_LIST = _("Changed by a list that your union or your enterprise sent in")
# The verbs whose acts `PhoneChange` tells of, more exactly than the history does.
_TOLD = frozenset({"worker.change_phone", "worker.take_back_phone"})
# History rows looked at: a person's row changes some times a year.
_ROWS = 200


@dataclass(frozen=True, slots=True)
class PhoneEvent:
    """One change of the number."""

    at: dt.datetime
    how: str | Promise


def phone_events(worker: Worker, *, limit: int) -> list[PhoneEvent]:
    """The changes of the worker's number, the newest first. Two queries."""
    events: list[PhoneEvent] = []
    for change in PhoneChange.objects.filter(worker=worker).order_by("-pk")[:limit]:
        events.append(PhoneEvent(change.changed_at, HOW[change.through]))
        if change.taken_back_at is not None:
            events.append(PhoneEvent(change.taken_back_at, TAKEN_BACK))
    events += [PhoneEvent(at, BY_LIST) for at in _by_lists(worker)]
    return sorted(events, key=lambda event: event.at, reverse=True)[:limit]


def _by_lists(worker: Worker) -> list[dt.datetime]:
    """When the history shows another number than before, by another act than those of `PhoneChange`."""
    history: Any = apps.get_model("workers", "WorkerEvent")._default_manager
    rows = list(
        history.filter(pgh_obj_id=worker.pk)
        .order_by("-pgh_id")
        .values_list("pgh_created_at", "phone_digest", "pgh_context__metadata__action")[:_ROWS]
    )
    return [
        at
        for (at, digest, action), (_at, before, _action) in pairwise(rows)
        if digest != before and action not in _TOLD
    ]
