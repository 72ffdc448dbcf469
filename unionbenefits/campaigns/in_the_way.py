"""Campaigns, places and batches that a change of the tree meets (`access.in_the_way`)."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.access.in_the_way import Change, meets
from unionbenefits.campaigns.enums import BatchState, CampaignState
from unionbenefits.campaigns.models import Allotment, Campaign, GiftBatch
from unionbenefits.campaigns.previews import allotment_use
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union

_ON_THEIR_WAY = (BatchState.DRAFT, BatchState.PUT_FORWARD, BatchState.APPROVED)


def _held_by(unit: Union | Enterprise, prefix: str = "") -> Q:
    kind = "enterprise" if isinstance(unit, Enterprise) else "union"
    return Q(**{f"{prefix}{kind}": unit})


@meets(
    Change.MERGE,
    Change.CLOSE,
    text=_("Gift batches on their way: %(count)d. Issue, return or discard them first."),
    blocks=True,
    page="admin:batch_list",
)
def open_batches(unit: Union | Enterprise) -> int:
    """On places of the unit, or with lines of the enterprise's members."""
    touched = _held_by(unit, "allotment__")
    if isinstance(unit, Enterprise):
        touched |= Q(gifts__enterprise=unit)
    found = GiftBatch.objects.filter(touched, state__in=_ON_THEIR_WAY)
    count: int = found.distinct().count()
    return count


@meets(
    Change.MERGE,
    text=_("Campaigns of its own that are not closed: %(count)d. Close them first."),
    blocks=True,
    page="admin:campaign_list",
)
def own_campaigns(union: Union) -> int:
    """Drafts and running ones."""
    count: int = Campaign.objects.filter(owner=union).exclude(state=CampaignState.CLOSED).count()
    return count


def _unused(unit: Any) -> int:
    found = list(Allotment.objects.filter(_held_by(unit)).exclude(campaign__state=CampaignState.CLOSED))
    use = allotment_use(found)
    return sum(use[one.pk].left + use[one.pk].given_on for one in found)


@meets(
    Change.MERGE,
    text=_("Unused places of running campaigns: %(count)d. Take them back or move them first."),
    blocks=True,
    page="admin:campaign_list",
)
def places_of_the_union(union: Union) -> int:
    """Free, or given on to units below: nobody could put anybody forward on them afterwards."""
    return _unused(union)


@meets(
    Change.CLOSE,
    text=_("Unused places that stay with the enterprise until they are taken back: %(count)d."),
    blocks=False,
    page="admin:campaign_list",
)
def places_of_the_enterprise(enterprise: Enterprise) -> int:
    """Nobody serves there any more: they cannot be used, only taken back."""
    return _unused(enterprise)


@meets(
    Change.MOVE,
    text=_("Allotments of running campaigns that stay part of those of the union above: %(count)d."),
    blocks=False,
    page="admin:campaign_list",
)
def allotments_that_move(union: Union) -> int:
    """Of the union and all below it, out of places above it."""
    below = Q(union__path__startswith=union.path) | Q(enterprise__union__path__startswith=union.path)
    found = Allotment.objects.filter(below, parent__isnull=False).exclude(
        Q(parent__union__path__startswith=union.path) | Q(campaign__state=CampaignState.CLOSED)
    )
    count: int = found.count()
    return count
