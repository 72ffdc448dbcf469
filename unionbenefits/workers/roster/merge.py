"""Writing confirmed rows into the register, set by set, in the caller's transaction."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import IntegrityError, OperationalError

from unionbenefits.core import clock, sql
from unionbenefits.workers.models import Roster
from unionbenefits.workers.phone_notices import queue_old_phones
from unionbenefits.workers.roster import compare, stage
from unionbenefits.workers.roster.stage import SQL


class Stale(Exception):
    """The register has changed: the confirmed verdicts no longer tell what would happen (case C078)."""


class Raced(Exception):
    """Another transaction has just written one of the same people. Roll back and start over: they are
    visible now.
    """


@contextmanager
def races_told() -> Iterator[None]:
    """Around a whole transaction: what the database aborts because two merges met also is Raced."""
    try:
        yield
    except OperationalError as error:
        if isinstance(error.__cause__, psycopg.errors.DeadlockDetected):
            raise Raced from error
        raise


def merge_confirmed(roster: Roster, *, today: dt.date) -> dict[str, int]:
    """Applies the judged rows of the database and the confirmed leavers. Raises Stale and Raced."""
    _stage_again(roster)
    return _merge(roster, today)


def merge_settled(roster: Roster) -> dict[str, int]:
    """Applies, of an applied roster, only the rows that were settled since. Raises Stale and Raced."""
    _stage_again(roster, settled=True)
    return _merge(roster, None)


def _stage_again(roster: Roster, *, settled: bool = False) -> None:
    """The judged rows that would be written, compared with the register of this moment."""
    stage.open_stage()
    sql.run(SQL, "stage_again", {"roster": roster.pk})
    if settled:
        sql.run(SQL, "keep_settled", {"roster": roster.pk})
    sql.run(SQL, "open_findings")
    compare.match_and_lock()
    sql.run(SQL, "keep_accepted")
    if sql.rows(SQL, "stale_rows")[0]["stale"] or not compare.changes_as_told():
        raise Stale


def merge_judged(roster: Roster, *, today: dt.date) -> dict[str, int]:
    """Applies the rows that this transaction has just judged and still holds in its working tables.
    Raises Raced.
    """
    if not any(roster.counts[action] for action in ("new", "joined", "changed", "leavers")):
        return {}
    sql.run(SQL, "keep_accepted")
    return _merge(roster, today)


def _merge(roster: Roster, today: dt.date | None) -> dict[str, int]:
    """Writes; returns how many were new, linked, joined, changed, ended. Without `today` nobody leaves.

    The unique indexes decide between two rosters with the same people, which end with one worker each
    (invariant 1). Locks are taken in one order everywhere, so that merges never wait in a circle: what
    changes, by key, then new documents by digest, then new memberships by worker and enterprise.
    """
    key = {"roster": roster.pk}
    sql.run(SQL, "lock_leavers", key)
    new = _add_persons()
    linked = _insert("link_documents", {}, "document_belongs_to_one_worker")
    if linked:
        sql.run(SQL, "retire_documents", {"now": clock.now()})
    replaced = [row["worker_id"] for row in sql.rows(SQL, "phones_replaced")]
    persons = sql.run(SQL, "change_workers")
    queue_old_phones(about=f"roster:{roster.pk}", workers=replaced)
    joined = _insert("add_memberships", key, "membership_open_once")
    changed = sql.run(SQL, "change_memberships")
    ended = sql.run(SQL, "end_memberships", key | {"today": today}) if today else 0
    return {
        "new_workers": new,
        "linked_documents": linked,
        "new_memberships": joined,
        "changed_workers": persons,
        "changed_memberships": changed,
        "ended_memberships": ended,
    }


def _add_persons() -> int:
    sql.run(SQL, "new_persons")
    if not _insert("add_documents", {}, "document_belongs_to_one_worker"):
        return 0
    return sql.run(SQL, "add_workers", {"now": clock.now()})


def _insert(statement: str, parameters: dict[str, int], rule: str) -> int:
    """Rows inserted. Raises Raced where the unique constraint `rule` says that somebody else was first.

    Not ON CONFLICT DO NOTHING: what the other one wrote has to be compared with our rows before joining
    them, and its speculative insertions cost a load a tenth.
    """
    try:
        return sql.run(SQL, statement, parameters)
    except IntegrityError as error:
        cause = error.__cause__
        if isinstance(cause, psycopg.errors.UniqueViolation) and cause.diag.constraint_name == rule:
            raise Raced from error
        raise
