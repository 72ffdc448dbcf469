"""Who of a unit gets the gift, set-based: the statements of `sql/asked*.sql` and `sql/judged*.sql` with their
parameters.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import connection

from unionbenefits.campaigns import eligibility
from unionbenefits.campaigns.enums import GiftedBefore, GiftState, StartRule
from unionbenefits.campaigns.models import Allotment, Campaign
from unionbenefits.core import clock, sql
from unionbenefits.core.progress import Told
from unionbenefits.core.scope import Scope
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union
from unionbenefits.workers.models import Roster

SQL = Path(__file__).parent / "sql"
# A hole of up to a month between two covers is most likely a slip of the dates (case C098).
SHORT_GAP_DAYS = 31
# People judged by one statement of a course, so that any number needs the same memory and can be stopped.
AT_ONCE = 25_000


def enterprises_of(allotment: Allotment) -> list[int]:
    """The enterprises whose workers an allotment serves.

    The enterprise itself, or all under the union; for an industry union also those that joined it.
    """
    if allotment.enterprise_id is not None:
        return [allotment.enterprise_id]
    assert allotment.union is not None
    reach = Scope(union_paths=(allotment.union.path,))
    return list(Enterprise.objects.in_scope(reach).order_by("pk").values_list("pk", flat=True))


def parameters(
    allotment: Allotment,
    roster: Roster | None = None,
    only: Collection[int] | None = None,
    promised: Collection[int] = (),
    **more: Any,
) -> dict[str, Any]:
    """What `sql/judged.sql` asks for, and `more` for its ending."""
    campaign: Campaign = allotment.campaign
    version = campaign.plan_version
    first_day = campaign.cover_starts_on
    enterprises = [roster.enterprise_id] if roster else enterprises_of(allotment)
    return {
        "campaign": campaign.pk,
        "roster": roster.pk if roster else None,
        "enterprises": enterprises,
        "only": None if only is None else list(only),
        "in_parts": False,
        "part": None,
        "promised": list(promised),
        "occupations": list(campaign.occupations) or None,
        "today": clock.today(),
        "outside": outside_areas(enterprises, campaign.areas) if campaign.areas else None,
        "earlier": earlier_campaigns(campaign),
        "gifted_since": _midnight(campaign.gifted_since),
        "real_name": campaign.real_name_required,
        "accepted": eligibility.accepted_insurance(version, campaign.insurance_required),
        "continues": campaign.start_rule == StartRule.CONTINUES and first_day is not None,
        "plan": version.plan_id if version else None,
        "first_day": first_day or clock.today(),
        "cover_from": first_day,
        "cover_until": campaign.cover_ends_on,
        "gap_from": first_day - dt.timedelta(days=SHORT_GAP_DAYS) if first_day else None,
        **eligibility.length_parameters(first_day, campaign.cover_ends_on),
        **eligibility.sql_parameters(eligibility.rules_of(version)),
        **more,
    }


def outside_areas(enterprises: Collection[int], areas: Collection[str]) -> list[int]:
    """The enterprises whose union's division code begins with none of `areas`.

    A union without a code lies where the nearest union above it that has one lies. Two queries.
    """
    codes = dict(Union.objects.exclude(area_code="").values_list("path", "area_code"))
    step: int = Union.steplen

    def code_of(path: str) -> str:
        above = (path[:length] for length in range(len(path), 0, -step))
        return next((codes[one] for one in above if one in codes), "")

    paths = Enterprise.objects.filter(pk__in=enterprises).order_by().values_list("pk", "union__path")
    return [pk for pk, path in paths if not eligibility.in_area(code_of(path), tuple(areas))]


def earlier_campaigns(campaign: Campaign) -> list[int] | None:
    """The other campaigns whose gifts count as gifted before; None where the campaign does not ask."""
    if campaign.gifted_before == GiftedBefore.ALLOWED:
        return None
    if campaign.plan_version:
        others = Campaign.objects.filter(plan_version__plan=campaign.plan_version.plan_id)
    else:
        others = Campaign.objects.filter(kind=campaign.kind, plan_version=None)
    return list(others.exclude(pk=campaign.pk).order_by().values_list("pk", flat=True))


def asked_ids(values: dict[str, Any]) -> list[int]:
    """The workers who would be judged, by key."""
    with connection.cursor() as cursor:
        cursor.execute(_asked("asked_ids"), values)
        return [worker for (worker,) in cursor]


def asked_count(allotment: Allotment, roster: Roster | None = None) -> int:
    """How many workers would be judged, without judging them."""
    with connection.cursor() as cursor:
        cursor.execute(_asked("asked_count"), parameters(allotment, roster))
        return int(cursor.fetchone()[0])


class Course:
    """A judging of many people part by part, in one or more passes over all of them.

    `told` hears after each part how many of how many are done, all passes taken together; what it raises ends
    everything.
    """

    def __init__(self, people: Sequence[int], told: Told, *, passes: int) -> None:
        self._people, self._told, self._passes = people, told, passes
        self._done = 0

    def parts(self) -> Iterator[list[int]]:
        """One pass over all."""
        for start in range(0, len(self._people), AT_ONCE):
            part = list(self._people[start : start + AT_ONCE])
            yield part
            self._done += len(part)
            self._told(self._done // self._passes, len(self._people))


def judged_rows(ending: str, values: dict[str, Any], course: Course | None = None) -> list[dict[str, Any]]:
    """The rows of a query that ends `judged.sql`; with a course those of all its parts."""
    rows: list[dict[str, Any]] = []
    with connection.cursor() as cursor:
        for part in _parts(values, course):
            cursor.execute(_judged(ending), part)
            columns = [column.name for column in cursor.description or ()]
            rows.extend(dict(zip(columns, row, strict=True)) for row in cursor.fetchall())
    return rows


def put_down(
    values: dict[str, Any], standing: GiftState = GiftState.LIVE, course: Course | None = None
) -> int:
    """Writes the judged workers as the lines of a batch; returns how many. `standing` are those who get it.

    It looks into the table that it fills: by index, or each line would read all lines before it.
    """
    return _written("judged_insert", values, standing, course)


def judge_again(values: dict[str, Any], standing: GiftState, course: Course | None = None) -> int:
    """Judges the lines of a draft again, as of now; returns how many were looked at."""
    return _written("judged_refresh", values, standing, course)


def add_newcomers(values: dict[str, Any], course: Course | None = None) -> int:
    """Gives those of the unit who have no line in a draft yet one; returns how many."""
    return _written("judged_newcomers", values, GiftState.DRAFTED, course)


def _written(ending: str, values: dict[str, Any], standing: GiftState, course: Course | None) -> int:
    written = 0
    for part in _parts(values | {"standing": standing.value}, course):
        with sql.without("seqscan"), connection.cursor() as cursor:
            cursor.execute(_judged(ending), part)
            written += int(cursor.rowcount)
        if course is not None:
            sql.check_keys_now()
    return written


def _parts(values: dict[str, Any], course: Course | None) -> Iterator[dict[str, Any]]:
    """The parameters of each statement: of the only one, or of one for every part of the course."""
    if course is None:
        yield values
        return
    only = None if values["only"] is None else frozenset(values["only"])
    for part in course.parts():
        yield of_these(values, part if only is None else [worker for worker in part if worker in only])


def of_these(values: dict[str, Any], workers: Collection[int]) -> dict[str, Any]:
    """The parameters narrowed to `workers`, without looking for everybody else first."""
    return values | {"in_parts": True, "part": list(workers), "only": None}


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return None if day is None else dt.datetime.combine(day, dt.time.min, clock.SHANGHAI)


def _asked(ending: str) -> str:
    return sql.load(str(SQL), "asked") + sql.load(str(SQL), ending)


def _judged(ending: str) -> str:
    return _asked("judged") + sql.load(str(SQL), ending)
