"""The page of one person: everything that happened, as far as whoever looks may know."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import scene as scenes
from tests.factories import MembershipFactory
from unionbenefits.backoffice.pages import person as pages
from unionbenefits.workers.actions import set_standing
from unionbenefits.workers.enums import MessageKind
from unionbenefits.workers.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return scenes.build()


def opened(client, worker, **query):
    answer = client.get(reverse("admin:person", args=[worker.pk]), query)
    assert answer.status_code == 200
    return answer


def kinds(answer):
    return {event.kind.value for event in answer.context["rows"].rows}


def test_a_person_page_tells_what_happened_in_few_queries(client, scene):
    worker, officer = scene.own.objects["workers.worker"], scene.officers["union_officer"]
    set_standing(by=officer, worker=worker, basic_insurance="employee")
    client.force_login(officer)
    opened(client, worker)
    with CaptureQueriesContext(connection) as queries:
        answer = opened(client, worker)
    assert kinds(answer) == {"cover", "gift", "claim", "message", "note"}
    times = [event.at for event in answer.context["rows"].rows]
    assert times == sorted(times, reverse=True)
    page = answer.content.decode()
    assert "440***********" in page
    assert scene.own.number not in page
    assert scene.own.phone not in page
    # One of them names the reader's staff, for whom the log then needs no subquery (audit.querysets).
    assert len(queries) <= 13, "\n".join(query["sql"][:70] + "…" + query["sql"][-60:] for query in queries)


def test_a_clerk_sees_no_claim_and_no_other_employer(client, scene):
    worker = scene.own.objects["workers.worker"]
    MembershipFactory(worker=worker, enterprise=scene.sibling.enterprise, joined_on="2025-01-01")
    MembershipFactory(
        worker=worker, enterprise=scene.own.enterprise, joined_on="2024-01-01", left_on="2024-06-30"
    )
    set_standing(by=scene.officers["sibling_officer"], worker=worker, basic_insurance="employee")
    told = {"worker": worker, "created_at": timezone.now()}
    Message.objects.create(kind="claim_decided", about="claim:1", **told)
    client.force_login(scene.officers["enterprise_clerk"])
    answer = opened(client, worker)
    assert kinds(answer) == {"membership", "cover", "gift", "message"}
    assert [event.title for event in answer.context["rows"].rows if event.kind == "message"] == [
        MessageKind.COVER_ISSUED.label
    ]
    page = answer.content.decode()
    assert scene.sibling.enterprise.name not in page
    assert scene.own.enterprise.name in page
    assert scene.own.objects["claims.claim"].number not in page


def test_the_timeline_is_narrowed_and_turned(client, scene, monkeypatch):
    monkeypatch.setattr(pages, "PER_PAGE", 2)
    worker = scene.own.objects["workers.worker"]
    client.force_login(scene.officers["union_officer"])
    first = opened(client, worker, show="message")
    assert kinds(first) == {"message"}
    whole = opened(client, worker).context["rows"]
    second = opened(client, worker, p=2).context["rows"]
    assert (whole.back, whole.forth, second.back) == ("", "?p=2", "?p=1")
    assert not {event.href for event in whole.rows} & {event.href for event in second.rows}
