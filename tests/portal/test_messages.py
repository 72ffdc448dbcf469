"""The page of messages."""

import pytest

from tests.portal.conftest import sign_in
from unionbenefits.workers.enums import MessageKind
from unionbenefits.workers.messages import Told, tell
from unionbenefits.workers.models import Message

pytestmark = pytest.mark.django_db
VALUES = {"first": "2026-03-01", "last": "2027-02-28"}


def test_guests_are_sent_to_the_sign_in(client):
    assert client.get("/messages/").headers["Location"] == "/"


def test_nothing_yet_is_said_plainly(client, rider):
    sign_in(client, rider)
    assert "还没有消息" in client.get("/messages/").content.decode()


def test_own_messages_are_new_once_and_nobody_elses_are_shown(client, rider, stranger):
    tell(kind=MessageKind.COVER_ISSUED, to=[Told(rider.pk, "coverage:1", VALUES)])
    tell(kind=MessageKind.COVER_LAPSING, to=[Told(stranger.pk, "coverage:2", VALUES | {"days": 7})])
    sign_in(client, rider)
    assert "/messages/" in client.get("/").content.decode().split("<main")[1].split("</main>")[0]
    first = client.get("/messages/").content.decode()
    assert first.count("<article") == 1
    assert 'class="badge"' in first
    assert 'class="badge"' not in client.get("/messages/").content.decode()
    assert Message.objects.get(worker=stranger).read_at is None


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_messages(client, rider, django_assert_num_queries, count):
    tell(kind=MessageKind.COVER_ISSUED, to=[Told(rider.pk, f"coverage:{n}", VALUES) for n in range(count)])
    sign_in(client, rider)
    with django_assert_num_queries(4):
        client.get("/messages/")
