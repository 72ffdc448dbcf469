"""Claims in the plainest valid state; `filed_claim` goes through the verbs instead."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone

from tests.factories.access import UserFactory
from tests.factories.money import FundFactory
from tests.factories.plans import CoverageFactory
from unionbenefits.claims.enums import PaperKind
from unionbenefits.claims.models import (
    BankProfile,
    Claim,
    ClaimsFund,
    ClaimVersion,
    Decision,
    Obligation,
    Paper,
    PaymentBatch,
)
from unionbenefits.claims.querysets import account_digest
from unionbenefits.workers.enums import ConsentKind
from unionbenefits.workers.models import Consent

ACCOUNT = "9999990000000000014"


class ConsentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consent
        django_get_or_create = ("worker", "kind")

    worker = None
    kind = ConsentKind.MEDICAL
    text_version = "1"
    given_at = factory.LazyFunction(timezone.now)
    given_through = "worker:1"


class ClaimFactory(factory.django.DjangoModelFactory):
    """A filed claim for a stay of eight nights in March 2026: 7,000.00 self-paid of 37,000.00."""

    class Meta:
        model = Claim

    coverage = factory.SubFactory(CoverageFactory, first_enrolment=False)
    worker = factory.SelfAttribute("coverage.worker")
    number = factory.Sequence(lambda n: f"K2026{900000 + n}")
    state = "filed"
    hospital = "测试人民医院"
    hospital_key = "测试人民医院"
    admitted = dt.date(2026, 3, 10)
    discharged = dt.date(2026, 3, 18)
    settled = dt.date(2026, 3, 18)
    total = Decimal("37000.00")
    pooled_fund = Decimal("28000.00")
    supplementary = Decimal("0.00")
    medical_aid = Decimal("0.00")
    self_paid = Decimal("7000.00")
    own_expense = Decimal("2000.00")
    other_paid = Decimal("0.00")
    payee_name = factory.SelfAttribute("worker.name")
    account = ACCOUNT
    account_digest = factory.LazyAttribute(lambda o: account_digest(o.account) if o.account else None)
    bank_name = "测试银行"
    consent = factory.SubFactory(ConsentFactory, worker=factory.SelfAttribute("..worker"))
    created_at = factory.LazyFunction(timezone.now)
    filed_at = factory.LazyFunction(timezone.now)
    promised_on = dt.date(2026, 4, 1)


class ClaimVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ClaimVersion

    claim = factory.SubFactory(ClaimFactory)
    version = factory.SelfAttribute("claim.version")
    facts = factory.LazyFunction(dict)
    sealed = "{}"
    why = "filed"
    made_by = "worker:1"
    made_at = factory.LazyFunction(timezone.now)


class PaperFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Paper

    claim = factory.SubFactory(ClaimFactory)
    kind = PaperKind.STATEMENT
    content_type = "image/jpeg"
    size = 1000
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    added_by = "worker:1"
    added_at = factory.LazyFunction(timezone.now)


class DecisionFactory(factory.django.DjangoModelFactory):
    """An approved decision over 5,600.00 by three people; pass `state` and people for less."""

    class Meta:
        model = Decision

    claim_version = factory.SubFactory(ClaimVersionFactory)
    claim = factory.SelfAttribute("claim_version.claim")
    version = factory.SelfAttribute("claim_version.version")
    plan_version = factory.SelfAttribute("claim.coverage.plan_version")
    ruleset = "2026.1"
    facts = factory.LazyFunction(dict)
    lines = factory.LazyFunction(list)
    outcome = "pay"
    computed_outcome = "pay"
    amount = Decimal("5600.00")
    base = Decimal("7000.00")
    ordinal = 1
    rate = Decimal("0.80")
    state = "approved"
    decided_by = factory.SubFactory(UserFactory)
    decided_at = factory.LazyFunction(timezone.now)
    reviewed_by = factory.SubFactory(UserFactory)
    reviewed_at = factory.LazyFunction(timezone.now)
    approved_by = factory.SubFactory(UserFactory)
    approved_at = factory.LazyFunction(timezone.now)


class ObligationFactory(factory.django.DjangoModelFactory):
    """Money owed by an approved decision. No ledger entry holds it: use the verbs where that matters."""

    class Meta:
        model = Obligation

    decision = factory.SubFactory(DecisionFactory)
    claim = factory.SelfAttribute("decision.claim")
    amount = factory.SelfAttribute("decision.amount")
    made_at = factory.LazyFunction(timezone.now)


class ClaimsFundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ClaimsFund

    plan = None
    fund = factory.SubFactory(FundFactory)


class BankProfileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BankProfile

    code = factory.Sequence(lambda n: f"bank-{n}")
    name = "测试银行"


class PaymentBatchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PaymentBatch

    number = factory.Sequence(lambda n: f"B2026{900000 + n}")
    office = None
    profile = factory.SubFactory(BankProfileFactory)
    count = 1
    total = Decimal("5600.00")
    digest = "d" * 64
    made_by = factory.SubFactory(UserFactory)
    made_at = factory.LazyFunction(timezone.now)
