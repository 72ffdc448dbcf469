"""A covered worker, three officers, money, and claims that go through the verbs."""

import datetime as dt
import io
import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from PIL import Image
from psycopg.types.range import DateRange

from tests.factories import (
    CoverageFactory,
    FundFactory,
    MembershipFactory,
    PlanVersionFactory,
    UnionFactory,
    UserFactory,
    WorkerFactory,
)
from tests.factories.claims import (
    ACCOUNT,
    ClaimFactory,
    ClaimsFundFactory,
    DecisionFactory,
    ObligationFactory,
    PaperFactory,
    PaymentBatchFactory,
)
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.claims import actions
from unionbenefits.claims.enums import PaperKind
from unionbenefits.claims.models import (
    Appeal,
    ApprovalLimit,
    Claim,
    Decision,
    Difference,
    Finding,
    Payment,
    Question,
    SecondLook,
)
from unionbenefits.claims.querysets import account_digest
from unionbenefits.core import clock
from unionbenefits.funds.actions import deposit

STATEMENT = {
    "hospital": "测试人民医院",
    "total": "37,000.00",
    "pooled_fund": "28000",
    "supplementary": "0",
    "medical_aid": "0",
    "self_paid": "7000",
    "own_expense": "2000",
    "other_paid": "",
    "account": ACCOUNT,
    "bank_name": "测试银行",
}


def photo(seed: int = 0, size: tuple[int, int] = (160, 120), form: str = "JPEG", **options: Any) -> bytes:
    """A picture of its own for each seed."""
    picture = Image.new("L", (8, 6))
    picture.putdata([(seed * 7919 + at * at * 31 + at * seed * 17) % 256 for at in range(48)])
    out = io.BytesIO()
    picture.resize(size, Image.Resampling.BICUBIC).convert("RGB").save(out, form, **options)
    return out.getvalue()


@dataclass
class Desk:
    """`people` decide, review and approve in this order; `claims` counts pictures."""

    worker: Any
    coverage: Any
    fund: Any
    people: list[Any]
    pictures: int = 0
    numbers: dict[str, Any] = field(default_factory=dict)

    def draft(self, worker: Any = None, **values: Any) -> Claim:
        """A draft with three papers, ready to be sent."""
        worker = worker or self.worker
        claim = actions.start_draft(by=worker, worker=worker, key=uuid.uuid4())
        stay = {"admitted": "2026-03-10", "discharged": "2026-03-18", "settled": "2026-03-18"}
        actions.save_step(by=worker, claim=claim, step=2, values=STATEMENT | stay | values)
        for kind in (PaperKind.STATEMENT, PaperKind.INVOICE, PaperKind.DISCHARGE):
            self.pictures += 1
            actions.add_paper(
                by=worker, claim=claim, kind=kind, content=photo(self.pictures + worker.pk * 100)
            )
        claim.refresh_from_db()
        return claim

    def filed(self, worker: Any = None, **values: Any) -> Claim:
        """A filed claim."""
        claim = self.draft(worker, **values)
        return actions.file(by=claim.worker, claim=claim, consent_text="1")

    def decided(self, claim: Claim, note: str = "看过了") -> Decision:
        """A proposal by the first officer."""
        claim.refresh_from_db()
        return actions.decide(by=self.people[0], claim=claim, version=claim.version, note=note)

    def reviewed(self, claim: Claim) -> Decision:
        """Reviewed by the second."""
        decision = self.decided(claim)
        return actions.review(by=self.people[1], decision=decision, version=decision.version)

    def approved(self, claim: Claim) -> Decision:
        """Approved by the third."""
        decision = self.reviewed(claim)
        return actions.approve(by=self.people[2], decision=decision, version=decision.version)


def build(money: str = "100000.00", **terms: Any) -> Desk:
    """A desk whose worker is covered in 2026 by a plan with `terms` and past the waiting period."""
    version = PlanVersionFactory(**{"waiting_days": 0, "rates": [Decimal("0.80"), Decimal("0.70")]} | terms)
    worker = WorkerFactory(name="陈测试", name_key="陈测试")
    MembershipFactory(worker=worker)
    coverage = CoverageFactory(
        worker=worker,
        plan_version=version,
        first_enrolment=False,
        period=DateRange(dt.date(2026, 1, 1), dt.date(2027, 1, 1)),
    )
    fund = FundFactory()
    deposit(by=SYSTEM, fund=fund, amount=Decimal(money))
    actions.set_claims_funds(by=SYSTEM, plan=version.plan, funds=[fund])
    return Desk(worker, coverage, fund, [UserFactory() for _ in range(6)])


def one_of_each() -> None:
    """A row of every model of claims that keeps a history."""
    decision = DecisionFactory()
    claim, person = decision.claim, UserFactory()
    younger = ClaimFactory(coverage=CoverageFactory())
    PaperFactory(claim=claim)
    now = clock.now()
    asked = {"asked_by": person, "asked_at": now, "until": clock.today()}
    Question.objects.create(claim=claim, text="看不清", **asked)
    Finding.objects.create(claim=younger, other=claim, kind="same_invoice", weight=40, found_at=now)
    Appeal.objects.create(claim=claim, decision=decision, text="错了", filed_by="worker:1", filed_at=now)
    Difference.objects.create(decision=decision, claim=younger, amount=Decimal("-1.00"))
    ApprovalLimit.objects.create(role="claims_reviewer", up_to=Decimal("5000.00"))
    SecondLook.objects.create(decision=decision, drawn_at=now)
    ClaimsFundFactory(plan=decision.plan_version.plan)
    obligation = ObligationFactory(decision=decision)
    Payment.objects.create(
        obligation=obligation,
        batch=PaymentBatchFactory(office=UnionFactory()),
        order_no="P1",
        amount=obligation.amount,
        payee_name="陈测",
        account=ACCOUNT,
        account_digest=account_digest(ACCOUNT),
    )
