"""Trend pictures of the home page: what was given and what was decided in each of twelve months."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from unionbenefits.backoffice.pages import charts
from unionbenefits.backoffice.pages.base import in_scope
from unionbenefits.campaigns.models import GiftBatch
from unionbenefits.claims.enums import DecisionState
from unionbenefits.claims.models import Decision
from unionbenefits.core import clock

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """A bar: the month, its figure, its height in per cent of the highest, and the rows behind it."""

    first: dt.date
    value: int
    height: str
    href: str


@dataclass(frozen=True, slots=True)
class Trend:
    """Twelve bars under a title; the last one is the month that runs."""

    title: str
    total: int
    months: list[Month]


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a picture comes from: rows, the instant that dates them, the figure, and their register."""

    title: str
    rows: "QuerySet[Any]"
    field: str
    figure: Any
    register: str


def trends(request: HttpRequest) -> list[Trend]:
    """The pictures that the person's permissions allow and that have anything to show. One query each."""
    drawn = [_trend(source) for source in _sources(request)]
    return [trend for trend in drawn if trend.total]


def _sources(request: HttpRequest) -> list[_Source]:
    may, found = request.user.has_perm, []
    if may("campaigns.view_giftbatch"):
        batches, register = in_scope(request, GiftBatch), reverse("admin:campaigns_giftbatch_changelist")
        found.append(_Source(_("Covers given"), batches, "issued_at", Sum("copies"), f"{register}?"))
    if may("claims.view_decision"):
        approved = in_scope(request, Decision).filter(state=DecisionState.APPROVED)
        register = reverse("admin:claims_decision_changelist") + f"?state__exact={DecisionState.APPROVED}&"
        found.append(_Source(_("Claims decided"), approved, "decided_at", Count("pk"), register))
    return found


def _trend(source: _Source) -> Trend:
    firsts = _firsts(clock.today())
    since = dt.datetime.combine(firsts[0], dt.time.min, clock.SHANGHAI)
    counted = (
        source.rows.order_by()
        .filter(**{f"{source.field}__gte": since})
        .annotate(month=TruncMonth(source.field))
        .values("month")
        .annotate(figure=source.figure)
        .values_list("month", "figure")
    )
    found = {(month.year, month.month): value for month, value in counted}
    values = [found.get((first.year, first.month), 0) for first in firsts]
    highest = max(values)
    months = [
        Month(first, value, _height(value, highest), source.register + _days(source.field, first))
        for first, value in zip(firsts, values, strict=True)
    ]
    return Trend(source.title, sum(values), months)


def _height(value: int, highest: int) -> str:
    return f"{charts.share(value, highest):.1f}"


def _firsts(today: dt.date) -> list[dt.date]:
    """The first days of the last twelve months, this one included."""
    return [_month(today, -back) for back in range(MONTHS - 1, -1, -1)]


def _month(day: dt.date, on: int) -> dt.date:
    """The first day of the month `on` months after that of `day`."""
    count = day.year * 12 + day.month - 1 + on
    return dt.date(count // 12, count % 12 + 1, 1)


def _days(field: str, first: dt.date) -> str:
    last = _month(first, 1) - dt.timedelta(days=1)
    return urlencode({f"{field}_from": first.isoformat(), f"{field}_to": last.isoformat()})
