"""A small scenario with every path of the large one: several trades and layouts, repeats, the transport federation."""

import hashlib
from dataclasses import replace

from django.db import connection

from unionbenefits.campaigns.models import Campaign
from unionbenefits.campaigns.queries import report
from unionbenefits.demo.giving import CAMPAIGN
from unionbenefits.demo.units import units
from unionbenefits.workers.models import Membership, Roster, Worker
from unionbenefits.workers.roster.states import RosterState

SMALL = tuple(replace(units()[at], gifted=60) for at in (0, 11, 23, 31, 32))


def standing() -> dict[str, object]:
    """What a run leaves, without keys and times: equal after a disturbed and an undisturbed run."""
    found = report(Campaign.objects.get(code=CAMPAIGN))
    return {
        "units": found.units,
        "workers": found.workers,
        "amount": found.amount,
        "holders": {figure.label: figure.workers for figure in found.by_holder},
        "left_out": found.left_out,
        "rosters": sorted(
            Roster.objects.filter(state=RosterState.APPLIED).values_list("enterprise__name", "file_sha256")
        ),
        "people": Worker.objects.count(),
        "memberships": Membership.objects.count(),
    }


def every_row() -> dict[str, tuple[int, str]]:
    """Per table the number of rows and a digest of their versions (ctid, xmin): any write shows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        prints = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT ctid::text, xmin::text FROM "{table}" ORDER BY ctid')
            rows = cursor.fetchall()
            prints[table] = (len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())
    return prints
