"""Scenes of the portal: people with a document, a phone and a cover, and a browser to sign in with."""

import datetime as dt
import re

import pytest
from psycopg.types.range import DateRange

from tests.factories import (
    CoverageFactory,
    IdentityDocumentFactory,
    PlanFactory,
    PlanVersionFactory,
    UnionFactory,
    WorkerFactory,
    resident_number,
)
from unionbenefits.accounts.models import SmsMessage
from unionbenefits.core import clock
from unionbenefits.plans.certificates import certificate_no

_ORDERS = iter(range(1, 1000))


def person(name="李风", phone="13800138000"):
    """A worker with one resident document; `number` is on it for the test to type."""
    order = next(_ORDERS)
    worker = WorkerFactory(name=name, phone=phone)
    worker.number = resident_number(order)
    IdentityDocumentFactory(worker=worker, number=worker.number)
    return worker


def cover(worker, *, starts=0, days=365, **given):
    """A coverage that starts so many days from today (negative: before) and lasts `days`."""
    first = clock.today() + dt.timedelta(days=starts)
    period = DateRange(first, first + dt.timedelta(days=days))
    given = {"certificate_no": certificate_no(first.year, next(_ORDERS)), "first_enrolment": False} | given
    return CoverageFactory(worker=worker, period=period, **given)


def newest_code():
    """The digits of the last message made."""
    return re.search(r"\d{6}", SmsMessage.objects.latest("id").text)[0]


def ask(client, worker, **headers):
    """Types document and phone."""
    return client.post("/sign-in/", {"document": worker.number, "phone": worker.phone}, **headers)


def sign_in(client, worker):
    """The whole way in; returns the answer to the code."""
    ask(client, worker)
    return client.post("/sign-in/code/", {"code": newest_code()})


@pytest.fixture
def rider(db):
    """李风, covered since yesterday for a year, by a renewal."""
    worker = person()
    worker.cover = cover(worker, starts=-1, given_by=UnionFactory(name="示例快递行业工会"))
    return worker


@pytest.fixture
def stranger(db):
    """Somebody else, with a cover of their own."""
    worker = person("王雨晴", "13900139000")
    worker.cover = cover(worker, starts=-1, given_by=UnionFactory(name="示例外卖行业工会"))
    return worker


@pytest.fixture
def version(db):
    """Terms to be changed by a test."""
    return lambda **terms: PlanVersionFactory(plan=PlanFactory(), **terms)


@pytest.fixture
def clock_at(monkeypatch):
    """Stops the clock, and sets it to so much after its start."""
    start = clock.now()

    def move(**by):
        monkeypatch.setattr(clock, "now", lambda: start + dt.timedelta(**by))

    move()
    return move


@pytest.fixture
def patient(db):
    """陈测试, covered for a good while, so that the stay of `filing_steps.stay` is paid."""
    worker = person("陈测试", "13700137000")
    worker.cover = cover(worker, starts=-100)
    return worker


@pytest.fixture
def phone(client, patient):
    """The patient's, signed in, in English."""
    client.cookies["django_language"] = "en"
    sign_in(client, patient)
    return client
