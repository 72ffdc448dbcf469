"""Pages of payments: what is due, batches by two people, the bank\'s answers, the report of the day."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from tests.web.cashiers import Cashiers
from unionbenefits.audit.models import Entry
from unionbenefits.claims import actions
from unionbenefits.claims.models import Payment, PaymentBatch, ResultFile
from unionbenefits.core import clock

DUE, BATCHES, BATCH, RESULTS, RESULT, DAY = 11, 7, 12, 10, 7, 9


@pytest.fixture
def cash(db):
    with translation.override("en"):
        yield Cashiers()


@pytest.fixture
def sign_in(client):
    """English screens, whose sentences stand in this file."""

    def enter(user):
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return enter


def go(client, name, *arguments, **query):
    return client.get(reverse(f"admin:{name}", args=arguments), query)


def send(client, name, *arguments, **fields):
    return client.post(reverse(f"admin:{name}", args=arguments), fields, follow=True)


def choice(cash, **fields):
    return {"office": cash.union.pk, "profile": cash.profile.pk} | fields


def listed(answer):
    return [line.obligation.pk for line in answer.context["lines"]]


def answer_file(batch, *rows, name="回盘.csv"):
    today = clock.today()
    head = "批次,付款编号,实付,状态,到账日期,回单号"
    lines = [
        f"{batch.number},{order},{paid},{status},{today},{receipt}" for order, paid, status, receipt in rows
    ]
    return SimpleUploadedFile(name, "\n".join([head, *lines]).encode())


def test_due_shows_what_is_owed_in_scope_with_masked_accounts(cash, sign_in):
    mine = cash.owed(2)
    cash.owed(1, enterprise=cash.place.other_enterprise)
    answer = go(sign_in(cash.maker), "payment_due")
    assert listed(answer) == [one.pk for one in mine]
    text = answer.content.decode()
    assert "160.00" in text
    assert f"**** {mine[0].claim.account[-4:]}" in text
    assert mine[0].claim.account not in text


def test_due_warns_of_shared_accounts_and_other_holders(cash, sign_in):
    first, second = cash.owed(2)
    for claim in (first.claim, second.claim):
        claim.account, claim.account_digest = first.claim.account, first.claim.account_digest
        claim.save(update_fields=["account", "account_digest"])
    second.claim.payee_name, second.claim.other_holder_reason = "王别人", "本人无卡"
    second.claim.save(update_fields=["payee_name", "other_holder_reason"])
    lines = go(sign_in(cash.maker), "payment_due").context["lines"]
    shared = "Claims of other workers are paid to this account too"
    assert [line.warnings.count(shared) for line in lines] == [1, 1]
    assert "Another holder: 本人无卡" in lines[1].warnings


@pytest.mark.parametrize(("which", "count"), [("all", 3), ("ticked", 1)])
def test_everything_or_the_ticked_lines_become_a_batch(cash, sign_in, said, which, count):
    owed = cash.owed(3)
    answer = send(sign_in(cash.maker), "payment_make", **choice(cash, which=which, owed=[owed[0].pk]))
    batch = PaymentBatch.objects.get()
    assert (batch.count, batch.total, batch.made_by) == (count, Decimal("80.00") * count, cash.maker)
    assert batch.number in said(answer)[0]


def test_lines_of_others_are_not_batched_and_an_office_of_others_is_no_choice(cash, sign_in, said):
    [foreign] = cash.owed(1, enterprise=cash.place.other_enterprise)
    client = sign_in(cash.maker)
    answer = send(client, "payment_make", **choice(cash, which="ticked", owed=[foreign.pk]))
    assert said(answer) == ["None of these can be paid now. Look at the list again."]
    other = choice(cash, which="all") | {"office": cash.place.province.pk}
    assert send(client, "payment_make", **other).status_code == 422
    assert not PaymentBatch.objects.exists()


def test_the_maker_is_told_that_another_checks_and_is_refused(cash, sign_in, said):
    batch = cash.batch(cash.owed(2))
    client = sign_in(cash.maker)
    page = go(client, "payment_batch", batch.pk)
    assert (page.context["is_own"], page.context["can_check"]) == (True, False)
    fields = {"count": 2, "total": "160.00", "digest": batch.digest}
    refused = send(client, "payment_check", batch.pk, **fields)
    assert said(refused) == ["Whoever made a payment batch cannot check it. Another officer must."]
    batch.refresh_from_db()
    assert batch.state == "made"


def test_the_checker_adds_up_and_the_file_goes_out_once_checked(cash, sign_in, said):
    batch = cash.batch(cash.owed(2))
    client = sign_in(cash.checker)
    wrong = send(client, "payment_check", batch.pk, count=2, total="160.01", digest=batch.digest)
    assert (wrong.status_code, "Add up again" in wrong.content.decode()) == (409, True)
    early = send(client, "payment_file", batch.pk)
    assert "this step is not possible any more" in said(early)[0]
    send(client, "payment_check", batch.pk, count=2, total="160.00", digest=batch.digest)
    send(client, "payment_submit", batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.checked_by, batch.submitted_by) == ("submitted", cash.checker, cash.checker)
    files = [client.post(reverse("admin:payment_file", args=[batch.pk])) for _time in range(2)]
    assert files[0].headers["Cache-Control"].startswith("no-store")
    assert files[0].content == files[1].content
    sheet = openpyxl.load_workbook(io.BytesIO(files[0].content)).active
    accounts = sorted(one.account for one in batch.payments.all())
    assert sorted(sheet.cell(row, 2).value for row in (2, 3)) == accounts
    assert Entry.objects.filter(action="payment.fetch_file", actor=cash.checker.audit_name).count() == 2
    assert len(go(client, "payment_batch", batch.pk).context["fetched"]) == 2


def test_a_batch_is_cancelled_with_a_reason_and_its_lines_are_due_again(cash, sign_in):
    batch = cash.batch(cash.owed(1))
    client = sign_in(cash.maker)
    assert send(client, "payment_cancel", batch.pk, reason="").status_code == 422
    send(client, "payment_cancel", batch.pk, reason="重做")
    batch.refresh_from_db()
    assert (batch.state, batch.cancel_reason) == ("cancelled", "重做")
    assert go(client, "payment_due").context["figures"]["ready"] == (1, Decimal("80.00"))


def test_results_are_shown_first_and_applied_only_as_shown(cash, sign_in, said):
    batch = cash.sent(cash.owed(4))
    orders = list(batch.payments.order_by("order_no").values_list("order_no", flat=True))
    client = sign_in(cash.maker)
    file = answer_file(
        batch,
        (orders[0], "80.00", "成功", "R1"),
        (orders[1], "79.00", "成功", "R2"),
        (orders[2], "", "退回:户名不符", ""),
        (orders[3], "", "银行处理中", ""),
        ("P777", "1.00", "成功", "R3"),
    )
    page = client.post(reverse("admin:payment_results"), choice(cash, file=file))
    assert page.context["moves"] == 2
    odd = [(row.judged.row, row.judged.outcome, row.becomes, row.text) for row in page.context["odd"]]
    assert odd == [
        (3, "error", "", "Less was paid than was due. Ask the bank."),
        (4, "returned", "Returned by the bank", "户名不符"),
        (5, "pending", "", ""),
        (6, "error", "", "No payment of this batch has this number."),
    ]
    assert not ResultFile.objects.exists()
    given = {"parcel": page.context["parcel"], "verdicts": page.context["verdicts"]}
    cash.answer(batch, (orders[3], "80.00", "成功", "R9"), name="先到.csv")
    changed = send(client, "payment_result_apply", **given)
    assert (changed.status_code, changed.context["warn"] != "") == (409, True)
    given["verdicts"] = changed.context["verdicts"]
    applied = send(client, "payment_result_apply", **given)
    assert [state for (state,) in batch.payments.order_by("order_no").values_list("state")] == [
        "succeeded", "submitted", "returned", "succeeded",
    ]  # fmt: skip
    assert applied.context["not_applied"] == 3
    again = send(client, "payment_result_apply", **given)
    assert again.context["file"] == applied.context["file"]
    assert ResultFile.objects.count() == 2


def test_a_file_of_others_or_none_at_all_is_refused_with_a_sentence(cash, sign_in, said):
    batch = cash.sent(cash.owed(1))
    client = sign_in(cash.maker)
    file = SimpleUploadedFile("x.csv", "姓名,金额\n陈,1".encode())
    wrong = client.post(reverse("admin:payment_results"), choice(cash, file=file))
    assert (wrong.status_code, "Is it the right file?" in wrong.content.decode()) == (409, True)
    assert client.post(reverse("admin:payment_results"), choice(cash)).status_code == 422
    lost = send(client, "payment_result_apply", parcel="AAAA", verdicts="x")
    assert said(lost) == ["The file did not come along. Upload it again."]
    order = batch.payments.get().order_no
    page = client.post(
        reverse("admin:payment_results"),
        choice(cash, file=answer_file(batch, (order, "80.00", "成功", "R1"))),
    )
    stolen = send(
        sign_in(cash.checker), "payment_result_apply",
        parcel=page.context["parcel"], verdicts=page.context["verdicts"],
    )  # fmt: skip
    assert said(stolen) == ["The file did not come along. Upload it again."]
    assert batch.payments.get().state == "submitted"


def test_the_bank_s_file_is_given_back_as_it_came_and_logged(cash, sign_in):
    batch = cash.sent(cash.owed(1))
    file = cash.answer(batch, (batch.payments.get().order_no, "80.00", "成功", "R1"))
    answer = sign_in(cash.maker).post(reverse("admin:payment_result_file", args=[file.pk]))
    assert answer.content.decode().splitlines()[1].startswith(batch.number)
    assert Entry.objects.filter(action="payment.view_results", object_id=str(file.pk)).count() == 1


def returned(cash, reason="退回:户名不符"):
    """A payment that arrived and came back."""
    [owed] = cash.owed(1)
    batch = cash.sent([owed])
    order = batch.payments.get().order_no
    cash.answer(batch, (order, "80.00", "成功", "R1"))
    cash.answer(batch, (order, "-80.00", reason, "R2"), name="退回.csv")
    return owed, batch


def test_a_returned_payment_is_corrected_by_whoever_files_and_taken_up_by_the_cashier(cash, sign_in):
    owed, _batch = returned(cash)
    client = sign_in(cash.maker)
    page = go(client, "payment_due")
    assert (page.context["stage"], listed(page)) == ("to_correct", [owed.pk])
    assert "Could not be paid before: 户名不符" in page.context["lines"][0].warnings
    assert go(client, "payment_payee", owed.claim_id).status_code == 403
    desk = go(sign_in(cash.filer), "claim_desk", owed.claim_id).content.decode()
    assert reverse("admin:payment_payee", args=[owed.claim_id]) in desk
    fields = {"payee_name": owed.claim.payee_name, "account": "6222 0000 1111 2222", "bank_name": "测试银行"}
    send(sign_in(cash.filer), "payment_payee", owed.claim_id, **fields)
    client = sign_in(cash.maker)
    assert go(client, "payment_owed", owed.pk).context["stage"] == "to_hold"
    send(client, "payment_hold", owed=[owed.pk])
    send(client, "payment_make", **choice(cash, which="all"))
    second = Payment.objects.latest("pk")
    assert (second.account, second.previous.reason) == ("6222000011112222", "户名不符")
    line = go(client, "payment_batch", second.batch_id).context["lines"][0]
    assert (line.account, line.before) == ("**** 2222", f"**** {second.previous.account[-4:]}")


def test_an_unchanged_payee_is_paid_again_with_a_reason_that_the_checker_reads(cash, sign_in, said):
    owed, _batch = returned(cash, "退回:超限额")
    client = sign_in(cash.maker)
    fields = choice(cash, which="ticked", owed=[owed.pk])
    assert len(said(send(client, "payment_same_payee", **fields))) == 1
    send(client, "payment_same_payee", **fields, reason="限额已解除")
    batch = PaymentBatch.objects.latest("pk")
    page = go(sign_in(cash.checker), "payment_batch", batch.pk)
    assert page.context["reason"] == "限额已解除"
    assert "The same holder and account as then" in page.context["lines"][0].warnings


def test_the_page_of_a_payment_shows_its_attempts_answers_ledger_and_refunds(cash, sign_in):
    owed, _batch = returned(cash)
    cash.correct(owed)
    actions.pay_again(by=cash.maker, obligation=owed)
    again = cash.sent([owed])
    client = sign_in(cash.maker)
    payment = again.payments.get()
    send(client, "payment_unknown", payment.pk, reason="超时")
    page = go(client, "payment_owed", owed.pk)
    states = [(one.payment.state, len(one.said)) for one in page.context["attempts"]]
    assert states == [("unknown", 0), ("returned", 2)]
    assert "nothing is sent again before it has answered" in page.content.decode()
    cash.answer(again, (payment.order_no, "80.00", "成功", "R5"), name="二.csv")
    assert send(client, "payment_refund", owed.pk, amount="81", key="T1", reason="多付").status_code == 409
    for _time in range(2):
        send(client, "payment_refund", owed.pk, amount="30.00", key="T1", reason="多付")
    page = go(client, "payment_owed", owed.pk)
    assert [(one.key, one.amount) for one in page.context["refunds"]] == [("T1", Decimal("30.00"))]
    kinds = [entry.kind for entry in page.context["entries"]]
    assert kinds == ["hold", "capture", "reversal", "hold", "capture", "reversal"]


def test_a_batch_without_an_answer_is_marked_unknown_and_cannot_be_paid_again(cash, sign_in, said):
    batch = cash.sent(cash.owed(2))
    client = sign_in(cash.maker)
    told = said(send(client, "payment_doubt", batch.pk, reason="网银超时"))
    assert told == ["2 payments are marked as unknown. They are not sent again before the bank has answered."]
    assert go(client, "payment_due").context["figures"]["under_way"][0] == 2
    assert not go(client, "payment_batch", batch.pk).context["can_doubt"]


def test_the_report_of_the_day_agrees_on_screen_paper_and_in_the_workbook(cash, sign_in):
    batch = cash.sent(cash.owed(2))
    first, _second = batch.payments.order_by("order_no")
    cash.answer(batch, (first.order_no, "80.00", "成功", "R1"))
    client = sign_in(cash.checker)
    page = go(client, "reconciliation")
    [(office, day, closed)] = page.context["offices"]
    assert (office, day.succeeded.amount, day.used, day.closing.count, closed) == (
        cash.union, Decimal("80.00"), Decimal("80.00"), 1, "",
    )  # fmt: skip
    assert "Bank and ledger agree" in page.content.decode()
    assert go(client, "reconciliation", day="x", print=1).context["printed"]
    book = openpyxl.load_workbook(io.BytesIO(go(client, "reconciliation_workbook").content))
    rows = {
        row[0].value: [cell.value for cell in row[1:3]] for row in book.worksheets[0].iter_rows(min_row=3)
    }
    assert rows["Succeeded"] == [1, 80]
    assert rows["Difference: used"] == [None, 0]
    assert go(sign_in(cash.stranger), "reconciliation").context["offices"] == []


def test_objects_of_others_are_not_found_and_roles_without_permission_refused(cash, sign_in):
    batch = cash.sent(cash.owed(1))
    payment = batch.payments.get()
    file = cash.answer(batch, (payment.order_no, "80.00", "成功", "R1"))
    keys = {
        "payment_batch": batch, "payment_check": batch, "payment_submit": batch, "payment_file": batch,
        "payment_cancel": batch, "payment_doubt": batch, "payment_result": file, "payment_result_file": file,
        "payment_owed": payment.obligation, "payment_refund": payment.obligation, "payment_unknown": payment,
    }  # fmt: skip
    for user, status in ((cash.stranger, 404), (cash.place.clerk, 403)):
        client = sign_in(user)
        for name, found in keys.items():
            address = reverse(f"admin:{name}", args=[found.pk])
            assert client.post(address).status_code in (status, 405), name
            assert client.get(address).status_code in (status, 405), name
    auditor = sign_in(cash.place.officers["auditor"])
    assert go(auditor, "payment_batch", batch.pk).status_code == 200
    for name in ("payment_check", "payment_submit", "payment_file", "payment_cancel", "payment_result_file"):
        assert auditor.post(reverse(f"admin:{name}", args=[keys[name].pk])).status_code == 403, name
    assert go(sign_in(cash.stranger), "payment_batches").context["batches"] == []
    assert listed(go(sign_in(cash.stranger), "payment_due")) == []


def test_home_tells_each_cashier_what_waits(cash, sign_in):
    cash.batch(cash.owed(1))
    cash.owed(2)

    def waits(user):
        return {work.text: work.count for work in go(sign_in(user), "index").context["waiting"]}

    assert waits(cash.maker)["Payment batches to check"] == 0
    assert waits(cash.checker)["Payment batches to check"] == 1
    assert waits(cash.checker)["Payments that can be made"] == 2


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_for_one_and_three_rows(cash, sign_in, django_assert_num_queries, count):
    batch = cash.sent(cash.owed(count))
    rows = [
        (order, "80.00", "成功", f"R{at}")
        for at, order in enumerate(batch.payments.order_by("pk").values_list("order_no", flat=True))
    ]
    file = cash.answer(batch, *rows)
    for at in range(count - 1):
        other = cash.sent(cash.owed(1))
        cash.answer(other, (other.payments.get().order_no, "80.00", "成功", f"S{at}"), name=f"{at}.csv")
    cash.owed(count)
    client = sign_in(cash.maker)
    go(client, "payment_due")
    with django_assert_num_queries(DUE):
        assert len(go(client, "payment_due").context["lines"]) == count
    with django_assert_num_queries(BATCHES):
        assert len(go(client, "payment_batches").context["batches"]) == count
    with django_assert_num_queries(BATCH):
        assert len(go(client, "payment_batch", batch.pk).context["lines"]) == count
    with django_assert_num_queries(RESULTS):
        assert len(go(client, "payment_results").context["files"]) == count
    with django_assert_num_queries(RESULT):
        assert len(go(client, "payment_result", file.pk).context["lines"]) == count
    with django_assert_num_queries(DAY):
        assert go(client, "reconciliation").context["total"].submitted.count == 2 * count - 1
