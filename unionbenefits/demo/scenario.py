"""The Nanhai scenario from nothing to issued gifts; run again, it finds all standing and changes nothing.

Every step looks at what stands before it acts, and every act is a transaction of its own verb: a run that was
stopped anywhere is completed by the next one.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _, ngettext

from unionbenefits.campaigns.models import Campaign, GiftBatch
from unionbenefits.demo import giving, incoming, organisation as organisations, staff as staffing
from unionbenefits.demo.lines import RosterPlan, plan_rosters
from unionbenefits.demo.units import Unit
from unionbenefits.workers.models import Roster

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Scenario:
    """What stands after a run; `changed` tells whether the run added anything."""

    campaign: Campaign
    staff: staffing.Staff
    plans: tuple[RosterPlan, ...]
    changed: bool


def build(units: Sequence[Unit], folder: Path, say: Say) -> Scenario:
    """Builds the scenario of `units`, writing workbooks into `folder` and saying each step in a sentence."""
    began = time.perf_counter()

    def tell(sentence: str) -> None:
        say(f"{time.perf_counter() - began:6.1f} s  {sentence}")

    organisation = organisations.build(units)
    staff = staffing.employ(organisation, organisation.enterprises[units[0].enterprise_code])
    campaign = giving.prepare(organisation, staff, units)
    tell(_("Unions, enterprises, staff, reserves, plan and campaign stand."))
    plans = tuple(plan_rosters(units))
    applied = incoming.applied_at(organisation)
    paths = incoming.write_rosters(plans, folder, applied=applied)
    tell(_("%(count)s workbooks lie in %(folder)s.") % {"count": len(paths), "folder": folder})
    rosters = incoming.import_rosters(plans, paths, organisation, staff, lambda *of: tell(_imported(*of)))
    if len(applied) < len(units):
        _refresh_statistics()
    given = giving.give(campaign, units, rosters, staff, lambda *of: tell(_issued(*of)))
    changed = bool(given or len(applied) < len(units))
    if changed:
        _refresh_statistics()
    tell(_("Every batch is issued.") if changed else _("Everything stood already; nothing was changed."))
    return Scenario(campaign, staff, plans, changed)


def _imported(unit: Unit, roster: Roster) -> str:
    return _("Imported %(unit)s: %(rows)s rows, %(accept)s accepted, %(hold)s held, %(reject)s rejected") % {
        "unit": unit.name,
        "rows": roster.counts["rows"],
        "accept": roster.counts["accept"],
        "hold": roster.counts["hold"],
        "reject": roster.counts["reject"],
    }


def _issued(unit: Unit, batch: GiftBatch) -> str:
    sentence = ngettext(
        "Issued to %(unit)s: %(count)s gift", "Issued to %(unit)s: %(count)s gifts", batch.copies
    )
    return sentence % {"unit": unit.name, "count": batch.copies}


def _refresh_statistics() -> None:
    """The planner knows the new rows at once, not when autovacuum comes by."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
