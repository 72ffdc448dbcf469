"""Papers, accounts and invoice numbers are unreadable without the keys (invariant 11)."""

import pytest
from django.db import connection

from tests.claims import scene
from tests.factories.claims import ACCOUNT
from unionbenefits.audit.models import Entry
from unionbenefits.claims import actions


@pytest.mark.django_db
def test_a_dump_of_every_claims_table_holds_no_account_invoice_or_picture():
    desk = scene.build()
    claim = desk.filed(invoice_no="粤00123456")
    desk.approved(claim)
    paper = claim.papers.first()
    content = actions.view_paper(by=desk.people[0], paper=paper)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_name LIKE 'claims\\_%' OR table_name LIKE 'audit\\_%'"
        )
        tables = [name for [name] in cursor.fetchall()]
        text = ""
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            text += cursor.fetchone()[0]
    assert "claims_paperfile" in tables
    assert claim.number in text
    for secret in (ACCOUNT, "00123456", content[:64].hex()):
        assert secret not in text
        assert secret.encode().hex() not in text


@pytest.mark.django_db
def test_each_look_at_a_paper_is_logged():
    desk = scene.build()
    paper = desk.filed().papers.first()
    actions.view_paper(by=desk.people[0], paper=paper)
    [entry] = Entry.objects.filter(action="claim.view_paper")
    assert (entry.actor, entry.object_id) == (desk.people[0].audit_name, str(paper.pk))
