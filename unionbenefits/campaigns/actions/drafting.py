"""Drafts of batches: lines to look at and to thin out, which hold neither places nor money yet."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.campaigns.actions.batches import (
    claim,
    course_of,
    keep_reached,
    lock_allotment,
    lock_batch,
    refuse,
)
from unionbenefits.campaigns.actions.setup import lock_campaign
from unionbenefits.campaigns.enums import BatchState, GiftState, LeftOut
from unionbenefits.campaigns.errors import guarded
from unionbenefits.campaigns.judging import (
    Course,
    add_newcomers,
    asked_ids,
    judge_again,
    of_these,
    parameters,
    put_down,
)
from unionbenefits.campaigns.models import Allotment, GiftBatch
from unionbenefits.campaigns.previews import preview
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import ZERO
from unionbenefits.core.progress import Told
from unionbenefits.workers.models import Roster


def draft_batch(
    *, by: User, allotment: Allotment, roster: Roster | None = None, told: Told | None = None
) -> GiftBatch:
    """A draft with a line for everybody of the unit, or of an applied roster, judged as of now.

    `told` hears how many of how many are judged, as in `put_forward`. Raises Refusal `nobody_eligible` where
    nobody would get the gift.
    """
    with act("batch.draft", by=by) as doing:
        batch = GiftBatch.objects.create(
            campaign=allotment.campaign,
            allotment=allotment,
            roster=roster,
            state=BatchState.DRAFT,
            copies=0,
            amount=ZERO,
            prepared_by=by,
            prepared_at=clock.now(),
        )
        values = parameters(allotment, roster, batch=batch.pk)
        put_down(values, GiftState.DRAFTED, course_of(values, told, passes=1))
        _count(batch)
        if not batch.copies:
            raise Refusal("nobody_eligible", _("Nobody is left to get this gift."))
        doing.about, doing.data = batch, _facts(batch)
    return batch


def take_out(*, by: User, batch: GiftBatch, gifts: Collection[int], reason: str) -> int:
    """Takes lines (keys of Gift) out of a draft; returns how many.

    The reason stands in the batch's course. Raises Refusal `batch_not_draft` or `reason_missing`.
    """
    if not reason.strip():
        raise Refusal("reason_missing", _("Write down why."))
    with act("batch.take_out", by=by) as doing:
        batch = _lock_draft(batch)
        lines = batch.gifts.filter(pk__in=list(gifts), state=GiftState.DRAFTED)
        taken = lines.update(state=GiftState.LEFT_OUT, reason=LeftOut.TAKEN_OUT)
        _count(batch)
        doing.about, doing.data = batch, _changed(batch, taken, gifts, reason)
    return taken


def put_back(*, by: User, batch: GiftBatch, gifts: Collection[int], reason: str = "") -> int:
    """Puts lines that were taken out back, judged as of now; returns how many.

    Raises Refusal `batch_not_draft`.
    """
    with act("batch.put_back", by=by) as doing:
        batch = _lock_draft(batch)
        lines = batch.gifts.filter(pk__in=list(gifts), reason=LeftOut.TAKEN_OUT)
        workers = list(lines.values_list("worker_id", flat=True))
        back = lines.update(state=GiftState.DRAFTED, reason="")
        values = parameters(batch.allotment, batch.roster, batch=batch.pk)
        judge_again(of_these(values, workers), GiftState.DRAFTED)
        _count(batch)
        doing.about, doing.data = batch, _changed(batch, back, gifts, reason)
    return back


def refresh_draft(*, by: User, batch: GiftBatch, told: Told | None = None) -> GiftBatch:
    """Judges the draft's lines again, as of now, and takes in who is new; `told` as in `put_forward`.

    Raises Refusal `batch_not_draft`.
    """
    with act("batch.refresh", by=by) as doing:
        batch = _lock_draft(batch)
        values = parameters(batch.allotment, batch.roster, batch=batch.pk)
        people = sorted({*asked_ids(values), *_judged_lines(batch)}) if told else ()
        course = told and Course(people, told, passes=2)
        joined = add_newcomers(values, course)
        judge_again(values, GiftState.DRAFTED, course)
        _count(batch)
        doing.about, doing.data = batch, _facts(batch) | {"lines": joined}
    return batch


def put_draft_forward(
    *, by: User, batch: GiftBatch, fill: bool = False, told: Told | None = None
) -> GiftBatch:
    """Judges the draft once more, claims its places and holds its money; then it waits for approval.

    `fill` gives what places and money there are to those who joined first, and `told` hears how far it is, as
    in `put_forward`.

    Locks run campaign → allotment → batch → funds, as in `put_forward`. Whoever puts it forward and whoever
    drafted it both count as preparers (invariant 7). Raises Refusal as `put_forward` does, and
    `batch_not_draft`.
    """
    with guarded(), act("batch.put_forward", by=by) as doing:
        campaign = lock_campaign(batch.campaign)
        allotment = lock_allotment(batch.allotment)
        batch = _lock_draft(batch)
        drafted = list(
            batch.gifts.filter(state=GiftState.DRAFTED).order_by().values_list("worker_id", flat=True)
        )
        course = told and Course(_judged_lines(batch), told, passes=3 if fill else 2)
        judged = preview(allotment, batch.roster, drafted, course=course)
        refuse(judged, fill=fill)
        batch.state, batch.put_forward_at = BatchState.PUT_FORWARD, clock.now()
        batch.put_forward_by = None if batch.prepared_by_id == by.pk else by
        batch.save(update_fields=["state", "put_forward_at", "put_forward_by"])
        standing = GiftState.DRAFTED if fill else GiftState.LIVE
        judge_again(parameters(allotment, batch.roster, batch=batch.pk), standing, course)
        if fill:
            keep_reached(batch, judged, course)
        claim(by, batch, campaign)
        doing.about, doing.data = batch, _facts(batch)
    return batch


def discard_draft(*, by: User, batch: GiftBatch) -> GiftBatch:
    """The draft is dropped; it stays in the list as returned. Raises Refusal `batch_not_draft`."""
    with act("batch.discard", by=by) as doing:
        batch = _lock_draft(batch)
        batch.gifts.filter(state=GiftState.DRAFTED).update(state=GiftState.RETURNED)
        batch.state, batch.return_reason = BatchState.RETURNED, _("Draft dropped")
        batch.save(update_fields=["state", "return_reason"])
        doing.about = batch
    return batch


def _judged_lines(batch: GiftBatch) -> list[int]:
    """The workers of the lines that judging again looks at, by key."""
    lines = batch.gifts.exclude(reason=LeftOut.TAKEN_OUT).order_by("worker_id")
    return list(lines.values_list("worker_id", flat=True))


def _count(batch: GiftBatch) -> None:
    """What the draft would give and cost now."""
    batch.copies = batch.gifts.filter(state=GiftState.DRAFTED).count()
    batch.left_out = batch.gifts.filter(state=GiftState.LEFT_OUT).count()
    batch.amount = batch.campaign.unit_cost * batch.copies
    batch.save(update_fields=["copies", "left_out", "amount"])


def _lock_draft(batch: GiftBatch) -> GiftBatch:
    locked = lock_batch(batch)
    if locked.state != BatchState.DRAFT:
        raise Refusal("batch_not_draft", _("This batch is no draft any more."))
    return locked


def _changed(batch: GiftBatch, lines: int, gifts: Collection[int], reason: str) -> dict[str, object]:
    return _facts(batch) | {"lines": lines, "of": sorted(gifts)[:100], "reason": reason.strip()[:200]}


def _facts(batch: GiftBatch) -> dict[str, object]:
    return {"copies": batch.copies, "amount": str(batch.amount)}
