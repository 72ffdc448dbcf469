"""Every register's first page with 1,000,000 workers on file, as an association officer and as a district officer.

    python bench/staff_lists.py [--workers 1000000] [--rounds 7]

Prints queries, milliseconds and the ratio to an empty page of the panel (the password page); exits 1 when a bar of
design §9 is missed: ≤ 12 queries, no full count of a large table, < 10 × the empty page.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
LARGE = ("workers_", "plans_coverage", "campaigns_gift")


def officers():
    """The two officers who look: one of the province, one of a district."""
    import datetime as dt

    from django.contrib.auth import get_user_model

    from unionbenefits.access.actions import grant_post, sync_roles
    from unionbenefits.access.models import Post
    from unionbenefits.access.roles import Role
    from unionbenefits.audit.actors import System
    from unionbenefits.unions.models import Union

    by = System("bench")
    sync_roles(by=by)
    found = {}
    for label, role, union in (("province", Role.PROVINCE_OFFICER, 1), ("district", Role.UNION_OFFICER, 11)):
        user, _made = get_user_model().objects.get_or_create(username=f"bench-{label}")
        if not Post.objects.filter(user=user).exists():
            grant_post(
                by=by, user=user, role=role, union=Union.objects.get(pk=union), starts_on=dt.date(2020, 1, 1)
            )
        found[label] = user
    return found


def look(client, address: str, rounds: int):
    """(status, queries, median seconds, whether a large table was counted whole)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        status = client.get(address).status_code
        # Read now: the next request empties Django's log of queries.
        asked = [query["sql"] for query in captured]
    counted = any(
        "COUNT(" in sql.upper() and " LIMIT " not in sql and any(f'"{name}' in sql for name in LARGE) for sql in asked
    )
    if status != 200:
        return status, len(asked), 0.0, counted
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - started)
    return status, len(asked), statistics.median(times), counted


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    import database

    database.use("bench_large")
    import population
    from django.contrib import admin
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    population.build(connection, options.workers, 3)
    missed = False
    for label, user in officers().items():
        client = Client()
        client.force_login(user)
        *_ignored, empty, _counted = look(client, reverse("admin:password_change"), options.rounds)
        print(f"\n| {label} officer: register | status | queries | ms | × empty page | counts all |")
        print("|---|---|---|---|---|---|")
        for model in sorted(admin.site._registry, key=lambda model: model._meta.label):
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            status, queries, seconds, counted = look(client, address, options.rounds)
            if status == 403:
                continue
            bad = status != 200 or queries > 12 or seconds / empty >= 10 or counted
            missed |= bad
            row = (
                model._meta.label,
                status,
                queries,
                f"{seconds * 1000:.1f}",
                f"{seconds / empty:.1f}",
                "yes" if counted else "no",
            )
            print("| " + " | ".join(map(str, row)) + (" | ← missed" if bad else " |"))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
