"""Required papers and promised days are terms of the plan version that the stay is held against."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from psycopg.types.range import DateRange

from tests.claims.scene import build
from tests.factories import CoverageFactory, PlanVersionFactory, WorkerFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.claims import actions
from unionbenefits.claims.enums import PaperKind
from unionbenefits.claims.queries import missing_papers, required_papers
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.plans.actions import add_version

pytestmark = pytest.mark.django_db

USUAL = [PaperKind.STATEMENT, PaperKind.INVOICE, PaperKind.DISCHARGE]


def test_terms_say_by_default_what_comparable_plans_ask():
    version = PlanVersionFactory()
    assert (version.required_papers, version.promised_days) == ([str(kind) for kind in USUAL], 20)


def test_the_answer_is_promised_by_the_days_of_the_terms():
    desk = build(promised_days=7)
    assert desk.filed().promised_on == clock.today() + dt.timedelta(days=7)


def test_a_claim_needs_the_papers_of_its_terms_and_says_which_are_missing():
    desk = build(required_papers=["statement", "bank_card"])
    claim = desk.draft()
    assert missing_papers(claim) == [PaperKind.BANK_CARD]
    with pytest.raises(Refusal) as refused:
        actions.file(by=claim.worker, claim=claim, consent_text="1")
    assert (refused.value.code, refused.value.details["missing"]) == ("papers_missing", [PaperKind.BANK_CARD])


def test_another_holder_asks_for_an_authorisation_once():
    desk = build(required_papers=["statement", "authorisation"])
    claim = desk.draft(payee_name="别人", other_holder_reason="本人无账户")
    assert required_papers(claim) == [PaperKind.STATEMENT, PaperKind.AUTHORISATION]


def test_a_stay_is_held_against_the_terms_of_its_own_period():
    desk = build(required_papers=["statement"])
    newer = PlanVersionFactory(
        plan=desk.coverage.plan, number=2, valid_from=dt.date(2027, 1, 1), required_papers=["invoice"]
    )
    CoverageFactory(
        worker=desk.worker, plan_version=newer, period=DateRange(dt.date(2027, 1, 1), dt.date(2028, 1, 1))
    )
    claim = desk.draft()
    assert required_papers(claim) == [PaperKind.STATEMENT]
    claim.admitted = None
    assert required_papers(claim) == [PaperKind.INVOICE]


def test_somebody_without_any_cover_is_told_the_usual_papers():
    worker = WorkerFactory()
    claim = actions.start_draft(by=worker, worker=worker, key=uuid.uuid4())
    assert required_papers(claim) == USUAL


def test_new_terms_carry_papers_and_promise():
    plan = PlanVersionFactory().plan
    version = add_version(
        by=SYSTEM,
        plan=plan,
        valid_from=dt.date(2027, 1, 1),
        fee=Decimal("95.00"),
        rates=[Decimal("0.80")],
        required_papers=["statement"],
        promised_days=15,
    )
    version.refresh_from_db()
    assert (version.required_papers, version.promised_days) == (["statement"], 15)
