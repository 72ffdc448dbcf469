"""kill -9 in the middle of issuing: nothing is there, and the next run ends as if it had never happened."""

import os
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.campaigns.scene import scene
from tests.factories import PostFactory
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns.integrity import examine
from unionbenefits.campaigns.models import Gift, GiftBatch
from unionbenefits.core import embedded
from unionbenefits.funds.queries import balance_of
from unionbenefits.plans.models import Coverage

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]


def address():
    settings = connection.settings_dict
    host = settings["HOST"] or settings["OPTIONS"].get("host", "")
    return f"postgresql://{settings['USER']}:@/{settings['NAME']}?host={host}"


def start(s):
    """The real command in a process of its own, on the test database."""
    command = [sys.executable, "manage.py", "issue_gifts", s.campaign.code, "--json"]
    command += ["--prepared-by", s.preparer.username, "--approved-by", s.approver.username]
    environment = os.environ | {embedded.URL_VARIABLE: address(), "UNIONBENEFITS_MODE": "demo"}
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def wait_until_blocked(process, watcher):
    """Until a session of the test database waits for a lock on a fund."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, process.communicate()
        waiting = watcher.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock' AND query LIKE '%%funds_fund%%'"
        ).fetchone()[0]
        if waiting:
            return
        watcher.execute("SELECT pg_sleep(0.02)")
    pytest.fail("The command never came to the ledger.")


def wait_until_gone(watcher):
    """Until the killed session has been rolled back: only the watcher and this test are left."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        others = watcher.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchone()[0]
        if not others:
            return
        watcher.execute("SELECT pg_sleep(0.02)")
    pytest.fail("The killed session is still there.")


def prepared_scene():
    s = scene(workers=25, places=25, money="5000.00")
    sync_roles(by=SYSTEM)
    for officer in (s.preparer, s.approver):
        PostFactory(user=officer, union=s.union, role=Role.UNION_OFFICER)
    return s


def end_state(s):
    balance = balance_of(s.fund)
    return {
        "covers": Coverage.objects.count(),
        "workers": set(Coverage.objects.values_list("worker", flat=True)) == {one.pk for one in s.workers},
        "gifts": list(Gift.objects.values_list("state", flat=True)),
        "tied": Gift.objects.filter(coverage__isnull=False).count(),
        "batches": list(GiftBatch.objects.values_list("state", "copies", "amount")),
        "money": (balance.available, balance.held, balance.used),
        "faults": [fault.code for fault in examine().faults],
    }


DONE = {
    "covers": 25,
    "workers": True,
    "gifts": ["live"] * 25,
    "tied": 25,
    "batches": [("issued", 25, Decimal("2375.00"))],
    "money": (Decimal("2625.00"), Decimal("0.00"), Decimal("2375.00")),
    "faults": [],
}


def finish(s):
    process = start(s)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, (out, err)


@pytest.mark.parametrize("approved_before", [True, False])
def test_killed_while_issuing_or_putting_forward_leaves_nothing_and_runs_again(approved_before):
    """Approved before: the kill meets covers and gifts already written; otherwise lines put down before the hold."""
    s = prepared_scene()
    if approved_before:
        s.approve(s.put_forward())
    before = end_state(s)
    with psycopg.connect(address()) as blocker, psycopg.connect(address(), autocommit=True) as watcher:
        blocker.execute("SELECT 1 FROM funds_fund WHERE id = %s FOR UPDATE", [s.fund.pk])
        process = start(s)
        wait_until_blocked(process, watcher)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        blocker.rollback()
        wait_until_gone(watcher)
    assert end_state(s) == before
    assert before["covers"] == 0
    finish(s)
    assert end_state(s) == DONE


def test_undisturbed_run_ends_in_the_same_state_and_again_changes_nothing():
    s = prepared_scene()
    finish(s)
    assert end_state(s) == DONE
    finish(s)
    assert end_state(s) == DONE
