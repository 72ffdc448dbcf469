"""A real worker process dies in the middle of a roster; its job is found, done again, and applied once (C076, C079)."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app

from tests.factories.people import resident_number
from tests.workers.conftest import SWALLOW, person, sheet, totals
from unionbenefits.audit.models import Entry
from unionbenefits.core import jobs
from unionbenefits.workers.models import Membership, Roster
from unionbenefits.workers.roster import actions
from unionbenefits.workers.roster.states import RosterMode, RosterState

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

PEOPLE = [person(f"陈测{chr(0x4E00 + n)}", resident_number(n), f"199{n:08d}") for n in range(60)]
WORKER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "unionbenefits.settings"
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from unionbenefits.core import jobs
jobs.run_waiting()
print("done", flush=True)
"""


@pytest.fixture
def uploaded(units, officer):
    """A roster whose judging job waits."""
    return actions.receive_roster(
        by=officer,
        enterprise=units[SWALLOW],
        file_name="r.xlsx",
        content=sheet(*PEOPLE),
        mode=RosterMode.ADDITIONS,
        as_clerk=False,
    )


def worker() -> subprocess.Popen:
    """A process of its own that works off the queue of this test's database."""
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, connection.settings_dict["NAME"]],
        stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(Path(settings.BASE_DIR))},
    )  # fmt: skip


def outside() -> psycopg.Connection:
    parameters = connection.get_connection_params()
    return psycopg.connect(
        **{k: v for k, v in parameters.items() if k in {"dbname", "user", "host", "port", "password"}}
    )


def kill_where_it_writes(table: str) -> None:
    """Runs a worker until it waits to write `table`, which we hold, and kills it there."""
    holder, watcher = outside(), outside()
    watcher.autocommit = True
    holder.execute(f"LOCK TABLE {table} IN SHARE MODE")
    process = worker()
    query = "SELECT pid FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid))"
    while not watcher.execute(query, [holder.info.backend_pid]).fetchall():
        assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    holder.close()
    watcher.close()


def states() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text FROM procrastinate_jobs ORDER BY id")
        found: dict[str, list[str]] = {}
        for name, state in cursor.fetchall():
            found.setdefault(name, []).append(state)
        return found


def recover() -> int:
    """What the periodic task does every minute, once the dead worker's heartbeat is old enough."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")

    async def run() -> int:
        async with app.open_async():
            return await jobs.retry_stalled(app.job_manager)

    with app.replace_connector(app.connector.get_worker_connector()):
        return asyncio.run(run())


def confirm(roster: Roster, by) -> None:
    roster.refresh_from_db()
    actions.confirm_roster(by=by, roster=roster, verdict_digest=roster.verdict_digest)


def applied_once(roster: Roster) -> None:
    roster.refresh_from_db()
    assert (roster.state, totals()) == (RosterState.APPLIED, (60, 60, 60))
    assert Membership.objects.filter(source=roster).count() == 60
    assert Entry.objects.filter(action="roster.apply").count() == 1


@pytest.mark.parametrize("table", ["workers_worker", "workers_membership"])
def test_worker_killed_while_applying_leaves_nothing_and_the_job_is_done_again(uploaded, officer, table):
    jobs.run_waiting()
    confirm(uploaded, officer)
    kill_where_it_writes(table)
    uploaded.refresh_from_db()
    assert (uploaded.state, totals()) == (RosterState.APPLYING, (0, 0, 0))
    assert states()["workers.apply_roster"] == ["doing"]
    assert recover() == 1
    jobs.run_waiting()
    applied_once(uploaded)


def test_worker_killed_while_judging_leaves_no_half_roster(uploaded, officer):
    kill_where_it_writes("workers_rosterrow")
    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.rows.count()) == (RosterState.JUDGING, 0)
    assert recover() == 1
    jobs.run_waiting()
    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.rows.count()) == (RosterState.JUDGED, 60)
    confirm(uploaded, officer)
    jobs.run_waiting()
    applied_once(uploaded)


def test_worker_that_was_only_thought_dead_and_its_successor_apply_once(uploaded, officer):
    """The job is delivered again while nothing was wrong: twice run, once applied (case C079)."""
    jobs.run_waiting()
    confirm(uploaded, officer)
    jobs.run_waiting()
    applied_once(uploaded)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'todo', attempts = 0 WHERE task_name = 'workers.apply_roster'"
        )
    process = worker()
    said, _nothing = process.communicate()
    assert (said.split(), process.returncode) == (["done"], 0)
    applied_once(uploaded)
