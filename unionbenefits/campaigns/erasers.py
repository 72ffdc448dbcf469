"""What campaigns say about erasing a person: who got a gift is known until nobody can get it twice."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from unionbenefits.audit.scrubbing import WORDS, scrub
from unionbenefits.campaigns.enums import BatchState, CampaignState, GiftState
from unionbenefits.campaigns.models import Gift, GiftOverride
from unionbenefits.core import clock
from unionbenefits.workers.erasing import Obstacle, Voucher, erases, is_voucher, stands_in_the_way

_UNDER_WAY = (BatchState.DRAFT, BatchState.PUT_FORWARD, BatchState.APPROVED)


@stands_in_the_way
def gifts_under_way(worker_id: int) -> Iterator[Obstacle]:
    """Gifts not yet issued, and campaigns that could give to the same person again (invariant 3)."""
    mine = Gift.objects.filter(worker=worker_id).select_related("campaign")
    for gift in mine.filter(state__in=[GiftState.DRAFTED, GiftState.LIVE], batch__state__in=_UNDER_WAY):
        yield Obstacle(
            "gift_open", _("A gift of “%(campaign)s” is on its way.") % {"campaign": gift.campaign.name}
        )
    for gift in mine.filter(
        state=GiftState.LIVE, campaign__state=CampaignState.OPEN, campaign__closes_on__gte=clock.today()
    ).exclude(batch__state__in=_UNDER_WAY):
        yield Obstacle(
            "campaign_open",
            _("“%(campaign)s” runs until %(day)s; until then it must be known who got its gift.")
            % {"campaign": gift.campaign.name, "day": gift.campaign.closes_on.isoformat()},
            gift.campaign.closes_on,
        )


@is_voucher
def gifts(worker_id: int) -> Iterator[Voucher]:
    """What was issued to the person, undone gifts included: money moved for it."""
    issued = Gift.objects.filter(
        worker=worker_id, state__in=[GiftState.LIVE, GiftState.REVOKED], batch__issued_at__isnull=False
    )
    for gift in issued.select_related("campaign", "batch", "coverage"):
        day = clock.local(gift.batch.issued_at).date()
        yield Voucher(
            day,
            {
                "gift": gift.campaign.code,
                "batch": gift.batch_id,
                "amount": gift.campaign.unit_cost,
                "certificate": gift.coverage.certificate_no if gift.coverage else None,
                "state": gift.state,
            },
        )


@erases
def reasons(worker_id: int) -> None:
    """Words about the person; lines of batches hold none."""
    keys = list(GiftOverride.objects.filter(worker=worker_id).values_list("pk", flat=True))
    scrub(GiftOverride, keys, reason=WORDS)
