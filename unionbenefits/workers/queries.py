"""Reads about people that span models."""

import datetime as dt
from collections.abc import Collection

from unionbenefits.audit.models import Entry
from unionbenefits.workers.models import BankAccount, IdentityDocument, Worker

_SIGNED_IN = "SELECT id, name, phone_digest FROM workers_worker WHERE id = %s AND phone_digest = %s"


def worker_who_signs_in(*, document_digest: bytes, phone_digest: bytes) -> int | None:
    """The key of the one worker to whom both a live document and the phone on file belong, else None.

    A phone alone is nobody: numbers are sold again (case C142). Two workers under one number and phone are a
    fault of the register that an officer must clear, so they are nobody as well.
    """
    found = list(
        IdentityDocument.objects.filter(
            number_digest=document_digest, retired_at__isnull=True, worker__phone_digest=phone_digest
        )
        .order_by()
        .values_list("worker_id", flat=True)
        .distinct()[:2]
    )
    return found[0] if len(found) == 1 else None


def worker_signed_in(*, worker_id: int, phone_digest: bytes) -> Worker | None:
    """The worker of a session, unless the phone that opened it is no longer theirs (case C142).

    Every page of a worker asks this, so it loads no more than a page greets with: other fields, such as the
    sealed phone, come when they are asked for.
    """
    found = Worker.objects.raw(_SIGNED_IN, [worker_id, phone_digest])
    return next(iter(found), None)


def signed_out_everywhere(*, worker_id: int, since: dt.datetime) -> bool:
    """Whether all sessions of the worker were ended at once after that moment, by themselves or for them."""
    acts = Entry.objects.filter(object_type=Worker._meta.label_lower, object_id=str(worker_id), at__gte=since)
    return acts.filter(action="worker.end_sign_ins").exists()


def acts_on(worker: Worker, actions: Collection[str], limit: int) -> list[Entry]:
    """The newest acts of these kinds on the worker, from the audit log."""
    about = Entry.objects.filter(object_type=worker._meta.label_lower, object_id=str(worker.pk))
    return list(about.filter(action__in=actions).order_by("-pk")[:limit])


def account_of(worker: Worker) -> BankAccount | None:
    """The account that the worker wrote down for claims to come."""
    return BankAccount.objects.filter(worker=worker).first()
