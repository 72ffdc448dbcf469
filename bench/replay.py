"""Past decisions replayed under other terms: 100,000 claims in a database of their own (issue 6: in minutes).

    python bench/replay.py [--claims 100000]

Claims, papers aside, are as the desk leaves them: one to three stays a worker, decided by the rules on facts frozen
into each decision. Replays once under the terms as they are, which must find no difference, and once under others.
Prints decisions a second and the peak memory; exits 1 when 100,000 would take longer than three minutes.
"""

import argparse
import datetime as dt
import json
import random
import resource
import sys
import time
import uuid
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

BAR_SECONDS, BAR_CLAIMS = 180, 100_000
NOW = "2026-11-01 10:00+08"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=BAR_CLAIMS)
    options = parser.parse_args()
    import database

    database.use(f"bench_replay_{options.claims}")
    from django.db import connection

    made = time.perf_counter()
    workers = fill(connection, options.claims)
    print(
        f"made {options.claims:,} claims of {workers:,} workers in {time.perf_counter() - made:.0f} s",
        file=sys.stderr,
    )
    same, other = terms()
    print("| replay of decisions | s | a second | different |")
    print("|---|---|---|---|")
    slowest = 0.0
    for name, version in (("same terms", same), ("other terms", other)):
        for office, whose in ((None, "everybody's"), (1, "of an office, scoped")):
            seconds, replay = run(version, office)
            rate = replay.done / seconds
            slowest = max(slowest, seconds)
            print(f"| {name}, {whose} | {seconds:.1f} | {rate:,.0f} | {replay.changed:,} |")
            if replay.done != options.claims or (name == "same terms" and replay.changed):
                raise SystemExit(f"wrong: {replay.done} decided again, {replay.changed} different")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    limit = BAR_SECONDS * options.claims / BAR_CLAIMS
    print(
        f"\nslowest {slowest:.1f} s (bar {limit:.0f} s); peak memory of the process {peak:.0f} MB, with making the claims"
    )
    return int(slowest > limit)


def run(version, office):
    """Seconds, and the replay as it ended."""
    from unionbenefits.accounts.models import User
    from unionbenefits.claims.actions.replaying import run_replay, start_replay
    from unionbenefits.claims.rules import RULESET
    from unionbenefits.unions.models import Union

    by = User.objects.get(username="bench-1")
    place = None if office is None else Union.objects.get(pk=office)
    replay = start_replay(by=by, plan_version=version, ruleset=RULESET, office=place)
    began = time.perf_counter()
    run_replay(replay=replay.pk)
    seconds = time.perf_counter() - began
    replay.refresh_from_db()
    if replay.state != "done":
        raise SystemExit(f"{replay.state}: {replay.failure}")
    return seconds, replay


def terms():
    """The terms that everything was decided by, and others with a deductible, another rate and a lower cap."""
    from unionbenefits.plans.models import PlanVersion

    same = PlanVersion.objects.get(pk=1)
    other, _new = PlanVersion.objects.get_or_create(
        pk=2,
        defaults={
            "plan": same.plan,
            "number": 2,
            "valid_from": dt.date(2027, 1, 1),
            "fee": same.fee,
            "rates": [Decimal("0.75"), Decimal("0.70"), Decimal("0.50")],
            "deductible": Decimal("300.00"),
            "cap_per_period": Decimal("15000.00"),
        },
    )
    return same, other


def fill(connection, claims: int) -> int:
    """Workers with cover of this year, and their claims; made once."""
    import population

    from unionbenefits.accounts.models import User

    stays = counts(claims)
    population.build(connection, len(stays), 1)
    people = [User.objects.get_or_create(username=f"bench-{at}")[0].pk for at in (1, 2, 3)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM claims_decision")
        if cursor.fetchone()[0] == claims:
            return len(stays)
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE claims_claim CASCADE")
        cursor.execute("SELECT worker_id, id FROM plans_coverage ORDER BY worker_id")
        covers = dict(cursor.fetchall())
        rows = [row for worker, own in enumerate(stays, 1) for row in claims_of(worker, own, covers[worker])]
        copy(cursor, "claims_claim", CLAIM, (claim for claim, _decision in rows))
        cursor.execute(
            "INSERT INTO claims_claimversion (claim_id, version, facts, sealed, why, made_by, made_at) "
            "SELECT id, 1, '{}', '', 'filed', 'worker', filed_at FROM claims_claim"
        )
        cursor.execute("SELECT claim_id, id FROM claims_claimversion")
        versions = dict(cursor.fetchall())
        decisions = ((*decision, versions[decision[0]], *people) for _claim, decision in rows)
        copy(cursor, "claims_decision", DECISION, decisions)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")
    return len(stays)


def counts(claims: int) -> list[int]:
    """How many stays each worker has: mostly one, sometimes three."""
    chance, left, found = random.Random(20261101), claims, []
    while left:
        found.append(min(left, chance.choice((1, 1, 2, 3))))
        left -= found[-1]
    return found


CLAIM = (
    "id number key worker_id coverage_id state version step hospital hospital_key admitted discharged settled total pooled_fund "
    "supplementary medical_aid self_paid own_expense other_paid payee_name bank_name other_holder_reason consent_id "
    "filed_through filing_reason created_at filed_at promised_on risk closing_reason"
)
DECISION = (
    "claim_id version plan_version_id ruleset facts lines reasons flags outcome computed_outcome amount base ordinal rate "
    "note state decided_at reviewed_at approved_at return_reason claim_version_id decided_by_id reviewed_by_id approved_by_id"
)


def claims_of(worker: int, number: int, cover: int):
    """The worker's claims with their decisions, each decided when the earlier ones stood approved."""
    from unionbenefits.claims.frozen import facts_document, verdict_columns
    from unionbenefits.claims.rules import Coverage, Facts, PlanTerms, Stay, StayState, adjudicate

    chance, year = random.Random(worker), dt.date.today().year
    cover_of = Coverage(dt.date(year, 1, 1), dt.date(year, 12, 31), first_enrolment=True)
    before: list[Stay] = []
    for at in range(number):
        key = worker * 4 + at
        admitted = dt.date(year, 1, 5) + dt.timedelta(days=at * 80 + chance.randint(0, 60))
        self_paid = Decimal(chance.randint(10_000, 2_500_000)).scaleb(-2)
        pooled = Decimal(chance.randint(100_000, 6_000_000)).scaleb(-2)
        stay = Stay(
            id=f"K{year}{key:07d}",
            admitted=admitted,
            discharged=admitted + dt.timedelta(days=chance.randint(1, 15)),
            settled=admitted + dt.timedelta(days=16),
            filed=admitted + dt.timedelta(days=30),
            hospital=f"医院{chance.randint(1, 80)}",
            total=self_paid + pooled,
            pooled_fund=pooled,
            self_paid=self_paid,
        )
        facts = Facts(PlanTerms(), cover_of, (stay, *before), stay.id)
        verdict = adjudicate(facts)
        pays = verdict.outcome == "pay"
        state = StayState.APPROVED if pays else StayState.REJECTED
        before.append(
            Stay(
                **{name: getattr(stay, name) for name in stay.__slots__}
                | {"state": state, "approved_amount": verdict.amount if pays else None}
            )
        )
        columns = verdict_columns(verdict)
        yield (
            (
                key, stay.id, uuid.UUID(int=key), worker, cover, "approved" if pays else "rejected", 1, 4, stay.hospital, stay.hospital,
                admitted, stay.discharged, stay.settled, stay.total, pooled, 0, 0, self_paid, 0, 0, "某某", "测试银行", "", 1,
                "worker", "", NOW, f"{stay.filed} 10:00+08", stay.filed, 0, "",
            ),
            (
                key, 1, 1, verdict.ruleset, json.dumps(facts_document(facts), ensure_ascii=False), json.dumps(columns["lines"], default=str),
                json.dumps(columns["reasons"], default=str), json.dumps(columns["flags"], default=str), "pay" if pays else "reject",
                verdict.outcome.value, verdict.amount, verdict.base, verdict.ordinal, verdict.rate, "", "approved",
                NOW, NOW, f"{stay.filed} 12:00+08", "",
            ),
        )  # fmt: skip


def copy(cursor, table: str, columns: str, rows) -> None:
    raw = cursor.cursor.cursor if hasattr(cursor.cursor, "cursor") else cursor.cursor
    with raw.copy(f"COPY {table} ({', '.join(columns.split())}) FROM STDIN") as sink:
        for row in rows:
            sink.write_row(row)


if __name__ == "__main__":
    sys.exit(main())
