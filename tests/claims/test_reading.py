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
from unionbenefits.claims.wording import document as printed

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
    [
        "1,23.00",
        "12,34",
        "1.",
        ".5",
        "+1",
        "1 000",
        "0x10",
        "1_000",
        "٣",
        "１２３４。５０",
        "1e2",
        "--1",
        "10²",
        "①②",
        "Ⅻ",
        "½",
        "−5",
        "－5",
        "(5.00)",
        "5-",
        "1,2345.00",
        "1234,50",
        "5.00 元 整",
        "人民币5",
        "$5",
        "5\u200b",
    ],
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
        (change("plan", rates=["0.80", "1.01"]), "rate_invalid", "plan.rates[1]"),
        (change("plan", rates=["-0.80"]), "rate_invalid", "plan.rates[0]"),
        (change("plan", rates=["1e-999999999"]), "rate_invalid", "plan.rates[0]"),
        (change("plan", rates=["80%"]), "rate_invalid", "plan.rates[0]"),
        (change("plan", rates=[True]), "rate_invalid", "plan.rates[0]"),
        (change("plan", rates="0.80"), "type_invalid", "plan.rates"),
        (change("plan", cap_per_stay="-1.00"), "amount_invalid", "plan.cap_per_stay"),
        (change("plan", deductible="a"), "amount_invalid", "plan.deductible"),
        (change("plan", waiting_days="30"), "number_invalid", "plan.waiting_days"),
        (change("plan", episode_gap_days=1.5), "number_invalid", "plan.episode_gap_days"),
        (change("plan", filing_deadline_days=True), "number_invalid", "plan.filing_deadline_days"),
        (change("stay", admitted="2025-02-29"), "date_invalid", "stays[0].admitted"),
        (change("stay", admitted="0205-03-10"), "date_invalid", "stays[0].admitted"),
        (change("stay", admitted="２０２５-03-10"), "date_invalid", "stays[0].admitted"),
        (change("stay", admitted=20250310), "date_invalid", "stays[0].admitted"),
        (change("stay", admitted=None), "field_missing", "stays[0].admitted"),
        (change("stay", discharged="9999-12-31"), "date_invalid", "stays[0].discharged"),
        (change("stay", approved_amount="-5.00"), "amount_invalid", "stays[0].approved_amount"),
        (change("stay", own_expense=True), "amount_invalid", "stays[0].own_expense"),
        (change("stay", pooled_fund="99999999999.99"), "amount_too_large", "stays[0].pooled_fund"),
        (change("stay", id=""), "field_missing", "stays[0].id"),
        (change("coverage", cancelled_from="0001-01-01"), "date_invalid", "coverage.cancelled_from"),
        (change("coverage", start=None), "field_missing", "coverage.start"),
        (change("coverage", first_enrolment="yes"), "type_invalid", "coverage.first_enrolment"),
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


@pytest.mark.parametrize(
    "text", ['{"decide": "\\ud800"}', "[" * 100_000, "9" * 5_000, "", "NaN", "{'decide': 1}", "\x00"]
)
def test_text_that_is_no_document_is_refused(text):
    with pytest.raises(FactsRefused) as refused:
        facts_from_text(text)
    assert refused.value.code in {"json_invalid", "type_invalid"}
    str(refused.value).encode()


def test_a_rate_of_zero_is_no_rate():
    """A plan may write out that further stays get nothing (case C104: `further` 0.00)."""
    verdict = adjudicate(facts_from(change("plan", rates=["0.00"])))
    assert (verdict.outcome.value, verdict.reason_codes, verdict.ordinal) == ("reject", ("no_rate_left",), 1)


def test_a_plan_without_rates_pays_for_no_stay():
    assert adjudicate(facts_from(change("plan", rates=[]))).reason_codes == ("no_rate_left",)


@pytest.mark.parametrize(("written", "shown"), [("0.8", "0.80"), ("1", "1.00"), ("0.6667", "0.6667")])
def test_rates_are_printed_with_two_places_at_least(written, shown):
    assert printed(adjudicate(facts_from(change("plan", rates=[written]))))["rate"] == shown


def test_numbers_as_ids_are_the_same_as_their_text():
    stays = [FACTS["stays"][0] | {"id": 7}]
    assert facts_from(FACTS | {"stays": stays, "decide": "7"}).stay.id == "7"
    with pytest.raises(FactsRefused, match="stays") as refused:
        facts_from(FACTS | {"stays": [*stays, FACTS["stays"][0] | {"id": "7"}], "decide": 7})
    assert refused.value.code == "stay_twice"


@pytest.mark.parametrize(
    "written", ["7,000.00", "￥7000.00", "７０００．００", "7000元", 7000, Decimal(7000)]
)
def test_amounts_in_facts_are_read_as_on_forms(written):
    document = change("stay", self_paid=written)
    assert str(adjudicate(facts_from(document)).amount) == "5600.00"


def test_fields_that_say_more_are_left_alone():
    """A note beside a stay is no fault; a misspelt term of the plan would be one."""
    assert facts_from(change("stay", note="transfer")).stay.self_paid == Decimal("7000.00")
    with pytest.raises(FactsRefused):
        facts_from(change("plan", cap="1.00"))
