"""The calculator: the same rules as adjudication, each line explained, nothing stored."""

from decimal import Decimal

import pytest

from tests.portal.conftest import cover, person, sign_in
from unionbenefits.claims.estimates import Statement, estimate
from unionbenefits.claims.rules import PlanTerms

pytestmark = pytest.mark.django_db
NUMBERS = {
    "total": "37000",
    "insurance": "28,000.00",
    "self_paid": "￥7000",
    "own_expense": "2000",
    "stay": "1",
}


def ask(client, **change):
    return client.get("/how-much/", NUMBERS | change)


def test_a_guest_gets_the_default_plan(client):
    answer = ask(client)
    assert str(answer.context["verdict"].amount) == "5600.00"
    words = answer.content.decode()
    assert "5,600" in words
    assert "医保统筹范围内个人自付" in words


@pytest.mark.parametrize(
    ("stay", "amount", "reasons"),
    [("1", "5600.00", ()), ("2", "4900.00", ()), ("3", "0.00", ("no_rate_left",))],
)
def test_later_stays_pay_less_and_then_nothing(client, stay, amount, reasons):
    verdict = ask(client, stay=stay).context["verdict"]
    assert (str(verdict.amount), verdict.reason_codes) == (amount, reasons)


def test_a_worker_gets_the_terms_of_the_own_cover(client, version):
    worker = person()
    cover(worker, starts=-1, plan_version=version(rates=[Decimal("0.50")], deductible=Decimal("1000.00")))
    sign_in(client, worker)
    answer = ask(client)
    assert str(answer.context["verdict"].amount) == "3000.00"
    assert len(answer.context["form"]["stay"]) == 2


def test_a_statement_that_does_not_add_up_is_said(client):
    answer = ask(client, total="38000")
    assert answer.context["verdict"].reason_codes == ("statement_sum",)
    assert "合计不符" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "-1", "1e3", "十", "1.234", "<b>"])
def test_what_is_no_amount_is_asked_for_again_and_the_rest_kept(client, text):
    answer = ask(client, self_paid=text)
    assert answer.context["verdict"] is None
    assert list(answer.context["form"].errors) == ["self_paid"]
    assert 'value="37000"' in answer.content.decode()
    assert "<b>" not in answer.content.decode().split('<form class="card"')[1]


def test_the_first_visit_shows_the_form_alone(client):
    answer = client.get("/how-much/")
    assert (answer.status_code, answer.context["verdict"], answer.context["form"].errors) == (200, None, {})


def test_a_cap_is_whole_for_any_ordinal():
    plan = PlanTerms(cap_per_period=Decimal("100.00"))
    statement = Statement(*(Decimal(text) for text in ("200.00", "0.00", "200.00", "0.00")))
    assert [str(estimate(statement, plan, n).amount) for n in (1, 2)] == ["100.00", "100.00"]
