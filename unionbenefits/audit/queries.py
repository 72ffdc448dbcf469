"""Checking the log, and asking it who looked at a person's data."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from unionbenefits.audit.actions import GENESIS, chain_hash, people_digest
from unionbenefits.audit.models import Entry, Seal, Seen


def chain_faults(limit: int = 20) -> list[str]:
    """What is wrong with the chain, in words: a changed entry, a removed one, a forged seal. Empty when
    all is well.
    """
    faults: list[str] = []
    previous, position = GENESIS, 0
    for seal in Seal.objects.select_related("entry").order_by("position").iterator(2000):
        position += 1
        if seal.position != position:
            faults.append(_("seal %(position)d is missing") % {"position": position})
            position = seal.position
        elif bytes(seal.previous) != previous:
            faults.append(_("seal %(position)d does not follow the one before") % {"position": position})
        if bytes(seal.hash) != chain_hash(bytes(seal.previous), seal.entry):
            faults.append(_("entry %(entry)d was changed after it was sealed") % {"entry": seal.entry_id})
        previous = bytes(seal.hash)
        if len(faults) >= limit:
            return faults
    return [*faults, *_seen_faults()][:limit]


def _seen_faults() -> Iterator[str]:
    """Lists of people seen that are not those whose digest the chain keeps."""
    for seen in Seen.objects.select_related("entry").order_by("pk").iterator(500):
        if seen.entry.data.get("people_sha256") != people_digest(seen.people):
            yield _("the list of people seen under entry %(entry)d was changed") % {"entry": seen.pk}


def unsealed_count() -> int:
    """Entries that wait for the sealer."""
    return Entry.objects.filter(seal__isnull=True).count()


REVEAL: Final = "worker.reveal"
_WORKER: Final = "workers.worker"
_REVEALED: Final[dict[str, str | Promise]] = {
    "document": gettext_lazy("Number of an identity document"),
    "phone": gettext_lazy("Phone number"),
    "account": gettext_lazy("Bank account"),
}
# Acts that lay the data of people open though they are about something else (`Seen` names whose).
_LAID_OPEN: Final[dict[str, str | Promise]] = {
    "claim.view_paper": gettext_lazy("A paper of a claim"),
    "export.fetch": gettext_lazy("A list or file in which your data stands"),
    "roster.fetch_report": gettext_lazy("A roster on which you stand"),
    "payment.submit_batch": gettext_lazy("The file for the bank, with a payment to you"),
    "payment.fetch_file": gettext_lazy("The file for the bank, with a payment to you"),
    "payment.view_results": gettext_lazy("The bank's answer about a payment to you"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody of staff saw hidden data of a worker: when, in which role, and what. Never who.

    `role` is the code of `access.roles` under which it was allowed; empty for an installation's superuser.
    """

    at: dt.datetime
    role: str
    what: str | Promise


def looks_at(worker_pk: int, limit: int = 200) -> list[Look]:
    """The newest looks of staff at what screens hide of the worker, newest first; own visits are none.

    Values shown in full, papers opened, files fetched in which the person stands (个人信息保护法 art. 44-45).
    """
    own = Q(action=REVEAL, object_type=_WORKER, object_id=str(worker_pk))
    among = Q(action__in=_LAID_OPEN, pk__in=Seen.objects.filter(people__contains=[worker_pk]).values("pk"))
    entries = [*_looks(own, limit), *_looks(among, limit)]
    entries.sort(key=lambda entry: entry.pk, reverse=True)
    return [_look(entry) for entry in entries[:limit]]


def _looks(condition: Q, limit: int) -> QuerySet[Entry]:
    """Two queries, each by its own index, where one with OR would read the whole log."""
    found: QuerySet[Entry] = Entry.objects.filter(condition, actor__startswith="staff:").order_by("-id")
    return found[:limit]


def _look(entry: Entry) -> Look:
    data: dict[str, Any] = entry.data
    what = _LAID_OPEN.get(entry.action) or _REVEALED.get(data.get("field", ""), "")
    return Look(entry.at, str(data.get("role", "")), what)


def people_of(action: str, about: Model) -> list[int]:
    """The workers whose data the newest such act on the object laid open or took up; empty where unknown."""
    found = Seen.objects.filter(
        entry__action=action, entry__object_type=about._meta.label_lower, entry__object_id=str(about.pk)
    )
    newest = found.order_by("-entry_id").first()
    return [] if newest is None else list(newest.people)
