"""The scenario through the real verbs: small with every interruption, and once in full."""

import json
import os
import signal
import subprocess
import sys
from decimal import Decimal
from io import StringIO
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.demo.scene import SMALL, every_row, standing
from tests.factories import MembershipFactory
from unionbenefits.campaigns import actions as campaigns
from unionbenefits.campaigns.models import Campaign, GiftBatch
from unionbenefits.campaigns.queries import batch_lines_digest
from unionbenefits.core.embedded import URL_VARIABLE
from unionbenefits.core.errors import Refusal
from unionbenefits.demo import giving, incoming, lines, organisation, scenario, staff, totals, workbooks
from unionbenefits.demo.units import Industry
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.plans.models import Coverage
from unionbenefits.unions.models import Union
from unionbenefits.workers.models import Roster
from unionbenefits.workers.roster import actions as rosters
from unionbenefits.workers.roster.states import RosterMode, RosterState


def quiet(_sentence: str) -> None:
    """Nobody listens."""


@pytest.mark.django_db
def test_small_scenario_gives_to_everybody_meant_to_get_it(tmp_path):
    built = scenario.build(SMALL, tmp_path, quiet)
    found = totals.read(built)
    faults = [
        line.fault.code for plan in built.plans for line in plan.lines if line.fault and line.fault.code
    ]
    assert (found.units, found.workers) == (5, 300)
    assert found.amount == 300 * found.fee
    assert found.transport_copies == 120
    assert found.rejected + found.held == len(faults)
    assert found.reject_codes.keys() | found.hold_codes.keys() == set(faults)
    assert found.repeated_in_file == sum(plan.repeated_in_file for plan in built.plans)
    assert found.joined == sum(plan.from_other_units for plan in built.plans)
    assert found.people == 300 + sum(plan.retired for plan in built.plans)
    assert sum(found.left_out.values()) == found.joined + found.people - 300
    assert found.deposited - found.available == found.amount


@pytest.mark.django_db
def test_preparer_approver_and_uploader_are_who_they_should_be(tmp_path):
    scenario.build(SMALL, tmp_path, quiet)
    acted = GiftBatch.objects.values_list(
        "roster__enterprise__credit_code",
        "roster__uploaded_by__username",
        "prepared_by__username",
        "approved_by__username",
        "issued_by__username",
    )
    uploader = {SMALL[0].enterprise_code: "clerk"}
    assert set(acted) == {
        (unit.enterprise_code, "transport", "transport", "province", "province")
        if unit.industry is Industry.TRANSPORT
        else (
            unit.enterprise_code,
            uploader.get(unit.enterprise_code, "nanhai"),
            "nanhai",
            "nanhai2",
            "nanhai2",
        )
        for unit in SMALL
    }


@pytest.mark.django_db
def test_what_an_interrupted_run_left_is_completed(tmp_path):
    """A roster uploaded but not judged, one judged but not applied, a batch put forward, one approved."""
    built = organisation.build(SMALL)
    people = staff.employ(built, built.enterprises[SMALL[0].enterprise_code])
    campaign = giving.prepare(built, people, SMALL)
    plans = lines.plan_rosters(SMALL)
    paths = incoming.write_rosters(plans, tmp_path, applied=())
    for plan, path, judged in ((plans[3], paths[3], False), (plans[4], paths[4], True)):
        roster = rosters.receive_roster(
            by=people["transport"],
            enterprise=built.enterprises[plan.unit.enterprise_code],
            file_name=workbooks.file_name(plan),
            content=path.read_bytes(),
            mode=RosterMode.ADDITIONS,
            as_clerk=False,
        )
        if judged:
            rosters.judge_roster(by=people["transport"], roster=roster)
    applied = incoming.import_rosters(plans[:2], paths[:2], built, people, lambda *_of: None)
    for unit, is_approved in ((SMALL[0], False), (SMALL[1], True)):
        batch = campaigns.put_forward(
            by=people["nanhai"],
            allotment=campaign.allotments.get(enterprise__credit_code=unit.enterprise_code),
            roster=applied[unit.enterprise_code],
        )
        if is_approved:
            campaigns.approve_batch(by=people["nanhai2"], batch=batch, digest=batch_lines_digest(batch))
    scenario.build(SMALL, tmp_path, quiet)
    assert standing()["workers"] == 300
    assert Roster.objects.filter(state=RosterState.APPLIED).count() == Roster.objects.count() == 5
    assert GiftBatch.objects.count() == 5


_RUN = """
import django, sys
django.setup()
from pathlib import Path
from tests.factories import MembershipFactory
from tests.demo.scene import SMALL
from unionbenefits.demo import scenario
scenario.build(SMALL, Path(sys.argv[1]), lambda sentence: print(sentence, flush=True))
"""


@pytest.mark.django_db(transaction=True)
def test_run_killed_again_and_again_ends_like_an_undisturbed_one(tmp_path):
    """kill -9 after the 1st, 3rd, 5th … sentence; every run gets further, the last one is left alone."""
    to = connection.settings_dict
    url = f"postgresql://{quote(to['USER'])}@/{quote(to['NAME'])}?" + urlencode({"host": to["HOST"]})
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "unionbenefits.settings", URL_VARIABLE: url}
    for sentences in (1, 3, 4, 5):
        process = subprocess.Popen(
            [sys.executable, "-c", _RUN, str(tmp_path)],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        for _line in range(sentences):
            assert process.stdout.readline()
        process.kill()
        assert process.wait() == -signal.SIGKILL
        process.stdout.close()
    assert GiftBatch.objects.exists() or Roster.objects.filter(state=RosterState.APPLIED).exists()
    scenario.build(SMALL, tmp_path, quiet)
    disturbed = standing()
    before = every_row()
    assert not scenario.build(SMALL, tmp_path, quiet).changed
    assert every_row() == before
    plans = lines.plan_rosters(SMALL)
    assert disturbed["workers"] == 300
    assert disturbed["people"] == 300 + sum(plan.retired for plan in plans)
    assert disturbed["memberships"] == 300 + sum(plan.retired + plan.from_other_units for plan in plans)
    assert Coverage.objects.count() == 300


@pytest.mark.django_db(transaction=True)
def test_demo_ends_at_the_published_totals_and_a_second_run_changes_no_row(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    first = json.loads(demo("--json"))
    assert (
        first["totals"]
        | {
            "units": 35,
            "workers": 20_812,
            "amount": "1977140.00",
            "transport_copies": 1_372,
            "transport_amount": "130340.00",
            "deposited": "30000000.00",
            "available": "28022860.00",
            "rosters": 35,
        }
        == first["totals"]
    )
    assert len(list((tmp_path / "demo" / "rosters").glob("*.xlsx"))) == 35
    assert [worker["covered"] for worker in first["workers"]] == [True, False]
    before = every_row()
    assert json.loads(demo("--json")) == first
    assert every_row() == before
    assert "20,812" in demo()
    campaign = Campaign.objects.get(code=giving.CAMPAIGN)
    assert campaign.gifts.filter(state="live").values("worker").distinct().count() == 20_812


def demo(*arguments: str) -> str:
    """The command's stdout."""
    out = StringIO()
    call_command("demo", "--no-serve", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.mark.django_db
def test_totals_other_than_the_published_ones_are_refused(tmp_path):
    built = scenario.build(SMALL, tmp_path, quiet)
    with pytest.raises(Refusal) as refused:
        totals.check(built, totals.read(built))
    assert refused.value.code == "totals_differ"
    assert "300" in str(refused.value)


@pytest.mark.django_db
def test_what_people_add_to_the_demo_later_is_told_and_not_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(totals, "PUBLISHED", totals.Figures(5, 300, Decimal("28500.00"), 120))
    built = scenario.build(SMALL, tmp_path, quiet)
    assert totals.check(built, totals.read(built))
    member = MembershipFactory(enterprise=Enterprise.objects.get(credit_code=SMALL[3].enterprise_code))
    holder = Union.objects.get(name=Industry.TRANSPORT.value)
    allotment = campaigns.allot(by=built.staff["province"], campaign=built.campaign, copies=130, union=holder)
    batch = campaigns.put_forward(by=built.staff["transport"], allotment=allotment, only=[member.worker_id])
    campaigns.approve_batch(by=built.staff["province"], batch=batch, digest=batch_lines_digest(batch))
    campaigns.issue_batch(by=built.staff["province"], batch=batch)
    again = scenario.build(SMALL, tmp_path, quiet)
    found = totals.read(again)
    assert (found.workers, again.changed) == (301, False)
    assert not totals.check(again, found)
