import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone
from psycopg.types.range import DateRange

from tests.factories.organisation import UnionFactory
from tests.factories.people import WorkerFactory
from unionbenefits.plans.certificates import certificate_no
from unionbenefits.plans.models import Coverage, Plan, PlanVersion


class PlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Plan

    code = factory.Sequence(lambda n: f"plan-{n}")
    name = "在职职工住院医疗综合互助保障计划"
    popular_name = "工会二次医保"


class PlanVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlanVersion

    plan = factory.SubFactory(PlanFactory)
    number = 1
    valid_from = dt.date(2024, 1, 1)
    fee = Decimal("95.00")
    rates = factory.LazyFunction(lambda: [Decimal("0.80"), Decimal("0.70")])


class CoverageFactory(factory.django.DjangoModelFactory):
    """A coverage of 2026, both ends included."""

    class Meta:
        model = Coverage

    worker = factory.SubFactory(WorkerFactory)
    plan_version = factory.SubFactory(PlanVersionFactory)
    plan = factory.SelfAttribute("plan_version.plan")
    given_by = factory.SubFactory(UnionFactory)
    certificate_no = factory.Sequence(lambda n: certificate_no(2020, n + 1))
    period = DateRange(dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    live_period = factory.SelfAttribute("period")
    first_enrolment = True
    issued_at = factory.LazyFunction(timezone.now)
