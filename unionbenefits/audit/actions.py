"""Writing the log and sealing its chain."""

import hashlib
import json
import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.db import connection, transaction
from django.db.models import Max, Model
from pghistory import runtime

from unionbenefits.audit.actors import Actor
from unionbenefits.audit.capacity import capacity_of
from unionbenefits.audit.models import Entry, Seal, Seen
from unionbenefits.core import clock
from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.core.origin import origin

GENESIS = bytes(32)
_CHAIN_LOCK = 7002
_acting: ContextVar[bool] = ContextVar("acting", default=False)


@dataclass
class Act:
    """The act in progress: what it is about and what to remember of it.

    `seen` are the keys of the workers whose data it laid open, where the act is about something else.
    """

    about: Model | None = None
    data: dict[str, Any] = field(default_factory=dict)
    seen: Collection[int] = ()


@contextmanager
def act(action: str, *, by: Actor) -> Iterator[Act]:
    """One audited transaction: history rows carry the actor and the verb, and the log gets its entry.

    Set `about` and `data` on what it yields. The entry is written last, in the same transaction: a refused or
    failed act leaves nothing. An act within an act has its own entry; the history rows name the outer one.
    """
    doing = Act()
    named = {} if _acting.get() else {"by": by.audit_name, "action": action, "origin": origin()}
    within = _acting.set(True)
    try:
        with transaction.atomic(), pghistory.context(**named):
            yield doing
            entry = record(action, by=by, about=doing.about, **_with_seen(doing))
            if doing.seen:
                Seen.objects.create(entry=entry, people=sorted(doing.seen))
    finally:
        _acting.reset(within)


def _with_seen(doing: Act) -> dict[str, Any]:
    """The chain keeps how many were seen and the digest of their keys: the list cannot be exchanged."""
    if not doing.seen:
        return doing.data
    return doing.data | {"people": len(doing.seen), "people_sha256": people_digest(doing.seen)}


def people_digest(people: Collection[int]) -> str:
    """Of the keys in order, so that the same people give the same."""
    return hashlib.sha256(",".join(str(key) for key in sorted(people)).encode()).hexdigest()


def record(action: str, *, by: Actor, about: Model | None = None, **data: Any) -> Entry:
    """Appends one entry in the current transaction and has it sealed once committed."""
    entry = Entry.objects.create(
        at=clock.now(),
        actor=by.audit_name,
        action=action,
        object_type=about._meta.label_lower if about is not None else "",
        object_id=str(about.pk) if about is not None else "",
        data=data | capacity_of(by, about),
        origin=origin(),
        context=_context(),
    )
    transaction.on_commit(seal, robust=True)
    return entry


def record_many(action: str, *, by: Actor, about: Iterable[Model]) -> None:
    """An entry for each object, for verbs that do the same to thousands at once; otherwise like `record`."""
    now, actor, asked, context = clock.now(), by.audit_name, origin(), _context()
    capacity = capacity_of(by)
    Entry.objects.bulk_create(
        Entry(
            at=now,
            actor=actor,
            action=action,
            object_type=one._meta.label_lower,
            object_id=str(one.pk),
            data=capacity,
            origin=asked,
            context=context,
        )
        for one in about
    )
    transaction.on_commit(seal, robust=True)


def _context() -> uuid.UUID | None:
    """The history context that is open: the rows which the act changes carry the same key."""
    tracker = getattr(runtime._tracker, "value", None)
    return None if tracker is None else tracker.id


def seal() -> int:
    """Chains every committed entry that has no seal yet; returns how many.

    One sealer at a time: a second one finds the lock taken and leaves, since the first or the next commit, or
    `check_integrity`, seals what it left.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_CHAIN_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        return _extend_chain()


def _extend_chain() -> int:
    head = Seal.objects.order_by("-position").first()
    position, previous = (head.position, bytes(head.hash)) if head else (0, GENESIS)
    seals = []
    for entry in Entry.objects.filter(seal__isnull=True).order_by("id").iterator(1000):
        position += 1
        digest = chain_hash(previous, entry)
        seals.append(Seal(position=position, entry=entry, previous=previous, hash=digest))
        previous = digest
    Seal.objects.bulk_create(seals, batch_size=1000)
    return len(seals)


def chain_hash(previous: bytes, entry: Entry) -> bytes:
    """The keyed hash of an entry on top of the chain so far."""
    facts: list[Any] = [
        entry.pk,
        entry.at.isoformat(),
        entry.actor,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.data,
    ]
    # Entries from before origins were kept were hashed without one.
    if entry.origin:
        facts.append(entry.origin)
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return keyring().digest(previous.hex() + text, "audit.chain")


def head_position() -> int:
    """The length of the sealed chain."""
    return Seal.objects.aggregate(head=Max("position"))["head"] or 0
