"""Invariant 10: every change leaves a history row, bulk SQL too, and a silent change of the log shows."""

import datetime as dt
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils.translation import override

from tests import scene as scenes
from tests.claims.scene import one_of_each
from unionbenefits.access.handing_over import hand_over
from unionbenefits.audit.actions import record, seal
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry, Seal
from unionbenefits.audit.queries import chain_faults, unsealed_count
from unionbenefits.campaigns.models import Campaign, GiftOverride
from unionbenefits.core import clock
from unionbenefits.plans.statistics import enter_opening_figures
from unionbenefits.workers.models import BankAccount, DataRequest, PairDecision, Roster, RowDecision, Worker

TRACKED = [model for model in apps.get_models() if hasattr(model, "pgh_event_model")]

# Models without history, and why. A person, money, a claim or a permission is never among them.
UNTRACKED = {
    "audit.entry": "append-only: it is the log",
    "audit.seal": "append-only: it is the chain",
    "audit.seen": "append-only: part of the log",
    "accounts.smscode": "short-lived secrets",
    "accounts.smsmessage": "messages; their sending is in the log of the gateway",
    "accounts.throttle": "counters of attempts",
    "workers.rosterfile": "written once with its roster",
    "workers.rosterrow": "staging: what was applied is in the register's history",
    "workers.rosterleaver": "staging: who left is in the history of memberships",
    "funds.entry": "append-only: the ledger",
    "campaigns.batchentry": "written once with its ledger entry",
    "campaigns.revocationline": "written once with its undo, and marked when that is done",
    "campaigns.batchrun": "progress of a step that leaves its own history",
    "workers.erasure": "written once; its vouchers must leave no history when their time is over",
    "workers.retentionrun": "append-only",
    "workers.message": "told once; whether it was read is no fact about a person",
    "access.savedview": "filters under a name: no fact about a person",
    "accounts.authenticatorapp": "a secret; set up, removed and reset in the audit log",
    "accounts.passkey": "a public key; added, renamed and removed in the audit log",
    "accounts.recoverycode": "digests of secrets, used once",
    "accounts.securitynotice": "told once; whether it was read is no fact about a person",
    "campaigns.reminderwave": "progress of a wave; its planning and stopping are in the audit log",
    "workers.bulkchange": "progress; it keeps what it changed, and the members have their history",
    "workers.enterpriseclosing": "written with the closing and marked when that is undone, both in the audit log",
    "workers.firstopening": "written once",
    "workers.phonechange": "it is the history of a phone; taking back and examining are in the audit log",
    "workers.signin": "short-lived traces",
    "access.postnotice": "told once; whether it was read is no fact about a post",
    "access.export": "its request and its fetching are in the audit log",
    "access.exportfile": "written once with its export",
    "claims.claimversion": "append-only: it is the history of what was submitted",
    "claims.paperfile": "written once with its paper",
    "claims.obligationentry": "written once with its ledger entry",
    "claims.refund": "append-only",
    "claims.resultfile": "append-only: what the bank sent",
    "claims.resultline": "append-only: what a line did",
    "claims.lookrule": "append-only: each row is the rule from a day on",
    "claims.replay": "a trial: changes no claim and no money",
    "claims.replaydifference": "what a trial found",
}


@pytest.fixture
def scene(db):
    built = scenes.build()
    worker, roster = Worker.objects.all()[0], Roster.objects.all()[0]
    decided = {"decided_by": roster.uploaded_by, "decided_at": clock.now()}
    PairDecision.objects.create(
        kind="resident_id", number_digest=bytes(32), worker=worker, answer="apart", **decided
    )
    RowDecision.objects.create(
        roster=roster,
        row=2,
        code="name_differs",
        subject=bytes(32),
        choice="left_out",
        before="{}",
        **decided,
    )
    campaign = Campaign.objects.all()[0]
    GiftOverride.objects.create(
        campaign=campaign, worker=worker, reason="x", asked_by=roster.uploaded_by, asked_at=clock.now()
    )
    enter_opening_figures(
        by=SYSTEM,
        since_year=1999,
        until=dt.date(2024, 12, 31),
        enrolments=1,
        payouts=1,
        amount=Decimal("1.00"),
    )
    one_of_each()
    post = built.officers["sibling_officer"].posts.get()
    tomorrow = clock.today() + dt.timedelta(days=1)
    hand_over(by=SYSTEM, post=post, to=built.officers["union_officer"], first_day=tomorrow)
    DataRequest.objects.create(worker=worker, kind="erasure", asked_at=clock.now())
    BankAccount.objects.create(worker=worker, account="1", set_at=clock.now(), set_through="worker:1")
    return built


def test_every_model_is_tracked_or_has_a_reason():
    untracked = {
        model._meta.label_lower
        for model in apps.get_models()
        if model.__module__.startswith("unionbenefits.")
        and not hasattr(model, "pgh_event_model")
        and not hasattr(model, "pgh_tracked_model")
    }
    assert untracked == set(UNTRACKED)


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model._meta.label)
def test_insertions_and_bulk_sql_updates_leave_history(scene, model):
    rows = model._default_manager.count()
    events = model.pgh_event_model._default_manager
    assert rows > 0
    assert events.filter(pgh_label="insert").values("pgh_obj_id").distinct().count() == rows
    # Some column that history keeps, changed for every row at once by plain SQL.
    with connection.cursor() as cursor:
        cursor.execute(CHANGES[model._meta.label_lower])
        assert cursor.rowcount == rows
    assert events.filter(pgh_label="update").values("pgh_obj_id").distinct().count() == rows


# A change of every row in one statement, per tracked model.
CHANGES = {
    "accounts.user": "UPDATE accounts_user SET name = name || '甲'",
    "unions.union": "UPDATE unions_union SET area_code = '440699'",
    "enterprises.enterprise": "UPDATE enterprises_enterprise SET is_head = NOT is_head",
    "enterprises.industryaffiliation": "UPDATE enterprises_industryaffiliation SET since = since + 1",
    "access.post": "UPDATE access_post SET ends_on = '2099-12-31'",
    "access.handover": "UPDATE access_handover SET reason = '甲'",
    "workers.worker": "UPDATE workers_worker SET name = name || '甲'",
    "workers.identitydocument": "UPDATE workers_identitydocument SET retired_at = now()",
    "workers.membership": "UPDATE workers_membership SET note = '甲'",
    "workers.pairdecision": "UPDATE workers_pairdecision SET name_key = '甲'",
    "workers.rowdecision": "UPDATE workers_rowdecision SET choice = 'apart'",
    "workers.roster": "UPDATE workers_roster SET file_name = 'other.xlsx'",
    "funds.fund": "UPDATE funds_fund SET name = name || '甲'",
    "plans.plan": "UPDATE plans_plan SET name = name || '甲'",
    "plans.planversion": "UPDATE plans_planversion SET waiting_days = waiting_days + 1",
    "plans.coverage": "UPDATE plans_coverage SET first_enrolment = NOT first_enrolment",
    "campaigns.campaign": "UPDATE campaigns_campaign SET name = name || '甲'",
    "campaigns.campaignfund": 'UPDATE campaigns_campaignfund SET "order" = "order" + 1',
    "campaigns.allotment": "UPDATE campaigns_allotment SET copies = copies + 1",
    "campaigns.giftbatch": "UPDATE campaigns_giftbatch SET left_out = left_out + 1",
    "campaigns.gift": "UPDATE campaigns_gift SET occupation = 'courier'",
    "campaigns.revocation": "UPDATE campaigns_revocation SET kept = kept + 1",
    "campaigns.occupationgroup": "UPDATE campaigns_occupationgroup SET name = name || '甲'",
    "campaigns.giftoverride": "UPDATE campaigns_giftoverride SET reason = '甲'",
    "workers.reveal": "UPDATE workers_reveal SET weight = weight + 1",
    "workers.datarequest": "UPDATE workers_datarequest SET answer = '甲'",
    "workers.bankaccount": "UPDATE workers_bankaccount SET bank_name = '甲'",
    "workers.consent": "UPDATE workers_consent SET withdrawn_at = now()",
    "plans.openingfigures": "UPDATE plans_openingfigures SET payouts = payouts + 1",
    "claims.claim": "UPDATE claims_claim SET step = step + 1",
    "claims.paper": "UPDATE claims_paper SET added_by = 'x'",
    "claims.question": "UPDATE claims_question SET text = '甲'",
    "claims.finding": "UPDATE claims_finding SET weight = weight + 1",
    "claims.decision": "UPDATE claims_decision SET return_reason = '甲'",
    "claims.appeal": "UPDATE claims_appeal SET answer = '甲'",
    "claims.difference": "UPDATE claims_difference SET reason = '甲'",
    "claims.approvallimit": "UPDATE claims_approvallimit SET up_to = up_to + 1",
    "claims.secondlook": "UPDATE claims_secondlook SET note = '甲'",
    "claims.obligation": "UPDATE claims_obligation SET reason = '甲'",
    "claims.claimsfund": 'UPDATE claims_claimsfund SET "order" = "order" + 1',
    "claims.bankprofile": "UPDATE claims_bankprofile SET name = name || '甲'",
    "claims.paymentbatch": "UPDATE claims_paymentbatch SET total = total + 1",
    "claims.payment": "UPDATE claims_payment SET reason = '甲'",
}


def test_a_statement_that_changes_nothing_leaves_no_history(scene):
    model = type(scene.shared)
    before = model.pgh_event_model._default_manager.count()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE workers_worker SET name = name")
    assert model.pgh_event_model._default_manager.count() == before


# --- the chain


@pytest.fixture
def chain(db):
    """Five sealed entries on an unbroken chain."""
    entries = [record("test.act", by=SYSTEM, number=number) for number in range(5)]
    seal()
    assert chain_faults() == []
    return entries


def tamper(*statements: str) -> None:
    """What a superuser of the database could do: switch the triggers off, change rows, switch them on again."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET action = 'other' WHERE id = 1",
        "DELETE FROM audit_entry WHERE id = 1",
        "TRUNCATE audit_entry CASCADE",
        "UPDATE audit_seal SET hash = '' WHERE position = 1",
        "DELETE FROM audit_seal WHERE position = 1",
    ],
)
def test_the_log_cannot_be_changed_through_the_database(chain, statement):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL unionbenefits.test_database = 'off'")
    pk = str(chain[0].pk)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.replace("id = 1", f"id = {pk}"))


def test_a_changed_entry_shows(chain):
    tamper(f"UPDATE audit_entry SET data = '{{\"number\": 99}}' WHERE id = {chain[2].pk}")
    with override("en"):
        assert chain_faults() == [f"entry {chain[2].pk} was changed after it was sealed"]


@pytest.mark.parametrize("column", ["actor", "action", "object_id", "object_type"])
def test_a_change_of_any_column_shows(chain, column):
    tamper(f"UPDATE audit_entry SET {column} = 'x' WHERE id = {chain[0].pk}")
    assert len(chain_faults()) == 1


def test_a_changed_time_shows(chain):
    tamper(f"UPDATE audit_entry SET at = at - interval '1 day' WHERE id = {chain[4].pk}")
    assert len(chain_faults()) == 1


def test_a_removed_entry_shows(chain):
    position = chain[2].seal.position
    tamper(
        f"DELETE FROM audit_seal WHERE position = {position}",
        f"DELETE FROM audit_entry WHERE id = {chain[2].pk}",
    )
    assert chain_faults() != []


def test_a_seal_forged_without_the_key_shows(chain):
    last = Seal.objects.order_by("-position").first()
    tamper(
        f"UPDATE audit_entry SET action = 'forged' WHERE id = {last.entry_id}",
        f"UPDATE audit_seal SET hash = sha256(previous) WHERE position = {last.position}",
    )
    with override("en"):
        assert chain_faults() == [f"entry {last.entry_id} was changed after it was sealed"]


@pytest.mark.django_db(transaction=True)
def test_entries_are_sealed_once_committed():
    with transaction.atomic():
        record("test.act", by=SYSTEM)
        assert unsealed_count() >= 1
    assert unsealed_count() == 0
    assert chain_faults() == []
    assert Entry.objects.count() == Seal.objects.count()
