"""Undoing issued gifts: one officer proposes, another confirms; money, places and days come back.

Reversing entries point at what was used, cover ends from a day on, and the worker is told. Where a filed
claim relies on the cover, the gift stays: a hospital bill that was promised is not taken back.
"""

import datetime as dt
from collections.abc import Collection
from itertools import islice

from django.db.models import F
from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.campaigns.actions.batches import reference_of, tie
from unionbenefits.campaigns.enums import BatchState, FundUse, GiftState, RevocationState
from unionbenefits.campaigns.errors import guarded
from unionbenefits.campaigns.judging import SQL
from unionbenefits.campaigns.models import Campaign, Gift, GiftBatch, Revocation
from unionbenefits.core import clock, jobs, sql
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import ZERO
from unionbenefits.core.progress import Told
from unionbenefits.funds import actions as ledger
from unionbenefits.plans.actions import cancel_coverages

_UNDOABLE = (BatchState.ISSUED, BatchState.PARTLY_REVOKED)
TELL_UNDONE = "campaigns.tell_undone"
# Covers ended by one statement, so that any number needs the same memory.
_AT_ONCE = 25_000


def propose_revocation(
    *,
    by: User,
    batch: GiftBatch,
    reason: str,
    from_day: dt.date | None = None,
    gifts: Collection[int] | None = None,
) -> Revocation:
    """Proposes to undo the live gifts of the batch, or of them those in `gifts` (keys of Gift).

    `from_day` is the first day without cover; without it, and before cover begins, nothing of it ever holds.
    Nothing changes before somebody else confirms. Raises Refusal `reason_missing`, `batch_not_issued`,
    `nothing_to_undo`, `day_after_cover` or `revocation_open`.
    """
    if not reason.strip():
        raise Refusal("reason_missing", _("Write down why."))
    with guarded(), act("batch.propose_undo", by=by) as doing:
        batch = _lock(batch)
        first = _first_day(batch.campaign, from_day)
        revocation = Revocation.objects.create(
            batch=batch,
            from_day=first,
            reason=reason.strip()[:200],
            copies=0,
            amount=ZERO,
            digest="",
            proposed_by=by,
            proposed_at=clock.now(),
        )
        _name_lines(revocation, gifts)
        doing.about, doing.data = revocation, _facts(revocation)
    return revocation


def confirm_revocation(
    *, by: User, revocation: Revocation, digest: str, told: Told | None = None
) -> Revocation:
    """Undoes exactly the lines that `digest` names, all or nothing; `told` hears how far it is.

    Lines whose cover a claim relies on are kept and marked. Raises Refusal `revocation_state`,
    `confirmer_is_proposer`, `digest_differs` or `all_kept`.
    """
    with guarded(), act("batch.undo", by=by) as doing:
        batch, revocation = _lock_both(revocation)
        check_confirmer(by, revocation, digest)
        _undo(by, batch, revocation, told)
        jobs.enqueue(TELL_UNDONE, key=f"told:revocation:{revocation.pk}", revocation=revocation.pk)
        doing.about, doing.data = revocation, _facts(revocation)
    return revocation


def check_confirmer(by: User, revocation: Revocation, digest: str) -> None:
    """Refuses whoever proposed it, and any other lines than those that were looked at."""
    if revocation.state != RevocationState.PROPOSED:
        raise _over(revocation)
    if revocation.proposed_by_id == by.pk:
        raise Refusal(
            "confirmer_is_proposer",
            _("Whoever proposed the undo cannot confirm it. Another officer must."),
        )
    if not digest or digest != revocation.digest or digest != lines_digest(revocation):
        raise Refusal("digest_differs", _("The proposal has changed. Look at it again."))


def decline_revocation(*, by: User, revocation: Revocation) -> Revocation:
    """The proposal is dropped, by whoever made it or by another. Raises Refusal `revocation_state`."""
    with act("batch.decline_undo", by=by) as doing:
        _batch, revocation = _lock_both(revocation)
        _close(revocation, RevocationState.DECLINED, by)
        doing.about = revocation
    return revocation


def lines_digest(revocation: Revocation) -> str:
    """SHA-256 over the day and the gifts that the proposal names; a confirmation binds to it."""
    return str(sql.rows(SQL, "revocation_digest", {"revocation": revocation.pk})[0]["digest"])


def _first_day(campaign: Campaign, from_day: dt.date | None) -> dt.date:
    """Never before the cover begins: a gift without cover ends today."""
    start = campaign.cover_starts_on or clock.today()
    day = max(from_day or start, start)
    if campaign.cover_ends_on is not None and day > campaign.cover_ends_on:
        raise Refusal("day_after_cover", _("The cover is over by that day. Choose an earlier one."))
    return day


def _name_lines(revocation: Revocation, gifts: Collection[int] | None) -> None:
    values = {"revocation": revocation.pk, "batch": revocation.batch_id}
    sql.run(SQL, "revocation_lines", values | {"gifts": None if gifts is None else list(gifts)})
    revocation.copies = revocation.lines.count()
    if not revocation.copies:
        raise Refusal("nothing_to_undo", _("None of these gifts still holds."))
    revocation.amount = revocation.batch.campaign.unit_cost * revocation.copies
    revocation.digest = lines_digest(revocation)
    revocation.save(update_fields=["copies", "amount", "digest"])


def _undo(by: User, batch: GiftBatch, revocation: Revocation, told: Told | None) -> None:
    """Gifts first, then covers, then money: the locks of issuing, in its order."""
    kept = sql.run(SQL, "revocation_kept", {"revocation": revocation.pk, "from_day": revocation.from_day})
    undone = sql.run(SQL, "revocation_gifts", {"revocation": revocation.pk})
    if not undone:
        raise Refusal("all_kept", _("A filed claim relies on every one of these covers. Nothing was undone."))
    _end_covers(by, revocation, undone, told)
    amount = batch.campaign.unit_cost * undone
    entries = ledger.reverse_under(
        by=by,
        reference=reference_of(batch),
        amount=amount,
        copies=undone,
        by_share=batch.campaign.fund_use == FundUse.BY_SHARE,
        memo=revocation.reason,
    )
    tie(batch, entries)
    left = batch.gifts.filter(state=GiftState.LIVE).exists()
    GiftBatch.objects.filter(pk=batch.pk).update(
        revoked=F("revoked") + undone, state=BatchState.PARTLY_REVOKED if left else BatchState.REVOKED
    )
    revocation.copies, revocation.kept, revocation.amount = undone, kept, amount
    _close(revocation, RevocationState.DONE, by)


def _end_covers(by: User, revocation: Revocation, undone: int, told: Told | None) -> None:
    """Part by part, so that any number needs the same memory."""
    named = Gift.objects.filter(revocation_lines__revocation=revocation, state=GiftState.REVOKED)
    covers = named.filter(coverage__isnull=False).order_by("worker_id").values_list("coverage_id", flat=True)
    rows, done = covers.iterator(chunk_size=_AT_ONCE), 0
    while part := list(islice(rows, _AT_ONCE)):
        cancel_coverages(by=by, coverage_ids=part, from_day=revocation.from_day, reason=revocation.reason)
        done += len(part)
        if told is not None:
            told(done, undone)


def _close(revocation: Revocation, state: RevocationState, by: User) -> None:
    revocation.state, revocation.decided_by, revocation.decided_at = state, by, clock.now()
    revocation.save()


def _lock(batch: GiftBatch) -> GiftBatch:
    locked: GiftBatch = (
        GiftBatch.objects.select_related("campaign")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=batch.pk)
    )
    if locked.state not in _UNDOABLE:
        raise Refusal("batch_not_issued", _("Only gifts that were issued can be undone."))
    return locked


def _lock_both(revocation: Revocation) -> tuple[GiftBatch, Revocation]:
    batch = _lock(revocation.batch)
    locked: Revocation = Revocation.objects.select_for_update(no_key=True).get(pk=revocation.pk)
    if locked.state != RevocationState.PROPOSED:
        raise _over(locked)
    return batch, locked


def _over(revocation: Revocation) -> Refusal:
    sentence = _("This undo is %(state)s already.") % {"state": revocation.get_state_display()}
    return Refusal("revocation_state", sentence)


def _facts(revocation: Revocation) -> dict[str, object]:
    return {
        "batch": revocation.batch_id,
        "copies": revocation.copies,
        "kept": revocation.kept,
        "amount": str(revocation.amount),
        "from_day": revocation.from_day.isoformat(),
        "reason": revocation.reason,
    }
