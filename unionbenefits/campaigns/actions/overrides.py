"""Letting somebody who was gifted before get a gift again: one asks, another allows (invariants 3 and 7)."""

from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.campaigns.enums import GiftedBefore, GiftState
from unionbenefits.campaigns.models import Campaign, Gift, GiftOverride
from unionbenefits.core import clock
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.workers.models import Worker


def ask_override(*, by: User, campaign: Campaign, worker: Worker, reason: str) -> GiftOverride:
    """Asks that the worker may get this campaign's gift although gifted before.

    Raises Refusal `reason_missing`, `override_not_needed` (the campaign does not refuse such people) or
    `override_exists`.
    """
    text = reason.strip()[:200]
    if not text:
        raise Refusal("reason_missing", _("Write down why."))
    if campaign.gifted_before != GiftedBefore.REFUSED:
        raise Refusal(
            "override_not_needed", _("This campaign gives to people gifted before: nothing to ask.")
        )
    with act("override.ask", by=by) as doing:
        override, is_new = GiftOverride.objects.get_or_create(
            campaign=campaign,
            worker=worker,
            defaults={"reason": text, "asked_by": by, "asked_at": clock.now()},
        )
        if not is_new:
            raise Refusal("override_exists", _("This was asked for already. It stands on the list."))
        doing.about = override
        doing.data = {"campaign": campaign.pk, "worker": worker.pk, "reason": text}
    return override


def allow_override(*, by: User, override: GiftOverride) -> GiftOverride:
    """A second person allows it. Raises Refusal `override_same_person` or `override_allowed`."""
    with act("override.allow", by=by) as doing:
        locked = _lock(override)
        if locked.asked_by_id == by.pk:
            raise Refusal("override_same_person", _("Whoever asked cannot allow it. Another officer must."))
        if locked.allowed_at is not None:
            raise Refusal("override_allowed", _("Another officer allowed this already."))
        locked.allowed_by, locked.allowed_at = by, clock.now()
        locked.save(update_fields=["allowed_by", "allowed_at"])
        doing.about = locked
        doing.data = {"campaign": locked.campaign_id, "worker": locked.worker_id}
    return locked


def withdraw_override(*, by: User, override: GiftOverride) -> None:
    """Takes it back, allowed or not; the history keeps it.

    Raises Refusal `override_used` once the worker stands in a batch of the campaign because of it.
    """
    with act("override.withdraw", by=by) as doing:
        locked = _lock(override)
        used = Gift.objects.filter(campaign=locked.campaign_id, worker=locked.worker_id, state=GiftState.LIVE)
        if locked.allowed_at is not None and used.exists():
            raise Refusal(
                "override_used",
                _("The worker stands in a batch of the campaign already. Return the batch first."),
            )
        doing.data = {
            "override": locked.pk,
            "campaign": locked.campaign_id,
            "worker": locked.worker_id,
            "reason": locked.reason,
            "was_allowed": locked.allowed_at is not None,
        }
        locked.delete()


def _lock(override: GiftOverride) -> GiftOverride:
    locked: GiftOverride | None = GiftOverride.objects.select_for_update().filter(pk=override.pk).first()
    if locked is None:
        raise NotFound("override_gone", _("This was withdrawn meanwhile."))
    return locked
