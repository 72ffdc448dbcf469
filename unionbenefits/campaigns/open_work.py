"""Gift batches that wait for somebody (`access.open_work`)."""

from django.utils.translation import gettext_lazy as _

from unionbenefits.access.open_work import waits
from unionbenefits.campaigns.enums import BatchState
from unionbenefits.campaigns.models import GiftBatch
from unionbenefits.core.scope import Scope


def _count(scope: Scope, state: BatchState) -> int:
    count: int = GiftBatch.objects.in_scope(scope).filter(state=state).count()
    return count


@waits(
    _("Gift batches to approve"),
    permission="campaigns.approve_giftbatch",
    page="admin:batch_list",
    query="state=put_forward",
)
def to_approve(scope: Scope) -> int:
    """Put forward."""
    return _count(scope, BatchState.PUT_FORWARD)


@waits(
    _("Approved batches to issue"),
    permission="campaigns.issue_giftbatch",
    page="admin:batch_list",
    query="state=approved",
)
def to_issue(scope: Scope) -> int:
    """Approved; their money is held."""
    return _count(scope, BatchState.APPROVED)


@waits(
    _("Gift batches that came back"),
    permission="campaigns.put_forward_giftbatch",
    page="admin:batch_list",
    query="state=returned",
)
def to_mend(scope: Scope) -> int:
    """Returned to whoever prepared them."""
    return _count(scope, BatchState.RETURNED)
