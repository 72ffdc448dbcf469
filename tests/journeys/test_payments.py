"""Two cashiers: due, made, checked, handed over, fetched, answered, returned, corrected, paid, reconciled."""

import re

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.panel import looked_at, sign_in
from tests.journeys.test_panel import desk
from tests.web.cashiers import Cashiers
from unionbenefits.claims.models import Payment, PaymentBatch
from unionbenefits.core import clock

__all__ = ["desk"]


@pytest.fixture
def cash(transactional_db):
    return Cashiers()


def upload(page: Page, batch: PaymentBatch, name: str, *rows: tuple[str, str, str, str]) -> None:
    """The bank\'s answer, chosen and judged."""
    head = "批次,付款编号,实付,状态,到账日期,回单号"
    lines = [f"{batch.number},{no},{paid},{status},{clock.today()},{slip}" for no, paid, status, slip in rows]
    content = "\n".join([head, *lines]).encode()
    page.goto(f"/admin/payment-results/?batch={batch.pk}")
    page.get_by_label("File from the bank").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Judge the file").click()


def test_payments_from_due_to_the_account_with_one_that_comes_back(cash, desk: Page, tmp_path):
    owed = cash.owed(3, "5600.00")
    sign_in(desk, cash.maker)
    desk.get_by_role("link", name=re.compile("Payments that can be made")).click()
    expect(desk.get_by_role("button", name="Batch of all 3 payments, 16,800.00 元")).to_be_visible()
    looked_at(desk, "payments-due")
    desk.get_by_role("button", name="Batch of all 3 payments, 16,800.00 元").click()
    expect(desk.get_by_role("heading", name="Another officer checks this batch")).to_be_visible()
    batch = PaymentBatch.objects.get()

    sign_in(desk, cash.checker)
    desk.get_by_role("link", name=re.compile("Payment batches to check")).click()
    desk.get_by_role("link", name=batch.number).click()
    desk.get_by_label("Number of payments").fill("3")
    desk.get_by_label("Sum (元)").fill("16,800.00")
    looked_at(desk, "payments-check")
    desk.get_by_role("button", name="Count and sum are right").click()
    desk.get_by_role("button", name="Hand it to the bank").click()
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Download the bank file (XLSX)").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    rows = list(openpyxl.load_workbook(path).active.iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows] == [one.claim.account for one in owed]
    orders = [row[6] for row in rows]

    upload(
        desk, batch, "回盘.csv", (orders[0], "5600", "成功", "R1"), (orders[1], "5600", "成功", "R2"),
        (orders[2], "5500", "成功", "R3"), ("P0", "1", "成功", "R4"),
    )  # fmt: skip
    expect(desk.get_by_text("Less was paid than was due. Ask the bank.")).to_be_visible()
    assert Payment.objects.filter(state="succeeded").count() == 0
    looked_at(desk, "payments-judged")
    desk.get_by_role("button", name="Apply 2 lines").click()
    expect(desk.get_by_role("heading", name="2 lines were not applied")).to_be_visible()
    looked_at(desk, "payments-result")
    upload(
        desk,
        batch,
        "退回.csv",
        (orders[1], "-5600", "退回:户名不符", "R5"),
        (orders[2], "5600", "成功", "R6"),
    )
    desk.get_by_role("button", name="Apply 2 lines").click()
    expect(desk.get_by_text("The bank's results are applied.")).to_be_visible()

    sign_in(desk, cash.filer)
    desk.goto(f"/admin/payments/payee/{owed[1].claim_id}/")
    desk.get_by_label("Bank account").fill("6222 0000 1111 2222")
    looked_at(desk, "payments-payee")
    desk.get_by_role("button", name="Put it right").click()
    expect(desk.get_by_text("Holder and account are put right.")).to_be_visible()

    sign_in(desk, cash.maker)
    desk.get_by_role("link", name=re.compile("Corrected payments to take up again")).click()
    desk.get_by_role("checkbox").check()
    desk.get_by_role("button", name="Take the ticked ones up again").click()
    desk.get_by_role("button", name="Batch of 1 payment, 5,600.00 元").click()
    second = Payment.objects.latest("pk")
    cash.check(second.batch)
    desk.reload()
    desk.get_by_role("button", name="Hand it to the bank").click()
    desk.get_by_role("link", name="Read the bank's results in").click()
    upload(desk, second.batch, "二次.csv", (second.order_no, "5600", "成功", "R7"))
    desk.get_by_role("button", name="Apply 1 line").click()
    expect(desk.get_by_text("The bank's results are applied.")).to_be_visible()
    desk.goto(f"/admin/payments/owed/{owed[1].pk}/")
    expect(desk.get_by_text("Takes the place of")).to_be_visible()
    looked_at(desk, "payments-owed")
    desk.goto(f"/admin/payment-batches/{batch.pk}/")
    expect(desk.get_by_text("Partly paid")).to_be_visible()
    looked_at(desk, "payments-batch")
    desk.goto("/admin/reconciliation/")
    expect(desk.get_by_text("Bank and ledger agree")).to_be_visible()
    looked_at(desk, "payments-day")
    for address, name in (
        ("payments/?stage=under_way", "payments-empty"),
        ("payment-batches/", "payments-list"),
    ):
        desk.goto(f"/admin/{address}")
        looked_at(desk, name)
    assert sorted(Payment.objects.values_list("state", flat=True)) == ["returned", *["succeeded"] * 3]
