"""Invariants 1 and 5 under real connections and a killed process (cases C076, C078, C079)."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections

from tests.factories.people import resident_number
from tests.workers.conftest import LARK, SWALLOW, person, sheet, totals
from unionbenefits.core import jobs
from unionbenefits.workers.models import IdentityDocument, Membership, Roster, Worker
from unionbenefits.workers.roster import actions
from unionbenefits.workers.roster.codes import RosterRefused
from unionbenefits.workers.roster.states import RosterMode, RosterState

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

PEOPLE = [person(f"陈测{chr(0x4E00 + n)}", resident_number(n), f"199{n:08d}") for n in range(60)]


@pytest.fixture
def judged(units, officer):
    """A roster that waits for confirmation."""

    def run(rows, code=SWALLOW, by=officer):
        roster = actions.receive_roster(
            by=by,
            enterprise=units[code],
            file_name="r.xlsx",
            content=sheet(*rows),
            mode=RosterMode.ADDITIONS,
            as_clerk=False,
        )
        return actions.judge_roster(by=by, roster=roster)

    return run


def together(*calls):
    """Runs every call on a connection of its own, all at once; returns results or exceptions."""
    gate, found = threading.Barrier(len(calls)), [None] * len(calls)

    def run(at, call):
        gate.wait()
        try:
            found[at] = call()
        except Exception as error:
            found[at] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(at, call)) for at, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def apply(roster, by):
    return lambda: actions.apply_roster(by=by, roster=roster, verdict_digest=roster.verdict_digest)


def test_one_roster_applied_from_eight_connections_is_applied_once(judged, officer):
    roster = judged(PEOPLE)
    found = together(*[apply(roster, officer)] * 8)
    assert [getattr(one, "state", one) for one in found] == [RosterState.APPLIED] * 8
    assert totals() == (60, 60, 60)
    assert Worker.objects.get(name=PEOPLE[0][0]).events.count() == 1


def test_two_officers_confirm_the_same_roster(judged, officer):
    from tests.factories.access import PostFactory
    from unionbenefits.access.roles import Role

    other = PostFactory(
        role=Role.UNION_OFFICER,
        union=Roster.objects.model.enterprise.field.related_model.objects.first().union,
    ).user
    roster = judged(PEOPLE)
    together(apply(roster, officer), apply(roster, other))
    assert totals() == (60, 60, 60)


def test_rosters_that_share_people_end_with_one_worker_each(judged, officer):
    """Half of each roster stands in the other, in the opposite order, with the same values."""
    first = judged(PEOPLE[:40])
    second = judged(PEOPLE[:19:-1], LARK)
    found = together(apply(first, officer), apply(second, officer))
    assert [getattr(one, "state", one) for one in found] == [RosterState.APPLIED] * 2
    assert totals() == (60, 60, 80)
    assert IdentityDocument.objects.values("worker").distinct().count() == 60


def test_four_rosters_with_the_same_new_people_at_two_enterprises(judged, officer):
    rosters = [
        judged(PEOPLE[::step], code) for step, code in ((1, SWALLOW), (-1, SWALLOW), (1, LARK), (-1, LARK))
    ]
    found = together(*[apply(roster, officer) for roster in rosters])
    assert [getattr(one, "state", one) for one in found] == [RosterState.APPLIED] * 4
    assert totals() == (60, 60, 120)


def test_rosters_that_change_the_same_people_never_wait_in_a_circle(import_file, judged, officer):
    """Both change all, in opposite orders; whoever comes second no longer changes what was confirmed."""
    import_file(sheet(*PEOPLE))
    changed = [[*row[:3], f"198{n:08d}", *row[4:]] for n, row in enumerate(PEOPLE)]
    other = [[*row[:3], f"197{n:08d}", *row[4:]] for n, row in enumerate(PEOPLE)]
    first, second = judged(changed), judged(other[::-1])
    found = together(apply(first, officer), apply(second, officer))
    assert sorted(getattr(one, "code", getattr(one, "state", one)) for one in found) == [
        "applied",
        "roster_stale",
    ]
    assert len({worker.phone[:3] for worker in Worker.objects.all()}) == 1


def test_the_same_people_under_other_names_at_once_are_never_merged_unseen(judged, officer):
    """Whoever commits second finds a person with another name and has to be judged again."""
    first = judged(PEOPLE)
    second = judged([[f"王{row[0]}", *row[1:]] for row in PEOPLE], LARK)
    found = together(apply(first, officer), apply(second, officer))
    refused = [one for one in found if isinstance(one, RosterRefused)]
    assert [one.code for one in refused] == ["roster_stale"]
    assert totals() == (60, 60, 60)


def test_imports_of_one_file_at_once_double_nobody(import_file):
    content = sheet(*PEOPLE)
    together(*[lambda: import_file(content)] * 4)
    assert totals() == (60, 60, 60)


def test_second_officer_sees_the_progress(units, officer):
    """Rows judged so far are committed while judging goes on."""
    from unionbenefits.workers.roster import judging

    rows = [person(f"陈测{n}", resident_number(n % 1000, f"19{60 + n // 1000}0307")) for n in range(1500)]
    roster = actions.receive_roster(
        by=officer,
        enterprise=units[SWALLOW],
        file_name="r.xlsx",
        content=sheet(*rows),
        mode=RosterMode.ADDITIONS,
        as_clerk=False,
    )
    seen = []

    def look():
        found = Roster.objects.get(pk=roster.pk)
        connections.close_all()
        seen.append((found.state, found.rows_judged))

    tell = judging._progress_of(roster, every=0)
    tell(700)
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [("uploaded", 700)]


def test_jobs_judge_and_apply(units, officer):
    roster = actions.receive_roster(
        by=officer,
        enterprise=units[SWALLOW],
        file_name="r.xlsx",
        content=sheet(*PEOPLE),
        mode=RosterMode.ADDITIONS,
        as_clerk=False,
    )
    jobs.run_waiting()
    roster.refresh_from_db()
    actions.confirm_roster(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    jobs.run_waiting()
    roster.refresh_from_db()
    assert (roster.state, totals()) == (RosterState.APPLIED, (60, 60, 60))


# -- kill -9 in the middle of applying

CHILD = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "unionbenefits.settings"
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from unionbenefits.workers.models import Roster
from unionbenefits.workers.roster import actions
roster = Roster.objects.get(pk=int(sys.argv[2]))
print("ready", flush=True)
actions.apply_roster(by=roster.uploaded_by, roster=roster, verdict_digest=roster.verdict_digest)
print("applied", flush=True)
"""


def child(roster) -> subprocess.Popen:
    """A process of its own that applies the roster."""
    name = connection.settings_dict["NAME"]
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, name, str(roster.pk)],
        stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(Path(settings.BASE_DIR))},
    )  # fmt: skip


def outside() -> psycopg.Connection:
    """A plain connection that holds a lock in the merge's way."""
    parameters = connection.get_connection_params()
    return psycopg.connect(
        **{k: v for k, v in parameters.items() if k in {"dbname", "user", "host", "port", "password"}}
    )


def wait_until_blocked(holder: psycopg.Connection) -> None:
    """Until a backend waits for a lock of ours: the merge stands in its middle then."""
    watcher = outside()
    watcher.autocommit = True
    query = "SELECT pid FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid))"
    while not watcher.execute(query, [holder.info.backend_pid]).fetchall():
        assert not holder.closed
    watcher.close()


@pytest.mark.parametrize("table", ["workers_identitydocument", "workers_worker", "workers_membership"])
def test_killed_in_the_middle_leaves_nothing_and_runs_again(judged, officer, table):
    """The process dies where the merge is about to write `table`; then it is applied once more."""
    roster = judged(PEOPLE)
    holder = outside()
    holder.execute(f"LOCK TABLE {table} IN SHARE MODE")
    process = child(roster)
    wait_until_blocked(holder)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    holder.close()
    roster.refresh_from_db()
    assert (roster.state, totals()) == (RosterState.JUDGED, (0, 0, 0))
    applied = actions.apply_roster(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    assert (applied.state, totals()) == (RosterState.APPLIED, (60, 60, 60))
    assert Membership.objects.filter(source=roster).count() == 60


def test_undisturbed_child_applies_all(judged):
    process = child(judged(PEOPLE))
    said, _nothing = process.communicate()
    assert (said.split(), totals()) == (["ready", "applied"], (60, 60, 60))


def test_confirming_while_a_needless_judging_job_still_waits(judged, officer):
    """Judged by a job that was delivered again: the confirmation's own job is queued all the same."""
    roster = judged(PEOPLE)
    actions.confirm_roster(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    jobs.run_waiting()
    roster.refresh_from_db()
    assert (roster.state, totals()) == (RosterState.APPLIED, (60, 60, 60))
