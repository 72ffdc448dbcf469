"""Who looked at a worker's hidden data: by role, never by name, and never the worker's own visits."""

import pytest
from django.utils.translation import override

from tests.factories import PostFactory, UnionFactory, WorkerFactory
from unionbenefits.access.queries import role_words
from unionbenefits.access.roles import Role
from unionbenefits.audit.actions import act, seal
from unionbenefits.audit.models import Entry, Seen
from unionbenefits.audit.queries import chain_faults, looks_at, people_of

pytestmark = pytest.mark.django_db


def look(by, action, about, *, seen=(), **data):
    with act(action, by=by) as doing:
        doing.about, doing.data, doing.seen = about, data, seen


def test_looks_come_newest_first_with_role_and_kind_and_without_own_visits():
    officer = PostFactory(union=UnionFactory(), role=Role.CLAIMS_OFFICER).user
    worker, other = WorkerFactory(), WorkerFactory()
    look(officer, "worker.reveal", worker, field="phone", role="claims_officer")
    look(officer, "worker.reveal", other, field="phone", role="claims_officer")
    look(officer, "export.fetch", officer, seen=[other.pk, worker.pk], role="union_officer")
    look(officer, "export.ready", officer, seen=[worker.pk])
    look(worker, "claim.view_paper", worker, seen=[worker.pk])
    look(officer, "worker.set_standing", worker)

    found = looks_at(worker.pk)
    assert [one.role for one in found] == ["union_officer", "claims_officer"]
    with override("en"):
        assert [str(one.what) for one in found] == [
            "A list or file in which your data stands",
            "Phone number",
        ]
        assert role_words("claims_officer") == "Claims officer"
    assert len(looks_at(worker.pk, limit=1)) == 1
    assert people_of("export.ready", officer) == [worker.pk]


def test_the_chain_covers_who_was_seen_and_from_where():
    officer, worker = PostFactory(union=UnionFactory()).user, WorkerFactory()
    look(officer, "export.fetch", officer, seen=[worker.pk])
    entry = Entry.objects.get(action="export.fetch")
    assert (entry.data["people"], Seen.objects.get().people) == (1, [worker.pk])
    seal()
    assert chain_faults() == []
