"""Lists that officers keep: saved, found again, shared at the unit, never with a number in them."""

import pytest
from django.urls import reverse

from tests import scene as scenes
from tests.factories import PostFactory, UserFactory
from unionbenefits.access.models import SavedView
from unionbenefits.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    scene = scenes.build()
    SavedView.objects.all().delete()
    return scene


def keep(client, **form):
    form = {"register": "workers.worker", "name": "男职工", "query": "sex__exact=male&q=王&p=3"} | form
    return client.post(reverse("admin:saved_list_save"), form)


def chips(client, register="workers_worker", **query):
    page = client.get(reverse(f"admin:{register}_changelist"), query)
    return [view.name for view, _address, _chosen in page.context["views"]]


def test_a_list_is_kept_found_again_changed_and_removed(client, scene):
    client.force_login(scene.officers["union_officer"])
    answer = keep(client)
    view = SavedView.objects.get()
    assert (view.query, view.pinned, view.is_shared) == ("q=%E7%8E%8B&sex__exact=male", True, False)
    assert client.get(answer.headers["Location"]).context["cl"].query == "王"
    assert (chips(client), chips(client, "workers_membership")) == (["男职工"], [])
    keep(client, query="sex__exact=female")
    assert SavedView.objects.get().query == "sex__exact=female"
    client.post(reverse("admin:saved_list_change", args=[view.pk]), {"name": "女职工"})
    view.refresh_from_db()
    assert (view.name, view.pinned, chips(client)) == ("女职工", False, [])
    assert "女职工" in client.get(reverse("admin:saved_lists")).content.decode()
    client.post(reverse("admin:saved_list_remove", args=[view.pk]))
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("text", ["440699199003070015", "139 0000 0001", "B2026-000123"])
def test_numbers_are_never_kept(client, scene, text):
    client.force_login(scene.officers["union_officer"])
    keep(client, query=f"q={text}")
    keep(client, name=f"找 {text}")
    keep(client, query="p=4")
    keep(client, name=" ")
    assert not SavedView.objects.exists()


def test_a_shared_list_is_seen_at_the_same_unit_and_changed_by_its_owner_only(client, scene):
    colleague = PostFactory(role=Role.AUDITOR, union=scene.own.district, user=UserFactory()).user
    client.force_login(scene.officers["union_officer"])
    keep(client, share="on")
    view = SavedView.objects.get()
    assert view.union == scene.own.district
    client.force_login(colleague)
    assert chips(client) == ["男职工"]
    for name in ("saved_list_change", "saved_list_remove"):
        assert client.post(reverse(f"admin:{name}", args=[view.pk]), {"name": "x"}).status_code == 404
    for other in ("sibling_officer", "enterprise_clerk", "province_officer"):
        client.force_login(scene.officers[other])
        assert chips(client) == []
    assert SavedView.objects.get().name == "男职工"


def test_only_a_register_that_one_may_open_is_kept(client, scene):
    client.force_login(scene.officers["enterprise_clerk"])
    for register in ("funds.fund", "nothing.here", ""):
        assert keep(client, register=register).status_code == 404
