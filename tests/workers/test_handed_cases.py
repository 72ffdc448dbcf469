"""Every handed case of import, identity, dedupe and upload security, end to end through the database, on its own files.

`cases-handed.json` drives it: each word of an oracle is checked (see oracles.py). Cases over several files and
scenarios without one have a test of their own, named after the case; test_every_handed_case_has_a_test knows them all.
"""

import datetime as dt
import io
import json
import os
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.factories import PlanVersionFactory, PostFactory, resident_number
from tests.workers.conftest import LARK, SWALLOW, person, sheet, told, totals, verdicts
from tests.workers.oracles import CHECKS, Outcome, check
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM, System
from unionbenefits.campaigns import actions as campaigns
from unionbenefits.campaigns.models import Gift
from unionbenefits.campaigns.queries import preview
from unionbenefits.core import clock
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.funds import actions as funds
from unionbenefits.plans.models import Coverage
from unionbenefits.workers import tasks
from unionbenefits.workers.models import Membership, Roster, RosterFile, RosterLeaver, Worker
from unionbenefits.workers.roster import actions, decisions, queries, report
from unionbenefits.workers.roster.codes import RosterRefused
from unionbenefits.workers.roster.states import RosterMode, RosterState

pytestmark = pytest.mark.django_db

BASE = Path(os.environ.get("SHARED_DIR") or Path(__file__).resolve().parents[3] / "shared") / "cases"
AREAS = {"import", "identity", "dedupe", "security"}


def handed() -> list[dict]:
    path = BASE / "cases-handed.json"
    return json.loads(path.read_text(encoding="utf-8"))["cases"] if path.is_file() else []


OF_ONE_FILE = [
    (case["id"], name, expect)
    for case in handed()
    if case["area"] in AREAS and case["id"] != "C082"
    for name, expect in case["expect"].items()
    if name in case["files"]
]
ELSEWHERE = {"no_raw_html", "max_memory_mb"}
"""Words of oracles with a test of their own below."""
SCENARIOS = {
    "C048": "test_c048_blank_never_wipes",
    "C068": "test_c068_changed_number_keeps_cover_and_gift",
    "C070": "test_c070_same_roster_twice_gives_nobody_a_second_gift",
    "C072": "test_c072_rider_on_two_platforms_has_one_cover",
    "C074": "test_c074_additions_and_full_list",
    "C078": "test_c078_confirmed_is_what_was_seen",
    "C079": "test_c079_job_delivered_again",
    "C082": "test_c082_as_clerk_through_the_command",
}
NOT_OF_ROSTERS = {
    "C144": "objects of others on every address: tests/meta/test_panel_sweep.py and tests/portal"
}


def test_every_handed_case_has_a_test():
    cases = {case["id"] for case in handed() if case["area"] in AREAS}
    assert cases, (
        f"No handed cases in {BASE}. Put the folder `shared` beside the repository or set SHARED_DIR."
    )
    driven = {case for case, _name, _expect in OF_ONE_FILE}
    assert cases - driven - SCENARIOS.keys() - NOT_OF_ROSTERS.keys() == set()
    assert [name for name in SCENARIOS.values() if name not in globals()] == []


def test_every_word_of_an_oracle_is_understood():
    words = {word for _case, _name, expect in OF_ONE_FILE for word in expect}
    assert words - CHECKS.keys() - ELSEWHERE == set()


@pytest.mark.parametrize(
    ("case", "name", "expect"), OF_ONE_FILE, ids=[f"{case}-{name}" for case, name, _e in OF_ONE_FILE]
)
def test_case_file_ends_in_the_register_as_its_oracle_says(import_case, case, name, expect):
    before, start = Enterprise.objects.count(), time.perf_counter()
    roster = import_case(name)
    outcome = Outcome(roster, before, time.perf_counter() - start, lambda: import_case(name))
    for word, expected in expect.items():
        if word not in ELSEWHERE:
            check(word, expected, outcome)


def test_c028_million_empty_rows_in_bounded_memory(case_bytes):
    """Read and judged in a process of its own, whose peak is that of this file."""
    limit = expectation("C028", "028-million-empty-rows.xlsx")["max_memory_mb"]
    script = (
        "import re, sys, datetime as dt, django\ndjango.setup()\n"
        "from unionbenefits.workers.roster.judge import judge\n"
        "from unionbenefits.workers.roster.facts import JudgeOptions\n"
        "from unionbenefits.workers.roster.read import read_workbook\n"
        "rows = judge(read_workbook(open(sys.argv[1], 'rb').read()), JudgeOptions(today=dt.date(2026, 1, 1))).rows\n"
        # ru_maxrss would begin with the peak of the test process that this one was forked from.
        "peak = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]\n"
        "print(len(rows), int(peak) // 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(BASE / "files" / "028-million-empty-rows.xlsx")],
        capture_output=True, text=True, check=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "unionbenefits.settings", "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    people, peak = map(int, done.stdout.split())
    assert (people, peak < limit) == (2, True)


def expectation(case: str, name: str) -> dict:
    return next(expect for found, file, expect in OF_ONE_FILE if (found, file) == (case, name))


# -- gifts of a campaign, for the cases that count them


@pytest.fixture
def approver(units):
    return PostFactory(role=Role.UNION_OFFICER, union=units[SWALLOW].union).user


@pytest.fixture
def allotments(units):
    """Places of one open campaign for every test enterprise."""
    owner = units[SWALLOW].union
    campaign = campaigns.open_campaign(
        by=SYSTEM, code="handed", name="赠送", owner=owner, plan_version=PlanVersionFactory(),
        opens_on=dt.date(2020, 1, 1), closes_on=dt.date(2099, 12, 31),
        cover_starts_on=dt.date(2026, 1, 1), cover_ends_on=dt.date(2026, 12, 31),
    )  # fmt: skip
    fund = funds.open_fund(by=SYSTEM, name="资金", owner=owner, year=2026)
    funds.deposit(by=SYSTEM, fund=fund, amount=Decimal("10000.00"))
    campaigns.set_funds(by=SYSTEM, campaign=campaign, funds=[fund])
    return {
        code: campaigns.allot(by=SYSTEM, campaign=campaign, copies=20, enterprise=unit)
        for code, unit in units.items()
    }


@pytest.fixture
def give(officer, approver, allotments):
    """Puts a roster's people forward, has them approved and issues; answers how many got it."""

    def run(roster, code=SWALLOW):
        if not preview(allotments[code], roster=roster).eligible:
            with pytest.raises(Refusal) as refusal:
                campaigns.put_forward(by=officer, allotment=allotments[code], roster=roster)
            assert refusal.value.code == "nobody_eligible"
            return 0
        batch = campaigns.put_forward(by=officer, allotment=allotments[code], roster=roster)
        batch = campaigns.approve_batch(by=approver, batch=batch, digest=batch.digest)
        return campaigns.issue_batch(by=officer, batch=batch).issued

    return run


# -- cases over several files, and scenarios


def test_c048_blank_never_wipes(import_case):
    import_case("048a-first-full.xlsx")
    import_case("048b-second-with-blanks.xlsx")
    expect = next(case for case in handed() if case["id"] == "C048")["expect"]["after_b"]
    for number, values in expect.items():
        worker = Worker.objects.with_document(number).get()
        membership = worker.memberships.get()
        found = {
            "phone": worker.phone, "note": membership.note, "job": membership.occupation_as_given,
        }  # fmt: skip
        assert {name: found[name] for name in values} == values


def test_c068_changed_number_keeps_cover_and_gift(import_file, officer, give, capsys):
    old, new = "440000197203039014", "440000197203139031"
    assert give(import_file(sheet(person("崔测改", old, "19900000321")))) == 1
    worker = Worker.objects.get()

    roster = import_file(sheet(person("崔测改", new, "19900000321")), file_name="new.xlsx", apply=False)
    assert (verdicts(roster), told(roster)[2][0]) == ({2: "hold"}, "possible_same_as_known")
    roster = decisions.settle_row(
        by=officer, roster=roster, row=roster.rows.get().pk, code="possible_same_as_known", field="",
        choice="same",
    )  # fmt: skip
    roster = actions.apply_roster(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    assert totals() == (1, 2, 1)
    assert give(roster) == 0
    assert (Gift.objects.count(), Coverage.objects.count()) == (1, 1)
    for number in (old, new):
        assert list(Worker.objects.find(number)) == [worker]
        call_command("coverage_status", "--document", number, "--json")
        (found,) = json.loads(capsys.readouterr().out)["workers"]
        covers = found["current"] + found["upcoming"] + found["past"]
        assert [one["certificate_no"] for one in covers] == [Coverage.objects.get().certificate_no]
    assert [bool(d.retired_at) for d in worker.documents.order_by("pk")] == [True, False]
    assert worker.documents.order_by("pk")[0].events.count() == 2


def test_c070_same_roster_twice_gives_nobody_a_second_gift(import_case, give):
    expect = next(case for case in handed() if case["id"] == "C070")["expect"]
    assert give(import_case("070a-roster.xlsx")) == expect["benefits_after"]
    again = import_case("070a-roster.xlsx")
    assert [notice.code for notice in queries.notices_of(again)] == ["already_uploaded"]
    resaved = import_case("070b-same-roster-resaved.xlsx")
    for roster in (again, resaved):
        assert (roster.counts["unchanged"], roster.counts["new"], roster.counts["changed"]) == (4, 0, 0)
        assert give(roster) == 0
    assert Worker.objects.count() == expect["persons_after"]
    assert (Gift.objects.count(), Coverage.objects.count()) == (expect["benefits_after"],) * 2


def test_c072_rider_on_two_platforms_has_one_cover(import_case, give, units):
    expect = next(case for case in handed() if case["id"] == "C072")["expect"]
    assert give(import_case("072a-platform-a.xlsx", SWALLOW)) == 3
    second = import_case("072b-platform-b.xlsx", LARK, as_clerk=True)
    assert give(second, LARK) == 1
    assert Worker.objects.count() == expect["persons_after"]
    assert Membership.objects.count() == expect["employments_after"]
    assert (Coverage.objects.count(), Gift.objects.filter(state="live").count()) == (
        expect["coverages_after"],
    ) * 2
    said = " ".join(f.text() for row in second.rows.all() for f in queries.findings_of(row))
    assert "belongs_to_another_unit" in {code for codes in told(second).values() for code in codes}
    assert units[SWALLOW].name not in said


@pytest.mark.parametrize("mode", ["additions", "full_confirmed"])
def test_c074_additions_and_full_list(import_case, mode):
    expect = next(case for case in handed() if case["id"] == "C074")["expect"][mode]
    first = import_case("074a-month1-full.xlsx")
    assert first.counts["new"] == 5
    full = mode == "full_confirmed"
    roster = import_case(
        "074b-month2.xlsx", mode=RosterMode.FULL if full else RosterMode.ADDITIONS, confirm_leavers=full
    )
    assert Membership.objects.filter(left_on__isnull=True).count() == expect["active_after"]
    ended = RosterLeaver.objects.filter(roster=roster, ended=True)
    assert ended.count() == expect.get("ended", 0)
    codes = {str(notice.code) for notice in queries.notices_of(roster)}
    assert ({"leavers", "leavers_many"} <= codes) is full
    assert all(leaver.membership.worker.name for leaver in ended)


@pytest.fixture
def previewed(units, officer):
    """A roster that waits for confirmation, as another process would find it."""

    def run(*rows, by=officer, code=SWALLOW):
        roster = actions.receive_roster(
            by=by, enterprise=units[code], file_name="r.xlsx", content=sheet(*rows),
            mode=RosterMode.ADDITIONS, as_clerk=False,
        )  # fmt: skip
        tasks.judge_roster(roster.pk)
        return Roster.objects.get(pk=roster.pk)

    return run


def test_c078_confirmed_is_what_was_seen(previewed, officer, stranger, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    roster = previewed(person(number=resident_number(1)))
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(RosterRefused):
        actions.confirm_roster(by=officer, roster=roster, verdict_digest="../../etc/passwd")
    with pytest.raises(NotFound):
        actions.confirm_roster(by=stranger, roster=roster, verdict_digest=roster.verdict_digest)
    assert totals() == (0, 0, 0)

    other = previewed(person("王别人", resident_number(1)), code=LARK)
    actions.apply_roster(by=officer, roster=other, verdict_digest=other.verdict_digest)
    with pytest.raises(RosterRefused) as stale:
        actions.apply_roster(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    assert (stale.value.code, totals()) == ("roster_stale", (1, 1, 1))

    third = previewed(person("陈测二", resident_number(3)))
    for _click in range(2):
        actions.confirm_roster(by=officer, roster=third, verdict_digest=third.verdict_digest)
        tasks.apply_roster(third.pk, third.verdict_digest)
    assert totals() == (2, 2, 2)

    late = previewed(person("陈测三", resident_number(5)))
    Roster.objects.filter(pk=late.pk).update(
        uploaded_at=clock.now() - dt.timedelta(hours=26), judged_at=clock.now() - dt.timedelta(hours=25)
    )
    actions.expire_rosters(by=System("expiry"))
    with pytest.raises(RosterRefused) as expired:
        actions.confirm_roster(by=officer, roster=late, verdict_digest=late.verdict_digest)
    assert (expired.value.code, RosterFile.objects.filter(roster=late).exists()) == ("roster_expired", False)


def test_c079_job_delivered_again(previewed, officer, give):
    """What two workers do at the same moment, and after a kill, is tried in test_roster_together.py."""
    roster = previewed(person(number=resident_number(1)))
    for _delivery in range(2):
        tasks.judge_roster(roster.pk)
    roster.refresh_from_db()
    roster = actions.confirm_roster(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
    for _delivery in range(3):
        tasks.apply_roster(roster.pk, roster.verdict_digest)
        tasks.judge_roster(roster.pk)
    roster.refresh_from_db()
    assert (roster.state, totals()) == (RosterState.APPLIED, (1, 1, 1))
    assert [give(roster), give(roster)] == [1, 0]
    assert (Gift.objects.count(), Coverage.objects.count()) == (1, 1)


def test_c082_as_clerk_through_the_command(import_case, units, capsys):
    """The person of row 3 exists at the other enterprise, which must not show."""
    name = "082-other-enterprise-rows.xlsx"
    import_case(name, LARK)
    expect = next(case for case in handed() if case["id"] == "C082")["expect"][name]
    call_command("import_roster", str(BASE / "files" / name), "--enterprise", SWALLOW, "--as-clerk", "--json")
    printed = capsys.readouterr().out
    document = json.loads(printed)
    found = {row["row"]: row["verdict"] for row in document["rows"]}
    assert sorted(row for row, verdict in found.items() if verdict == "accept") == expect["accept_rows"]
    assert [row for row, verdict in found.items() if verdict == "reject"] == expect["reject"]
    refused = next(row for row in document["rows"] if row["row"] == expect["reject"][0])
    assert (refused["codes"], refused["action"]) == (["outside_unit"], "none")
    assert units[LARK].name not in printed
    roster = Roster.objects.latest("pk")
    assert set(roster.rows.filter(verdict="accept").values_list("enterprise", flat=True)) == {
        units[SWALLOW].pk
    }


def test_c046_no_raw_html_on_the_page_or_in_the_report(import_case, client, officer):
    sync_roles(by=SYSTEM)
    roster = import_case("046-html-in-names.csv", apply=False)
    written = [cell for row in roster.rows.all() for cell in queries.cells_of(row) if "<" in cell]
    assert written
    client.force_login(officer)
    for address in (
        reverse("admin:roster_review", args=[roster.pk]) + "?show=all",
        reverse("admin:workers_rosterrow_changelist"),
    ):
        text = client.get(address).content.decode()
        assert [cell for cell in written if cell in text] == []
    book = openpyxl.load_workbook(io.BytesIO(report.report_workbook(roster)))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value in written]
    assert {cell.data_type for cell in cells} == {"s"}


def test_c016_c064_held_spellings_settled_end_with_one_person_each(previewed, import_case, officer):
    """The rows that the oracles hold are decided; nobody is doubled and no good name is lost."""
    for name, people in (("016-pua-and-substitute-names.xlsx", 1), ("064-variant-characters.csv", 6)):
        roster = import_case(name)
        for row in roster.rows.filter(verdict="hold"):
            roster = decisions.settle_row(
                by=officer, roster=roster, row=row.pk, code="name_differs", field="name", choice="proposed"
            )
        assert (roster.counts["hold"], roster.counts["accept"]) == (0, roster.counts["rows"])
        decisions.apply_settled(by=officer, roster=roster, verdict_digest=roster.verdict_digest)
        assert Worker.objects.count() == people
    assert Worker.objects.filter(name="王䶮").exists()
