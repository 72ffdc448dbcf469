"""What the forecast of the backlog is made from, for the claims that an officer sees."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from unionbenefits.claims.enums import OPEN, ClaimState, DecisionState
from unionbenefits.claims.forecast import LOOK_BACK, Forecast, Waiting, forecast
from unionbenefits.claims.models import Claim, Decision
from unionbenefits.core import clock
from unionbenefits.core.scope import Scope


@dataclass(frozen=True, slots=True)
class Backlog:
    """The forecast of the claims in the office's hands, and how many wait for their workers meanwhile."""

    forecast: Forecast
    asked: int


def backlog_of(scope: Scope) -> Backlog:
    """How the desk of this scope stands today. Three queries."""
    today = clock.today()
    since = clock.start_of_day(clock.now()) - dt.timedelta(days=LOOK_BACK)
    until = clock.start_of_day(clock.now())
    arrived = _by_day(Claim.objects.in_scope(scope).filter(number__isnull=False), "filed_at", since, until)
    approved = Decision.objects.in_scope(scope).filter(state=DecisionState.APPROVED)
    decided = _by_day(approved, "approved_at", since, until)
    rows = Claim.objects.in_scope(scope).filter(state__in=OPEN).order_by()
    open_claims = list(rows.values_list("state", "promised_on").annotate(claims=Count("pk")))
    asked = sum(claims for state, _day, claims in open_claims if state == ClaimState.ASKED)
    waiting = [Waiting(day or today, n) for state, day, n in open_claims if state != ClaimState.ASKED]
    return Backlog(forecast(today=today, arrived=arrived, decided=decided, waiting=waiting), asked)


def _by_day(rows: "QuerySet[Any]", field: str, since: dt.datetime, until: dt.datetime) -> dict[dt.date, int]:
    """Rows by the Shanghai day of `field`, of the days since then and before today."""
    within = rows.filter(**{f"{field}__gte": since, f"{field}__lt": until}).order_by()
    day = TruncDate(field, tzinfo=clock.SHANGHAI)
    return dict(within.annotate(day=day).values_list("day").annotate(rows=Count("pk")))
