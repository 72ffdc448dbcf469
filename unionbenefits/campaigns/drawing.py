"""How a campaign draws on its funds: their order or fixed shares, and how far each may be used for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from unionbenefits.campaigns.enums import FundUse
from unionbenefits.campaigns.models import BatchEntry, Campaign, CampaignFund
from unionbenefits.core.money import ZERO
from unionbenefits.funds.enums import EntryKind
from unionbenefits.funds.models import Fund
from unionbenefits.funds.queries import Balance, balances
from unionbenefits.funds.shares import most_within


@dataclass(frozen=True, slots=True)
class Drawing:
    """A campaign's funds in their order of use; `shares` are per cent of every batch, None for one by one."""

    rows: tuple[CampaignFund, ...]
    shares: tuple[Decimal, ...] | None

    @property
    def funds(self) -> list[Fund]:
        """The funds."""
        return [row.fund for row in self.rows]

    def room(self) -> Mapping[int, Decimal]:
        """How much of each limited fund (by key) the campaign may still use; asked with the funds locked."""
        limits = {row.fund_id: row.limit for row in self.rows if row.limit is not None}
        if not limits:
            return {}
        taken = taken_by(self.rows[0].campaign)
        return {fund: max(ZERO, limit - taken.get(fund, ZERO)) for fund, limit in limits.items()}

    def left(self, found: list[Balance]) -> Decimal:
        """The largest batch that the funds can pay now, by their balances, shares and limits."""
        room = self.room()
        free = [min(one.available, room.get(one.fund_id, one.available)) for one in found]
        return most_within(free, self.shares)

    def balances(self) -> list[Balance]:
        """Where the funds stand, in the order of use."""
        return balances(self.funds)


def drawing_of(campaign: Campaign) -> Drawing:
    """One query."""
    rows = tuple(campaign.campaign_funds.select_related("fund", "campaign").order_by("order", "id"))
    by_share = campaign.fund_use == FundUse.BY_SHARE
    return Drawing(rows, tuple(row.share or ZERO for row in rows) if by_share else None)


def taken_by(campaign: Campaign) -> dict[int, Decimal]:
    """元 that the campaign holds and uses, by the fund (key); a fund once drawn on stays named."""
    back = Q(entry__kind__in=[EntryKind.RELEASE, EntryKind.REVERSAL])
    return dict(
        BatchEntry.objects.filter(batch__campaign=campaign)
        .order_by()
        .values("entry__fund")
        .annotate(
            taken=Sum("entry__amount", filter=Q(entry__kind=EntryKind.HOLD), default=ZERO)
            - Sum("entry__amount", filter=back, default=ZERO)
        )
        .values_list("entry__fund", "taken")
    )
