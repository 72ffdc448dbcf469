"""How much of the registered and of the head enterprises a campaign's plan covers (全覆盖 / 有效覆盖).

Written-down rules:
- The day is today within the campaign's cover; before it the first day of cover, after it the last.
- Registered are all enterprises on file under the unions asked for; those of test unions are left out. Head
  enterprises are those marked so.
- A worker counts for every enterprise of which they are a present member on the day, whoever gave the cover.
- Effectively covered (有效覆盖) is an enterprise with at least one covered worker.
- Fully covered (全覆盖) is one where the covered workers reach the plan's minimum share of its people: the
  stated headcount, else the present members on file. Rounded up to whole people; small units need everybody
  (domain.md §1: 80 %, all below 50). An enterprise without people is never covered. Unlike the share of a
  batch (shares.py) nobody is left out for their age: the figure is of the enterprise, not of who may enrol.
- A campaign without a plan asks for the gift instead of the cover, and for everybody.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from unionbenefits.campaigns.eligibility import needed_of
from unionbenefits.campaigns.judging import SQL
from unionbenefits.campaigns.models import Campaign
from unionbenefits.core import clock, sql
from unionbenefits.core.scope import EVERYTHING, Scope
from unionbenefits.enterprises.models import Enterprise


@dataclass(frozen=True, slots=True)
class Rate:
    """Enterprises of a kind: all, with at least one covered worker, fully covered."""

    enterprises: int
    effective: int
    full: int


@dataclass(frozen=True, slots=True)
class UnionRate:
    """The enterprises that belong to one union."""

    union_id: int
    name: str
    registered: Rate
    head: Rate


@dataclass(frozen=True, slots=True)
class CoverRates:
    """The figures of a campaign's plan on a day, in all and by union, in the order of names."""

    day: dt.date
    registered: Rate
    head: Rate
    by_union: tuple[UnionRate, ...]


@dataclass(frozen=True, slots=True)
class _Covered:
    is_head: bool
    effective: bool
    full: bool


def cover_rates(campaign: Campaign, scope: Scope = EVERYTHING) -> CoverRates:
    """The rates as of today of the enterprises in `scope`; one query, two where the scope is a part."""
    day = _day(campaign)
    enterprises = (
        None if scope.everything else list(Enterprise.objects.in_scope(scope).values_list("pk", flat=True))
    )
    version = campaign.plan_version
    rows = sql.rows(
        SQL,
        "enterprise_cover",
        {
            "campaign": campaign.pk,
            "plan": version.plan_id if version else None,
            "day": day,
            "enterprises": enterprises,
        },
    )
    unions: dict[tuple[int, str], list[_Covered]] = {}
    for row in rows:
        unions.setdefault((row["union_id"], row["union_name"]), []).append(_covered(row, campaign))
    everyone = [one for some in unions.values() for one in some]
    return CoverRates(
        day=day,
        registered=_rate(everyone),
        head=_rate(one for one in everyone if one.is_head),
        by_union=tuple(
            UnionRate(pk, name, _rate(some), _rate(one for one in some if one.is_head))
            for (pk, name), some in unions.items()
        ),
    )


def _covered(row: dict[str, Any], campaign: Campaign) -> _Covered:
    people = row["on_file"] if row["headcount"] is None else row["headcount"]
    version = campaign.plan_version
    needed = people if version is None else needed_of(people, version)
    return _Covered(
        is_head=row["is_head"],
        effective=row["covered"] > 0,
        full=people > 0 and row["covered"] >= max(1, needed),
    )


def _rate(some: Iterable[_Covered]) -> Rate:
    some = list(some)
    return Rate(len(some), sum(one.effective for one in some), sum(one.full for one in some))


def _day(campaign: Campaign) -> dt.date:
    today = clock.today()
    first, last = campaign.cover_starts_on or today, campaign.cover_ends_on or today
    return min(max(today, first), last)
