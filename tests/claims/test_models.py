"""What the database itself refuses of claims, decisions and payments (invariants 6-8)."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from tests.factories.access import UserFactory
from tests.factories.claims import (
    ACCOUNT,
    ClaimFactory,
    DecisionFactory,
    ObligationFactory,
    PaymentBatchFactory,
)
from tests.factories.organisation import UnionFactory
from unionbenefits.claims.models import Appeal, Claim, Decision, Payment
from unionbenefits.claims.querysets import account_digest
from unionbenefits.core import clock

pytestmark = pytest.mark.django_db


def refused(constraint, act):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        act()
    assert error.value.__cause__.diag.constraint_name == constraint


@pytest.mark.parametrize(
    ("reviewer", "approver"), [("decided_by", None), (None, "decided_by"), (None, "same")]
)
def test_database_refuses_one_person_in_two_steps(reviewer, approver):
    one, other = UserFactory(), UserFactory()
    people = {"decided_by": one, "reviewed_by": one if reviewer else other}
    people["approved_by"] = {None: UserFactory(), "decided_by": one, "same": other}[approver]
    refused("decision_by_three_people", lambda: DecisionFactory(**people))


def test_a_changed_claim_voids_its_decisions_even_by_bare_sql():
    decision = DecisionFactory()
    Claim.objects.filter(pk=decision.claim_id).update(version=F("version") + 1)
    decision.refresh_from_db()
    assert (decision.state, decision.voided_at is None) == ("void", False)
    refused(
        "decision_of_current_version",
        lambda: Decision.objects.filter(pk=decision.pk).update(state="approved", voided_at=None),
    )


def test_an_appeal_cannot_be_decided_by_somebody_of_the_first_decision():
    decision = DecisionFactory()
    appeal = Appeal.objects.create(
        claim=decision.claim, decision=decision, text="错了", filed_by="worker:1", filed_at=clock.now()
    )
    for person in (decision.decided_by, decision.reviewed_by, decision.approved_by):
        answered = {"state": "dismissed", "answer": "对的", "decided_at": clock.now()}
        refused(
            "appeal_by_other_people",
            lambda person=person, answered=answered: Appeal.objects.filter(pk=appeal.pk).update(
                decided_by=person, **answered
            ),
        )


def payment(obligation, batch, order, **values):
    given = {"amount": obligation.amount, "payee_name": "陈测", "account": ACCOUNT} | values
    return Payment.objects.create(
        obligation=obligation, batch=batch, order_no=order, account_digest=account_digest(ACCOUNT), **given
    )


def test_an_obligation_has_one_live_or_successful_payment():
    obligation, batch = ObligationFactory(), PaymentBatchFactory(office=UnionFactory())
    first = payment(obligation, batch, "P1")
    refused("payment_one_live_or_successful", lambda: payment(obligation, batch, "P2"))
    Payment.objects.filter(pk=first.pk).update(state="submitted")
    Payment.objects.filter(pk=first.pk).update(state="unknown")
    refused("payment_one_live_or_successful", lambda: payment(obligation, batch, "P2"))
    Payment.objects.filter(pk=first.pk).update(state="failed")
    second = payment(obligation, batch, "P2", previous=first)
    Payment.objects.filter(pk=second.pk).update(state="submitted")
    Payment.objects.filter(pk=second.pk).update(state="succeeded", paid_on=clock.today())
    refused("payment_one_live_or_successful", lambda: payment(obligation, batch, "P3", previous=second))
    refused("payment_goes_forward", lambda: Payment.objects.filter(pk=first.pk).update(state="succeeded"))


def test_a_payment_is_of_what_is_owed():
    obligation, batch = ObligationFactory(), PaymentBatchFactory(office=UnionFactory())
    refused(
        "payment_of_what_is_due",
        lambda: payment(obligation, batch, "P1", amount=obligation.amount + Decimal("0.01")),
    )
    Claim.objects.filter(pk=obligation.claim_id).update(version=2)
    refused("payment_of_what_is_due", lambda: payment(obligation, batch, "P1"))


def test_filed_claims_are_complete():
    refused("claim_filed_is_complete", lambda: ClaimFactory(total=None))
