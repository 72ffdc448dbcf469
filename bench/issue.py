"""Issuing a batch against the floor rig's INSERT … SELECT under the exclusion constraint, interleaved, on one server.

    python bench/issue.py [--workers 20812] [--rounds 5] [--profile]
    python bench/issue.py --big [--workers 300000]

Ours covers everything: the digest check, coverage rows with certificate numbers, history, gifts, ledger, audit and the
commit. The rig inserts bare rows (b3_issue.py). Both sides issue to workers who had cover the year before. Exits 1 when
the bar of design §9 is missed: ≤ 2.0 × the rig; a second issue must change nothing.

`--big` issues one batch of 300,000 and undoes it, prints the seconds of every step and the peak memory of this process, and
stops an issue half-way to see that nothing stays of it. No rig: nothing bounds it but the memory, 512 MB. Needs the rig folder (SHARED_DIR,
default ../shared). The bench keeps its own database, bench_issue.
"""

import argparse
import datetime as dt
import statistics
import sys
import time
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import database  # noqa: E402
import rig  # noqa: E402

BAR = 2.0
WORKERS = 20_812
BIG_WORKERS, BIG_MEGABYTES = 300_000, 512
KIND = "EXCLUDE gist (worker =, plan =, period &&)"


def timed(act):
    start = time.perf_counter()
    result = act()
    return time.perf_counter() - start, result


class Floor:
    """The rig's own table and statements, in our database."""

    def __init__(self, url: str, workers: int) -> None:
        import psycopg

        sys.path.insert(0, str(rig.folder()))
        import b3_issue

        self.bench, self.workers = b3_issue, workers
        self.connection = psycopg.connect(url)
        self.connection.execute("DROP TABLE IF EXISTS wk CASCADE")
        self.connection.execute("CREATE TABLE wk (id bigint PRIMARY KEY)")
        self.connection.execute(
            "INSERT INTO wk SELECT g FROM generate_series(1, %s) g ORDER BY hashint8(g)", [workers]
        )
        self.connection.commit()

    def round(self) -> float:
        c = self.connection
        c.execute("DROP TABLE IF EXISTS cov")
        c.execute(f"CREATE TABLE cov ({self.bench.KINDS[KIND][0]})")
        c.execute(self.bench.insert(KIND, 2024, conflict=False))
        c.commit()
        settle(c)
        seconds, count = timed(self._issue)
        assert count == self.workers
        return seconds

    def _issue(self) -> int:
        count = self.connection.execute(self.bench.insert(KIND, 2025)).rowcount
        self.connection.commit()
        return count


def settle(connection) -> None:
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE")
    connection.execute("CHECKPOINT")
    connection.autocommit = False


class Ours:
    """A campaign of our own in every round, after a year of cover for everybody."""

    def __init__(self, url: str, workers: int) -> None:
        import psycopg

        from unionbenefits.accounts.models import User

        self.workers, self.plain, self.number = workers, psycopg.connect(url), 0
        self._people()
        self.officers = [User.objects.get_or_create(username=name)[0] for name in ("bench1", "bench2")]

    def _people(self) -> None:
        import population
        from django.db import connection

        population.build(connection, self.workers, 1)
        connection.commit()

    def _earlier_cover(self) -> None:
        """Everybody covered for 2024, nobody since; no history of what earlier rounds did."""
        c = self.plain
        c.execute("SET session_replication_role = replica")
        c.execute("SET unionbenefits.test_database = 'on'")
        c.execute(
            "TRUNCATE campaigns_campaign, funds_fund, plans_coverage, plans_coverageevent, campaigns_giftevent CASCADE"
        )
        c.execute(
            """
            INSERT INTO plans_coverage (worker_id, plan_id, plan_version_id, given_by_id, certificate_no, period,
                live_period, first_enrolment, status, issued_at)
            SELECT w, 1, 1, 1, 'B2024' || lpad(w::text, 9, '0'), span, span, true, 'active', now()
            FROM (SELECT w, daterange('2024-07-01', '2025-07-01') AS span
                  FROM generate_series(1, %s) w ORDER BY hashint8(w)) people
            """,
            [self.workers],
        )
        c.execute("SET session_replication_role = origin")
        c.commit()
        settle(c)

    def prepare(self):
        from unionbenefits.audit.actors import SYSTEM
        from unionbenefits.campaigns import actions
        from unionbenefits.funds.actions import deposit, open_fund
        from unionbenefits.plans.models import PlanVersion
        from unionbenefits.unions.models import Union

        self._earlier_cover()
        self.number += 1
        top = Union.objects.get(pk=1)
        today = dt.date.today()
        fund = open_fund(by=SYSTEM, name=f"bench {self.number}", owner=top, year=today.year)
        deposit(by=SYSTEM, fund=fund, amount=Decimal(60_000_000))
        campaign = actions.open_campaign(
            by=SYSTEM,
            code=f"bench-{self.number}",
            name="bench",
            owner=top,
            plan_version=PlanVersion.objects.get(pk=1),
            opens_on=today,
            closes_on=today,
            cover_starts_on=dt.date(2025, 7, 1),
        )
        actions.set_funds(by=SYSTEM, campaign=campaign, funds=[fund])
        allotment = actions.allot(by=SYSTEM, campaign=campaign, copies=self.workers, union=top)
        forward, batch = timed(lambda: actions.put_forward(by=self.officers[0], allotment=allotment))
        approve, batch = timed(
            lambda: actions.approve_batch(by=self.officers[1], batch=batch, digest=batch.digest)
        )
        self.eligible = batch.copies
        return forward, approve, batch

    def round(self) -> dict[str, float]:
        from unionbenefits.campaigns.actions import issue_batch

        forward, approve, batch = self.prepare()
        settle(self.plain)
        seconds, outcome = timed(lambda: issue_batch(by=self.officers[1], batch=batch))
        assert outcome.issued == self.eligible == self.workers, (outcome.issued, self.eligible)
        again, second = timed(lambda: issue_batch(by=self.officers[1], batch=batch))
        assert not second.changed
        return {"put forward": forward, "approve": approve, "issue": seconds, "issue again": again}


def profile(ours: Ours) -> None:
    """Seconds per statement of one issue, commit included."""
    from django.db import connection, transaction

    from unionbenefits.campaigns.actions import issue_batch

    _, _, batch = ours.prepare()
    settle(ours.plain)
    spent: list[tuple[float, str]] = []

    def watch(execute, statement, params, many, context):
        seconds, result = timed(lambda: execute(statement, params, many, context))
        spent.append((seconds, " ".join(str(statement).split())[:110]))
        return result

    start = time.perf_counter()
    with connection.execute_wrapper(watch), transaction.atomic():
        issue_batch(by=ours.officers[1], batch=batch)
        inside = time.perf_counter() - start
    whole = time.perf_counter() - start
    for seconds, statement in sorted(spent, reverse=True)[:12]:
        print(f"{seconds * 1000:8.1f} ms  {statement}")
    print(
        f"{(whole - inside) * 1000:8.1f} ms  commit; all {whole * 1000:.0f} ms, statements {sum(s for s, _ in spent) * 1000:.0f} ms"
    )


class Enough(Exception):
    """The run is stopped here."""


def stop_half_way(done: int, total: int) -> None:
    if done * 2 >= total:
        raise Enough


def peak_megabytes() -> float:
    """The most memory that this process ever held."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def big(ours: Ours) -> int:
    """One batch of everybody: put forward, stopped half-way, issued with its progress, undone."""
    from unionbenefits.campaigns import actions
    from unionbenefits.plans.models import Coverage

    forward, approve, batch = ours.prepare()
    settle(ours.plain)
    before, said = Coverage.objects.count(), []
    start = time.perf_counter()
    try:
        actions.issue_batch(by=ours.officers[1], batch=batch, told=stop_half_way)
    except Enough:
        stopped = time.perf_counter() - start
    assert Coverage.objects.count() == before
    issue, outcome = timed(
        lambda: actions.issue_batch(by=ours.officers[1], batch=batch, told=lambda *at: said.append(at))
    )
    assert outcome.issued == ours.workers == said[-1][0]
    propose, undo = timed(
        lambda: actions.propose_revocation(by=ours.officers[0], batch=batch, reason="bench")
    )
    confirm, undone = timed(
        lambda: actions.confirm_revocation(by=ours.officers[1], revocation=undo, digest=undo.digest)
    )
    assert undone.copies == ours.workers
    steps = {"put forward": forward, "approve": approve, "stopped half-way": stopped, "issue": issue}
    steps |= {"propose undo": propose, "undo": confirm}
    print(f"{ours.workers:,} in one batch: " + ", ".join(f"{k} {v:.1f} s" for k, v in steps.items()))
    print(f"progress told {len(said)} times; peak memory {peak_megabytes():.0f} MB (bar {BIG_MEGABYTES})")
    return 0 if peak_megabytes() <= BIG_MEGABYTES else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--big", action="store_true")
    options = parser.parse_args()
    options.workers = options.workers or (BIG_WORKERS if options.big else WORKERS)
    if options.big:
        return big(Ours(database.use("bench_issue_big"), options.workers))
    url = database.use("bench_issue")
    floor, ours = Floor(url, options.workers), Ours(url, options.workers)
    if options.profile:
        profile(ours)
        return 0
    floors, rounds = [], []
    for number in range(options.rounds + 1):
        floors.append(floor.round())
        rounds.append(ours.round())
        print(
            f"round {number}: rig {floors[-1] * 1000:.0f} ms, "
            + ", ".join(f"{k} {v * 1000:.0f} ms" for k, v in rounds[-1].items()),
            file=sys.stderr,
        )
    ratio = statistics.median(o["issue"] / f for o, f in zip(rounds[1:], floors[1:], strict=True))
    again = statistics.median(o["issue again"] for o in rounds[1:])
    print(
        f"issue of {options.workers:,}: {ratio:.2f} × the rig (bar {BAR}); again, unchanged: {again * 1000:.1f} ms"
    )
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    raise SystemExit(main())
