"""kill -9 while the bank's results are read in, and while a batch goes out: all or nothing, and again ends the same."""

import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from tests.campaigns.test_killed import ROOT, address, wait_until_gone
from tests.web.cashiers import Cashiers
from unionbenefits.audit.actions import seal
from unionbenefits.audit.models import Entry
from unionbenefits.claims.integrity import claim_faults
from unionbenefits.claims.models import Obligation, Payment, ResultFile, ResultLine
from unionbenefits.claims.reconciling import reconcile
from unionbenefits.core import clock, embedded
from unionbenefits.funds.queries import balance_of
from unionbenefits.workers.models import Message

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cash():
    return Cashiers()


def start(*arguments):
    """The real command in a process of its own, on the test database."""
    environment = os.environ | {embedded.URL_VARIABLE: address(), "UNIONBENEFITS_MODE": "demo"}
    return subprocess.Popen(
        [sys.executable, "manage.py", *map(str, arguments), "--json"],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def kill_where_it_writes(table, *arguments):
    """Runs the command until it waits to write `table`, which we hold, and kills it there."""
    with psycopg.connect(address()) as holder, psycopg.connect(address(), autocommit=True) as watcher:
        holder.execute(f"LOCK TABLE {table} IN SHARE MODE")
        process = start(*arguments)
        blocked = "SELECT pid FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid))"
        deadline = time.monotonic() + 60
        while not watcher.execute(blocked, [holder.info.backend_pid]).fetchall():
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline, "The command never came there."
            watcher.execute("SELECT pg_sleep(0.02)")
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        holder.rollback()
        wait_until_gone(watcher)


def finish(*arguments):
    process = start(*arguments)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, (out, err)


def end_state(cash):
    balance = balance_of(cash.fund)
    return {
        "payments": sorted(Payment.objects.values_list("state", "receipt")),
        "obligations": sorted(Obligation.objects.values_list("state", flat=True)),
        "money": (str(balance.available), str(balance.held), str(balance.used)),
        "files": (ResultFile.objects.count(), ResultLine.objects.count()),
        "told": sorted(Message.objects.exclude(kind="payment_sent").values_list("kind", flat=True)),
        "faults": [fault.code for fault in claim_faults()],
        "even": reconcile(clock.today(), [cash.union]).is_even,
    }


@pytest.mark.parametrize("table", ["claims_payment", "funds_entry", "workers_message"])
def test_killed_while_reading_results_in_leaves_nothing_and_runs_again(cash, table, tmp_path):
    batch = cash.sent(cash.owed(3))
    first, second, third = batch.payments.order_by("order_no").values_list("order_no", flat=True)
    today = clock.today()
    file = tmp_path / "回盘.csv"
    file.write_text(
        "批次,付款编号,实付,状态,到账日期,回单号\n"
        f"{batch.number},{first},80,成功,{today},R1\n{batch.number},{second},80,成功,{today},R2\n"
        f"{batch.number},{third},,退回:户名不符,{today},\n",
        "utf-8",
    )
    command = ["import_payment_results", file, "--as", cash.maker.username, "--bank", "test"]
    before = end_state(cash)
    kill_where_it_writes(table, *command)
    assert end_state(cash) == before
    assert before["files"] == (0, 0)
    done = {
        "payments": [("returned", None), ("succeeded", "R1"), ("succeeded", "R2")],
        "obligations": ["due", "paid", "paid"],
        "money": ("99760.00", "80.00", "160.00"),
        "files": (1, 3),
        "told": ["payment_paid", "payment_paid", "payment_returned"],
        "faults": [],
        "even": True,
    }
    for _time in range(2):
        finish(*command)
        assert end_state(cash) == done


@pytest.mark.parametrize("table", ["claims_paymentbatch"])
def test_killed_while_handing_over_leaves_the_batch_checked_and_it_goes_out_once(cash, table, tmp_path):
    batch = cash.check(cash.batch(cash.owed(2)))
    out = tmp_path / "out.xlsx"
    command = ["export_payments", batch.number, "--as", cash.maker.username, "--out", out]
    kill_where_it_writes(table, *command)
    batch.refresh_from_db()
    assert (batch.state, out.exists()) == ("checked", False)
    assert set(batch.payments.values_list("state", flat=True)) == {"waiting"}
    finish(*command)
    first = out.read_bytes()
    finish(*command)
    assert out.read_bytes() == first
    batch.refresh_from_db()
    assert (batch.state, batch.payments.count(), claim_faults()) == ("submitted", 2, [])
    assert set(batch.payments.values_list("state", flat=True)) == {"submitted"}
    assert Message.objects.filter(kind="payment_sent").count() == 2
    seal()
    assert Entry.objects.filter(seal__isnull=True).count() == 0
