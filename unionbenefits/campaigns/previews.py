"""What putting a batch forward would do, before it is done."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from django.db.models import Count, Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _, ngettext

from unionbenefits.campaigns.drawing import drawing_of
from unionbenefits.campaigns.enums import CampaignState, GiftState, LeftOut
from unionbenefits.campaigns.judging import Course, enterprises_of, judged_rows, parameters
from unionbenefits.campaigns.models import Allotment, Campaign, GiftBatch
from unionbenefits.campaigns.shares import UnitShare, shortage_sentence, unit_shares
from unionbenefits.core import clock
from unionbenefits.core.masking import mask_name
from unionbenefits.core.money import show
from unionbenefits.funds.queries import Balance
from unionbenefits.workers.models import Roster
from unionbenefits.workers.roster.states import RosterState


@dataclass(frozen=True, slots=True)
class Notice:
    """A stable code and its sentence."""

    code: str
    message: str | Promise


@dataclass(frozen=True, slots=True)
class AllotmentUse:
    """Where an allotment's places went: given on to allotments below, taken by live gifts, left."""

    copies: int
    given_on: int
    used: int

    @property
    def left(self) -> int:
        """Places that a batch can still take."""
        return self.copies - self.given_on - self.used


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A worker of the unit, name masked; `reason` is None for those who get the gift.

    `cover_from` is set where the cover continues another and so starts later than the common date.
    """

    worker_id: int
    name: str
    enterprise_id: int
    enterprise_name: str
    occupation: str
    reason: LeftOut | None
    cover_from: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """Who gets it, who does not and why, what it costs, and whether places and money suffice.

    `reasons` counts those left out by code, the most frequent first. `moves` counts by first day those whose
    cover starts later than the common date, because it continues another (case C098). `obstacles` are what
    `put_forward` would refuse with, in its order; `warnings` do not refuse. `available` is what the funds can
    pay, 元, by their balances, shares and limits.
    """

    allotment: Allotment
    roster: Roster | None
    eligible: int
    reasons: dict[LeftOut, int]
    renewals: int
    short_gaps: int
    unit_cost: Decimal
    places: AllotmentUse
    funds: tuple[Balance, ...]
    available: Decimal
    moves: tuple[tuple[dt.date, int], ...] = ()
    shares: tuple[UnitShare, ...] = ()
    obstacles: tuple[Notice, ...] = ()

    @property
    def left_out(self) -> int:
        """Workers who do not get the gift."""
        return sum(self.reasons.values())

    @property
    def candidates(self) -> int:
        """All workers judged."""
        return self.eligible + self.left_out

    @property
    def first_enrolments(self) -> int:
        """Those for whom the waiting period applies."""
        return self.eligible - self.renewals

    @property
    def cost(self) -> Decimal:
        """元 for all who get it."""
        return self.unit_cost * self.eligible

    @property
    def places_left(self) -> int:
        """Places that a batch of this allotment can still take."""
        return self.places.left

    @property
    def paid(self) -> int:
        """How many gifts the money that is free pays for."""
        return int(self.available // self.unit_cost)

    @property
    def reach(self) -> int:
        """How many of those eligible places and money reach."""
        return max(0, min(self.eligible, self.places_left, self.paid))

    @property
    def can_fill(self) -> bool:
        """Whether scarce places or money are all that stands in the way, and reach some."""
        codes = {notice.code for notice in self.obstacles}
        return bool(codes and self.reach) and codes <= {"places_exhausted", "budget_exhausted"}

    @property
    def moved(self) -> int:
        """Those whose cover starts later than the common date."""
        return sum(workers for _day, workers in self.moves)

    @property
    def can_put_forward(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.obstacles

    @property
    def warnings(self) -> tuple[Notice, ...]:
        """What an officer should look at before going on (case C098)."""
        if not self.short_gaps:
            return ()
        text = ngettext(
            "%(count)d worker has a gap: the old cover ends some days before the new one starts.",
            "%(count)d workers have a gap: the old cover ends some days before the new one starts.",
            self.short_gaps,
        ) % {"count": self.short_gaps}
        return (Notice("short_gap", text),)


def preview(
    allotment: Allotment,
    roster: Roster | None = None,
    only: Collection[int] | None = None,
    promised: Collection[int] = (),
    course: Course | None = None,
) -> Preview:
    """Judges the unit's workers as of now and says what `put_forward` with the same arguments would do.

    Without a roster all current members of the unit's enterprises are judged; `only` narrows to some workers,
    `promised` are workers who would have got the gift through another unit by then. A `course` over the same
    workers judges them part by part.
    """
    campaign = allotment.campaign
    rows = judged_rows("judged_counts", parameters(allotment, roster, only, promised), course)
    gets = [row for row in rows if not row["reason"]]
    moves: Counter[dt.date] = Counter()
    for row in gets:
        if row["cover_from"]:
            moves[row["cover_from"]] += row["workers"]
    reasons: Counter[LeftOut] = Counter()
    for row in rows:
        if row["reason"]:
            reasons[LeftOut(row["reason"])] += row["workers"]
    drawing = drawing_of(campaign)
    found = drawing.balances()
    judged = Preview(
        allotment=allotment,
        roster=roster,
        eligible=sum(row["workers"] for row in gets),
        reasons=dict(reasons.most_common()),
        renewals=sum(row["renewals"] for row in gets),
        short_gaps=sum(row["gaps"] for row in gets),
        moves=tuple(sorted(moves.items())),
        shares=unit_shares(allotment, roster, only),
        unit_cost=campaign.unit_cost,
        places=allotment_use([allotment])[allotment.pk],
        funds=tuple(found),
        available=drawing.left(found),
    )
    return replace(judged, obstacles=tuple(_obstacles(judged)))


def preview_lines(
    allotment: Allotment,
    roster: Roster | None = None,
    only: Collection[int] | None = None,
    *,
    promised: Collection[int] = (),
    reason: LeftOut | Literal["all"] | None = "all",
    limit: int = 200,
    offset: int = 0,
) -> list[PreviewLine]:
    """A page of the judged workers, those left out first; `reason` picks a code, None those who get it."""
    wanted = None if reason == "all" else reason or ""
    values = parameters(allotment, roster, only, promised, reason=wanted, limit=limit, offset=offset)
    return [
        PreviewLine(
            worker_id=row["worker_id"],
            name=mask_name(row["name"]),
            enterprise_id=row["enterprise_id"],
            enterprise_name=row["enterprise_name"],
            occupation=row["occupation"],
            reason=LeftOut(row["reason"]) if row["reason"] else None,
            cover_from=row["cover_from"],
        )
        for row in judged_rows("judged_lines", values)
    ]


def eligible_ids(allotment: Allotment, promised: Collection[int] = ()) -> list[int]:
    """The workers of the unit who get the gift as of now."""
    return [row["worker_id"] for row in judged_rows("judged_ids", parameters(allotment, promised=promised))]


def allotment_use(allotments: Iterable[Allotment]) -> dict[int, AllotmentUse]:
    """Where the places of each allotment went; two queries for any number."""
    allotments = list(allotments)
    used = dict(
        GiftBatch.objects.filter(allotment__in=allotments)
        .order_by()
        .values("allotment")
        .annotate(live=Count("gifts", filter=Q(gifts__state=GiftState.LIVE)))
        .values_list("allotment", "live")
    )
    given_on = dict(
        Allotment.objects.filter(parent__in=allotments)
        .order_by()
        .values("parent")
        .annotate(copies_given=Sum("copies"))
        .values_list("parent", "copies_given")
    )
    return {
        one.pk: AllotmentUse(one.copies, given_on.get(one.pk, 0), used.get(one.pk, 0)) for one in allotments
    }


def budget_sentence(available: Decimal, needed: Decimal) -> str:
    """Why the money does not suffice."""
    return _(
        "The budget is exhausted: %(available)s yuan are available, %(needed)s yuan are needed. "
        "Pay in or put fewer workers forward."
    ) % {"available": show(available), "needed": show(needed)}


def budget_hint() -> str:
    """The same for those who may not see the amounts of the funds."""
    return _("The budget of the campaign does not suffice. Put fewer people forward or ask its owner.")


def places_sentence(left: int, needed: int) -> str:
    """Why the places do not suffice (名额已满)."""
    return _("No places left: %(left)d are free, %(needed)d are needed. Ask for more places first.") % {
        "left": max(left, 0),
        "needed": needed,
    }


def _obstacles(judged: Preview) -> Iterator[Notice]:
    yield from _closed(judged.allotment.campaign)
    if judged.allotment.is_over:
        yield Notice("allotment_over", _over(judged.allotment))
    if judged.roster is not None:
        yield from _unfit_roster(judged.allotment, judged.roster)
    if not judged.funds:
        yield Notice("campaign_has_no_fund", _("The campaign has no fund yet. Give it one first."))
    if not judged.eligible:
        yield Notice("nobody_eligible", _nobody(judged.reasons))
    if shortage := shortage_sentence(judged.shares):
        yield Notice("share_too_small", shortage)
    if judged.eligible > judged.places_left:
        yield Notice("places_exhausted", places_sentence(judged.places_left, judged.eligible))
    if judged.cost > judged.available:
        yield Notice("budget_exhausted", budget_sentence(judged.available, judged.cost))


def _closed(campaign: Campaign) -> Iterator[Notice]:
    if campaign.state != CampaignState.OPEN:
        yield Notice("campaign_not_open", _("The campaign is not open."))
    elif not campaign.opens_on <= clock.today() <= campaign.closes_on:
        yield Notice(
            "campaign_not_open",
            _("The campaign takes batches from %(opens)s to %(closes)s only.")
            % {"opens": campaign.opens_on.isoformat(), "closes": campaign.closes_on.isoformat()},
        )


def _over(allotment: Allotment) -> str:
    day = allotment.use_until.isoformat() if allotment.use_until else ""
    return _("These places could be used until %(day)s. Ask the union above for a later day.") % {"day": day}


def _unfit_roster(allotment: Allotment, roster: Roster) -> Iterator[Notice]:
    if roster.state != RosterState.APPLIED:
        yield Notice("roster_not_applied", _("This roster is not applied yet. Confirm it first."))
    if roster.enterprise_id not in enterprises_of(allotment):
        yield Notice("roster_of_another_unit", _("This roster is not of a unit under the allotment."))


def _nobody(reasons: dict[LeftOut, int]) -> str:
    if not reasons:
        return _("The unit has no workers on file. Upload its roster first.")
    told = "; ".join(f"{reason.label} {workers}" for reason, workers in reasons.items())
    return _("Nobody is left to get this gift: %(reasons)s.") % {"reasons": told}
