import pytest

from tests.web import office as offices


@pytest.fixture
def office(db) -> offices.Office:
    """A district office at work; see tests/web/office.py."""
    return offices.build()


@pytest.fixture
def sign_in(client):
    """Signs the person in and answers the client."""

    def enter(user):
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def said():
    """The sentences that a page shows as messages."""
    return lambda answer: [str(message) for message in answer.context["messages"]]
