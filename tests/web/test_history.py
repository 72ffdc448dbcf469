"""The history of an object: who changed what, when, from where, in words; masked; unnamed outside the scope."""

from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse

from tests import scene as scenes
from tests.factories import PostFactory
from unionbenefits.access.queries import scope_of
from unionbenefits.access.roles import Role
from unionbenefits.audit import timeline as timelines
from unionbenefits.audit.models import Entry
from unionbenefits.backoffice.pages.history import history_address, history_of
from unionbenefits.core.origin import COMMAND, asked_from
from unionbenefits.workers.actions import set_standing
from unionbenefits.workers.models import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(db):
    return scenes.build()


def history(found, user, before=""):
    request = RequestFactory().get("/", {"before": before} if before else {})
    request.user, request.scope = user, scope_of(user)
    return history_of(request, found)


def changes(happening):
    return [(label, old, new) for row in happening.rows for label, old, new in row.changes]


def stand(worker, by, insurance):
    standing = {"real_name_checked_on": None, "retirement_track": ""}
    set_standing(by=by, worker=worker, basic_insurance=insurance, **standing)


def test_changes_are_told_in_words_with_author_place_and_masked_values(scene, client):
    officer, auditor = scene.officers["union_officer"], scene.officers["auditor"]
    worker = scene.objects["own"]["workers.worker"]
    with asked_from(COMMAND, "import_roster"):
        stand(worker, officer, "employee")
    with connection.cursor() as cursor:
        # As outside of every verb: the test's one transaction would keep the context of the act before.
        cursor.execute("SELECT set_config('pghistory.context_id', '', true)")
        cursor.execute("UPDATE workers_worker SET name = '李改名' WHERE id = %s", [worker.pk])

    happenings = history(worker, auditor)["happenings"]
    [by_sql] = [one for one in happenings if "李改名" in {new for _label, _old, new in changes(one)}]
    assert worker.name in {old for _label, old, _new in changes(by_sql)}
    [standing] = [one for one in happenings if one.href]
    rest = [one for one in happenings if one not in (by_sql, standing)]
    assert by_sql.who not in ("", officer.name)
    assert (by_sql.where, len(changes(by_sql))) == ("", 1)
    assert (standing.who, "import_roster" in standing.where) == (f"{officer.name} ({officer.username})", True)
    [(_label, old, new)] = changes(standing)
    assert (old, new) == ("–", dict(Worker._meta.get_field("basic_insurance").flatchoices)["employee"])
    assert standing.href == reverse(
        "admin:audit_entry", args=[Entry.objects.get(action="worker.set_standing").pk]
    )
    first = {new for one in rest for _label, _old, new in changes(one)}
    assert scene.own.phone not in first
    assert f"{scene.own.phone[:3]}****{scene.own.phone[-4:]}" in first

    client.force_login(auditor)
    page = client.get(reverse("admin:workers_worker_history", args=[worker.pk])).content.decode()
    assert "李改名" in page
    assert scene.own.phone not in page
    assert scene.own.number not in page
    told = [text for one in happenings for pair in (*changes(one), *one.details) for text in pair]
    assert not [text for text in told if "{" in text or "[" in text]


def test_officers_outside_the_scope_are_not_named_and_their_acts_not_told(scene):
    shared = scene.shared
    stand(shared, scene.officers["sibling_officer"], "employee")
    clerk = PostFactory(enterprise=scene.own.enterprise, role=Role.ENTERPRISE_CLERK).user
    for reader in (scene.officers["union_officer"], clerk):
        [newest, *_rest] = history(shared, reader)["happenings"]
        assert scene.officers["sibling_officer"].name not in newest.who
        assert (newest.where, newest.details, newest.href) == ("", [], "")
        assert len(newest.titles) == 1
        assert newest.titles != ["Noted the standing of the person"]
    [newest, *_rest] = history(shared, scene.officers["province_officer"])["happenings"]
    assert newest.who.startswith(scene.officers["sibling_officer"].name)


def test_a_long_history_comes_in_stretches_without_gap_or_repeat(scene, monkeypatch):
    monkeypatch.setattr(timelines, "SIZE", 2)
    officer, worker = scene.officers["union_officer"], scene.objects["own"]["workers.worker"]
    for number in range(5):
        stand(worker, officer, ("employee", "resident")[number % 2])
    whole, before = [], ""
    for _stretch in range(9):
        found = history(worker, officer, before)
        whole += [(one.at, one.href) for one in found["happenings"]]
        if not found["older"]:
            break
        before = unquote(found["older"].removeprefix("?before="))
    acts = list(
        Entry.objects.filter(action="worker.set_standing").order_by("-id").values_list("at", flat=True)
    )
    assert [at for at, _href in whole[:5]] == acts
    assert len(whole) == len(set(whole))
    assert history(worker, officer, "no-cursor")["happenings"][0].at == acts[0]


def test_every_register_and_work_object_has_a_history(scene, client):
    client.force_login(scene.officers["province_officer"])
    labels = (
        "workers.roster", "campaigns.giftbatch", "claims.claim", "campaigns.campaign", "funds.fund", "access.post",
        "unions.union", "enterprises.enterprise", "workers.worker", "claims.paymentbatch", "claims.appeal",
        "plans.plan",
    )  # fmt: skip
    for label in labels:
        found = scene.objects["own"].get(label) or scene.objects["parent"][label]
        answer = client.get(history_address(found))
        assert answer.status_code == 200, label
        assert answer.context["happenings"] != [], label
