"""What the bank's answers mean: case C124 on its own file, and every rule by itself."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from tests.cases import CASES, FILES
from unionbenefits.claims.banking.layouts import Answer, Layout
from unionbenefits.claims.banking.reading import read_results
from unionbenefits.claims.banking.results import (
    BankLine,
    Expected,
    Fault,
    Known,
    Outcome,
    judge_results,
    money,
    whole_outcome,
)
from unionbenefits.claims.banking.wording import FAULTS, ResultFileRefused

SENT, TODAY = dt.date(2026, 5, 8), dt.date(2026, 5, 12)
DUE = {
    "P001": "200.00", "P002": "300.00", "P003": "100.00", "P004": "100.00", "P005": "80.00", "P006": "60.00",
    "P007": "60.10", "P008": "40.00", "P009": "40.00",
}  # fmt: skip


def expected(state=Known.SUBMITTED, **receipts):
    return {
        order: Expected(order, "B1", Decimal(amount), state, SENT, receipt=receipts.get(order, ""))
        for order, amount in DUE.items()
    }


def case_lines():
    return read_results((FILES / "124-bank-result.xlsx").read_bytes(), "124-bank-result.xlsx", Layout())


def orders(judged, outcome):
    return [one.order for one in judged if one.outcome == outcome]


def test_case_c124_every_odd_line_is_handled_with_its_row_named():
    [case] = [
        one
        for one in json.loads((CASES / "cases-handed.json").read_text("utf-8"))["cases"]
        if one["id"] == "C124"
    ]
    right = case["expect"]["124-bank-result.xlsx"]
    judged = judge_results(case_lines(), expected(), today=TODAY)
    assert orders(judged, Outcome.PAID) == right["paid"]
    assert orders(judged, Outcome.RETURNED) == right["returned"]
    assert orders(judged, Outcome.FAILED) == right["failed"]
    assert sorted(orders(judged, Outcome.ERROR)) == sorted(right["error"])
    assert orders(judged, Outcome.PENDING) == right["pending"]
    # Line 5 of the bank stands in row 6 of the workbook.
    assert [one.row - 1 for one in judged if one.outcome is Outcome.NOTHING] == right["noop_lines"]
    assert {one.order: one.fault for one in judged if one.fault} == {
        "P003": "amount_unreadable", "P004": "paid_more", "P777": "order_unknown", "P006": "date_impossible",
        "P009": "receipt_reused",
    }  # fmt: skip
    assert {one.order: str(one.amount) for one in judged if one.amount} == {
        "P001": "200.00", "P002": "300.00", "P007": "60.10",
    }  # fmt: skip
    assert next(one.reason for one in judged if one.order == "P005") == "户名不符"
    assert whole_outcome(judged) == "partly_applied"


def test_case_c124_the_same_file_again_changes_nothing():
    known = expected()
    for order, state in {
        "P001": "succeeded",
        "P007": "succeeded",
        "P002": "returned",
        "P005": "failed",
    }.items():
        known[order] = Expected(order, "B1", Decimal(DUE[order]), Known(state), SENT, receipt="")
    again = judge_results(
        case_lines(), known, today=TODAY, used_receipts={"R001": "P001", "R009": "P007", "R002": "P002"}
    )
    assert {one.outcome for one in again} == {Outcome.NOTHING, Outcome.ERROR, Outcome.PENDING}
    assert whole_outcome(again) == "nothing"


def line(**given):
    values = {
        "row": 2, "batch": "B1", "order": "P001", "paid": 200, "status": "成功", "day": dt.date(2026, 5, 10),
        "receipt": "R1",
    }  # fmt: skip
    values |= given
    return BankLine(answer=Layout().answer(values["status"]), **values)


def judged(payment_state=Known.SUBMITTED, used=None, reissued=False, **given):
    payment = Expected("P001", "B1", Decimal("200.00"), payment_state, SENT, reissued=reissued)
    [one] = judge_results([line(**given)], {"P001": payment}, today=TODAY, used_receipts=used)
    return one.fault.value if one.fault else one.outcome.value


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ({}, "paid"),
        ({"paid": "200.00"}, "paid"),
        ({"paid": 200.00000000001}, "paid"),
        ({"paid": 200.004}, "amount_unreadable"),
        ({"paid": 199.99}, "paid_less"),
        ({"paid": 200.01}, "paid_more"),
        ({"paid": -200}, "amount_negative"),
        ({"paid": None}, "amount_missing"),
        ({"paid": "二百"}, "amount_unreadable"),
        ({"paid": True}, "amount_unreadable"),
        ({"day": None}, "date_missing"),
        ({"day": None, "has_day": False}, "paid"),
        ({"day": SENT}, "paid"),
        ({"day": SENT - dt.timedelta(days=1)}, "date_impossible"),
        ({"day": TODAY}, "paid"),
        ({"day": TODAY + dt.timedelta(days=1)}, "date_impossible"),
        ({"day": "2026-05-10"}, "paid"),
        ({"day": "soon"}, "date_impossible"),
        ({"receipt": ""}, "receipt_missing"),
        ({"receipt": "", "has_receipt": False}, "paid"),
        ({"used": {"R1": "P002"}}, "receipt_reused"),
        ({"batch": "B2"}, "other_batch"),
        ({"batch": ""}, "paid"),
        ({"status": "冲正"}, "status_unknown"),
        ({"status": "处理中", "paid": None}, "pending"),
        ({"status": "退回", "paid": None, "receipt": ""}, "returned"),
        ({"status": "退汇", "paid": 200}, "returned"),
        ({"status": "退回", "paid": -199}, "paid_less"),
        ({"status": "失败：账户不存在", "paid": 0}, "failed"),
    ],
)
def test_a_line_about_a_submitted_payment(given, right):
    assert judged(**given) == right


@pytest.mark.parametrize(
    ("state", "status", "right"),
    [
        (Known.UNKNOWN, "成功", "paid"),
        (Known.UNKNOWN, "失败", "failed"),
        (Known.SUCCEEDED, "成功", "nothing"),
        (Known.SUCCEEDED, "退回", "returned"),
        (Known.SUCCEEDED, "失败", "contradicts"),
        (Known.SUCCEEDED, "处理中", "contradicts"),
        (Known.FAILED, "失败", "nothing"),
        (Known.FAILED, "成功", "late_success"),
        (Known.FAILED, "退回", "contradicts"),
        (Known.RETURNED, "退回", "nothing"),
        (Known.RETURNED, "成功", "late_success"),
        (Known.RETURNED, "失败", "contradicts"),
    ],
)
def test_a_line_against_what_is_known(state, status, right):
    assert judged(state, status=status) == right


def test_a_success_after_a_new_attempt_raises_an_alarm_and_pays_nothing():
    assert judged(Known.UNKNOWN, reissued=True) == "late_success"


def test_one_payment_with_two_answers_is_an_error():
    payment = Expected("P001", "B1", Decimal("200.00"), Known.SUBMITTED, SENT)
    lines = [line(), line(row=3, status="失败", paid=0)]
    outcomes = [one.outcome for one in judge_results(lines, {"P001": payment}, today=TODAY)]
    assert outcomes == [Outcome.PAID, Outcome.ERROR]


def test_a_file_without_the_headings_is_refused():
    with pytest.raises(ResultFileRefused) as refused:
        read_results("姓名,金额\n甲,1\n".encode(), "x.csv", Layout())
    assert refused.value.code == "result_no_header"
    with pytest.raises(ResultFileRefused) as refused:
        read_results(b"%PDF-1.7", "x.pdf", Layout())
    assert refused.value.code == "result_unreadable"


def test_a_delimited_file_in_gb18030_below_a_title_is_read():
    text = '代发结果\n批次号,业务编号,实发金额,处理状态,交易日期,银行流水号\nB1,P001,"1,200.00",交易成功,2026/05/10,R1\n'
    [read] = read_results(text.encode("gb18030"), "x.csv", Layout())
    assert (read.row, read.order, read.answer, money(read.paid)) == (
        3,
        "P001",
        Answer.PAID,
        Decimal("1200.00"),
    )


def test_every_fault_has_a_sentence():
    assert set(FAULTS) == set(Fault)
