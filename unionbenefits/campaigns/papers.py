"""What units hold in their hands: presentation certificates and sign-off lists. Always Chinese."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db.models import Count
from django.utils import translation
from django.utils.translation import gettext as _

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.campaigns.enums import BatchState, GiftState
from unionbenefits.campaigns.models import Allotment, Campaign, CampaignFund, Gift, GiftBatch
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.masking import mask_document, mask_phone
from unionbenefits.core.money import capitals, show
from unionbenefits.core.pdf import forget, template
from unionbenefits.core.scope import Scope
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union
from unionbenefits.workers.enums import Occupation
from unionbenefits.workers.models import IdentityDocument

_PAPER: Final = Path(__file__).parent / "paper"
GIVEN: Final = (BatchState.ISSUED, BatchState.PARTLY_REVOKED)
"""States of a batch whose live gifts have been given."""
SIGNED_FOR: Final = (BatchState.APPROVED, *GIVEN)
"""States of a batch that may be handed out against signatures."""


@dataclass(frozen=True, slots=True)
class UnitTotal:
    """What a unit, and the units below a union, took of a campaign's gifts."""

    unit: Union | Enterprise
    copies: int
    amount: Decimal

    @property
    def is_union(self) -> bool:
        """Whether units below are in it."""
        return isinstance(self.unit, Union)

    @property
    def key(self) -> str:
        """For addresses: `union-12` or `enterprise-3`."""
        return f"{self.unit._meta.model_name}-{self.unit.pk}"


def given_copies(batch: GiftBatch) -> int:
    """Gifts of an issued batch that still stand."""
    return batch.gifts.filter(state=GiftState.LIVE).count() if batch.state in GIVEN else 0


def unit_totals(campaign: Campaign, scope: Scope) -> list[UnitTotal]:
    """Every unit in scope that took gifts through its own places or those below; the largest first.

    By whose places were used (领取单位), which for an industry union are not its own members' enterprises.
    """
    allotments = campaign.allotments.in_scope(scope).select_related("union", "enterprise__union")
    counted = dict(
        Gift.objects.filter(campaign=campaign, state=GiftState.LIVE, batch__state__in=GIVEN)
        .order_by()
        .values_list("batch__allotment_id")
        .annotate(copies=Count("id"))
    )
    totals: dict[Union | Enterprise, int] = {}
    holders = [(one, counted[one.pk]) for one in allotments if counted.get(one.pk)]
    for holder, copies in holders:
        if holder.enterprise is not None:
            totals[holder.enterprise] = totals.get(holder.enterprise, 0) + copies
    for union in _above(holders, scope):
        totals[union] = sum(copies for one, copies in holders if _path(one).startswith(union.path))
    ranked = sorted(totals.items(), key=lambda total: (-total[1], total[0].name))
    return [UnitTotal(unit, copies, campaign.unit_cost * copies) for unit, copies in ranked]


def _path(holder: Allotment) -> str:
    union = holder.union if holder.enterprise is None else holder.enterprise.union
    assert union is not None
    return str(union.path)


def _above(holders: Iterable[tuple[Allotment, int]], scope: Scope) -> Iterable[Union]:
    """The unions in scope at or above the holders."""
    paths = {_path(holder) for holder, _copies in holders}
    steps = {path[:end] for path in paths for end in range(Union.steplen, len(path) + 1, Union.steplen)}
    unions: Iterable[Union] = Union.objects.in_scope(scope).filter(path__in=steps)
    return unions


def print_batch_presentation(*, by: Actor, batch: GiftBatch) -> bytes:
    """The presentation certificate of a batch as PDF, logged. Raises Refusal `nothing_given`."""
    day = clock.local(batch.issued_at).date() if batch.issued_at else clock.today()
    with act("presentation.print", by=by) as doing:
        doing.about = batch
        return _presentation(batch.campaign, str(batch.allotment.unit), given_copies(batch), day)


def print_unit_presentation(*, by: Actor, campaign: Campaign, total: UnitTotal) -> bytes:
    """The presentation certificate of all that a unit took, as of today, logged.

    Raises Refusal `nothing_given`.
    """
    with act("presentation.print", by=by) as doing:
        doing.about, doing.data = campaign, {"unit": total.unit.pk, "copies": total.copies}
        return _presentation(campaign, str(total.unit), total.copies, clock.today())


def _presentation(campaign: Campaign, unit: str, copies: int, day: dt.date) -> bytes:
    if not copies:
        raise Refusal("nothing_given", _("Nothing has been issued yet. Issue the batch first."))
    amount = campaign.unit_cost * copies
    plan = campaign.plan_version.plan if campaign.plan_version else None
    data = {
        "unit": unit,
        "gift": plan.name if plan else campaign.name,
        "popular": plan.popular_name if plan else "",
        "copies": f"{copies:,}",
        "amount": show(amount),
        "capitals": capitals(amount),
        "campaign": campaign.name,
        "giver": campaign.owner.name,
        "date": f"{day.year}年{day.month}月{day.day}日",
    }
    return template(_PAPER / "presentation.typ").render(data, tagged=True)


def signoff_lines(batch: GiftBatch) -> Iterator[list[str]]:
    """One line per gift: order, name, enterprise, group, masked document and phone, item.

    The name is whole, since its bearer signs beside it; the rest only tells namesakes apart.
    """
    gifts = Gift.objects.filter(batch=batch, state=GiftState.LIVE).select_related("worker", "enterprise")
    item = _item(batch.campaign)
    order, at_once = 0, list[Gift]()
    for gift in gifts.order_by("enterprise__name", "enterprise_id", "id").iterator(chunk_size=1000):
        at_once.append(gift)
        if len(at_once) == 1000:
            yield from _lines(at_once, order, item)
            order, at_once = order + 1000, []
    yield from _lines(at_once, order, item)


def _lines(gifts: list[Gift], before: int, item: str) -> Iterator[list[str]]:
    live = IdentityDocument.objects.filter(
        worker__in=[gift.worker_id for gift in gifts], retired_at__isnull=True
    )
    documents = {one.worker_id: one.number for one in live.order_by("-pk")}
    for order, gift in enumerate(gifts, start=before + 1):
        yield [
            str(order),
            gift.worker.name,
            gift.enterprise.name,
            _group(gift.occupation),
            mask_document(documents.get(gift.worker_id, "")),
            mask_phone(gift.worker.phone) if gift.worker.phone else "",
            item,
        ]


def _group(occupation: str) -> str:
    with translation.override("zh-hans"):
        return str(Occupation(occupation).label) if occupation in Occupation.values else occupation


def _item(campaign: Campaign) -> str:
    """What is handed out, in a word."""
    return "保障凭证" if campaign.plan_version else campaign.name


def signoff_pdf(
    batch: GiftBatch, lines: list[list[str]], *, copies: int, scope: Scope, mark: str, part: str = ""
) -> bytes:
    """The list, or a part of it. Funds are named where the scope shows them, else left to be filled in."""
    funds = CampaignFund.objects.in_scope(scope).filter(campaign=batch.campaign).select_related("fund")
    data: dict[str, Any] = {
        "title": batch.campaign.name,
        "unit": str(batch.allotment.unit),
        "source": "、".join(one.fund.name for one in funds) or "＿＿＿＿＿＿＿＿",
        "price": show(batch.campaign.unit_cost),
        "total": show(batch.campaign.unit_cost * copies),
        "copies": f"{copies:,}",
        "part": part,
        "rows": lines,
        "mark": mark,
    }
    made = template(_PAPER / "signoff.typ").render(data)
    forget()
    return made
