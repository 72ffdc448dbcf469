"""Where a fund's money went: by campaign and by batch, within what the reader may see."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from unionbenefits.campaigns.models import BatchEntry, Campaign, CampaignFund, GiftBatch
from unionbenefits.core.money import ZERO
from unionbenefits.core.scope import Scope
from unionbenefits.funds.enums import Account
from unionbenefits.funds.models import Fund


@dataclass(frozen=True, slots=True)
class Spending:
    """What a campaign holds and has used of a fund, 元; `campaign` is None for those out of scope.

    `terms` is its share and limit, for owners of the campaign.
    """

    campaign: Campaign | None
    held: Decimal
    used: Decimal
    terms: CampaignFund | None


def _sums(prefix: str) -> dict[str, Any]:
    def balance(account: Account) -> Any:
        came = Sum(f"{prefix}amount", filter=Q(**{f"{prefix}debit": account}), default=ZERO)
        return came - Sum(f"{prefix}amount", filter=Q(**{f"{prefix}credit": account}), default=ZERO)

    return {"held": balance(Account.HELD), "used": balance(Account.USED)}


def by_campaign(fund: Fund, scope: Scope) -> list[Spending]:
    """The campaigns that draw on the fund, the newest first; others in one last line. Three queries."""
    rows = BatchEntry.objects.filter(entry__fund=fund).order_by().values("batch__campaign")
    sums: dict[int, tuple[Decimal, Decimal]] = {
        row["batch__campaign"]: (row["held"], row["used"])  # type: ignore[misc]
        for row in rows.annotate(**_sums("entry__"))
    }
    terms = {one.campaign_id: one for one in CampaignFund.objects.in_scope(scope).filter(fund=fund)}
    seen = Campaign.objects.in_scope(scope).filter(pk__in={*sums, *terms}).order_by("-opens_on", "-pk")
    lines = [Spending(one, *sums.pop(one.pk, (ZERO, ZERO)), terms.get(one.pk)) for one in seen]
    if sums:
        held, used = (sum(column, ZERO) for column in zip(*sums.values(), strict=True))
        lines.append(Spending(None, held, used, None))
    return lines


def batches_on(fund: Fund, batches: "QuerySet[GiftBatch]") -> "QuerySet[GiftBatch]":
    """Of `batches` those that the fund pays for, with `held` and `used`: what of it is the fund's, 元."""
    paid = batches.filter(batch_entries__entry__fund=fund)
    return paid.annotate(**_sums("batch_entries__entry__"))
