"""The panel with 1,000,000 workers on file: home, every register's first page, the next ones, searches and filters,
a person's page, for three officers.

    python bench/registers.py [--workers 1000000] [--rounds 7] [--only Coverage] [--database bench_registers]

Prints queries, milliseconds and the ratio to an empty page of the panel (the password page); exits 1 when a bar of
design §9 is missed: ≤ 12 queries (home 15), no full count of a large table, < 10 × the empty page.
"""

import argparse
import logging
import re
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
# A count that stops, or that is of a few parents named by their keys.
BOUNDED = re.compile(r" LIMIT |_id\" IN \(\d")
# By index; served by enterprise 10 of the first district, like every 350th.
PERSON = 8 + 350 * 20
LARGE = (
    "workers_worker",
    "workers_membership",
    "workers_identitydocument",
    "workers_rosterrow",
    "plans_coverage",
    "campaigns_gift",
)


def officers():
    """Who looks: an officer of the province, one of a district, the clerk of an enterprise."""
    import datetime as dt

    from django.contrib.auth import get_user_model

    from unionbenefits.access.actions import grant_post, sync_roles
    from unionbenefits.access.models import Post
    from unionbenefits.access.roles import Role
    from unionbenefits.audit.actors import System
    from unionbenefits.enterprises.models import Enterprise
    from unionbenefits.unions.models import Union

    by = System("bench")
    sync_roles(by=by)
    places = {
        "province": (Role.PROVINCE_OFFICER, {"union": Union.objects.get(pk=1)}),
        "district": (Role.UNION_OFFICER, {"union": Union.objects.get(pk=11)}),
        "clerk": (Role.ENTERPRISE_CLERK, {"enterprise": Enterprise.objects.get(pk=10)}),
    }
    found = {}
    for label, (role, place) in places.items():
        user, _made = get_user_model().objects.get_or_create(username=f"bench-{label}")
        if not Post.objects.filter(user=user).exists():
            grant_post(by=by, user=user, role=role, starts_on=dt.date(2020, 1, 1), **place)
        found[label] = user
    return found


def asked_of(app_model: str) -> list[tuple[str, str]]:
    """What is asked of a register beyond its first page: (what, query string). The person is in the clerk's enterprise."""
    import population

    person = PERSON
    found = [
        ("surname", population.name_of(person)[0]),
        ("name, first 2 characters", population.name_of(person)[:2]),
        ("name, 1 character inside", population.name_of(person)[1]),
        ("name, last 2 characters", population.name_of(person)[1:]),
        ("name in parts", f"{population.name_of(person)[0]} {population.name_of(person)[2]}"),
        ("a character of nobody", "嬴"),
        ("full number", population.number_of(person)),
        ("full phone", population.phone_of(person)),
        ("nobody's name", "司马相如"),
    ]
    searches = [(f"search: {what}", urlencode({"q": text})) for what, text in found]
    filters = {
        "workers.Worker": [
            "p=2",
            "p=5",
            "p=40",
            "sex__exact=male",
            "sex__exact=female",
            "birth_date_from=1999-05-01&birth_date_to=1999-05-02",
            "o=2",
        ],
        "workers.Membership": [
            "enterprise__id__exact=10",
            "open=no",
            "open=yes",
            "occupation__exact=rider",
            "p=5",
        ],
        "workers.IdentityDocument": ["kind__exact=passport"],
        "workers.RosterRow": ["roster__id__exact=10", "verdict__exact=reject"],
        "plans.Coverage": [
            "in_force=today",
            "in_force=members",
            "status__exact=cancelled",
            "p=9",
            "q=B2026000007010",
        ],
        "campaigns.Gift": ["state__exact=left_out", "enterprise__id__exact=10"],
    }
    return [*searches, *((query, query) for query in filters[app_model])] if app_model in filters else []


def look(client, address: str, rounds: int):
    """(status, queries, median seconds, whether a large table was counted whole)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        status = client.get(address).status_code
        # Read now: the next request empties Django's log of queries.
        asked = [query["sql"] for query in captured]
    counted = any(
        "COUNT(" in sql.upper() and not BOUNDED.search(sql) and any(f'"{name}"' in sql for name in LARGE)
        for sql in asked
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
    parser.add_argument("--only", default="", help="only pages whose name has this in it")
    parser.add_argument("--database", default="bench_registers", help="made and filled where it is missing")
    options = parser.parse_args()
    logging.disable(logging.ERROR)  # registers that a role may not see
    import database

    database.use(options.database)
    import population
    from django.contrib import admin
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    population.build(connection, options.workers, 3, papers=True)
    missed = False
    for label, user in officers().items():
        client = Client()
        client.force_login(user)
        *_ignored, empty, _counted = look(client, reverse("admin:password_change"), options.rounds)
        print(f"\n| {label}: page | status | queries | ms | × empty page | counts all |")
        print("|---|---|---|---|---|---|")
        home = reverse("admin:index")
        pages = [
            ("Home", home, 15),
            ("Home's figures, asked for later, kept", reverse("admin:cover"), 15),
            ("A person's page", reverse("admin:person", args=[PERSON + 1]), 12),
        ]
        for model in sorted(admin.site._registry, key=lambda model: model._meta.label):
            name = model._meta.label
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            if client.get(address).status_code == 403:
                continue
            pages.append((name, address, 12))
            pages += [(f"{name} {what}", f"{address}?{query}", 12) for what, query in asked_of(name)]
        for name, address, most in pages:
            if options.only not in name:
                continue
            status, queries, seconds, counted = look(client, address, options.rounds)
            bad = status != 200 or queries > most or seconds / empty >= 10 or counted
            missed |= bad
            row = (
                name,
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
