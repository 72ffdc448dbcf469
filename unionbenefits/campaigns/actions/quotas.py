"""Places after they were given out: moved on, bounded by a day, taken back when nobody used them."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Value, When
from django.utils.translation import gettext as _

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import SYSTEM, Actor
from unionbenefits.campaigns.actions.setup import lock_campaign
from unionbenefits.campaigns.enums import CampaignState
from unionbenefits.campaigns.errors import guarded
from unionbenefits.campaigns.models import Allotment, Campaign
from unionbenefits.campaigns.previews import allotment_use
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal


@dataclass(frozen=True, slots=True)
class Reclaimed:
    """An allotment whose day had passed, and the unused places that went back."""

    allotment: Allotment
    copies: int


def move_places(*, by: Actor, from_: Allotment, to: Allotment, copies: int, reason: str) -> None:
    """Moves unused places from one unit to another of the same campaign.

    Where the two hang under different units, the places travel along the tree: what a unit on the way gives
    up or takes on, its allotments below give up or take on too, so that nobody else gains or loses any.

    Raises Refusal `reason_missing`, `copies_not_positive`, `allotment_same`, `allotment_of_another_campaign`,
    `places_short` (fewer are unused) or `deadline_passed` (the receiver could not use them any more).
    """
    if not reason.strip():
        raise Refusal("reason_missing", _("Write down why."))
    if copies <= 0:
        raise Refusal("copies_not_positive", _("Write how many places to move, at least one."))
    if from_.pk == to.pk:
        raise Refusal("allotment_same", _("Choose two different units."))
    if from_.campaign_id != to.campaign_id:
        raise Refusal("allotment_of_another_campaign", _("Places move within one campaign only."))
    with guarded(), act("campaign.move_places", by=by) as doing:
        found = _locked(lock_campaign(from_.campaign))
        _check_move(found[from_.pk], found[to.pk], copies)
        up, down = _way_up(found, from_.pk), _way_up(found, to.pk)
        _change({pk: -copies for pk in up if pk not in down} | {pk: copies for pk in down if pk not in up})
        doing.about = found[to.pk]
        doing.data = {"from": from_.pk, "to": to.pk, "copies": copies, "reason": reason.strip()[:200]}


def set_deadline(*, by: Actor, allotment: Allotment, until: dt.date | None) -> Allotment:
    """The last day on which the unit may use its places; None: until the campaign closes.

    Raises Refusal `deadline_passed` for a day before today, `deadline_after_closing`.
    """
    if until is not None and until < clock.today():
        raise Refusal("deadline_passed", _("That day is over already. Choose a later one."))
    with act("campaign.set_deadline", by=by) as doing:
        campaign = lock_campaign(allotment.campaign)
        if until is not None and until > campaign.closes_on:
            raise Refusal(
                "deadline_after_closing",
                _("The campaign closes on %(day)s. Choose a day up to then.")
                % {"day": campaign.closes_on.isoformat()},
            )
        locked: Allotment = Allotment.objects.select_for_update(no_key=True).get(pk=allotment.pk)
        locked.use_until = until
        locked.save(update_fields=["use_until"])
        doing.about, doing.data = locked, {"until": until.isoformat() if until else None}
    return locked


def reclaim_unused(
    *, by: Actor, campaign: Campaign, only: Collection[int] | None = None
) -> tuple[Reclaimed, ...]:
    """Gives the unused places of allotments whose day has passed back to the unit above, from the bottom up.

    Without a unit above they go back to the campaign, which can allot them anew. Places of batches on their
    way stay. `only` narrows to some allotments (keys). Again, it finds nothing more to give back.
    """
    with guarded(), act("campaign.reclaim", by=by) as doing:
        found = _locked(lock_campaign(campaign))
        use = allotment_use(found.values())
        free = {pk: use[pk].left for pk in found}
        changes: dict[int, int] = {}
        # Whoever is above has the lower key: what comes back from below goes on upwards if its day is over.
        for pk in sorted(found, reverse=True):
            one = found[pk]
            if not one.is_over or (only is not None and pk not in only) or free[pk] <= 0:
                continue
            changes[pk] = -free[pk]
            if one.parent_id is not None:
                free[one.parent_id] += free[pk]
        _change(changes)
        given = tuple(Reclaimed(found[pk], -change) for pk, change in changes.items())
        doing.about = campaign
        doing.data = {"allotments": {str(pk): change for pk, change in changes.items()}}
    return given


def reclaim_everywhere() -> int:
    """The same for every open campaign, once a day; returns how many places went back."""
    over = Allotment.objects.filter(use_until__lt=clock.today(), copies__gt=0)
    campaigns = Campaign.objects.filter(state=CampaignState.OPEN, pk__in=over.values("campaign"))
    given = [reclaim_unused(by=SYSTEM, campaign=campaign) for campaign in campaigns.order_by("pk")]
    return sum(one.copies for some in given for one in some)


def _locked(campaign: Campaign) -> dict[int, Allotment]:
    """All allotments of a locked campaign by key, locked from the top down."""
    rows = Allotment.objects.select_for_update(no_key=True).filter(campaign=campaign).order_by("pk")
    return {one.pk: one for one in rows}


def _check_move(from_: Allotment, to: Allotment, copies: int) -> None:
    if to.is_over:
        raise Refusal(
            "deadline_passed",
            _("The day until which that unit may use places is over. Set a later one first."),
        )
    left = allotment_use([from_])[from_.pk].left
    if copies > left:
        raise Refusal(
            "places_short",
            _("Only %(left)d places are unused there; the others are taken or given on.") % {"left": left},
        )


def _way_up(found: Mapping[int, Allotment], pk: int) -> list[int]:
    """The allotment and all above it."""
    way, at = [], found.get(pk)
    while at is not None:
        way.append(at.pk)
        at = found.get(at.parent_id) if at.parent_id is not None else None
    return way


def _change(changes: Mapping[int, int]) -> None:
    """All at once, in one statement: the guards of the database look at what comes out."""
    if changes:
        by_key = [When(pk=pk, then=Value(change)) for pk, change in changes.items()]
        Allotment.objects.filter(pk__in=changes).update(
            copies=F("copies") + Case(*by_key, output_field=IntegerField())
        )
