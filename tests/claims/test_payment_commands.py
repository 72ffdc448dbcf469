"""The commands of payments, and check_integrity over claims."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from tests.claims.test_payments import Office
from tests.factories import PostFactory
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.claims.integrity import claim_faults
from unionbenefits.core import clock

pytestmark = pytest.mark.django_db


def call(*arguments, **options):
    out = StringIO()
    code = 0
    try:
        call_command(*arguments, stdout=out, stderr=out, json=True, **options)
    except SystemExit as left:
        code = left.code
    return code, json.loads(out.getvalue())


@pytest.fixture
def office(db):
    office = Office()
    sync_roles(by=SYSTEM)
    PostFactory(user=office.maker, union=office.union, role=Role.CASHIER)
    return office


def test_a_batch_goes_out_and_its_answer_comes_in(office, tmp_path):
    batch = office.check(office.batch(office.owed()))
    out = tmp_path / "out.xlsx"
    code, document = call("export_payments", batch.number, officer=office.maker.username, out=out)
    assert (code, document["count"], document["total"]) == (0, 1, "5600.00")
    assert out.read_bytes()[:2] == b"PK"
    order = batch.payments.get().order_no
    answer = tmp_path / "answer.csv"
    today = clock.today()
    answer.write_text(
        f"批次,付款编号,实付,状态,到账日期,回单号\n{batch.number},{order},5600.00,成功,{today},R1\n,X,1,成功,{today},R2\n",
        "utf-8",
    )
    code, document = call("import_payment_results", answer, officer=office.maker.username, bank="test")
    assert (code, document["outcome"]) == (0, "partly_applied")
    assert [(line["outcome"], line["fault"]) for line in document["lines"]] == [
        ("paid", None),
        ("error", "order_unknown"),
    ]
    assert claim_faults() == []


@pytest.mark.parametrize(
    ("arguments", "options", "code"),
    [
        (("export_payments", "B0"), {}, "batch_unknown"),
        (("export_payments", "B0"), {"officer": "nobody"}, "officer_unknown"),
    ],
)
def test_what_is_not_there_is_refused(office, arguments, options, code):
    left, document = call(*arguments, **{"officer": office.maker.username} | options)
    assert (left, document["refused"]["code"]) == (1, code)


BREAK = {
    "obligation_not_used": "UPDATE claims_obligation SET state = 'paid'",
    "obligation_keeps_money": "UPDATE claims_obligation SET state = 'stopped'",
    "obligation_not_held": "DELETE FROM claims_obligationentry",
    "payment_of_other_amount": "UPDATE claims_payment SET amount = amount + 1",
    "payment_batch_totals": "UPDATE claims_paymentbatch SET total = total + 1",
    "claim_entry_untied": "DELETE FROM claims_obligationentry",
    "paid_without_payment": "UPDATE claims_obligation SET state = 'paid'",
}


@pytest.mark.parametrize("code", BREAK)
def test_each_fault_of_claims_is_found_and_put_in_words(office, code):
    office.sent(office.owed())
    assert claim_faults() == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(BREAK[code])
        cursor.execute("SET LOCAL session_replication_role = origin")
    found = claim_faults()
    assert code in {fault.code for fault in found}
    assert all(fault.about in fault.text for fault in found)
