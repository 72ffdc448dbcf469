"""What a worker was given, by whom, and what waits to be collected: the worker's own page of gifts."""

import datetime as dt
from dataclasses import dataclass

from unionbenefits.campaigns.enums import BatchState, CampaignKind, GiftState
from unionbenefits.campaigns.models import Gift
from unionbenefits.core import clock
from unionbenefits.workers.models import Worker

_ISSUED = (BatchState.ISSUED, BatchState.PARTLY_REVOKED, BatchState.REVOKED)
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class OwnGift:
    """A gift as its worker may read it: `given_by` whose campaign it is, `through` the unit whose place it
    took (empty where that is the same). `certificate_no` is of a cover that still holds a day.
    """

    name: str
    kind: CampaignKind
    given_by: str
    through: str
    given_on: dt.date | None
    until: dt.date
    certificate_no: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class OwnGifts:
    """Goods and activities whose time is not over, and everything that was given before, the newest first."""

    to_collect: tuple[OwnGift, ...]
    given: tuple[OwnGift, ...]


def gifts_of(worker: Worker, day: dt.date) -> OwnGifts:
    """The worker's issued gifts as of `day`; one query."""
    rows = (
        Gift.objects.filter(
            worker=worker, state__in=[GiftState.LIVE, GiftState.REVOKED], batch__state__in=_ISSUED
        )
        .select_related(
            "campaign__owner", "coverage", "batch__allotment__union", "batch__allotment__enterprise"
        )
        .order_by("-pk")[:_SHOWN]
    )
    gifts = [_own(gift) for gift in rows]
    waits = [one for one in gifts if _waits(one, day)]
    return OwnGifts(tuple(waits), tuple(one for one in gifts if one not in waits))


def _waits(gift: OwnGift, day: dt.date) -> bool:
    return gift.kind != CampaignKind.COVERAGE and not gift.withdrawn and gift.until >= day


def _own(gift: Gift) -> OwnGift:
    campaign, allotment, cover = gift.campaign, gift.batch.allotment, gift.coverage
    through = allotment.unit.name
    issued = cover.issued_at if cover else gift.batch.issued_at
    return OwnGift(
        name=campaign.name,
        kind=CampaignKind(campaign.kind),
        given_by=campaign.owner.name,
        through="" if through == campaign.owner.name else through,
        given_on=clock.local(issued).date() if issued else None,
        until=allotment.use_until or campaign.closes_on,
        certificate_no=cover.certificate_no if cover and not cover.live_period.isempty else "",
        withdrawn=gift.state == GiftState.REVOKED,
    )
