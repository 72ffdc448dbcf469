"""Hidden values in full: with a reason, logged, limited, told to the superior when unusual, kept nowhere."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import scene as scenes
from tests.factories import PostFactory
from unionbenefits.access.roles import Role
from unionbenefits.audit.models import Entry
from unionbenefits.audit.queries import looks_at
from unionbenefits.core import clock
from unionbenefits.unions.models import Union
from unionbenefits.workers.models import IdentityDocument, Reveal
from unionbenefits.workers.unusual import Flag, LookFacts, flags_of, surname_of, weight_of

WHY = {"reason": "contact", "words": "退回的付款，要打电话"}


@pytest.fixture
def scene(db):
    return scenes.build()


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    # A Wednesday.
    noon = dt.datetime(2026, 11, 25, 12, tzinfo=clock.SHANGHAI)
    monkeypatch.setattr(clock, "now", lambda: noon)
    return noon


def document_of(scene, worker):
    return IdentityDocument.objects.filter(worker=worker)[0]


def test_a_number_is_shown_with_a_reason_and_kept_nowhere(scene, client):
    officer = scene.officers["union_officer"]
    worker = scene.objects["own"]["workers.worker"]
    found = document_of(scene, worker)
    client.force_login(officer)
    address = reverse("admin:reveal_document", args=[found.pk])
    assert found.number not in client.get(address).content.decode()

    unsaid = client.post(address, {"reason": "contact", "words": ""})
    assert (unsaid.status_code, Reveal.objects.filter(words__isnull=False).count()) == (422, 0)
    short = client.post(address, {"reason": "contact", "words": "查"})
    assert short.status_code == 409
    assert found.number not in short.content.decode()

    shown = client.post(f"{address}?back=https://evil.example/", WHY)
    assert found.number in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    back = reverse("admin:workers_worker_change", args=[worker.pk])
    assert shown.headers["Refresh"] == f"60; url={back}"

    entry = Entry.objects.get(action="worker.reveal")
    assert (entry.object_type, entry.object_id) == ("workers.worker", str(worker.pk))
    assert (entry.data["field"], entry.data["role"]) == ("document", "union_officer")
    assert entry.origin == "address:127.0.0.1"
    made = Reveal.objects.get(words__isnull=False)
    assert WHY["words"] not in str(entry.data)
    assert (made.words, made.reason) == (WHY["words"], "contact")
    [look] = looks_at(worker.pk)
    assert look.role == "union_officer"
    client.logout()
    assert client.post(address, WHY).status_code == 302


def test_the_phone_and_the_account_of_a_claim_open_the_same_way(scene, client):
    claim = scene.objects["own"]["claims.claim"]
    client.force_login(scene.officers["claims_officer"])
    phone = reverse("admin:reveal_phone", args=[scene.objects["own"]["workers.worker"].pk])
    assert scene.own.phone in client.post(phone, WHY).content.decode()
    account = client.post(reverse("admin:reveal_account", args=[claim.pk]), WHY)
    assert claim.account in account.content.decode()
    fields = {entry.data["field"] for entry in Entry.objects.filter(action="worker.reveal")}
    assert fields == {"phone", "account"}


def test_an_hour_has_a_limit_and_says_when_it_ends(scene, client, settings):
    settings.REVEALS_PER_HOUR = 1
    client.force_login(scene.officers["union_officer"])
    found = document_of(scene, scene.objects["own"]["workers.worker"])
    address = reverse("admin:reveal_document", args=[found.pk])
    assert client.post(address, WHY).status_code == 200
    refused = client.post(address, WHY)
    assert refused.status_code == 409
    assert found.number not in refused.content.decode()
    assert Reveal.objects.filter(words__isnull=False).count() == 1


def test_a_superior_examines_what_is_unusual_and_nobody_the_own(scene, client):
    worker = scene.objects["own"]["workers.worker"]
    officer, peer = scene.officers["union_officer"], PostFactory(union=scene.own.district).user
    superior = PostFactory(union=Union.objects.get(name="市总工会"), role=Role.UNION_OFFICER).user
    sibling = PostFactory(union=scene.sibling.district).user
    worker.name = officer.name
    worker.save()
    client.force_login(officer)
    client.post(reverse("admin:reveal_phone", args=[worker.pk]), WHY)
    made = Reveal.objects.get(words__isnull=False)
    assert made.flags[0] == Flag.SAME_NAME
    assert made.weight >= 50

    listed, close = reverse("admin:unusual_looks"), reverse("admin:unusual_look_close", args=[made.pk])
    for other in (officer, peer, sibling):
        client.force_login(other)
        assert made not in client.get(listed).context["rows"].rows
    client.force_login(sibling)
    assert client.post(close, {"words": "好"}).status_code == 404
    client.force_login(peer)
    client.post(close, {"words": "好"})
    made.refresh_from_db()
    assert made.seen_at is None
    client.force_login(superior)
    assert reverse("admin:unusual_looks") in client.get(reverse("admin:index")).content.decode()
    # The gravest first, before the looks that the scene holds.
    assert client.get(listed).context["rows"].rows[0].pk == made.pk
    client.post(close, {"words": "  "})
    client.post(close, {"words": "已问过，属实"})
    made.refresh_from_db()
    assert (made.seen_by, made.finding) == (superior, "已问过，属实")
    done = client.get(listed, {"state": "examined"})
    assert "已问过，属实" in done.content.decode()
    client.post(close, {"words": "再来"})
    made.refresh_from_db()
    assert made.finding == "已问过，属实"


DAY = dt.datetime(2026, 11, 25, 10)
USUAL = {
    "at": DAY, "in_day": 1, "many_from": 15, "has_work": True, "officer_name": "陈主任", "worker_name": "李风",
    "opens": dt.time(8), "closes": dt.time(18, 30),
}  # fmt: skip


def test_what_is_unusual_is_ranked_and_small_things_alone_are_not_told():
    cases = [
        ({}, [], False),
        ({"at": DAY.replace(hour=18, minute=30)}, [Flag.OFF_HOURS], False),
        ({"at": dt.datetime(2026, 11, 28, 10)}, [Flag.OFF_HOURS], False),
        ({"worker_name": "陈风"}, [Flag.SURNAME], False),
        ({"worker_name": "陈风", "at": DAY.replace(hour=7)}, [Flag.SURNAME, Flag.OFF_HOURS], True),
        ({"has_work": False}, [Flag.NO_WORK], True),
        ({"in_day": 15}, [Flag.MANY], True),
        (
            {"worker_name": "陈主任", "in_day": 99, "has_work": False},
            [Flag.SAME_NAME, Flag.MANY, Flag.NO_WORK],
            True,
        ),
        ({"officer_name": "", "worker_name": ""}, [], False),
    ]
    for changed, flags, told in cases:
        found = flags_of(LookFacts(**(USUAL | changed)))
        assert (found, weight_of(found) > 0) == (flags, told), changed
    assert [surname_of(name) for name in ("欧阳测", "欧阳", "王芳", "Li Feng", "")] == [
        "欧阳",
        "欧",
        "王",
        "",
        "",
    ]
