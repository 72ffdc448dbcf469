"""Writing plans, their versions, and coverage."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, ExclusionViolation

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock, sql
from unionbenefits.core.errors import Refusal
from unionbenefits.plans.models import Coverage, Plan, PlanVersion
from unionbenefits.unions.models import Union

_SQL = Path(__file__).parent / "sql"
# From here on reading all covers of the plan (3,000,000 in 0.5 s) costs less than looking each worker up.
_MANY = 5_000
# What a version may say beyond its fee and rates; the defaults stand in the model.
_TERMS = frozenset(
    {
        "deductible",
        "cap_per_stay",
        "cap_per_period",
        "waiting_days",
        "straddle",
        "episode_gap_days",
        "filing_deadline_days",
        "required_papers",
        "promised_days",
        "appeal_days",
        "accepted_insurance",
        "age_floor",
        "age_below",
        "below_retirement_age",
        "minimum_share",
        "everyone_below",
    }
)


@dataclass(frozen=True, slots=True)
class Issued:
    """A worker and the coverage just issued."""

    worker_id: int
    coverage_id: int


def open_plan(*, by: Actor, code: str, name: str, popular_name: str = "") -> Plan:
    """A new plan, still without terms. Raises Refusal `plan_code_taken`."""
    with act("plan.open", by=by) as doing:
        if Plan.objects.filter(code=code).exists():
            raise Refusal("plan_code_taken", _("A plan with this code exists already. Choose another code."))
        plan = Plan.objects.create(code=code, name=name, popular_name=popular_name)
        doing.about, doing.data = plan, {"code": code}
    return plan


def add_version(
    *, by: Actor, plan: Plan, valid_from: dt.date, fee: Decimal, rates: Sequence[Decimal], **terms: Any
) -> PlanVersion:
    """The plan's terms from `valid_from` on; coverage issued before keeps the version it was issued under.

    `terms` are fields of PlanVersion; an unknown one raises TypeError. Raises Refusal `rates_wrong`,
    `fee_not_positive` or `version_exists` (one version per starting day).
    """
    unknown = terms.keys() - _TERMS
    if unknown:
        raise TypeError(f"Not terms of a plan: {sorted(unknown)}")
    if not rates or any(not 0 < rate <= 1 for rate in rates):
        raise Refusal(
            "rates_wrong",
            _("Give one share above 0 and at most 1 for each hospital stay, such as 0.80, 0.70."),
        )
    if fee <= 0:
        raise Refusal("fee_not_positive", _("Write a fee above zero."))
    with act("plan.add_version", by=by) as doing:
        Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        if plan.versions.filter(valid_from=valid_from).exists():
            raise Refusal("version_exists", _("The plan already has terms that start on this day."))
        number = (plan.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        version = PlanVersion.objects.create(
            plan=plan, number=number, valid_from=valid_from, fee=fee, rates=list(rates), **terms
        )
        doing.about, doing.data = version, {"plan": plan.pk, "number": number, "fee": str(fee)}
    return version


def issue_coverages(
    *,
    by: Actor,
    plan_version: PlanVersion,
    worker_ids: Iterable[int],
    first_day: dt.date,
    last_day: dt.date,
    given_by: Union,
    starts: Mapping[int, dt.date] | None = None,
) -> list[Issued]:
    """Covers the workers from `first_day` to `last_day`, all in one statement; returns who got it.

    `starts` gives some of them a first day of their own, where their cover continues another: it then lasts
    as long as the common one, counted in whole months where that does.

    Workers covered on any day of the period, also at this very moment by somebody else, are passed over
    (invariant 2, case C098). Called by `campaigns`, which answers for the money.
    """
    workers = list(worker_ids)
    firsts, lasts = _own_days(workers, starts or {}, first_day, last_day)
    values = {
        "workers": workers,
        "firsts": firsts,
        "lasts": lasts,
        "plan": plan_version.plan_id,
        "version": plan_version.pk,
        "given_by": given_by.pk,
        "first_day": first_day,
        "last_day": last_day,
        "year": clock.today().year,
        "now": clock.now(),
    }
    with act("coverage.issue", by=by) as doing:
        found = _insert_coverages(values)
        doing.about, doing.data = plan_version, {"issued": len(found), "first_day": first_day.isoformat()}
    return found


def _own_days(
    workers: Sequence[int], starts: Mapping[int, dt.date], first_day: dt.date, last_day: dt.date
) -> tuple[list[dt.date | None] | None, list[dt.date | None] | None]:
    """First and last days beside the workers, None for the common ones; nothing where nobody has own days."""
    if not starts:
        return None, None
    ends = {start: clock.same_length(first_day, last_day, start) for start in set(starts.values())}
    firsts = [starts.get(worker) for worker in workers]
    return firsts, [None if first is None else ends[first] for first in firsts]


def _insert_coverages(values: dict[str, Any]) -> list[Issued]:
    """Inserts at once, and only if somebody covers one of the workers at this very moment again row by row.

    ON CONFLICT waits for the other and passes over, but looks into the index twice for every row: 350 ms
    instead of 220 ms for 20,812. Two plain inserts of the same worker can also wait for each other;
    PostgreSQL then ends one.
    """
    returning = "RETURNING worker_id, id"
    try:
        with transaction.atomic():
            return _issued(returning, values)
    except (IntegrityError, OperationalError) as error:
        if not isinstance(error.__cause__, ExclusionViolation | DeadlockDetected):
            raise
    return _issued(
        f"ON CONFLICT ON CONSTRAINT coverage_one_live_per_plan_and_day DO NOTHING {returning}", values
    )


def _issued(ending: str, values: dict[str, Any]) -> list[Issued]:
    """Few workers are looked up one by one, many are joined with all covers of the plan at once."""
    method = "seqscan" if len(values["workers"]) < _MANY else "nestloop"
    with sql.without(method), connection.cursor() as cursor:
        cursor.execute(sql.load(str(_SQL), "issue_coverages") + ending, values)
        return [Issued(*row) for row in cursor.fetchall()]


def cancel_coverages(*, by: Actor, coverage_ids: Iterable[int], from_day: dt.date, reason: str) -> int:
    """Ends covers from `from_day` on; returns how many. Those cancelled already,
    over by then, or kept for a claim stay.

    Raises Refusal `reason_missing`.
    """
    if not reason.strip():
        raise Refusal("reason_missing", _("Write down why."))
    wanted = list(coverage_ids)
    with act("coverage.cancel", by=by) as doing:
        ended = sql.run(_SQL, "cancel_coverages", {"coverages": wanted, "from_day": from_day})
        doing.data = {
            "cancelled": ended,
            "from_day": from_day.isoformat(),
            "reason": reason,
            "of": wanted[:100],
        }
    return ended


def protect(*, by: Actor, coverage: Coverage, until: dt.date) -> None:
    """A filed claim relies on the cover up to `until`: it cannot be cancelled before. Never lowered again."""
    with act("coverage.protect", by=by) as doing:
        locked = Coverage.objects.select_for_update(no_key=True).get(pk=coverage.pk)
        if locked.keep_until is None or locked.keep_until < until:
            locked.keep_until = until
            locked.save(update_fields=["keep_until"])
        doing.about, doing.data = locked, {"until": until.isoformat()}
