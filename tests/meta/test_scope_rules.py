"""Screens get objects only through scope: written rules that hold for every model and every screen module."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.admin import site

from unionbenefits.core.admin import ScopedAdmin

PACKAGE = Path(__file__).resolve().parents[2] / "unionbenefits"

# Models that have no register, and why.
WITHOUT_REGISTER = {
    "audit.seen": "keys of workers under an entry; read by who asks who looked",
    "accounts.smscode": "secrets of a sign-in in progress; nobody reads them",
    "accounts.smsmessage": "its text may be a one-time code; nobody reads it",
    "accounts.throttle": "counters of attempts, keyed by digests",
    "accounts.authenticatorapp": "a sealed secret; its owner sees only that there is one",
    "accounts.passkey": "listed to its owner alone, on the page of the own sign-in",
    "accounts.recoverycode": "digests; nobody reads them",
    "accounts.securitynotice": "told to its person, and shown with the person's sign-in to who manages it",
    "workers.rosterfile": "sealed bytes; the review page gives the workbook back",
    "workers.rosterleaver": "shown on the roster's review page",
    "workers.rowdecision": "shown on the roster's review page",
    "workers.enterpriseclosing": "shown on the page of its enterprise, where it is undone",
    "workers.bulkchange": "its maker alone sees it; has a page of its own, where it is undone",
    "workers.pairdecision": "has a page of its own, where decisions are withdrawn",
    "access.export": "its maker alone sees it, whatever the posts; has a page of its own",
    "access.handover": "shown on the page of its post, where it is undone",
    "access.postnotice": "whoever is told reads it on the home page",
    "access.savedview": "its owner has a page for them, colleagues see the shared ones over the list",
    "access.exportfile": "sealed bytes; fetched from the page of exports",
    "campaigns.revocationline": "shown on the page of the undo",
    "campaigns.batchrun": "progress, shown on the page of the batch",
    "workers.signin": "the worker reads it in the portal",
    "workers.phonechange": "has a page of its own, where changes are taken back",
    "workers.message": "the worker reads it in the portal; officers see what became of its text message",
    "workers.firstopening": "a time, shown on the pages of reach",
    "campaigns.reminderwave": "has a page of its own",
    "workers.reveal": "has a page of its own, where unusual ones are examined",
    "workers.datarequest": "worked on at a page of its own",
    "workers.bankaccount": "the worker sees it in the portal; claims show what they use",
    "workers.erasure": "says that a person was erased; its vouchers are opened by no screen",
    "workers.retentionrun": "shown on the page of retention",
    "workers.consent": "the worker reads it in the portal; kept as evidence",
    "claims.claim": "worked on at the claims desk, a page of its own",
    "claims.claimversion": "shown at the claims desk",
    "claims.paper": "shown at the claims desk, where each look is logged",
    "claims.paperfile": "sealed bytes; streamed by the desk and the portal, each look logged",
    "claims.question": "shown at the claims desk",
    "claims.finding": "shown at the claims desk, where it is cleared",
    "claims.appeal": "has a page of its own, where it is decided",
    "claims.difference": "has a page of its own, where it is settled",
    "claims.secondlook": "worked on at the claims desk",
    "claims.lookrule": "set and shown on the page of second looks",
    "claims.replay": "has a page of its own",
    "claims.replaydifference": "shown on the page of the replay",
    "claims.obligationentry": "ties an obligation to the ledger, where its entries are shown",
    "claims.paymentbatch": "has a page of its own",
    "claims.resultfile": "shown on the page of its batch",
    "claims.resultline": "shown on the page of its batch",
    "campaigns.batchentry": "ties a batch to the ledger, where its entries are shown",
}

# Uses of `.objects` in screens, each with its reason.
UNSCOPED_READS: dict[str, str] = {}


def our_models():
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("unionbenefits.") and not hasattr(model, "pgh_tracked_model")
    ]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_has_a_scoped_register_or_a_reason(model):
    if model._meta.label_lower in WITHOUT_REGISTER:
        assert not site.is_registered(model)
        return
    assert isinstance(site._registry[model], ScopedAdmin)
    assert hasattr(model._default_manager.all(), "in_scope")


def test_only_scoped_registers_are_open():
    assert [admin for admin in site._registry.values() if not isinstance(admin, ScopedAdmin)] == []


def test_registers_delete_nothing_and_count_nothing():
    for admin in site._registry.values():
        assert admin.show_full_result_count is False
        assert admin.actions is None
        assert admin.has_delete_permission(None) is False


def screens() -> list[Path]:
    return sorted([*(PACKAGE / "portal").rglob("*.py"), *(PACKAGE / "backoffice").rglob("*.py")])


def unscoped_reads(path: Path) -> list[str]:
    """`X.objects` that is not followed at once by `.in_scope(…)` or, in the portal, by `.for_worker(…)`; and
    `_default_manager` likewise.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    managers = {"objects", "_default_manager", "_base_manager"}
    scoped = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("in_scope", "for_worker", "get_queryset")
    }
    return [
        f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in managers and id(node) not in scoped
    ]


@pytest.mark.parametrize("path", screens(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_screens_reach_objects_only_through_scope(path):
    found = unscoped_reads(path)
    assert found == [] or path.relative_to(PACKAGE).as_posix() in UNSCOPED_READS
