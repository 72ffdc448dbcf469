"""Every personal field is overwritten when a person is erased, or says here why it stays."""

import ast
from pathlib import Path

from django.apps import apps

from tests.meta.field_classes import PERSONAL

PACKAGE = Path(__file__).resolve().parents[2] / "unionbenefits"
WRITERS = {"scrub", "remove", "_words"}

# What stays of a worker, or is about nobody below the union: the field or the model, and why.
STAYS = {
    "accounts.smscode.code_digest": "one-way, over within minutes, gone after 190 days",
    "accounts.smsmessage": "network log of 190 days; sealed, and no column leads to the person",
    "accounts.throttle": "a counter of a day",
    "funds.entry.memo": "the ledger is never changed; memos name funds and batches",
    "workers.erasure": "says that and why somebody was erased; its vouchers are what the law keeps",
    "workers.enterpriseclosing.reason": "about an enterprise of many",
    "campaigns.giftbatch.return_reason": "about a batch of many",
    "campaigns.revocation.reason": "about a batch of many",
    "campaigns.batchrun.failure": "about a batch of many",
    "campaigns.reminderwave.failure": "about a wave to many",
    "claims.decision.facts": "amounts and days stay; hospitals are taken out",
    "claims.payment.reason": "the bank's words for an outcome",
    "claims.resultfile.sealed": "the bank's file: an accounting voucher of many people",
    "claims.resultline.reason": "the bank's words for an outcome",
    "claims.paymentbatch.cancel_reason": "about a batch of many",
}


# Apps that know staff, and of workers only what is named above or overwritten.
OF_STAFF = ("access.", "accounts.")


def written():
    """(model, field) pairs that the erasers of the apps overwrite, and models whose rows they delete."""
    fields, models = set(), set()
    names = {model.__name__: model._meta.label_lower for model in apps.get_models()}
    for path in PACKAGE.rglob("erasers.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            if (
                isinstance(node.func, ast.Name)
                and node.func.id in WRITERS
                and isinstance(node.args[0], ast.Name)
            ):
                label = names.get(node.args[0].id, "")
                fields |= {f"{label}.{keyword.arg}" for keyword in node.keywords}
            elif isinstance(node.func, ast.Attribute) and node.func.attr in ("delete", "update"):
                label = names.get(_of(node.func.value), "")
                fields |= {f"{label}.{keyword.arg}" for keyword in node.keywords}
                models |= {label} if node.func.attr == "delete" else set()
    return fields, models


def _of(node):
    """The name that `X.objects.filter(…)…` begins with."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def test_every_personal_field_goes_or_says_why_it_stays():
    fields, models = written()
    stays = {label for label in PERSONAL if label in STAYS or label.rpartition(".")[0] in STAYS}
    goes = {label for label in PERSONAL if label in fields or label.rpartition(".")[0] in models}
    staff = {label for label in PERSONAL if label.startswith(OF_STAFF) and "smscode" not in label}
    assert set(PERSONAL) - goes - stays - staff == set(), (
        "say in the app's erasers.py how it goes, or here why it stays"
    )
    assert {
        label for label in STAYS if not any(one == label or one.startswith(f"{label}.") for one in PERSONAL)
    } == set()
