"""Whether anything of a person waits for an officer: looks at hidden values without it are unusual."""

from django.http import HttpRequest

from unionbenefits.backoffice.pages.base import in_scope
from unionbenefits.campaigns.enums import BatchState, GiftState
from unionbenefits.campaigns.models import Gift
from unionbenefits.claims.enums import OPEN, ClaimState, ObligationState
from unionbenefits.claims.models import Claim, Obligation
from unionbenefits.workers.models import DataRequest, RosterRow, Worker
from unionbenefits.workers.roster.states import RosterState

_BATCHES = (BatchState.DRAFT, BatchState.PUT_FORWARD, BatchState.APPROVED, BatchState.RETURNED)


def has_work(request: HttpRequest, worker: Worker) -> bool:
    """A claim that is open or unpaid, a row of a roster to check, a batch to issue, a request of theirs.

    Only what lies in the scope counts. Stops at the first.
    """
    waiting = (
        in_scope(request, Claim).filter(worker=worker, state__in=[*OPEN, ClaimState.DRAFT]),
        in_scope(request, Obligation).filter(claim__worker=worker).exclude(state=ObligationState.PAID),
        in_scope(request, DataRequest).filter(worker=worker, state="open"),
        in_scope(request, Gift)
        .filter(worker=worker, batch__state__in=_BATCHES)
        .exclude(state=GiftState.LEFT_OUT),
        in_scope(request, RosterRow).filter(worker=worker, roster__state=RosterState.JUDGED),
    )
    return any(rows.exists() for rows in waiting)
