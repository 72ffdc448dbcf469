"""Many rows changed together: chosen, previewed with who stays and why, done once, undone within a day."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import scene as scenes
from tests.factories import MembershipFactory, WorkerFactory
from unionbenefits.audit.models import Entry
from unionbenefits.core import clock
from unionbenefits.workers.models import BulkChange, Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return scenes.build()


@pytest.fixture
def members(scene):
    """An open one since 2020, one who joined today, one who left, and one of the sibling's."""
    own = scene.own.enterprise
    return [
        MembershipFactory(worker=WorkerFactory(), enterprise=own, joined_on=dt.date(2020, 1, 1)),
        MembershipFactory(worker=WorkerFactory(), enterprise=own, joined_on=clock.today()),
        MembershipFactory(worker=WorkerFactory(), enterprise=own, left_on=dt.date(2024, 1, 1)),
        MembershipFactory(worker=WorkerFactory(), enterprise=scene.sibling.enterprise),
    ]


def choose(client, rows, kind="end_memberships", register="workers_membership"):
    form = {"action": kind, "index": 0, "_selected_action": [row.pk for row in rows]}
    return client.post(reverse(f"admin:{register}_changelist"), form)


def draft_of(answer):
    assert answer.status_code == 302, answer.content
    return BulkChange.objects.latest("pk")


def page(client, change, **query):
    return client.get(reverse("admin:bulk_change", args=[change.pk]), query)


def press(client, change, act, **form):
    client.post(reverse(f"admin:bulk_{act}", args=[change.pk]), form)
    change.refresh_from_db()
    return change


def days(members):
    return [Membership.objects.get(pk=one.pk).left_on for one in members]


def test_memberships_are_ended_together_and_undone(client, scene, members):
    client.force_login(scene.officers["enterprise_clerk"])
    change = draft_of(choose(client, members))
    assert change.rows == sorted(one.pk for one in members[:3])
    shown = page(client, change, value="2026-03-31").context
    assert (shown["changing"], shown["seen"].counts) == (1, {"joined_later": 1, "ended": 1})
    before = days(members)
    assert press(client, change, "do", value="2026-03-31", digest="another").state == "draft"
    digest = shown["seen"].digest
    for _ in range(2):
        assert press(client, change, "do", value="2026-03-31", digest=digest).state == "done"
    day = dt.date(2026, 3, 31)
    assert days(members) == [day, *before[1:]]
    assert Entry.objects.filter(action="bulk.end_memberships").latest("pk").data["changed"] == 1
    assert press(client, change, "undo").state == "undone"
    assert days(members) == before
    assert page(client, change).status_code == 200
    assert str(change.pk) in client.get(reverse("admin:bulk_changes")).content.decode()


def test_undo_leaves_what_was_changed_since_and_ends_after_a_day(client, scene, members):
    own = scene.own.enterprise
    others = [MembershipFactory(worker=WorkerFactory(), enterprise=own) for _ in range(2)]
    client.force_login(scene.officers["union_officer"])
    change = draft_of(choose(client, [members[0], *others]))
    digest = page(client, change, value="2026-03-31").context["seen"].digest
    press(client, change, "do", value="2026-03-31", digest=digest)
    Membership.objects.filter(pk=others[0].pk).update(left_on=dt.date(2026, 4, 1))
    MembershipFactory(worker=others[1].worker, enterprise=own)
    BulkChange.objects.filter(pk=change.pk).update(undo_until=timezone.now() - dt.timedelta(minutes=1))
    assert press(client, change, "undo").state == "done"
    BulkChange.objects.filter(pk=change.pk).update(undo_until=timezone.now() + dt.timedelta(minutes=1))
    change = press(client, change, "undo")
    assert (change.state, change.kept) == ("undone", 2)
    assert days([members[0], *others]) == [None, dt.date(2026, 4, 1), dt.date(2026, 3, 31)]


def test_occupations_and_real_name_checks(client, scene, members):
    client.force_login(scene.officers["union_officer"])
    change = draft_of(choose(client, members, "set_occupation"))
    assert page(client, change).status_code == 200
    digest = page(client, change, value="courier").context["seen"].digest
    press(client, change, "do", value="courier", digest=digest)
    assert [Membership.objects.get(pk=one.pk).occupation for one in members[:2]] == ["courier"] * 2
    worker = members[0].worker
    change = draft_of(choose(client, [worker], "note_real_name", "workers_worker"))
    digest = page(client, change, value="2026-01-05").context["seen"].digest
    press(client, change, "do", value="2026-01-05", digest=digest)
    worker.refresh_from_db()
    assert worker.real_name_checked_on == dt.date(2026, 1, 5)
    press(client, change, "undo")
    worker.refresh_from_db()
    assert worker.real_name_checked_on is None


def test_all_rows_found_are_chosen_and_nothing_outside_the_scope(client, scene, members):
    client.force_login(scene.officers["enterprise_clerk"])
    form = {"action": "end_memberships", "index": 0, "_selected_action": 0, "select_across": 1}
    client.post(reverse("admin:workers_membership_changelist") + "?open=yes", form)
    kept = set(BulkChange.objects.latest("pk").rows)
    own = Membership.objects.filter(enterprise=scene.own.enterprise, left_on__isnull=True)
    assert kept == set(own.values_list("pk", flat=True))
    count = BulkChange.objects.count()
    choose(client, [scene.sibling.objects["workers.membership"]])
    assert BulkChange.objects.count() == count


def test_only_who_may_changes_many_rows(client, scene, members):
    client.force_login(scene.officers["auditor"])
    choose(client, members)
    assert not BulkChange.objects.filter(by=scene.officers["auditor"]).exists()
    client.force_login(scene.officers["enterprise_clerk"])
    choose(client, [members[0].worker], "note_real_name", "workers_worker")
    assert not BulkChange.objects.filter(kind="note_real_name").exists()
    change = draft_of(choose(client, members))
    client.force_login(scene.officers["union_officer"])
    assert page(client, change).status_code == 404
