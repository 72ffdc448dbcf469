"""Who is about to lapse and who was dropped: a campaign's gifts, the cover behind them, and what followed."""

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from unionbenefits.campaigns.enums import GiftState
from unionbenefits.campaigns.models import Campaign, Gift
from unionbenefits.core import clock
from unionbenefits.core.scope import Scope
from unionbenefits.plans.models import Coverage

_DAY = dt.timedelta(days=1)


def about_to_lapse(campaign: Campaign, scope: Scope, days: int) -> "QuerySet[Any]":
    """The campaign's gifts in scope whose cover ends within `days` days, today included, and none follows.

    Each row knows `end`, the first day without cover. Cover of the same plan by anybody counts as following,
    also where it leaves a gap: then the person is looked after.
    """
    today = clock.today()
    later = Coverage.objects.filter(
        worker=OuterRef("worker"),
        plan=OuterRef("coverage__plan"),
        live_period__endswith__gt=OuterRef("end"),
    )
    mine = Gift.objects.in_scope(scope).filter(
        campaign=campaign, state=GiftState.LIVE, coverage__isnull=False
    )
    ending = mine.annotate(end=F("coverage__live_period__endswith")).filter(
        end__gt=today, end__lte=today + (days + 1) * _DAY
    )
    lapsing: QuerySet[Any] = ending.filter(~Exists(later)).order_by("pk")
    return lapsing


def dropped(campaign: Campaign, scope: Scope) -> "QuerySet[Any]":
    """Gifts in scope of the campaign that this one continues, of workers who have no gift of this one.

    Each row knows `why`: the reason code of the newest line of this campaign that left the worker out, None
    for whoever nobody put forward. A campaign that continues none has nobody dropped.
    """
    if campaign.renews_id is None:
        return Gift.objects.none()
    here = Gift.objects.filter(campaign=campaign, worker=OuterRef("worker"))
    left_out = here.filter(state=GiftState.LEFT_OUT).order_by("-pk").values("reason")[:1]
    left_behind: QuerySet[Any] = (
        Gift.objects.in_scope(scope)
        .filter(campaign=campaign.renews_id, state=GiftState.LIVE)
        .filter(~Exists(here.filter(state=GiftState.LIVE)))
        .annotate(why=Subquery(left_out))
        .order_by("pk")
    )
    return left_behind
