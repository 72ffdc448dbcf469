"""The permission matrix is exactly what is written here; a change of a role is a change of this file."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.utils import translation

from tests.factories import PostFactory, UnionFactory, UserFactory
from tools import permissions as document
from unionbenefits.access.roles import BUNDLES, ENTERPRISE_ROLES, Role

REGISTERS = [
    "unions.union",
    "enterprises.enterprise",
    "enterprises.industryaffiliation",
    "workers.worker",
    "workers.identitydocument",
    "workers.membership",
    "workers.roster",
    "workers.rosterrow",
    "plans.plan",
    "plans.planversion",
    "plans.coverage",
    "plans.openingfigures",
    "campaigns.campaign",
    "campaigns.allotment",
    "campaigns.giftbatch",
    "campaigns.gift",
    "campaigns.revocation",
    "campaigns.giftoverride",
    "campaigns.occupationgroup",
]
MONEY = ["funds.fund", "funds.entry", "campaigns.campaignfund"]
LOG = ["audit.entry", "audit.seal", "access.post", "accounts.user"]
ENTERPRISES = {
    "enterprises.add_enterprise",
    "enterprises.change_enterprise",
    "enterprises.add_industryaffiliation",
}
ROSTERS = {"workers.upload_roster", "workers.apply_roster"}
EXPORTS = {"access.add_export"}
REACH = {"campaigns.view_reminderwave"}
REMIND = REACH | {"campaigns.add_reminderwave"}
TEXTS = {"workers.view_message"}
RESEND = TEXTS | {"workers.change_message"}
CLAIMS = [
    "claims.claim",
    "claims.decision",
    "claims.appeal",
    "claims.question",
    "claims.finding",
    "claims.approvallimit",
    "claims.secondlook",
    "claims.lookrule",
]
PAYMENTS = [
    "claims.obligation",
    "claims.payment",
    "claims.paymentbatch",
    "claims.resultfile",
    "claims.refund",
    "claims.claimsfund",
    "claims.bankprofile",
]
SETTINGS = {
    "claims.change_approvallimit",
    "claims.change_claimsfund",
    "claims.add_bankprofile",
    "claims.change_bankprofile",
    "claims.add_lookrule",
}
POSTS = {"access.view_post", "access.add_post", "access.change_post", "accounts.view_user"}
FILING = {"claims.view_claim", "claims.file_claim"}
REVEALS, REVIEWS = {"workers.reveal_worker"}, {"workers.review_reveal"}
PHONES = {"workers.view_phonechange", "workers.change_phone"}
PHONES_BACK = PHONES | {"workers.take_back_phone"}
REQUESTS = {"workers.view_datarequest", "workers.decide_datarequest"}
RETENTION = {"workers.view_retentionrun", "workers.run_retention"}
TREE, CLOSING = {"unions.restructure_union"}, {"enterprises.close_enterprise"}
BATCHES = {
    "campaigns.put_forward_giftbatch",
    "campaigns.approve_giftbatch",
    "campaigns.issue_giftbatch",
    "campaigns.propose_revocation",
    "campaigns.confirm_revocation",
    "campaigns.allow_giftoverride",
    "workers.change_worker",
}


def view(models: list[str]) -> set[str]:
    return {name.replace(".", ".view_") for name in models}


EXPECTED = {
    Role.PROVINCE_OFFICER: view(REGISTERS + MONEY + CLAIMS + PAYMENTS) | REMIND | RESEND | PHONES_BACK | REVEALS | REVIEWS | REQUESTS | {"workers.view_retentionrun"} | SETTINGS | {"claims.run_replay"} | ROSTERS | EXPORTS | POSTS | ENTERPRISES | BATCHES | TREE | CLOSING
    | {"funds.add_fund", "funds.deposit_fund", "plans.add_plan", "plans.change_plan", "plans.add_openingfigures"}
    | {"campaigns.add_campaign", "campaigns.change_campaign", "campaigns.allot_campaign"}
    | {"campaigns.add_occupationgroup", "campaigns.change_occupationgroup"},
    Role.UNION_OFFICER: view(REGISTERS + MONEY) | REMIND | RESEND | PHONES_BACK | REVEALS | REVIEWS | REQUESTS | FILING | ROSTERS | EXPORTS | POSTS | ENTERPRISES | BATCHES | CLOSING,
    Role.INDUSTRY_OFFICER: view(REGISTERS) | REMIND | TEXTS | PHONES | REVEALS | FILING | ROSTERS | EXPORTS | {"campaigns.put_forward_giftbatch", "workers.change_worker"},
    Role.ENTERPRISE_CLERK: view(REGISTERS) | REACH | ROSTERS | EXPORTS,
    Role.CLAIMS_OFFICER: view(REGISTERS + CLAIMS) | REVEALS | {"workers.reveal_account"}
    | {"claims.file_claim", "claims.ask_claim", "claims.clear_claim", "claims.read_paper"}
    | {"claims.decide_decision", "claims.decide_appeal"},
    Role.CLAIMS_REVIEWER: view(REGISTERS + CLAIMS) | REVEALS
    | {"claims.clear_claim", "claims.read_paper", "claims.review_decision", "claims.take_secondlook", "claims.decide_appeal"},
    Role.CLAIMS_APPROVER: view(REGISTERS + CLAIMS)
    | {"claims.read_paper", "claims.approve_decision", "claims.take_secondlook", "claims.decide_appeal", "claims.run_replay"},
    Role.CASHIER: view(REGISTERS + MONEY + PAYMENTS) | {"workers.reveal_account"}
    | {"claims.view_claim", "claims.make_paymentbatch", "claims.check_paymentbatch"}
    | {"claims.submit_paymentbatch", "claims.reconcile_paymentbatch"},
    Role.MEDIATOR: view(["unions.union", "enterprises.enterprise", "enterprises.industryaffiliation"])
    | view(["workers.worker", "workers.membership"]),
    Role.AUDITOR: view(REGISTERS + MONEY + LOG + CLAIMS + PAYMENTS) | REACH | TEXTS | view(["workers.phonechange", "workers.datarequest", "workers.retentionrun"]) | EXPORTS,
    Role.ADMINISTRATOR: view(REGISTERS + LOG) | RESEND | RETENTION | ENTERPRISES | TREE | CLOSING
    | {"accounts.add_user", "accounts.change_user", "access.add_post", "access.change_post"}
    | {"unions.add_union", "unions.change_union"},
}  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_roles_hold_exactly_their_permissions(role):
    assert BUNDLES[role].permissions == EXPECTED[role]


def test_auditors_change_nothing_and_administrators_touch_no_money():
    # A file made for oneself changes nothing of what it shows.
    assert all(".view_" in name for name in BUNDLES[Role.AUDITOR].permissions - EXPORTS)
    assert not any(name.startswith("funds.") for name in BUNDLES[Role.ADMINISTRATOR].permissions)
    assert not BATCHES & BUNDLES[Role.ADMINISTRATOR].permissions
    assert {Role.ENTERPRISE_CLERK} == ENTERPRISE_ROLES


@pytest.mark.django_db
def test_sync_roles_writes_the_groups_and_mends_them():
    call_command("sync_roles")
    clerk = Group.objects.get(name=Role.ENTERPRISE_CLERK)
    clerk.permissions.set(Permission.objects.filter(codename="deposit_fund"))
    call_command("sync_roles")
    for role in Role:
        held = Group.objects.get(name=role).permissions.values_list("content_type__app_label", "codename")
        assert {f"{app}.{codename}" for app, codename in held} == EXPECTED[role]


@pytest.mark.django_db
def test_permissions_of_a_user_are_those_of_the_posts_of_today():
    call_command("sync_roles")
    union, user = UnionFactory(), UserFactory()
    today = {"starts_on": "2021-01-01", "ends_on": "2998-12-31"}
    PostFactory(user=user, union=union, role=Role.AUDITOR, **today)
    PostFactory(user=user, union=union, role=Role.PROVINCE_OFFICER, ends_on="2020-12-31")
    PostFactory(user=user, union=union, role=Role.ADMINISTRATOR, starts_on="2999-01-01")
    assert user.get_all_permissions() == EXPECTED[Role.AUDITOR]
    user.is_active = False
    assert type(user)._default_manager.get(pk=user.pk).get_all_permissions() == EXPECTED[Role.AUDITOR]
    assert not user.has_perm("audit.view_entry")


def test_the_document_is_current():
    with translation.override("en"):
        assert document.TARGET.read_text(encoding="utf-8") == document.matrix()
