"""Telling workers about their gifts, row by row, outside the transaction that gave them."""

from collections.abc import Iterator

from django.db.models import QuerySet

from unionbenefits.campaigns.enums import GiftState
from unionbenefits.campaigns.models import Gift, Revocation
from unionbenefits.plans.periods import first_day, last_day
from unionbenefits.workers.enums import MessageKind
from unionbenefits.workers.messages import Told, tell

_AT_ONCE = 2_000


def tell_issued(batch: int) -> int:
    """Tells the covered workers of a batch from when to when; telling again tells nobody twice."""
    covered = Gift.objects.filter(batch=batch, state=GiftState.LIVE, coverage__isnull=False).order_by("pk")
    return tell(kind=MessageKind.COVER_ISSUED, to=_covered(covered.select_related("coverage")))


def tell_undone(revocation: int) -> int:
    """Tells the workers whose cover an undo ended from which day on."""
    found = Revocation.objects.get(pk=revocation)
    undone = Gift.objects.filter(
        revocation_lines__revocation=found, revocation_lines__kept=False, state=GiftState.REVOKED
    )
    values = {"from": found.from_day.isoformat()}
    rows = undone.order_by("pk").values_list("worker_id", "coverage_id").iterator(chunk_size=_AT_ONCE)
    return tell(
        kind=MessageKind.COVER_ENDED,
        to=(Told(worker, f"coverage:{cover}", values) for worker, cover in rows if cover),
    )


def _covered(gifts: "QuerySet[Gift]") -> Iterator[Told]:
    for gift in gifts.iterator(chunk_size=_AT_ONCE):
        assert gift.coverage is not None
        first, last = first_day(gift.coverage.period), last_day(gift.coverage.period)
        if first is None or last is None:
            continue
        values = {"first": first.isoformat(), "last": last.isoformat()}
        yield Told(gift.worker_id, f"coverage:{gift.coverage_id}", values)
