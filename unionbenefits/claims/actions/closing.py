"""Closing a day of payments: its report goes into the audit log, where nobody changes it afterwards."""

import datetime as dt
import logging
from collections.abc import Collection
from typing import Any

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.audit.models import Entry
from unionbenefits.claims.models import PaymentBatch
from unionbenefits.claims.reconciling import Day, Report, reconcile
from unionbenefits.unions.models import Union

CLOSED = "payment.close_day"
logger = logging.getLogger(__name__)


def close_day(*, by: Actor, day: dt.date) -> int:
    """Records the day of every paying office where something happened or waits; again changes nothing.
    Returns how many were recorded. What does not agree is logged as an error besides, so that whoever keeps
    the installation hears of it.
    """
    paying = PaymentBatch.objects.order_by().values("office")
    offices = list(Union.objects.filter(pk__in=paying))
    closed = closed_days(day, [office.pk for office in offices])
    offices = [office for office in offices if office.pk not in closed]
    report = reconcile(day, offices, unassigned=True)
    recorded = 0
    for office, figures in report.offices:
        if not figures.is_empty:
            with act(CLOSED, by=by) as doing:
                doing.about, doing.data = office, figures_of(day, figures)
            recorded += 1
    if not report.is_even:
        logger.error("payments and ledger differ on %s: %s", day, _codes(report))
    return recorded


def figures_of(day: dt.date, figures: Day) -> dict[str, Any]:
    """A day of an office as the log keeps it: counts, and amounts as text."""
    kept: dict[str, Any] = {"day": day.isoformat()}
    for name in Day.__slots__:
        value = getattr(figures, name)
        kept[name] = value if isinstance(value, int) else str(getattr(value, "amount", value))
        if hasattr(value, "amount"):
            kept[f"{name}_count"] = value.count
    return kept


def closed_days(day: dt.date, offices: Collection[int]) -> dict[int, Entry]:
    """What the log keeps of the day of each of the offices (keys)."""
    entries = Entry.objects.filter(
        object_type=Union._meta.label_lower,
        object_id__in=[str(office) for office in offices],
        action=CLOSED,
        data__day=day.isoformat(),
    )
    return {int(entry.object_id): entry for entry in entries.order_by("pk")}


def _codes(report: Report) -> str:
    return ", ".join(sorted({one.code for one in report.mismatches}))
