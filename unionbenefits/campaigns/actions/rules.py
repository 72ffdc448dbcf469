"""Changing an open campaign: which rules still may change, and what that does to waiting batches."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _, ngettext

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.campaigns.actions.batches import return_batch
from unionbenefits.campaigns.actions.setup import lock_campaign
from unionbenefits.campaigns.enums import BatchState, GiftedBefore
from unionbenefits.campaigns.models import Campaign, GiftBatch
from unionbenefits.campaigns.validators import check_rules
from unionbenefits.core.errors import Refusal

# What was promised to those who are in a batch: fixed as soon as there is one that was not returned.
PROMISED = frozenset({"plan_version", "unit_cost", "cover_starts_on", "cover_ends_on", "start_rule"})
# Who gets it and who must approve: the approver signed these as well (sql/lines_digest.sql).
SIGNED = frozenset(
    {
        "occupations",
        "areas",
        "real_name_required",
        "insurance_required",
        "gifted_before",
        "gifted_since",
        "minimum_share_required",
        "second_approval_above",
    }
)
# Touch no line.
FREE = frozenset({"name", "opens_on", "closes_on", "renews"})
_WAITING = (BatchState.PUT_FORWARD, BatchState.APPROVED)


def change_rules(*, by: User, campaign: Campaign, return_waiting: bool = False, **values: Any) -> Campaign:
    """Changes terms and rules of a campaign; an unknown name raises TypeError. Returns it as it is now.

    What was promised (plan, cost, dates, start of cover) changes only while no batch exists, returned ones
    aside. What an approver signs changes only while no batch waits: with `return_waiting` those that wait are
    returned, which voids their approvals and frees their money and places. Issued batches stay as they are.

    Raises Refusal `rules_promised`, `batches_waiting`, `dates_wrong`, `cost_missing`, or what `check_rules`
    raises.
    """
    unknown = values.keys() - (PROMISED | SIGNED | FREE)
    if unknown:
        raise TypeError(f"Not rules of a campaign: {sorted(unknown)}")
    with act("campaign.change_rules", by=by) as doing:
        locked = lock_campaign(campaign)
        changed = {name for name, value in values.items() if getattr(locked, name) != value}
        before = {name: plain(getattr(locked, name)) for name in sorted(changed)}
        _check_promised(locked, changed)
        for name in changed:
            setattr(locked, name, values[name])
        if locked.gifted_before == GiftedBefore.ALLOWED:
            locked.gifted_since = None
        _check_dates(locked)
        check_rules(locked)
        returned = _clear_waiting(by, locked, return_waiting) if changed & SIGNED else 0
        locked.save()
        doing.about = locked
        after = {name: plain(getattr(locked, name)) for name in sorted(changed)}
        doing.data = {"before": before, "after": after, "returned": returned}
    return locked


def plain(value: Any) -> Any:
    """A rule's value as the audit log keeps it."""
    if isinstance(value, Model):
        return value.pk
    return str(value) if isinstance(value, Decimal | dt.date) else value


def _check_promised(campaign: Campaign, changed: set[str]) -> None:
    if changed & PROMISED and campaign.batches.exclude(state=BatchState.RETURNED).exists():
        raise Refusal(
            "rules_promised",
            _(
                "Plan, cost, dates and start of cover were promised to those who are in a batch: they do not "
                "change any more. Open another campaign for other terms."
            ),
        )


def _check_dates(campaign: Campaign) -> None:
    starts, ends = campaign.cover_starts_on, campaign.cover_ends_on
    if campaign.closes_on < campaign.opens_on or (starts and ends and ends < starts):
        raise Refusal("dates_wrong", _("The last day lies before the first."))
    if campaign.unit_cost is None or campaign.unit_cost <= 0:
        raise Refusal("cost_missing", _("Write what one gift costs."))


def _clear_waiting(by: User, campaign: Campaign, return_waiting: bool) -> int:
    waiting = list(GiftBatch.objects.filter(campaign=campaign, state__in=_WAITING).order_by("pk"))
    if waiting and not return_waiting:
        text = ngettext(
            "%(count)d batch waits under the present rules. Issue or return it first, or have it returned "
            "with this change.",
            "%(count)d batches wait under the present rules. Issue or return them first, or have them "
            "returned with this change.",
            len(waiting),
        )
        raise Refusal("batches_waiting", text % {"count": len(waiting)})
    for batch in waiting:
        return_batch(by=by, batch=batch, reason=_("The rules of the campaign changed. Put it forward again."))
    return len(waiting)
