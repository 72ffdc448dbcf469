"""What is past keeping goes, and nothing else; each rule with its period and its source."""

import datetime as dt
import json

import pytest
from django.core.management import call_command

from tests.claims.scene import build
from tests.factories import EnterpriseFactory, UserFactory, WorkerFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.claims import actions
from unionbenefits.claims.models import PaperFile
from unionbenefits.core import clock
from unionbenefits.core.retention import rules
from unionbenefits.workers.models import Erasure, RetentionRun, Roster, RosterFile, RosterRow
from unionbenefits.workers.retention import purge_expired, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def travel(monkeypatch):
    """Moves the clock so many days on."""
    start = clock.now()
    return lambda days: monkeypatch.setattr(clock, "now", lambda: start + dt.timedelta(days=days))


def roster(state="applied"):
    user = UserFactory()
    applied = {"applied_at": clock.now(), "confirmed_by": user} if state == "applied" else {}
    made = Roster.objects.create(
        enterprise=EnterpriseFactory(), file_name="a.xlsx", file_sha256="0" * 64, state=state,
        uploaded_by=user, uploaded_at=clock.now(), judged_at=clock.now(), **applied,
    )  # fmt: skip
    RosterFile.objects.create(roster=made, sealed=b"\x01")
    RosterRow.objects.create(roster=made, row=2, verdict="accept")
    return made


def due():
    return {code for code, count in waiting().items() if count}


def test_rosters_lose_their_files_after_three_years(travel):
    applied, preview = roster(), roster("judged")
    assert due() == set()
    travel(2)
    assert due() == {"roster_previews"}
    assert purge_expired(by=SYSTEM).counts["roster_previews"] == 1
    assert list(RosterFile.objects.values_list("roster", flat=True)) == [applied.pk]
    travel(3 * 365)
    assert due() == set()
    travel(3 * 365 + 1)
    assert purge_expired(by=SYSTEM).counts["roster_files"] == 1
    assert (RosterFile.objects.count(), RosterRow.objects.count(), Roster.objects.count()) == (0, 0, 2)
    assert purge_expired(by=SYSTEM).counts["roster_files"] == 0
    assert preview.pk


def test_drafts_and_papers_go_when_their_time_is_over(travel):
    desk = build()
    draft, rejected = desk.draft(hospital="试验医院"), desk.filed()
    actions.withdraw(by=desk.worker, claim=rejected, reason="不申请了")
    PaperFile.objects.filter(paper__claim=rejected).exclude(paper__kind="invoice").delete()
    travel(181)
    assert due() == {"claim_drafts"}
    purge_expired(by=SYSTEM)
    draft.refresh_from_db()
    assert (draft.state, draft.hospital, draft.account) == ("withdrawn", "", None)
    assert [file.paper.claim_id for file in PaperFile.objects.all()] == [rejected.pk]
    travel(3 * 365 + 2)
    assert purge_expired(by=SYSTEM).counts["claim_papers"] == 1
    assert not PaperFile.objects.exists()


def test_sealed_vouchers_go_after_their_last_day(travel):
    kept = Erasure.objects.create(
        worker=WorkerFactory(), erased_at=clock.now(), erased_by="system", reason="x",
        kept_until=clock.today(), sealed="{}",
    )  # fmt: skip
    assert due() == set()
    travel(1)
    assert purge_expired(by=SYSTEM).counts["erased_vouchers"] == 1
    kept.refresh_from_db()
    assert kept.sealed is None


def test_the_command_counts_first_and_tells_every_rule(travel, capsys):
    roster("judged")
    travel(2)
    call_command("purge_expired", "--dry-run", "--json", "--language", "en")
    answer = json.loads(capsys.readouterr().out)
    assert (answer["dry_run"], answer["total"], RetentionRun.objects.count()) == (True, 1, 0)
    assert [rule["code"] for rule in answer["rules"]] == [rule.code for rule in rules()]
    assert all(rule["period"] and rule["source"] for rule in answer["rules"])
    call_command("purge_expired", "--json")
    assert json.loads(capsys.readouterr().out)["total"] == 1
    assert RetentionRun.objects.get().counts["roster_previews"] == 1
