"""check_integrity finds what constraints and triggers would have stopped, once they are out of the way."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from tests.campaigns.scene import scene
from tests.factories import IdentityDocumentFactory
from unionbenefits.audit.models import Entry as AuditEntry, Seal
from unionbenefits.campaigns.actions import confirm_revocation, propose_revocation, return_batch
from unionbenefits.campaigns.integrity import examine

pytestmark = pytest.mark.django_db

DROP = {
    "coverage_overlap": "ALTER TABLE plans_coverage DROP CONSTRAINT coverage_one_live_per_plan_and_day",
    "gift_twice": "DROP INDEX gift_one_per_worker_and_campaign",
    "document_shared": "DROP INDEX document_belongs_to_one_worker",
    "approver_is_preparer": "ALTER TABLE campaigns_giftbatch DROP CONSTRAINT batch_approver_is_not_preparer",
    "coverage_given_twice": "",
    "undo_confirmed_by_proposer": "ALTER TABLE campaigns_revocation"
    " DROP CONSTRAINT revocation_done_by_a_second_person",
}
BREAK = {
    "document_shared": "UPDATE workers_identitydocument d SET number_digest = o.number_digest"
    " FROM workers_identitydocument o WHERE o.id < d.id",
    "coverage_overlap": "INSERT INTO plans_coverage (worker_id, plan_id, plan_version_id, given_by_id, certificate_no,"
    " period, live_period, first_enrolment, status, issued_at) SELECT worker_id, plan_id, plan_version_id, given_by_id,"
    " '202699999999954', period, live_period, false, 'active', now() FROM plans_coverage WHERE NOT isempty(live_period)"
    " LIMIT 1",
    "gift_twice": "INSERT INTO campaigns_gift (campaign_id, batch_id, worker_id, enterprise_id, occupation, state, reason)"
    " SELECT campaign_id, batch_id, worker_id, enterprise_id, '', 'live', '' FROM campaigns_gift WHERE state = 'live' LIMIT 1",
    "fund_overdrawn": "UPDATE funds_entry SET amount = 10 WHERE kind = 'deposit'",
    "reversal_too_large": "INSERT INTO funds_entry (fund_id, kind, credit, debit, amount, copies, reference, reverses_id,"
    " made_by, made_at, memo) SELECT fund_id, 'reversal', 'used', 'available', amount + 1, 0, 'x', id, 'x', now(), ''"
    " FROM funds_entry WHERE kind = 'capture'",
    "hold_negative": "INSERT INTO funds_entry (fund_id, kind, credit, debit, amount, copies, reference, made_by, made_at,"
    " memo) SELECT fund_id, 'release', 'held', 'available', 1, 0, 'batch:0', 'x', now(), '' FROM funds_entry LIMIT 1",
    "allotment_exceeded": "UPDATE campaigns_allotment SET copies = 1",
    "batch_not_backed": "UPDATE campaigns_gift SET state = 'revoked' WHERE id = (SELECT min(id) FROM campaigns_gift)",
    "batch_not_held": "UPDATE funds_entry SET amount = amount - 1 WHERE kind = 'hold' AND reference = 'batch:{open}'",
    "batch_still_holds": "UPDATE campaigns_gift SET state = 'live' WHERE batch_id = {returned}",
    "batch_totals": "UPDATE campaigns_giftbatch SET copies = copies + 1 WHERE id = {open}",
    "batch_lines_changed": "UPDATE campaigns_gift SET occupation = 'other' WHERE batch_id = {open}",
    "entry_without_batch": "DELETE FROM campaigns_batchentry WHERE batch_id = {issued}",
    "gift_without_coverage": "UPDATE campaigns_gift SET coverage_id = NULL WHERE id = (SELECT min(id) FROM campaigns_gift)",
    "coverage_given_twice": "UPDATE campaigns_gift SET coverage_id = (SELECT min(id) FROM plans_coverage)"
    " WHERE batch_id = {issued}",
    "gift_of_other_campaign": "UPDATE campaigns_giftbatch SET allotment_id = {other} WHERE id = {issued}",
    "certificate_wrong": "UPDATE plans_coverage SET certificate_no = 'x' || id",
    "fund_limit_exceeded": 'UPDATE campaigns_campaignfund SET "limit" = 1',
    "shares_not_whole": "UPDATE campaigns_campaign SET fund_use = 'by_share'",
    "fund_not_of_campaign": "DELETE FROM campaigns_campaignfund",
    "allotment_misplaced": "UPDATE campaigns_allotment a SET parent_id = o.id FROM campaigns_allotment o"
    " WHERE o.id < a.id AND o.campaign_id <> a.campaign_id",
    "copies_not_counted": "UPDATE funds_entry SET copies = copies + 1 WHERE kind = 'hold'",
    "undone_money": "UPDATE campaigns_revocation SET amount = amount + 1 WHERE state = 'done'",
    "batch_undone_totals": "UPDATE campaigns_giftbatch SET revoked = revoked + 1 WHERE id = {issued}",
    "undone_but_covered": "UPDATE plans_coverage c SET live_period = c.period FROM campaigns_gift g"
    " WHERE g.coverage_id = c.id AND g.state = 'revoked'",
    "batch_draft_moves_money": "UPDATE campaigns_giftbatch SET state = 'draft' WHERE id = {open}",
    "undo_confirmed_by_proposer": "UPDATE campaigns_revocation SET decided_by_id = proposed_by_id",
    "approver_is_preparer": "UPDATE campaigns_giftbatch SET approved_by_id = prepared_by_id WHERE id = {issued}",
}


@pytest.fixture
def books(db):
    """An issued batch with one gift undone, an open and a returned batch, and a campaign apart."""
    s, other, third = scene(workers=3), scene(workers=2), scene(workers=2)
    IdentityDocumentFactory.create_batch(2)
    issued = s.issue_all()
    last = issued.gifts.order_by("-pk").values_list("pk", flat=True)[:1]
    undo = propose_revocation(by=s.preparer, batch=issued, reason="误发", gifts=list(last))
    confirm_revocation(by=s.approver, revocation=undo, digest=undo.digest)
    waiting = other.put_forward()
    returned = return_batch(by=third.approver, batch=third.put_forward(), reason="退回")
    return {"issued": issued.pk, "open": waiting.pk, "returned": returned.pk, "other": other.allotment.pk}


def run(*statements):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in filter(None, statements):
            cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_sound_books_have_no_fault(books):
    found = examine()
    assert found.faults == ()
    assert found.audit_entries == AuditEntry.objects.count() > 0


@pytest.mark.parametrize("code", BREAK)
def test_each_fault_is_found_and_put_in_words(books, code):
    run(DROP.get(code), BREAK[code].format(**books))
    found = examine().faults
    assert code in {fault.code for fault in found}
    assert all(fault.about in fault.text and "%" not in fault.text for fault in found)


def test_changed_and_removed_audit_entries_are_found(books):
    examine()
    middle = AuditEntry.objects.order_by("id")[2]
    run(f"UPDATE audit_entry SET actor = 'staff:nobody' WHERE id = {middle.pk}")
    assert {fault.code for fault in examine().faults} == {"audit_chain"}
    run(f"DELETE FROM audit_seal WHERE entry_id = {middle.pk}")
    assert "audit_chain" in {fault.code for fault in examine().faults}


def check(**options):
    out = StringIO()
    code = 0
    try:
        call_command("check_integrity", stdout=out, stderr=out, **options)
    except SystemExit as left:
        code = left.code
    return code, out.getvalue()


def test_command_answers_zero_when_sound(books):
    code, text = check(json=True)
    sealed = Seal.objects.count()
    head = f"AUDIT1:{sealed}:{bytes(Seal.objects.get(position=sealed).hash).hex()}"
    expected = {"ok": True, "faults": [], "audit_entries": sealed, "head": head}
    assert (code, json.loads(text)) == (0, expected)
    assert check(language="en")[0] == 0


def test_command_answers_one_and_names_the_fault(books):
    run(BREAK["allotment_exceeded"])
    code, text = check(json=True)
    document = json.loads(text)
    assert (code, document["ok"]) == (1, False)
    assert {fault["code"] for fault in document["faults"]} == {"allotment_exceeded"}
    code, text = check(language="en")
    assert code == 1
    assert "more places taken than given" in text
