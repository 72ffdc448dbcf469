"""Invariant 9: an officer sees and changes only what lies under their posts. Six ways in, each closed.

The sweep over every address and role is tests/meta/test_panel_sweep.py; here are the ways around it.
"""

import pytest
from django.urls import reverse

from tests import scene as scenes
from unionbenefits.access.queries import scope_of
from unionbenefits.core.scope import NOTHING, scoped
from unionbenefits.plans.querysets import OpenQuerySet

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return scenes.build()


@pytest.fixture
def clerk(client, scene):
    client.force_login(scene.officers["enterprise_clerk"])
    return client


def test_filter_values_outside_the_scope_name_nothing(clerk, scene):
    other = scene.sibling.enterprise
    answer = clerk.get(reverse("admin:workers_membership_changelist"), {"enterprise__id__exact": other.pk})
    assert list(answer.context["cl"].result_list) == []
    assert other.name not in answer.content.decode()


@pytest.mark.parametrize(
    "probe",
    [
        "memberships__enterprise__name__startswith",
        "memberships__enterprise",
        "memberships",
        "coverages__given_by",
        "documents__number_digest",
        "phone_digest",
        "name__startswith",
        "id__gt",
    ],
)
def test_conditions_in_the_address_that_no_filter_offers_are_refused(clerk, scene, probe):
    answer = clerk.get(reverse("admin:workers_worker_changelist"), {probe: "1"})
    assert answer.status_code == 400


def test_the_other_employer_of_a_shared_worker_is_never_named(clerk, scene):
    names = (scene.sibling.enterprise.name, scene.sibling.grassroots.name, scene.sibling.district.name)
    addresses = [reverse("admin:workers_worker_change", args=[scene.shared.pk])]
    addresses += [
        reverse(f"admin:{register}_changelist")
        for register in ("workers_worker", "workers_membership", "plans_coverage", "campaigns_gift")
    ]
    for address in addresses:
        page = clerk.get(address).content.decode()
        assert [name for name in names if name in page] == [], address


def test_the_same_worker_is_one_row_for_a_superior(client, scene):
    client.force_login(scene.officers["province_officer"])
    answer = client.get(reverse("admin:workers_worker_changelist"), {"q": scene.shared.name})
    assert list(answer.context["cl"].result_list) == [scene.shared]


def test_a_past_post_opens_nothing(client, scene):
    officer = scene.officers["union_officer"]
    officer.posts.update(ends_on="2021-12-31")
    assert scope_of(officer) == NOTHING
    client.force_login(officer)
    assert client.get(reverse("admin:workers_worker_changelist")).status_code == 403


def test_nobody_sees_anything_without_a_post(rf, scene):
    for model in {type(found) for objects in scene.objects.values() for found in objects.values()}:
        request = rf.get("/")
        rows = model._default_manager.all()
        # Plans and limits belong to no place: whoever may read them at all reads them all. What is one person's
        # own, such as a saved list, belongs to no place either.
        if not isinstance(rows, OpenQuerySet) and hasattr(rows, "in_scope"):
            assert not scoped(model, request).exists(), model


def test_history_tells_only_acts_of_ones_own_staff(client, scene):
    client.force_login(scene.officers["auditor"])
    answer = client.get(reverse("admin:enterprises_enterprise_history", args=[scene.own.enterprise.pk]))
    told = [one.who for one in answer.context["happenings"]]
    assert [who for who in told if scene.officers["union_officer"].name in who]
    for other in ("sibling_officer", "province_officer"):
        assert not [who for who in told if scene.officers[other].name in who]
    listed = client.get(reverse("admin:audit_entry_changelist")).context["cl"].result_list
    actors = {entry.actor for entry in listed}
    assert scene.officers["sibling_officer"].audit_name not in actors
    assert scene.officers["province_officer"].audit_name not in actors
