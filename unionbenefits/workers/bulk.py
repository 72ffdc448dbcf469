"""Changing many rows of a register at once: draft, preview, do, undo within a day.

What the preview shows is what is done: the verb judges again under lock and refuses where the rows that would
change are no longer those (invariant 5 in small). The write is one statement; history and log have it.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.core import clock
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.core.scope import Scope
from unionbenefits.workers.enums import Occupation
from unionbenefits.workers.models import BulkChange, BulkKind, BulkState, Membership, Worker

MOST: Final = 5_000
UNDO_FOR: Final = dt.timedelta(hours=24)
_DRAFTS_KEPT: Final = dt.timedelta(days=1)

LEFT_OUT: Final[Mapping[str, str | Promise]] = {
    "gone": gettext_lazy("No longer in your units"),
    "ended": gettext_lazy("Membership has ended already"),
    "joined_later": gettext_lazy("Joined after that day"),
    "same": gettext_lazy("Has this occupation already"),
    "checked_later": gettext_lazy("A check of that day or a later one is on file"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """How a kind works: the model, the field it writes, who is left out (the first reason counts)."""

    model: type[Membership] | type[Worker]
    field: str
    permission: str
    reason: Callable[[Any, Any], str]


def _may_not_end(row: Membership, day: dt.date) -> str:
    if row.left_on is not None:
        return "ended"
    return "joined_later" if row.joined_on is not None and row.joined_on > day else ""


def _may_not_get(row: Membership, occupation: str) -> str:
    if row.left_on is not None:
        return "ended"
    return "same" if row.occupation == occupation else ""


def _may_not_note(row: Worker, day: dt.date) -> str:
    held = row.real_name_checked_on
    return "checked_later" if held is not None and held >= day else ""


RULES: Final[Mapping[str, Rule]] = {
    BulkKind.END_MEMBERSHIPS: Rule(Membership, "left_on", "workers.apply_roster", _may_not_end),
    BulkKind.SET_OCCUPATION: Rule(Membership, "occupation", "workers.apply_roster", _may_not_get),
    BulkKind.NOTE_REAL_NAME: Rule(Worker, "real_name_checked_on", "workers.change_worker", _may_not_note),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """Rows that would change, rows that stay and why, and a digest of the former."""

    changing: list[Any]
    left_out: list[tuple[Any, str]]
    counts: dict[str, int]
    digest: str


def choose(*, by: User, kind: BulkKind, rows: "QuerySet[Any]") -> BulkChange:
    """A draft for these rows of the register, which are in scope. Nothing changes yet.

    Raises Refusal `bulk_none` or `bulk_many`.
    """
    keys = list(rows.order_by().values_list("pk", flat=True)[: MOST + 1])
    if not keys:
        raise Refusal("bulk_none", _("Tick the rows first."))
    if len(keys) > MOST:
        raise Refusal(
            "bulk_many",
            _("More than %(most)d rows at once are too many to check. Filter further.") % {"most": MOST},
        )
    BulkChange.objects.filter(by=by, state=BulkState.DRAFT, made_at__lt=clock.now() - _DRAFTS_KEPT).delete()
    draft: BulkChange = BulkChange.objects.create(kind=kind, rows=sorted(keys), by=by, made_at=clock.now())
    return draft


def read_value(kind: str, text: str) -> str | dt.date:
    """The new value as typed. Raises Refusal `bulk_day`, `date_in_future` or `bulk_occupation`."""
    if kind == BulkKind.SET_OCCUPATION:
        if text not in Occupation.values:
            raise Refusal("bulk_occupation", _("Choose the occupation from the list."))
        return text
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Refusal("bulk_day", _("Enter the day as year-month-day, such as 2026-03-31."))
    if day > clock.today():
        raise Refusal("date_in_future", _("The day lies in the future. Choose today or a day before."))
    return day


def preview(change: BulkChange, scope: Scope, value: str | dt.date) -> Preview:
    """What doing it now would change. One query."""
    return _judged(change, _chosen(change, scope), value)


def do(*, by: User, scope: Scope, change: BulkChange, value: str | dt.date, digest: str) -> BulkChange:
    """Writes all rows of the preview, in one transaction. Doing it again changes nothing.

    Raises Refusal `bulk_changed` where other rows than previewed would change, `bulk_nothing` where none.
    """
    rule = RULES[change.kind]
    with act(f"bulk.{change.kind}", by=by) as doing:
        locked = _locked(by, change)
        if locked.state == BulkState.DRAFT:
            found = _judged(
                locked, _chosen(locked, scope).select_for_update(no_key=True, of=("self",)), value
            )
            if not found.changing:
                raise Refusal("bulk_nothing", _("No row would change. Choose other rows or another value."))
            if found.digest != digest:
                raise Refusal(
                    "bulk_changed",
                    _("Somebody changed some of these rows meanwhile. Look at the preview again."),
                )
            before = [[row.pk, _told(getattr(row, rule.field))] for row in found.changing]
            rule.model.objects.filter(pk__in=[row.pk for row in found.changing]).update(**{rule.field: value})
            now = clock.now()
            locked.value, locked.before, locked.left_out = _told(value), before, found.counts
            locked.state, locked.done_at, locked.undo_until = BulkState.DONE, now, now + UNDO_FOR
            locked.save()
        doing.about = locked
        doing.data = {"value": locked.value, "changed": len(locked.before), "left_out": locked.left_out}
    return locked


def undo(*, by: User, scope: Scope, change: BulkChange) -> BulkChange:
    """Gives the rows their former values, those that still hold what this change wrote; others stay.

    Raises Refusal `bulk_undo_late` or `bulk_not_done`.
    """
    rule = RULES[change.kind]
    with act("bulk.undo", by=by) as doing:
        locked = _locked(by, change)
        if locked.state == BulkState.DRAFT:
            raise Refusal("bulk_not_done", _("Nothing was changed yet, so there is nothing to undo."))
        if locked.state == BulkState.DONE:
            if locked.undo_until is None or clock.now() > locked.undo_until:
                raise Refusal(
                    "bulk_undo_late", _("The day for undoing has passed. Correct the rows one by one.")
                )
            restored = _restore(rule, locked, scope)
            locked.state, locked.undone_at = BulkState.UNDONE, clock.now()
            locked.kept = len(locked.before) - restored
            locked.save(update_fields=["state", "undone_at", "kept"])
        doing.about = locked
        doing.data = {"restored": len(locked.before) - locked.kept, "kept": locked.kept}
    return locked


def _restore(rule: Rule, change: BulkChange, scope: Scope) -> int:
    """Row values back, grouped by what they were; returns how many."""
    rows: Any = rule.model.objects.in_scope(scope).filter(
        pk__in=[key for key, _old in change.before], **{rule.field: change.value}
    )
    if change.kind == BulkKind.END_MEMBERSHIPS:
        # Whoever came back meanwhile has an open membership already.
        rows = rows.exclude(pk__in=_come_back(rows))
    free = set(rows.select_for_update(no_key=True, of=("self",)).order_by("pk").values_list("pk", flat=True))
    groups: dict[str, list[int]] = {}
    for key, old in change.before:
        if key in free:
            groups.setdefault(old, []).append(key)
    for old, keys in groups.items():
        rule.model.objects.filter(pk__in=keys).update(**{rule.field: old or _empty(rule.field)})
    return len(free)


def _come_back(rows: Any) -> list[int]:
    again = rows.filter(
        worker__memberships__left_on__isnull=True, worker__memberships__enterprise=F("enterprise")
    )
    return list(again.values_list("pk", flat=True))


def _empty(field: str) -> Any:
    return "" if field == "occupation" else None


def _told(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else value or ""


def _locked(by: User, change: BulkChange) -> BulkChange:
    found: BulkChange | None = BulkChange.objects.of(by).select_for_update().filter(pk=change.pk).first()
    if found is None:
        raise NotFound("bulk_unknown", _("There is no such change of yours."))
    return found


def _chosen(change: BulkChange, scope: Scope) -> Any:
    rule = RULES[change.kind]
    rows: Any = rule.model.objects.in_scope(scope).filter(pk__in=change.rows).order_by("pk")
    return rows.select_related("worker", "enterprise") if rule.model is Membership else rows


def _judged(change: BulkChange, rows: Iterable[Any], value: Any) -> Preview:
    rule = RULES[change.kind]
    changing: list[Any] = []
    left_out: list[tuple[Any, str]] = []
    counts: dict[str, int] = {}
    seen = 0
    for row in rows:
        seen += 1
        reason = rule.reason(row, value)
        if reason:
            left_out.append((row, reason))
            counts[reason] = counts.get(reason, 0) + 1
        else:
            changing.append(row)
    if gone := len(change.rows) - seen:
        counts["gone"] = gone
    said = f"{_told(value)}:" + ",".join(str(row.pk) for row in changing)
    return Preview(changing, left_out, counts, hashlib.sha256(said.encode()).hexdigest())
