"""Batches: put forward, approve, return. Two people at least (invariant 7)."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.campaigns.actions.setup import lock_campaign
from unionbenefits.campaigns.drawing import drawing_of
from unionbenefits.campaigns.enums import BatchState, GiftState
from unionbenefits.campaigns.errors import guarded
from unionbenefits.campaigns.judging import SQL, Course, asked_ids, parameters, put_down
from unionbenefits.campaigns.models import Allotment, BatchEntry, Campaign, GiftBatch
from unionbenefits.campaigns.previews import Preview, budget_sentence, preview
from unionbenefits.campaigns.queries import batch_lines_digest
from unionbenefits.core import clock, sql
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import ZERO
from unionbenefits.core.progress import Told
from unionbenefits.funds import actions as ledger
from unionbenefits.funds.models import Entry
from unionbenefits.workers.models import Roster

_SCARCE = frozenset({"places_exhausted", "budget_exhausted"})


def put_forward(
    *,
    by: User,
    allotment: Allotment,
    roster: Roster | None = None,
    only: Collection[int] | None = None,
    fill: bool = False,
    told: Told | None = None,
) -> GiftBatch:
    """Makes a batch of the unit's workers who get the gift, claims their places and holds their money.

    Those left out become lines too, each with its reason. Without a roster all current members of the unit's
    enterprises are judged; `only` narrows to some workers. With `fill`, places or money that do not reach
    everybody are given to those who joined first, and the others left out with that reason. With `told` the
    people are judged part by part; it hears how many of how many are done, and what it raises undoes all.

    Locks run campaign → allotment → funds: whoever comes second recounts, so that neither places nor money
    are ever promised twice (case C090).

    Raises Refusal with the first obstacle of the preview: `campaign_not_open`, `campaign_has_no_fund`,
    `roster_not_applied`, `roster_of_another_unit`, `nobody_eligible`, `places_exhausted`, `budget_exhausted`.
    """
    with guarded(), act("batch.put_forward", by=by) as doing:
        campaign = lock_campaign(allotment.campaign)
        allotment = lock_allotment(allotment)
        course = course_of(parameters(allotment, roster, only), told, passes=3 if fill else 2)
        judged = preview(allotment, roster, only, course=course)
        refuse(judged, fill=fill)
        batch = GiftBatch.objects.create(
            campaign=campaign,
            allotment=allotment,
            roster=roster,
            copies=0,
            amount=ZERO,
            prepared_by=by,
            prepared_at=clock.now(),
        )
        standing = GiftState.DRAFTED if fill else GiftState.LIVE
        put_down(parameters(allotment, roster, only, batch=batch.pk), standing, course)
        if fill:
            keep_reached(batch, judged, course)
        claim(by, batch, campaign)
        doing.about, doing.data = batch, _facts(batch)
    return batch


def refuse(judged: Preview, *, fill: bool) -> None:
    """Refuses with the first obstacle; with `fill`, what is scarce is one only where it reaches nobody."""
    for obstacle in judged.obstacles:
        if not (fill and judged.reach and obstacle.code in _SCARCE):
            raise Refusal(obstacle.code, obstacle.message, preview=judged)


def course_of(values: dict[str, Any], told: Told | None, *, passes: int) -> Course | None:
    """The passes over the people whom `values` asks for; None where nobody listens."""
    return None if told is None else Course(asked_ids(values), told, passes=passes)


def keep_reached(batch: GiftBatch, judged: Preview, course: Course | None = None) -> None:
    """Of the drafted lines those whom places and money reach become gifts, the first members first."""
    values = {"batch": batch.pk, "places": judged.places_left, "paid": judged.paid}
    sql.run(SQL, "batch_fill", values)
    drafted = batch.gifts.filter(state=GiftState.DRAFTED)
    if course is None:
        drafted.update(state=GiftState.LIVE)
        return
    for part in course.parts():
        drafted.filter(worker_id__gte=part[0], worker_id__lte=part[-1]).update(state=GiftState.LIVE)
        sql.check_keys_now()


def approve_batch(*, by: User, batch: GiftBatch, digest: str) -> GiftBatch:
    """Approves exactly the lines that `digest` names; the approver is never the preparer (invariant 7).

    A batch that needs two approvals stays put forward after the first; the second comes from a third person.
    `digest` is what the officer looked at (`queries.batch_lines_digest`). Raises Refusal `batch_state`,
    `approver_is_preparer`, `second_approver_is_first` or `digest_differs`.
    """
    with guarded(), act("batch.approve", by=by) as doing:
        batch = lock_batch(batch)
        _expect(batch, BatchState.PUT_FORWARD)
        if by.pk in (batch.prepared_by_id, batch.put_forward_by_id):
            raise Refusal(
                "approver_is_preparer",
                _("Whoever put a batch forward cannot approve it. Another officer must."),
            )
        check_digest(batch, digest)
        if batch.approved_by_id is None:
            _approve_first(by, batch, digest)
        else:
            _approve_second(by, batch)
        doing.about, doing.data = batch, _facts(batch)
    return batch


def _approve_first(by: User, batch: GiftBatch, digest: str) -> None:
    batch.state = BatchState.PUT_FORWARD if batch.second_needed else BatchState.APPROVED
    batch.approved_by, batch.approved_at, batch.approved_digest = by, clock.now(), digest
    batch.save(update_fields=["state", "approved_by", "approved_at", "approved_digest"])


def _approve_second(by: User, batch: GiftBatch) -> None:
    if batch.approved_by_id == by.pk:
        raise Refusal(
            "second_approver_is_first",
            _("The second approval comes from somebody else than the first. Ask a third officer."),
        )
    batch.state = BatchState.APPROVED
    batch.second_by, batch.second_at = by, clock.now()
    batch.save(update_fields=["state", "second_by", "second_at"])


def return_batch(*, by: User, batch: GiftBatch, reason: str) -> GiftBatch:
    """Sends a batch back before it is issued: its places and its money are free again.

    Raises Refusal `batch_state` or `reason_missing`.
    """
    if not reason.strip():
        raise Refusal("reason_missing", _("Write down why."))
    with act("batch.return", by=by) as doing:
        batch = lock_batch(batch)
        _expect(batch, BatchState.PUT_FORWARD, BatchState.APPROVED)
        batch.gifts.filter(state=GiftState.LIVE).update(state=GiftState.RETURNED)
        tie(batch, ledger.release(by=by, reference=reference_of(batch), memo=reason[:200]))
        batch.state, batch.return_reason = BatchState.RETURNED, reason[:200]
        batch.save(update_fields=["state", "return_reason"])
        doing.about, doing.data = batch, _facts(batch) | {"reason": reason[:200]}
    return batch


def reference_of(batch: GiftBatch) -> str:
    """The ledger reference under which a batch's money is held and used."""
    return f"batch:{batch.pk}"


def tie(batch: GiftBatch, entries: Iterable[Entry]) -> None:
    """Ties ledger entries to the batch they are for."""
    BatchEntry.objects.bulk_create(BatchEntry(batch=batch, entry=entry) for entry in entries)


def check_digest(batch: GiftBatch, digest: str) -> None:
    """Refuses unless `digest`, the stored one and the lines as they are now all agree."""
    if not digest or batch.digest != digest or batch_lines_digest(batch) != digest:
        raise Refusal(
            "digest_differs",
            _("The lines of the batch have changed since they were looked at. Look at them again."),
        )


def _expect(batch: GiftBatch, *states: BatchState) -> None:
    if batch.state not in states:
        raise Refusal(
            "batch_state",
            _("The batch is %(state)s; this step is not possible any more.")
            % {"state": batch.get_state_display()},
        )


def claim(by: User, batch: GiftBatch, campaign: Campaign) -> None:
    """Counts what was put down, perhaps fewer than previewed a moment ago, and holds the money for it."""
    batch.copies = batch.gifts.filter(state=GiftState.LIVE).count()
    batch.left_out = batch.gifts.filter(state=GiftState.LEFT_OUT).count()
    if not batch.copies:
        raise Refusal("nobody_eligible", _("Nobody is left to get this gift."))
    batch.amount = campaign.unit_cost * batch.copies
    above = campaign.second_approval_above
    batch.second_needed = above is not None and batch.amount > above
    batch.digest = batch_lines_digest(batch)
    batch.save(update_fields=["copies", "left_out", "amount", "digest", "second_needed"])
    drawing = drawing_of(campaign)
    try:
        entries = ledger.hold(
            by=by,
            funds=drawing.funds,
            amount=batch.amount,
            copies=batch.copies,
            reference=reference_of(batch),
            shares=drawing.shares,
            room=drawing.room,
        )
    except Refusal as refusal:
        if refusal.code != "fund_short":
            raise
        sentence = budget_sentence(refusal.details["available"], refusal.details["needed"])
        raise Refusal("budget_exhausted", sentence) from refusal
    tie(batch, entries)


def lock_allotment(allotment: Allotment) -> Allotment:
    """The allotment as it is now, locked until the transaction ends."""
    locked: Allotment = (
        Allotment.objects.select_related("campaign__plan_version", "union", "enterprise")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=allotment.pk)
    )
    return locked


def lock_batch(batch: GiftBatch) -> GiftBatch:
    """The batch as it is now, locked until the transaction ends."""
    locked: GiftBatch = GiftBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    return locked


def _facts(batch: GiftBatch) -> dict[str, object]:
    return {"copies": batch.copies, "amount": str(batch.amount), "digest": batch.digest}
