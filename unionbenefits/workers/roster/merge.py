"""Writing confirmed rows into the register, set by set, in the caller's transaction."""

import datetime as dt

from django.db import connection

from unionbenefits.core import clock, sql
from unionbenefits.workers.models import Roster
from unionbenefits.workers.roster import compare, stage
from unionbenefits.workers.roster.stage import SQL


class Stale(Exception):
    """The register has changed so that the confirmed verdicts no longer describe what would happen (case C078)."""


class Raced(Exception):
    """Another transaction has just written one of the same people. Roll back and start over: it is visible then."""


def merge(roster: Roster, *, today: dt.date) -> dict[str, int]:
    """Applies the accepted rows and the confirmed leavers; returns how many were new, joined, changed, ended.

    Raises Stale, or Raced where the unique indexes decided for somebody else: two rosters with the same people end
    with one worker each (invariant 1). Locks are taken in one order everywhere, so merges never wait in a circle:
    documents by digest, workers by key, memberships by worker and enterprise.
    """
    key = {"roster": roster.pk}
    stage.open_stage()
    sql.run(SQL, "stage_again", key)
    compare.match()
    if sql.rows(SQL, "stale_rows")[0]["stale"]:
        raise Stale
    new = _add_persons()
    sql.run(SQL, "lock_workers")
    sql.run(SQL, "change_workers")
    joined = _add_memberships(key)
    sql.run(SQL, "lock_memberships", key)
    changed = sql.run(SQL, "change_memberships")
    ended = sql.run(SQL, "end_memberships", key | {"today": today})
    sql.run(SQL, "settle_rows", key)
    return {"new": new, "memberships": joined, "changed_memberships": changed, "ended": ended}


def _add_persons() -> int:
    sql.run(SQL, "new_persons")
    wanted = _count("SELECT count(*) FROM roster_person")
    if not wanted:
        return 0
    if sql.run(SQL, "add_documents") != wanted:
        raise Raced
    return sql.run(SQL, "add_workers", {"now": clock.now()})


def _add_memberships(key: dict[str, int]) -> int:
    wanted = _count("SELECT count(*) FROM roster_match WHERE membership_id IS NULL")
    if not wanted:
        return 0
    if sql.run(SQL, "add_memberships", key) != wanted:
        raise Raced
    return wanted


def _count(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])
