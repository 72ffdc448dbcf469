"""issue_gifts, report, coverage_status: what other programs rely on (design §6)."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.campaigns.scene import members, scene
from tests.factories import EnterpriseFactory, IdentityDocumentFactory, PostFactory, UnionFactory, UserFactory
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns.actions import allot, issuing
from unionbenefits.campaigns.management.commands import issue_gifts
from unionbenefits.campaigns.models import Gift, GiftBatch
from unionbenefits.core import clock
from unionbenefits.plans.models import Coverage

pytestmark = pytest.mark.django_db


def call(name, *arguments, **options):
    out, code = StringIO(), 0
    try:
        call_command(name, *arguments, json=True, stdout=out, stderr=StringIO(), **options)
    except SystemExit as left:
        code = left.code
    return code, json.loads(out.getvalue())


@pytest.fixture
def served(db):
    """A union with places for two enterprises of its own and some left for the rest; officers with posts."""
    cover = {"cover_starts_on": clock.today(), "cover_ends_on": clock.last_day_of_year_from(clock.today())}
    s = scene(workers=3, places=3, money="100000.00", **cover)
    second = EnterpriseFactory(union=UnionFactory(parent=s.union))
    members(second, 2)
    sync_roles(by=SYSTEM)
    for officer in (s.preparer, s.approver):
        PostFactory(user=officer, union=s.union, role=Role.UNION_OFFICER)
    rest = allot(by=SYSTEM, campaign=s.campaign, union=s.union, copies=5, parent=None)
    return s, second, rest


def officers(s):
    return {"prepared_by": s.preparer.username, "approved_by": s.approver.username}


def test_dry_run_says_who_gets_it_who_does_not_and_the_cost_and_writes_nothing(served):
    s, _second, rest = served
    [young] = members(s.enterprise, 1, name="欧阳小明", birth_date=clock.today())
    code, said = call("issue_gifts", s.campaign.code, dry_run=True)
    assert code == 0
    assert (said["dry_run"], said["copies"], said["amount"]) == (True, 5, "475.00")
    own, union = said["units"]
    assert (own["unit"], own["copies"], own["left_out"]) == (s.enterprise.credit_code, 3, {"too_young": 1})
    assert own["workers"][0] == {
        "worker": young.pk,
        "name": "欧**明",
        "enterprise": s.enterprise.name,
        "reason": "too_young",
    }
    assert (union["unit"], union["copies"]) == (f"union:{rest.union_id}", 2)
    assert union["left_out"] == {"gifted_in_campaign": 3, "too_young": 1}
    assert not GiftBatch.objects.exists()


def test_run_issues_to_every_unit_and_again_changes_nothing(served):
    s = served[0]
    code, said = call("issue_gifts", s.campaign.code, **officers(s))
    assert (code, said["copies"], said["amount"], said["refused"]) == (0, 5, "475.00", None)
    before = list(Gift.objects.order_by("id").values())
    code, said = call("issue_gifts", s.campaign.code, **officers(s))
    assert (code, said["copies"]) == (0, 0)
    assert before == list(Gift.objects.order_by("id").values())
    assert Coverage.objects.count() == 5


def test_run_takes_up_what_was_left_open(served):
    s = served[0]
    batch = s.put_forward()
    _code, said = call("issue_gifts", s.campaign.code, unit=s.enterprise.credit_code, **officers(s))
    assert [unit["batches"] for unit in said["units"]] == [[batch.pk]]
    assert said["copies"] == 3


def test_refused_unit_does_not_keep_the_others_from_theirs(served):
    s, _second, rest = served
    members(s.enterprise, 1)
    allot(by=SYSTEM, campaign=s.campaign, union=rest.union, copies=6)
    for options in ({"dry_run": True}, officers(s)):
        code, said = call("issue_gifts", s.campaign.code, **options)
        assert (code, said["refused"]["code"]) == (1, "places_exhausted")
        assert [unit["refused"] is None for unit in said["units"]] == [False, True]
        assert [unit["copies"] for unit in said["units"]] == [0, 6]


def test_officers_are_named_different_entitled_and_above_the_units(served):
    s = served[0]
    with pytest.raises(CommandError) as usage:
        call("issue_gifts", s.campaign.code)
    assert usage.value.returncode == 2
    same = {"prepared_by": s.preparer.username, "approved_by": s.preparer.username}
    code, said = call("issue_gifts", s.campaign.code, **same)
    assert (code, said["refused"]["code"]) == (1, "approver_is_preparer")
    stranger = PostFactory(union=UnionFactory(), role=Role.UNION_OFFICER).user
    auditor = PostFactory(union=s.union, role=Role.AUDITOR).user
    for name, expected in [
        (stranger.username, "officer_not_allowed"),
        (auditor.username, "officer_not_allowed"),
        ("nobody", "officer_unknown"),
    ]:
        code, said = call("issue_gifts", s.campaign.code, prepared_by=s.preparer.username, approved_by=name)
        assert (code, said["refused"]["code"]) == (1, expected)
    assert not Coverage.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("issue_gifts", "nowhere"), "campaign_unknown"),
        (("report", "nowhere"), "campaign_unknown"),
    ],
)
def test_unknown_campaign_is_refused_with_a_sentence(db, arguments, code):
    left, said = call(*arguments, **({"dry_run": True} if arguments[0] == "issue_gifts" else {}))
    assert (left, said["refused"]["code"]) == (1, code)
    assert said["refused"]["message"]


def test_unit_without_places_is_refused(served):
    code, said = call("issue_gifts", served[0].campaign.code, unit="union:0", dry_run=True)
    assert (code, said["refused"]["code"]) == (1, "unit_has_no_places")


def test_report_prints_the_press_figures(served):
    s = served[0]
    call("issue_gifts", s.campaign.code, **officers(s))
    code, said = call("report", s.campaign.code)
    assert code == 0
    assert {key: said["press"][key] for key in ("units", "workers", "amount")} == {
        "units": 2,
        "workers": 5,
        "amount": "475.00",
    }
    assert sum(line["workers"] for line in said["by_enterprise"]) == 5


def test_lines_for_people(served, capsys):
    s = served[0]
    for arguments, options in [
        (("issue_gifts", s.campaign.code), {"dry_run": True}),
        (("issue_gifts", s.campaign.code), officers(s)),
        (("report", s.campaign.code), {}),
    ]:
        out = StringIO()
        call_command(*arguments, stdout=out, language="en", **options)
        assert "475.00" in out.getvalue()


def test_coverage_status_shows_what_the_worker_sees_masked(served):
    s = served[0]
    worker = s.workers[0]
    worker.name = "欧阳长风"
    worker.save()
    document = IdentityDocumentFactory(worker=worker)
    call("issue_gifts", s.campaign.code, **officers(s))
    typed = f" {document.number[:6]} {document.number[6:]} "
    code, said = call("coverage_status", document=typed)
    assert code == 0
    assert said["document"] == document.number[:3] + "*" * 11 + document.number[-4:]
    [one] = said["workers"]
    [cover] = one["current"]
    assert (one["name"], one["covered"]) == ("欧**风", True)
    assert cover["first_day"] == s.campaign.cover_starts_on.isoformat()
    assert cover["last_day"] == s.campaign.cover_ends_on.isoformat()
    assert cover["rates"] == ["0.80", "0.70"]
    assert cover["certificate_no"] == Coverage.objects.get(worker=worker).certificate_no


def test_coverage_status_of_nobody_is_refused(db):
    code, said = call("coverage_status", document="440699199003070010")
    assert (code, said["refused"]["code"]) == (1, "worker_unknown")


def test_a_second_approver_is_named_where_the_amount_asks_for_one(served):
    s, _second, _rest = served
    s.campaign.second_approval_above = 100
    s.campaign.save()
    third = UserFactory()
    PostFactory(user=third, union=s.union, role=Role.UNION_OFFICER)
    unit = {"unit": s.enterprise.credit_code, **officers(s)}
    code, said = call("issue_gifts", s.campaign.code, **unit)
    assert (code, said["refused"]["code"]) == (1, "second_approval_missing")
    code, said = call("issue_gifts", s.campaign.code, second_approved_by=s.approver.username, **unit)
    assert (code, said["refused"]["code"]) == (1, "second_approver_is_first")
    code, said = call("issue_gifts", s.campaign.code, second_approved_by=third.username, **unit)
    assert (code, said["copies"]) == (0, 3)
    batch = GiftBatch.objects.get()
    assert (batch.approved_by, batch.second_by, batch.issued_by) == (s.approver, third, s.approver)


def test_progress_of_large_units_is_told_on_the_error_stream(served, monkeypatch):
    s, _second, _rest = served
    monkeypatch.setattr(issue_gifts, "MANY", 2)
    monkeypatch.setattr(issuing, "_AT_ONCE", 2)
    out, err = StringIO(), StringIO()
    options = {"unit": s.enterprise.credit_code, "json": True, **officers(s)}
    call_command("issue_gifts", s.campaign.code, stdout=out, stderr=err, **options)
    assert json.loads(out.getvalue())["copies"] == 3
    assert err.getvalue().splitlines() == [f"{s.enterprise.name}: {done} / 3" for done in (2, 3)]
