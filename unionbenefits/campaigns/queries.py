"""Reading batches and campaigns: digests, reasons, and the figures that are reported."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext as _

from unionbenefits.campaigns import press
from unionbenefits.campaigns.enums import BatchState, GiftState, LeftOut
from unionbenefits.campaigns.judging import SQL, asked_count
from unionbenefits.campaigns.models import Campaign, Gift, GiftBatch
from unionbenefits.campaigns.previews import (
    AllotmentUse,
    Notice,
    Preview,
    PreviewLine,
    allotment_use,
    preview,
    preview_lines,
)
from unionbenefits.core import sql
from unionbenefits.core.errors import NotFound
from unionbenefits.core.money import show
from unionbenefits.core.scope import EVERYTHING, Scope
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.workers.enums import Occupation

__all__ = [
    "AllotmentUse",
    "Day",
    "Figure",
    "Notice",
    "Preview",
    "PreviewLine",
    "Report",
    "allotment_use",
    "asked_count",
    "batch_lines_digest",
    "batch_reasons",
    "campaign_named",
    "preview",
    "preview_lines",
    "report",
]

_ISSUED = (BatchState.ISSUED, BatchState.PARTLY_REVOKED)


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of a breakdown: whose, how many workers, 元."""

    key: str
    label: str
    workers: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Day:
    """What was issued on one day and still holds: workers, 元."""

    day: dt.date
    workers: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Report:
    """What a campaign has given so far; issued gifts only, unions for tests and all below them left out.

    `units` are the distinct grassroots unions that the workers belong to. `by_holder` is by the unit whose
    places were used (领取单位), such as an industry union; `by_day` is in order of days; `left_out` counts
    lines of issued batches that got nothing. `paragraph` is for the press, `sentence` its first sentence.
    """

    campaign: Campaign
    units: int
    workers: int
    amount: Decimal
    by_holder: tuple[Figure, ...]
    by_union: tuple[Figure, ...]
    by_enterprise: tuple[Figure, ...]
    by_occupation: tuple[Figure, ...]
    by_day: tuple[Day, ...]
    left_out: dict[LeftOut, int]
    sentence: str
    paragraph: str


def campaign_named(code: str) -> Campaign:
    """The campaign with this code. Raises NotFound `campaign_unknown`."""
    found = Campaign.objects.select_related("plan_version__plan", "owner").filter(code=code)
    campaign: Campaign | None = found.first()
    if campaign is None:
        raise NotFound("campaign_unknown", _("There is no campaign with this code."))
    return campaign


def batch_lines_digest(batch: GiftBatch) -> str:
    """SHA-256 over the batch's terms and lines as they are now; an approval binds to it."""
    return str(sql.rows(SQL, "lines_digest", {"batch": batch.pk})[0]["digest"])


def batch_reasons(batch: GiftBatch) -> dict[LeftOut, int]:
    """How many lines of the batch get no gift, by code, the most frequent first."""
    return _count_reasons({"batch": batch})


def report(campaign: Campaign, scope: Scope = EVERYTHING) -> Report:
    """The figures as of now, of the gifts through enterprises in `scope`; four or five queries."""
    values = {"campaign": campaign.pk, "enterprises": _enterprises(scope)}
    totals = _rows("issued_totals", values)[0]
    breakdowns: dict[str, list[Figure]] = {"holder": [], "union": [], "enterprise": [], "occupation": []}
    for row in _rows("issued_figures", values):
        breakdowns[row["breakdown"]].append(_figure(row, campaign))
    amount = campaign.unit_cost * totals["workers"]
    sentence = _sentence(campaign, totals["units"], totals["workers"], amount)
    return Report(
        campaign=campaign,
        units=totals["units"],
        workers=totals["workers"],
        amount=amount,
        by_holder=tuple(breakdowns["holder"]),
        by_union=tuple(breakdowns["union"]),
        by_enterprise=tuple(breakdowns["enterprise"]),
        by_occupation=tuple(breakdowns["occupation"]),
        by_day=tuple(
            Day(row["day"], row["workers"], campaign.unit_cost * row["workers"])
            for row in _rows("issued_days", values)
        ),
        left_out=_count_reasons({"campaign": campaign, "batch__state__in": _ISSUED}, scope),
        sentence=sentence,
        paragraph=press.paragraph(campaign, sentence, breakdowns["holder"]),
    )


def _enterprises(scope: Scope) -> list[int] | None:
    """The enterprises that a scope reaches; None for all."""
    if scope.everything:
        return None
    return list(Enterprise.objects.in_scope(scope).values_list("pk", flat=True))


def _sentence(campaign: Campaign, units: int, workers: int, amount: Decimal) -> str:
    """Ready for the press, with the exact figures."""
    gift = str(campaign.plan_version.plan) if campaign.plan_version else campaign.name
    return _(
        "%(workers)s workers of %(units)s enterprise unions were given %(gift)s, "
        "worth %(amount)s yuan in all (%(cost)s yuan each)."
    ) % {
        "workers": workers,
        "units": units,
        "gift": gift,
        "amount": show(amount),
        "cost": show(campaign.unit_cost),
    }


def _figure(row: dict[str, Any], campaign: Campaign) -> Figure:
    label = row["label"]
    if row["breakdown"] == "occupation":
        label = str(Occupation(label).label) if label in Occupation.values else label or _("Not stated")
    return Figure(row["key"], label, row["workers"], campaign.unit_cost * row["workers"])


def _count_reasons(which: dict[str, Any], scope: Scope = EVERYTHING) -> dict[LeftOut, int]:
    counted = (
        Gift.objects.in_scope(scope)
        .filter(state=GiftState.LEFT_OUT, **which)
        .order_by()
        .values_list("reason")
        .annotate(lines=Count("id"))
        .order_by("-lines", "reason")
    )
    return {LeftOut(reason): lines for reason, lines in counted}


def _rows(ending: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql.load(str(SQL), "issued_gifts") + sql.load(str(SQL), ending), values)
        columns = [column.name for column in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
