"""Claims and payments that a change of the tree meets (`access.in_the_way`)."""

from django.utils.translation import gettext_lazy as _

from unionbenefits.access.in_the_way import Change, meets
from unionbenefits.claims.enums import BatchState, ClaimState, PaymentState
from unionbenefits.claims.models import Claim, Payment, PaymentBatch
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union
from unionbenefits.workers.models import Membership

_UNDER_WAY = (ClaimState.FILED, ClaimState.ASKED, ClaimState.DECIDED, ClaimState.REVIEWED)


@meets(
    Change.MERGE,
    text=_("Payment batches of this office that are not finished: %(count)d. Finish or cancel them first."),
    blocks=True,
    page="admin:payment_batches",
)
def unfinished_payments(union: Union) -> int:
    """To be checked or handed in, or with payments that the bank has not answered."""
    waiting = Payment.objects.filter(state__in=[PaymentState.SUBMITTED, PaymentState.UNKNOWN])
    own = PaymentBatch.objects.filter(office=union)
    open_ = own.filter(state__in=[BatchState.MADE, BatchState.CHECKED])
    count: int = (open_ | own.filter(pk__in=waiting.values("batch"))).count()
    return count


@meets(
    Change.CLOSE,
    text=_("Claims of its members under way: %(count)d. They go on as they are; cover stays valid."),
    blocks=False,
)
def claims_of_members(enterprise: Enterprise) -> int:
    """Filed and not yet approved or rejected."""
    members = Membership.objects.filter(enterprise=enterprise, left_on__isnull=True)
    count: int = Claim.objects.filter(worker__in=members.values("worker"), state__in=_UNDER_WAY).count()
    return count
