"""Who is covered, when, and by what terms: for the worker's page and the certificate check."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from unionbenefits.core.masking import mask_name
from unionbenefits.plans.certificates import clean, is_certificate_no
from unionbenefits.plans.models import Coverage
from unionbenefits.plans.periods import first_day, last_day
from unionbenefits.workers.models import Worker


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
    """What the public certificate check may say of a certificate: the name is masked."""

    number: str
    state: CoverState
    plan_name: str
    worker_name: str
    first_day: dt.date
    last_day: dt.date
    given_by: str


def coverage_of(worker: Worker, day: dt.date) -> WorkerCoverage:
    """Whether the worker is covered on `day`, and every cover the worker has or had; one query."""
    coverages = (
        Coverage.objects.filter(worker=worker)
        .select_related("plan", "plan_version", "given_by")
        .order_by("-period", "-id")
    )
    views = [_view(coverage, day) for coverage in coverages]

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
    coverage = (
        Coverage.objects.filter(certificate_no=number)
        .select_related("plan", "plan_version", "given_by", "worker")
        .first()
    )
    if coverage is None:
        return None
    view = _view(coverage, day)
    return CertificateView(
        number=number,
        state=view.state,
        plan_name=view.plan_name,
        worker_name=mask_name(coverage.worker.name),
        first_day=view.first_day,
        last_day=view.last_day,
        given_by=view.given_by,
    )


def state_on(coverage: Coverage, day: dt.date) -> CoverState:
    """Where `day` lies in relation to the cover; one that ended early counts as cancelled from then on."""
    first, last = first_day(coverage.live_period), last_day(coverage.live_period)
    if first is None or last is None:
        return CoverState.CANCELLED
    if day < first:
        return CoverState.UPCOMING
    if day <= last:
        return CoverState.IN_FORCE
    return CoverState.ENDED if coverage.cancelled_from is None else CoverState.CANCELLED


def waiting_until(coverage: Coverage, day: dt.date) -> dt.date | None:
    """The last of the first `waiting_days` days of a first enrolment; None once it is over (design §6)."""
    days = coverage.plan_version.waiting_days if coverage.first_enrolment else 0
    first = first_day(coverage.live_period)
    if not days or first is None:
        return None
    end = first + dt.timedelta(days=days - 1)
    return end if day <= end else None


def _view(coverage: Coverage, day: dt.date) -> CoverView:
    version = coverage.plan_version
    holds = coverage.period if coverage.live_period.isempty else coverage.live_period
    first, last = first_day(holds), last_day(holds)
    assert first is not None
    assert last is not None
    return CoverView(
        coverage_id=coverage.pk,
        state=state_on(coverage, day),
        certificate_no=coverage.certificate_no,
        plan_code=coverage.plan.code,
        plan_name=coverage.plan.name,
        popular_name=coverage.plan.popular_name,
        first_day=first,
        last_day=last,
        waiting_until=waiting_until(coverage, day),
        rates=tuple(version.rates),
        deductible=version.deductible,
        cap_per_stay=version.cap_per_stay,
        cap_per_period=version.cap_per_period,
        given_by=coverage.given_by.name,
        first_enrolment=coverage.first_enrolment,
        cancelled_from=coverage.cancelled_from,
        issued_at=coverage.issued_at,
    )
