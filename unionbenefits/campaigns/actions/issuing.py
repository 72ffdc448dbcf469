"""Issuing an approved batch: coverage, certificate numbers, gifts and ledger in one transaction."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.campaigns.actions.batches import check_digest, reference_of, tie
from unionbenefits.campaigns.enums import BatchState, CampaignKind, FundUse, GiftState, LeftOut, StartRule
from unionbenefits.campaigns.errors import guarded
from unionbenefits.campaigns.judging import SQL
from unionbenefits.campaigns.models import GiftBatch
from unionbenefits.core import clock, jobs, sql
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import ZERO
from unionbenefits.core.progress import Told
from unionbenefits.funds import actions as ledger
from unionbenefits.plans.actions import Issued, issue_coverages

TELL_ISSUED = "campaigns.tell_issued"
# Lines covered by one statement: a batch of 300,000 needs no more memory of ours than one of 25,000, and has
# twelve moments at which it can be stopped. Fewer would cost the single statement of an ordinary batch time.
_AT_ONCE = 25_000
_DONE = (BatchState.ISSUED, BatchState.PARTLY_REVOKED, BatchState.REVOKED)


@dataclass(frozen=True, slots=True)
class IssueOutcome:
    """What issuing did: gifts issued, workers left out only now, 元 used and given back.

    `changed` is False when the batch had been issued before: then nothing happened now.
    """

    batch: GiftBatch
    issued: int
    left_out_now: int
    amount: Decimal
    released: Decimal
    changed: bool


def issue_batch(*, by: User, batch: GiftBatch, told: Told | None = None) -> IssueOutcome:
    """Issues an approved batch, all or nothing; issuing again changes nothing (case C096).

    `told` hears after every some ten thousand workers how many of how many are done; what it raises undoes
    all.

    Workers whom somebody else covered since the approval are left out with their reason, and the money held
    for them goes back to its fund. Locks run batch → covers by worker → funds, as everywhere, so no ring can
    form; other batches of the campaign are not held up. Raises Refusal `batch_not_approved` or
    `digest_differs`.
    """
    with transaction.atomic():
        batch = _lock(batch)
        if batch.state in _DONE:
            return IssueOutcome(batch, batch.copies, 0, batch.amount, ZERO, changed=False)
        if batch.state != BatchState.APPROVED:
            raise Refusal(
                "batch_not_approved", _("The batch is not approved. Another officer must approve it first.")
            )
        check_digest(batch, batch.approved_digest)
        with guarded(), act("batch.issue", by=by) as doing:
            outcome = _issue(by, batch, told)
            jobs.enqueue(TELL_ISSUED, key=f"told:batch:{batch.pk}", batch=batch.pk)
            doing.about = batch
            doing.data = {
                "issued": outcome.issued,
                "left_out_now": outcome.left_out_now,
                "amount": str(outcome.amount),
                "released": str(outcome.released),
            }
    return outcome


def _issue(by: User, batch: GiftBatch, told: Told | None) -> IssueOutcome:
    left_out = _cover(by, batch, told) if batch.campaign.kind == CampaignKind.COVERAGE else 0
    released = batch.campaign.unit_cost * left_out
    by_share = batch.campaign.fund_use == FundUse.BY_SHARE
    if left_out:
        tie(
            batch,
            ledger.release(
                by=by, reference=reference_of(batch), amount=released, copies=left_out, by_share=by_share
            ),
        )
    tie(batch, ledger.capture(by=by, reference=reference_of(batch)))
    batch.state, batch.issued_by, batch.issued_at = BatchState.ISSUED, by, clock.now()
    batch.copies, batch.left_out = batch.copies - left_out, batch.left_out + left_out
    batch.amount -= released
    batch.save(update_fields=["state", "issued_by", "issued_at", "copies", "left_out", "amount"])
    return IssueOutcome(batch, batch.copies, left_out, batch.amount, released, changed=True)


def _cover(by: User, batch: GiftBatch, told: Told | None) -> int:
    """Covers the workers of the batch; returns how many are left out because they are covered already."""
    campaign = batch.campaign
    assert campaign.plan_version is not None
    assert campaign.cover_starts_on is not None
    assert campaign.cover_ends_on is not None
    live = batch.gifts.filter(state=GiftState.LIVE)
    done = covered = 0
    for part in _parts(batch):
        issued = issue_coverages(
            by=by,
            plan_version=campaign.plan_version,
            worker_ids=[worker for worker, _first in part],
            first_day=campaign.cover_starts_on,
            last_day=campaign.cover_ends_on,
            given_by=campaign.owner,
            starts=_own_starts(batch, part),
        )
        _tie_to_gifts(batch, issued)
        done, covered = done + len(part), covered + len(issued)
        if batch.copies > _AT_ONCE:
            sql.check_keys_now()
        if told is not None:
            told(done, batch.copies)
    if covered == batch.copies:
        return 0
    return live.filter(coverage__isnull=True).update(state=GiftState.LEFT_OUT, reason=LeftOut.ALREADY_COVERED)


def _parts(batch: GiftBatch) -> Iterator[list[tuple[int, dt.date | None]]]:
    """Workers who get the gift with the first day of their own, by worker so that locks keep their order."""
    live = (
        batch.gifts.filter(state=GiftState.LIVE).order_by("worker_id").values_list("worker_id", "cover_from")
    )
    rows = live.iterator(chunk_size=_AT_ONCE) if batch.copies > _AT_ONCE else iter(live)
    while part := list(islice(rows, _AT_ONCE)):
        yield part


def _own_starts(batch: GiftBatch, part: Sequence[tuple[int, dt.date | None]]) -> dict[int, dt.date] | None:
    if batch.campaign.start_rule != StartRule.CONTINUES:
        return None
    return {worker: first for worker, first in part if first is not None}


def _tie_to_gifts(batch: GiftBatch, issued: Sequence[Issued]) -> None:
    sql.run(
        SQL,
        "gifts_issued",
        {
            "batch": batch.pk,
            "workers": [one.worker_id for one in issued],
            "coverages": [one.coverage_id for one in issued],
        },
    )


def _lock(batch: GiftBatch) -> GiftBatch:
    locked: GiftBatch = (
        GiftBatch.objects.select_related("campaign__plan_version", "campaign__owner")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=batch.pk)
    )
    return locked
