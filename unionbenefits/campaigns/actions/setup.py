"""Setting a campaign up: its terms, its funds, its allotments."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, Literal

from django.utils.translation import gettext as _

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.campaigns.drawing import taken_by
from unionbenefits.campaigns.enums import BatchState, CampaignKind, CampaignState, FundUse
from unionbenefits.campaigns.errors import guarded
from unionbenefits.campaigns.models import Allotment, Campaign, CampaignFund
from unionbenefits.campaigns.previews import allotment_use
from unionbenefits.campaigns.validators import RULES, check_rules
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import ZERO, show
from unionbenefits.core.scope import Scope
from unionbenefits.enterprises import closing
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.funds.models import Fund
from unionbenefits.plans.models import PlanVersion
from unionbenefits.unions.models import Union
from unionbenefits.unions.tree import hold_open


class _Auto(Enum):
    AUTO = "auto"


AUTO = _Auto.AUTO


def open_campaign(
    *,
    by: Actor,
    code: str,
    name: str,
    owner: Union,
    opens_on: dt.date,
    closes_on: dt.date,
    plan_version: PlanVersion | None = None,
    unit_cost: Decimal | None = None,
    cover_starts_on: dt.date | None = None,
    cover_ends_on: dt.date | None = None,
    occupations: Iterable[str] = (),
    kind: CampaignKind = CampaignKind.COVERAGE,
    draft: bool = False,
    **rules: Any,
) -> Campaign:
    """A new campaign, open for batches unless `draft`; `rules` are those of `validators.RULES`.

    Without `unit_cost` the plan version's fee is the cost; without `cover_ends_on` the cover lasts a whole
    year, the eve of the next one being its last day. Raises Refusal `campaign_code_taken`, `dates_wrong`,
    `plan_missing`, `cost_missing`, `union_closed` or what `check_rules` raises.
    """
    if rules.keys() - RULES.keys():
        raise TypeError(f"Not rules of a campaign: {sorted(rules.keys() - RULES.keys())}")
    if kind == CampaignKind.COVERAGE:
        if plan_version is None or cover_starts_on is None:
            raise Refusal("plan_missing", _("A coverage campaign needs a plan and the first day of cover."))
        cover_ends_on = cover_ends_on or clock.last_day_of_year_from(cover_starts_on)
        unit_cost = plan_version.fee if unit_cost is None else unit_cost
    if unit_cost is None or unit_cost <= 0:
        raise Refusal("cost_missing", _("Write what one gift costs."))
    if closes_on < opens_on or (cover_starts_on and cover_ends_on and cover_ends_on < cover_starts_on):
        raise Refusal("dates_wrong", _("The last day lies before the first."))
    with act("campaign.open", by=by) as doing:
        hold_open(owner)
        if Campaign.objects.filter(code=code).exists():
            raise Refusal("campaign_code_taken", _("A campaign with this code exists already."))
        campaign = Campaign(
            code=code,
            name=name,
            kind=kind,
            owner=owner,
            plan_version=plan_version,
            unit_cost=unit_cost,
            opens_on=opens_on,
            closes_on=closes_on,
            cover_starts_on=cover_starts_on,
            cover_ends_on=cover_ends_on,
            occupations=list(occupations),
            state=CampaignState.DRAFT if draft else CampaignState.OPEN,
            **{**RULES, **rules},
        )
        check_rules(campaign)
        campaign.save()
        doing.about, doing.data = campaign, {"code": code, "unit_cost": str(unit_cost), "owner": owner.pk}
    return campaign


def start_campaign(*, by: Actor, campaign: Campaign) -> Campaign:
    """Batches may be put forward from now on. Raises Refusal `campaign_has_no_fund`."""
    if not campaign.campaign_funds.exists():
        raise Refusal("campaign_has_no_fund", _("The campaign has no fund yet. Give it one first."))
    return _set_state(by, campaign, CampaignState.OPEN)


def close_campaign(*, by: Actor, campaign: Campaign) -> Campaign:
    """No more batches. Raises Refusal `batches_open` while some are neither issued nor returned."""
    return _set_state(by, campaign, CampaignState.CLOSED)


def set_funds(
    *,
    by: Actor,
    campaign: Campaign,
    funds: Sequence[Fund],
    shares: Sequence[Decimal] | None = None,
    limits: Sequence[Decimal | None] | None = None,
    carried_over: str = "",
) -> None:
    """The funds that pay for the campaign: in their order of use, or with `shares` (per cent of every batch)
    each its part. `limits` are how much of each the campaign may use, 元, None for all.

    A pot belongs to its year: a new fund must be of a year in which the campaign takes batches. Money of
    another year pays only with `carried_over`, the reason why (such as the decision to carry a rest over),
    which the audit log keeps. Batches put forward before keep what they hold.

    Raises Refusal `fund_in_use` when one that already paid for a batch is missing, `fund_twice`,
    `fund_of_another_year`, `shares_not_whole`, `limit_not_positive` or `limit_below_used`.
    """
    _check_funds(funds, shares, limits)
    with act("campaign.set_funds", by=by) as doing:
        locked = lock_campaign(campaign)
        _check_years(locked, funds, carried_over)
        _check_used(locked, funds, limits)
        locked.campaign_funds.exclude(fund__in=funds).delete()
        locked.fund_use = campaign.fund_use = FundUse.IN_ORDER if shares is None else FundUse.BY_SHARE
        locked.save(update_fields=["fund_use"])
        for at, fund in enumerate(funds):
            row = {
                "order": at + 1,
                "share": None if shares is None else shares[at],
                "limit": None if limits is None else limits[at],
            }
            CampaignFund.objects.update_or_create(campaign=campaign, fund=fund, defaults=row)
        doing.about, doing.data = (
            campaign,
            {
                "funds": [fund.pk for fund in funds],
                "shares": None if shares is None else [str(share) for share in shares],
                "limits": None if limits is None else [None if one is None else str(one) for one in limits],
                "carried_over": carried_over.strip()[:200],
            },
        )


def _check_funds(
    funds: Sequence[Fund], shares: Sequence[Decimal] | None, limits: Sequence[Decimal | None] | None
) -> None:
    if len({fund.pk for fund in funds}) < len(funds):
        raise Refusal("fund_twice", _("Each fund can be named only once."))
    if shares is not None and (
        len(shares) != len(funds)
        or sum(shares) != 100
        or any(share <= 0 or share != round(share, 2) for share in shares)
    ):
        raise Refusal("shares_not_whole", _("The shares of all funds together make 100 per cent."))
    if any(limit is not None and limit <= 0 for limit in limits or ()):
        raise Refusal("limit_not_positive", _("Write a limit above zero, or none."))


def _check_years(campaign: Campaign, funds: Sequence[Fund], carried_over: str) -> None:
    """A fund that the campaign draws on already was looked at when it came."""
    known = set(campaign.campaign_funds.values_list("fund", flat=True))
    for fund in funds:
        in_time = campaign.opens_on.year <= fund.year <= campaign.closes_on.year
        if fund.pk not in known and not in_time and not carried_over.strip():
            raise Refusal(
                "fund_of_another_year",
                _(
                    "%(fund)s is of another year than the campaign. "
                    "Choose a fund of its year, or write down why money is carried over."
                )
                % {"fund": fund},
            )


def _check_used(campaign: Campaign, funds: Sequence[Fund], limits: Sequence[Decimal | None] | None) -> None:
    """What was taken stays possible: its fund is there, its limit not below it."""
    taken = taken_by(campaign)
    if set(taken) - {fund.pk for fund in funds}:
        raise Refusal("fund_in_use", _("A fund that already paid for this campaign must stay."))
    for fund, limit in zip(funds, limits or (), strict=False):
        used = taken.get(fund.pk, ZERO)
        if limit is not None and limit < used:
            raise Refusal(
                "limit_below_used",
                _("The campaign already uses %(used)s yuan of %(fund)s; the limit cannot go below that.")
                % {"used": show(used), "fund": fund},
            )


def allot(
    *,
    by: Actor,
    campaign: Campaign,
    copies: int,
    union: Union | None = None,
    enterprise: Enterprise | None = None,
    parent: Allotment | Literal[_Auto.AUTO] | None = AUTO,
) -> Allotment:
    """Gives the unit `copies` places, or changes how many it has.

    A child's places are taken out of its parent's. `parent` counts for a new allotment only: AUTO is the
    nearest union above that holds places of the campaign, None takes them from nobody. Raises Refusal
    `allotment_below_used` (fewer than are taken or given on), `allotment_above_parent` (more than the parent
    has left), `allotment_outside_parent`, `allotment_needs_unit`, `union_closed` or
    `enterprise_closed`.
    """
    if (union is None) == (enterprise is None):
        raise Refusal("allotment_needs_unit", _("Places go to one union or one enterprise."))
    with guarded(), act("campaign.allot", by=by) as doing:
        lock_campaign(campaign)
        found = Allotment.objects.filter(campaign=campaign, union=union, enterprise=enterprise).first()
        if found is None:
            above = _nearest_above(campaign, union, enterprise) if parent is AUTO else parent
            _require_open(union, enterprise)
            found = Allotment(campaign=campaign, union=union, enterprise=enterprise, parent=above, copies=0)
            _check_parent(found)
        _check_copies(found, copies)
        before, found.copies = found.copies, copies
        found.save()
        doing.about, doing.data = found, {"campaign": campaign.pk, "copies": copies, "before": before}
    return found


def _require_open(union: Union | None, enterprise: Enterprise | None) -> None:
    if union is not None:
        hold_open(union)
    if enterprise is not None:
        closing.hold_open([enterprise.pk])


def _set_state(by: Actor, campaign: Campaign, state: CampaignState) -> Campaign:
    with act(f"campaign.{state.value}", by=by) as doing:
        locked = lock_campaign(campaign)
        waiting = locked.batches.filter(state__in=[BatchState.PUT_FORWARD, BatchState.APPROVED]).count()
        if state == CampaignState.CLOSED and waiting:
            raise Refusal(
                "batches_open",
                _("%(count)d batches are still open. Issue or return them first.") % {"count": waiting},
            )
        locked.state = campaign.state = state
        locked.save(update_fields=["state"])
        doing.about = locked
    return locked


def lock_campaign(campaign: Campaign) -> Campaign:
    """Setting up, allotting, putting forward take turns within a campaign; issuing does not wait."""
    locked: Campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    return locked


def _nearest_above(
    campaign: Campaign, union: Union | None, enterprise: Enterprise | None
) -> Allotment | None:
    """The allotment of the union itself (for an enterprise) or of the nearest union above."""
    if enterprise is not None:
        paths = [*_ancestors(enterprise.union.path), enterprise.union.path]
    else:
        assert union is not None
        paths = _ancestors(union.path)
    above: Allotment | None = (
        Allotment.objects.filter(campaign=campaign, union__path__in=paths).order_by("-union__path").first()
    )
    return above


def _ancestors(path: str) -> list[str]:
    step: int = Union.steplen
    return [path[:length] for length in range(step, len(path), step)]


def _check_parent(child: Allotment) -> None:
    """The parent is of the same campaign; its union reaches the child's unit, also as an industry union."""
    parent = child.parent
    if parent is None:
        return
    reach = Scope(union_paths=(parent.union.path,) if parent.union else ())
    if child.enterprise_id is not None:
        inside = Enterprise.objects.in_scope(reach).filter(pk=child.enterprise_id).exists()
    else:
        inside = Union.objects.in_scope(reach).filter(pk=child.union_id).exists()
    if not inside or parent.campaign_id != child.campaign_id:
        raise Refusal(
            "allotment_outside_parent", _("The unit does not belong to the union that gives the places.")
        )


def _check_copies(allotment: Allotment, copies: int) -> None:
    """Not below what is taken or given on, not above what the parent can spare; locked from the top down."""
    keys = [key for key in (allotment.parent_id, allotment.pk) if key is not None]
    list(Allotment.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    if allotment.pk is not None:
        use = allotment_use([allotment])[allotment.pk]
        if copies < use.used + use.given_on:
            raise Refusal(
                "allotment_below_used",
                _("%(taken)d places are already taken or given on; the number cannot go below that.")
                % {"taken": use.used + use.given_on},
            )
    if allotment.parent is not None:
        parent = Allotment.objects.get(pk=allotment.parent.pk)
        spare = allotment_use([parent])[parent.pk].left + allotment.copies
        if copies > spare:
            raise Refusal(
                "allotment_above_parent",
                _("The union above can give at most %(spare)d places.") % {"spare": max(spare, 0)},
            )
