"""Who is covered, when, and by what terms: for the worker's page and the certificate check."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from unionbenefits.core import sql
from unionbenefits.core.errors import NotFound
from unionbenefits.core.masking import mask_name
from unionbenefits.core.scope import Scope
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.plans.certificates import clean, is_certificate_no
from unionbenefits.plans.models import Coverage, PlanVersion
from unionbenefits.plans.periods import first_day, last_day
from unionbenefits.workers.models import Membership, Worker

_SQL = Path(__file__).parent / "sql"
# The worker is told 30 days ahead (`plans.reminders`); officers look as far.
LAPSING_DAYS = 30


class CoverState(StrEnum):
    """Where a day lies in relation to a cover."""

    IN_FORCE = "in_force"
    UPCOMING = "upcoming"
    ENDED = "ended"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class CoverView:
    """One cover as its holder may read it.

    `first_day` and `last_day` are what holds after a cancellation; what was issued when nothing is left.
    `waiting_until` is the last day of the waiting period, None where there is none or it is over.
    """

    coverage_id: int
    state: CoverState
    certificate_no: str
    plan_code: str
    plan_name: str
    popular_name: str
    first_day: dt.date
    last_day: dt.date
    waiting_until: dt.date | None
    rates: tuple[Decimal, ...]
    deductible: Decimal
    cap_per_stay: Decimal | None
    cap_per_period: Decimal | None
    given_by: str
    first_enrolment: bool
    cancelled_from: dt.date | None
    issued_at: dt.datetime


@dataclass(frozen=True, slots=True)
class WorkerCoverage:
    """A worker's covers as of `day`: in force, to come, and over, each with the latest first."""

    day: dt.date
    current: tuple[CoverView, ...]
    upcoming: tuple[CoverView, ...]
    past: tuple[CoverView, ...]

    @property
    def covered(self) -> bool:
        """Whether any cover is in force on the day."""
        return bool(self.current)


@dataclass(frozen=True, slots=True)
class CertificateView:
    """What the public certificate check may say of a certificate: the name is masked.

    Numbers follow one another, so whoever only has the number learns state, plan and period. Name and giver
    are for those who hold the paper, which its signature proves.
    """

    number: str
    state: CoverState
    plan_name: str
    worker_name: str
    first_day: dt.date
    last_day: dt.date
    given_by: str
    cancelled_from: dt.date | None


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """How many serve at an enterprise now, and how many of them are covered."""

    enterprise_id: int
    name: str
    members: int
    covered: int


@dataclass(frozen=True, slots=True)
class CoverFigures:
    """People who serve at the enterprises of a scope, each counted once; and the largest enterprises."""

    people: int
    covered: int
    lapsing: int
    units: int
    largest: tuple[UnitFigures, ...]


def coverage_of(worker: Worker, day: dt.date) -> WorkerCoverage:
    """Whether the worker is covered on `day`, and every cover the worker has or had; one query."""
    views = _covers(worker.pk, day)

    def of(*states: CoverState) -> tuple[CoverView, ...]:
        return tuple(view for view in views if view.state in states)

    return WorkerCoverage(
        day=day,
        current=of(CoverState.IN_FORCE),
        upcoming=of(CoverState.UPCOMING),
        past=of(CoverState.ENDED, CoverState.CANCELLED),
    )


def certificate(number: str, day: dt.date) -> CertificateView | None:
    """The certificate with this number as of `day`; None when it is mistyped or was never issued."""
    number = clean(number)
    if not is_certificate_no(number):
        return None
    coverage = Coverage.objects.filter(certificate_no=number).select_related("worker").first()
    if coverage is None:
        return None
    [view] = [view for view in _covers(coverage.worker_id, day) if view.coverage_id == coverage.pk]
    return CertificateView(
        number=number,
        state=view.state,
        plan_name=view.plan_name,
        worker_name=mask_name(coverage.worker.name),
        first_day=view.first_day,
        last_day=view.last_day,
        given_by=view.given_by,
        cancelled_from=view.cancelled_from,
    )


def own_coverage(worker: Worker, number: str) -> Coverage:
    """The worker's own cover with this certificate number that held at least a day. Raises NotFound."""
    own = Coverage.objects.filter(worker=worker, certificate_no=clean(number), live_period__isempty=False)
    cover: Coverage | None = own.select_related("worker").first()
    if cover is None:
        raise NotFound("certificate_unknown", _("There is no such certificate."))
    return cover


def covered_until(worker_ids: Iterable[int], day: dt.date) -> dict[int, dt.date]:
    """Of those covered on `day`, the last day of that cover. One query."""
    return {
        row["worker_id"]: row["last_day"]
        for row in sql.rows(_SQL, "covered_until", {"workers": list(worker_ids), "day": day})
    }


def covered_in_roster(roster_id: int, day: dt.date) -> int:
    """How many known people of a roster's accepted rows are covered on `day`; 20,000 rows take 50 ms."""
    return int(sql.rows(_SQL, "covered_in_roster", {"roster": roster_id, "day": day})[0]["covered"])


def terms_on(day: dt.date) -> PlanVersion | None:
    """The newest terms in force on `day`: what a guest is told. None before the first plan."""
    version: PlanVersion | None = (
        PlanVersion.objects.filter(valid_from__lte=day).order_by("-valid_from", "-pk").first()
    )
    return version


def serves_now(scope: Scope) -> QuerySet[Membership]:
    """Ties of today at the enterprises in scope, without those of test unions."""
    tied: QuerySet[Membership] = Membership.objects.in_scope(scope)
    return tied.filter(left_on__isnull=True, enterprise__union__is_test=False)


def uncovered_in(scope: Scope, day: dt.date) -> QuerySet[Worker]:
    """Who serves in scope and is not covered on `day`, each once."""
    serves = serves_now(scope).filter(worker=OuterRef("pk"))
    covered = Coverage.objects.filter(worker=OuterRef("pk"), live_period__contains=day)
    people: QuerySet[Worker] = Worker.objects.in_scope(scope).filter(Exists(serves), ~Exists(covered))
    return people


def lapsing_in(covers: QuerySet[Coverage], scope: Scope, day: dt.date) -> QuerySet[Coverage]:
    """Covers of who serves in scope that end within `LAPSING_DAYS` from `day` with nothing behind them."""
    lapsed = day + dt.timedelta(days=LAPSING_DAYS + 1)
    later = Coverage.objects.filter(worker=OuterRef("worker"), live_period__endswith__gt=lapsed)
    serves = serves_now(scope).filter(worker=OuterRef("worker"))
    return covers.filter(Exists(serves), ~Exists(later), live_period__contains=day)


def cover_of_few(scope: Scope, day: dt.date, *, shown: int, few: int) -> CoverFigures | None:
    """`cover_of_units` where at most `few` ties are in scope; None elsewhere, having looked no further."""
    tied_to = list(serves_now(scope).order_by().values_list("enterprise_id", flat=True)[: few + 1])
    return None if len(tied_to) > few else _cover_at(sorted(set(tied_to)), day, shown)


def cover_of_units(scope: Scope, day: dt.date, *, shown: int) -> CoverFigures:
    """Who serves in scope and is covered on `day`, with the `shown` largest enterprises.

    Reads every tie in scope: 5,000 take about 50 ms, 1,000,000 some seconds.
    """
    enterprises = Enterprise.objects.in_scope(scope).filter(union__is_test=False)
    return _cover_at(list(enterprises.values_list("pk", flat=True)), day, shown)


def _cover_at(enterprises: list[int], day: dt.date, shown: int) -> CoverFigures:
    lapsed = day + dt.timedelta(days=LAPSING_DAYS + 1)
    parameters = {"enterprises": enterprises, "day": day, "lapsed": lapsed, "shown": shown}
    everybody, *largest = sql.rows(_SQL, "cover_of_units", parameters)
    return CoverFigures(
        people=everybody["members"],
        covered=everybody["covered"],
        lapsing=everybody["lapsing"],
        units=everybody["units"],
        largest=tuple(
            UnitFigures(row["enterprise_id"], row["name"], row["members"], row["covered"]) for row in largest
        ),
    )


def _covers(worker_id: int, day: dt.date) -> list[CoverView]:
    """Written in SQL: the models of four tables, built only to be read once, cost three times the query (the
    most visited page asks this).
    """
    return [_view(row, day) for row in sql.rows(_SQL, "covers_of_worker", {"worker": worker_id})]


def _view(row: dict[str, Any], day: dt.date) -> CoverView:
    period, live_period, waiting_days = (row.pop(name) for name in ("period", "live_period", "waiting_days"))
    holds = period if live_period.isempty else live_period
    first, last = first_day(holds), last_day(holds)
    assert first is not None
    assert last is not None
    first_waited = first_day(live_period) if row["first_enrolment"] else None
    return CoverView(
        **row | {"rates": tuple(row["rates"])},
        state=_state_on(live_period, row["cancelled_from"], day),
        first_day=first,
        last_day=last,
        waiting_until=_waiting_until(first_waited, waiting_days, day),
    )


def _state_on(live_period: Any, cancelled_from: dt.date | None, day: dt.date) -> CoverState:
    """Where `day` lies in relation to the cover; one that ended early counts as cancelled from then on."""
    first, last = first_day(live_period), last_day(live_period)
    if first is None or last is None:
        return CoverState.CANCELLED
    if day < first:
        return CoverState.UPCOMING
    if day <= last:
        return CoverState.IN_FORCE
    return CoverState.ENDED if cancelled_from is None else CoverState.CANCELLED


def _waiting_until(first: dt.date | None, days: int, day: dt.date) -> dt.date | None:
    """The last of the first `days` days from `first` (None where no waiting applies); None once it is over
    (design §6).
    """
    if not days or first is None:
        return None
    end = first + dt.timedelta(days=days - 1)
    return end if day <= end else None
