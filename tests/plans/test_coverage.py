"""Issuing, cancelling and reading cover; periods include both ends (invariant 12)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.at_once import at_once
from tests.factories import CoverageFactory, PlanFactory, PlanVersionFactory, UnionFactory, WorkerFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.plans.actions import add_version, cancel_coverages, issue_coverages, open_plan
from unionbenefits.plans.certificates import certificate_no, is_certificate_no
from unionbenefits.plans.models import Coverage, Plan
from unionbenefits.plans.periods import first_day, last_day, period
from unionbenefits.plans.queries import CoverState, certificate, coverage_of

pytestmark = pytest.mark.django_db


def day(text):
    return dt.date.fromisoformat(text)


def cover(workers, first, last, version, giver=None):
    return issue_coverages(
        by=SYSTEM,
        plan_version=version,
        worker_ids=[worker.pk for worker in workers],
        first_day=day(first),
        last_day=day(last),
        given_by=giver or UnionFactory(),
    )


def covered_ids(issued):
    return {one.worker_id for one in issued}


@pytest.fixture
def version(db):
    return PlanVersionFactory(waiting_days=30)


def test_issued_cover_has_a_valid_certificate_and_both_ends(version):
    worker, giver = WorkerFactory(), UnionFactory(name="赠送工会")
    cover([worker], "2026-01-01", "2026-12-31", version, giver)
    found = Coverage.objects.get()
    number = found.certificate_no
    assert is_certificate_no(number)
    assert number == certificate_no(clock.today().year, int(number[4:-2]))
    assert (first_day(found.period), last_day(found.period)) == (day("2026-01-01"), day("2026-12-31"))
    assert found.first_enrolment
    for on, expected in [
        ("2025-12-31", False),
        ("2026-01-01", True),
        ("2026-12-31", True),
        ("2027-01-01", False),
    ]:
        assert coverage_of(worker, day(on)).covered is expected
        assert Coverage.objects.on(day(on)).exists() is expected


@pytest.mark.parametrize(
    ("first", "last", "free"),
    [
        ("2026-06-30", "2027-06-29", False),
        ("2025-01-01", "2025-07-01", False),
        ("2025-08-01", "2025-08-01", False),
        ("2026-07-01", "2027-06-30", True),
        ("2024-07-01", "2025-06-30", True),
    ],
)
def test_overlap_by_a_single_day_is_passed_over(version, first, last, free):
    worker, other = WorkerFactory(), WorkerFactory()
    cover([worker], "2025-07-01", "2026-06-30", version)
    issued = cover([worker, other], first, last, version)
    assert covered_ids(issued) == ({worker.pk, other.pk} if free else {other.pk})


def test_another_plan_does_not_stand_in_the_way(version):
    worker = WorkerFactory()
    cover([worker], "2026-01-01", "2026-12-31", version)
    assert covered_ids(cover([worker], "2026-01-01", "2026-12-31", PlanVersionFactory())) == {worker.pk}


def test_worker_named_twice_is_covered_once(version):
    worker = WorkerFactory()
    assert len(cover([worker, worker], "2026-01-01", "2026-12-31", version)) == 1


@pytest.mark.parametrize(("first", "is_first"), [("2026-07-01", False), ("2026-07-02", True)])
def test_gap_of_one_day_makes_the_next_cover_a_first_enrolment_again(version, first, is_first):
    worker = WorkerFactory()
    cover([worker], "2025-07-01", "2026-06-30", version)
    cover([worker], first, "2027-06-30", version)
    assert Coverage.objects.order_by("-id")[0].first_enrolment is is_first


def test_cover_that_was_cancelled_before_its_end_is_no_renewal(version):
    worker = WorkerFactory()
    [issued] = cover([worker], "2025-07-01", "2026-06-30", version)
    cancel_coverages(by=SYSTEM, coverage_ids=[issued.coverage_id], from_day=day("2026-06-30"), reason="离职")
    cover([worker], "2026-07-01", "2027-06-30", version)
    assert Coverage.objects.order_by("-id")[0].first_enrolment


def test_cancelled_from_a_day_holds_until_its_eve(version):
    worker = WorkerFactory()
    [issued] = cover([worker], "2026-01-01", "2026-12-31", version)
    ended = cancel_coverages(
        by=SYSTEM, coverage_ids=[issued.coverage_id], from_day=day("2026-03-01"), reason="错误赠送"
    )
    assert ended == 1
    assert coverage_of(worker, day("2026-02-28")).covered
    [after] = coverage_of(worker, day("2026-03-01")).past
    assert (after.state, after.last_day) == (CoverState.CANCELLED, day("2026-02-28"))
    assert covered_ids(cover([worker], "2026-03-01", "2027-02-28", version)) == {worker.pk}


def test_cancelled_from_the_start_never_held(version):
    worker = WorkerFactory()
    [issued] = cover([worker], "2026-01-01", "2026-12-31", version)
    cancel_coverages(by=SYSTEM, coverage_ids=[issued.coverage_id], from_day=day("2026-01-01"), reason="错误")
    found = coverage_of(worker, day("2026-06-01"))
    assert not found.covered
    assert [view.state for view in found.past] == [CoverState.CANCELLED]
    assert covered_ids(cover([worker], "2026-01-01", "2026-12-31", version)) == {worker.pk}


def test_cancelling_again_or_after_the_end_changes_nothing(version):
    first, second = WorkerFactory(), WorkerFactory()
    ids = [one.coverage_id for one in cover([first, second], "2026-01-01", "2026-12-31", version)]
    cancel_coverages(by=SYSTEM, coverage_ids=ids[:1], from_day=day("2026-03-01"), reason="一")
    assert cancel_coverages(by=SYSTEM, coverage_ids=ids, from_day=day("2027-01-01"), reason="二") == 0
    assert cancel_coverages(by=SYSTEM, coverage_ids=ids, from_day=day("2026-02-01"), reason="三") == 1
    assert Coverage.objects.get(pk=ids[0]).cancelled_from == day("2026-03-01")


def test_cancelling_without_a_reason_is_refused():
    with pytest.raises(Refusal) as refused:
        cancel_coverages(by=SYSTEM, coverage_ids=[1], from_day=day("2026-03-01"), reason="  ")
    assert refused.value.code == "reason_missing"


def test_database_refuses_a_second_cover_of_a_day():
    first = CoverageFactory(period=period(day("2026-01-01"), day("2026-12-31")))
    with pytest.raises(IntegrityError, match="coverage_one_live_per_plan_and_day"), transaction.atomic():
        CoverageFactory(
            worker=first.worker,
            plan_version=first.plan_version,
            period=period(day("2026-12-31"), day("2027-12-30")),
        )


def test_database_refuses_a_version_of_another_plan_and_an_unknown_union(version):
    with pytest.raises(IntegrityError, match="not of its plan"), transaction.atomic():
        CoverageFactory(plan_version=version, plan=PlanFactory())
    with pytest.raises(IntegrityError, match="not of its plan"), transaction.atomic():
        CoverageFactory(plan_version=None, plan_version_id=10**9, plan=version.plan)
    with pytest.raises(IntegrityError, match="does not exist"), transaction.atomic():
        CoverageFactory(given_by=None, given_by_id=10**9)


def test_plans_and_covers_are_never_deleted(version):
    cover([WorkerFactory()], "2026-01-01", "2026-12-31", version)
    for rows in (Coverage.objects.all(), Plan.objects.all()):
        with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
            rows._raw_delete(rows.db)


def test_waiting_period_is_shown_until_its_last_day_of_a_first_enrolment(version, django_assert_num_queries):
    worker, giver = WorkerFactory(), UnionFactory(name="赠送工会")
    cover([worker], "2026-01-01", "2026-12-31", version, giver)
    with django_assert_num_queries(1):
        [now] = coverage_of(worker, day("2026-01-30")).current
    assert now.waiting_until == day("2026-01-30")
    assert (now.given_by, now.rates) == ("赠送工会", (Decimal("0.80"), Decimal("0.70")))
    [later] = coverage_of(worker, day("2026-01-31")).current
    assert later.waiting_until is None


def test_renewal_has_no_waiting_period(version):
    worker = WorkerFactory()
    cover([worker], "2025-01-01", "2025-12-31", version)
    cover([worker], "2026-01-01", "2026-12-31", version)
    found = coverage_of(worker, day("2026-01-05"))
    assert [view.waiting_until for view in found.current] == [None]
    assert [view.last_day for view in found.past] == [day("2025-12-31")]
    assert [view.first_day for view in coverage_of(worker, day("2025-06-01")).upcoming] == [day("2026-01-01")]


def test_certificate_check_masks_the_name_and_forgives_typing(version):
    cover([WorkerFactory(name="欧阳长风")], "2026-01-01", "2026-12-31", version)
    number = Coverage.objects.get().certificate_no
    found = certificate(f" {number[:4]}-{number[4:]} ", day("2026-05-01"))
    assert (found.worker_name, found.state) == ("欧**风", CoverState.IN_FORCE)
    assert certificate(number[:-1] + str((int(number[-1]) + 1) % 10), day("2026-05-01")) is None
    assert certificate("", day("2026-05-01")) is None


def test_plan_and_versions():
    plan = open_plan(by=SYSTEM, code="hospital", name="住院医疗综合互助保障计划", popular_name="工会二次医保")
    rates = [Decimal("0.80"), Decimal("0.70")]
    first = add_version(
        by=SYSTEM, plan=plan, valid_from=day("2024-01-01"), fee=Decimal("95.00"), rates=rates, waiting_days=15
    )
    second = add_version(
        by=SYSTEM, plan=plan, valid_from=day("2025-07-01"), fee=Decimal("100.00"), rates=rates, age_below=60
    )
    assert [(one.number, one.waiting_days, one.age_below) for one in (first, second)] == [
        (1, 15, None),
        (2, 30, 60),
    ]
    for refuse, code in [
        ({"valid_from": day("2024-01-01")}, "version_exists"),
        ({"rates": []}, "rates_wrong"),
        ({"rates": [Decimal("1.20")]}, "rates_wrong"),
        ({"fee": Decimal("0.00")}, "fee_not_positive"),
    ]:
        terms = {"valid_from": day("2030-01-01"), "fee": Decimal("95.00"), "rates": rates} | refuse
        with pytest.raises(Refusal) as refused:
            add_version(by=SYSTEM, plan=plan, **terms)
        assert refused.value.code == code
    with pytest.raises(TypeError, match="number"):
        add_version(
            by=SYSTEM, plan=plan, valid_from=day("2031-01-01"), fee=Decimal("9.00"), rates=rates, number=7
        )
    with pytest.raises(Refusal) as refused:
        open_plan(by=SYSTEM, code="hospital", name="另一个")
    assert refused.value.code == "plan_code_taken"


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_same_workers_covered_from_many_sides_at_once_are_covered_once():
    """Case C098: two renewals in parallel. Nobody gets an error, every worker exactly one cover."""
    version, giver = PlanVersionFactory(), UnionFactory()
    workers = WorkerFactory.create_batch(40)
    slices = [workers[:30], workers[10:], workers[::-1], workers[5:35], workers] * 4
    answers = at_once(
        [
            lambda part=part: covered_ids(cover(part, "2026-07-01", "2027-06-30", version, giver))
            for part in slices
        ]
    )
    assert [one for one in answers if not isinstance(one, set)] == []
    assert sorted(pk for one in answers for pk in one) == sorted(worker.pk for worker in workers)
    assert Coverage.objects.count() == 40
