"""The minimum share of a unit's workers that a plan asks for (domain.md §1: 80 %, all below 50 people).

Written-down rules:
- A unit is an enterprise. Units from which the batch gives nobody anything are not asked.
- Its people are the stated headcount, else the present members on file. People whom the plan's ages exclude
  (too young, too old, past retirement) cannot enrol and do not count among them.
- Enrolled are those who get it now, those who have a gift of the campaign and those who are covered already.
- The share is a minimum: it is rounded up to whole people. Exactly 80 % suffices.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _, ngettext

from unionbenefits.campaigns.eligibility import needed_of
from unionbenefits.campaigns.judging import judged_rows, parameters
from unionbenefits.campaigns.models import Allotment
from unionbenefits.plans.models import PlanVersion
from unionbenefits.workers.models import Roster

_NAMED = 3


@dataclass(frozen=True, slots=True)
class UnitShare:
    """How many of a unit's people would be enrolled, and how many must be."""

    enterprise_id: int
    name: str
    people: int
    enrolled: int
    needed: int

    @property
    def is_short(self) -> bool:
        """Whether the plan asks for more."""
        return self.enrolled < self.needed

    def sentence(self) -> str:
        """The exact figures."""
        return _("%(unit)s: %(enrolled)d of %(people)d people, at least %(needed)d are needed") % {
            "unit": self.name,
            "enrolled": self.enrolled,
            "people": self.people,
            "needed": self.needed,
        }


def unit_shares(
    allotment: Allotment, roster: Roster | None = None, only: Collection[int] | None = None
) -> tuple[UnitShare, ...]:
    """The share of every unit that such a batch gives something; none where the campaign asks for none."""
    campaign = allotment.campaign
    version = campaign.plan_version
    if not campaign.minimum_share_required or version is None:
        return ()
    gets = [row["worker_id"] for row in judged_rows("judged_ids", parameters(allotment, roster, only))]
    return tuple(
        _share(row, version) for row in judged_rows("judged_shares", parameters(allotment, gets=gets))
    )


def shortage_sentence(shares: Iterable[UnitShare]) -> str:
    """Which units fall short and by how much; empty when none does."""
    short = [share for share in shares if share.is_short]
    if not short:
        return ""
    told = "; ".join(share.sentence() for share in short[:_NAMED])
    if len(short) > _NAMED:
        more = len(short) - _NAMED
        told += "; " + ngettext("and %(count)d more unit", "and %(count)d more units", more) % {"count": more}
    return _("Too few of the unit's people would be enrolled. %(units)s.") % {"units": told}


def _share(row: dict[str, Any], version: PlanVersion) -> UnitShare:
    stated: int | None = row["headcount"]
    people = max(0, (row["on_file"] if stated is None else stated) - row["excluded"])
    return UnitShare(
        enterprise_id=row["enterprise_id"],
        name=row["name"],
        people=people,
        enrolled=row["enrolled"],
        needed=needed_of(people, version),
    )
