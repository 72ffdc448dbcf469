"""Amounts (case C108) and facts as they are written."""

import csv
from decimal import Decimal

import pytest

from tests.cases import FILES
from tests.claims.test_adjudicate_command import FACTS
from unionbenefits.claims.amounts import amount
from unionbenefits.claims.errors import FACTS as SENTENCES, FactsRefused
from unionbenefits.claims.reading import facts_from, facts_from_text
from unionbenefits.claims.rules import PlanTerms, adjudicate

RIGHT = {
    "K101": "amount_zero", "K102": "amount_invalid", "K103": "amount_invalid", "K104": "amount_invalid",
    "K105": "amount_invalid", "K106": "amount_invalid", "K107": "1234.50", "K108": "1234.50", "K109": "1234.50",
    "K110": "amount_decimals", "K111": "amount_too_large", "K112": "amount_invalid", "K113": "1234.50",
    "K114": "amount_invalid", "K115": "amount_invalid", "K116": "0.01",
}  # fmt: skip


def read(text):
    try:
        return str(amount(text, "amount", zero=False))
    except FactsRefused as refused:
        return refused.code


def test_case_c108_amounts():
    with (FILES / "108-amounts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if row and row[0].startswith("K")]
    assert {name: read(text) for name, text in rows} == RIGHT


@pytest.mark.parametrize(
    "text",
    ["1,23.00", "12,34", "1.", ".5", "+1", "1 000", "0x10", "1_000", "٣", "１２３４。５０", "1e2", "--1"],
)
def test_forms_that_could_mean_something_else_are_refused(text):
    assert read(text) == "amount_invalid"


def change(where, **values):
    stay = FACTS["stays"][0] | (values if where == "stay" else {})
    parts = {"stays": [stay]} | ({where: FACTS[where] | values} if where in FACTS else {})
    return FACTS | parts


def test_absent_optional_fields_take_the_plans_default():
    bare = {"id": "A", "admitted": "2025-03-10", "discharged": "2025-03-18", "self_paid": "7000.00"}
    facts = facts_from(
        {"coverage": {"start": "2025-02-01", "end": "2026-01-31"}, "stays": [bare], "decide": "A"}
    )
    assert facts.plan == PlanTerms()
    assert facts.coverage.first_enrolment is True
    assert adjudicate(facts).reason_codes == ("statement_incomplete",)


@pytest.mark.parametrize(
    ("document", "code", "field"),
    [
        (change("stay", self_paid="-1.00"), "amount_invalid", "stays[0].self_paid"),
        (change("stay", self_paid="1e3"), "amount_invalid", "stays[0].self_paid"),
        (change("stay", total="1.005"), "amount_decimals", "stays[0].total"),
        (change("stay", self_paid=None), "field_missing", "stays[0].self_paid"),
        (change("stay", admitted="10.03.2025"), "date_invalid", "stays[0].admitted"),
        (change("stay", state="lost"), "choice_unknown", "stays[0].state"),
        (change("plan", rates=["1.5"]), "rate_invalid", "plan.rates[0]"),
        (change("plan", rates=["NaN"]), "rate_invalid", "plan.rates[0]"),
        (change("plan", waiting_days=-1), "number_invalid", "plan.waiting_days"),
        (change("plan", straddle="x"), "choice_unknown", "plan.straddle"),
        (change("coverage", end="2025-01-31"), "period_invalid", "coverage.end"),
        (change("coverage", status="gone"), "choice_unknown", "coverage.status"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(document, code, field):
    with pytest.raises(FactsRefused) as refused:
        facts_from(document)
    assert (refused.value.code, refused.value.details["field"]) == (code, field)
    assert field in str(refused.value)


def test_bare_numbers_are_read_digit_by_digit():
    facts = facts_from_text(
        '{"coverage": null, "decide": "A", "stays": [{"id": "A", "admitted": "2025-03-10", "self_paid": 0.10}]}'
    )
    assert facts.stay.self_paid == Decimal("0.10")


def test_a_cancelled_cover_without_a_date_never_held():
    facts = facts_from(change("coverage", status="cancelled"))
    assert adjudicate(facts).reason_codes == ("outside_coverage",)


def test_every_refusal_names_its_field():
    assert all("%(field)s" in str(text) or code == "json_invalid" for code, text in SENTENCES.items())
