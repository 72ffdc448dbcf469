"""Payments over the verbs: made, checked, sent, answered; returned, corrected, never twice (C120-C128)."""

import datetime as dt
import hashlib
import io
import json
from decimal import Decimal

import openpyxl
import pytest

from tests.at_once import at_once
from tests.cases import CASES, FILES
from tests.claims.scene import build
from tests.factories import CoverageFactory, MembershipFactory, UnionFactory, WorkerFactory
from tests.factories.claims import ACCOUNT
from unionbenefits.audit.models import Entry
from unionbenefits.claims import actions
from unionbenefits.claims.enums import ObligationState, PaymentState
from unionbenefits.claims.models import BankProfile, Claim, Obligation, Payment, PaymentBatch, ResultFile
from unionbenefits.claims.queries import cap_used
from unionbenefits.claims.standing import standing_of
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.funds.queries import balance_of
from unionbenefits.workers.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


class Office:
    """A paying office with a bank, and a desk that approves claims."""

    def __init__(self, **terms):
        self.desk = build(**terms)
        self.union = UnionFactory()
        self.profile = BankProfile.objects.create(code="test", name="测试银行")
        self.maker, self.checker = self.desk.people[3:5]

    def owed(self, count=1, amount="5600.00"):
        """Approved claims of workers of their own, as obligations."""
        made = []
        for at in range(count):
            worker = (
                self.desk.worker if at == 0 and not made and not Claim.objects.exists() else self._worker()
            )
            paid = str((Decimal(amount) / Decimal("0.8")).quantize(Decimal("0.01")))
            claim = self.desk.filed(
                worker, self_paid=paid, total=str(Decimal(paid) + 30_000), account=ACCOUNT[:-4] + f"{at:04d}"
            )
            self.desk.approved(claim)
            made.append(Obligation.objects.latest("pk"))
        return made

    def _worker(self):
        worker = WorkerFactory(name="王测试", name_key="王测试")
        MembershipFactory(worker=worker)
        cover = self.desk.coverage
        CoverageFactory(
            worker=worker, plan_version=cover.plan_version, first_enrolment=False, period=cover.period
        )
        return worker

    def batch(self, obligations):
        return actions.make_payment_batch(
            by=self.maker,
            office=self.union,
            profile=self.profile,
            obligations=[one.pk for one in obligations],
        )

    def check(self, batch, **change):
        given = {"digest": batch.digest, "count": batch.count, "total": batch.total} | change
        return actions.check_payment_batch(by=given.pop("by", self.checker), batch=batch, **given)

    def sent(self, obligations):
        batch = self.check(self.batch(obligations))
        actions.submit_payment_batch(by=self.maker, batch=batch)
        return PaymentBatch.objects.get(pk=batch.pk)

    def answer(self, batch, *rows, name="回盘.csv"):
        """A result file with (order, paid, status, receipt) lines."""
        head = "批次,付款编号,实付,状态,到账日期,回单号"
        today = clock.today().isoformat()
        lines = [
            f"{batch.number},{order},{paid},{status},{today},{receipt}"
            for order, paid, status, receipt in rows
        ]
        return self.read("\n".join([head, *lines]).encode(), name)

    def read(self, content, name="回盘.csv"):
        return actions.read_result_file(
            by=self.maker, office=self.union, profile=self.profile, file_name=name, content=content
        )


def refused(act, **kwargs):
    with pytest.raises(Refusal) as refusal:
        act(**kwargs)
    return refusal.value.code


def state(model):
    model.refresh_from_db()
    return model.state


def money(office):
    balance = balance_of(office.desk.fund)
    return str(balance.available), str(balance.held), str(balance.used)


def test_a_payment_from_approval_to_the_account():
    office = Office()
    [owed] = office.owed()
    batch = office.batch([owed])
    assert (batch.count, batch.total) == (1, Decimal("5600.00"))
    office.check(batch)
    content = actions.submit_payment_batch(by=office.maker, batch=batch)
    rows = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()
    ]
    payment = batch.payments.get()
    assert rows[1] == ["1", owed.claim.account, "陈测试", "测试银行", "5600.00", "互助金", payment.order_no]
    again = actions.submit_payment_batch(by=office.maker, batch=batch)
    assert Payment.objects.count() == 1
    assert openpyxl.load_workbook(io.BytesIO(again)).active["B2"].value == owed.claim.account
    assert money(office) == ("94400.00", "5600.00", "0.00")
    office.answer(batch, (payment.order_no, "5600.00", "成功", "R1"))
    assert (state(payment), state(owed)) == (PaymentState.SUCCEEDED, ObligationState.PAID)
    assert money(office) == ("94400.00", "0.00", "5600.00")
    assert Message.objects.filter(kind="payment_paid").count() == 1


def test_maker_and_checker_are_two_people_and_the_control_sum_is_the_checkers():
    office = Office()
    batch = office.batch(office.owed())
    assert refused(office.check, batch=batch, by=office.maker) == "same_person"
    assert refused(office.check, batch=batch, digest="x") == "digest_differs"
    assert refused(office.check, batch=batch, total=Decimal("5600.01")) == "control_differs"
    assert refused(office.check, batch=batch, count=2) == "control_differs"
    assert refused(actions.submit_payment_batch, by=office.maker, batch=batch) == "batch_state"


def test_one_obligation_is_in_one_batch_whoever_makes_it_at_once():
    office = Office()
    owed = office.owed(2)
    answers = at_once([lambda: office.batch(owed) for _time in range(5)])
    assert sorted(type(one).__name__ for one in answers) == ["PaymentBatch", *["str"] * 4]
    assert set(answers) - {one for one in answers if isinstance(one, PaymentBatch)} <= {
        "nothing_to_pay",
        "payment_exists",
    }
    assert Payment.objects.count() == 2


def test_a_cancelled_batch_frees_its_lines_and_its_number_is_not_used_again():
    office = Office()
    [owed] = office.owed()
    first = office.batch([owed])
    assert refused(office.batch, obligations=[owed]) == "nothing_to_pay"
    actions.cancel_payment_batch(by=office.maker, batch=first, reason="重做")
    second = office.batch([owed])
    assert second.number != first.number
    assert second.payments.get().order_no != first.payments.get().order_no


def test_case_c120_a_refused_name_is_corrected_and_paid_once():
    office = Office()
    [owed] = office.owed()
    batch = office.sent([owed])
    first = batch.payments.get()
    office.answer(batch, (first.order_no, "0", "失败:户名不符", ""))
    assert (state(first), first.reason, state(owed)) == (PaymentState.FAILED, "户名不符", ObligationState.DUE)
    assert refused(office.batch, obligations=[owed]) == "nothing_to_pay"
    worker = owed.claim.worker
    actions.correct_payee(
        by=worker, claim=owed.claim, payee_name="陈测试", account=ACCOUNT[:-4] + "9999", bank_name="另一银行"
    )
    again = office.sent([owed])
    second = again.payments.get()
    assert second.previous == first
    late = office.answer(batch, (first.order_no, "5600.00", "成功", "R8"), name="晚到.csv")
    assert [line.fault for line in late.lines.all()] == ["late_success"]
    assert (state(first), state(owed)) == (PaymentState.FAILED, ObligationState.DUE)
    office.answer(again, (second.order_no, "5600.00", "成功", "R9"))
    assert state(owed) == ObligationState.PAID
    assert Payment.objects.filter(state=PaymentState.SUCCEEDED).count() == 1
    assert Message.objects.filter(kind="payment_returned").count() == 1


def test_case_c122_an_unknown_outcome_is_not_resent_before_the_bank_answers():
    office = Office()
    [owed] = office.owed()
    batch = office.sent([owed])
    payment = actions.mark_unknown(by=office.maker, payment=batch.payments.get(), reason="超时")
    assert payment.state == PaymentState.UNKNOWN
    assert refused(office.batch, obligations=[owed]) == "nothing_to_pay"
    office.answer(batch, (payment.order_no, "5600.00", "成功", "R1"))
    assert (state(payment), state(owed)) == (PaymentState.SUCCEEDED, ObligationState.PAID)
    assert refused(actions.mark_unknown, by=office.maker, payment=payment, reason="x") == "payment_state"


def test_case_c124_the_handed_file_line_by_line(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 5, 9, 4, tzinfo=dt.UTC))
    office = Office()
    due = {"P001": "200", "P002": "300", "P003": "100", "P004": "100", "P005": "80", "P006": "60", "P007": "60.10",
           "P008": "40", "P009": "40"}  # fmt: skip
    for amount in due.values():
        office.owed(1, f"{Decimal(amount):.2f}")
    obligations = list(Obligation.objects.order_by("pk"))
    assert [one.amount for one in obligations] == [Decimal(amount) for amount in due.values()]
    batch = office.sent(obligations)
    numbers = dict(zip(due, batch.payments.order_by("order_no"), strict=True))
    book = openpyxl.load_workbook(FILES / "124-bank-result.xlsx")
    for row in book.active.iter_rows(min_row=2):
        row[1].value = batch.number if row[1].value == "B1" else row[1].value
        known = numbers.get(row[2].value)
        row[2].value = known.order_no if known else row[2].value
    out = io.BytesIO()
    book.save(out)
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 5, 12, 4, tzinfo=dt.UTC))
    file = office.read(out.getvalue(), "124.xlsx")
    [case] = [
        one
        for one in json.loads((CASES / "cases-handed.json").read_text("utf-8"))["cases"]
        if one["id"] == "C124"
    ]
    right = case["expect"]["124-bank-result.xlsx"]

    def those(*states):
        return [name for name, payment in numbers.items() if state(payment) in states]

    assert file.outcome == "partly_applied"
    assert those("succeeded") == right["paid"]
    assert those("returned") == right["returned"]
    assert those("failed") == right["failed"]
    assert those("submitted") == sorted({*right["pending"], *right["error"]} - {"P777"})
    assert str(numbers["P007"].amount) == "60.10"
    assert money(office)[2] == "260.10"
    assert office.read(out.getvalue(), "again.xlsx") == file
    assert ResultFile.objects.count() == 1
    assert standing_of(batch).state == "partly_paid"


def test_case_c126_a_return_gives_cap_and_budget_back_once_and_a_refund_a_part():
    office = Office(cap_per_period=Decimal("500.00"))
    [owed] = office.owed(1, "300.00")
    cover = office.desk.coverage
    batch = office.sent([owed])
    first = batch.payments.get()
    office.answer(batch, (first.order_no, "300.00", "成功", "R1"))
    assert (str(cap_used(cover)), money(office)[0]) == ("300.00", "99700.00")
    office.answer(batch, (first.order_no, "-300.00", "退回", "R2"), name="退回.csv")
    assert (state(first), state(owed)) == (PaymentState.RETURNED, ObligationState.RETURNED)
    assert (str(cap_used(cover)), money(office)) == ("0.00", ("100000.00", "0.00", "0.00"))
    assert refused(actions.pay_again, by=office.maker, obligation=owed) == "payee_unchanged"
    actions.correct_payee(
        by=owed.claim.worker,
        claim=owed.claim,
        payee_name="陈测试",
        account=ACCOUNT[:-4] + "9999",
        bank_name="银行",
    )
    actions.pay_again(by=office.maker, obligation=owed)
    again = office.sent([owed])
    second = again.payments.get()
    assert second.previous == first
    office.answer(again, (second.order_no, "300.00", "成功", "R3"))
    assert (str(cap_used(cover)), money(office)[0]) == ("300.00", "99700.00")
    for _time in range(2):
        actions.refund(by=office.maker, obligation=owed, amount=Decimal("50.00"), key="R4", reason="退款")
    assert (str(cap_used(cover)), money(office)[0]) == ("250.00", "99750.00")


def test_case_c128_a_batch_is_paid_only_when_every_line_is():
    office = Office()
    batch = office.sent(office.owed(4, "80.00"))
    payments = list(batch.payments.order_by("order_no"))
    assert standing_of(batch).state == "pending"
    paid = [(one.order_no, "80.00", "成功", f"R{at}") for at, one in enumerate(payments[:3])]
    office.answer(batch, *paid, (payments[3].order_no, "0", "失败:账户冻结", ""))
    standing = standing_of(batch)
    assert (standing.state, standing.paid, standing.failed, standing.pending) == ("partly_paid", 3, 1, 0)
    assert standing.paid_amount + standing.failed_amount + standing.pending_amount == batch.total


def test_the_same_file_read_at_two_desks_at_once_is_applied_once():
    office = Office()
    batch = office.sent(office.owed(1))
    payment = batch.payments.get()
    content = f"批次,付款编号,实付,状态,到账日期,回单号\n{batch.number},{payment.order_no},5600.00,成功,{clock.today()},R1".encode()
    files = at_once([lambda: office.read(content) for _time in range(4)])
    assert len({file.pk for file in files}) == 1
    assert ResultFile.objects.get().sha256 == hashlib.sha256(content).hexdigest()
    assert money(office) == ("94400.00", "0.00", "5600.00")


def test_another_offices_payments_are_unknown_to_the_file():
    office = Office()
    batch = office.sent(office.owed(1))
    payment = batch.payments.get()
    office.union = UnionFactory()
    file = office.answer(batch, (payment.order_no, "5600.00", "成功", "R1"))
    assert [line.fault for line in file.lines.all()] == ["order_unknown"]
    assert state(payment) == PaymentState.SUBMITTED


def corrected(office, owed, tail="9999"):
    """The worker puts another account down."""
    return actions.correct_payee(
        by=owed.claim.worker,
        claim=owed.claim,
        payee_name="陈测试",
        account=ACCOUNT[:-4] + tail,
        bank_name="银行",
    )


def test_a_corrected_attempt_taken_out_of_its_batch_is_corrected_and_paid_later():
    office = Office()
    [owed] = office.owed()
    first = office.sent([owed])
    office.answer(first, (first.payments.get().order_no, "0", "失败:户名不符", ""))
    corrected(office, owed)
    second = office.batch([owed])
    assert refused(corrected, office=office, owed=owed, tail="8888") == "payment_under_way"
    actions.cancel_payment_batch(by=office.maker, batch=second, reason="又换卡")
    corrected(office, owed, "8888")
    third = office.sent([owed])
    chain = [one.previous for one in Payment.objects.order_by("pk")]
    assert chain == [None, first.payments.get(), second.payments.get()]
    office.answer(third, (third.payments.get().order_no, "5600.00", "成功", "R1"))
    assert state(owed) == ObligationState.PAID


def test_a_payee_that_is_right_after_all_is_paid_again_only_with_a_reason():
    office = Office()
    [owed] = office.owed()
    batch = office.sent([owed])
    first = batch.payments.get()
    office.answer(batch, (first.order_no, "5600.00", "成功", "R1"))
    office.answer(batch, (first.order_no, "-5600.00", "退回:超限额", "R2"), name="退回.csv")
    assert refused(actions.pay_again, by=office.maker, obligation=owed) == "payee_unchanged"
    actions.pay_again(by=office.maker, obligation=owed, same_payee="限额已解除")
    assert refused(office.batch, obligations=[owed]) == "nothing_to_pay"
    again = actions.make_payment_batch(
        by=office.maker,
        office=office.union,
        profile=office.profile,
        obligations=[owed.pk],
        same_payee="限额已解除",
    )
    assert again.payments.get().previous == first
    logged = Entry.objects.get(action="payment.make_batch", object_id=str(again.pk))
    assert logged.data["same_payee"] == "限额已解除"


def test_a_batch_without_an_answer_is_unknown_as_a_whole():
    office = Office()
    batch = office.sent(office.owed(2))
    assert actions.mark_all_unknown(by=office.maker, batch=batch, reason="超时") == 2
    assert standing_of(batch).unknown == 2
    assert actions.mark_all_unknown(by=office.maker, batch=batch, reason="超时") == 0
    assert refused(actions.mark_all_unknown, by=office.maker, batch=batch, reason=" ") == "reason_missing"


def test_the_same_batch_is_the_same_file_whenever_it_is_asked_for():
    office = Office()
    batch = office.check(office.batch(office.owed(1)))
    first = actions.submit_payment_batch(by=office.maker, batch=batch)
    assert actions.submit_payment_batch(by=office.checker, batch=batch) == first
