"""The pages of replays: started, watched, stopped, gone on with, and read difference by difference."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.claims.scene import build
from tests.claims.test_replays import replayed, stay, two_stays, version_with
from tests.factories import PostFactory, UserFactory
from unionbenefits.access.roles import Role
from unionbenefits.claims.actions.replaying import run_replay
from unionbenefits.claims.models import Replay
from unionbenefits.claims.rules import RULESET


def move(desk, office):
    """The desk's worker serves in the office's district."""
    desk.worker.memberships.update(enterprise=office.enterprise)
    return desk


@pytest.fixture
def desk(office):
    return move(build(), office)


@pytest.fixture
def approver(office):
    return PostFactory(role=Role.CLAIMS_APPROVER, user=UserFactory(), union=office.district).user


def start(client, version, ruleset=RULESET):
    return client.post(reverse("admin:replay_start"), {"plan_version": version.pk, "ruleset": ruleset})


def test_an_officer_starts_one_for_the_own_office_and_reads_what_changes(desk, approver, office, sign_in):
    first, second = two_stays(desk)
    client = sign_in(approver)
    version = version_with(desk, rates=[Decimal("0.50"), Decimal("0.80")])
    answer = start(client, version)
    replay = Replay.objects.get()
    assert answer.headers["Location"] == reverse("admin:replay_review", args=[replay.pk])
    assert (replay.office, replay.started_by) == (office.district, approver)
    page = client.get(answer.headers["Location"])
    assert page.context["runs_now"]
    assert 'hx-trigger="every 1s"' in page.content.decode()
    run_replay(replay=replay.pk)
    page = client.get(answer.headers["Location"])
    assert not page.context["runs_now"]
    assert [(tab.code, tab.count) for tab in page.context["tabs"]] == [("", 2), ("less", 1), ("more", 1)]
    text = page.content.decode()
    for shown in (first.number, second.number, "-2,100.00", "700.00", "3,500.00", "10,500.00", "9,100.00"):
        assert shown in text, shown
    less = client.get(answer.headers["Location"] + "?kind=less").context["rows"].rows
    assert [row.decision.claim_id for row in less] == [first.pk]
    assert [len(row.why) for row in less] == [1]


def test_a_second_press_leads_to_the_same_and_wrong_choices_are_explained(desk, approver, sign_in):
    client = sign_in(approver)
    version = version_with(desk)
    assert start(client, version).headers["Location"] == start(client, version).headers["Location"]
    assert Replay.objects.count() == 1
    assert start(client, version, "1999.1").status_code == 422


def test_the_bar_the_stop_and_going_on(desk, approver, sign_in):
    desk.approved(desk.filed(**stay(0)))
    client = sign_in(approver)
    start(client, version_with(desk))
    replay = Replay.objects.get()
    bar = client.get(reverse("admin:replay_progress", args=[replay.pk]))
    assert 'id="run"' in bar.content.decode()
    client.post(reverse("admin:replay_stop", args=[replay.pk]))
    replay.refresh_from_db()
    assert replay.state == "stopped"
    over = client.get(reverse("admin:replay_progress", args=[replay.pk]))
    assert (over.status_code, over.headers["HX-Refresh"]) == (204, "true")
    page = client.get(reverse("admin:replay_review", args=[replay.pk]))
    assert page.context["may_go_on"]
    client.post(reverse("admin:replay_resume", args=[replay.pk]))
    run_replay(replay=replay.pk)
    replay.refresh_from_db()
    assert (replay.state, replay.done) == ("done", 1)
    said = client.post(reverse("admin:replay_resume", args=[replay.pk]), follow=True)
    assert len(list(said.context["messages"])) == 1


def test_nothing_to_decide_and_nothing_changed_are_said(desk, approver, sign_in, office):
    client = sign_in(approver)
    empty = replayed(version_with(desk), by=approver, office=office.district)
    page = client.get(reverse("admin:replay_review", args=[empty.pk])).content.decode()
    assert "pg-note-good" not in page
    desk.approved(desk.filed(**stay(0)))
    same = replayed(desk.coverage.plan_version, by=approver, office=office.district)
    page = client.get(reverse("admin:replay_review", args=[same.pk])).content.decode()
    assert "pg-note-good" in page


def test_an_office_sees_its_own_replays_only(desk, approver, office, sign_in):
    version = version_with(desk)
    own = replayed(version, office=office.district)
    above = replayed(version, office=office.province)
    everywhere = replayed(version)
    client = sign_in(approver)
    assert [row.pk for row in client.get(reverse("admin:replay_list")).context["rows"].rows] == [own.pk]
    for other in (above, everywhere):
        for name in ("review", "progress", "stop", "resume"):
            address = reverse(f"admin:replay_{name}", args=[other.pk])
            assert client.post(address).status_code in (404, 405), name
        assert client.get(reverse("admin:replay_review", args=[other.pk])).status_code == 404
    client = sign_in(office.officers["province_officer"])
    listed = {row.pk for row in client.get(reverse("admin:replay_list")).context["rows"].rows}
    assert listed == {own.pk, above.pk}


def test_somebody_without_the_permission_starts_nothing(desk, office, sign_in):
    client = sign_in(office.officers["union_officer"])
    assert start(client, version_with(desk)).status_code == 403
    assert not Replay.objects.exists()


def test_pages_ask_few_questions(desk, approver, office, sign_in, django_assert_num_queries):
    two_stays(desk)
    version = version_with(desk, rates=[Decimal("0.10"), Decimal("0.20")])
    replay = replayed(version, by=approver, office=office.district)
    client = sign_in(approver)
    client.get(reverse("admin:replay_list"))
    with django_assert_num_queries(7):
        client.get(reverse("admin:replay_list"))
    with django_assert_num_queries(7):
        client.get(reverse("admin:replay_review", args=[replay.pk]))
